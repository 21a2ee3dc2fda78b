"""The fields of an article as crawlers and exporters name them in JSON, brought to those of a record.

Names are compared without case, "_" and "-", so that `date_published` is `datePublished`. Of several fields for one
thing, the first in these lists that holds anything counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from newsmine import dates
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.records import Article, Source, Timestamp, content_id
from newsmine.tags import split_tags
from newsmine.text import clean

_TITLE = ("title", "headline", "name")
_TEXT = ("text", "maintext", "plaintext", "body", "content", "articlebody", "paragraphs", "rawtext")
_SUBTITLE = ("description", "subtitle", "summary", "lead", "excerpt")
_DATE = (
    "datepublish",
    "date",
    "published",
    "publishingdate",
    "publishedat",
    "publishdate",
    "datepublished",
    "timestamp",
)
_AUTHORS = ("authors", "author")
_URL = ("url", "canonicalurl", "link", "sourceurl")
_LANGUAGE = ("language", "lang")
_SECTION = ("section", "category")
_PUBLISHER = ("publisher", "sourcedomain", "source", "site", "sitename", "hostname", "medianame")
_LONGEST_NAME = 40

Fields = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# As seconds this is the year 5138, as milliseconds 1973.
_MILLISECONDS = 1e11
_YEARS = (1600, 5138)
_EPOCH_DIGITS = re.compile(r"\d{10}|\d{13}")
_LANGUAGE_TAG = re.compile(r"([a-z]{2})(?:[-_].*)?", re.DOTALL)
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",|\band\b|&")
_CUT_OFF = " .…[]"
_LONGEST_TITLE = 1000
_LONGEST_SUBTITLE = 10_000
_LONGEST_DATE = 100


def has_text_field(record: object) -> bool:
    """Tell whether a JSON value is an object with a field for a title or a text, be that empty.

    A name alone does not count: many things have one that are no articles.
    """
    names = {_plain(name[:_LONGEST_NAME]) for name in record} if isinstance(record, dict) else set()
    return not names.isdisjoint(("title", "headline", *_TEXT))


def read_article(
    record: Mapping[str, Any],
    path: str,
    line: int,
    digest: str,
    *,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
) -> Article | None:
    """Return the article of a record that stands on that line, or None if it has neither a title nor a text.

    A text is split into paragraphs at its line breaks; what of a description stands in the text too is left out. A
    number as a date is seconds (or milliseconds) since 1970 in UTC. `dayfirst` and `as_of` are as in `pages`.
    """
    fields = {_plain(name[:_LONGEST_NAME]): value for name, value in record.items() if value}
    title = _first(fields, _TITLE)
    paragraphs = next((texts for value in _values(fields, _TEXT) if (texts := _paragraphs(value))), ())
    if not title and not paragraphs:
        return None
    if title and len(title) <= _LONGEST_TITLE:
        title = split_tags(title)[0] or title
    if title and paragraphs and paragraphs[0] == title:
        paragraphs = paragraphs[1:]
    subtitle = _subtitle(fields, title, paragraphs)
    published = _published(fields, dayfirst, as_of)
    url = _first(fields, _URL) or _address_of_source(fields)
    source = Source(path, _publisher(fields) or host_of(url) or publisher_of(path), digest)
    moment = published.iso if published else None
    return Article(
        id=content_id("article", source.publisher, title, subtitle, moment, paragraphs),
        source=source,
        title=title,
        subtitle=subtitle,
        section=_first(fields, _SECTION),
        authors=tuple(dict.fromkeys(name for value in _values(fields, _AUTHORS) for name in _names(value))),
        published=published,
        url=url,
        language=_language(fields),
        paragraphs=paragraphs,
        line=line,
    )


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")


def _values(fields: Fields, names: Iterable[str]) -> Iterator[Any]:
    return (fields[name] for name in names if name in fields)


def _first(fields: Fields, names: Iterable[str]) -> str | None:
    return next((text for value in _values(fields, names) if (text := _text(value))), None)


def _text(value: Any) -> str:
    """Return the one line of text that a value is: a string, an object with a name, or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return clean(value) if isinstance(value, str) else ""


def _paragraphs(value: Any) -> tuple[str, ...]:
    """Return the paragraphs of a string, of a list of strings, or of an object of sections (as Fundus has it)."""
    if isinstance(value, str):
        return tuple(text for line in value.splitlines() if (text := clean(line)))
    if isinstance(value, dict):
        sections = value.get("sections")
        parts = [section for section in sections if isinstance(section, dict)] if isinstance(sections, list) else []
        value = [
            text
            for part in (value, *parts)
            for name in ("summary", "headline", "paragraphs")
            if isinstance(part.get(name), list)
            for text in part[name]
        ]
    if isinstance(value, list):
        return tuple(text for item in value if isinstance(item, str) for text in _paragraphs(item))
    return ()


def _subtitle(fields: Fields, title: str | None, paragraphs: tuple[str, ...]) -> str | None:
    for value in _values(fields, _SUBTITLE):
        if isinstance(value, str) and len(value) <= _LONGEST_SUBTITLE:
            whole = "\n".join(paragraphs)
            # Of a lead that is cut off ("The mayor of…"), what there is stands in the text too.
            own = [line for line in _paragraphs(value) if line != title and line.rstrip(_CUT_OFF) not in whole]
            if own:
                return " ".join(own)
    return None


def _published(fields: Fields, dayfirst: bool | None, as_of: datetime | None) -> Timestamp | None:
    stamps = (_timestamp(value, dayfirst, as_of) for value in _values(fields, _DATE))
    return next((stamp for stamp in stamps if stamp), None)


def _timestamp(value: Any, dayfirst: bool | None, as_of: datetime | None) -> Timestamp | None:
    if isinstance(value, str):
        text = clean(value[:_LONGEST_DATE])
        if not _EPOCH_DIGITS.fullmatch(text):
            return dates.parse(text, dayfirst=dayfirst, as_of=as_of) or _date_inside(text, dayfirst)
        value = int(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        moment = _EPOCH + timedelta(seconds=value if abs(value) < _MILLISECONDS else value / 1000)
    except (ValueError, OverflowError):
        return None
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        return None
    return Timestamp(str(value), moment.replace(tzinfo=None).isoformat(timespec="seconds"), "second", "Z")


def _date_inside(text: str, dayfirst: bool | None) -> Timestamp | None:
    found = dates.find(text, dayfirst=dayfirst)
    return found[0].timestamp if found else None


def _names(value: Any) -> Iterator[str]:
    """Yield the names of a string of them ("By Anna Berg and Jan Novak"), or of a list of strings or objects."""
    if isinstance(value, str):
        text = _BY.sub("", clean(value))
        value = text.split(";") if ";" in text else _BETWEEN_NAMES.split(text)
    for item in value if isinstance(value, list) else [value]:
        if name := _text(item):
            yield name


def _publisher(fields: Fields) -> str | None:
    for text in map(_text, _values(fields, _PUBLISHER)):
        if name := host_of(text) if _is_address(text) else text.removeprefix("www."):
            return name
    return None


def _address_of_source(fields: Fields) -> str | None:
    """Return what Trafilatura calls the source: the address of the article."""
    text = _text(fields.get("source"))
    return text if _is_address(text) else None


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _language(fields: Fields) -> str | None:
    match = _LANGUAGE_TAG.fullmatch((_first(fields, _LANGUAGE) or "").casefold())
    return match[1] if match else None
