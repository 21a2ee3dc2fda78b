"""Feeds (RSS, RDF, Atom) and news sitemaps: articles where the entries carry them, listed headlines where not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsmine.loading.entries import Entry, Feed, read_entries
from newsmine.loading.inputs import Input
from newsmine.loading.named import language_of
from newsmine.loading.options import Options
from newsmine.loading.sniff import Head, Told
from newsmine.loading.xml_text import (
    LANGUAGE,
    Tree,
    first,
    line_of,
    name_of,
    named,
    read_document,
    stated_language,
    text_of,
    told_by_root,
)
from newsmine.records import Page, Skipped

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOTS = {"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss", "urlset": "sitemap", "sitemapindex": "sitemap"}
_ITEMS = {"rss": ("item",), "rdf": ("item",), "atom": ("entry",), "sitemap": ("url",)}
_TRUNCATED = ("truncated", "the file is cut off: what stands before is kept; fetch it again for the rest")
_BROKEN = "the file is damaged: {} of {} entries could be read"
_NO_NEWS = {
    "sitemapindex": "this is a list of sitemaps: load the news sitemaps that it names",
    "urlset": "this sitemap lists addresses without titles: only a news sitemap (news:news) has those",
}
# Their titles and descriptions are those of a picture or a podcast.
_FOREIGN = re.compile(r"mrss|/media|itunes|googleplay|podcast")
_FOREIGN_PREFIX = ("media:", "itunes:", "googleplay:")


def tell(head: Head, options: Options) -> Told | None:
    """Return "rss", "rdf", "atom" or "sitemap" by the name of the first element."""
    return told_by_root(head, _ROOTS)


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the pages of a feed: one for each entry with a whole text, one for the headlines of the others."""
    found = read_document(item, options)
    if isinstance(found, Skipped):
        yield found
        return
    yield from _read(*found, item, options)


def _read(tree: Tree, data: bytes, item: Input, options: Options) -> Iterator[Page | Skipped]:
    path = item.path
    root = name_of(tree.root)
    kind = _ROOTS[root.casefold()]
    found, loss = _items(tree, _ITEMS[kind])
    if kind == "sitemap":
        found = [element for element in found if first(element, "news") is not None]
        if not found:
            yield Skipped(path, "no-news", _NO_NEWS[root.casefold()])
            return
        feed = Feed(path, kind, "sitemap", item.url, None, tree.encoding, hashlib.sha256(data).hexdigest(), len(data))
        entries = (_sitemap_entry(element, number) for number, element in enumerate(found, 1))
    else:
        feed = _feed(tree, kind, item, data)
        entries = (_entry(element, number) for number, element in enumerate(found, 1))
    yield from read_entries(entries, feed, options)
    if loss:
        yield Skipped(path, *loss)
    elif not found:
        yield Skipped(path, "no-entry", "the feed has no entries")


def _items(tree: Tree, names: tuple[str, ...]) -> tuple[list[_Element], tuple[str, str] | None]:
    """Return the entries that could be read whole, and what of the file could not."""
    found = [element for element in named(tree.root, *names) if _is_no_part(element, names)]
    count = end = 0
    for match in re.finditer(rf"</(?:[\w.-]+:)?(?:{'|'.join(names)})\s*>", tree.text):
        count, end = count + 1, match.end()
    if tree.is_cut:
        # The parser closes what is open at the end: of the last one, only a part is there.
        is_part = found and re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(names)})[\s>]").search(tree.text, end)
        return found[:-1] if is_part else found, _TRUNCATED
    if len(found) < count:
        return found, ("broken-xml", _BROKEN.format(len(found), count))
    return found, None


def _is_no_part(element: _Element, names: tuple[str, ...]) -> bool:
    parent = element.getparent()
    return parent is None or name_of(parent) not in names


def _feed(tree: Tree, kind: str, item: Input, data: bytes) -> Feed:
    channel = tree.root if kind == "atom" else first(tree.root, "channel")
    parts = _parts(channel) if channel is not None else {}
    language = line_of(_one(parts, "language")) or stated_language(tree.root)
    return Feed(
        path=item.path,
        reader=kind,
        title=line_of(_one(parts, "title")) or "feed",
        link=_link(parts) or item.url,
        language=language_of(language),
        encoding=tree.encoding,
        digest=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )


