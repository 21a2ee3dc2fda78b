"""HTML and XML as trees, parsed so that no page can reach out or blow up. The only importer of lxml."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol p pre section table tbody td tfoot th thead title tr ul".split()
)
SILENT = frozenset("head iframe math noscript object script style svg template".split())
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)


class MarkupError(ValueError):
    """The text is no XML, or XML that is not safe to read."""


def parse_html(text: str) -> _Element | None:
    """Return the root of an HTML page or of a piece of one, however broken it is; None if it holds no element."""
    from lxml import etree, html

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    # One class for all elements: to look one up for each takes as long as a third of the parsing.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        # As bytes: a text that declares an encoding of its own is refused as a string.
        root: _Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def drop_elements(root: _Element, *names: str) -> None:
    """Take the elements of those names out of a tree with all that they hold; the text behind them stays."""
    from lxml import etree

    etree.strip_elements(root, *names, with_tail=False)


def parse_xml(data: bytes) -> _Element:
    """Return the root of an XML document; no entity of its own is expanded and nothing is fetched.

    Raises MarkupError for what is not well-formed from its start.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root: _Element | None = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MarkupError(str(error)) from error
    if root is None:
        raise MarkupError("no element in it")
    return root


def is_markup(text: str) -> bool:
    """Tell whether a text holds tags of HTML."""
    return bool(_TAG.search(text))


def paragraphs_of(markup: str) -> tuple[str, ...]:
    """Return the paragraphs of a piece of HTML, each one line of clean text; scripts and the like are left out."""
    root = parse_html(markup)
    return () if root is None else tuple(texts_of(root))


def texts_of(
    root: _Element, *, blocks: frozenset[str] = BLOCKS, silent: frozenset[str] = SILENT, skip: Container[_Element] = ()
) -> Iterator[str]:
    """Yield the texts of a tree, each one line of clean text: what stands between the limits of `blocks`.

    The elements named `silent`, and those in `skip`, are left out with all that they hold.
    """
    if not len(root) and root.tag not in silent and root not in skip:  # as half of all are
        texts = [clean(root.text or "")]
    else:
        texts = [clean(text) for text in "".join(_pieces(root, blocks, silent, skip)).split("\x00")]
    return (text for text in texts if text)


def text_of(root: _Element) -> str:
    """Return all text of an element on one clean line."""
    return " ".join(texts_of(root))


def _pieces(root: _Element, blocks: frozenset[str], silent: frozenset[str], skip: Container[_Element]) -> Iterable[str]:
    """Return the text of the tree, with a NUL wherever a block begins or ends; without recursion."""
    pieces: list[str] = []
    stack: list[_Element | str] = [root]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        name = element.tag if isinstance(element.tag, str) else ""
        limit = "\x00" if name in blocks else ""
        tail = element.tail if element is not root else None
        if limit or tail:
            stack.append(limit + _without_nul(tail))
        if name and name not in silent and element not in skip:
            pieces.append(limit + _without_nul(element.text))
            stack.extend(reversed(element))
        elif limit:
            pieces.append(limit)
    return pieces


def _without_nul(text: str | None) -> str:
    if not text:
        return ""
    return text.replace("\x00", " ") if "\x00" in text else text
