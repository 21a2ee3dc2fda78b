"""CSV and TSV: round trips, one record a line, and cells that a spreadsheet program must not run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.table import Table
from newsmine.text import visible
from newsmine.write import write

TEXT = st.text(st.characters(), max_size=12)
ROWS = st.lists(st.tuples(TEXT, TEXT), max_size=5).map(tuple)


def written(table: Table, format: str, **options: bool) -> str:
    file = io.StringIO(newline="")
    write(table, file, format=format, **options)
    return file.getvalue()


@given(rows=ROWS)
def test_csv_reader_gives_back_the_visible_text(rows):
    output = written(Table(("a", "b"), rows), "csv")
    assert list(csv.reader(io.StringIO(output, newline=""), strict=True)) == [
        ["a", "b"],
        *([visible(cell) for cell in row] for row in rows),
    ]
    assert len(output.splitlines()) == len(rows) + 1


@given(rows=ROWS)
def test_tsv_splits_at_tabs_without_quoting(rows):
    lines = written(Table(("a", "b"), rows), "tsv").split("\n")
    assert lines.pop() == ""
    assert [tuple(line.split("\t")) for line in lines] == [
        ("a", "b"),
        *(tuple(visible(cell) for cell in row) for row in rows),
    ]


def test_csv_golden():
    rows = ((1, 0.1, 'say "hi", he', ("x", "y")), (-2, 1e-07, None, ()), (10**20, 2.0, " a\r\nb\t", ("z",)))
    assert written(Table(("int", "float", "text", "list"), rows), "csv") == (
        'int,float,text,list\n1,0.1,"say ""hi"", he",x ¶ y\n-2,1e-07,,\n100000000000000000000,2.0, a  b ,z\n'
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[bold]a[/b]", "[bold]a[/b]"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x9b31m", "\ufffd31m"),
        ("nul\x00", "nul␀"),
        ("a\nb\u2028c\x85d\x1ce", "a b c d e"),
        ("\ud800", "\ufffd"),
    ],
)
@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_hostile_cell_is_harmless(format, cell, expected):
    assert written(Table(("a",), ((cell,),)), format, headers=False) == expected + "\n"


def test_hostile_column_name_is_harmless():
    assert written(Table(("a\nb\x1b",), ()), "csv") == "a b␛\n"


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_empty_table_is_the_header_alone(format):
    assert written(Table(("a",), ()), format) == "a\n"
    assert written(Table(("a",), ()), format, headers=False) == ""


def test_csv_keeps_a_row_whose_only_cell_is_empty():
    output = written(Table(("a",), ((None,), ("",))), "csv")
    assert list(csv.reader(io.StringIO(output))) == [["a"], [""], [""]]


def test_float_subclass_is_written_as_a_plain_number():
    class Float(float):
        def __repr__(self) -> str:
            return "np.float64(0.5)"

    assert written(Table(("a",), ((Float(0.5),),)), "csv") == "a\n0.5\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("cell", ["{}cmd|' /C calc'!A0", ("{}cmd", "b")])
@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_excel_disarms_formulas(format, cell, start):
    cell = cell.format(start) if isinstance(cell, str) else tuple(part.format(start) for part in cell)
    output = written(Table(("a", "b"), ((cell, "=2"),)), format, excel=True)
    assert output.startswith("\ufeffa")
    assert output.splitlines()[1].startswith("'" + visible(start) + "cmd")
    assert output.endswith("'=2\r\n")
    assert output.count("\r\n") == output.count("\n") == 2


def test_excel_leaves_numbers_and_plain_text_alone():
    output = written(Table(("a", "b", "c"), ((-1, -0.5, "a=b"),)), "csv", excel=True)
    assert output == "\ufeffa,b,c\r\n-1,-0.5,a=b\r\n"


def test_without_excel_a_formula_cell_is_as_it_was():
    assert written(Table(("a",), (("=1",),)), "csv") == "a\n=1\n"
