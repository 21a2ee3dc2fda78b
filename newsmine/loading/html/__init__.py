"""HTML pages: an article with what the page states of it, and the lists of headlines on it."""

import re
from collections.abc import Iterator

from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.loading.sniff import Head, Told
from newsmine.loading.whole import read_bytes
from newsmine.records import Page, Skipped

_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?P<tag><(?:!doctype\s+html|html|head|body)\b)",
    re.DOTALL | re.IGNORECASE,
)
_PIECE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:title|meta|div|main|article|section|p|h1|table|script|link|style|center)\b",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:div|p|a|h[1-6]|span|ul|li|br|table|td|article|section|title|meta|script|link)\b[^<>]*>", re.IGNORECASE
)
_ENOUGH_TAGS = 4


def tell(head: Head, options: Options) -> Told | None:
    """Return "html" for a page that begins as one, or a piece of a page: tags of HTML from its first character on."""
    text = head.text
    if match := _START.match(text):
        return Told("html", f"it begins with {match['tag']}>")
    if _PIECE.match(text) and len(_TAG.findall(text[:4096])) >= _ENOUGH_TAGS:
        return Told("html", "it begins with a tag of HTML, and others follow")
    return None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the page, and what of it is beyond a limit; or why it was skipped."""
    from newsmine.loading.html.lists import MOST
    from newsmine.loading.html.page import read_page

    data = read_bytes(item)
    page = data if isinstance(data, Skipped) else read_page(data, item.path, options, charset=item.charset)
    yield page
    if isinstance(page, Page) and len(page.headlines) >= MOST:
        yield Skipped(item.path, "too-large", f"{MOST:,} headlines of the page were read: the limit of a page")
