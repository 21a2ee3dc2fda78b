import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsmine.errors import MissingError, NewsmineError
from newsmine.workers import Lost, map_in_processes


def doubling() -> Callable[[int], int]:
    return lambda number: 2 * number


def fragile(mark: str) -> Callable[[int], tuple[int, int]]:
    """A handler that ends its process at 3, the first time only if a file can be made."""

    def handle(number: int) -> tuple[int, int]:
        if number == 3 and not Path(mark).exists():
            Path(mark).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number, os.getpid()

    return handle


def deadly() -> Callable[[int], int]:
    def handle(number: int) -> int:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return handle


def unable() -> Callable[[int], int]:
    raise MissingError("no model", hint="install one")


def broken() -> Callable[[int], int]:
    return lambda number: number // 0


def test_results_come_in_the_order_of_the_work() -> None:
    assert list(map_in_processes(doubling, (), range(50), processes=2, note=print)) == [2 * n for n in range(50)]


def test_work_that_is_none_starts_no_process() -> None:
    assert list(map_in_processes(unable, (), [None] * 30, processes=2, note=print)) == [None] * 30


def test_the_work_is_read_only_a_little_ahead() -> None:
    read = -1

    def pieces() -> Iterator[int]:
        nonlocal read
        while read < 1000:
            read += 1
            yield read

    results = map_in_processes(doubling, (), pieces(), processes=2, note=print)
    assert next(results) == 0
    assert read < 20
    results.close()
    assert not multiprocessing.active_children()


def test_the_work_of_a_killed_process_is_done_by_another(tmp_path: Path) -> None:
    notes: list[str] = []
    found = list(map_in_processes(fragile, (str(tmp_path / "mark"),), range(8), processes=2, note=notes.append))
    assert [number for number, _ in found] == list(range(8))
    assert notes == ["a worker process was killed by SIGKILL: its work is given to another"]


def test_work_that_kills_twice_is_lost_and_nothing_else() -> None:
    notes: list[str] = []
    found = list(map_in_processes(deadly, (), [1, 2, 3, 4], processes=2, note=notes.append))
    assert found == [1, 2, Lost("killed by SIGKILL"), 4]
    assert notes[-1] == "a worker process was killed by SIGKILL: its work is given up"


@pytest.mark.parametrize(("start", "error"), [(unable, MissingError), (broken, NewsmineError)])
def test_what_a_worker_raises_is_raised_here(start: Callable[[], Callable[[int], int]], error: type) -> None:
    with pytest.raises(error):
        list(map_in_processes(start, (), range(4), processes=2, note=print))
    assert not multiprocessing.active_children()
