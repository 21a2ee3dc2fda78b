"""Several processes on one cache at once, processes that are killed, and locks that are not got."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from cache_samples import BATCH, MARK, items, present, sound, sql

import newsmine
from newsmine.cache import Cache, tables
from newsmine.errors import CacheError

LARGE = 10**9


def worker(path: Path, first: int, end: int, limit: int = LARGE) -> "subprocess.Popen[str]":
    """Start a process that is ready to remember the results of these numbers, and to look up others."""
    script = Path(__file__).with_name("cache_samples.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(newsmine.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, str(script), str(path), str(first), str(end), str(limit)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.parametrize("ranges", [[(0, 600), (600, 1200), (1200, 1800)], [(0, 600)] * 3], ids=["different", "same"])
def test_processes_remember_in_a_new_cache_at_once(tmp_path: Path, ranges: list[tuple[int, int]]):
    path = tmp_path / "new" / "c.db"
    processes = [worker(path, *numbers) for numbers in ranges]
    for process in processes:
        go(process)
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert "note" not in "".join(outputs)
    end = max(end for _, end in ranges)
    with Cache(path) as cache:
        assert present(cache, range(end)) == list(range(end))
        assert dict(cache.info().rows)["entries"] == end
    assert sound(path)
    assert [file.name for file in path.parent.iterdir()] == ["c.db"]


def test_processes_that_all_reach_the_limit_stay_within_it(tmp_path: Path):
    path, limit = tmp_path / "c.db", 300_000
    processes = [worker(path, first, first + 1000, limit) for first in (0, 1000, 2000)]
    for process in processes:
        go(process)
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert "note" not in "".join(outputs)
    assert path.stat().st_size <= limit
    with Cache(path) as cache:
        assert 100 < len(present(cache, range(3000))) < 1000
    assert sound(path)


@pytest.mark.parametrize("limit", [LARGE, 300_000])
def test_a_kill_loses_no_kept_result_and_leaves_no_half_one(tmp_path: Path, limit: int):
    path, moments = tmp_path / "c.db", random.Random(1)
    kept: set[int] = set()
    for first in range(0, 6 * 4000, 4000):
        process = worker(path, first, first + 4000, limit)
        go(process)
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(5)]
        time.sleep(moments.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        lines += process.communicate()[0].splitlines()
        assert process.returncode == -signal.SIGKILL
        starts = [int(line) for line in lines]
        kept |= {number for start in starts for number in range(start, start + BATCH)}
        with Cache(path) as cache:
            found = set(present(cache, range(first + 4000)))
            assert cache.notes == []
        assert len(starts) >= 5
        # The batch under way is there whole or not at all.
        assert {number for number in found - kept if number - number % BATCH + BATCH - 1 not in found} == set()
        assert kept <= found or limit < LARGE
        assert starts[-1] in found
        assert sound(path)


def test_many_open_the_same_new_cache_at_once(tmp_path: Path):
    def use(place: tuple[Path, int]) -> list[int]:
        path, number = place
        start.wait()
        with Cache(path, timeout=30) as cache:
            cache.remember(MARK, items([number]))
            found = present(cache, range(6))
            assert cache.notes == []
            assert number in found
            return found

    start = Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        for round_ in range(8):
            path = tmp_path / f"{round_}.db"
            list(pool.map(use, [(path, number) for number in range(6)]))
            with Cache(path) as cache:
                assert present(cache, range(6)) == list(range(6))


def test_tables_that_another_has_made_meanwhile_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, count = tmp_path / "c.db", tables.count

    def late(db: sqlite3.Connection) -> int:
        monkeypatch.setattr(tables, "count", count)
        with Cache(path) as other:
            other.remember(MARK, items(range(5)))
        return 0

    with Cache(path) as cache:
        monkeypatch.setattr(tables, "count", late)
        cache.remember(MARK, items([5]))
        assert cache.notes == []
        assert present(cache, range(6)) == list(range(6))


def test_tables_are_made_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "c.db"
    monkeypatch.setattr(tables, "_TABLES", (*tables._TABLES, "no SQL"))
    with closing(sqlite3.connect(path, isolation_level="IMMEDIATE")) as db, pytest.raises(sqlite3.OperationalError):
        tables.prepare(db)
    assert sql(path, "SELECT count(*) FROM sqlite_master") == [(0,)]


@pytest.mark.parametrize("kind", ["garbage", "damaged", "other"])
def test_many_find_the_same_damage_at_once(tmp_path: Path, kind: str):
    """At worst one removes what another has just made."""

    def use(place: tuple[Path, int]) -> list[str]:
        path, number = place
        with Cache(path, timeout=30) as cache:
            start.wait()
            for _ in range(3):
                cache.remember(MARK, items([number]))
                present(cache, range(6))
            return cache.notes

    start = Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        for round_ in range(8):
            path = tmp_path / f"{round_}.db"
            with Cache(path) as cache:
                cache.remember(MARK, items(range(200)))
            if kind == "garbage":
                path.write_bytes(b"garbage" * 1000)
            elif kind == "damaged":
                path.write_bytes(path.read_bytes()[:8192])
            else:
                sql(path, "DROP TABLE analyses", "CREATE TABLE analyses (x)")
            notes = [note for found in pool.map(use, [(path, number) for number in range(6)]) for note in found]
            assert notes
            with Cache(path) as cache:
                assert set(present(cache, range(200))) <= set(range(6))
                cache.remember(MARK, items(range(6)))
                assert present(cache, range(200)) == list(range(6))
                assert cache.notes == []
            assert sound(path)


def test_a_lock_that_is_not_got_costs_results_and_nothing_else(tmp_path: Path):
    path = tmp_path / "c.db"
    with Cache(path, timeout=0.1) as cache:
        cache.remember(MARK, items(range(5)))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM analyses")
            for number, wait in ((7, 100), (8, 0)):
                assert present(cache, range(5)) == list(range(5))
                assert cache._db
                assert cache._db.execute("PRAGMA busy_timeout").fetchone() == (wait,)
                cache.remember(MARK, items([number]))
            busy = f"another process is writing to the cache {path}"
            assert cache.notes == [f"{busy}; some results are not kept"]
            with pytest.raises(CacheError, match="another process is writing") as caught:
                cache.clear()
            assert caught.value.hint == "try again when it is done"
            other.execute("ROLLBACK")
            other.execute("BEGIN EXCLUSIVE")
            assert present(cache, range(5)) == []
            assert cache.notes == [f"{busy}; some results are not kept", f"{busy}; some results are not looked up"]
            with pytest.raises(CacheError, match="another process is writing"):
                cache.info()
            other.execute("ROLLBACK")
        cache.remember(MARK, items([9]))
        assert present(cache, range(10)) == [0, 1, 2, 3, 4, 9]
        assert len(cache.notes) == 2


def test_a_use_that_cannot_be_written_down_is_passed_over(tmp_path: Path):
    path = tmp_path / "c.db"
    with Cache(path, timeout=0.1) as cache:
        cache.remember(MARK, items(range(5)))
        sql(path, "UPDATE analyses SET used = 7")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert present(cache, range(5)) == list(range(5))
        assert cache.notes == []
        assert present(cache, range(5)) == list(range(5))
        assert sql(path, "SELECT min(used) > 7 FROM analyses") == [(1,)]


def test_a_new_cache_that_another_is_making_is_waited_for_no_longer_than_told(tmp_path: Path):
    path = tmp_path / "c.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Cache(path, timeout=0.1) as cache:
            cache.remember(MARK, items([1]))
            assert ["not kept" in note for note in cache.notes] == [True]
