"""The tables of GDELT 2.0, which have no header; only the Global Knowledge Graph states the titles of pages."""

import re
from collections.abc import Iterator
from dataclasses import replace

from newsmine.loading.options import Options
from newsmine.loading.record import read_record
from newsmine.records import Page, Skipped

_COLUMNS = {61: "events", 58: "events", 57: "events", 16: "mentions", 27: "graph"}
_NUMBER = re.compile(r"\d{6,14}(?:-T?\d+)?")
_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", re.DOTALL)
_MOMENT = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>(\d{14})</PAGE_PRECISEPUBTIMESTAMP>")
_DATE, _SOURCE, _URL, _EXTRAS = 1, 3, 4, 26
_NO_TITLES = (
    "no-text",
    "the events and mentions of GDELT have no text and no titles: load the Global Knowledge Graph, or the pages",
)


def kind_of(text: str) -> str | None:
    """Return "events", "mentions" or "graph" for the beginning of a table of GDELT, else None."""
    line = text[: text.find("\n")] if "\n" in text else text
    cells = line.rstrip("\r").split("\t")
    is_one = len(cells) in _COLUMNS and _NUMBER.fullmatch(cells[0]) and any(cell.startswith("http") for cell in cells)
    return _COLUMNS[len(cells)] if is_one else None


def read_table(kind: str, lines: Iterator[tuple[int, str]], path: str, options: Options) -> Iterator[Page | Skipped]:
    """Yield a page for each row of the graph, an article of which only the title is known."""
    if kind != "graph":
        yield Skipped(path, *_NO_TITLES)
        return
    plain = replace(options, columns={})
    for number, line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) <= _EXTRAS:
            yield Skipped(f"{path}:{number}", "broken-row", f"the row has {len(cells)} cells, not {_EXTRAS + 1}")
            continue
        title, moment = _TITLE.search(cells[_EXTRAS]), _MOMENT.search(cells[_EXTRAS])
        record = {
            "title": title[1] if title else "",
            "url": cells[_URL],
            "published": f"{_compact(moment[1] if moment else cells[_DATE])}",
            "publisher": cells[_SOURCE],
        }
        yield read_record(record, path, number, plain, reader="gdelt")


def _compact(moment: str) -> str:
    """Return fourteen digits as a moment in UTC, which all of GDELT is in."""
    return f"{moment}Z" if len(moment) == 14 else moment
