"""News agencies' XML: NITF, NewsML-G2 (news items, packages, messages) and the older NewsML and Reuters forms."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsmine.loading.inputs import Input
from newsmine.loading.named import language_of
from newsmine.loading.options import Options
from newsmine.loading.record import WITHDRAWN, is_withdrawn, literal, read_record
from newsmine.loading.sniff import Head, Told
from newsmine.loading.xml_text import (
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

_ROOTS = {
    "nitf": "nitf",
    "newsitem": "newsml-g2",
    "newsmessage": "newsml-g2",
    "packageitem": "newsml-g2",
    "newsml": "newsml",
}
_PARAGRAPHS = ("p", "hl2", "h1", "h2", "h3", "h4", "h5", "h6", "li", "pre")
_TRUNCATED = ("truncated", "the file is cut off: what stands before is kept; get it again for the rest")
_NO_ITEM = ("no-text", "there is no item with a headline or a text in it; a package only names its items")

Record = dict[str, Any]


def tell(head: Head, options: Options) -> Told | None:
    """Return "nitf", "newsml-g2" or "newsml" by the name of the first element."""
    return told_by_root(head, _ROOTS)


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield a page for each item with a headline or a text, and a Skipped for those that were withdrawn."""
    found = read_document(item, options)
    if isinstance(found, Skipped):
        yield found
        return
    yield from _read(found[0], item.path, options)


def _read(tree: Tree, path: str, options: Options) -> Iterator[Page | Skipped]:
    number = 0
    plain = replace(options, columns={})
    for number, (reader, make, element) in enumerate(_items(tree.root), 1):
        if any(is_withdrawn(status) for status in _states(element)):
            yield Skipped(f"{path}:{number}", *WITHDRAWN)
        else:
            yield read_record(literal(make(element)), path, number, plain, reader=reader, encoding=tree.encoding)
    if tree.is_cut:
        yield Skipped(path, *_TRUNCATED)
    elif not number:
        yield Skipped(path, *_NO_ITEM)


def _items(root: _Element) -> Iterator[tuple[str, Callable[[_Element], Record], _Element]]:
    """Yield the items in the document, each once, with what makes a record of it."""
    stack = [root]
    while stack:
        element = stack.pop()
        name = name_of(element)
        if name == "newsItem" and first(element, "itemMeta", "contentSet", "contentMeta") is not None:
            yield "newsml-g2", _news_item, element
        elif name == "NewsItem":
            yield "newsml", _old_item, element
        elif name == "newsitem":
            yield "newsml", _reuters_item, element
        elif name == "nitf":
            yield "nitf", _nitf, element
        else:
            stack.extend(reversed(element))


def _states(element: _Element) -> Iterator[str]:
    """Yield what the item says of its state."""
    if (status := first(element, "pubStatus")) is not None:
        yield status.get("qcode") or line_of(status)
    if (status := first(element, "Status")) is not None:
        yield status.get("FormalName") or ""
    if name_of(element) == "nitf" and (data := first(element, "docdata")) is not None:
        yield data.get("management-status") or ""


def _nitf(element: _Element) -> Record:
    head, body = first(element, "head"), first(element, "body.head")
    content = first(element, "body.content")
    record = _record(element, _blocks(content if content is not None else element))
    record["title"] = _line(body, "hl1") or _line(body, "hedline") or _line(head, "title")
    record["description"] = _line(body, "hl2") or "\n".join(_texts(_first_of(body, "abstract")))
    record["author"] = _byline(body)
    issue, publication = _first_of(head, "date.issue"), _first_of(head, "pubdata")
    record["published"] = [
        _attribute(issue, "norm"),
        _attribute(publication, "date.publication"),
        _attribute(_first_of(body, "story.date"), "norm"),
    ]
    record["section"] = _attribute(publication, "position.section")
    record["publisher"] = _attribute(publication, "name") or _line(body, "distributor")
    record["url"] = _attribute(publication, "ex-ref")
    return _settled(record)


