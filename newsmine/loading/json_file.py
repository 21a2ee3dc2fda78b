"""Whole JSON files: an article, a list of them, a list inside an object (as web interfaces answer), or a JSON Feed.

Several values that follow each other in one file are read in turn.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from newsmine.loading.columns import LISTS, TEXT, has_text_field, is_columnar, lacks_columns, plain
from newsmine.loading.entries import Entry, Feed, read_entries
from newsmine.loading.inputs import Input
from newsmine.loading.jsonl import fault
from newsmine.loading.named import language_of
from newsmine.loading.options import Options
from newsmine.loading.record import Reason, no_column, read_record
from newsmine.loading.sniff import Head, Told
from newsmine.loading.whole import read_whole
from newsmine.records import Page, Skipped

_JSON = re.compile(r'\s*(?:\[\s*)?\{\s*["}]|\s*\[\s*\]\s*$')
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_NINJS = frozenset("body_text body_html body_xhtml headlines bodies pubstatus versioncreated".split())
_WRAPPERS = ("_source", "attributes", "fields")
_DEEPEST_LIST = 4
_OPENING = re.compile(rf'\s*(?:\{{.*?"(?:{"|".join(LISTS)})"\s*:\s*)?\[', re.DOTALL)
_LONGEST_WORD = 5
_BETWEEN = re.compile(r"[\s,]*")
_NO_ARTICLE = (
    "this is JSON without an article: newsmine reads objects with a title or a text, alone, in a list "
    "(also under articles, items, results, …), or one on each line (JSON Lines)"
)


def tell(head: Head, options: Options) -> Told | None:
    """Return "json-feed" or "json" for what begins as a JSON object or a list of such."""
    if not _JSON.match(head.text):
        return None
    if _JSON_FEED.search(head.text[:4096]):
        return Told("json-feed", "a JSON object with the version of JSON Feed")
    return Told("json", "it begins as a JSON object or a list of them")


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield a page for each article, and a Skipped for every record that is none and for what is broken.

    Of a file that is cut off, the records that are whole are kept.
    """
    found = read_whole(item, options)
    if isinstance(found, Skipped):
        yield found
        return
    data, text, encoding = found.data, found.text, found.encoding
    values, loss = _values(text.removeprefix("\ufeff"))
    feed = next((value for value in values if _is_feed(value)), None)
    if feed:
        digest = hashlib.sha256(data).hexdigest()
        yield from read_entries(_entries(feed), _feed(feed, item, encoding, digest, len(data)), options)
    else:
        records = [record for value in values for record in articles_in(value, options)]
        for number, record in enumerate(records, 1):
            yield read_record(record, item.path, number, options, reader=_name(record), encoding=encoding)
        if not records and not loss:
            yield Skipped(item.path, *_no_article(values, options))
    if loss:
        yield Skipped(item.path, *loss)


def articles_in(value: object, options: Options) -> list[Any]:
    """Return the records of a JSON value: itself, or what is in the list that it is or holds; none if no article is."""
    found = _records(value, options, 0)
    return found if any(has_text_field(record, options.columns) for record in found) else []


def _values(text: str) -> tuple[list[Any], Reason | None]:
    """Return the JSON values that a text consists of, and what is wrong with the rest of it."""
    try:
        return [json.loads(text)], None
    except (ValueError, RecursionError) as error:
        loss = "broken-json", f"repair the file: {fault(error)}"
    decoder = json.JSONDecoder()
    values, start, is_cut = _run(decoder, text, 0)
    if values:
        return values, loss if text[start:].strip() else None
    if opening := _OPENING.match(text):
        values, start, is_cut = _run(decoder, text, opening.end())
    if values and is_cut:
        loss = "truncated", "the file is cut off: what stands before is kept; get it again for the rest"
    return [values], loss


