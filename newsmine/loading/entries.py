"""The entries of a feed: those that carry a whole text are articles, the others listed headlines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from newsmine.loading.fields import paragraphs_in, timestamp
from newsmine.loading.mojibake import noted, repair_texts
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.loading.record import literal, read_record
from newsmine.records import Headline, Page, Skipped, Source
from newsmine.tags import split_tags
from newsmine.text import clean

_WHOLE_WORDS = 60
_WHOLE_PARAGRAPHS = 3
_LONGEST_SUBTITLE = 2000
_NO_TEXT = ("no-text", "the entry has neither a title nor a text")
# WordPress puts this below every text.
_FOOTER = re.compile(r"The post .{1,300} appeared first on .{1,100}")
_CUT_OFF = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|\[&hellip;\])$")
# RFC 822, which RSS goes by, gives these a meaning; in other places they have several.
_ZONES = {"UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?P<day>\d{1,2}\s+[A-Za-z]{3,9})\.?\s+(?P<year>\d\d|\d{4})\s+"
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?:\s+(?P<zone>[A-Z]{2,3}))?"
)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and where it was read."""

    path: str
    reader: str
    title: str = "feed"
    link: str | None = None
    language: str | None = None
    encoding: str = "utf-8"
    digest: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: plain or marked-up text, as it stands there; `publisher` where the entry has one of its own.

    `content` is what the feed calls the content, `summary` what it calls a description or a summary.
    """

    number: int
    title: str = ""
    summary: str = ""
    content: str = ""
    published: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    publisher: str = ""
    publisher_url: str = ""
    language: str = ""


def read_entries(entries: Iterable[Entry], feed: Feed, options: Options) -> Iterator[Page | Skipped]:
    """Yield a page for each entry with a whole text, last one page of the headlines of the others."""
    headlines: list[Headline] = []
    encoding = feed.encoding
    for entry in entries:
        entry, taken_for = (entry, None) if options.encoding else _repaired(entry)
        title = _title(entry)
        text = _whole_text(entry)
        if not title and not text:
            text = paragraphs_in(entry.summary) or paragraphs_in(entry.content)
        if text:
            yield _article(entry, title, text, feed, options, noted(feed.encoding, taken_for))
        elif title:
            headlines.append(_headline(entry, title, len(headlines) + 1, feed, options))
            encoding = noted(encoding, taken_for)
        else:
            yield Skipped(f"{feed.path}:{entry.number}", *_NO_TEXT)
    if headlines:
        yield Page(
            source=Source(feed.path, host_of(feed.link) or headlines[0].source.publisher, feed.digest),
            reader=feed.reader,
            encoding=encoding,
            size=feed.size,
            articles=(),
            headlines=tuple(headlines),
            furniture=(),
            body_lines=0,
            item_lines=len(headlines),
        )


def _repaired(entry: Entry) -> tuple[Entry, str | None]:
    texts = (entry.title, entry.summary, entry.content, entry.section, entry.publisher, *entry.authors)
    (title, summary, content, section, publisher, *authors), taken_for = repair_texts(texts)
    if taken_for is None:
        return entry, None
    repaired = replace(entry, title=title, summary=summary, content=content, authors=tuple(authors))
    return replace(repaired, section=section, publisher=publisher), taken_for


def _title(entry: Entry) -> str:
    """Return the title in one line, without the name of the publisher that an aggregator adds to it."""
    title = " ".join(paragraphs_in(entry.title))
    return clean(title.removesuffix(f" - {entry.publisher}")) if entry.publisher else title


def _whole_text(entry: Entry) -> tuple[str, ...]:
    """Return the paragraphs of the entry if they are a whole text, else none.

    What is called a description is one only if it is as long and has several paragraphs.
    """
    for text, fewest in ((entry.content, 1), (entry.summary, _WHOLE_PARAGRAPHS)):
        found = _without_footer(paragraphs_in(text))
        words = sum(len(line.split()) for line in found)
        if len(found) >= fewest and (words >= _WHOLE_WORDS or (fewest == 1 and len(found) >= _WHOLE_PARAGRAPHS)):
            return found
    return ()


def _without_footer(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in found if not _FOOTER.match(line))


def _article(
    entry: Entry, title: str, text: tuple[str, ...], feed: Feed, options: Options, encoding: str
) -> Page | Skipped:
    url = _address(entry, feed)
    record = {
        "title": title,
        "paragraphs": list(text),
        "description": "\n".join(_summary(entry.summary, entry, title)),
        "published": mail_date(entry.published),
        "url": url,
        "authors": list(entry.authors),
        "section": entry.section,
        "publisher": _publisher(entry, url, feed),
        "language": entry.language or feed.language,
    }
    plain = replace(options, columns={})
    return read_record(literal(record), feed.path, entry.number, plain, reader=feed.reader, encoding=encoding)


def _headline(entry: Entry, title: str, position: int, feed: Feed, options: Options) -> Headline:
    text, tags = split_tags(title)
    url = _address(entry, feed)
    language = entry.language or feed.language
    subtitle = " ".join(_summary(entry.summary or entry.content, entry, title))
    return Headline(
        text=text or title,
        raw=title,
        source=Source(feed.path, _publisher(entry, url, feed), feed.digest),
        list=feed.title,
        position=position,
        line=entry.number,
        subtitle=subtitle if 0 < len(subtitle) <= _LONGEST_SUBTITLE else None,
        tags=tags,
        published=timestamp(mail_date(entry.published), options.dayfirst, options.as_of, language),
        url=url,
        language=language,
    )


def _summary(text: str, entry: Entry, title: str) -> Iterator[str]:
    """Yield the lines of a summary that say more than the title and the publisher's name do."""
    for line in _without_footer(paragraphs_in(text)):
        rest = clean(_CUT_OFF.sub("…", line.removeprefix(title)))
        if rest not in ("", entry.publisher):
            yield _CUT_OFF.sub("…", line)


def _address(entry: Entry, feed: Feed) -> str | None:
    url = clean(entry.url)
    try:
        return (urljoin(feed.link, url) if feed.link else url) if url else None
    except ValueError:  # "https://[" is no address
        return url


def _publisher(entry: Entry, url: str | None, feed: Feed) -> str | None:
    hosts = (host_of(clean(address)) for address in (entry.publisher_url, url or "", feed.link or ""))
    return next(filter(None, hosts), None) or clean(entry.publisher) or publisher_of(feed.path)


def mail_date(text: str) -> str:
    """Return a date as RFC 822 has it with its zone as an offset and its year in full; any other text as it is.

    >>> mail_date("Fri, 03 May 24 10:00:00 EDT")
    '03 May 2024 10:00:00 -04:00'
    """
    text = clean(text)
    match = _RFC_822.fullmatch(text)
    if not match or (len(match["year"]) == 4 and match["zone"] not in _ZONES):
        return text
    year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
    zone = match["zone"] or ""
    if zone in _ZONES:
        zone = f"{_ZONES[zone]:+03}:00"
    return f"{match['day']} {year} {match['time']} {zone}".strip()
