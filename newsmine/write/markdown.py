"""A Markdown table (GitHub's dialect) into which no cell can bring markup, HTML or a link."""

import re
from collections.abc import Iterator

from newsmine.table import Cell, Table
from newsmine.write.cells import numeric, shown

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# The last three keep a bare address from becoming a link.
_MARKUP = re.compile(r"[\\`*_\[\]|~$]|@|:(?=//)|(?<=www)\.", re.IGNORECASE)


def lines(table: Table) -> Iterator[str]:
    """Yield the lines of the table, numbers aligned right, text escaped so that it renders as it reads.

    >>> print(*lines(Table(("name", "count"), (("a|<b>", 1),))), sep="", end="")
    | name | count |
    | --- | ---: |
    | a\\|&lt;b&gt; | 1 |
    """
    yield _line([_escaped(name) for name in table.columns])
    yield _line(["---:" if is_number else "---" for is_number in numeric(table)])
    for row in table.rows:
        yield _line([_escaped(cell) for cell in row])


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _escaped(cell: Cell) -> str:
    plain = shown(cell)
    return plain if isinstance(cell, int | float) else _MARKUP.sub(r"\\\g<0>", plain.translate(_ENTITIES))
