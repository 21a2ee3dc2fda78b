"""One page into the tables and out of them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from newsmine.corpus import rows
from newsmine.records import Article, Headline, Page, Source


class Place(NamedTuple):
    """A source in the tables: what the records of its page share."""

    key: int
    path: str
    digest: str


def places(db: sqlite3.Connection) -> list[Place]:
    """Return the sources by path, then digest: the order of everything that is read."""
    return [Place(*row) for row in db.execute("SELECT id, path, digest FROM sources ORDER BY path, digest")]


def first_places(db: sqlite3.Connection) -> list[tuple[Place, set[int]]]:
    """Return the sources with the numbers of the articles that stand on no source before, in order."""
    found: dict[Place, set[int]] = defaultdict(set)
    query = "SELECT source_id, path, digest, number FROM articles ORDER BY path, digest, number"
    for *place, number in db.execute(query):
        found[Place(*place)].add(number)
    return list(found.items())


def stands(db: sqlite3.Connection, source: Source) -> bool:
    """Tell whether a source with these bytes is there from this very path, as itself or as a copy."""
    path, digest = rows.storable((source.path, source.digest))
    there = db.execute("SELECT id, path FROM sources WHERE digest = ?", (digest,)).fetchone()
    if there is None or there[1] == path:
        return there is not None
    copy = db.execute("SELECT 1 FROM copies WHERE source_id = ? AND path = ?", (there[0], path))
    return copy.fetchone() is not None


def insert(db: sqlite3.Connection, page: Page) -> bool:
    """Write the page, inside a transaction of the caller; return False if its bytes are there already."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    added = db.execute(
        f"INSERT INTO sources ({rows.SOURCE}, loaded_at) VALUES ({', '.join('?' * 10)})"
        " ON CONFLICT (digest) DO NOTHING",
        rows.storable((*rows.source_row(page), now)),
    )
    if not added.rowcount:
        _insert_copy(db, page.source)
        return False
    key = added.lastrowid
    for article in page.articles:
        _insert_text(db, article)
    numbered = ((key, n, item.id, *rows.article_row(item)) for n, item in enumerate(page.articles, 1))
    _insert(db, "article_sources", f"source_id, number, article_id, {rows.ARTICLE}", numbered)
    numbered = ((key, n, *rows.headline_row(item)) for n, item in enumerate(page.headlines, 1))
    _insert(db, "headlines", f"source_id, number, {rows.HEADLINE}", numbered)
    numbered = ((key, n, *item) for n, item in enumerate(page.furniture, 1))
    _insert(db, "furniture", "source_id, number, line, text", numbered)
    return True


def read(db: sqlite3.Connection, place: Place) -> Page:
    """Return the page as it was written."""
    query = f"SELECT {rows.SOURCE} FROM sources WHERE id = ?"
    path, digest, size, publisher, reader, encoding, _, body, items = db.execute(query, (place.key,)).fetchone()
    furniture = db.execute("SELECT line, text FROM furniture WHERE source_id = ? ORDER BY number", (place.key,))
    return Page(
        source=Source(path, publisher, digest),
        reader=reader,
        encoding=encoding,
        size=size,
        articles=tuple(articles(db, place)),
        headlines=tuple(headlines(db, place)),
        furniture=tuple(furniture),
        body_lines=body,
        item_lines=items,
    )


def articles(db: sqlite3.Connection, place: Place) -> list[Article]:
    """Return the articles of a source in the order of its page."""
    paragraphs: dict[str, list[str]] = defaultdict(list)
    for identity, text in db.execute(
        "SELECT article_id, text FROM paragraphs"
        " WHERE article_id IN (SELECT article_id FROM article_sources WHERE source_id = ?)"
        " ORDER BY article_id, number",
        (place.key,),
    ):
        paragraphs[identity].append(text)
    query = (
        f"SELECT article_texts.id, title, subtitle, {rows.ARTICLE} FROM article_sources"
        " JOIN article_texts ON article_texts.id = article_id WHERE source_id = ? ORDER BY number"
    )
    return [
        rows.article(row, place.path, place.digest, tuple(paragraphs[row[0]]))
        for row in db.execute(query, (place.key,))
    ]


def headlines(db: sqlite3.Connection, place: Place) -> list[Headline]:
    """Return the headlines of a source in the order of its page."""
    query = f"SELECT {rows.HEADLINE} FROM headlines WHERE source_id = ? ORDER BY number"
    return [rows.headline(row, place.path, place.digest) for row in db.execute(query, (place.key,))]


def _insert_copy(db: sqlite3.Connection, source: Source) -> None:
    db.execute(
        "INSERT OR IGNORE INTO copies SELECT id, ? FROM sources WHERE digest = ? AND path <> ?",
        rows.storable((source.path, source.digest, source.path)),
    )


def _insert_text(db: sqlite3.Connection, article: Article) -> None:
    added = db.execute(
        "INSERT INTO article_texts VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
        rows.storable((article.id, article.title, article.subtitle)),
    )
    if added.rowcount:
        numbered = ((article.id, n, text) for n, text in enumerate(article.paragraphs, 1))
        _insert(db, "paragraphs", "article_id, number, text", numbered)


def _insert(db: sqlite3.Connection, table: str, columns: str, values: Iterable[rows.Row]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", map(rows.storable, values))
