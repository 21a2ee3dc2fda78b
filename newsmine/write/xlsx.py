"""An Excel workbook: text that stays text, and the same bytes for the same table."""

import datetime
import io
import re
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from newsmine.errors import MissingError, OutputError
from newsmine.table import Cell, Table
from newsmine.text import visible, width
from newsmine.write.atomic import failure
from newsmine.write.cells import finite, text

_ROWS, _COLUMNS, _LENGTH, _WIDEST = 1_048_576, 16_384, 32_767, 60
# The earliest moment that a zip archive can state.
_MOMENT = datetime.datetime(1980, 1, 1)
# XML has no such character.
_NONCHARACTER = re.compile("[\ufffe\uffff]")
# A spreadsheet program reads _x0041_ as "A"; _x005F_ is the underscore that keeps it from doing so.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class _Archive:
    """What openpyxl needs of a zip archive, with members that are all of one fixed date and mode."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.close, self.namelist = self._zip.close, self._zip.namelist

    def writestr(self, name: str, data: str | bytes) -> None:
        info = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
        self._zip.writestr(info, data, zipfile.ZIP_DEFLATED)

    def write(self, path: str, name: str) -> None:
        self.writestr(name, Path(path).read_bytes())


def workbook(table: Table, *, headers: bool = True) -> bytes:
    """Return the table as an .xlsx file of one sheet, its header row bold and frozen.

    No text is ever a formula; a control character becomes a symbol; a float that is not finite an empty cell.
    Raises OutputError for a table too large for a sheet, and MissingError if openpyxl is not installed.
    """
    try:
        import openpyxl
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise MissingError("writing .xlsx needs openpyxl", hint="pip install 'newsmine[xlsx]'") from None
    _check(table, headers)
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "newsmine"
    book.properties.created = book.properties.modified = _MOMENT
    file = io.BytesIO()
    try:
        _fill(book.create_sheet("newsmine"), table, headers)
        # Workbook.save() would state the present time.
        with closing(_Archive(file)) as archive:
            ExcelWriter(book, archive).save()
    except OSError as error:
        # openpyxl keeps the sheet there until it is complete.
        raise failure(error, "a temporary file") from None
    return file.getvalue()


def _fill(sheet: Any, table: Table, headers: bool) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    def cell(value: Cell, *, bold: bool = False) -> Any:
        plain = isinstance(value, int | float) or value is None
        made = WriteOnlyCell(sheet, finite(value) if plain else _text(value))
        if not plain:
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    for i, name in enumerate(table.columns):
        longest = max(width(text(value)) for value in (name, *(row[i] for row in table.rows)))
        sheet.column_dimensions[get_column_letter(i + 1)].width = min(longest, _WIDEST) + 2
    if headers:
        sheet.freeze_panes = "A2"
        sheet.append([cell(name, bold=True) for name in table.columns])
    for row in table.rows:
        sheet.append([cell(value) for value in row])


def _text(cell: Cell) -> str:
    return _ESCAPE.sub("_x005F_", _NONCHARACTER.sub("\ufffd", visible(text(cell))))


def _check(table: Table, headers: bool) -> None:
    reason = None
    if len(table.rows) + headers > _ROWS or len(table.columns) > _COLUMNS:
        reason = f"a sheet holds {_ROWS} rows and {_COLUMNS} columns"
    elif any(len(text(cell)) > _LENGTH for row in table.rows for cell in row):
        reason = f"a cell holds {_LENGTH} characters"
    if reason:
        raise OutputError(f"the table is too large for .xlsx: {reason}", hint="write -o FILE.csv or FILE.parquet")
