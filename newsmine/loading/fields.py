"""The fields of an article as crawlers and exporters write them, brought to those of a record."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from newsmine import dates
from newsmine.loading import markup
from newsmine.loading.columns import (
    AUTHORS,
    DATE,
    FIELDS,
    LANGUAGE,
    PUBLISHER,
    SECTION,
    SUBTITLE,
    TEXT,
    TITLE,
    URL,
    Fields,
    check_columns,
    mapped,
    plain,
)
from newsmine.loading.named import language_of
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.records import Article, Source, Timestamp, content_id
from newsmine.tags import split_tags
from newsmine.text import clean

__all__ = ["FIELDS", "check_columns", "paragraphs_in", "read_article", "timestamp"]

_INNER = ("name", "value", "rendered", "main", "original", "title")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# As seconds this is the year 5138, as milliseconds 1973.
_MILLISECONDS = 1e11
# As seconds this is March 1973; a small number is a year, or counted from some other beginning.
_SOONEST = 1e8
_YEARS = (1600, 5138)
_EPOCH_DIGITS = re.compile(r"\d{10}|\d{13}")
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",|\band\b|&")
_CUT_OFF = " .…[]"
# "20240503T101500Z", as GDELT and NITF write it.
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d))?(Z|[+-]\d\d:?\d\d)?")
_CUT_BY_EXPORTER = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+\d+ chars\]$")
# A text that merely names a tag, or has "<" in it, is no HTML.
_MARKUP = re.compile(r"</[a-zA-Z][a-zA-Z0-9]*\s*>|<(?:p|br)\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|br|div|li|h[1-6]|blockquote|tr)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LONGEST_TITLE = 1000
_LONGEST_SUBTITLE = 10_000
_LONGEST_DATE = 100


def read_article(
    record: Mapping[str, Any],
    path: str,
    line: int,
    digest: str,
    *,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
    columns: Mapping[str, str] | None = None,
) -> Article | None:
    """Return the article of a record that stands on that line, or None if it has neither a title nor a text.

    A text is split into paragraphs at its line breaks, or by its tags if it is HTML; what of a description stands in
    the text too is left out. A number as a date is seconds (or milliseconds) since 1970 in UTC. `dayfirst` and
    `as_of` are as in `pages`. `columns` names the field to read a thing from, and then no other is looked at; "a.b" is
    the field b of the object a.
    """
    fields = {plain(name): value for name, value in record.items() if value}
    if columns:
        fields = mapped(fields, record, columns)
    title = _first(fields, TITLE)
    paragraphs = next((texts for value in _values(fields, TEXT) if (texts := paragraphs_in(value))), ())
    if not title and not paragraphs:
        return None
    if title and len(title) <= _LONGEST_TITLE:
        title = split_tags(title)[0] or title
    if title and paragraphs and paragraphs[0] == title:
        paragraphs = paragraphs[1:]
    subtitle = _subtitle(fields, title, paragraphs)
    language = language_of(_first(fields, LANGUAGE) or "")
    published = _published(fields, dayfirst, as_of, language)
    url = _url(fields)
    source = Source(path, _publisher(fields) or host_of(url) or publisher_of(path), digest)
    moment = published.iso if published else None
    return Article(
        id=content_id("article", source.publisher, title, subtitle, moment, paragraphs),
        source=source,
        title=title,
        subtitle=subtitle,
        section=_first(fields, SECTION),
        authors=tuple(dict.fromkeys(name for value in _values(fields, AUTHORS) for name in _names(value))),
        published=published,
        url=url,
        language=language,
        paragraphs=paragraphs,
        line=line,
    )


def _values(fields: Fields, names: Iterable[str]) -> Iterator[Any]:
    return (fields[name] for name in names if name in fields)


def _first(fields: Fields, names: Iterable[str]) -> str | None:
    return next((text for value in _values(fields, names) if (text := _text(value))), None)


def _text(value: Any) -> str:
    """Return the one line of text that a value is: a string, an object with a name, or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = next((value[name] for name in _INNER if isinstance(value.get(name), str)), None)
    if not isinstance(value, str):
        return ""
    return " ".join(_lines(value)) if "<" in value or "&" in value else clean(value)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are not blank, or its paragraphs if it is HTML."""
    if "<" in text and _MARKUP.search(text):
        parts = [text] if _BLOCK.search(text) else text.splitlines()
        yield from (line for part in parts for line in markup.paragraphs_of(part))
        return
    for line in text.splitlines():
        found = clean(_REFERENCE.sub(_character, line) if "&" in line else line)
        if found:
            yield found


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())


def paragraphs_in(value: Any) -> tuple[str, ...]:
    """Return the paragraphs of a string, of a list of them, or of an object of sections (as Fundus has it)."""
    if isinstance(value, str):
        lines = tuple(_lines(value))
        if lines and lines[-1].endswith(" chars]"):
            lines = (*lines[:-1], _CUT_BY_EXPORTER.sub("", lines[-1]))
        return tuple(filter(None, lines))
    if isinstance(value, dict) and isinstance(inner := value.get("value") or value.get("rendered"), str):
        return paragraphs_in(inner)
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
        return tuple(text for item in value if _is_text(item) for text in paragraphs_in(item))
    return ()


def _is_text(item: Any) -> bool:
    return isinstance(item, str) or (isinstance(item, dict) and isinstance(item.get("value"), str))


def _subtitle(fields: Fields, title: str | None, paragraphs: tuple[str, ...]) -> str | None:
    for value in _values(fields, SUBTITLE):
        if isinstance(value, str) and len(value) <= _LONGEST_SUBTITLE:
            whole = "\n".join(paragraphs)
            # Of a lead that is cut off ("The mayor of…"), what there is stands in the text too.
            own = [line for line in paragraphs_in(value) if line != title and line.rstrip(_CUT_OFF) not in whole]
            if own:
                return " ".join(own)
    return None


def _published(fields: Fields, dayfirst: bool | None, as_of: datetime | None, language: str | None) -> Timestamp | None:
    stamps = (timestamp(value, dayfirst, as_of, language) for value in _values(fields, DATE))
    return next((stamp for stamp in stamps if stamp), None)


def timestamp(
    value: Any, dayfirst: bool | None, as_of: datetime | None, language: str | None = None
) -> Timestamp | None:
    """Return the date that a value of a field states, as a string or as seconds since 1970, or None.

    The language is that of the article, if it is known: it says how to read 05/03/2024, and names of months.
    """
    if isinstance(value, str):
        text = clean(value[:_LONGEST_DATE])
        if not _EPOCH_DIGITS.fullmatch(text):
            text = _spaced(text)
            stamp = dates.parse(text, dayfirst=dayfirst, as_of=as_of, language=language)
            return stamp or _date_inside(text, dayfirst, language)
        value = int(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if 0 < value < _SOONEST:
        # 2024, 20240503: what is no number of seconds may still be a year or a day.
        return dates.parse(_spaced(str(int(value))), dayfirst=dayfirst) or _year(int(value))
    try:
        moment = _EPOCH + timedelta(seconds=value if abs(value) < _MILLISECONDS else value / 1000)
    except (ValueError, OverflowError):
        return None
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        return None
    return Timestamp(str(value), moment.replace(tzinfo=None).isoformat(timespec="seconds"), "second", "Z")


def _spaced(text: str) -> str:
    """Return a date that is written without separators with them, any other text as it is."""
    match = _COMPACT.fullmatch(text)
    if not match:
        return text
    day = "-".join(match.group(1, 2, 3))
    clock = ":".join(match.group(4, 5, 6)) if match[4] else ""
    return f"{day}T{clock}{match[7] or ''}" if clock and (clock != "00:00:00" or match[7]) else day


def _year(number: int) -> Timestamp | None:
    return Timestamp(str(number), str(number), "year") if number in range(1900, 2100) else None


def _date_inside(text: str, dayfirst: bool | None, language: str | None) -> Timestamp | None:
    found = dates.find(text, dayfirst=dayfirst, language=language)
    return found[0].timestamp if found else None


def _names(value: Any) -> Iterator[str]:
    """Yield the names of a string of them ("By Anna Berg and Jan Novak"), or of a list of strings or objects."""
    if isinstance(value, str):
        text = _BY.sub("", clean(value))
        value = text.split(";") if ";" in text else _BETWEEN_NAMES.split(text)
    for item in value if isinstance(value, list) else [value]:
        if name := _BY.sub("", _text(item)):
            yield name


def _publisher(fields: Fields) -> str | None:
    for text in map(_text, _values(fields, PUBLISHER)):
        if name := host_of(text) if _is_address(text) else text.removeprefix("www."):
            return name
    return None


def _url(fields: Fields) -> str | None:
    """Return the address of the article, which Trafilatura calls the source."""
    if found := _first(fields, URL):
        return found
    # A "uri" may be a name as well: "urn:…".
    return next((text for name in ("uri", "source") if _is_address(text := _text(fields.get(name)))), None)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
