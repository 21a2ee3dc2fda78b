"""The index of headlines in the tables: what each headline is as it is compared, and the pairs that are alike.

It is known which sources are in it, so that what a load that was killed left out is noticed by the next one. Every
change is one transaction, and knows which index it belongs to: one that was dropped meanwhile is not written to.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from newsmine.corpus import files, schema

# Text that SQLite cannot hold: it is none of the corpus.
_SURROGATE = re.compile("[\ud800-\udfff]")
_AT_ONCE = 500
_TABLES = ("indexed_sources", "headline_texts", "headline_pairs", "headline_segments", "headline_forms",
           "headline_indexes")  # fmt: skip


class Alike(NamedTuple):
    """Two forms of headlines by their numbers, the lower first, and the verdict on them."""

    a: int
    b: int
    score: float
    guard: str | None


class Kept(NamedTuple):
    """For each headline the number of its form, the form, and how many it is like; and the pairs that are alike."""

    forms: dict[str, tuple[int, str, int]]
    pairs: list[Alike]


class HeadlineIndex:
    """The index of headlines of a corpus, of one maker: its fingerprint says what the verdicts depend on."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db, self._path = db, path
        self._number = 0

    def recall(self, fingerprint: str, headlines: Collection[str]) -> Kept | None:
        """Return what is known of these headlines; None if of any of them nothing is, or another maker's verdicts."""
        if any(map(_SURROGATE.search, headlines)):
            return None
        with files.reported(self._path), self._reading():
            if self._maker() != fingerprint:
                return None
            forms = self._forms(headlines)
            if len(forms) < len(set(headlines)):
                return None
            here = {number for number, _, _ in forms.values()}
            query = "SELECT a, b, score, guard FROM headline_pairs WHERE a IN ({})"
            pairs = [Alike(*row) for row in _in_batches(self._db, query, here) if row[1] in here]
            return Kept(forms, pairs)

    def waiting(self, fingerprint: str) -> tuple[list[int], list[str]]:
        """Return the sources that are not in the index, and their headlines that are not, each once.

        What another maker wrote is dropped first.
        """
        with files.reported(self._path):
            if self._maker() != fingerprint:
                self.reset(fingerprint)
            self._number = self._db.execute("SELECT id FROM headline_indexes").fetchone()[0]
            query = "SELECT id FROM sources WHERE id NOT IN (SELECT source_id FROM indexed_sources) ORDER BY id"
            sources = [number for (number,) in self._db.execute(query)]
            found: dict[str, None] = {}
            for number in sources:
                found.update((text, None) for (text,) in self._db.execute(_TEXTS, {"source": number}))
            return sources, list(found)

    def reset(self, fingerprint: str) -> None:
        """Drop all that is in the index, and let it be that of this maker."""
        with files.reported(self._path), schema.transaction(self._db):
            for table in _TABLES:
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("INSERT INTO headline_indexes (fingerprint) VALUES (?)", (fingerprint,))

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Hold the write lock for the block; False if the index that was `waiting` has been dropped by another."""
        with files.reported(self._path), schema.transaction(self._db):
            found = self._db.execute("SELECT id FROM headline_indexes").fetchone()
            yield found is not None and found[0] == self._number

    def known(self, headlines: Collection[str]) -> set[str]:
        """Return those of the headlines that are in the index."""
        return set(self._forms(headlines))

    def add(self, forms: Iterable[tuple[str, str]]) -> dict[str, int]:
        """Keep new headlines, each with its form; return the numbers of the forms that are new."""
        pairs = list(forms)
        keys = dict.fromkeys(form for _, form in pairs)
        query = "SELECT form, id FROM headline_forms WHERE form IN ({})"
        numbers: dict[str, int] = dict(_in_batches(self._db, query, keys))
        new: dict[str, int] = {}
        for key in keys:
            if key not in numbers:
                row = self._db.execute("INSERT INTO headline_forms (form) VALUES (?)", (key,))
                new[key] = row.lastrowid or 0
        numbers |= new
        self._db.executemany("INSERT INTO headline_texts VALUES (?, ?)", ((text, numbers[key]) for text, key in pairs))
        return new

    def forms(self, numbers: Collection[int]) -> dict[int, str]:
        """Return the forms by their numbers."""
        return dict(_in_batches(self._db, "SELECT id, form FROM headline_forms WHERE id IN ({})", numbers))

    def degrees(self, numbers: Collection[int]) -> dict[int, int]:
        """Return with how many others each of the forms has been found to share enough."""
        return dict(_in_batches(self._db, "SELECT id, alike FROM headline_forms WHERE id IN ({})", numbers))

    def count(self, degrees: Mapping[int, int]) -> None:
        """Take note of what `degrees` is to return."""
        rows = ((degree, number) for number, degree in degrees.items())
        self._db.executemany("UPDATE headline_forms SET alike = ? WHERE id = ?", rows)

    def keep(self, pairs: Iterable[tuple[int, int, float, str | None]]) -> None:
        """Keep pairs of forms that are alike, as the fields of `Alike`."""
        self._db.executemany("INSERT INTO headline_pairs VALUES (?, ?, ?, ?)", pairs)

    def segments(self) -> dict[int, bytes]:
        """Return the segments by their numbers, in the order in which they were written."""
        return dict(self._db.execute("SELECT id, content FROM headline_segments ORDER BY id"))

    def replace(self, old: Collection[int], content: bytes) -> None:
        """Keep a segment in the place of those of these numbers."""
        self._db.executemany("DELETE FROM headline_segments WHERE id = ?", ((number,) for number in old))
        self._db.execute("INSERT INTO headline_segments (content) VALUES (?)", (content,))

    def finish(self, sources: Iterable[int]) -> None:
        """Take note that these sources are in the index; one that has been deleted is none."""
        self._db.executemany(
            "INSERT INTO indexed_sources SELECT id FROM sources WHERE id = ? ON CONFLICT DO NOTHING",
            ((number,) for number in sources),
        )

    @contextmanager
    def _reading(self) -> Iterator[None]:
        # One state of the file for all that is read: the numbers of another would be those of other forms.
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("ROLLBACK")

    def _maker(self) -> str | None:
        # A file of the version before, which cannot be written to, has no such tables.
        if schema.version(self._db) < schema.WITH_INDEX:
            return None
        found = self._db.execute("SELECT fingerprint FROM headline_indexes").fetchone()
        return found[0] if found else None

    def _forms(self, headlines: Collection[str]) -> dict[str, tuple[int, str, int]]:
        query = """SELECT text, id, headline_forms.form, alike FROM headline_texts
            JOIN headline_forms ON id = headline_texts.form WHERE text IN ({})"""
        return {
            text: (number, form, alike) for text, number, form, alike in _in_batches(self._db, query, set(headlines))
        }


# A title is a headline even if it is empty; without one, the first paragraph stands for it.
_TEXTS = """
    WITH own (id, title) AS (
        SELECT id, title FROM article_sources JOIN article_texts ON id = article_id WHERE source_id = :source)
    SELECT text FROM (
        SELECT text FROM headlines WHERE source_id = :source
        UNION SELECT title FROM own WHERE title IS NOT NULL
        UNION SELECT coalesce((SELECT text FROM paragraphs WHERE article_id = own.id AND number = 1), '')
              FROM own WHERE coalesce(title, '') = '') AS found
    WHERE NOT EXISTS (SELECT 1 FROM headline_texts AS known WHERE known.text = found.text)
"""


def _in_batches(db: sqlite3.Connection, query: str, values: Iterable[str] | Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query that asks for values in a list, some hundreds at a time, in the order of the values."""
    # In order, neighbours in the table are read together.
    wanted = sorted(values)
    for at in range(0, len(wanted), _AT_ONCE):
        batch = wanted[at : at + _AT_ONCE]
        yield from db.execute(query.format(", ".join("?" * len(batch))), batch)
