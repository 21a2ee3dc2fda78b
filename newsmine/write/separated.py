"""CSV and TSV: one record on each physical line, whatever the cells hold."""

import csv
from collections.abc import Iterator
from itertools import chain

from newsmine.table import Cell, Stream, Table
from newsmine.text import visible
from newsmine.write.cells import text

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it, which is then what `writerow` returns."""

    def write(self, line: str) -> str:
        return line


def csv_lines(table: Table | Stream, *, headers: bool = True, excel: bool = False) -> Iterator[str]:
    """Yield the lines of the table as CSV (RFC 4180, quotes only where needed), each with its LF.

    A control character becomes a symbol, a line break or a tab a space. With `excel`: a byte order mark,
    CRLF, and a `'` before each text that a spreadsheet program would take for a formula.
    """
    writer = csv.writer(_Echo(), lineterminator="\r\n" if excel else "\n")
    yield from _marked((writer.writerow(cells) for cells in _records(table, headers, excel)), excel)


def tsv_lines(table: Table | Stream, *, headers: bool = True, excel: bool = False) -> Iterator[str]:
    """Yield the lines of the table as tab-separated values without any quoting; `excel` as for CSV."""
    end = "\r\n" if excel else "\n"
    yield from _marked(("\t".join(cells) + end for cells in _records(table, headers, excel)), excel)


def _records(table: Table | Stream, headers: bool, excel: bool) -> Iterator[list[str]]:
    for row in chain([table.columns] if headers else [], table.rows):
        yield [_field(cell, excel) for cell in row]


def _field(cell: Cell, excel: bool) -> str:
    raw = text(cell)
    if isinstance(cell, int | float):
        return raw
    # The raw text decides: once its tab or CR is a space, the program would still see what follows.
    is_formula = excel and raw.startswith(_FORMULA)
    return ("'" if is_formula else "") + visible(raw)


def _marked(lines: Iterator[str], excel: bool) -> Iterator[str]:
    if excel:
        yield _BOM
    yield from lines
