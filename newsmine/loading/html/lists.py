"""The headlines that a page lists: links in list items, teasers and headings, with the times that stand by them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urljoin, urlsplit

from newsmine.loading.html.light import content_of
from newsmine.loading.html.metadata import ReadDate, first_stamp, read_stamp
from newsmine.loading.markup import BLOCKS, text_of, texts_of
from newsmine.records import Timestamp
from newsmine.text import clean, fold

if TYPE_CHECKING:
    from lxml.etree import _Element

_T = TypeVar("_T")

UNNAMED = "headlines"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HOLDERS = frozenset(("li", "article", "h2", "h3", "h4", "h5"))
_OUTSIDE = frozenset("nav footer form button table".split())
_NAMED_OUTSIDE = re.compile(
    r"\b(?:nav|navbar|navigation|menu|footer|breadcrumbs?|cookies?|consent|comments?|pagination|share|sharing|tags)\b",
    re.IGNORECASE,
)
_LINES = BLOCKS | {"a", "time"}
_PIECES = _LINES | {"span", "small", "b", "strong", "em", "i"}
_ENDS = frozenset(("body", "html", "main"))
_LEVELS = 6
_LEAST_WORDS = 4
_MOST_WORDS = 40
_LEAST_SIGNS = 10  # in scripts that do not divide words
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_LEAST_SUBTITLE = 6
_TEASER = 120
_PROSE = 20
_LONGEST_NAME = 8
_OF_PARENT = 0.7
_LEAST = 2
MOST = 3000
_MOST_SIBLINGS = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A headline of a list as the page has it; `list` names the list by the heading above it."""

    raw: str
    list: str
    url: str
    published: Timestamp | None = None
    subtitle: str | None = None


@dataclass(frozen=True, slots=True)
class _Link:
    anchor: _Element
    holder: _Element
    raw: str
    url: str


def read_lists(
    root: _Element, *, title: str | None = None, url: str | None = None, read: ReadDate = read_stamp
) -> Iterator[Listed]:
    """Yield the listed headlines in their order, no more than `MOST`; the page's own title and links of one of a kind
    are left out.
    """
    links = list(islice(_links(root, url, {fold(title)} if title else set()), MOST))
    cards = _cards(links)
    over = _once(_over)
    names = [_list_name(link, over) for link in links]
    sizes = Counter(names)
    for link, card, name in zip(links, cards, names, strict=True):
        if sizes[name] >= _LEAST:
            headline = clean(link.raw)
            pieces = [text for text in texts_of(card, blocks=_PIECES) if text != headline]
            lines = [text for text in texts_of(card, blocks=_LINES) if text != headline]
            yield Listed(
                raw=link.raw,
                list=name,
                url=link.url,
                published=_time(card, pieces, read),
                subtitle=next((text for text in lines if len(text.split()) >= _LEAST_SUBTITLE), None),
            )


def _links(root: _Element, base: str | None, own: set[str]) -> Iterator[_Link]:
    """Yield the links that are headlines; of several with one address or one text, the first."""
    seen: set[str] = {_bare(base)} if base else set()
    is_outside = _once(_is_outside)
    for anchor in root.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        raw = _headline_of(anchor)
        text = fold(clean(raw)) if raw else ""
        if not text or text in own or text in seen:
            continue
        url = _whole(href, base)
        bare = _bare(url)
        if bare in seen or (holder := _holder(anchor, is_outside)) is None:
            continue
        seen |= {bare, text}
        yield _Link(anchor, holder, raw, url)


def _headline_of(anchor: _Element) -> str:
    """Return the headline in a link: its heading, or the first of its texts that is long enough; "" if it has none."""
    if not _is_long_enough(content_of(anchor), most=_TEASER):
        return ""
    for heading in anchor.iter(*_HEADINGS):
        if _is_long_enough(text := content_of(heading).strip()):
            return text
    pieces = list(texts_of(anchor))
    if len(pieces) == 1:
        text = content_of(anchor).strip()
        return text if _is_long_enough(text) else ""
    return next((text for text in pieces if _is_long_enough(text)), "")


def _is_long_enough(text: str, most: int = _MOST_WORDS) -> bool:
    words = len(text.split())
    return words <= most and (words >= _LEAST_WORDS or len(_WIDE.findall(text)) >= _LEAST_SIGNS)