def _entry(element: _Element, number: int) -> Entry:
    parts = _parts(element)
    source = _one(parts, "source")
    return Entry(
        number=number,
        title=_markup(_one(parts, "title")),
        summary=_markup(_one(parts, "description", "summary", "abstract")),
        content=_markup(_one(parts, "encoded", "content")),
        published=line_of(_one(parts, "pubDate", "published", "date", "issued", "created", "updated", "modified")),
        url=_link(parts) or _permalink(parts) or line_of(_one(parts, "origLink")),
        authors=tuple(dict.fromkeys(filter(None, map(_author, (*parts.get("author", ()), *parts.get("creator", ())))))),
        section=_section(parts),
        language=language_of(line_of(_one(parts, "language")) or element.get(LANGUAGE) or "") or "",
        publisher=line_of(source) if source is not None and source.get("url") else "",
        publisher_url=(source.get("url") or "") if source is not None else "",
    )


def _section(parts: dict[str, list[_Element]]) -> str:
    element = _one(parts, "category", "subject")
    return "" if element is None else line_of(element) or element.get("label") or element.get("term") or ""


def _sitemap_entry(element: _Element, number: int) -> Entry:
    news = first(element, "news")
    if news is None:
        return Entry(number)
    return Entry(
        number=number,
        title=text_of(first(news, "title")),
        published=line_of(first(news, "publication_date")),
        url=next((line_of(child) for child in element if name_of(child) == "loc"), ""),
        publisher=line_of(first(news, "name")),
        language=language_of(line_of(first(news, "language"))) or "",
    )


def _parts(element: _Element) -> dict[str, list[_Element]]:
    """Return the children by name, without those that describe a picture or a podcast."""
    parts: dict[str, list[_Element]] = {}
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        space = tag[1 : tag.find("}")] if tag.startswith("{") else ""
        if tag and not _FOREIGN.search(space) and not tag.startswith(_FOREIGN_PREFIX):
            parts.setdefault(name_of(child), []).append(child)
    return parts


def _one(parts: dict[str, list[_Element]], *names: str) -> _Element | None:
    """Return the first child that holds anything of the first name that has one."""
    found = [element for name in names for element in parts.get(name, ())]
    return next(
        (element for element in found if len(element) or (element.text or "").strip()), found[0] if found else None
    )


def _markup(element: _Element | None) -> str:
    """Return what is in an element as HTML: XHTML within it is written out, plain text is taken as it stands."""
    if element is None:
        return ""
    if any(isinstance(child.tag, str) for child in element):
        return "".join(_written(element))
    return text_of(element)


def _written(element: _Element) -> Iterator[str]:
    """Yield the parts of the element as HTML with nothing but the names of its blocks, which is all that is read."""
    stack: list[_Element | str] = [element]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            yield part
            continue
        name = name_of(part)
        inner = [_escaped(part.text)] if name else []
        children = [piece for child in part for piece in (child, _escaped(child.tail))] if name else []
        pieces = [f"<{name}>", *inner, *children, f"</{name}>"] if name else []
        stack.extend(reversed(pieces))


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _link(parts: dict[str, list[_Element]]) -> str:
    """Return the address of the page itself, not that of the feed or of an enclosure."""
    links = parts.get("link", [])
    plain = next((text for link in links if (text := line_of(link))), "")
    stated = [link.get("href") or "" for link in links if link.get("rel", "alternate") == "alternate"]
    return plain or next(filter(None, stated), "")


def _permalink(parts: dict[str, list[_Element]]) -> str:
    guid = line_of(_one(parts, "guid", "id"))
    return guid if guid.startswith(("http://", "https://")) else ""


def _author(element: _Element) -> str:
    """Return the name in an author's element: "anna@port.example (Anna Berg)" has it in brackets."""
    name = first(element, "name")
    text = line_of(name if name is not None else element)
    match = re.fullmatch(r"\S+@\S+\s*\((.+)\)", text)
    return match[1] if match else "" if re.fullmatch(r"\S+@\S+", text) else text
