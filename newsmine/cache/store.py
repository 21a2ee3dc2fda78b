"""The cache as its users see it: what is remembered, and never an error in a run."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, TypeVar

from newsmine.cache import files, tables
from newsmine.config import cache_path
from newsmine.errors import CacheError
from newsmine.table import Table

_T = TypeVar("_T")
_Task = Literal["look up", "mark", "keep"]

LIMIT = 2**30
_TRIES = 5
_LOSSES: dict[_Task, str | None] = {
    "look up": "results are neither looked up nor kept",
    "mark": None,
    "keep": "results are not kept",
}
_LOSSES_WHILE_BUSY: dict[_Task, str | None] = {
    "look up": "some results are not looked up",
    "mark": None,
    "keep": "some results are not kept",
}


class Cache:
    """A context manager over one SQLite file of results that can be computed again.

    The file is the one given, else the one of `newsmine.config.cache_path`; it is made when there is something to
    keep. Several processes may use it at once. When it is larger than `limit` bytes, the entries used longest ago go,
    until it is at most 80% of that. A lock is waited for up to `timeout` seconds the first time, then no more.

    `analyses` and `remember` never fail for the file's sake: what cannot be used is put away, what cannot be read or
    written is done without, and `notes` tells of it, each thing once. `info` and `clear` raise CacheError.
    """

    def __init__(self, path: str | Path | None = None, *, limit: int = LIMIT, timeout: float = 5.0) -> None:
        self.path = Path(path) if path else cache_path()
        self.limit = limit
        self.notes: list[str] = []
        self._timeout = timeout
        self._db: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._given_up: set[_Task] = set()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is asked afterwards opens it again."""
        if self._db:
            self._db.close()
            self._db = None

    def analyses(self, fingerprint: str, digests: Sequence[str]) -> dict[str, bytes]:
        """Return what is remembered under the fingerprint, by digest in the order given; what never was is not in it.

        The fingerprint names model, versions and rules; a digest, in hexadecimal, stands for a document's texts.
        """
        now = int(time.time())
        found, stale = self._attempt("look up", lambda db: tables.lookup(db, fingerprint, digests, now)) or ({}, [])
        if stale:
            self._attempt("mark", lambda db: tables.mark(db, stale, now))
        return {digest: found[digest] for digest in digests if digest in found}

    def remember(self, fingerprint: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Keep a result for each digest, if possible."""
        kept = list(items)

        def work(db: sqlite3.Connection) -> None:
            tables.store(db, fingerprint, kept, int(time.time()))
            tables.shrink(db, self.limit)

        if kept:
            self._attempt("keep", work, create=True)

    def info(self) -> Table:
        """Return where the cache is and how much it holds: columns item, value."""
        held = self._do(lambda db: {"bytes": tables.size(db), **tables.info(db)})
        empty = {"bytes": 0, "entries": 0, "fingerprints": 0, "oldest use": None, "latest use": None}
        items = {"file": str(self.path), "limit": self.limit, **(held or empty)}
        return Table(("item", "value"), tuple(items.items()))

    def clear(self) -> int:
        """Remove everything, the space too, and return how many entries that was."""
        return self._do(tables.clear) or 0

    def _attempt(self, task: _Task, work: Callable[[sqlite3.Connection], _T], *, create: bool = False) -> _T | None:
        """Do the work, or note why that cannot be; then it is tried no more, unless the file was only busy."""
        if task in self._given_up:
            return None
        try:
            return self._do(work, create=create)
        except CacheError as error:
            busy = isinstance(error, files.BusyError)
            loss = (_LOSSES_WHILE_BUSY if busy else _LOSSES)[task]
            if loss:
                self._note(f"{error.message}; {loss}")
            if not busy:
                self._given_up |= {task} if task != "look up" else {"look up", "mark", "keep"}
            return None

    def _do(self, work: Callable[[sqlite3.Connection], _T], *, create: bool = False) -> _T | None:
        """Return what the work returns, None if there is no file; what cannot be used is put away first."""
        if self.path is None:
            raise CacheError("there is no folder for a cache", hint="NEWSMINE_CACHE names one")
        for _ in range(_TRIES):
            try:
                with files.reported(self.path):
                    db = self._open(self.path, create=create)
                    return work(db) if db else None
            except tables.UnusableError as error:
                # Looked at while the file is open: the number of a removed file is soon used again.
                replaced = files.identity(self.path) != self._opened
                self.close()
                if not replaced:
                    with files.reported(self.path):
                        self._note(files.put_away(self.path, damaged=error.damaged))
            except BaseException as error:
                self.close()
                if isinstance(error, files.BusyError):
                    self._timeout = 0.0
                raise
        raise CacheError(f"the cache {self.path} cannot be repaired", hint="remove the file")

    def _open(self, path: Path, *, create: bool) -> sqlite3.Connection | None:
        if not self._db:
            self._opened = files.identity(path)
            self._db = files.open_file(path, create=create, timeout=self._timeout)
            self._opened = self._opened or files.identity(path)
            if self._db:
                tables.prepare(self._db)
        return self._db

    def _note(self, text: str | None) -> None:
        if text and text not in self.notes:
            self.notes.append(text)
