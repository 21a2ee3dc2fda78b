"""The guide to loading says what the code says: its formats, its reasons and its fields are those that there are."""

import ast
import importlib
import re
from pathlib import Path

import pytest

from newsmine.loading import columns

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "loading.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "newsmine" / "loading").rglob("*.py"))


def strings() -> set[str]:
    """Return every string that the package has."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    constants = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def codes(heading: str) -> list[str]:
    """Return the codes in the first column of the table under a heading."""
    section = GUIDE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row)]


def skipped_reasons() -> set[str]:
    """Return the reasons that are written where a source is skipped."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_skip = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Skipped" and len(node.args) == 3
            if is_skip and isinstance(reason := node.args[1], ast.Constant):  # type: ignore[attr-defined]
                found.add(reason.value)
    return found


@pytest.mark.parametrize("heading", ["Formats", "Reasons"])
def test_what_the_guide_names_is_in_the_code(heading: str) -> None:
    names = codes(heading)
    made = {"unsupported-xml"}
    assert len(names) == len(set(names)) > 15
    assert set(names) <= strings() | made


def test_no_reason_is_missing() -> None:
    assert skipped_reasons() <= set(codes("Reasons"))


def test_every_reader_has_a_format() -> None:
    formats = set(codes("Formats"))
    for name in importlib.import_module("newsmine.loading.sniff").MODULES:
        paths = [path for path in SOURCES if name in (path.stem, path.parent.name)]
        text = "".join(path.read_text(encoding="utf-8") for path in paths)
        assert any(f'"{code}"' in text for code in formats), name


@pytest.mark.parametrize(
    "names", ["TITLE", "TEXT", "SUBTITLE", "DATE", "AUTHORS", "SECTION", "URL", "LANGUAGE", "PUBLISHER"]
)
def test_every_name_of_a_field_is_listed(names: str) -> None:
    table = GUIDE.split("### JSON, tables")[1].split("###")[0]
    listed = [columns.plain(word) for word in re.findall(r"[\w-]+", table)]
    assert set(getattr(columns, names)) <= set(listed)
