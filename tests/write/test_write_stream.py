"""Streams: the bytes of the same table, rows written as they are made, and nothing made that is not asked for."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.errors import UnknownNameError, UsageError
from newsmine.table import Row, Stream, Table
from newsmine.write import FORMATS, write

TEXT_FORMATS = sorted(set(FORMATS) - {"parquet", "xlsx"})
ROW_BY_ROW = ("csv", "tsv", "json", "jsonl")
CELL = st.none() | st.text(max_size=5) | st.integers() | st.lists(st.text(max_size=3), max_size=2).map(tuple)


class Rows:
    """A source of rows that counts what was made, and fails if it is asked for more than `most`."""

    def __init__(self, most: int, error: BaseException | None = None) -> None:
        self.made = 0
        self.closed = False
        self.rows = self._make(most, error or AssertionError("a row too many"))

    def _make(self, most: int, error: BaseException) -> Iterator[Row]:
        try:
            while True:
                if self.made == most:
                    raise error
                self.made += 1
                yield f"name {self.made}", self.made
        finally:
            self.closed = True

    def stream(self) -> Stream:
        return Stream(("name", "count"), self.rows)


def written(table: Table | Stream, format: str, **options: bool) -> str:
    file = io.StringIO(newline="")
    write(table, file, format=format, **options)
    return file.getvalue()


@pytest.mark.parametrize("format", TEXT_FORMATS)
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=4).map(tuple), excel=st.booleans(), headers=st.booleans())
def test_a_stream_is_written_as_the_table_is(format: str, rows: tuple[Row, ...], excel: bool, headers: bool) -> None:
    table = Table(("b", "a"), rows)
    options = {"excel": excel and format in ("csv", "tsv"), "headers": headers or format == "md"}
    assert written(table.stream(), format, **options) == written(table, format, **options)


@pytest.mark.parametrize("format", ["xlsx", "parquet"])
def test_a_binary_format_reads_all_rows_first(tmp_path: Path, format: str) -> None:
    pytest.importorskip({"xlsx": "openpyxl", "parquet": "pyarrow"}[format])
    table = Table(("name", "count"), (("Bakı", 1), ("Gəncə", None)))
    write(table, tmp_path / f"table.{format}")
    write(table.stream(), tmp_path / f"stream.{format}")
    assert (tmp_path / f"table.{format}").read_bytes() == (tmp_path / f"stream.{format}").read_bytes()


@pytest.mark.parametrize(("format", "expected"), [("csv", "a,b\n"), ("tsv", "a\tb\n"), ("json", "[]\n"), ("jsonl", "")])
def test_a_stream_of_nothing(format: str, expected: str) -> None:
    assert written(Stream(("a", "b"), iter(())), format) == expected


@pytest.mark.parametrize(("format", "before"), [("csv", 1), ("tsv", 1), ("json", 0), ("jsonl", 0)])
def test_each_row_is_written_before_the_next_is_made(format: str, before: int) -> None:
    file = io.StringIO()

    def rows() -> Iterator[Row]:
        for number in range(5):
            assert file.getvalue().count("name") == before + number * (2 if format.startswith("json") else 1)
            yield (f"name {number}",)

    write(Stream(("name",), rows()), file, format=format)


@pytest.mark.parametrize("format", TEXT_FORMATS)
@pytest.mark.parametrize(
    "error", [ValueError("bad"), OSError(28, "No space left"), BrokenPipeError(), KeyboardInterrupt()]
)
def test_an_error_of_the_rows_is_raised_as_it_is_and_leaves_the_old_file_alone(
    tmp_path: Path, format: str, error: BaseException
) -> None:
    path = tmp_path / "t"
    path.write_text("old")
    rows = Rows(3, error)
    with pytest.raises(type(error)) as caught:
        write(rows.stream(), path, format=format)
    assert caught.value is error
    assert rows.made == 3
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_of_the_target_is_still_one_of_the_target(tmp_path: Path) -> None:
    rows = Rows(0)
    with pytest.raises(UnknownNameError):
        write(rows.stream(), tmp_path / "t.pdf")
    with pytest.raises(UsageError):
        write(rows.stream(), tmp_path / "t", format="json", excel=True)
    assert not rows.closed


def test_select_and_limit_make_no_row_that_is_not_asked_for() -> None:
    rows = Rows(3)
    stream = rows.stream().limit(3).select(("count", "name"))
    assert rows.made == 0
    assert next(stream.rows) == (1, "name 1")
    assert rows.made == 1
    assert stream.table() == Table(("count", "name"), ((2, "name 2"), (3, "name 3")))
    assert rows.closed


def test_what_makes_the_rows_is_closed_after_the_last_that_is_asked_for() -> None:
    rows = Rows(2)
    stream = rows.stream().select(["name"]).limit(2)
    assert [next(stream.rows), next(stream.rows)] == [("name 1",), ("name 2",)]
    assert not rows.closed
    assert next(stream.rows, None) is None
    assert rows.closed


def test_no_row_at_all_is_made_for_a_limit_of_none() -> None:
    assert Rows(0).stream().limit(0).table().rows == ()


def test_a_column_that_is_not_there_is_an_error_before_any_row_is_made() -> None:
    stream = Rows(0).stream()
    with pytest.raises(UnknownNameError, match="unknown column 'size'"):
        stream.select(["size"])
    with pytest.raises(UnknownNameError, match="unknown column 'size'"):
        stream.sort("-size")


def test_a_stream_shows_and_sorts_what_its_table_does() -> None:
    table = Table(("name", "count"), (("b", 1), ("a", None), ("c", 3)), shown=("name",))
    assert table.stream().table() == table
    assert table.stream().select().table() == table.select() == Table(("name",), (("b",), ("a",), ("c",)))
    assert table.stream().sort("count") == table.sort("count")
    assert table.stream().limit(2).table() == table.limit(2)
    assert table.stream().limit(9).table() == table
