"""The body of an article, as trafilatura finds it. The only importer of trafilatura."""

from __future__ import annotations

import copy
import logging
from typing import TYPE_CHECKING, Any

from newsmine.errors import MissingError
from newsmine.loading.markup import texts_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# The elements that trafilatura makes of those of HTML, and those that it leaves as they are.
_BLOCKS = frozenset(
    "ab article body blockquote code dd div dl dt fw h1 h2 h3 h4 h5 h6 head item lb li list main ol p pre quote row "
    "section table td th tr ul".split()
)
_SILENT = frozenset(("graphic", "figure", "script", "style"))


def paragraphs(root: _Element, *, precise: bool) -> tuple[str, ...]:
    """Return the paragraphs of a page's main text, comments left out; the tree is not changed.

    `precise` prefers to leave out what is doubtful. The other extractors that trafilatura compares itself with are left
    out, which take half of its time. Nothing is fetched, and nothing is kept from one page to the next.
    """
    trafilatura = _trafilatura()
    # A copy, for it is taken to pieces.
    document = trafilatura.bare_extraction(
        copy.copy(root),
        fast=True,
        favor_precision=precise,
        include_comments=False,
        with_metadata=False,
        deduplicate=False,
    )
    if document is None or document.body is None:
        return ()
    for cell in document.body.iter("cell", "td", "th"):
        cell.tail = f" {cell.tail or ''}"
    return tuple(texts_of(document.body, blocks=_BLOCKS, silent=_SILENT))


def day(root: _Element) -> str | None:
    """Return the day that trafilatura's companion takes for that of publication, as YYYY-MM-DD."""
    _trafilatura()
    from htmldate import find_date

    return find_date(copy.copy(root), original_date=True, extensive_search=True)


def _trafilatura() -> Any:
    try:
        import trafilatura
    except ImportError as error:
        raise MissingError(f"HTML cannot be read: {error}", hint="pip install trafilatura lxml_html_clean") from error
    # It warns of every page that is empty; what is not read is a Skipped of ours.
    for name in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura
