"""The packaged table of forms is what the script makes of the other tables."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from newsmine.headlines.equate import words

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def equated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("equated", ROOT / "data" / "headlines" / "equated.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_packaged_table_is_what_the_script_makes(equated: ModuleType) -> None:
    packaged = (ROOT / "newsmine" / "data" / "equated.tsv").read_text(encoding="utf-8")
    assert packaged == equated.table(), "run data/headlines/equated.py"


def test_what_is_put_later_stands_for_a_form(equated: ModuleType) -> None:
    forms = equated.Forms()
    forms.put(("united", "states"), "united states")
    forms.put(("usa",), "united states")
    for form in forms.of("united states"):
        forms.put(form, "us")
    assert forms.canonical == {("united", "states"): "us", ("usa",): "us"}
    assert forms.of("united states") == []


@pytest.mark.parametrize(("text", "other"), [
    ("Organization of American States meets", "OAS meets"),
    ("Kiev falls silent", "Kyiv falls silent"),
    ("Sri Lanka votes", "Sri Lankan votes"),
])  # fmt: skip
def test_forms_of_all_three_tables_and_the_longest_first(text: str, other: str) -> None:
    assert words(text) == words(other)
