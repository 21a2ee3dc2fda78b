"""The body of an article as the page itself tells it: the paragraphs that stand alike, and what is between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsmine.loading.html.light import content_of, key_of
from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_Count = Callable[["_Element"], int]
_Kind = tuple[str, str, str, str]

_BLOCKS = frozenset(
    "p div li td th dd dt pre h1 h2 h3 h4 h5 h6 ul ol dl table tr section article main header aside form center "
    "figure figcaption blockquote nav footer".split()
)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
_RUNNING = frozenset("p div blockquote pre section article main center td".split())
_DIVISIONS = frozenset(("div", "section", "article", "main", "center", "aside", "header", "footer", "form"))
_ITEMS = frozenset(("li", "dd", "dt", "tr"))
_NEVER = ("figure", "figcaption", "title", "h1")
_SET_APART = frozenset(("aside", "footer"))
_NAMED_APART = re.compile(
    r"comment|related|recommend|promo|sponsor|sidebar|teaser|caption|author|byline|share|social|widget|disclaimer|"
    r"\btags|\bmeta|advert|breadcrumb|subscri|popular|trending|banner|hidden|most-?read|read-?more|see-?also|"
    r"sign-?up|-bio|login|register|gallery|slideshow|video"
)
_NAMED_FURNITURE = re.compile(
    r"cookie|consent|onetrust|gdpr|privacy|disqus|comments?-?(?:list|section|area|thread)|copyright|footer|newsletter|"
    r"modal|popup|overlay"
)
_DIGITS = re.compile(r"\d+")
_BREAK = "\u2028"
_WEIGHTS = {"li": 0.3, "dd": 0.3, "dt": 0.3, "tr": 0.3, "td": 0.5, "th": 0.1, "p": 1.0} | dict.fromkeys(_HEADINGS, 0.1)
_OTHER = 0.7
_PROSE = 80  # bytes of UTF-8, so that a sentence in Chinese counts as much as one in English
_SHORT_PROSE = 40
_IN_PROSE = 0.4
_LINKED = 0.6
_PENALTY = 0.25
_MOST_PENALTIES = 4
_HALF = 0.5
_MOST = 0.8
_NEARLY_ALL = 0.9
_SECOND = 0.25
_SURE_SHARE = 0.75
_SURE_LENGTH = 1000
_NEAR = 3
_LEAST_STATED = 300
_TWICE = 2.2


@dataclass(frozen=True, slots=True)
class Prose:
    """The paragraphs of a body; `is_sure` where the page leaves little doubt about them."""

    lines: tuple[str, ...] = ()
    is_sure: bool = False


@dataclass(slots=True, eq=False)
class _Text:
    """A text of the page: its size in bytes, the share of it that is links, its element's name, and what holds it."""

    text: str
    size: int
    links: float
    tag: str
    holder: _Element
    element: _Element


def read_prose(root: _Element, stated: Sequence[str] = ()) -> Prose:
    """Return the body of the article in a tree; a body that JSON-LD states as a whole (`stated`) tells what is in it.

    The tree's line breaks are marked in it.
    """
    texts = _texts(root)
    if stated and (lines := _as_stated(texts, stated)):
        return Prose(lines, is_sure=True)
    prose = _prose(texts, _PROSE) or _prose(texts, _SHORT_PROSE)
    if not prose:
        return Prose()
    body = _Body(prose)
    found = body.of(texts)
    return Prose(tuple(one.text for one in found), _is_sure(found, prose))


def _prose(texts: Iterable[_Text], size: int) -> list[_Text]:
    return [one for one in texts if one.size >= size and one.links < _IN_PROSE]


def _is_sure(body: Sequence[_Text], prose: Sequence[_Text]) -> bool:
    """Tell whether a body is long, in one element, and most of what may be running text on the page."""
    sizes: dict[_Element, int] = defaultdict(int)
    for one in body:
        sizes[one.holder] += one.size
    known = set(map(id, body))
    kept = sum(one.size for one in prose if id(one) in known)
    return (
        kept >= _SURE_LENGTH
        and kept >= _SURE_SHARE * sum(one.size for one in prose)
        and max(sizes.values()) >= _NEARLY_ALL * sum(sizes.values())
    )


