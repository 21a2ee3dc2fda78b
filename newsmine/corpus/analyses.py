"""What was found in documents, as bytes under a fingerprint and a digest, so that no document is analysed twice."""

import sqlite3
from collections.abc import Iterable, Sequence

from newsmine.corpus.schema import transaction


def lookup(db: sqlite3.Connection, fingerprint: str, digests: Sequence[str]) -> dict[str, bytes]:
    """Return what is kept under the fingerprint and any of the digests, in the order of these."""
    query = """SELECT result FROM analyses
        WHERE fingerprint = (SELECT id FROM fingerprints WHERE name = ?) AND digest = ?"""
    found: dict[str, bytes] = {}
    for digest in digests:
        row = db.execute(query, (_name(fingerprint), bytes.fromhex(digest))).fetchone()
        if row:
            found[digest] = row[0]
    return found


def store(db: sqlite3.Connection, fingerprint: str, items: Iterable[tuple[str, bytes]]) -> None:
    """Keep these results under the fingerprint and their digests, in one transaction."""
    rows = [(_name(fingerprint), bytes.fromhex(digest), result) for digest, result in items]
    if rows:
        with transaction(db):
            db.execute("INSERT INTO fingerprints (name) VALUES (?) ON CONFLICT DO NOTHING", rows[0][:1])
            db.executemany(
                """INSERT INTO analyses (fingerprint, digest, result)
                VALUES ((SELECT id FROM fingerprints WHERE name = ?), ?, ?)
                ON CONFLICT (fingerprint, digest) DO UPDATE SET result = excluded.result""",
                rows,
            )


def _name(fingerprint: str) -> str:
    """Return the fingerprint as SQLite takes it: one with a file name in it may hold lone surrogates."""
    return fingerprint.encode("utf-8", "backslashreplace").decode()
