"""Rows of a table as records: which columns are read, and what their cells hold."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from newsmine.loading.columns import AUTHORS, KNOWN_NAMES, has_text_field, plain
from newsmine.loading.options import Options
from newsmine.loading.record import Reason, no_column

NO_ROW = ("empty", "the table has a header and no rows")
# What programs write for a value that is not there.
_NOTHING = frozenset(["NULL", "None", "NaN", "nan", "NaT", "<NA>", "\\N"])
_LONGEST_LIST = 5000
_LONGEST_NAME = 30
_NAMES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that are read: for each, its index and its name."""

    kept: tuple[tuple[int, str], ...]

    def record(self, cells: Sequence[Any]) -> dict[str, Any]:
        """Return the cells of a row by the names of their columns; None for a cell that holds nothing."""
        width = len(cells)
        return {name: value_of(cells[index], name) if index < width else None for index, name in self.kept}


def choose(header: Sequence[Any], options: Options) -> Columns | Reason:
    """Return the columns to read of a table with this header, or why there are none.

    Columns that the caller names must be there; apart from them, those with a name that is known are read. The
    first of several columns with one name counts.
    """
    names = ["" if cell is None else str(cell).strip() for cell in header]
    present = set(names)
    wanted = {name if name in present else name.partition(".")[0] for name in options.columns.values()}
    if not wanted <= present:
        return no_column(options.columns, filter(None, names))
    if not is_header(names, options):
        shown = ", ".join([name[:_LONGEST_NAME] for name in names if name][:_NAMES_SHOWN])
        return "no-text", f"no column is known to hold a title or a text: name one of {shown or 'them'}"
    kept: dict[str, int] = {}
    for index, name in enumerate(names):
        if name and (name in wanted or plain(name) in KNOWN_NAMES):
            kept.setdefault(name, index)
    return Columns(tuple((index, name) for name, index in kept.items()))


def is_header(cells: Sequence[Any], options: Options) -> bool:
    """Tell whether a row may be the header of a table with articles: a name in it is that of a title or a text."""
    return has_text_field({cell.strip(): "" for cell in cells if isinstance(cell, str)}, options.columns)


def known_columns(names: Sequence[Any], options: Options) -> int:
    """Return how many of the names are known, or named by the caller."""
    wanted = set(options.columns.values())
    texts = [name.strip() for name in names if isinstance(name, str)]
    return sum(name in wanted or plain(name) in KNOWN_NAMES for name in texts)


def value_of(cell: Any, name: str) -> Any:
    """Return what a cell holds: text, a number, a date as ISO 8601 has it, a list of names; None for nothing."""
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second, cell.tzinfo) == (0, 0, 0, None)
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        text = cell.strip()
        if not text or text in _NOTHING:
            return None
        return _names(text) if text.startswith("[") and plain(name) in AUTHORS else text
    return cell


def _names(text: str) -> Any:
    """Return the list that a text writes out, as JSON and Python have it ("['Anna Berg']")."""
    try:
        return list(_texts(ast.literal_eval(text))) if len(text) <= _LONGEST_LIST else text
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))
