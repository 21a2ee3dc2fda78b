"""The index of headlines gives what a search gives, however the corpus came to be, and is left out if in doubt."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsmine
from newsmine.cli.app import app
from newsmine.cli.reporter import Reporter
from newsmine.corpus import Corpus, files, schema
from newsmine.headlines import headline_table, indexing, near_table
from newsmine.headlines.grouping import stories
from newsmine.headlines.indexing import fingerprint, update
from newsmine.records import Article, Headline, Page, Source, Timestamp, content_id

# Words that make pairs, guards of every kind, names with and without capitals, and headlines without a word.
WORDS = (
    "Sampras Agassi withdraws from the open police charge man woman with murder rises falls 3.4 4.3 percent Baku Tokyo"
    " not minister Monday Friday accuses"
).split()
TEXT = st.one_of(
    st.sampled_from(["", "?!", "東京", "UPDATE 1-Police charge man with murder - Reuters", "nul\x00 police", "POLICE"]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
    st.lists(st.sampled_from(WORDS[4:10]), min_size=4, max_size=6).map(" ".join),
)
DAY = st.none() | st.integers(1, 9).map(lambda n: f"2024-02-0{n}")
ITEM = st.tuples(TEXT, DAY)


def page(number: int, items: Sequence[tuple[str, str | None]], articles: Sequence[tuple[str | None, str]] = ()) -> Page:
    source = Source(f"p{number}.txt", "a", f"digest-{number}")
    made = tuple(
        Headline(text, text, source, "Latest", n, n, published=Timestamp(day, day, "day") if day else None)
        for n, (text, day) in enumerate(items, 1)
    )
    own = tuple(Article(content_id(title, text), source, title, paragraphs=(text,)) for title, text in articles)
    return Page(source, "text", "utf-8", 10, own, made, (), len(own), len(made))


def check_same(corpus: Corpus, *, known: bool = True) -> None:
    """Assert that what the index gives is what a search gives, and that it is there to be asked."""
    found = list(corpus.headlines())
    texts = [headline.text for headline in found]
    days = [headline.published.value if headline.published else None for headline in found]
    index = corpus.headline_index
    assert (index.recall(fingerprint(), texts) is not None) == known
    for subset in (slice(None), slice(0, None, 2)):
        for window in (3, None):
            for threshold in (70, 76, 90):
                options = {"days": days[subset], "window": window, "threshold": threshold}
                plain = stories(texts[subset], **options)  # type: ignore[arg-type]
                kept = stories(texts[subset], index=index, **options)  # type: ignore[arg-type]
                assert kept == plain
                assert list(kept.vetoed) == list(plain.vetoed)
    assert near_table(found, index=index) == near_table(found)
    assert headline_table(found, why=True, index=index) == headline_table(found, why=True)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(ITEM, max_size=14),
    st.lists(st.integers(0, 14), max_size=3),
    st.randoms(),
    st.integers(1, 5),
    st.sampled_from([-1, 0, 1, 2, 100]),
)
def test_any_split_into_loads_in_any_order_gives_the_same(
    items: list[tuple[str, str | None]], cuts: list[int], chance: random.Random, batch: int, crowd: int
) -> None:
    limits = [0, *sorted(cuts), len(items)]
    parts = [page(n, items[a:b]) for n, (a, b) in enumerate(pairwise(limits))]
    chance.shuffle(parts)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "_BATCH", batch)
        patch.setattr(indexing, "_CROWD", crowd)
        with Corpus(Path(folder) / "c.db", create=True) as corpus:
            for part in parts:
                corpus.add(part)
                assert update(corpus.headline_index) is None
            check_same(corpus)
            assert corpus.check().rows == ()


@settings(max_examples=12, deadline=None)
@given(st.lists(TEXT, min_size=2, max_size=8), st.data())
def test_what_stands_under_headlines_is_still_compared(texts: list[str], data: st.DataObject) -> None:
    body = st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), max_size=3)
    bodies = data.draw(st.lists(body, min_size=len(texts), max_size=len(texts)))
    with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder) / "c.db", create=True) as corpus:
        corpus.add(page(1, [(text, None) for text in texts]))
        update(corpus.headline_index)
        assert stories(texts, bodies=bodies, index=corpus.headline_index) == stories(texts, bodies=bodies)


def test_headlines_that_are_like_very_many_are_few_pairs(tmp_path: Path) -> None:
    items = [(f"Exchange rates of the central bank, number {n}", f"2024-02-{n % 28 + 1:02}") for n in range(210)]
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        for n in range(4):
            corpus.add(page(n, items[n::4]))
            update(corpus.headline_index)
        check_same(corpus)
        kept = corpus.headline_index.recall(fingerprint(), [text for text, _ in items])
        assert kept
        assert len(kept.pairs) < 210 * 101 < 210 * 209 // 2


ITEMS = [(" ".join(WORDS[n % 9 : n % 9 + 6]), f"2024-02-0{n % 7 + 1}") for n in range(40)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.add(page(1, ITEMS[:25]))
        corpus.add(page(2, ITEMS[25:]))
        update(corpus.headline_index)
    return tmp_path / "c.db"


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(sql)


def test_titles_and_what_stands_for_them_are_headlines(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        articles = [("Rain in Baku", "P."), (None, "First paragraph."), ("", "Under nothing.")]
        corpus.add(page(1, [("Listed", None)], articles))
        update(corpus.headline_index)
        texts = ["Rain in Baku", "First paragraph.", "", "Under nothing.", "Listed"]
        kept = corpus.headline_index.recall(fingerprint(), texts)
        assert kept
        assert set(kept.forms) == set(texts)
        assert corpus.headline_index.recall(fingerprint(), ["P."]) is None
        assert corpus.headline_index.recall(fingerprint(), ["\ud800"]) is None


def test_what_a_load_left_out_is_noticed_by_the_next(path: Path) -> None:
    with Corpus(path) as corpus:
        corpus.add(page(3, [("Police charge man with murder", None)]))
        check_same(corpus, known=False)
        update(corpus.headline_index)
        check_same(corpus)


def test_an_update_that_ends_between_two_steps_is_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(indexing, "_BATCH", 3)
    with Corpus(path) as corpus:
        corpus.add(page(3, [(f"{text} again", day) for text, day in ITEMS]))
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                update(corpus.headline_index, progress=stop)
        check_same(corpus, known=False)
        update(corpus.headline_index)
        check_same(corpus)


KILLED = """
import sys
from newsmine.corpus import Corpus
from newsmine.headlines import indexing
indexing._BATCH = 2
with Corpus(sys.argv[1]) as corpus:
    indexing.update(corpus.headline_index, progress=lambda done, of: print(done, flush=True))
