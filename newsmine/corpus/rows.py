"""Records to rows and back.

SQLite holds text as UTF-8, which has no lone surrogates: those (undecodable bytes of a file name) are stored
as U+FFFD. Everything else comes back as it was.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from newsmine.records import Article, Headline, Page, Source, Timestamp

Row = tuple[Any, ...]

_SURROGATE = re.compile("[\ud800-\udfff]")

SOURCE = "path, digest, bytes, publisher, reader, encoding, lines, body_lines, item_lines"
ARTICLE = "line, section, authors, published_raw, published, precision, zone, url, language, publisher"
HEADLINE = (
    "list, position, line, text, raw, subtitle, tags, published_raw, published, precision, zone, url,"
    " language, publisher, inferred"
)


def storable(row: Iterable[object]) -> Row:
    """Return the row as SQLite takes it."""
    return tuple(_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value for value in row)


def source_row(page: Page) -> Row:
    """Return what the columns of `SOURCE` hold."""
    source = page.source
    kind = (page.reader, page.encoding)
    return (source.path, source.digest, page.size, source.publisher, *kind, page.lines, page.body_lines,
            page.item_lines)  # fmt: skip


def article_row(article: Article) -> Row:
    """Return what the columns of `ARTICLE` hold."""
    return (article.line, article.section, _list(article.authors), *_moment(article.published), article.url,
            article.language, article.source.publisher)  # fmt: skip


def headline_row(headline: Headline) -> Row:
    """Return what the columns of `HEADLINE` hold."""
    text = (headline.text, headline.raw, headline.subtitle, _list(headline.tags))
    return (headline.list, headline.position, headline.line, *text, *_moment(headline.published),
            headline.url, headline.language, headline.source.publisher,
            _list(sorted(headline.inferred)))  # fmt: skip


def article(row: Row, path: str, digest: str, paragraphs: tuple[str, ...]) -> Article:
    """Return the article of a row: id, title, subtitle and the columns of `ARTICLE`."""
    identity, title, subtitle, line, section, authors, *moment, url, language, publisher = row
    return Article(
        identity,
        Source(path, publisher, digest),
        title,
        subtitle,
        section,
        tuple(json.loads(authors)),
        _timestamp(*moment),
        url,
        language,
        paragraphs,
        line,
    )


def headline(row: Row, path: str, digest: str) -> Headline:
    """Return the headline of a row with the columns of `HEADLINE`."""
    name, position, line, text, raw, subtitle, tags, *moment, url, language, publisher, inferred = row
    return Headline(
        text,
        raw,
        Source(path, publisher, digest),
        name,
        position,
        line,
        subtitle,
        tuple(json.loads(tags)),
        _timestamp(*moment),
        url,
        language,
        frozenset(json.loads(inferred)),
    )


def _list(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False, separators=(",", ":"))


def _moment(timestamp: Timestamp | None) -> Row:
    if timestamp is None:
        return (None,) * 4
    return timestamp.raw, timestamp.value, timestamp.precision, timestamp.zone


def _timestamp(raw: str | None, value: str | None, precision: Any, zone: str | None) -> Timestamp | None:
    return None if raw is None else Timestamp(raw, value, precision, zone)
