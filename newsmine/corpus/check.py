"""What a corpus holds, and what is wrong with it."""

import sqlite3
from pathlib import Path

from newsmine.corpus.schema import WITH_FILES, version
from newsmine.table import Cell, Row, Table

_COUNTS = {
    "sources": "SELECT count(*) FROM sources",
    "articles": "SELECT count(*) FROM article_texts",
    "paragraphs": "SELECT count(*) FROM paragraphs",
    "headlines": "SELECT count(*) FROM headlines",
    "distinct headline texts": "SELECT count(DISTINCT text) FROM headlines",
    "furniture lines": "SELECT count(*) FROM furniture",
    "analyses": "SELECT count(*) FROM analyses",
    "publishers": """SELECT count(*) FROM (
        SELECT publisher FROM sources UNION SELECT publisher FROM article_sources UNION
        SELECT publisher FROM headlines) WHERE publisher IS NOT NULL""",
    "earliest date": """SELECT min(day) FROM (
        SELECT min(published) AS day FROM article_sources UNION SELECT min(published) FROM headlines)""",
    "latest date": """SELECT max(day) FROM (
        SELECT max(published) AS day FROM article_sources UNION SELECT max(published) FROM headlines)""",
}
_LOADS = {
    "files": "SELECT count(*) FROM files",
    "copies": "SELECT count(*) FROM copies",
    "skipped": "SELECT count(*) FROM skipped",
}

# Each yields (where, detail) in a total order; where nothing is named, it is the file.
_PROBLEMS = {
    "damaged file": """
        SELECT NULL, integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'""",
    "broken reference": """
        SELECT "table" || ' row ' || rowid, 'no such row in ' || parent FROM pragma_foreign_key_check
        ORDER BY "table", rowid, parent""",
    "lines that are not accounted for": """
        SELECT path, lines || ' lines, ' || body_lines || ' of body, ' || item_lines || ' of items, '
               || (SELECT count(*) FROM furniture WHERE source_id = id) || ' of furniture'
        FROM sources
        WHERE lines <> body_lines + item_lines + (SELECT count(*) FROM furniture WHERE source_id = id)
        ORDER BY path, digest""",
    "more items than lines": """
        SELECT path, count(*) || ' items on ' || item_lines || ' lines'
        FROM sources JOIN headlines ON source_id = id
        WHERE list <> 'article' GROUP BY id HAVING count(*) > item_lines ORDER BY path, digest""",
    "article without text": """
        SELECT id, 'neither a title nor a paragraph' FROM article_texts
        WHERE coalesce(title, '') = '' AND id NOT IN (SELECT article_id FROM paragraphs) ORDER BY id""",
    "article without a source": """
        SELECT id, coalesce(title, '') FROM article_texts
        WHERE id NOT IN (SELECT article_id FROM article_sources) ORDER BY id""",
    "missing paragraph": """
        SELECT article_id, count(*) || ' paragraphs, the last is number ' || max(number) FROM paragraphs
        GROUP BY article_id HAVING count(*) <> max(number) OR min(number) <> 1 ORDER BY article_id""",
}


def info(db: sqlite3.Connection) -> Table:
    """Return how much of everything the corpus holds: columns item, value."""
    counts = _COUNTS | _LOADS if version(db) >= WITH_FILES else _COUNTS
    values: dict[str, Cell] = {item: db.execute(sql).fetchone()[0] for item, sql in counts.items()}
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    values |= {"bytes": pages * size, "schema version": version(db)}
    return Table(("item", "value"), tuple(values.items()))


def check(db: sqlite3.Connection, path: Path) -> Table:
    """Return the problems of the corpus, none if all is well: columns problem, where, detail.

    A file so damaged that a check fails has that as a problem, not as an error.
    """
    rows: list[Row] = []
    for problem, sql in _PROBLEMS.items():
        try:
            rows += [(problem, where or str(path), detail) for where, detail in db.execute(sql)]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
            rows.append(("damaged file", str(path), str(error)))
    return Table(("problem", "where", "detail"), tuple(dict.fromkeys(rows)))
