"""The corpus as records: pages go in whole, and come out in an order that does not tell how they went in."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any

from newsmine.corpus import cache, files, rows
from newsmine.corpus.cache import Analysis
from newsmine.corpus.check import check, info
from newsmine.corpus.schema import transaction
from newsmine.errors import CorpusError
from newsmine.records import Article, Headline, Page, Source
from newsmine.table import Table


class Corpus:
    """A context manager over one SQLite file of loaded pages.

    With `create`, a file that is not there is made, its folder too. Other processes may read and load at the
    same time; a write waits up to `timeout` seconds for theirs. `writable` tells whether the file can be
    written to. Every failure is a CorpusError.
    """

    def __init__(self, path: str | Path, *, create: bool = False, timeout: float = 30.0) -> None:
        self.path = Path(path)
        self._db, self.writable = files.open_file(self.path, create=create, timeout=timeout)

    def __enter__(self) -> Corpus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        with self._reported():
            self._db.close()

    def has(self, digest: str) -> bool:
        """Tell whether a source with these bytes is there, without the need to read it again."""
        return bool(self._fetch("SELECT 1 FROM sources WHERE digest = ?", digest))

    def add(self, page: Page) -> bool:
        """Load a page, whole or not at all; return False if a source with the same bytes is there already.

        The page's records take its path and digest; a publisher of their own is kept.
        """
        if not page.source.digest:
            raise ValueError(f"the page {page.source.path} has no digest")
        if not self.writable:
            raise CorpusError(
                f"the corpus {self.path} can only be read", hint="check the permissions of file and folder"
            )
        if self.has(page.source.digest):
            return False
        with self._reported(), transaction(self._db):
            return self._insert(page)

    def pages(self) -> Iterator[Page]:
        """Yield the pages by path, then digest."""
        for key, *columns in self._fetch(f"SELECT id, {rows.SOURCE} FROM sources ORDER BY path, digest"):
            path, digest, size, publisher, reader, encoding, _, body_lines, item_lines = columns
            furniture = self._fetch("SELECT line, text FROM furniture WHERE source_id = ? ORDER BY number", key)
            yield Page(
                Source(path, publisher, digest),
                reader,
                encoding,
                size,
                tuple(article for _, article in self._articles(key, path, digest)),
                tuple(self._headlines(key, path, digest)),
                tuple(furniture),
                body_lines,
                item_lines,
            )

    def articles(self) -> Iterator[Article]:
        """Yield each article once, as it stands on the page whose path sorts first, in the order of the pages."""
        places = self._fetch(
            "SELECT source_id, path, digest, number FROM articles ORDER BY path, digest, number"
        )
        for source, group in groupby(places, key=lambda row: row[:3]):
            numbers = {row[3] for row in group}
            yield from (article for number, article in self._articles(*source) if number in numbers)

    def headlines(self) -> Iterator[Headline]:
        """Yield every headline of every page, in the order of the pages."""
        for source in self._fetch("SELECT id, path, digest FROM sources ORDER BY path, digest"):
            yield from self._headlines(*source)

    def analyses(self, model: str, texts: Sequence[str]) -> dict[str, Analysis]:
        """Return what is remembered of the texts under this model; the others are not in it."""
        with self._reported():
            return cache.lookup(self._db, model, texts)

    def remember(self, model: str, items: Iterable[tuple[str, Analysis]]) -> None:
        """Keep what the model found in each text; nothing happens if the corpus can only be read."""
        if self.writable:
            with self._reported():
                cache.store(self._db, model, items)

    def info(self) -> Table:
        """Return how much of everything there is: columns item, value."""
        with self._reported():
            return info(self._db)

    def check(self) -> Table:
        """Return the problems of the file, none if all is well: columns problem, where, detail."""
        with self._reported():
            return check(self._db, self.path)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        with files.reported(self.path):
            yield

    def _fetch(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        # All rows at once: an open cursor would hold back a write between two of them.
        with self._reported():
            return self._db.execute(sql, values).fetchall()

    def _insert(self, page: Page) -> bool:
        db = self._db
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        added = db.execute(
            f"INSERT INTO sources ({rows.SOURCE}, loaded_at) VALUES ({_marks(10)})"
            " ON CONFLICT (digest) DO NOTHING",
            rows.storable((*rows.source_row(page), now)),
        )
        if not added.rowcount:
            return False
        key = added.lastrowid
        for article in page.articles:
            self._insert_text(article)
        self._insert_rows(
            f"article_sources (source_id, number, article_id, {rows.ARTICLE})",
            ((key, n, item.id, *rows.article_row(item)) for n, item in enumerate(page.articles, 1)),
        )
        self._insert_rows(
            f"headlines (source_id, number, {rows.HEADLINE})",
            ((key, n, *rows.headline_row(item)) for n, item in enumerate(page.headlines, 1)),
        )
        self._insert_rows(
            "furniture (source_id, number, line, text)",
            ((key, n, *item) for n, item in enumerate(page.furniture, 1)),
        )
        return True
