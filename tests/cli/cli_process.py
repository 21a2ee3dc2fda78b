"""The command line as others run it: a process of its own, in a folder of its own, with nothing on its input."""

import csv
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "azernews-2023-09-20.txt"
NEWSMINE = [sys.executable, "-m", "newsmine"]


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.rows]


def environment(**more: str) -> dict[str, str]:
    dropped = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERMINAL_WIDTH", "_TYPER_FORCE_DISABLE_TERMINAL"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMINE_") and k not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "NEWSMINE_CACHE": os.environ["NEWSMINE_CACHE"], **more}


def newsmine(
    *arguments: object, cwd: Path, given: str | bytes | None = None, env: dict[str, str] | None = None
) -> Result:
    """Run the command with `given` piped into it, /dev/null if it is None."""
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [*NEWSMINE, *map(str, arguments)],
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        timeout=60,
        **({"stdin": subprocess.DEVNULL} if data is None else {"input": data}),
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def shell(script: str, *, cwd: Path, **env: str) -> Result:
    """Run a line of bash, in which $NEWSMINE is the command and $SEED the page."""
    done = subprocess.run(
        ["bash", "-c", f'set -o pipefail; newsmine() {{ {sys.executable} -m newsmine "$@"; }}; {script}'],
        cwd=cwd,
        env=environment(SEED=str(SEED), **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def failed(result: Result, status: int) -> None:
    """Assert that a run ended with that status, one line that says why, one hint, and no result."""
    lines = result.err.splitlines()
    assert result.status == status, result
    assert [line.split(":")[0] for line in lines if not line.startswith("newsmine: skipped")] == ["newsmine", "hint"]
    assert lines[-2].startswith("newsmine: error: ")
    assert "Traceback" not in result.err
    assert result.out == ""