def _run(decoder: json.JSONDecoder, text: str, start: int) -> tuple[list[Any], int, bool]:
    """Return the values that stand one after the other from there, where they end, and whether the next is cut off."""
    values: list[Any] = []
    while True:
        after = _BETWEEN.match(text, start)
        start = after.end() if after else start
        try:
            value, start = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            # An unterminated string is reported at its beginning, a half word ("tru") too.
            is_open = error.msg.startswith("Unterminated") or error.pos >= len(text.rstrip()) - _LONGEST_WORD
            return values, start, is_open
        except (ValueError, RecursionError):
            return values, start, False
        values.append(value)


def _records(value: object, options: Options, depth: int) -> list[Any]:
    if isinstance(value, list):
        return [_unwrapped(item) for item in value]
    if not isinstance(value, dict):
        return []
    is_article = has_text_field(value, options.columns)
    if is_article and any(plain(name) in TEXT and held for name, held in value.items()):
        return _rows(value)
    if depth < _DEEPEST_LIST:
        for name in LISTS:
            if isinstance(value.get(name), list | dict):
                found = _records(value[name], options, depth + 1)
                if any(has_text_field(record, options.columns) for record in found):
                    return found
    if is_article:
        return _rows(value)
    if value and all(has_text_field(_unwrapped(item), options.columns) for item in value.values()):
        return [_unwrapped(item) for item in value.values()]
    unwrapped = _unwrapped(value)
    return [unwrapped] if unwrapped is not value else []


def _rows(record: dict[str, Any]) -> list[Any]:
    """Return the record, or the rows of a table that is written column by column."""
    if not is_columnar(record):
        return [record]
    numbers = next(iter(record.values()))
    return [{name: column[number] for name, column in record.items()} for number in numbers]


def _unwrapped(item: Any) -> Any:
    """Return a record with the fields of the object that a database or a web interface has wrapped them in."""
    inner = (
        next((item[name] for name in _WRAPPERS if isinstance(item.get(name), dict)), None) if _is_object(item) else None
    )
    return item if inner is None else {**item, **inner}


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _name(record: object) -> str:
    return "ninjs" if isinstance(record, dict) and "uri" in record and not _NINJS.isdisjoint(record) else "json"


def _no_article(values: list[Any], options: Options) -> Reason:
    """Return why there is no record in the values: no article, or none with the fields that the caller names."""
    first = next((item for value in values for item in (value if isinstance(value, list) else [value])), None)
    if options.columns and isinstance(first, dict) and lacks_columns(first, options.columns):
        return no_column(options.columns, first)
    return "unsupported-json", _NO_ARTICLE


def _is_feed(value: object) -> bool:
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version"))[:100]


def _feed(feed: dict[str, Any], item: Input, encoding: str, digest: str, size: int) -> Feed:
    return Feed(
        path=item.path,
        reader="json-feed",
        title=_text(feed, "title") or "feed",
        link=_text(feed, "home_page_url") or _text(feed, "feed_url") or item.url,
        language=language_of(_text(feed, "language")),
        encoding=encoding,
        digest=digest,
        size=size,
    )


def _entries(feed: dict[str, Any]) -> Iterator[Entry]:
    items = feed.get("items")
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        entry = item if isinstance(item, dict) else {}
        authors = entry.get("authors") if isinstance(entry.get("authors"), list) else [entry.get("author")]
        tags = entry.get("tags")
        yield Entry(
            number=number,
            title=_text(entry, "title"),
            summary=_text(entry, "summary"),
            content=_text(entry, "content_html") or _text(entry, "content_text"),
            published=_text(entry, "date_published") or _text(entry, "date_modified"),
            url=_text(entry, "url") or _text(entry, "external_url"),
            authors=tuple(filter(None, (_text(a, "name") for a in authors or () if isinstance(a, dict)))),
            section=str(tags[0]) if isinstance(tags, list) and tags and isinstance(tags[0], str) else "",
            language=language_of(_text(entry, "language")) or "",
        )


def _text(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
