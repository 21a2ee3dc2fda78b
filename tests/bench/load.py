"""How fast sources are loaded: pages a second, beside Trafilatura in the same run, and what a killed load costs.

    NEWSMINE_EVAL_DATA=FOLDER python tests/bench/load.py [--pages 10000]

HTML and text dumps are those of the folder, if it is named; the 10,000 pages and the JSON Lines are made up.
"""

import argparse
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage

from newsmine.loading import pages

_PLACES = ("Ellery", "Marlow", "Tarn", "Quay", "Bexley", "Orme", "Selby")
_SYLLABLES = "ba ko li mar ten zu ha ri von sky ber ga".split()
_WORDS = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
_COMMAND = [sys.executable, "-m", "newsmine", "load", "-q"]


def html(number: int) -> str:
    """Return an article in HTML, unlike any other."""
    place = _PLACES[number % len(_PLACES)]
    text = "".join(
        f"<p>The council of Port {place} voted on measure {number} and on paragraph {n} of it on Friday evening, after "
        f"a long debate in which {number + n} residents spoke about the harbour, the ferry and the future of both.</p>"
        for n in range(12)
    )
    return (
        f'<!doctype html><html lang="en"><head><title>Port {place} votes on measure {number}</title>'
        f'<meta property="article:published_time" content="2024-05-{number % 28 + 1:02}T10:00:00+02:00"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Port {place} votes on measure {number}</h1>{text}"
        "</article><footer>All rights reserved</footer></body></html>"
    )


def measure(label: str, count: int, work: Callable[[], object]) -> float:
    """Print pages a second of CPU time and of wall time; return the first."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{label:32}{count:7} pages  {count / cpu:8.0f} a second of CPU  {count / wall:8.0f} a second")
    return count / cpu


def real(folder: Path, work: Path) -> None:
    """Measure HTML, the quick way for it, and text dumps, all beside Trafilatura."""
    import trafilatura

    sources = sorted((folder / "pages").glob("*/*.html.gz"))
    raw = [gzip.decompress(path.read_bytes()) for path in sources]
    files = [work / f"{n}.html" for n in range(len(raw))]
    for path, data in zip(files, raw, strict=True):
        path.write_bytes(data)
    list(pages(files[:3]))
    peer = measure("Trafilatura", len(raw), lambda: [trafilatura.extract(data, favor_precision=True) for data in raw])
    ours = measure("HTML", len(raw), lambda: list(pages(files)))
    fast = measure("HTML --fast", len(raw), lambda: list(pages(files, fast=True)))
    dumps = sorted((folder / "pages" / "textdump").glob("*/*.txt"))
    text = measure("text dumps", len(dumps), lambda: list(pages(dumps)))
    print(f"against Trafilatura: HTML {ours / peer:.2f}, --fast {fast / peer:.1f}, text dumps {text / peer:.1f}")


def json_lines(work: Path) -> None:
    """Measure JSON Lines into a new corpus, the command as a whole."""
    path, random = work / "news.jsonl", Random(20230920)
    with path.open("w", encoding="utf-8") as file:
        for n in range(20_000):
            place = _PLACES[n % len(_PLACES)]
            text = "\n".join(f"The council of Port {place} voted on measure {n}, paragraph {m}." for m in range(8))
            # Headlines of real pages differ; those of one form would be compared with each other, all of them.
            title = f"Port {place} {' '.join(random.choices(_WORDS, k=7))}"
            file.write(json.dumps({"title": title, "text": text, "date": "2024-05-03"}) + "\n")
    started = time.perf_counter()
    subprocess.run([*_COMMAND, path, "--corpus", work / "lines.db"], check=True)
    print(f"JSON Lines: 20,000 records in {time.perf_counter() - started:.1f} s")


def killed(work: Path, count: int) -> None:
    """Load made-up pages; kill the load half-way, repeat it; load again, and again with ten new files."""
    folder = work / "pages"
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:06}.html").write_text(html(n), encoding="utf-8")
    command = [*_COMMAND, folder, "--corpus"]
    clean = timed([*command, work / "clean.db"])
    process = subprocess.Popen([*command, work / "killed.db"], start_new_session=True)
    time.sleep(clean / 2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    rest = timed([*command, work / "killed.db"])
    same = listed(work / "clean.db") == listed(work / "killed.db")
    unchanged = timed([*command, work / "clean.db"])
    for n in range(count, count + 10):
        (folder / f"{n:06}.html").write_text(html(n), encoding="utf-8")
    ten = timed([*command, work / "clean.db"])
    peak = getrusage(RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"{count} pages: {clean:.1f} s; after a kill half-way, the rest {rest:.1f} s, the same corpus: {same}; ",
        end="",
    )
    print(f"nothing new {unchanged:.1f} s; ten new files {ten:.1f} s; peak {peak} MB")


def listed(corpus: Path) -> bytes:
    """Return all that a corpus holds, as it is printed."""
    commands = (
        ["articles", "--jsonl", "--corpus", corpus],
        ["headlines", "--no-dedupe", "--jsonl", "--corpus", corpus],
    )
    return b"".join(subprocess.check_output([sys.executable, "-m", "newsmine", *command]) for command in commands)


def timed(command: list[object]) -> float:
    """Run a command; return its seconds."""
    started = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if data := os.environ.get("NEWSMINE_EVAL_DATA"):
            real(Path(data), work)
        else:
            print("HTML and text dumps: left out, NEWSMINE_EVAL_DATA names no folder")
        json_lines(work)
        killed(work, given.pages)


if __name__ == "__main__":
    main()
