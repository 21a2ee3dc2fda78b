"""Excel workbooks and Parquet files, a row an article: read with openpyxl and pyarrow, a part at a time."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from io import BufferedIOBase
from typing import Any

from newsmine.errors import MissingError
from newsmine.loading.inputs import Input
from newsmine.loading.limits import TOO_LARGE
from newsmine.loading.options import Options
from newsmine.loading.record import read_record
from newsmine.loading.sniff import Head, Told
from newsmine.loading.tabular import NO_ROW, Columns, choose
from newsmine.records import Page, Skipped

# The names of the members stand before each of them.
_WORKBOOK = re.compile(rb"PK\x03\x04.{26}(?:xl/|\[Content_Types\]\.xml.*?spreadsheetml)", re.DOTALL)
_PARQUET = b"PAR1"
# What openpyxl raises for a workbook that is not as it should be; the syntax is that of XML.
_FAULTS = (AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError, zlib.error)
_ROWS_AT_ONCE = 256
# Above the header, there may be a title and a date of the export.
_ROWS_ABOVE = 10
_MAX_UNPACKED = 2**30
_TOO_DENSE = ("too-large", f"unpacked it is more than {_MAX_UNPACKED // 2**20} MiB: save the table as CSV")


def tell(head: Head, options: Options) -> Told | None:
    """Return "xlsx" or "parquet" by the first bytes."""
    if head.data.startswith(_PARQUET):
        return Told("parquet", "it begins with PAR1")
    if head.data.startswith(b"PK\x03\x04") and _WORKBOOK.search(head.data):
        return Told("xlsx", "a ZIP archive with the parts of a workbook")
    return None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield a page for each row with a title or a text, and a Skipped for each that has neither.

    Raises MissingError if the package that reads the format is not installed.
    """
    is_parquet = Head(item, options).data.startswith(_PARQUET)
    file = item.random()
    if file is None:
        yield Skipped(item.path, *TOO_LARGE)
        return
    yield from (_parquet if is_parquet else _workbook)(file, item.path, options)


def _parquet(file: BufferedIOBase, path: str, options: Options) -> Iterator[Page | Skipped]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingError("reading Parquet needs pyarrow", hint='pip install "newsmine[parquet]"') from None
    number = 0
    try:
        table = pq.ParquetFile(file)
        columns = choose(table.schema_arrow.names, options)
        if not isinstance(columns, Columns):
            yield Skipped(path, *columns)
            return
        names = [name for _, name in columns.kept]
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=names):
            for row in batch.to_pylist():
                number += 1
                record = columns.record([row.get(name) for name in table.schema_arrow.names])
                yield read_record(record, path, number, options, reader="parquet")
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Skipped(path, *_damaged("Parquet", error, number))
    else:
        if not number:
            yield Skipped(path, *NO_ROW)


def _workbook(file: BufferedIOBase, path: str, options: Options) -> Iterator[Page | Skipped]:
    try:
        import openpyxl
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise MissingError("reading .xlsx needs openpyxl", hint='pip install "newsmine[xlsx]"') from None
    count = 0
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_UNPACKED:
                yield Skipped(path, *_TOO_DENSE)
                return
        with closing(openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)) as book:
            for sheet in book.worksheets:
                # A sheet may state a size that is not its own.
                sheet.reset_dimensions()
                for found in _sheet(sheet.iter_rows(values_only=True), f"{path}:{sheet.title}", path, options):
                    count += 1
                    yield found
        if not count:
            yield Skipped(path, *NO_ROW)
    except (*_FAULTS, zipfile.BadZipFile, InvalidFileException) as error:
        yield Skipped(path, *_damaged("workbook", error, count))


def _sheet(rows: Iterable[Sequence[Any]], name: str, path: str, options: Options) -> Iterator[Page | Skipped]:
    """Yield what the rows of a sheet hold below its header, which is looked for in the first rows."""
    above: list[Sequence[Any]] = []
    columns: Columns | None = None
    for number, row in enumerate(rows, 1):
        if all(cell in (None, "") for cell in row):
            continue
        if columns is not None:
            yield read_record(columns.record(row), path, number, options, reader="xlsx")
            continue
        above.append(row)
        chosen = choose(row, options)
        if isinstance(chosen, Columns):
            columns = chosen
        elif len(above) == _ROWS_ABOVE:
            break
    if columns is None and above:
        # The row with the most words is the likeliest header.
        chosen = choose(max(above, key=lambda row: sum(isinstance(cell, str) for cell in row)), options)
        if not isinstance(chosen, Columns):
            yield Skipped(name, *chosen)


def _damaged(kind: str, error: Exception, count: int) -> tuple[str, str]:
    kept = "; what was read is kept" if count else ""
    return "broken-file", f"the {kind} is damaged{kept}: {' '.join(str(error).split())[:100]}"
