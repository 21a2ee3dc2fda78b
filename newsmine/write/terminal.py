"""A table on a terminal. Rich draws it, and sees data only as text without control characters."""

import io
import os
import shutil

from newsmine.table import Table
from newsmine.write.cells import numeric, shown

# Narrower than this a folded cell is no longer read, so a table of many columns rather runs over the edge.
_LEAST = 12
# A word up to this length stays whole, so that a date with its zone is not folded; an address is.
_LONGEST_WORD = 25


def render(table: Table, *, headers: bool = True, color: bool = False, width: int | None = None) -> str:
    """Return the table as a terminal of that width shows it (by default the width of this one).

    Text that is too long goes on in the next line; numbers stay whole, aligned right. Escape sequences, for
    bold headers, occur only with `color`, and not where `NO_COLOR` is set or the terminal is a dumb one.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    styled = color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    console = Console(
        file=io.StringIO(),
        width=width or shutil.get_terminal_size().columns,
        force_terminal=True,
        force_jupyter=False,
        color_system="standard" if styled else None,
        legacy_windows=False,
    )
    grid = Grid(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_header=headers,
        header_style="bold",
    )
    for i, (name, right) in enumerate(zip(table.columns, numeric(table), strict=True)):
        cells = [Text(shown(row[i])) for row in table.rows]
        texts = [Text(shown(name) if headers else ""), *cells]
        needed = max(text.cell_len for text in texts)
        word = max(word.cell_len for text in texts for word in (text.split() or [text]))
        grid.add_column(
            Text(shown(name)),
            justify="right" if right else "left",
            overflow="fold",
            min_width=needed if right else max(min(needed, _LEAST), word if word <= _LONGEST_WORD else 0),
        )
    for row in table.rows:
        grid.add_row(*(Text(shown(cell)) for cell in row))
    with console.capture() as captured:
        console.print(grid, crop=False)
    return captured.get()