"""


def test_a_killed_load_leaves_an_index_that_is_right(path: Path) -> None:
    moments = random.Random(3)
    environment = {**os.environ, "PYTHONPATH": str(Path(newsmine.__file__).parents[1])}
    for number in range(3, 6):
        with Corpus(path) as corpus:
            corpus.add(page(number, [(f"{text} {number} {n % 30}", day) for n, (text, day) in enumerate(ITEMS * 3)]))
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, env=environment
        )
        assert process.stdout
        assert process.stdout.readline()
        time.sleep(moments.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with Corpus(path) as corpus:
            assert corpus.check().rows == ()
            found = list(corpus.headlines())
            assert near_table(found, index=corpus.headline_index) == near_table(found)
    with Corpus(path) as corpus:
        assert update(corpus.headline_index) is None
        check_same(corpus)


def test_another_makers_index_is_left_out_and_made_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A wrong verdict, which shows whether it is used.
    change(path, "UPDATE headline_pairs SET score = 100, guard = 'wrong'")
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "fingerprint", lambda: "another")
        with Corpus(path) as corpus:
            assert corpus.headline_index.recall("another", []) is None
            update(corpus.headline_index)
            assert corpus.headline_index.recall(fingerprint(), []) is None
            assert corpus.headline_index.recall("another", [ITEMS[0][0]]) is not None
    with Corpus(path) as corpus:
        update(corpus.headline_index)
        check_same(corpus)


def test_a_damaged_segment_is_noticed_and_made_anew(path: Path) -> None:
    change(path, "UPDATE headline_segments SET content = CAST(substr(content, 1, 200) AS BLOB)")
    with Corpus(path) as corpus:
        check_same(corpus)
        assert update(corpus.headline_index) is None
        corpus.add(page(3, [("Police charge man with murder", None)]))
        assert "damaged" in str(update(corpus.headline_index))
        check_same(corpus)
        corpus.add(page(4, [("Police charge woman with murder", None)]))
        assert update(corpus.headline_index) is None
        check_same(corpus)


def test_an_index_that_is_dropped_meanwhile_is_not_written_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drop(done: int, of: int) -> None:
        with Corpus(path) as other:
            other.headline_index.reset(fingerprint())

    monkeypatch.setattr(indexing, "_BATCH", 3)
    with Corpus(path) as corpus:
        corpus.add(page(3, [(f"{text} again", day) for text, day in ITEMS]))
        update(corpus.headline_index, progress=drop)
        check_same(corpus, known=False)
        update(corpus.headline_index)
        check_same(corpus)


def test_a_source_that_is_deleted_leaves_its_number_to_another(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM sources WHERE id = 2")
    with Corpus(path) as corpus:
        check_same(corpus)
        corpus.add(page(3, [("Police charge man with murder", None)]))
        update(corpus.headline_index)
        check_same(corpus)


def test_a_corpus_without_an_index_is_read_and_gets_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
        with Corpus(path, create=True) as corpus:
            corpus.add(page(1, ITEMS))
    with monkeypatch.context() as patch:
        patch.setattr(files, "can_write", lambda file: False)
        with Corpus(path) as corpus:
            assert dict(corpus.info().rows)["schema version"] == 2
            check_same(corpus, known=False)
    with Corpus(path) as corpus:
        check_same(corpus, known=False)
        update(corpus.headline_index)
        check_same(corpus)


def test_an_index_that_can_only_be_read_is_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "can_write", lambda file: False)
    with Corpus(path) as corpus:
        check_same(corpus)


def test_load_keeps_the_index_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.db"

    def load(name: str, text: str) -> None:
        (tmp_path / name).write_text(text)
        app(["load", str(tmp_path / name), "--corpus", str(path)], standalone_mode=False, obj=Reporter())

    story = '{"title": "Police charge man with murder", "text": "Once."}\n'
    for name, text in (("a.jsonl", story), ("b.jsonl", story.replace("man", "woman")), ("a.jsonl", story)):
        load(name, text)
        with Corpus(path) as corpus:
            texts = [article.title or "" for article in corpus.articles()]
            assert corpus.headline_index.recall(fingerprint(), texts) is not None
    assert len(texts) == 2
    # What is there already can be loaded again where nothing can be written.
    change(path, "DELETE FROM headline_indexes")
    monkeypatch.setattr(files, "can_write", lambda file: False)
    load("a.jsonl", story)
