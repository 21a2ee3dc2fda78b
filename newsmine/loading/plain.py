"""An article whose fields are plain text, as mails and the exports of databases have it, brought to a page."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsmine.loading.fields import timestamp
from newsmine.loading.named import language_of
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.records import Article, Page, Source, Timestamp, content_id
from newsmine.tags import split_tags
from newsmine.text import clean

Furniture = Sequence[tuple[int, str]]

_NARROWEST, _WIDEST = 40, 110
_PART_OF_A_DATE = re.compile(r"((?:1[6-9]|20)\d\d)(?:[/-](0[1-9]|1[0-2]))?[/-]*")
_SLASHED = re.compile(r"((?:1[6-9]|20)\d\d)/(\d\d?)/(\d\d?)/?.*")
_BY = re.compile(r"(?:by|von|par|por|di|door)\s+(?=[^\W\d_])", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:[;&]|,|\band\b|\bund\b)\s*")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source says of one article, each thing in its own words; a moment that is known goes before `date`."""

    title: str = ""
    paragraphs: Sequence[str] = ()
    subtitle: str = ""
    publisher: str = ""
    date: str = ""
    published: Timestamp | None = None
    authors: Sequence[str] = ()
    section: str = ""
    url: str = ""
    language: str = ""


def page_of(
    stated: Stated,
    path: str,
    number: int,
    data: bytes,
    options: Options,
    *,
    reader: str,
    lines: int,
    encoding: str = "utf-8",
    furniture: Furniture = (),
) -> Page | None:
    """Return the page with the article that stands on that line, or None if it has neither a title nor a text.

    `data` is what the page has its digest and size from; `lines` are those of the source that it was read from.
    """
    title = clean(stated.title)
    title = split_tags(title)[0] or title
    paragraphs = tuple(text for text in map(clean, stated.paragraphs) if text)
    if title and paragraphs[:1] == (title,):
        paragraphs = paragraphs[1:]
    if not title and not paragraphs:
        return None
    subtitle = clean(stated.subtitle)
    language = language_of(stated.language)
    published = stated.published or date_of(stated.date, options, language)
    url = clean(stated.url) or None
    publisher = clean(stated.publisher) or host_of(url) or publisher_of(path)
    source = Source(path, publisher, hashlib.sha256(data).hexdigest())
    article = Article(
        id=content_id(
            "article", publisher, title or None, subtitle or None, published.iso if published else None, paragraphs
        ),
        source=source,
        title=title or None,
        subtitle=subtitle or None,
        section=clean(stated.section) or None,
        authors=tuple(dict.fromkeys(filter(None, map(clean, stated.authors)))),
        published=published,
        url=url,
        language=language,
        paragraphs=paragraphs,
        line=number,
    )
    return Page(
        source=source,
        reader=reader,
        encoding=encoding,
        size=len(data),
        articles=(article,),
        headlines=(),
        furniture=tuple(furniture),
        body_lines=lines,
        item_lines=0,
    )


def date_of(text: str, options: Options, language: str | None = None) -> Timestamp | None:
    """Return the date that a field states; of "2024/05" the month, of "2024///" the year is known."""
    text = clean(text)
    if match := _PART_OF_A_DATE.fullmatch(text):
        return Timestamp(text, "-".join(filter(None, match.groups())), "month" if match[2] else "year")
    if match := _SLASHED.fullmatch(text):
        text = "-".join(part.zfill(2) for part in match.groups())
    return timestamp(text, options.dayfirst, options.as_of, language) if text else None


def names_of(text: str) -> tuple[str, ...]:
    """Return the names in a byline; addresses and the like are none.

    >>> names_of("By Anna Berg and Jan Novak; desk@port.example")
    ('Anna Berg', 'Jan Novak')
    """
    names = _BETWEEN_NAMES.split(_BY.sub("", clean(text), count=1))
    return tuple(name for name in names if name and "@" not in name and not any(map(str.isdigit, name)))


def turned(name: str) -> str:
    """Return a name as it is read, where a catalogue puts the surname first.

    >>> turned("Berg, Anna")
    'Anna Berg'
    """
    last, comma, first = clean(name).partition(", ")
    return f"{first} {last}" if comma and first and "," not in first else clean(name)


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of lines that may be cut to a width; where they are not, each line is one.

    They are if most lines that another follows fill one and the same width, which is up to 110 characters. A line
    that is indented further than the one above it begins a paragraph, and so does one after a blank line.
    """
    lines = [line.rstrip() for line in lines]
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    width = max((len(a) for a, _ in pairs), default=0)
    full = sum(_fills(a, b, width) for a, b in pairs)
    if not _NARROWEST <= width <= _WIDEST or full < 0.5 * len(pairs):
        return [line for line in lines if line.strip()]
    paragraphs: list[list[str]] = []
    above = ""
    for line in lines:
        if above.strip() and line.strip() and _indent(line) <= _indent(above) and _fills(above, line, width):
            paragraphs[-1].append(line.strip())
        elif line.strip():
            paragraphs.append([line.strip()])
        above = line
    return [" ".join(paragraph) for paragraph in paragraphs]


def _fills(line: str, following: str, width: int) -> bool:
    """Tell whether the first word of the following line would not have fitted; some programs keep a few columns."""
    return len(line) + 1 + len(following.split()[0]) > width - 6


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
