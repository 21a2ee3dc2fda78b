"""Several processes on one corpus, and processes that are killed."""

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
from corpus_worker import page

import newsmine
from newsmine.corpus import Corpus
from newsmine.errors import CorpusError


def worker(path: Path, first: int, end: int) -> "subprocess.Popen[str]":
    """Start a process that is ready to load the pages of these numbers."""
    script = Path(__file__).with_name("corpus_worker.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(newsmine.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, str(script), str(path), str(first), str(end)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_a_kill_loses_no_committed_page_and_leaves_no_half_one(tmp_path: Path):
    path, moments = tmp_path / "c.db", random.Random(1)
    committed: set[int] = set()
    for first in range(0, 4000, 1000):
        process = worker(path, first, first + 1000)
        go(process)
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(5)]
        time.sleep(moments.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        lines += process.communicate()[0].splitlines()
        assert process.returncode == -signal.SIGKILL
        committed |= {int(line.split()[0]) for line in lines if line.rstrip().endswith("True")}
        with Corpus(path) as corpus:
            assert corpus.check().rows == ()
            found = {int(Path(page.source.path).stem): page for page in corpus.pages()}
        assert len(committed) >= 5
        assert committed <= set(found)
        assert all(page(number) == made for number, made in found.items())


@pytest.mark.parametrize("ranges", [((0, 25), (25, 50)), ((0, 25), (0, 25))], ids=["different", "same"])
def test_two_processes_load_into_a_new_corpus(tmp_path: Path, ranges: tuple[tuple[int, int], ...]):
    path = tmp_path / "new" / "c.db"
    processes = [worker(path, *numbers) for numbers in ranges]
    for process in processes:
        go(process)
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    end = max(end for _, end in ranges)
    assert "".join(outputs).count("True") == end
    with Corpus(path) as corpus:
        assert list(corpus.pages()) == [page(number) for number in range(end)]
        assert corpus.check().rows == ()


def test_many_make_the_same_corpus_at_once(tmp_path: Path):
    def make(path: Path) -> int:
        start.wait()
        with Corpus(path, create=True) as corpus:
            return len(corpus.check().rows)

    start = Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        for number in range(8):
            assert list(pool.map(make, [tmp_path / f"{number}.db"] * 6)) == [0] * 6


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path):
    path = tmp_path / "c.db"
    with Corpus(path, create=True) as corpus:
        corpus.add(page(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM headlines")
        with Corpus(path, timeout=0.1) as corpus:
            assert list(corpus.pages()) == [page(1)]
            assert corpus.add(page(1)) is False


def test_a_writer_waits_for_another_no_longer_than_it_is_told(tmp_path: Path):
    path = tmp_path / "c.db"
    with Corpus(path, create=True, timeout=0.1) as corpus:
        with closing(sqlite3.connect(path, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            for write in (lambda: corpus.add(page(1)), lambda: corpus.remember("m", [("aa", b"")])):
                with pytest.raises(CorpusError, match="another process is writing") as caught:
                    write()
                assert "try again" in (caught.value.hint or "")
        assert corpus.add(page(1))


def test_making_a_corpus_waits_no_longer_than_it_is_told(tmp_path: Path):
    path = tmp_path / "c.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CorpusError, match="another process is writing"):
            Corpus(path, create=True, timeout=0.1)
