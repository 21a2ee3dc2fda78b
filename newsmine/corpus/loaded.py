"""What became of each file: gone through to its end, or skipped and why."""

import os
import sqlite3
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsmine.corpus import rows, schema
from newsmine.records import Skipped
from newsmine.table import Table


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it stands on the disk: where size or time of change (in ns) differ, it is read again."""

    path: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Load:
    """A file that was gone through, with what of it was not read; `state` is None for what is no file on the disk."""

    path: str
    state: FileState | None
    skipped: Sequence[Skipped] = ()


def file_state(path: str) -> FileState | None:
    """Return the state of a file, None if it is not a regular file or is not there."""
    try:
        real = os.path.realpath(path)
        status = Path(real).stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return FileState(real, status.st_size, status.st_mtime_ns)


def keep(db: sqlite3.Connection, load: Load) -> None:
    """Write what became of a file in place of what was known of it, inside a transaction of the caller."""
    db.execute("DELETE FROM skipped WHERE file = ?", rows.storable((load.path,)))
    items = [(load.path, item.source, item.reason, item.hint) for item in load.skipped]
    db.executemany("INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?)", map(rows.storable, items))
    if load.state and not load.skipped:
        state = (load.state.path, load.state.size, load.state.modified)
        db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", rows.storable(state))


def knows(db: sqlite3.Connection, file: FileState) -> bool:
    """Tell whether the file was gone through in this very state; of none does a corpus that is too old to know."""
    if schema.version(db) < schema.WITH_FILES:
        return False
    query = "SELECT 1 FROM files WHERE path = ? AND bytes = ? AND modified = ?"
    found = db.execute(query, rows.storable((file.path, file.size, file.modified)))
    return found.fetchone() is not None


def skipped(db: sqlite3.Connection) -> Table:
    """Return what was not read, by source and reason; nothing of a corpus that is too old to know."""
    columns = ("source", "reason", "hint")
    if schema.version(db) < schema.WITH_FILES:
        return Table(columns, ())
    return Table(columns, tuple(db.execute("SELECT source, reason, hint FROM skipped ORDER BY source, reason, hint")))
