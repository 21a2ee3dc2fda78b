"""Records to documents: what is counted once, however often a page lists it."""

import hashlib
import pickle
import sys
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sized
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import Literal, NamedTuple

from newsmine.headlines.suffixes import SuffixCount, without_suffix
from newsmine.records import Article, Document, Headline, Part, content_id
from newsmine.text import fold

PartFilter = Literal["article", "listed", "all"]

_IN_MEMORY = 64 * 2**20


def documents(records: Iterable[Article | Headline], *, part: PartFilter = "all") -> list[Document]:
    """Return the documents of the records, in the order of their source paths and lines.

    An article is one document wherever it stands. A listed headline is one more, once for each publisher and day;
    it stands for an article of which only the headline is known, so it is left out where that article is there.
    """
    return list(Documents(records, part=part))


class Documents(Sized, Iterable[Document]):
    """What `documents` returns, to be gone through any number of times; of more than some 64 MB on disk.

    Their headlines are without what all of them together show to be the publisher's name (`headlines.suffixes`); their
    parts are as they were read.
    """

    def __init__(self, records: Iterable[Article | Headline], *, part: PartFilter = "all") -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115, it lives as long as this does
        weakref.finalize(self, self._file.close)
        self.characters = 0
        """The length of all their texts together."""
        listed: dict[bytes, list[Headline]] = defaultdict(list)
        articles: dict[str, _Place] = {}
        titles: dict[str, tuple[bytes, str | None]] = {}
        behind = SuffixCount()
        for record in records:
            if isinstance(record, Headline):
                occurrences = listed[_key(record.source.publisher, record.text)]
                if not occurrences:
                    behind.add(record.source.publisher, record.text)
                occurrences.append(record)
            elif record.id not in articles or record.source.path < articles[record.id].path:
                if record.title and part != "article":
                    titles[record.id] = _key(record.source.publisher, record.title), day_of(record)
                # Where only the listed are asked for, the articles still say which of those are known.
                if record.title and record.id not in articles:
                    behind.add(record.source.publisher, record.title)
                articles[record.id] = self._keep(_of_article(record), store=part != "listed")
        self._places = [] if part == "listed" else list(articles.values())
        if part != "article":
            known = _days_of_titles(titles.values())
            for key, occurrences in listed.items():
                for headline in _distinct(occurrences, known.get(key, frozenset())):
                    self._places.append(self._keep(_of_headline(headline)))
        self._suffixes = behind.learned()
        self._places.sort()
        self.characters = sum(place.characters for place in self._places)

    def _keep(self, document: Document, *, store: bool = True) -> "_Place":
        offset = self._file.tell()
        if store:
            pickle.dump(document, self._file, pickle.HIGHEST_PROTOCOL)
        size = sum(len(part.text) for part in document.parts)
        return _Place(sys.intern(document.source.path), document.line, document.id, offset, size)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Document]:
        for place in self._places:
            self._file.seek(place.offset)
            document = pickle.load(self._file)
            bare = without_suffix(document.headline, document.source.publisher, self._suffixes)
            yield document if bare == document.headline else replace(document, headline=bare)


class _Place(NamedTuple):
    """Where a document stands in its source, by which documents are sorted, and where it is kept."""

    path: str
    line: int
    id: str
    offset: int
    characters: int


def own_headline(article: Article) -> Headline | None:
    """Return an article's title as the headline it is; None for an article without one."""
    if article.title is None:
        return None
    return Headline(
        text=article.title,
        raw=article.title,
        source=article.source,
        list="article",
        line=article.line,
        subtitle=article.subtitle,
        published=article.published,
        url=article.url,
        language=article.language,
    )


def day_of(record: Article | Headline) -> str | None:
    """Return the calendar day of a record, or None if it is not known to the day."""
    value = record.published.value if record.published else None
    return value[:10] if value and len(value) >= 10 else None


def _key(publisher: str | None, text: str) -> bytes:
    """Return what two headlines of one publisher share that differ in case or accents at most."""
    data = f"{publisher}\n{fold(text)}" if publisher else f"\n{fold(text)}"
    return hashlib.blake2b(data.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _days_of_titles(titles: Iterable[tuple[bytes, str | None]]) -> dict[bytes, frozenset[str | None]]:
    days: dict[bytes, frozenset[str | None]] = {}
    for key, day in titles:
        days[key] = days.get(key, frozenset()) | {day}
    return days


def _distinct(occurrences: Iterable[Headline], known: frozenset[str | None]) -> Iterator[Headline]:
    """Yield one headline for each day; the undated are taken for those of the first day there is."""
    by_day: dict[str | None, list[Headline]] = defaultdict(list)
    for headline in occurrences:
        by_day[day_of(headline)].append(headline)
    undated = by_day.pop(None, [])
    if known and (undated or None in known):
        undated = []
        if None in known:
            return
    if undated:
        by_day[min(by_day, key=str) if by_day else None] += undated
    for day, same in by_day.items():
        if day not in known:
            yield min(same, key=_preference)


def _preference(headline: Headline) -> tuple[bool, bool, bool, str, int, str]:
    """Sort the fullest record first: dated, with a subtitle that nobody had to infer."""
    return (
        headline.published is None,
        headline.subtitle is None,
        bool(headline.inferred),
        headline.source.path,
        headline.line,
        headline.list,
    )


def _of_article(article: Article) -> Document:
    parts = [Part("title", article.title)] if article.title else []
    parts += [Part("subtitle", article.subtitle)] if article.subtitle else []
    parts += [Part(f"paragraph {n}", text) for n, text in enumerate(article.paragraphs, start=1)]
    return Document(
        id=article.id,
        kind="article",
        source=article.source,
        headline=article.title or (article.paragraphs[0] if article.paragraphs else ""),
        parts=tuple(parts),
        published=article.published,
        section=article.section,
        url=article.url,
        line=article.line,
    )


def _of_headline(headline: Headline) -> Document:
    name = f"{headline.list} {headline.position}"
    parts = [Part(name, headline.text)]
    parts += [Part(f"{name} subtitle", headline.subtitle)] if headline.subtitle else []
    day = headline.published.value if headline.published else None
    return Document(
        id=content_id("headline", headline.source.publisher, headline.text, headline.subtitle, day),
        kind="listed",
        source=headline.source,
        headline=headline.text,
        parts=tuple(parts),
        published=headline.published,
        url=headline.url,
        line=headline.line,
    )
