"""What is costly to make, made once a session."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the tests, and what they start, a cache of their own."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSMINE_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus of the seed page in which the names are found already, so that no model is needed to read it."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "pages").mkdir()
    name = "azernews-2023-09-20.txt"
    (folder / "pages" / name).write_bytes((ROOT / "seeds" / name).read_bytes())
    env = {k: v for k, v in os.environ.items() if not k.startswith("NEWSMINE_") or k == "NEWSMINE_CACHE"}
    for arguments in (["load", "pages"], ["entities", "-j", "1"]):
        subprocess.run(
            [sys.executable, "-m", "newsmine", *arguments, "--corpus", "corpus.db"],
            cwd=folder,
            env={**env, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return folder / "corpus.db"