def _holder(anchor: _Element, is_outside: Callable[[_Element], bool]) -> _Element | None:
    """Return the list item, teaser or heading that a link makes up; None for a link in running text or a menu."""
    holder: _Element | None = next(anchor.iter(*_HEADINGS[1:5]), None)
    is_near = True
    for level, parent in enumerate(anchor.iterancestors(), 1):
        if parent.tag in _ENDS:
            break
        if is_outside(parent):
            return None
        if is_near and parent.tag in ("p", "span", "div", "li", "td", *_HEADINGS) and _is_running(anchor, parent):
            return None
        is_near = is_near and parent.tag in ("span", "b", "strong", "em", "i")
        if holder is None and level <= _LEVELS and parent.tag in _HOLDERS:
            holder = parent
    if holder is not None and holder.tag == "article" and len(content_of(holder).split()) > _TEASER:
        return None
    return holder


def _is_outside(element: _Element) -> bool:
    return element.tag in _OUTSIDE or bool(
        _NAMED_OUTSIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    )


def _once(function: Callable[[_Element], _T]) -> Callable[[_Element], _T]:
    """Return the function, which is asked once for each element: the links of a list have the same ones around them."""
    known: dict[_Element, _T] = {}

    def asked(element: _Element) -> _T:
        if element not in known:
            known[element] = function(element)
        return known[element]

    return asked


def _is_running(anchor: _Element, parent: _Element) -> bool:
    """Tell whether a link stands in a sentence: its own element has text of its own around it, and not a little."""
    around = [parent.text or "", anchor.tail or "", *(child.tail or "" for child in parent if child is not anchor)]
    words = sum(len([word for word in text.split() if any(map(str.isalpha, word))]) for text in around)
    return words > len(content_of(anchor).split()) * (1 - _OF_PARENT)


def _cards(links: list[_Link]) -> list[_Element]:
    """Return for each link the largest element around it that holds no other headline."""
    inside: Counter[_Element] = Counter()
    for link in links:
        inside.update(parent for parent in link.anchor.iterancestors())
    cards = []
    for link in links:
        card = link.holder
        for parent in link.anchor.iterancestors():
            if parent.tag in _ENDS or inside[parent] > 1 or len(content_of(parent).split()) > _TEASER:
                break
            card = parent
        cards.append(card)
    return cards


def _list_name(link: _Link, over: Callable[[_Element], str | None]) -> str:
    """Return the heading over a list: the last before it in an element around both; `UNNAMED` without one."""
    node = link.holder
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None or node.tag in _ENDS:
            break
        for sibling in islice(node.itersiblings(preceding=True), _MOST_SIBLINGS):
            if name := over(sibling):
                return name
        node = parent
    return UNNAMED


def _over(sibling: _Element) -> str | None:
    """Return the name that what stands before a list gives it; `UNNAMED` for text, which has a heading of its own."""
    if name := _heading_in(sibling):
        return name
    return UNNAMED if any(len(content_of(p).split()) >= _PROSE for p in sibling.iter("p")) else None


def _heading_in(element: _Element) -> str | None:
    headings = [element] if element.tag in _HEADINGS else list(element.iter(*_HEADINGS)) if len(element) <= 3 else []
    for heading in reversed(headings):
        name = text_of(heading).rstrip(":： ")
        if name and heading.tag != "h1" and len(name.split()) <= _LONGEST_NAME and not _is_headline(heading, name):
            return name
    return None


def _is_headline(heading: _Element, name: str) -> bool:
    return _is_long_enough(name) and (next(heading.iter("a"), None) is not None or _in_link(heading))


def _in_link(element: _Element) -> bool:
    return next(element.iterancestors("a"), None) is not None


def _time(card: _Element, pieces: list[str], read: ReadDate) -> Timestamp | None:
    """Return the time that stands by a headline: what a time element states, or a text that is nothing but a time."""
    elements = list(card.iter("time"))
    stated = (moment for element in elements if (moment := element.get("datetime")))
    if stamp := first_stamp(stated, read):
        return stamp
    shown = [text_of(element) for element in elements] + [text for text in pieces if len(text.split()) <= _MOST_WORDS]
    stamps = (read(text) for text in shown if any(map(str.isdigit, text)))
    found = [stamp for stamp in stamps if stamp]
    return next((stamp for stamp in found if stamp.value), found[0] if found else None)


def _whole(href: str, base: str | None) -> str:
    if href.startswith(("https://", "http://")):
        return href
    try:
        return urljoin(base or "", href)
    except ValueError:
        return href


def _bare(url: str | None) -> str:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return url or ""
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
