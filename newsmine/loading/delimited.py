"""Tables as text (CSV, TSV, with semicolons or bars), a row an article, read as a stream of any length."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from newsmine.loading import gdelt
from newsmine.loading.decode import not_in, wide_encoding
from newsmine.loading.inputs import Input
from newsmine.loading.jsonl import MAX_RECORD, as_utf8, line_decoder
from newsmine.loading.options import Options
from newsmine.loading.record import Reason, read_record
from newsmine.loading.sniff import Head, Told
from newsmine.loading.tabular import NO_ROW, Columns, choose, is_header, known_columns
from newsmine.records import Page, Skipped

_DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
_LONGEST_NAME = 100
_SAMPLE_ROWS = 20
# So many names make a header too, be it longer than what is looked at.
_MANY = 50
# How many characters are read again, in all, after quotation marks that were never closed.
_SECOND_READING = 64 * 2**20
_TOO_LARGE = ("too-large", f"the limit of a line is {MAX_RECORD // 2**20} MiB: leave out what is no text")
_OPEN = ("broken-row", "a quotation mark that opens here is not closed")
_ENDLESS = ("broken-row", f"a quotation mark that opens here is not closed within {MAX_RECORD // 2**20} MiB")
_CUT = ("truncated", "the file is cut off in this row")
_HOPELESS = ("broken-csv", "too many quotation marks are not closed: the rest is not read; export the table again")


class _Dialect(TypedDict):
    delimiter: str
    quoting: Any
    escapechar: str | None
    doublequote: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is written: its delimiter, the names of its columns, and the lines before those."""

    delimiter: str
    header: tuple[str, ...]
    before: int = 0


