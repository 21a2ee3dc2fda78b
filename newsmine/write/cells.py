"""What a cell is as text, and which columns hold numbers."""

import math

from newsmine.table import Cell, Table
from newsmine.text import visible

JOINER = " ¶ "


def text(cell: Cell) -> str:
    """Return the cell as raw text: "" for None, the shortest exact form of a float, a tuple joined by " ¶ ".

    >>> text(0.1), text(None), text(("a", "b"))
    ('0.1', '', 'a ¶ b')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return JOINER.join(cell)
    # A subclass such as numpy's float64 has a repr that is no number to other programs.
    return float.__repr__(cell) if isinstance(cell, float) else str(cell)


def shown(cell: Cell) -> str:
    """Return the cell as one line that is safe to show to a person: no control and no bidi characters."""
    return visible(text(cell), bidi=True)


def finite(cell: Cell) -> Cell:
    """Return the cell, or None for the floats that JSON and spreadsheets have no number for."""
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def numeric(table: Table) -> tuple[bool, ...]:
    """Tell for each column whether it holds numbers: at least one, and nothing else but None."""
    return tuple(_are_numbers([row[i] for row in table.rows]) for i in range(len(table.columns)))


def _are_numbers(cells: list[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int | float) for cell in known)
