"""A stream at the edge: options that end it early or need all of it, and what is left behind when it fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from newsmine.cli.options import OutputOptions
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter
from newsmine.errors import UnknownNameError
from newsmine.records import Skipped
from newsmine.table import Row, Stream, Table

ROWS: tuple[Row, ...] = (("b", 1, "x"), ("a", 3, "y"), ("c", 2, None))
TABLE = Table(("name", "count", "note"), ROWS, shown=("name", "count"))


class Source:
    """Makes the rows, and then an error, if it is asked for more than there are."""

    def __init__(self, rows: tuple[Row, ...] = ROWS, error: Exception | None = None) -> None:
        self.closed = False
        self.stream = Stream(TABLE.columns, self._rows(rows, error), TABLE.shown)

    def _rows(self, rows: tuple[Row, ...], error: Exception | None) -> Iterator[Row]:
        try:
            yield from rows
            if error:
                raise error
        finally:
            self.closed = True


def emitted(table: Table | Stream, path: Path, **options: object) -> str:
    emit(table, OutputOptions(output=str(path), **options), Reporter())  # type: ignore[arg-type]
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "md", "txt"])
@pytest.mark.parametrize(
    "options",
    [{}, {"limit": 2}, {"limit": 0}, {"limit": 9}, {"sort": "-name", "limit": 1}, {"columns": "note,name"}],
    ids=str,
)
def test_a_stream_gives_what_its_table_gives(tmp_path: Path, suffix: str, options: dict[str, object]) -> None:
    source = Source()
    expected = emitted(TABLE, tmp_path / f"table.{suffix}", **options)
    assert emitted(source.stream, tmp_path / f"stream.{suffix}", **options) == expected
    assert source.closed or options.get("limit") == 0


def test_a_limit_ends_the_stream_early(tmp_path: Path) -> None:
    source = Source(error=AssertionError("a row too many"))
    assert emitted(source.stream, tmp_path / "t.csv", limit=3) == "name,count\nb,1\na,3\nc,2\n"
    assert source.closed


@pytest.mark.parametrize("rows", [ROWS, ()])
@pytest.mark.parametrize("limit", [None, 0, 1])
def test_fail_empty(tmp_path: Path, rows: tuple[Row, ...], limit: int | None) -> None:
    def status(table: Table | Stream) -> int:
        try:
            emitted(table, tmp_path / "t.csv", limit=limit, fail_empty=True)
        except typer.Exit as stop:
            return int(stop.exit_code)
        return 0

    expected = 0 if rows and limit != 0 else 1
    assert status(Table(TABLE.columns, rows)) == status(Source(rows).stream) == expected


def test_what_is_skipped_while_the_rows_are_made_counts(tmp_path: Path) -> None:
    reporter = Reporter()

    def rows() -> Iterator[Row]:
        yield ROWS[0]
        reporter.skip(Skipped("x", "empty", "…"))

    with pytest.raises(typer.Exit) as stop:
        emit(Stream(TABLE.columns, rows()), OutputOptions(output=str(tmp_path / "t.csv")), reporter)
    assert stop.value.exit_code == 3


def test_an_error_midway_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old")
    source = Source(error=OSError(5, "Input/output error"))
    with pytest.raises(OSError, match="Input/output error"):
        emitted(source.stream, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("options", [{"columns": "size"}, {"sort": "size"}])
def test_an_unknown_column_is_an_error_before_any_row_is_made(tmp_path: Path, options: dict[str, object]) -> None:
    source = Source((), error=AssertionError("a row too many"))
    with pytest.raises(UnknownNameError):
        emitted(source.stream, tmp_path / "t.csv", **options)
    assert list(tmp_path.iterdir()) == []