def tell(head: Head, options: Options) -> Told | None:
    """Return "csv" for a table with a header that names a title or a text, "gdelt" for a table of GDELT."""
    if kind := gdelt.kind_of(head.text):
        return Told("gdelt", f"a table of GDELT ({kind}): it has the columns of one, and no header")
    layout = _layout(head.text, options)
    if layout is None:
        return None
    names = ", ".join(name for name in layout.header if is_header([name], options)) or "the columns that are named"
    return Told("csv", f"columns set apart by {_DELIMITERS[layout.delimiter]}, among them {names[:60]}")


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield a page for each row with a title or a text, and a Skipped for each that is broken or holds neither."""
    text = Head(item, options).text
    kind = gdelt.kind_of(text)
    lines = _Lines(item, options)
    limit = csv.field_size_limit(MAX_RECORD)
    try:
        if kind:
            yield from gdelt.read_table(kind, lines.texts(), item.path, options)
            yield from (skipped for _, skipped in lines.losses())
        elif layout := _layout(text, options):
            yield from _read(lines, layout, _dialect(text, layout), item.path, options)
    except UnicodeError:
        yield Skipped(item.path, *not_in(options.encoding))
    finally:
        csv.field_size_limit(limit)


def _read(lines: "_Lines", layout: Layout, dialect: _Dialect, path: str, options: Options) -> Iterator[Page | Skipped]:
    columns: Columns | None = None
    before, is_empty = layout.before, True
    for number, row in _rows(lines, dialect):
        if isinstance(row, Skipped):
            is_empty = False
            yield row
        elif before:
            before -= 1
        elif columns is None:
            chosen = choose(row, options)
            if not isinstance(chosen, Columns):
                yield Skipped(path, *chosen)
                return
            columns = chosen
            lines.width = len(row)
        else:
            record = columns.record([_unquoted(cell) for cell in row] if dialect["quoting"] == csv.QUOTE_NONE else row)
            is_empty = False
            yield read_record(record, path, number, options, reader="csv", encoding=lines.encoding)
    if is_empty:
        yield Skipped(path, *NO_ROW)


def _rows(lines: "_Lines", dialect: _Dialect) -> Iterator[tuple[int, list[str] | Skipped]]:
    """Yield each row with the number of its first line, a row that is broken as a Skipped.

    A row that a stray quotation mark has made of several lines is read again from its second line on. Lines that then
    lack cells may be the rest of its text, and are no rows until one is whole.
    """
    budget = _SECOND_READING
    rest: _Rest | None = None
    while True:
        broken: Reason | None = None
        try:
            for row in csv.reader(lines, **dialect):
                if not lines.held:
                    continue
                if broken := lines.fault(row):
                    break
                number = lines.release()
                if rest and 0 < len(row) < lines.width:
                    rest.add(number)
                elif row:
                    yield from rest.loss(lines.path) if rest else ()
                    rest = None
                    yield number, row
        except csv.Error as error:
            broken = _ENDLESS if "limit" in str(error) else ("broken-row", f"this is no row of the table: {error}")
        if broken is None:
            yield from rest.loss(lines.path) if rest else ()
            yield from lines.losses()
            return
        number, again = lines.held[0][0], lines.held[1:]
        yield from rest.loss(lines.path) if rest else ()
        rest = _Rest() if again else None
        yield number, Skipped(f"{lines.path}:{number}", *broken)
        budget -= sum(len(text) for _, text in again)
        if budget < 0:
            yield number, Skipped(lines.path, *_HOPELESS)
            return
        lines.put_back(again)
        yield from lines.losses()


class _Rest:
    """The lines behind a broken row that lack cells."""

    def __init__(self) -> None:
        self._first = self._last = 0

    def add(self, number: int) -> None:
        """Take in the line with that number."""
        self._first, self._last = self._first or number, number

    def loss(self, path: str) -> Iterator[tuple[int, Skipped]]:
        """Yield why the lines were not read, if there are any."""
        if self._first:
            hint = (
                f"from here to line {self._last} cells are missing: it may be the rest of a text that is broken above"
            )
            yield self._first, Skipped(f"{path}:{self._first}", "broken-row", hint)


class _Lines:
    """The lines of a table, decoded one by one, with those that the row being read consists of."""

    def __init__(self, item: Input, options: Options) -> None:
        self.path, self.encoding = item.path, options.encoding or "utf-8"
        self.held: list[tuple[int, str]] = []
        self.width = 0
        self._again: deque[tuple[int, str]] = deque()
        self._lost: list[int] = []
        self._at_end = False
        self._lines = self._decoded(item, options.encoding)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            self._at_end = True
            raise StopIteration
        self.held.append(line)
        return line[1]

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield number and text of the lines as they are, where a row is a line."""
        yield from self._lines

    def release(self) -> int:
        """Return the number of the first line of the row that has been read, and forget that row."""
        number = self.held[0][0]
        self.held = []
        return number

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        """Let these lines be read once more, before those that follow."""
        self.held = []
        self._at_end = False
        self._again.extendleft(reversed(lines))

    def fault(self, row: Sequence[str]) -> Reason | None:
        """Return what is wrong with the row that has been read, if anything."""
        cells = len(row)
        while cells and not row[cells - 1].strip():
            cells -= 1
        is_last_line = not self.held[-1][1].endswith("\n")
        if self._at_end and self._is_open():
            return _CUT if len(self.held) == 1 else _OPEN
        if self.width and cells > self.width:
            return (
                "broken-row",
                f"the row has {cells} cells, the header {self.width}: a text may lack its quotation marks",
            )
        if self.width and row and len(row) < self.width and (is_last_line or len(self.held) > 1):
            return _CUT if is_last_line else _OPEN
        return None

    def losses(self) -> Iterator[tuple[int, Skipped]]:
        """Yield the lines that were too long to be read."""
        lost, self._lost = self._lost, []
        return ((number, Skipped(f"{self.path}:{number}", *_TOO_LARGE)) for number in lost)

    def _is_open(self) -> bool:
        return sum(text.count('"') - text.count('\\"') for _, text in self.held) % 2 == 1

    def _decoded(self, item: Input, encoding: str | None) -> Iterator[tuple[int, str]]:
        wide = wide_encoding(item.ahead, encoding)
        decoder = line_decoder(item.ahead, encoding, wide)
        blocks = as_utf8(item.blocks(), wide, "strict" if encoding else "replace") if wide else item.blocks()
        if b"\r" in item.ahead and b"\n" not in item.ahead:
            blocks = (block.replace(b"\r", b"\n") for block in blocks)
        for number, line in _split(blocks):
            if line is None:
                self._lost.append(number)
                continue
            text, used = decoder(line)
            if used != "utf-8":
                self.encoding = used
            yield number, text.removeprefix("\ufeff") if number == 1 else text


