"""A page's tree without what is never running text, and the blocks of text in what is left."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = (
    "script style svg noscript iframe link meta template object video audio canvas source picture button input select "
    "textarea option nav footer dialog"
).split()
_MAY_BE_EMPTY = "div span a i b p li ul ol section figure figcaption aside img ins em strong label h2 h3 h4".split()
_LISTS = ("ul", "ol")
_OF_LINKS = 0.75
_TEXTS = ("p", "li", "h2", "h3", "h4", "h5", "figcaption", "div")
_HOLDERS = frozenset("p div ul ol section article header figure table h2 h3 main".split())
_APART = frozenset("aside form figure figcaption blockquote li header".split())
_NAMED_APART = re.compile(
    r"comment|disqus|footer|related|recommend|newsletter|promo|sponsor|sidebar|teaser|cookie|consent|caption|"
    r"author-?bio|widget|disclaimer",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"\W+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text: `key` to know it again by, the share of it that is links, and what stands around it.

    `group` names the two elements around a paragraph, which the paragraphs of an article's body share; None for what
    is no paragraph, or stands apart from the body.
    """

    text: str
    words: int
    key: str
    links: float
    group: tuple[str, ...] | None


def strip(root: _Element) -> None:
    """Take out of the tree what holds neither text nor lists of news: scripts, navigation, forms, and what is empty."""
    _drop(root, root.iter(*_DROPPED))
    for element in reversed(list(root.iter(*_MAY_BE_EMPTY))):
        if not len(element) and not (element.text or "").strip():
            _drop(root, [element])


def drop_lists(root: _Element) -> None:
    """Take out of the tree the lists of nothing but links."""
    _drop(root, (element for element in root.iter(*_LISTS) if links_share(element) >= _OF_LINKS))


def blocks_of(root: _Element) -> Iterator[Block]:
    """Yield the paragraphs, list items and headings of the tree, and the divisions that hold nothing but text."""
    for element in root.iter(*_TEXTS):
        if element.tag == "div" and any(child.tag in _HOLDERS for child in element):
            continue
        text = clean(content_of(element))
        if key := key_of(text):
            is_body = element.tag == "p" and not _is_apart(element)
            yield Block(text, len(text.split()), key, links_share(element), _group(element) if is_body else None)


def key_of(text: str) -> str:
    """Return what is left of a text without case, white space and punctuation."""
    return _NOT_LETTERS.sub("", text).casefold()


def is_too_much(root: _Element, elements: int, depth: int) -> bool:
    """Tell whether a tree has more elements than that, or is deeper."""
    return bool(root.xpath(f"count(//*) > {elements} or boolean(//*[count(ancestor::*) > {depth}])"))


def links_share(element: _Element) -> float:
    """Return which share of an element's letters is in links."""
    links = [key_of(content_of(link)) for link in element.iter("a")]
    if not any(links):
        return 0.0
    return min(1.0, sum(map(len, links)) / max(1, len(key_of(content_of(element)))))


def content_of(element: _Element) -> str:
    """Return all text in an element, as it stands."""
    return str(element.text_content())  # type: ignore[attr-defined]


def linked_keys(blocks: Iterable[Block], share: float) -> Container[str]:
    """Return the keys of the blocks that are links to at least that share."""
    return {block.key for block in blocks if block.links >= share}


def _drop(root: _Element, elements: Iterable[_Element]) -> None:
    for element in list(elements):
        if element is not root and element.getparent() is not None:
            element.drop_tree()  # type: ignore[attr-defined]


def _is_apart(element: _Element) -> bool:
    for parent in element.iterancestors():
        if parent.tag in _APART:
            return True
        if parent.tag == "body":
            return False
        if _NAMED_APART.search(f"{parent.get('class') or ''} {parent.get('id') or ''}"):
            return True
    return False


def _group(element: _Element) -> tuple[str, ...]:
    names: list[str] = []
    for parent, _ in zip(element.iterancestors(), range(2), strict=False):
        names += [str(parent.tag), _DIGITS.sub("", parent.get("class") or "")]
    return tuple(names)
