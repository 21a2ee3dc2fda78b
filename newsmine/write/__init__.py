"""A table or a stream to any output format, on a path, on standard output or in an open text file."""

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import IO

from newsmine.errors import UnknownNameError, UsageError
from newsmine.table import Row, Stream, Table
from newsmine.write import jsons, markdown, plain, separated, targets
from newsmine.write.atomic import replacing

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "parquet", "xlsx")

_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".txt": "table",
}
_BINARY = ("parquet", "xlsx")
# The others need to know the widths or the types of the columns first.
_ROW_BY_ROW = ("csv", "tsv", "json", "jsonl")


def write(
    table: Table | Stream,
    target: str | Path | IO[str],
    *,
    format: str | None = None,
    headers: bool = True,
    excel: bool = False,
    color: bool = False,
    width: int | None = None,
) -> None:
    """Write all columns of the table to a path ("-" for standard output) or an open text file.

    Of a stream, csv, tsv, json and jsonl write each row as it comes; the other formats read all of them first.
    Without a `format`, a path decides by its suffix; a terminal gets a table, and anything else CSV.
    `headers=False` leaves out the header line of table, csv, tsv and xlsx; json, jsonl and parquet have none
    to leave out, and md cannot do without. `excel` makes csv and tsv safe to open in spreadsheet programs.
    `color` and `width` concern the table on a terminal, and nothing else.

    Raises UnknownNameError for a format that is not among `FORMATS`, UsageError for options that contradict
    each other, MissingError if the format needs a package that is not installed, OutputError if the target
    cannot be written, and whatever the rows of a stream raise. A path then still holds what it held before.
    """
    place = targets.parse(target)
    format = format or _default(place)
    _check(format, place, headers=headers, excel=excel)
    if format in _ROW_BY_ROW:
        _send_row_by_row(table, place, format, headers=headers, excel=excel)
        return
    whole = table.table() if isinstance(table, Stream) else table
    if format in _BINARY and isinstance(place, Path):
        data = _data(whole, format, headers=headers)
        with replacing(place) as file:
            file.write(data)
    elif format == "table" and targets.is_terminal(place):
        from newsmine.write import terminal

        targets.send([terminal.render(whole, headers=headers, color=color, width=width)], place)
    else:
        targets.send(markdown.lines(whole) if format == "md" else plain.lines(whole, headers=headers), place)


def format_of(path: str | PathLike[str]) -> str:
    """Return the format that the path's suffix stands for; raises UnknownNameError if it stands for none.

    >>> format_of("names.CSV")
    'csv'
    """
    suffix = Path(path).suffix
    if suffix.lower() not in _SUFFIXES:
        raise UnknownNameError("file suffix", suffix, _SUFFIXES)
    return _SUFFIXES[suffix.lower()]


def _default(place: targets.Place) -> str:
    if isinstance(place, Path):
        return format_of(place)
    return "table" if targets.is_terminal(place) else "csv"


def _check(format: str, place: targets.Place, *, headers: bool, excel: bool) -> None:
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    if format in _BINARY and not isinstance(place, Path):
        raise UsageError(f"{format} is written to a file only", hint=f"-o FILE.{format}")
    if excel and format not in ("csv", "tsv"):
        raise UsageError(
            f"the Excel dialect is one of csv and tsv, not of {format}",
            hint="use csv or tsv with it, or write a workbook with -o FILE.xlsx",
        )
    if not headers and format == "md":
        raise UsageError("a Markdown table always has a header", hint="use csv, tsv or table without headers")


class _RowsFailedError(Exception):
    """An OSError of the rows, which would else be taken for one of the target."""


def _send_row_by_row(table: Table | Stream, place: targets.Place, format: str, *, headers: bool, excel: bool) -> None:
    guarded = Stream(table.columns, _guarded(table.rows))
    try:
        targets.send(_lines(guarded, format, headers=headers, excel=excel), place)
    except _RowsFailedError as failed:
        raise failed.args[0] from None


def _guarded(rows: Iterable[Row]) -> Iterator[Row]:
    try:
        yield from rows
    except OSError as error:
        raise _RowsFailedError(error) from None


def _lines(table: Stream, format: str, *, headers: bool, excel: bool) -> Iterable[str]:
    match format:
        case "csv":
            return separated.csv_lines(table, headers=headers, excel=excel)
        case "tsv":
            return separated.tsv_lines(table, headers=headers, excel=excel)
        case "json":
            return jsons.array(table)
        case _:
            return jsons.lines(table)


def _data(table: Table, format: str, *, headers: bool) -> bytes:
    if format == "xlsx":
        from newsmine.write import xlsx

        return xlsx.workbook(table, headers=headers)
    from newsmine.write import frames

    return frames.parquet(table)
