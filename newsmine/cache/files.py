"""The file of the cache: opening it, and putting out of the way what cannot be used."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from newsmine.cache import tables
from newsmine.errors import CacheError

_OURS = (tables.APPLICATION_ID, tables.VERSION)
_SMALLEST = 512
_COMPANIONS = ("-journal", "-wal", "-shm")
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_ERROR,  # other tables, other columns
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_TOOBIG,
}
_REASONS = {
    sqlite3.SQLITE_READONLY: "it can only be read",
    sqlite3.SQLITE_CANTOPEN: "no permission for the file or its folder",
    sqlite3.SQLITE_FULL: "no space left",
}


class BusyError(CacheError):
    """Another process holds the lock for longer than the cache waits."""


@contextmanager
def reported(file: Path) -> Iterator[None]:
    """Raise UnusableError where putting the file away helps, CacheError for all else that SQLite or the system raises.

    An error of SQLite without a code is a mistake of the caller, and stays what it is.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        # SQLite takes a header with an unknown version for one of the future, and the file for one only to be read.
        odd = code == sqlite3.SQLITE_READONLY and os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
        if odd or code & 0xFF in _DAMAGED:
            raise tables.UnusableError(damaged=True) from error
        if code == sqlite3.SQLITE_READONLY_DBMOVED:
            raise tables.UnusableError(damaged=False) from error
        if code & 0xFF in _BUSY:
            raise BusyError(
                f"another process is writing to the cache {file}", hint="try again when it is done"
            ) from error
        raise _refused(file, _REASONS.get(code & 0xFF, str(error))) from error
    except UnicodeDecodeError as error:
        # SQLite's own message quotes a damaged name.
        raise tables.UnusableError(damaged=True) from error
    except MemoryError as error:
        raise _refused(file, "not enough memory") from error
    except OSError as error:
        raise _refused(file, error.strerror or str(error)) from error


def _refused(file: Path, reason: str) -> CacheError:
    return CacheError(f"cannot use the cache {file}: {reason}", hint="NEWSMINE_CACHE names another folder for it")


def open_file(file: Path, *, create: bool, timeout: float) -> sqlite3.Connection | None:
    """Return a connection for `tables.prepare`, None if there is no cache and none is to be made.

    A file that cannot be written to is opened for reading. Raises UnusableError for one that is no cache.
    """
    if _is_free(file):
        if not create:
            return None
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not _is_ours(file):
        raise tables.UnusableError(damaged=False)
    return sqlite3.connect(file, timeout=timeout, isolation_level="IMMEDIATE")


def identity(file: Path) -> tuple[int, int] | None:
    """Return what tells the file from another that has taken its place, None if none can be seen."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def put_away(file: Path, *, damaged: bool) -> str | None:
    """Remove a former cache from the cache's place, move away anything else, and return in words what was done.

    Return None if there is nothing to do: a file that is not `damaged` may have been replaced by another process.
    """
    if not damaged and (_is_free(file) or _is_ours(file)):
        return None
    new = None if _was_ours(file) else _free_name(file)
    # The database goes last: whatever happens in between, no journal of the old one is left for the new one.
    for suffix in (*_COMPANIONS, ""):
        old = file.with_name(file.name + suffix)
        with suppress(FileNotFoundError):
            if new:
                old.replace(new.with_name(new.name + suffix))
            else:
                old.unlink()
    if new:
        return f"{file} is no cache of newsmine: moved to {new.name}"
    return f"the cache {file} was damaged, or of another version, and starts anew"


def _is_free(file: Path) -> bool:
    return not file.exists() or (file.is_file() and file.stat().st_size == 0)


def _is_ours(file: Path) -> bool:
    """Tell by the file's header whether it is a cache of this version, or one that is just being made.

    It is only looked at: opened in the usual way, the log of another application's database might be written back.
    """
    # SQLite takes a file too short for a page for empty, and waits for a pipe to be written to.
    if not file.is_file() or file.stat().st_size < _SMALLEST:
        return False
    if file.with_name(f"{file.name}-journal").exists() and _was_ours(file):
        return True  # A killed process left it half written: SQLite mends it as it opens it.
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            owner, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
            if (owner, version) == _OURS:
                return True
            log = file.with_name(f"{file.name}-wal")
            return owner == version == 0 and not log.exists() and not tables.count(db)
    except UnicodeDecodeError:
        return False
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        return False


def _was_ours(file: Path) -> bool:
    """Tell by the file's first bytes, which may be all that is left, whether newsmine has made it."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        start = opened.read(72)
    return start[:16] == b"SQLite format 3\0" and start[68:] == tables.APPLICATION_ID.to_bytes(4, "big")


def _free_name(file: Path) -> Path:
    names = (file.with_name(f"{file.name}.moved{number or ''}") for number in count())
    return next(name for name in names if not os.path.lexists(name))