def _split(blocks: Iterator[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and content of each line with its end, which is "\\n" for all; None for one that is too long."""
    number, rest, is_too_long = 0, b"", False
    for block in blocks:
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            number += 1
            yield number, None if is_too_long or len(line) > MAX_RECORD else line.removesuffix(b"\r") + b"\n"
            is_too_long = False
        is_too_long = is_too_long or len(rest) > MAX_RECORD
        rest = b"" if is_too_long else rest
    if is_too_long or rest:
        yield number + 1, None if is_too_long else rest


def _layout(text: str, options: Options) -> Layout | None:
    """Return how the table is written that begins with this text, or None if it is no table of articles."""
    lines = text.splitlines()
    before = 1 if lines and lines[0].casefold().startswith("sep=") else 0
    line = lines[before] if len(lines) > before else ""
    delimiter = max(_DELIMITERS, key=lambda sign: _count(line, sign))
    if _count(line, delimiter) == 0 or len(line) > MAX_RECORD:
        return None
    header = _cells([line], delimiter)[0]
    names = [name.strip() for name in header]
    if max(map(len, names)) > _LONGEST_NAME:
        return None
    layout = Layout(delimiter, tuple(names), before)
    return layout if _is_table(layout, lines[before + 1 : before + 1 + _SAMPLE_ROWS], options) else None


def _is_table(layout: Layout, lines: Sequence[str], options: Options) -> bool:
    """Tell whether lines below a header are rows, most of which have as many cells.

    Two names that are known make a header for certain, then one such row is enough; one name may be a word, and then
    no blank line stands below it. Where the caller names columns, any table is one, be it for the names it lacks.
    """
    rows = _cells(lines, layout.delimiter, _escape("\n".join(lines)))
    widths = [len(row) for row in rows if row]
    alike = sum(width == len(layout.header) for width in widths)
    known = known_columns(layout.header, options)
    if not is_header(layout.header, options):
        return bool(options.columns) and alike >= max(2, len(widths) / 2)
    if known > 1 or len(layout.header) > _MANY:
        return alike > 0 or not widths
    return alike > 0 and bool(lines[0].strip()) and alike >= len(widths) * 2 / 3


def _cells(lines: Sequence[str], delimiter: str, escape: str | None = None) -> list[list[str]]:
    try:
        ended = (f"{line}\n" for line in lines)
        return list(csv.reader(ended, delimiter=delimiter, escapechar=escape, doublequote=escape is None))
    except csv.Error:
        return [[]]


def _count(line: str, sign: str) -> int:
    """Return how often the sign stands outside of quotation marks."""
    return sum(part.count(sign) for part in line.split('"')[::2])


def _dialect(text: str, layout: Layout) -> _Dialect:
    """Return the arguments for `csv.reader`, by the beginning of the table."""
    lines = text.splitlines()[:-1]
    width = len(layout.header)
    # Where each line is a row as it is, a mark that opens and does not close at the end of a cell is one of the text.
    rows = [line.split("\t") for line in lines[layout.before :] if line]
    is_plain = (
        layout.delimiter == "\t"
        and all(len(row) == width for row in rows)
        and any(cell.startswith('"') and _unquoted(cell) == cell for row in rows for cell in row)
        and not _is_quoted(text.splitlines(keepends=True), layout)
    )
    escape = None if is_plain else _escape(text)
    return {
        "delimiter": layout.delimiter,
        "quoting": csv.QUOTE_NONE if is_plain else csv.QUOTE_MINIMAL,
        "escapechar": escape,
        "doublequote": escape is None,
    }


def _is_quoted(lines: Sequence[str], layout: Layout) -> bool:
    """Tell whether the whole of the lines are rows strictly as they are quoted, of as many cells as the header."""
    whole = (line for line in lines[layout.before :] if line.endswith("\n"))
    try:
        rows = list(csv.reader(whole, delimiter=layout.delimiter, strict=True))
    except csv.Error:
        return False
    return all(len(row) in (0, len(layout.header)) for row in rows)


def _escape(text: str) -> str | None:
    """Return the character that stands before a quotation mark inside of others, if those are not doubled."""
    return "\\" if '\\"' in text and '""' not in text else None


def _unquoted(cell: str) -> str:
    """Return a cell without the quotation marks around it, if those inside are doubled."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return cell
    inner = cell[1:-1].replace('""', "\x00")
    return cell if '"' in inner else inner.replace("\x00", '"')
