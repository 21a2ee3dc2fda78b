"""The tables of a corpus, and how a file made by an older version comes to have them.

    sources ─┬─ article_sources ── article_texts ── paragraphs
             ├─ headlines
             ├─ furniture                              fingerprints ── analyses
             ├─ copies
             └─ indexed_sources                        files     skipped

    headline_texts ── headline_forms ── headline_pairs     headline_segments     headline_indexes

One text may stand on several pages, each with a date, section and address of its own: these belong to the
place where it stands (`article_sources`), and the text is kept once. The view `articles` shows each article
once, as it stands on the page whose path sorts first. Dates are ISO text, lists (authors, tags) are JSON. What an
analysis found (`analyses`) are bytes that only its maker, the fingerprint, can read.

A source whose bytes stood in a second place has that in `copies`. `files` tells which files were gone through to their
end, by the path that leads to them without links, with their size and time of change; `skipped` what was not read.

The index of headlines (`headline_indexes` has its one row) holds each distinct headline with its form, in which it is
compared, the forms that are alike, and segments by which more such are found: bytes that only its maker can read.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

APPLICATION_ID = int.from_bytes(b"nwsm", "big")

Migration = tuple[str, ...]

_FIRST: Migration = (
    """CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    publisher TEXT,
    reader TEXT NOT NULL,
    encoding TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    lines INTEGER NOT NULL,
    body_lines INTEGER NOT NULL,
    item_lines INTEGER NOT NULL
)""",
    "CREATE INDEX sources_by_path ON sources (path, digest)",
    """CREATE TABLE article_texts (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT,
    subtitle TEXT
)""",
    """CREATE TABLE paragraphs (
    article_id TEXT NOT NULL REFERENCES article_texts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
)""",
    """CREATE TABLE article_sources (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES article_texts (id) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    section TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    published_raw TEXT,
    precision TEXT,
    zone TEXT,
    url TEXT,
    language TEXT,
    publisher TEXT,
    PRIMARY KEY (source_id, number)
)""",
    "CREATE INDEX article_sources_by_article ON article_sources (article_id)",
    "CREATE INDEX article_sources_by_date ON article_sources (published)",
    # Without it, deleting a source would leave texts that stand nowhere.
    """CREATE TRIGGER article_stands_nowhere AFTER DELETE ON article_sources
WHEN NOT EXISTS (SELECT 1 FROM article_sources WHERE article_id = old.article_id)
BEGIN
    DELETE FROM article_texts WHERE id = old.article_id;
END""",
    """CREATE VIEW articles AS
SELECT id, title, subtitle, section, authors, published, published_raw, precision, zone, url, language,
       publisher, path, digest, source_id, number, line
FROM (
    SELECT a.*, s.path, s.digest,
           row_number() OVER (PARTITION BY a.article_id ORDER BY s.path, s.digest, a.number) AS place
    FROM article_sources AS a JOIN sources AS s ON s.id = a.source_id
) JOIN article_texts ON article_texts.id = article_id
WHERE place = 1""",
    """CREATE TABLE headlines (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    list TEXT NOT NULL,
    position INTEGER NOT NULL,
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    raw TEXT NOT NULL,
    subtitle TEXT,
    tags TEXT NOT NULL,
    published TEXT,
    published_raw TEXT,
    precision TEXT,
    zone TEXT,
    url TEXT,
    language TEXT,
    publisher TEXT,
    inferred TEXT NOT NULL,
    PRIMARY KEY (source_id, number)
)""",
    "CREATE INDEX headlines_by_date ON headlines (published)",
    """CREATE TABLE furniture (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (source_id, number)
)""",
    """CREATE TABLE analyses (
    model TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    spans TEXT NOT NULL,
    sentences TEXT NOT NULL,
    PRIMARY KEY (model, text_digest)
)""",
)

# The analyses of old are dropped, not converted: they can be made again.
_SECOND: Migration = (
    "DROP TABLE analyses",
    """CREATE TABLE fingerprints (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
)""",
    """CREATE TABLE analyses (
    fingerprint INTEGER NOT NULL REFERENCES fingerprints (id) ON DELETE CASCADE,
    digest BLOB NOT NULL,
    result BLOB NOT NULL,
    UNIQUE (fingerprint, digest)
)""",
)

# The index of headlines is empty at first; the next load fills it.
_THIRD: Migration = (
    # A number is never given again, so that it tells one index from the next.
    """CREATE TABLE headline_indexes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL
)""",
    """CREATE TABLE headline_forms (
    id INTEGER PRIMARY KEY,
    form TEXT NOT NULL UNIQUE,
    alike INTEGER NOT NULL DEFAULT 0
)""",
    """CREATE TABLE headline_texts (
    text TEXT NOT NULL PRIMARY KEY,
    form INTEGER NOT NULL REFERENCES headline_forms (id)
) WITHOUT ROWID""",
    """CREATE TABLE headline_pairs (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    score REAL NOT NULL,
    guard TEXT,
    PRIMARY KEY (a, b)
) WITHOUT ROWID""",
    """CREATE TABLE headline_segments (
    id INTEGER PRIMARY KEY,
    content BLOB NOT NULL
)""",
    """CREATE TABLE indexed_sources (
    source_id INTEGER PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE
)""",
)

# What was loaded before is looked at once more, and found to be there.
_FOURTH: Migration = (
    """CREATE TABLE files (
    path TEXT NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified INTEGER NOT NULL
) WITHOUT ROWID""",
    """CREATE TABLE skipped (
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    hint TEXT NOT NULL,
    PRIMARY KEY (file, source, reason)
) WITHOUT ROWID""",
    """CREATE TABLE copies (
    source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    PRIMARY KEY (source_id, path)
) WITHOUT ROWID""",
)

MIGRATIONS: tuple[Migration, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH)

READABLE = 2
"""The oldest version that can be read as it is."""

WITH_INDEX = 3
"""The oldest version that has an index of headlines."""

WITH_FILES = 4
"""The oldest version that knows files, copies and what was skipped."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Hold the write lock for the block, then commit; whatever ends the block early undoes all of it."""
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def version(db: sqlite3.Connection) -> int:
    """Return the schema version of the file: the number of migrations made, 0 for a file without tables."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """Bring the file to the newest schema in one transaction; an empty file gets all of it.

    Foreign keys must be off, so that a migration may rebuild a table that others refer to.
    """
    with transaction(db):
        # Read under the lock: another process may just have done it.
        for statements in migrations[version(db) :]:
            for statement in statements:
                db.execute(statement)
        if version(db) < len(migrations):
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {len(migrations)}")
