"""XLSX and Parquet: types, text that stays text, the same bytes twice, and a missing package."""

import datetime
import io
import sys
import time
import zipfile

import pytest

from newsmine.errors import MissingError, OutputError, UsageError
from newsmine.table import Table
from newsmine.write import write, xlsx

COLUMNS = ("text", "int", "some", "float", "list")
TABLE = Table(COLUMNS, (("Bakı", 1, None, 0.5, ("a", "b")), ("\x00", 2, 7, None, ())))


@pytest.fixture
def sheet(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")

    def read(table: Table, **options: bool):
        write(table, tmp_path / "t.xlsx", **options)
        return openpyxl.load_workbook(tmp_path / "t.xlsx").active

    return read


def test_xlsx_cells_and_header(sheet):
    made = sheet(TABLE)
    assert [list(row) for row in made.values] == [
        list(COLUMNS),
        ["Bakı", 1, None, 0.5, "a ¶ b"],
        ["␀", 2, 7, None, None],
    ]
    assert made.freeze_panes == "A2"
    assert made["A1"].font.bold
    assert not made["A2"].font.bold


def test_xlsx_without_headers(sheet):
    made = sheet(TABLE, headers=False)
    assert made["A1"].value == "Bakı"
    assert made.freeze_panes is None


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "#N/A", "#REF!", "[bold]", "12", " a "]
)
def test_xlsx_text_is_text(sheet, text):
    cell = sheet(Table(("a",), ((text,),)))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\nb\tc", "a b c"),
        ("\ud800\ufffe\uffff", "\ufffd\ufffd\ufffd"),
        ("_x0041_ _x", "_x005F_x0041_ _x"),
    ],
)
def test_xlsx_hostile_text(sheet, text, shown):
    assert sheet(Table(("a",), ((text,),)))["A2"].value == shown


def test_xlsx_has_no_number_for_nan(sheet):
    assert sheet(Table(("a", "b"), ((float("nan"), float("inf")),)))["A2"].value is None


def test_xlsx_refuses_what_a_sheet_cannot_hold(sheet, monkeypatch):
    with pytest.raises(OutputError, match="32767 characters"):
        sheet(Table(("a",), (("x" * 32768,),)))
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    with pytest.raises(OutputError, match="too large"):
        sheet(Table(("a",), ((1,), (2,))))


@pytest.mark.parametrize("format", ["xlsx", "parquet"])
def test_same_table_same_bytes(tmp_path, monkeypatch, format):
    pytest.importorskip({"xlsx": "openpyxl", "parquet": "pyarrow"}[format])
    first, second = tmp_path / f"a.{format}", tmp_path / f"b.{format}"
    write(TABLE, first)
    tomorrow = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    write(TABLE, second)
    assert first.read_bytes() == second.read_bytes()


def test_xlsx_states_no_present_time(sheet, tmp_path):
    properties = sheet(TABLE).parent.properties
    assert {properties.created, properties.modified} == {datetime.datetime(1980, 1, 1)}
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "rows",
    [TABLE.rows, (), ((None,) * 5,), tuple(reversed(TABLE.rows))],
    ids=["two", "none", "blank", "back"],
)
def test_parquet_round_trip_and_types(tmp_path, rows):
    pq = pytest.importorskip("pyarrow.parquet")
    write(Table(COLUMNS, rows), tmp_path / "t.parquet")
    made = pq.read_table(tmp_path / "t.parquet")
    known = ["string", "int64", "int64", "double", "list<element: string>"]
    types = [str(field.type) for field in made.schema]
    assert types == (known if len(rows) == 2 else ["string"] * 5)
    records = [tuple(record.values()) for record in made.to_pylist()]
    assert records == [tuple(list(cell) if isinstance(cell, tuple) else cell for cell in row) for row in rows]


def test_parquet_mixed_columns_and_what_utf8_cannot_hold(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    rows = ((1, 1, "\ud800", 2**70, ("\udc00",)), (0.5, "x", ("a", "b"), None, None))
    write(Table(COLUMNS, rows), tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pydict() == {
        "text": [1.0, 0.5],
        "int": ["1", "x"],
        "some": ["\ufffd", "a ¶ b"],
        "float": [float(2**70), None],
        "list": [["\ufffd"], None],
    }


def test_frame_has_a_type_for_each_column():
    frame = TABLE.to_frame()
    assert [str(dtype) for dtype in frame.dtypes] == ["string", "int64", "Int64", "float64", "object"]
    assert frame["list"].tolist() == [("a", "b"), ()]
    assert frame["text"].tolist() == ["Bakı", "\x00"]
    empty = Table(("a",), ()).to_frame()
    assert (list(empty.columns), len(empty)) == (["a"], 0)


@pytest.mark.parametrize(("format", "package"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_missing_package(tmp_path, monkeypatch, format, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingError) as caught:
        write(TABLE, tmp_path / f"t.{format}")
    assert caught.value.hint == f"pip install 'newsmine[{format}]'"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", ["xlsx", "parquet"])
@pytest.mark.parametrize("target", ["-", io.StringIO()])
def test_binary_formats_need_a_path(format, target):
    with pytest.raises(UsageError) as caught:
        write(TABLE, target, format=format)
    assert caught.value.hint == f"-o FILE.{format}"
