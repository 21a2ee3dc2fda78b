"""Work spread over processes: results in order, and no piece of work lost silently when a process is killed."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from newsmine.errors import NewsmineError
from newsmine.process import set_up

Handler = Callable[[Any], Any]
Note = Callable[[str], None]

_AHEAD = 4
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands for the result of a piece of work whose process was ended twice."""

    reason: str


@dataclass(slots=True)
class _Piece:
    number: int
    work: Any
    tries: int = 0


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    piece: _Piece | None = None


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_in_processes(
    start: Callable[..., Handler], arguments: tuple[Any, ...], pieces: Iterable[Any], *, processes: int, note: Note
) -> Iterator[Any]:
    """Yield the result of each piece of work, in order.

    Each process calls `start(*arguments)` once, and with what that returns handles one piece after another; at most
    some pieces for each process are read ahead. What the handler raises is raised here. A process that is killed is
    replaced, `note` is told, and its piece is tried once more; then its result is a `Lost`. A piece that is None needs
    no process: its result is None, and as long as there is nothing else no process is started.
    However this iterator ends, no process is left.
    """
    pool = Pool(start, arguments, processes, note)
    try:
        yield from pool.results(iter(pieces))
    finally:
        pool.close()


class Pool:
    """The processes of `map_in_processes`, kept from one run of work to the next; `close` ends them."""

    def __init__(self, start: Callable[..., Handler], arguments: tuple[Any, ...], processes: int, note: Note) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._start, self._arguments, self._note = start, arguments, note
        self._processes = processes
        self._workers: list[_Worker] = []

    def results(self, pieces: Iterator[Any]) -> Iterator[Any]:
        """Yield the result of each piece of work, in order, as `map_in_processes` does."""
        waiting: deque[_Piece] = deque()
        done: dict[int, Any] = {}
        read = given = 0
        more = True
        while more or waiting or done or any(worker.piece for worker in self._workers):
            while more and read - given < _AHEAD * self._processes:
                try:
                    piece = _Piece(read, next(pieces))
                except StopIteration:
                    more = False
                    break
                read += 1
                if piece.work is None:
                    done[piece.number] = None
                else:
                    waiting.append(piece)
            self._hand_out(waiting)
            for piece, result in self._collect():
                if isinstance(result, Lost) and piece.tries < _TRIES:
                    waiting.appendleft(piece)
                else:
                    done[piece.number] = result
            while given in done:
                yield done.pop(given)
                given += 1

    def _hand_out(self, waiting: deque[_Piece]) -> None:
        for worker in self._idle():
            if not worker.process.is_alive():
                self._workers.remove(worker)
                worker.connection.close()
        idle = len(self._idle())
        for _ in range(min(len(waiting) - idle, self._processes - len(self._workers))):
            self._workers.append(self._launch())
        for worker in self._idle()[: len(waiting)]:
            worker.piece = waiting.popleft()
            worker.piece.tries += 1
            # If the process has ended, its sentinel will tell.
            with suppress(ConnectionError), _without_sigpipe():
                worker.connection.send(worker.piece.work)

    def _idle(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.piece is None]

    def _collect(self) -> Iterator[tuple[_Piece, Any]]:
        """Wait until a process has a result or has ended, and yield what that means for the pieces."""
        busy = [worker for worker in self._workers if worker.piece]
        if not busy:
            return
        ready = wait([*(w.connection for w in busy), *(w.process.sentinel for w in busy)])
        for worker in busy:
            piece = worker.piece
            assert piece is not None
            if worker.connection in ready or (worker.process.sentinel in ready and worker.connection.poll()):
                try:
                    failed, result = worker.connection.recv()
                except (EOFError, ConnectionError):
                    yield piece, self._bury(worker)
                    continue
                if failed:
                    raise result
                worker.piece = None
                yield piece, result
            elif worker.process.sentinel in ready:
                yield piece, self._bury(worker)

    def _launch(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._start, self._arguments), daemon=True)
        # Starting the tracker lets interrupts through again, so it must run before.
        if hasattr(signal, "pthread_sigmask"):
            resource_tracker.ensure_running()
        # The mask is handed on: an interrupt that comes before the process has learnt to ignore it is not its own.
        with _blocked(signal.SIGINT):
            process.start()
        there.close()
        return _Worker(process, here)

    def _bury(self, worker: _Worker) -> Lost:
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        code = worker.process.exitcode
        how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        piece = worker.piece
        assert piece is not None
        again = "its work is given to another" if piece.tries < _TRIES else "its work is given up"
        self._note(f"a worker process was {how}: {again}" if code < 0 else f"a worker process {how}: {again}")
        return Lost(how)

    def close(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()
        self._workers.clear()


@contextmanager
def _blocked(number: signal.Signals) -> Iterator[set[int]]:
    """Hold a signal back for the block; give what was held back before."""
    if not hasattr(signal, "pthread_sigmask"):
        yield set()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_sigpipe() -> Iterator[None]:
    """Let a write to a process that has ended fail, also where a broken pipe is meant to end this one quietly."""
    if not hasattr(signal, "SIGPIPE"):
        yield
        return
    with _blocked(signal.SIGPIPE) as before:
        try:
            yield
        finally:
            if signal.SIGPIPE not in before and signal.SIGPIPE in signal.sigpending():
                signal.sigwait({signal.SIGPIPE})


def _serve(connection: Connection, start: Callable[..., Handler], arguments: tuple[Any, ...]) -> None:
    # Ctrl-C reaches every process of the terminal; the parent is the one to act on it, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_up()
    handle: Handler | None = None
    while True:
        try:
            work = connection.recv()
        except (EOFError, ConnectionError):
            return
        answer: tuple[bool, Any]
        try:
            handle = handle or start(*arguments)
            answer = (False, handle(work))
        except NewsmineError as error:
            answer = (True, error)
        except Exception as error:
            answer = (True, NewsmineError(f"in a worker: {type(error).__name__}: {error}"))
        try:
            connection.send(answer)
        except ConnectionError:
            return
