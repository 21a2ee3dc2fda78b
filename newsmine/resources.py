"""Packaged data: small tab-separated tables that the code reads at run time."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of each line of `newsmine/data/<name>`; blank lines and `#` comments are left out."""
    text = files("newsmine").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)
