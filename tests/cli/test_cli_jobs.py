"""Several processes at work: the same bytes, and what happens when one of them is killed or all are interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_process import ROOT, environment

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="the workers are looked up in /proc")

SEED = ROOT / "seeds" / "azernews-2023-09-20.txt"


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 2,500 articles made of the seed page's paragraphs, enough for several seconds of work."""
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if len(line.split()) > 12]
    path = tmp_path_factory.mktemp("pile") / "pile.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(2500):
            text = [lines[(number * 7 + k * 3) % len(lines)] for k in range(10)]
            file.write(json.dumps({"title": f"Article {number}", "text": "\n".join(text)}) + "\n")
    return path


def start(*arguments: object, cwd: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "newsmine", *map(str, arguments)],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def workers(parent: int) -> list[int]:
    """Return the running children that work, which leaves out multiprocessing's tracker of resources."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_bytes()
            except OSError:  # it has just ended
                continue
            if int(fields[1]) == parent and fields[0] != "Z" and b"spawn_main" in command:
                found.append(int(entry.name))
    return found


def until_there_are_workers(process: "subprocess.Popen[bytes]", number: int) -> list[int]:
    deadline = time.monotonic() + 60
    while len(found := workers(process.pid)) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


@pytest.fixture(scope="module")
def expected(pile: Path) -> bytes:
    process = start("mentions", pile.name, "--no-cache", "-j", 1, cwd=pile.parent)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert out.count(b"\n") > 25_000
    return out


def test_two_processes_and_the_default_write_the_same_bytes(pile: Path, expected: bytes) -> None:
    for jobs in (["-j", 2], []):
        process = start("mentions", pile.name, "--no-cache", *jobs, cwd=pile.parent)
        assert process.communicate() == (expected, b"")
        assert process.returncode == 0


def test_a_killed_worker_is_told_of_and_replaced(pile: Path, expected: bytes) -> None:
    process = start("mentions", pile.name, "--no-cache", "-j", 2, cwd=pile.parent)
    os.kill(until_there_are_workers(process, 2)[0], signal.SIGKILL)
    out, err = process.communicate()
    assert err == b"newsmine: a worker process was killed by SIGKILL: its work is given to another\n"
    assert process.returncode == 0
    assert out == expected


def kill_all(process: "subprocess.Popen[bytes]") -> Iterator[int]:
    while process.poll() is None:
        for worker in workers(process.pid):
            try:
                os.kill(worker, signal.SIGKILL)
            except ProcessLookupError:
                continue
            yield worker
        time.sleep(0.01)


def test_documents_that_cannot_be_analysed_are_skipped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text('{"title": "A", "text": "Angela Merkel."}\n{"title": "B", "text": "Paris."}\n')
    process = start("mentions", "two.jsonl", "--no-cache", "-j", 2, "--no-headers", cwd=tmp_path)
    assert len(list(kill_all(process))) == 2
    out, err = process.communicate()
    assert process.returncode == 3
    assert out == b""
    told = err.decode().splitlines()
    assert [line.split(":")[1] for line in told[:2]] == [" a worker process was killed by SIGKILL"] * 2
    assert [line.partition(": worker")[0] for line in told[2:]] == [
        "newsmine: skipped two.jsonl:1",
        "newsmine: skipped two.jsonl:2",
    ]
    strict = start("mentions", "two.jsonl", "--no-cache", "-j", 2, "--strict", cwd=tmp_path)
    assert len(list(kill_all(strict))) == 2
    out, err = strict.communicate()
    assert (strict.returncode, out) == (1, b"")
    assert b"newsmine: error: two.jsonl:1: worker killed by SIGKILL" in err


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_ends_every_process(pile: Path, jobs: int) -> None:
    process = start("mentions", pile.name, "--no-cache", "-j", jobs, cwd=pile.parent)
    found = until_there_are_workers(process, jobs) if jobs > 1 else []
    time.sleep(0.7)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"newsmine: interrupted\n")
    assert not [worker for worker in found if Path(f"/proc/{worker}").exists()]
