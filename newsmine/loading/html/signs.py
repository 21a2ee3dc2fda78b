"""What a page's markup says of it outside the running text: meta elements, scripts of JSON-LD, headings, times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from newsmine.loading.html.structured import plain
from newsmine.loading.markup import text_of
from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST = 50
_LONGEST_NAME = 60
_DIVIDED = re.compile(r"[\s:._-]+")
_LONGEST = 2000
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_OF_PUBLICATION = re.compile(
    r"dateline|publish|posted|entry-date|created|article.?date|date.?time|timestamp", re.IGNORECASE
)
_NAMED_FOR_DATES = (
    "//*[self::div or self::span or self::p or self::li][contains(@class, 'date') or contains(@class, 'Date')"
    " or contains(@class, 'time') or contains(@class, 'Time') or contains(@class, 'publish')"
    " or contains(@class, 'byline') or contains(@class, 'meta')]"
)
_LONGEST_DATED = 120
_MOST_ITEMS = 500
_ITEMS = frozenset(("headline", "datepublished", "author", "articlesection"))
_ASIDE = frozenset(("aside", "nav", "footer"))
_LISTED = _ASIDE | {"a", "li"}


@dataclass(frozen=True, slots=True)
class Signs:
    """What the markup says: meta contents by name (without case and separators), and the rest in the page's order."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    title: str = ""
    headings: tuple[str, ...] = ()
    language: str = ""
    canonical: str = ""
    saved_from: str = ""
    items: dict[str, list[str]] = field(default_factory=dict)
    times: tuple[str, ...] = ()

    def first(self, *names: str) -> str:
        """Return the first content of the meta elements of those names, in the order of the names."""
        return next((text for name in names for text in self.all(name) if text), "")

    def all(self, name: str) -> list[str]:
        """Return the contents of the meta elements of that name, however its parts are divided."""
        return self.metas.get(_name(name), [])


def signs_of(root: _Element, html: str) -> Signs:
    """Return the signs of a page that was parsed."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        _note(metas, meta.get("name"), meta.get("property"), meta.get("itemprop"), content=meta.get("content"))
    links = (link.get("href") for link in root.iter("link") if (link.get("rel") or "").casefold() == "canonical")
    scripts = (s.text for s in root.iter("script") if "ld+json" in (s.get("type") or "").casefold())
    titles = (plain(title.text or "") for title in root.iter("title"))
    return Signs(
        metas=metas,
        scripts=tuple(script for script in scripts if script),
        title=next(filter(None, titles), ""),
        headings=tuple(text for h1 in list(root.iter("h1"))[:_MOST] if (text := text_of(h1)[:_LONGEST])),
        language=next(iter(root.iter("html")), root).get("lang") or "",
        canonical=next(filter(None, links), "").strip(),
        saved_from=_saved_from(html),
        items=_items(root) if "itemprop" in html else {},
        times=tuple(_times(root)),
    )


def _note(metas: dict[str, list[str]], *names: str | None, content: str | None) -> None:
    for name in names:
        if name and content and (text := plain(content)):
            metas.setdefault(_name(name), []).append(text)


@lru_cache(maxsize=1024)
def _name(name: str) -> str:
    return _DIVIDED.sub("", name[:_LONGEST_NAME].casefold())


def _saved_from(html: str) -> str:
    match = _SAVED_FROM.search(html[:_LONGEST])
    return match[1] if match else ""


def _items(root: _Element) -> dict[str, list[str]]:
    """Return the values of microdata by name in lower case, those of the page's body only."""
    items: dict[str, list[str]] = {}
    for element in cast("list[_Element]", root.xpath("//*[@itemprop][not(self::meta)]"))[:_MOST_ITEMS]:
        name = (element.get("itemprop") or "").strip().casefold()
        if name in _ITEMS and not any(parent.tag in _ASIDE for parent in element.iterancestors()):
            text = element.get("datetime") or element.get("content") or text_of(element)
            if text := clean(text)[:_LONGEST]:
                items.setdefault(name, []).append(text)
    return items


def _times(root: _Element) -> Iterator[str]:
    """Yield what the time elements state: first those that say that they are of publication, last those in lists."""
    found: list[tuple[bool, bool, int, str]] = []
    for number, element in enumerate(list(root.iter("time"))[:_MOST]):
        moment = (element.get("datetime") or element.get("content") or text_of(element)).strip()[:_LONGEST]
        around = {str(parent.tag) for parent in element.iterancestors()}
        if moment and around.isdisjoint(_ASIDE):
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            is_stated = element.get("pubdate") is not None or bool(_OF_PUBLICATION.search(names))
            found.append(("li" in around, not is_stated, number, moment))
    yield from (moment for *_, moment in sorted(found))


def dated(root: _Element) -> Iterator[str]:
    """Yield the short texts with digits of elements that are named for a date or a byline, none of a list or link."""
    for element in cast("list[_Element]", root.xpath(_NAMED_FOR_DATES))[:_MOST]:
        if any(parent.tag in _LISTED for parent in element.iterancestors()):
            continue
        text = text_of(element)
        if len(text) <= _LONGEST_DATED and any(map(str.isdigit, text)):
            yield text
