"""What a corpus holds is counted, and each kind of damage is found."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from corpus_worker import page

from newsmine.corpus import Corpus
from newsmine.errors import CorpusError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        for number in (1, 2, 11):
            corpus.add(page(number))
        corpus.remember("m", [("aa", b"what was found")])
    return tmp_path / "c.db"


def test_info_counts_everything(path: Path):
    with Corpus(path) as corpus:
        table = corpus.info()
    assert table.columns == ("item", "value")
    values = dict(table.rows)
    assert values.pop("bytes") == path.stat().st_size
    assert values == {
        "sources": 3, "articles": 2, "paragraphs": 4, "headlines": 600, "distinct headline texts": 600,
        "furniture lines": 3, "analyses": 1, "publishers": 1, "earliest date": "2024-02-28",
        "latest date": "2024-02-28", "schema version": 4, "files": 0, "copies": 0, "skipped": 0,
    }  # fmt: skip


def test_an_empty_corpus_has_counts_and_no_problems(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        values = dict(corpus.info().rows)
        assert values["sources"] == values["publishers"] == 0
        assert values["earliest date"] is None
        assert corpus.check().columns == ("problem", "where", "detail")
        assert corpus.check().rows == ()


@pytest.mark.parametrize(
    ("damage", "problem", "where"),
    [
        ("DELETE FROM furniture WHERE source_id = 1", "lines that are not accounted for", "pages/00001.txt"),
        ("UPDATE sources SET item_lines = 9, lines = 14", "more items than lines", None),
        ("DELETE FROM paragraphs WHERE number = 1", "missing paragraph", None),
        ("DELETE FROM sources WHERE id = 2", "broken reference", None),
        ("DELETE FROM article_sources", "article without a source", None),
        ("DELETE FROM paragraphs; UPDATE article_texts SET title = NULL", "article without text", None),
        ("DELETE FROM fingerprints", "broken reference", None),
    ],
)  # fmt: skip
def test_each_problem_is_found(path: Path, damage: str, problem: str, where: str | None):
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER article_stands_nowhere")
        db.executescript(damage)
    with Corpus(path) as corpus:
        rows = corpus.check().rows
    assert {row[0] for row in rows} == {problem}
    assert where is None or [row[1] for row in rows] == [where]


def test_an_articles_own_title_is_no_listed_item(path: Path):
    with closing(sqlite3.connect(path)) as db:
        db.executescript("UPDATE headlines SET list = 'article' WHERE number = 1;"
                         "UPDATE sources SET item_lines = 199, body_lines = 5")  # fmt: skip
    with Corpus(path) as corpus:
        assert corpus.check().rows == ()


def test_overwritten_pages_are_reported_by_check_and_by_reading(path: Path):
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * (path.stat().st_size - 4096 * 2))
    with pytest.raises(CorpusError, match="damaged") as caught, Corpus(path) as corpus:
        list(corpus.headlines())
    assert "newsmine corpus check" in (caught.value.hint or "")


def test_check_lists_damage_instead_of_failing(path: Path):
    with closing(sqlite3.connect(path)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'headlines'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 4096)
    with Corpus(path) as corpus:
        problems = corpus.check().rows
    assert "damaged file" in {row[0] for row in problems}
    assert str(path) in {row[1] for row in problems}