def _as_stated(texts: Sequence[_Text], stated: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of the page that are in the stated body; () if they are not nearly all of it."""
    whole = key_of(" ".join(stated))
    if len(whole) < _LEAST_STATED:
        return ()
    first: dict[str, _Text] = {}
    for one in texts:
        if one.size >= _SHORT_PROSE and _is_in(key := key_of(one.text), whole):
            first.setdefault(key, one)
    total = sum(map(len, first))
    # The body once more in one piece, for a script.
    if first and len(longest := max(first, key=len)) > total / _TWICE and len(first) > 1:
        total -= len(longest)
        del first[longest]
    if total < _MOST * len(whole):
        return ()
    found = set(map(id, first.values()))
    holders = {one.holder for one in first.values() if one.size >= _PROSE}
    body = [
        one
        for one in texts
        if id(one) in found
        or (one.holder in holders and (one.tag in _HEADINGS or (one.size < _SHORT_PROSE and key_of(one.text) in whole)))
    ]
    return tuple(one.text for one in _without_last_headings(body))


def _without_last_headings(body: list[_Text]) -> list[_Text]:
    while body and body[-1].tag in _HEADINGS:
        body.pop()
    return body


def _is_in(key: str, whole: str) -> bool:
    return key in whole or (len(key) >= _PROSE and key[: _PROSE // 2] in whole and key[-_PROSE // 4 :] in whole)


def _texts(root: _Element) -> list[_Text]:
    """Return the texts of the page: those of the innermost blocks, and what stands in a block between others."""
    for element in root.iter("br"):
        element.tail = _BREAK + (element.tail or "")
    elements = list(root.iter(*_BLOCKS))
    left_out = {inner for element in root.iter(*_NEVER) for inner in element.iter(*_BLOCKS)}
    outer = _outer(elements)
    found: list[_Text] = []
    later: list[tuple[_Element, list[_Text]]] = []
    for element in elements:
        if element in left_out:
            continue
        while later and not _is_in_element(element, later[-1][0]):
            found += later.pop()[1]
        if element not in outer:
            if text := content_of(element):
                found += _divided(element, text, is_outer=False)
        elif element.tag == "tr" and _is_row(element, outer):
            left_out.update(element)
            found += _divided(element, " ".join(map(content_of, element)), is_outer=False)
        elif _has_text(element):
            first, *rest = _between(element, outer)
            found += _divided(element, first[1], is_outer=True)
            later += ((child, _divided(element, text, is_outer=True)) for child, text in reversed(rest))
    return found + [one for _, texts in reversed(later) for one in texts]


def _is_in_element(element: _Element, other: _Element) -> bool:
    return element is other or any(parent is other for parent in element.iterancestors())


def _outer(elements: Iterable[_Element]) -> set[_Element]:
    """Return the elements that have others in them."""
    outer: set[_Element] = set()
    for element in elements:
        parent = element.getparent()
        while parent is not None and parent not in outer:
            outer.add(parent)
            parent = parent.getparent()
    return outer


def _is_row(element: _Element, outer: Container[_Element]) -> bool:
    """Tell whether a row is one of data: a page that is laid out as a table has its text in cells too."""
    return len(element) > 1 and all(cell not in outer and len(content_of(cell)) < _PROSE for cell in element)


def _has_text(element: _Element) -> bool:
    return bool((element.text or "").strip() or "".join([child.tail or "" for child in element]).strip())


def _between(element: _Element, outer: Container[_Element]) -> Iterator[tuple[_Element, str]]:
    """Yield the texts that stand in an element itself, each with what it stands behind: a block, or the beginning."""
    behind, piece = element, [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS or child.tag in _NEVER or child in outer:
            yield behind, "".join(piece)
            behind, piece = child, [child.tail or ""]
        else:
            piece += (content_of(child), child.tail or "")
    yield behind, "".join(piece)


def _divided(element: _Element, text: str, *, is_outer: bool) -> list[_Text]:
    """Return the texts of an element by its line breaks: each ends a paragraph, but in a paragraph only two do."""
    tag = str(element.tag)
    if _BREAK in text:
        raws = text.split(_BREAK * 2 if tag == "p" else _BREAK)
        lines = [line for raw in raws if (line := _line(raw))]
    else:
        lines = [line] if (line := _line(text)) else []
    if not lines:
        return []
    links = 0.0
    if not is_outer and len(element) and (linked := [len(content_of(link)) for link in element.iter("a")]):
        links = sum(linked) / sum(map(len, lines))
    parent = element.getparent()
    holder = element if parent is None or is_outer or (len(lines) > 1 and tag != "p") else parent
    return [_Text(line, _size(line), links, tag, holder, element) for line in lines]


def _size(line: str) -> int:
    return len(line) if line.isascii() else len(line.encode("utf-8", "replace"))


def _line(text: str) -> str:
    return clean(" ".join(text.split()))  # to clean what has no line end left takes a third of the time


def _counter(test: Callable[[_Element], bool]) -> _Count:
    """Return a function that counts the elements for which the test holds, of an element and those around it."""
    counts: dict[_Element, int] = {}

    def count(element: _Element) -> int:
        chain: list[_Element] = []
        node: _Element | None = element
        while node is not None and node not in counts:
            chain.append(node)
            node = node.getparent()
        found = 0 if node is None else counts[node]
        for inner in reversed(chain):
            found += test(inner)
            counts[inner] = found
        return found

    return count


def _sizes(texts: Iterable[_Text]) -> dict[_Element, int]:
    """Return how much of the texts stands in each element."""
    sizes: dict[_Element, int] = defaultdict(int)
    for one in texts:
        node: _Element | None = one.holder
        while node is not None:
            sizes[node] += one.size
            node = node.getparent()
    return sizes


class _Body:
    """Where the body of an article is among the running texts of a page.

    Paragraphs stand alike that have the same kind of element around them and around that; the heaviest kind is the
    body's. In the same article, other kinds count too that are heavy, or that are named like it. An element is set
    apart by its name, unless it holds most of the page.
    """

    def __init__(self, prose: Sequence[_Text]) -> None:
        self._sizes = _sizes(prose)
        self._total = max(self._sizes.values())
        self._count = _counter(self._is_set_apart)
        kinds = {holder: _kind(holder) for holder in {one.holder for one in prose}}
        weights: dict[_Kind, float] = defaultdict(float)
        for one in prose:
            penalty: float = _PENALTY ** min(_MOST_PENALTIES, self._count(one.holder))
            weights[kinds[one.holder]] += one.size * (1 - one.links) * _WEIGHTS.get(one.tag, _OTHER) * penalty
        best = max(weights, key=lambda kind: weights[kind])
        main = [one for one in prose if kinds[one.holder] == best]
        self._around = _sizes(main)
        self._tags = {one.tag for one in main}
        self._inside = set(self._region(main).iter())
        alike = {kind for kind in weights if weights[kind] >= _SECOND * weights[best] or _are_named_alike(kind, best)}
        self._holders = {
            holder
            for holder, kind in kinds.items()
            if holder in self._inside and (kind == best or (kind in alike and not self._is_apart(holder)))
        }

    def of(self, texts: Iterable[_Text]) -> list[_Text]:
        """Return those of the texts that are the body, from its first paragraph to its last."""
        found: list[_Text] = []
        ends: list[int] = []
        for one in texts:
            if one.links < _LINKED and one.holder in self._inside:
                if one.element is not one.holder and self._is_set_apart(one.element):
                    continue
                is_main = self._is_main(one)
                if is_main or (self._may_be_in_it(one) and not self._is_apart(one.holder)):
                    found.append(one)
                    ends += [len(found)] * is_main
        return _without_last_headings(found[ends[0] - 1 : ends[-1]] if ends else [])

    def _is_set_apart(self, element: _Element) -> bool:
        share = self._sizes.get(element, 0) / self._total
        if share >= _MOST:
            return False
        if element.tag in _SET_APART:
            return True
        name = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
        return (share < _HALF and bool(_NAMED_APART.search(name))) or bool(_NAMED_FURNITURE.search(name))

    def _region(self, main: Sequence[_Text]) -> _Element:
        """Return the element of the article: one that says so, else the smallest with nearly all of the body."""
        wanted = _NEARLY_ALL * sum(one.size for one in main)
        node = max(main, key=lambda one: one.size).holder
        while self._around[node] < wanted and (parent := node.getparent()) is not None:
            node = parent
        for parent in node.iterancestors():
            if parent.tag == "main" and sum(1 for _ in parent.iter("article")) > 1:
                break
            if parent.tag in ("article", "main") or parent.get("itemprop") == "articleBody":
                return parent
        return node

    def _is_apart(self, element: _Element) -> bool:
        """Tell whether something below the elements around the main paragraphs sets an element apart."""
        node = element
        while node not in self._around and (parent := node.getparent()) is not None:
            node = parent
        return self._count(element) > self._count(node)

    def _is_near(self, element: _Element) -> bool:
        """Tell whether a list or a table stands among the main paragraphs."""
        node: _Element | None = element
        for _ in range(_NEAR):
            node = None if node is None else node.getparent()
            if node in self._holders:
                return not self._is_apart(element)
        return False

    def _is_main(self, one: _Text) -> bool:
        """Tell whether a text is beside the main paragraphs; a short one in a division may be a label of a picture."""
        if one.tag in _ITEMS and self._is_near(one.holder):
            return True
        return one.holder in self._holders and (
            one.tag not in _DIVISIONS or one.size >= _PROSE or one.tag in self._tags
        )

    @staticmethod
    def _may_be_in_it(one: _Text) -> bool:
        if one.tag in _RUNNING:
            return one.size >= _PROSE and one.links < _IN_PROSE
        return one.tag in _HEADINGS or one.tag in _ITEMS


def _kind(holder: _Element) -> _Kind:
    around = holder.getparent()
    names = [_DIGITS.sub("", element.get("class") or "") for element in (holder, around) if element is not None]
    return str(holder.tag), names[0], "" if around is None else str(around.tag), names[-1]


def _are_named_alike(kind: _Kind, other: _Kind) -> bool:
    return kind[0] == other[0] and not set(kind[1].split()).isdisjoint(other[1].split())
