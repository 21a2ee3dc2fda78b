"""The README's console session, run as it is written, prints what is written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.search(r"^```console\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
assert BLOCK is not None
STEPS = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", BLOCK[1], re.M)


def test_the_session_is_there() -> None:
    assert len(STEPS) >= 6


def test_the_steps_one_after_the_other(tmp_path: Path) -> None:
    # They are one test, since a step needs what those before it have loaded, in the same process or not.
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    assert [(command, ran(command, tmp_path)) for command, _ in STEPS] == STEPS


def ran(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMINE_")} | {
        "PATH": path,
        "NEWSMINE_CACHE": os.environ["NEWSMINE_CACHE"],
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout
