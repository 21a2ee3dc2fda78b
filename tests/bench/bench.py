"""Speed as ratios within one run: start-up against `import typer`, and what `headlines` imports.

Each pair of commands is run in turn, so that a busy machine slows both alike; the medians are compared.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("NEWSMINE_BENCH_RUNS", "15"))
SEED = str(ROOT / "seeds" / "azernews-2023-09-20.txt")
PYTHON = sys.executable
NEWSMINE = [PYTHON, "-m", "newsmine"]


def seconds(command: list[str]) -> float:
    """Return the wall time of a command whose output nobody reads."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=True, cwd=tempfile.gettempdir())
    return time.perf_counter() - start


def compare(label: str, command: list[str], baseline: list[str]) -> float:
    """Print and return the ratio of the medians of two commands, run in turn after one warm-up of each."""
    seconds(command)
    seconds(baseline)
    times = [(seconds(command), seconds(baseline)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{label}: {ours * 1000:.0f} ms against {theirs * 1000:.0f} ms, {ours / theirs:.2f} times")
    return ours / theirs


def imported(arguments: list[str]) -> set[str]:
    """Return which of the heavy packages a command imports."""
    code = (
        "import sys; from newsmine.cli.app import run; run(sys.argv[1:]); "
        "print(*sorted({'spacy', 'pandas', 'numpy', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([PYTHON, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def main() -> None:
    """Measure, print, and fail where a promise is broken."""
    typer = [PYTHON, "-c", "import typer"]
    help_ratio = compare("newsmine --help / import typer", [*NEWSMINE, "--help"], typer)
    compare("newsmine headlines SEED / import typer", [*NEWSMINE, "headlines", SEED], typer)
    compare("newsmine entities SEED / import spacy", [*NEWSMINE, "entities", SEED], [PYTHON, "-c", "import spacy"])
    heavy = {"--help": imported(["--help"]), "headlines": imported(["headlines", SEED])}
    for name, packages in heavy.items():
        print(f"newsmine {name} imports of spacy, pandas, numpy, rich: {', '.join(sorted(packages)) or 'none'}")
    if help_ratio > 1.7 or heavy["--help"] or "spacy" in heavy["headlines"]:
        sys.exit("a promise about start-up is broken: --help within 1.7 times import typer, headlines without spaCy")


if __name__ == "__main__":
    main()
