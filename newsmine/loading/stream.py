"""The sources in a row, those that are one page each over several processes: the same pages in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from newsmine.loading.inputs import Input, unreadable
from newsmine.loading.options import Options
from newsmine.loading.pieces import Piece, Splitter, read_input, read_piece
from newsmine.loading.sniff import Reader, sniff
from newsmine.records import Page, Skipped
from newsmine.workers import Lost, Pool, cores

# Starting the processes takes as long as reading some dozen pages.
_FIRST = 24
_WHOLE = ("html", "pdf", "docx", "odt")
_LARGEST = 16 * 2**20

Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finished:
    """A file of which everything in it has been yielded, or that the caller knows (`is_known`), so that nothing was."""

    path: str
    is_known: bool = False


Event = Page | Skipped | Finished


@dataclass(frozen=True, slots=True)
class _Streamed:
    """A source that is read as it is gone through, in this process."""

    item: Input
    reader: Reader


_Task = Skipped | Finished | Piece | _Streamed


def stream(
    found: Iterable[Input | Skipped | Finished],
    options: Options,
    *,
    jobs: int | None = None,
    note: Note | None = None,
) -> Iterator[Event]:
    """Yield the pages of the inputs, in order, and a Finished after the last page of each file.

    HTML, PDF and Word files, a page each, and the pages of web archives are read in `jobs` processes (default: one for
    each core, when there are more than two dozen), everything else as a stream in this one.
    """
    work = _Work(_tasks(found, options), options)
    yield from work.run(_Inline(options), _FIRST if jobs != 1 else None)
    if work.is_done:
        return
    pool = Pool(_start, (options,), jobs or cores(), note or _silent)
    try:
        yield from work.run(pool, None)
    finally:
        pool.close()


class _Inline:
    """Reads in this process what the pool would read in others."""

    def __init__(self, options: Options) -> None:
        self._handle = _start(options)

    def results(self, pieces: Iterator[Piece | None]) -> Iterator[list[Page | Skipped] | None]:
        """Yield what is in each piece, None for None."""
        return (self._handle(piece) if piece else None for piece in pieces)


class _Work:
    """Tasks that are handed out in runs: a run ends at a source that is to be streamed."""

    def __init__(self, tasks: Iterator[_Task], options: Options) -> None:
        self.is_done = False
        self._tasks, self._options = tasks, options
        self._handed: deque[_Task] = deque()
        self._streamed: _Streamed | None = None

    def run(self, pool: _Inline | Pool, most: int | None) -> Iterator[Event]:
        """Yield the events of all tasks, or of those up to the piece number `most`."""
        left = most
        while not self.is_done and left != 0:
            for result in pool.results(self._pieces(left)):
                task = self._handed.popleft()
                if isinstance(task, Piece):
                    left = None if left is None else left - 1
                    yield from _outcome(task, cast(list[Page | Skipped] | Lost, result))
                else:
                    yield cast(Skipped | Finished, task)
            if self._streamed:
                yield from read_input(self._streamed.item, self._streamed.reader, self._options)
                self._streamed = None

    def _pieces(self, most: int | None) -> Iterator[Piece | None]:
        given = 0
        for task in self._tasks:
            if isinstance(task, _Streamed):
                self._streamed = task
                return
            self._handed.append(task)
            is_piece = isinstance(task, Piece)
            yield task if isinstance(task, Piece) else None
            given += is_piece
            if given == most:
                return
        self.is_done = True


def _tasks(found: Iterable[Input | Skipped | Finished], options: Options) -> Iterator[_Task]:
    for item in found:
        if not isinstance(item, Input):
            yield item
            continue
        try:
            told = sniff(item, options)
            if isinstance(told, Skipped):
                yield told
                continue
            name, reader = told
            if name.name in _WHOLE and (data := item.up_to(_LARGEST)) is not None:
                module: str = reader.__name__  # type: ignore[attr-defined]
                yield Piece(item.path, data, module, item.charset, item.url, item.seen)
            elif isinstance(reader, Splitter):
                yield from reader.pieces(item, options)
            else:
                yield _Streamed(item, reader)
        except OSError as error:
            yield unreadable(item.path, error)


def _start(options: Options) -> Callable[[Piece], list[Page | Skipped]]:
    def handle(piece: Piece) -> list[Page | Skipped]:
        return list(read_piece(piece, options))

    return handle


def _outcome(piece: Piece, result: list[Page | Skipped] | Lost) -> Iterator[Page | Skipped]:
    if isinstance(result, Lost):
        yield Skipped(piece.path, "worker-lost", f"its process was {result.reason}: try again with -j 1")
    else:
        yield from result


def _silent(text: str) -> None:
    """Pass over a message."""
