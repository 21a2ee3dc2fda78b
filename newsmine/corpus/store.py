"""The corpus as records: pages go in whole, and come out in an order that does not tell how they went in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from newsmine.corpus import analyses, check, files, loaded, tables
from newsmine.corpus.headline_index import HeadlineIndex
from newsmine.corpus.loaded import FileState, Load
from newsmine.corpus.schema import transaction
from newsmine.errors import CorpusError
from newsmine.records import Article, Headline, Page
from newsmine.table import Table


class Corpus:
    """A context manager over one SQLite file of loaded pages.

    With `create`, a file that is not there is made, its folder too. Other processes may read and load at the
    same time; a write waits up to `timeout` seconds for theirs. `writable` tells whether the file can be
    written to. Every failure of the file is a CorpusError.

    What is read is what was loaded when the reading began; pages that others add meanwhile are left out.
    """

    def __init__(self, path: str | Path, *, create: bool = False, timeout: float = 30.0) -> None:
        self.path = Path(path)
        self._db, self.writable = files.open_file(self.path, create=create, timeout=timeout)
        self.headline_index = HeadlineIndex(self._db, self.path)
        """Which headlines are alike, as far as that has been found; see `newsmine.headlines.indexing`."""

    def __enter__(self) -> Corpus:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing it twice does no harm."""
        with files.reported(self.path):
            self._db.close()

    def has(self, digest: str) -> bool:
        """Tell whether a source with these bytes is there, so that they need not be read again."""
        with files.reported(self.path):
            found = self._db.execute("SELECT 1 FROM sources WHERE digest = ?", (digest,))
            return found.fetchone() is not None

    def add(self, page: Page) -> bool:
        """Load a page, whole or not at all; return False if a source with the same bytes is there already.

        Its records take the page's path and digest, and keep a publisher of their own. Articles of one id are
        taken to have one title, subtitle and text. Raises ValueError for a page without a digest.
        """
        return self.add_all([page])[0]

    def add_all(self, pages: Sequence[Page], loads: Sequence[Load] = ()) -> list[bool]:
        """Load pages as `add` does, and keep what became of files, all of it or nothing; return what `add` returns.

        A page whose bytes are there already from another path has that path kept among the copies. A corpus that cannot
        be written to takes only pages that are there already.
        """
        for page in pages:
            if not page.source.digest:
                raise ValueError(f"the page {page.source.path} has no digest")
        if not self.writable:
            # What is there already can be loaded again where nothing can be written; nothing is remembered of it.
            if not all(self.has(page.source.digest) for page in pages):
                raise CorpusError(
                    f"the corpus {self.path} can only be read", hint="check the permissions of file and folder"
                )
            return [False] * len(pages)
        with files.reported(self.path):
            if not loads and all(tables.stands(self._db, page.source) for page in pages):
                return [False] * len(pages)
        with files.reported(self.path), transaction(self._db):
            added = [tables.insert(self._db, page) for page in pages]
            for load in loads:
                loaded.keep(self._db, load)
            return added

    def knows(self, file: FileState) -> bool:
        """Tell whether a file was gone through to its end in this state, and nothing of it was skipped."""
        with files.reported(self.path):
            return loaded.knows(self._db, file)

    def skipped(self) -> Table:
        """Return what the last load of each file did not read: columns source, reason, hint."""
        with files.reported(self.path):
            return loaded.skipped(self._db)

    def pages(self) -> Iterator[Page]:
        """Yield the pages by path, then digest."""
        for place in self._places():
            with files.reported(self.path):
                page = tables.read(self._db, place)
            yield page

    def articles(self) -> Iterator[Article]:
        """Yield each article once, in the order of the pages, as it stands on the first that has it."""
        with files.reported(self.path):
            first = tables.first_places(self._db)
        for place, numbers in first:
            with files.reported(self.path):
                articles = tables.articles(self._db, place)
            yield from (article for number, article in enumerate(articles, 1) if number in numbers)

    def headlines(self) -> Iterator[Headline]:
        """Yield every headline of every page, in the order of the pages."""
        for place in self._places():
            with files.reported(self.path):
                headlines = tables.headlines(self._db, place)
            yield from headlines

    def analyses(self, fingerprint: str, digests: Sequence[str]) -> dict[str, bytes]:
        """Return what is remembered under the fingerprint, by digest; what never was is not in it.

        The fingerprint names model, versions and rules; a digest, in hexadecimal, stands for a document's texts.
        """
        with files.reported(self.path):
            return analyses.lookup(self._db, fingerprint, digests)

    def remember(self, fingerprint: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Keep a result for each digest; nothing happens if the corpus can only be read."""
        if self.writable:
            with files.reported(self.path):
                analyses.store(self._db, fingerprint, items)

    def info(self) -> Table:
        """Return how much of everything there is: columns item, value."""
        with files.reported(self.path):
            return check.info(self._db)

    def check(self) -> Table:
        """Return the problems of the file, none if all is well: columns problem, where, detail."""
        with files.reported(self.path):
            return check.check(self._db, self.path)

    def _places(self) -> list[tables.Place]:
        # Read at once: a cursor left open would hold an old state of the file, to which nothing can be added.
        with files.reported(self.path):
            return tables.places(self._db)
