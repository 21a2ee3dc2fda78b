"""The records that flow from step to step: frozen, and free of any library's types."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "place", "organisation"]
KINDS: tuple[Kind, ...] = ("person", "place", "organisation")


def content_id(*fields: object) -> str:
    """Return an identifier of 16 hexadecimal digits that depends on nothing but the fields.

    >>> content_id("headline", "Tusk: Poland in talks", None)
    '2f159af704ac352f'
    """
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


Precision = Literal["year", "month", "day", "hour", "minute", "second", "unknown"]


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A date as a page states it.

    `value` is ISO 8601 to the known precision ("2024-02", "2024-02-28T19:48"), or None when the words name a
    moment that cannot be placed ("3 hours ago" on an undated page). `zone` is "+04:00", "Z" or None: a page
    that states no zone keeps its publisher's local time, and is never taken for UTC.
    """

    raw: str
    value: str | None
    precision: Precision
    zone: str | None = None

    @property
    def iso(self) -> str | None:
        """The value with its zone, where it has a time to which a zone applies."""
        return self.value + self.zone if self.value and self.zone else self.value


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read: a file's path ("-" for standard input) and the publisher, if one is known."""

    path: str
    publisher: str | None = None
    digest: str = ""

    @property
    def label(self) -> str:
        """The publisher, or the path where none is known: what the `source` column shows."""
        return self.publisher or self.path


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its title, subtitle and paragraphs, each one line of clean text."""

    id: str
    source: Source
    title: str | None
    subtitle: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    published: Timestamp | None = None
    url: str | None = None
    language: str | None = None
    paragraphs: tuple[str, ...] = ()
    line: int = 1

    @property
    def words(self) -> int:
        """The number of white-space separated words in title, subtitle and paragraphs."""
        return sum(len(text.split()) for text in (self.title or "", self.subtitle or "", *self.paragraphs))


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline of a list, or an article's own title (`list` is then "article").

    `text` is clean, `raw` is the line as found; `inferred` names the fields that a heuristic decided.
    `position` counts from 1 within its list, `line` is the line of the source it starts at.
    """

    text: str
    raw: str
    source: Source
    list: str
    position: int = 1
    line: int = 1
    subtitle: str | None = None
    tags: tuple[str, ...] = ()
    published: Timestamp | None = None
    url: str | None = None
    language: str | None = None
    inferred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """What one source holds, and the account of its lines.

    Every line that is not blank belongs to an article (`body_lines`), to a listed item (`item_lines`), or to
    `furniture`, which keeps it with its number; the three add up to `lines`.
    """

    source: Source
    reader: str
    encoding: str
    size: int
    articles: tuple[Article, ...]
    headlines: tuple[Headline, ...]
    furniture: tuple[tuple[int, str], ...]
    body_lines: int
    item_lines: int

    @property
    def lines(self) -> int:
        """The number of lines that are not blank."""
        return self.body_lines + self.item_lines + len(self.furniture)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source, or a part of one, that was not read: why, and what to do about it."""

    source: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text: "title", "subtitle", "paragraph 3", "Latest news 5", …"""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The unit of counting: an article, or a listed headline of which the article is not known.

    `kind` is "article" or "listed"; `headline` is the text that stories are grouped by.
    """

    id: str
    kind: Literal["article", "listed"]
    source: Source
    headline: str
    parts: tuple[Part, ...]
    published: Timestamp | None = None
    section: str | None = None
    url: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one text that a model or a rule takes for a name: code points, end exclusive."""

    start: int
    end: int
    kind: Kind
    rule: str = "model"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in its place: `text` is the text of the document's part number `part` from `start` to `end`.

    Offsets are code points, end exclusive. `rule` says what decided the kind and the limits; `name` is the
    canonical name of the entity, empty until names are resolved.
    """

    part: int
    start: int
    end: int
    text: str
    kind: Kind
    rule: str = "model"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document and what was found in it.

    `sentences` holds for each part the (start, end) code points of its sentences; `mentions` are in the order
    of the text; documents with the same `story` number carry near-identical headlines.
    """

    document: Document
    sentences: tuple[tuple[tuple[int, int], ...], ...]
    mentions: tuple[Mention, ...]
    story: int = 0


@dataclass(frozen=True, slots=True)
class Variant:
    """One surface form of an entity, how often it occurs, and why it was taken for this entity."""

    text: str
    kind: Kind
    mentions: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Everything that was taken to be one person, place or organisation, under its canonical name."""

    name: str
    kind: Kind
    variants: tuple[Variant, ...] = field(default=())
