"""A table in plain text: aligned columns for a file or a pipe, as wide as they need to be."""

from collections.abc import Iterator

from newsmine.table import Table
from newsmine.text import width
from newsmine.write.cells import numeric, shown

_GAP = "  "


def lines(table: Table, *, headers: bool = True) -> Iterator[str]:
    """Yield the lines of the table, numbers aligned right; nothing is cut, folded or coloured.

    >>> print(*lines(Table(("name", "count"), (("Baku", 12),))), sep="", end="")
    name  count
    ----  -----
    Baku     12
    """
    records = [[shown(name) for name in table.columns]] if headers else []
    records += [[shown(cell) for cell in row] for row in table.rows]
    widths = [max(map(width, column)) for column in zip(*records, strict=True)]
    right = numeric(table)
    for number, record in enumerate(records):
        yield _line([_pad(*cell) for cell in zip(record, widths, right, strict=True)])
        if headers and number == 0:
            yield _line(["-" * size for size in widths])


def _pad(text: str, size: int, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space


def _line(cells: list[str]) -> str:
    return _GAP.join(cells).rstrip(" ") + "\n"
