"""Tables and streams: named columns and rows in a total order, at hand or still to come, ready for any writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING

from newsmine.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | None | tuple[str, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, rows, and which of the columns are shown when nobody names any (all, if `shown` is empty).

    A cell is text, a number, None for "not known", or a tuple of texts.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    shown: tuple[str, ...] = ()

    def select(self, names: Sequence[str] = ()) -> Table:
        """Return the table with just these columns in this order, by default the ones shown.

        Raises UnknownNameError for a column that it does not have.
        """
        return self.stream().select(names).table()

    def sort(self, column: str) -> Table:
        """Return the rows sorted by a column: numbers from the highest, text from A; "-name" the other way.

        Ties keep the order they had, and cells without a value come last either way.
        """
        i = _index(self.columns, column.removeprefix("-"))
        known = [row for row in self.rows if row[i] is not None]
        numeric = all(isinstance(row[i], int | float) for row in known)
        key: Callable[[Row], object] = (lambda row: row[i]) if numeric else (lambda row: _text(row[i]))
        known.sort(key=key, reverse=numeric != column.startswith("-"))  # type: ignore[arg-type]
        return replace(self, rows=(*known, *(row for row in self.rows if row[i] is None)))

    def limit(self, number: int) -> Table:
        """Return the table with its first rows only."""
        return replace(self, rows=self.rows[:number])

    def stream(self) -> Stream:
        """Return the same as a stream."""
        return Stream(self.columns, iter(self.rows), self.shown)

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas DataFrame of the shown columns."""
        from newsmine.write.frames import frame

        return frame(self.select())

    def write(self, target: str | Path | IO[str], *, format: str | None = None) -> None:
        """Write the shown columns to a path ("-" for standard output) or an open text file.

        `format` is one of `newsmine.write.FORMATS`; a path may decide it by its suffix.
        """
        from newsmine.write import write

        write(self.select(), target, format=format)


@dataclass(frozen=True, slots=True)
class Stream:
    """A table whose rows are made while they are gone through, which can be done once.

    `select` and `limit` change what is still to come, and no row is made before it is asked for.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    shown: tuple[str, ...] = ()

    def select(self, names: Sequence[str] = ()) -> Stream:
        """Return the stream with just these columns in this order, by default the ones shown.

        Raises UnknownNameError, before any row is made, for a column that it does not have.
        """
        names = tuple(names) or self.shown or self.columns
        at = [_index(self.columns, name) for name in names]
        pick: Callable[[Row], Row] = itemgetter(*at) if len(at) > 1 else lambda row: tuple(row[i] for i in at)
        return Stream(names, _closing(self.rows, map(pick, self.rows)))

    def sort(self, column: str) -> Table:
        """Return all rows as `Table.sort` has them; raises UnknownNameError before any row is made."""
        _index(self.columns, column.removeprefix("-"))
        return self.table().sort(column)

    def limit(self, number: int) -> Stream:
        """Return the stream of the first rows; after the last of them, what makes the rows is closed."""
        return replace(self, rows=_closing(self.rows, islice(self.rows, number)))

    def table(self) -> Table:
        """Return the table of all rows."""
        return Table(self.columns, tuple(self.rows), self.shown)


@contextmanager
def closed_after(items: Iterable[object]) -> Iterator[None]:
    """Close at the end of the block what makes the items, if it is a generator that would else only be suspended."""
    try:
        yield
    finally:
        if close := getattr(items, "close", None):
            close()


def _closing(source: Iterator[Row], rows: Iterator[Row]) -> Iterator[Row]:
    with closed_after(source):
        yield from rows


def _index(columns: Sequence[str], name: str) -> int:
    if name not in columns:
        raise UnknownNameError("column", name, columns)
    return columns.index(name)


def ranked(rows: Iterable[Row], *, by: int | Sequence[int], text: Sequence[int]) -> tuple[Row, ...]:
    """Return the rows in total order: the numbers at `by` from the highest, then the texts at `text`.

    Texts compare case-folded first, then as they are.
    """
    numbers = (by,) if isinstance(by, int) else tuple(by)

    def key(row: Row) -> tuple[object, ...]:
        words = [_text(row[i]) for i in text]
        return (*(-_number(row[i]) for i in numbers), *words)

    return tuple(sorted(rows, key=key))


def _text(cell: Cell) -> tuple[str, str]:
    text = "\n".join(cell) if isinstance(cell, tuple) else str(cell)
    return text.casefold(), text


def _number(cell: Cell) -> float:
    return cell if isinstance(cell, int | float) else 0.0