def _news_item(element: _Element) -> Record:
    meta, item = first(element, "contentMeta"), first(element, "itemMeta")
    inner = first(element, "nitf")
    record = _nitf(inner) if inner is not None else _record(element, _g2_body(element))
    title = next((line_of(h) for h in named(meta, "headline") if _is_main(h)), "") if meta is not None else ""
    record["title"] = title or record.get("title") or _line(item, "title")
    record["author"] = record.get("author") or _line(meta, "by") or _line(_first_of(meta, "creator"), "name")
    record["published"] = [
        record.get("published"),
        _line(item, "firstCreated"),
        _line(meta, "contentCreated"),
        _line(item, "versionCreated"),
    ]
    record["publisher"] = _line(_first_of(item, "provider"), "name") or _line(element, "copyrightHolder")
    language = _first_of(meta, "language")
    record["language"] = record.get("language") or language_of(_attribute(language, "tag"))
    if _line(item, "link"):
        record["url"] = _line(item, "link")
    return _settled(record)


def _g2_body(element: _Element) -> list[str]:
    content = first(element, "contentSet")
    if content is None:
        return []
    inline = first(content, "inlineXML")
    if inline is not None:
        body = first(inline, "body")
        return _blocks(body if body is not None else inline)
    data = first(content, "inlineData")
    return [] if data is None else text_of(data).splitlines()


def _is_main(headline: _Element) -> bool:
    role = headline.get("role") or "main"
    return not re.search(r"short|sub|kicker|secondary", role)


def _old_item(element: _Element) -> Record:
    inner = first(element, "nitf")
    lines = first(element, "NewsLines")
    content = first(element, "DataContent")
    record = _nitf(inner) if inner is not None else _record(element, _blocks(content) if content is not None else [])
    record["title"] = _line(lines, "HeadLine") or record.get("title")
    record["description"] = _line(lines, "SubHeadLine") or record.get("description")
    record["author"] = _line(lines, "ByLine") or record.get("author")
    record["published"] = [
        record.get("published"),
        _line(element, "FirstCreated"),
        _line(element, "ThisRevisionCreated"),
    ]
    language = _attribute(_first_of(element, "Language"), "FormalName")
    record["language"] = record.get("language") or language_of(language)
    record["publisher"] = _attribute(first(element, "Provider", "ProviderId"), "FormalName") or _line(
        element, "ProviderId"
    )
    return _settled(record)


def _reuters_item(element: _Element) -> Record:
    text = first(element, "text")
    record = _record(element, _blocks(text) if text is not None else [])
    record["title"] = _line(element, "headline") or _line(element, "title")
    record["author"] = _line(element, "byline")
    record["published"] = [element.get("date")]
    return _settled(record)


def _record(element: _Element, body: list[str]) -> Record:
    return {"paragraphs": body, "language": language_of(stated_language(element))}


def _settled(record: Record) -> Record:
    """Return the record with the first of its dates."""
    dates = record.get("published")
    return {**record, "published": next(filter(None, dates), None) if isinstance(dates, list) else dates}


def _blocks(content: _Element) -> list[str]:
    """Return the paragraphs of a body; where one block is called the full text, of that alone."""
    whole = next((b for b in named(content, "block") if b.get("class") == "full_text"), content)
    found = _texts(whole)
    return found or [line for line in text_of(whole).splitlines() if line.strip()]


def _texts(element: _Element | None) -> list[str]:
    if element is None:
        return []
    inner = (p for p in named(element, *_PARAGRAPHS) if _first_inside(p) is None and not _is_media(p, element))
    return [line for p in inner if (line := line_of(p))]


def _first_inside(element: _Element) -> _Element | None:
    """Return the first paragraph inside of one, as a list item may have it."""
    return next((p for p in named(element, *_PARAGRAPHS) if p is not element), None)


def _is_media(element: _Element, top: _Element) -> bool:
    """Tell whether an element belongs to a picture or the like, whose caption is no part of the text."""
    while element is not top:
        if name_of(element) in ("media", "figure", "table", "script", "style"):
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False


def _byline(body: _Element | None) -> str:
    found = list(named(body, "byline")) if body is not None else []
    person = next((line_of(p) for b in found for p in named(b, "person")), "")
    normal = [b for b in found if b.get("class") != "normalized_byline"] or found
    return person or (line_of(normal[0]) if normal else "")


def _first_of(element: _Element | None, name: str) -> _Element | None:
    """Return the first element of that name below one that may be missing."""
    return None if element is None else first(element, name)


def _line(element: _Element | None, name: str) -> str:
    return line_of(_first_of(element, name))


def _attribute(element: _Element | None, name: str) -> str:
    return "" if element is None else html.unescape(element.get(name) or "")
