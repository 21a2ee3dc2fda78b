"""Opening a corpus file: what is there, in which mode it can be opened, and what went wrong, in words."""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsmine.corpus import schema
from newsmine.errors import CorpusError

_SMALLEST = 512
_CHECK = "`newsmine corpus check` tells whether the file is whole"
_REASONS = {
    sqlite3.SQLITE_BUSY: ("another process is writing to {path}", "try again when it is done"),
    sqlite3.SQLITE_LOCKED: ("another process is writing to {path}", "try again when it is done"),
    sqlite3.SQLITE_NOTADB: ("{path} is not a corpus: not an SQLite file", "name a corpus with --corpus"),
    sqlite3.SQLITE_CORRUPT: ("the corpus {path} is damaged", _CHECK),
    sqlite3.SQLITE_FULL: ("no space left to write {path}", f"make room; {_CHECK}"),
    sqlite3.SQLITE_READONLY: (
        "the corpus {path} can only be read",
        "check the permissions of file and folder",
    ),
    sqlite3.SQLITE_CANTOPEN: ("cannot open the corpus {path}", "check the permissions of file and folder"),
}


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Raise CorpusError for what SQLite or the system raises in the block."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        message, hint = _REASONS.get(code, ("the corpus {path} failed: {error}", _CHECK))
        raise CorpusError(message.format(path=path, error=error), hint=hint) from error
    except json.JSONDecodeError as error:
        raise CorpusError(f"the corpus {path} is damaged: a list in it is no JSON", hint=_CHECK) from error
    except OSError as error:
        raise CorpusError(
            f"cannot open the corpus {path}: {error.strerror}", hint="check the path and its permissions"
        ) from error


def open_file(path: Path, *, create: bool, timeout: float) -> tuple[sqlite3.Connection, bool]:
    """Return a connection to the corpus, and whether it can be written to; if so, its schema is the newest.

    A file that cannot be written to is opened for reading, if its schema is not too old for that. Raises CorpusError
    if there is none (unless it is to be made), if it is no corpus, or one of a newer version. A file that is no corpus
    is never written to.
    """
    with reported(path):
        # SQLite puts its log beside the file that a link leads to.
        file = Path(os.path.realpath(path))
        found = _version(path, file, timeout)
        if found == 0 and not create:
            raise CorpusError(f"there is no corpus at {path}", hint="newsmine load PATH…")
        if found == 0:
            file.parent.mkdir(parents=True, exist_ok=True)
        writable = can_write(file)
        newest = len(schema.MIGRATIONS)
        if found > newest:
            raise CorpusError(
                f"the corpus {path} was made by a newer newsmine (schema {found}, known: {newest})",
                hint="upgrade newsmine",
            )
        if 0 < found < min(newest, schema.READABLE) and not writable:
            raise CorpusError(
                f"the corpus {path} was made by an older newsmine and cannot be written to",
                hint="open it once where it can be written to",
            )
        return _connect(file, found, timeout, writable=writable), writable


def can_write(file: Path) -> bool:
    """Tell whether the file, or a new one of that name, can be written to; the log needs its folder to be."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def _version(path: Path, file: Path, timeout: float) -> int:
    """Return the schema version of the file, 0 if there is none or it is empty; refuse what is no corpus.

    Another application's database is only looked at: opened in the usual way, its log might be written back.
    """
    if file.is_dir():
        raise CorpusError(f"{path} is a folder", hint=f"name a file: {path / 'corpus.db'}")
    if not file.exists():
        return 0
    if not file.is_file():
        raise CorpusError(f"{path} is not a file", hint="name a corpus with --corpus")
    # SQLite takes a file too short for a page for empty, and would write over it. Only the size counts:
    # opening and closing the file would drop the locks that this process holds on it by other connections.
    size = file.stat().st_size
    if size == 0:
        return 0
    if size < _SMALLEST:
        message, hint = _REASONS[sqlite3.SQLITE_NOTADB]
        raise CorpusError(message.format(path=path), hint=hint)
    with closing(_open(file, _reading(file), timeout)) as db:
        owner = db.execute("PRAGMA application_id").fetchone()[0]
        if owner == schema.APPLICATION_ID:
            return schema.version(db)
        # Of a file that is just being made, the first page, which holds the owner, is written first.
        if owner or db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise CorpusError(f"{path} is a database of another application", hint="name another file with --corpus")
        return 0


def _connect(file: Path, found: int, timeout: float, *, writable: bool) -> sqlite3.Connection:
    mode = "rwc" if found == 0 else "rw"
    db = _open(file, mode if writable else _reading(file), timeout)
    try:
        if found == 0:
            _use_log(db, timeout)
        if writable and found < len(schema.MIGRATIONS):
            schema.migrate(db, schema.MIGRATIONS)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("SELECT 1 FROM sources LIMIT 1").fetchall()
    except BaseException:
        db.close()
        raise
    return db


def _open(file: Path, mode: str, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode={mode}", timeout=timeout, isolation_level=None, uri=True)


def _reading(file: Path) -> str:
    """Return the mode for a file that must not change: immutable, unless a log shows that others may write.

    Plain "ro" would leave a log of its own behind, which the file's owner could then not write to.
    """
    log, index = (file.with_name(file.name + suffix) for suffix in ("-wal", "-shm"))
    return "ro" if index.exists() or (log.exists() and log.stat().st_size) else "ro&immutable=1"


def _use_log(db: sqlite3.Connection, timeout: float) -> None:
    """Switch to write-ahead logging, by which readers and a writer do not wait for each other.

    For this switch SQLite does not wait for other processes by itself: two makers of one file would collide.
    """
    deadline = time.monotonic() + timeout
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchall()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
