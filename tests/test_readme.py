"""The README's console session, run as it is written, prints what is written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BLOCK = re.search(r"^```console\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
assert BLOCK is not None
STEPS = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", BLOCK[1], re.M)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def test_the_session_is_there() -> None:
    assert len(STEPS) >= 6


@pytest.mark.parametrize(("command", "expected"), STEPS, ids=[command for command, _ in STEPS])
def test_a_step(clone: Path, command: str, expected: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMINE_")} | {
        "PATH": path,
        "NEWSMINE_CACHE": os.environ["NEWSMINE_CACHE"],
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=clone,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    assert done.stdout == expected
