"""The words, names and patterns that are kept as data beside the code."""

import tomllib
from importlib.resources import files
from typing import Any


def read_lists(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file of this package."""
    return tomllib.loads(read_text(name))


def read_text(name: str) -> str:
    """Return the text of a file of this package."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
