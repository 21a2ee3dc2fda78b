"""Records to documents: what is counted once, however often a page lists it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from newsmine.records import Article, Document, Headline, Part, content_id
from newsmine.text import fold

PartFilter = Literal["article", "listed", "all"]


def documents(records: Iterable[Article | Headline], *, part: PartFilter = "all") -> list[Document]:
    """Return the documents of the records, in the order of their source paths and lines.

    An article is one document wherever it stands. A listed headline is one more, once for each publisher and day;
    it stands for an article of which only the headline is known, so it is left out where that article is there.
    """
    articles: dict[str, Article] = {}
    listed: dict[tuple[str | None, str], list[Headline]] = defaultdict(list)
    for record in records:
        if isinstance(record, Headline):
            listed[record.source.publisher, fold(record.text)].append(record)
        elif record.id not in articles or record.source.path < articles[record.id].source.path:
            articles[record.id] = record
    result = [] if part == "listed" else [_of_article(article) for article in articles.values()]
    if part != "article":
        known = _days_of_titles(articles.values())
        for key, occurrences in listed.items():
            result += (_of_headline(h) for h in _distinct(occurrences, known.get(key, frozenset())))
    return sorted(result, key=lambda d: (d.source.path, d.line, d.id))


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


def _days_of_titles(articles: Iterable[Article]) -> dict[tuple[str | None, str], frozenset[str | None]]:
    days: dict[tuple[str | None, str], set[str | None]] = defaultdict(set)
    for article in articles:
        if article.title:
            days[article.source.publisher, fold(article.title)].add(day_of(article))
    return {key: frozenset(found) for key, found in days.items()}


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
