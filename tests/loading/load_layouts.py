"""Invented pages, one per layout, and a reader that checks the account of every page it reads."""

import re
from datetime import datetime

from newsmine.loading.text import read_text
from newsmine.records import Page, Source
from newsmine.text import clean

ARTICLE = """Harbour bridge opens after ten years of work
Mayor cuts the ribbon

LOCAL  3 May 2024 - 10:00

The mayor of Port Ellery opened the harbour bridge on Friday morning.

Some two thousand people walked across it before the first bus, the police said.
"""
BODY = (
    "The mayor of Port Ellery opened the harbour bridge on Friday morning.",
    "Some two thousand people walked across it before the first bus, the police said.",
)
TITLE = "Harbour bridge opens after ten years of work"

Row = tuple[str, str, str | None]


def read(text: str, *, dayfirst: bool | None = None, as_of: datetime | None = None) -> Page:
    """Return the page, after checking that each of its lines is accounted for and rightly numbered."""
    page = read_text(text, Source("page.txt"), dayfirst=dayfirst, as_of=as_of)
    lines = re.split(r"\r\n|[\n\r\f]", text)
    assert page.lines == sum(bool(clean(line)) for line in lines)
    assert len({number for number, _ in page.furniture}) == len(page.furniture)
    for number, furniture in page.furniture:
        assert clean(lines[number - 1]) == clean(furniture)
    for headline in page.headlines:
        found = "\n".join(lines[headline.line - 1 : headline.line + headline.raw.count("\n")])
        assert clean(headline.raw) == clean(found)
        assert headline.text
    for article in page.articles:
        assert article.title is None or article.title.split()[0] in clean(lines[article.line - 1])
    return page


def rows(page: Page) -> list[Row]:
    """Return list, text and date of each headline."""
    return [(h.list, h.text, h.published.value if h.published else None) for h in page.headlines]


def furniture(page: Page) -> list[str]:
    """Return the text of the furniture."""
    return [text for _, text in page.furniture]
