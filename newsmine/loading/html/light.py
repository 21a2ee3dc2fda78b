"""A page's tree without what is never running text, and the blocks of text in what is left."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsmine.loading.markup import drop_elements
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
_LETTERS = re.compile(r"\w+")
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


def drop_silent(root: _Element) -> None:
    """Take out of the tree what never holds running text: scripts, pictures, navigation, forms' fields."""
    drop_elements(root, *_DROPPED)


def drop_empty(root: _Element) -> None:
    """Take out of the tree what holds nothing."""
    for element in reversed(list(root.iter(*_MAY_BE_EMPTY))):
        if not len(element) and not ((text := element.text) and text.strip()) and element is not root:
            element.drop_tree()  # type: ignore[attr-defined]


def drop_lists(root: _Element) -> None:
    """Take out of the tree the lists of nothing but links."""
    _drop(root, (element for element in root.iter(*_LISTS) if links_share(element) >= _OF_LINKS))


def blocks_of(root: _Element) -> Iterator[Block]:
    """Yield the paragraphs, list items and headings of the tree, and the divisions that hold nothing but text."""
    apart: dict[_Element, bool] = {}
    for element in root.iter(*_TEXTS):
        if element.tag == "div" and any(child.tag in _HOLDERS for child in element):
            continue
        text = clean(content_of(element))
        if key := key_of(text):
            is_body = element.tag == "p" and not _is_apart(element.getparent(), apart)
            links = links_share(element, len(key))
            yield Block(text, len(text.split()), key, links, _group(element) if is_body else None)


def key_of(text: str) -> str:
    """Return what is left of a text without case, white space and punctuation."""
    return "".join(_LETTERS.findall(text)).casefold()


def is_large(root: _Element, elements: int) -> bool:
    """Tell whether a tree has more elements than that."""
    return bool(root.xpath(f"count(//*) > {elements}"))


def is_deep(root: _Element, depth: int) -> bool:
    """Tell whether a tree has elements in elements to more than that depth."""
    return bool(root.xpath(f"boolean(/{'*/' * depth}*)"))


def links_share(element: _Element, whole: int | None = None) -> float:
    """Return which share of an element's letters, which are `whole` in number, is in links."""
    linked = sum(len(key_of(content_of(link))) for link in element.iter("a")) if len(element) else 0
    if not linked:
        return 0.0
    return min(1.0, linked / max(1, len(key_of(content_of(element))) if whole is None else whole))


def content_of(element: _Element) -> str:
    """Return all text in an element, as it stands."""
    if not len(element):
        return element.text or ""
    return str(element.text_content())  # type: ignore[attr-defined]


def linked_keys(blocks: Iterable[Block], share: float) -> Container[str]:
    """Return the keys of the blocks that are links to at least that share."""
    return {block.key for block in blocks if block.links >= share}


def _drop(root: _Element, elements: Iterable[_Element]) -> None:
    for element in list(elements):
        if element is not root and element.getparent() is not None:
            element.drop_tree()  # type: ignore[attr-defined]


def _is_apart(element: _Element | None, known: dict[_Element, bool]) -> bool:
    """Tell whether an element or one around it stands apart from the body; `known` keeps what was found."""
    if element is None or element.tag == "body":
        return False
    if (found := known.get(element)) is None:
        found = element.tag in _APART or bool(
            _NAMED_APART.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        )
        found = known[element] = found or _is_apart(element.getparent(), known)
    return found


def _group(element: _Element) -> tuple[str, ...]:
    names: list[str] = []
    for parent, _ in zip(element.iterancestors(), range(2), strict=False):
        names += [str(parent.tag), _DIGITS.sub("", parent.get("class") or "")]
    return tuple(names)
