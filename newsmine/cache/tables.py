"""The tables of the cache, and everything that is asked of them.

    fingerprints ── analyses

Every result has a checksum, over what it is kept under too: what a failing disk or a crash of the machine has altered
is found out, also where it is no damage to SQLite. Therefore no write waits until the disk has it (`synchronous`).

Entries have row numbers, although their key is unique: rows that are written together stay together, so that to
drop the oldest frees whole pages.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from operator import itemgetter
from zlib import crc32

from newsmine.table import Cell

APPLICATION_ID = int.from_bytes(b"nwsa", "big")
VERSION = 1

_TABLES = (
    "CREATE TABLE fingerprints (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE analyses (
    id INTEGER PRIMARY KEY,
    fingerprint INTEGER NOT NULL,
    digest BLOB NOT NULL,
    used INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    result BLOB NOT NULL,
    UNIQUE (fingerprint, digest)
)""",
    "CREATE INDEX analyses_by_use ON analyses (used)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)
_LEFT = 0.8
# What is dropped goes in slices, between which others can read and write: of so many bytes, and of that share of the
# limit at least, for entries that are scattered free no page at first.
_SLICE = 16 * 2**20
_SMALLEST_SLICE = 0.01
_BESIDE_RESULT = 100
# No result comes near; a damaged length does, and would ask for as much memory.
_LARGEST = 2**26
# A use is written down no more often than this many seconds, or reading would always be writing too.
_USE = 3600


class UnusableError(Exception):
    """What stands in the cache's place is damaged, or no cache of this version."""

    def __init__(self, *, damaged: bool) -> None:
        super().__init__()
        self.damaged = damaged


def prepare(db: sqlite3.Connection) -> None:
    """Make the connection ready, and the tables if there is none; raises sqlite3.Error if there are others."""
    db.text_factory = bytes  # A damaged text may not be UTF-8.
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * _LARGEST)
    db.execute("PRAGMA synchronous = OFF")
    if not count(db):
        db.execute("PRAGMA auto_vacuum = FULL")
        with db:
            db.execute("BEGIN IMMEDIATE")
            # Asked again under the lock: another process may just have made them.
            for statement in _TABLES if not count(db) else ():
                db.execute(statement)
    db.execute(
        """SELECT analyses.id, name, digest, used, checksum, result
        FROM analyses JOIN fingerprints ON fingerprint = fingerprints.id LIMIT 0"""
    )


def count(db: sqlite3.Connection) -> int:
    """Return how many tables and indexes there are."""
    return int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def lookup(
    db: sqlite3.Connection, fingerprint: str, digests: Sequence[str], now: int
) -> tuple[dict[str, bytes], list[int]]:
    """Return the results under the fingerprint and any of the digests, in no order, and what to tell `mark`.

    Raises UnusableError if one is not what was stored.
    """
    name = _name(fingerprint)
    start = crc32(name)
    query = """SELECT id, used BETWEEN ? AND ?, checksum, result FROM analyses
        WHERE fingerprint = (SELECT id FROM fingerprints WHERE name = ?) AND digest = ?"""
    arguments = (now - _USE, now, name.decode())
    found, stale = {}, []
    with db:
        db.execute("BEGIN")
        # In order, neighbours of the index are read together.
        for key, digest in sorted((bytes.fromhex(digest), digest) for digest in digests):
            row = db.execute(query, (*arguments, key)).fetchone()
            if not row:
                continue
            entry, fresh, checksum, result = row
            if not isinstance(result, bytes) or checksum != _checksum(start, key, result):
                raise UnusableError(damaged=True)
            found[digest] = result
            if not fresh:
                stale.append(entry)
    return found, stale


def mark(db: sqlite3.Connection, entries: Sequence[int], now: int) -> None:
    """Write down that the entries are used now."""
    with db:
        db.executemany("UPDATE analyses SET used = ? WHERE id = ?", ((now, entry) for entry in entries))


def store(db: sqlite3.Connection, fingerprint: str, items: Iterable[tuple[str, bytes]], now: int) -> None:
    """Keep these results under the fingerprint and their digests, in one transaction."""
    name = _name(fingerprint)
    start = crc32(name)
    pairs = sorted(((bytes.fromhex(digest), result) for digest, result in items), key=itemgetter(0))
    with db:
        db.execute("INSERT INTO fingerprints (name) VALUES (?) ON CONFLICT DO NOTHING", (name.decode(),))
        db.executemany(
            """INSERT INTO analyses (fingerprint, digest, used, checksum, result)
            VALUES ((SELECT id FROM fingerprints WHERE name = ?), ?, ?, ?, ?)
            ON CONFLICT (fingerprint, digest) DO UPDATE
            SET used = excluded.used, checksum = excluded.checksum, result = excluded.result""",
            (
                (name.decode(), key, now, _checksum(start, key, result), result)
                for key, result in pairs
                if len(result) <= _LARGEST
            ),
        )


def shrink(db: sqlite3.Connection, limit: int) -> None:
    """If the file is larger than the limit, drop what was used longest ago until it is at most 80% of that."""
    if size(db) > limit:
        while (excess := size(db) - limit * _LEFT) > 0:
            if not _drop(db, max(min(excess, _SLICE), limit * _SMALLEST_SLICE)):
                return


def clear(db: sqlite3.Connection) -> int:
    """Drop everything and return how many entries that was."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        entries = int(db.execute("SELECT count(*) FROM analyses").fetchone()[0])
        db.execute("DELETE FROM analyses")
        db.execute("DELETE FROM fingerprints")
    return entries


def size(db: sqlite3.Connection) -> int:
    """Return the size of the file in bytes."""
    pages, page = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * page)


def info(db: sqlite3.Connection) -> dict[str, Cell]:
    """Return how many entries there are, of how many fingerprints, and when the first and the last were used."""
    entries, *uses = db.execute(
        """SELECT count(*), strftime('%Y-%m-%dT%H:%M:%SZ', min(used), 'unixepoch'),
        strftime('%Y-%m-%dT%H:%M:%SZ', max(used), 'unixepoch') FROM analyses"""
    ).fetchone()
    fingerprints = db.execute("SELECT count(*) FROM fingerprints").fetchone()[0]
    oldest, latest = (use and use.decode() for use in uses)
    return {"entries": entries, "fingerprints": fingerprints, "oldest use": oldest, "latest use": latest}


def _drop(db: sqlite3.Connection, wanted: float) -> int:
    """Drop entries of so many bytes, those used longest ago first, and return how many entries these were."""
    oldest, freed = [], 0
    with db:
        db.execute("BEGIN IMMEDIATE")
        with closing(db.execute("SELECT id, coalesce(length(result), 0) FROM analyses ORDER BY used, id")) as entries:
            for entry, length in entries:
                oldest.append((entry,))
                freed += length + _BESIDE_RESULT
                if freed >= wanted:
                    break
        db.executemany("DELETE FROM analyses WHERE id = ?", oldest)
        db.execute(
            "DELETE FROM fingerprints WHERE NOT EXISTS (SELECT 1 FROM analyses WHERE fingerprint = fingerprints.id)"
        )
    return len(oldest)


def _name(fingerprint: str) -> bytes:
    """Return the fingerprint in UTF-8; one with a file name in it may hold lone surrogates."""
    return fingerprint.encode("utf-8", "backslashreplace")


def _checksum(start: int, key: bytes, result: bytes) -> int:
    return crc32(result, crc32(key, start))
