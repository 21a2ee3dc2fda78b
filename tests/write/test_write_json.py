"""JSON and JSON Lines: the very cells come back, and no character of the output acts on a terminal."""

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.table import Table
from newsmine.write import write

TEXT = st.text(st.characters(), max_size=12)
NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
CELL = st.none() | TEXT | NUMBER | st.lists(TEXT, max_size=3).map(tuple)
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def written(table: Table, format: str) -> str:
    file = io.StringIO()
    write(table, file, format=format)
    return file.getvalue()


def paired(cell):
    """Two surrogates in a row are one character in JSON; nothing can tell them apart there."""
    if isinstance(cell, str):
        return cell.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return [paired(part) for part in cell] if isinstance(cell, tuple) else cell


@given(rows=st.lists(st.tuples(CELL, CELL), max_size=4).map(tuple))
def test_both_give_back_the_very_cells(rows):
    table = Table(("b", "a"), rows)
    expected = [{"b": paired(b), "a": paired(a)} for b, a in rows]
    array, lines = written(table, "json"), written(table, "jsonl")
    assert json.loads(array) == expected
    assert [json.loads(line) for line in lines.splitlines()] == expected
    assert not ACTIVE.search(array + lines)
    array.encode()


def test_json_golden():
    rows = (("Əliyev", 1, ("x",)), ("\x1b]52;c;\x07\x9b\u202e\ud800", None, ()))
    assert written(Table(("name", "count", "list"), rows), "json") == (
        "[\n"
        '  {"name": "Əliyev", "count": 1, "list": ["x"]},\n'
        '  {"name": "\\u001b]52;c;\\u0007\\u009b\\u202e\\ud800", "count": null, "list": []}\n'
        "]\n"
    )


@pytest.mark.parametrize(
    "char", "\x07\x1b\x7f\x80\x9f\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ud800\udfff"
)
def test_active_characters_are_escaped(char):
    output = written(Table((char,), ((char,),)), "jsonl")
    assert output == '{{"{0}": "{0}"}}\n'.format(f"\\u{ord(char):04x}")
    assert json.loads(output) == {char: char}


def test_jsonl_golden():
    table = Table(("b", "a"), ((0.1, "[bold]"), (-1, "a\nb")))
    assert written(table, "jsonl") == '{"b": 0.1, "a": "[bold]"}\n{"b": -1, "a": "a\\nb"}\n'


def test_an_empty_table():
    assert written(Table(("a",), ()), "json") == "[]\n"
    assert written(Table(("a",), ()), "jsonl") == ""


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_in_json_is_null(number):
    assert written(Table(("a",), ((number,),)), "jsonl") == '{"a": null}\n'
