"""Records come back from a corpus as they went in, in an order that does not tell how they went in."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from corpus_worker import page
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.corpus import Corpus, rows
from newsmine.errors import CorpusError
from newsmine.records import Article, Headline, Page, Source, Timestamp, content_id

TEXT = st.text(max_size=12)
WORD = st.sampled_from(["", "a", "b", "ä\x00\n", "[b]", "𝒳"])
COUNT = st.integers(0, 10**9)
MOMENT = st.none() | st.builds(
    Timestamp,
    TEXT,
    st.none() | st.sampled_from(["2024", "2024-02-28T19:48"]),
    st.sampled_from(["year", "minute", "unknown"]),
    st.none() | st.sampled_from(["Z", "+04:00"]),
)
MAYBE = st.none() | TEXT


@st.composite
def pages(draw: st.DrawFn, path: st.SearchStrategy[str] = TEXT) -> Page:
    source = Source(draw(path), draw(MAYBE), draw(st.text("0123456789abcdef", min_size=1, max_size=9)))
    own = st.builds(Source, st.just(source.path), MAYBE, st.just(source.digest))
    headline = st.builds(
        Headline, TEXT, TEXT, own, TEXT, COUNT, COUNT, MAYBE, st.lists(TEXT).map(tuple), MOMENT, MAYBE, MAYBE,
        st.frozensets(WORD),
    )  # fmt: skip
    return Page(
        source,
        draw(TEXT),
        draw(TEXT),
        draw(COUNT),
        tuple(draw(st.lists(articles(own), max_size=3))),
        tuple(draw(st.lists(headline, max_size=3))),
        tuple(draw(st.lists(st.tuples(COUNT, TEXT), max_size=3))),
        draw(COUNT),
        draw(COUNT),
    )


@st.composite
def articles(draw: st.DrawFn, source: st.SearchStrategy[Source]) -> Article:
    title, subtitle, texts = draw(st.none() | WORD), draw(st.none() | WORD), draw(st.lists(WORD, max_size=2))
    return Article(
        content_id(title, subtitle, texts), draw(source), title, subtitle, draw(MAYBE),
        draw(st.lists(TEXT, max_size=2).map(tuple)), draw(MOMENT), draw(MAYBE), draw(MAYBE), tuple(texts),
        draw(COUNT),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(
    st.lists(pages(), max_size=4, unique_by=lambda page: page.source.digest).flatmap(
        lambda made: st.tuples(st.just(made), st.permutations(made))
    )
)
def test_records_come_back_exactly_in_an_order_independent_of_loading(case: tuple[list[Page], list[Page]]):
    made, shuffled = case
    expected = sorted(made, key=lambda each: (each.source.path, each.source.digest))
    first: dict[str, Article] = {}
    for item in (article for each in expected for article in each.articles):
        first.setdefault(item.id, item)
    for order in (made, shuffled):
        with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder) / "c.db", create=True) as corpus:
            assert all(corpus.add(each) for each in order)
            assert list(corpus.pages()) == expected
            assert list(corpus.articles()) == list(first.values())
            assert list(corpus.headlines()) == [item for each in expected for item in each.headlines]


def test_loading_the_same_bytes_again_changes_nothing(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        assert not corpus.has("digest-1")
        assert corpus.add(page(1)) is True
        before = list(corpus.pages())
        assert corpus.add(page(1)) is False
        assert corpus.add(page(1, path="elsewhere.txt", items=3)) is False
        assert corpus.has("digest-1")
        assert list(corpus.pages()) == before == [page(1)]
        assert corpus.check().rows == ()


def test_bytes_that_another_process_loads_just_before_are_not_loaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.add(page(1))
        monkeypatch.setattr(Corpus, "has", lambda self, digest: False)
        assert corpus.add(page(1, items=3)) is False
        assert list(corpus.pages()) == [page(1)]


def test_an_article_on_two_pages_is_one_and_stands_on_the_first_path(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.add(page(11, path="b.txt"))
        corpus.add(page(1, path="a.txt"))
        assert [article.source.path for article in corpus.articles()] == ["a.txt"]
        assert len(list(corpus.pages())) == 2


def test_a_page_can_be_added_while_reading(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus, Corpus(tmp_path / "c.db") as other:
        for number in range(3):
            corpus.add(page(number))
        for number, _ in enumerate(corpus.headlines()):
            if number == 0:
                other.add(page(10))
                assert corpus.add(page(11))
        assert number + 1 == 3 * 200


def test_a_page_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupted(headline: Headline) -> None:
        raise KeyboardInterrupt

    with Corpus(tmp_path / "c.db", create=True) as corpus:
        with monkeypatch.context() as patch:
            patch.setattr(rows, "headline_row", interrupted)
            with pytest.raises(KeyboardInterrupt):
                corpus.add(page(1))
        assert dict(corpus.info().rows)["articles"] == 0
        assert corpus.add(page(1))


def test_a_full_disk_is_reported_and_leaves_nothing_half(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.add(page(1))
        pages = corpus._db.execute("PRAGMA page_count").fetchone()[0]
        corpus._db.execute(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(CorpusError, match="no space left") as caught:
            corpus.add(page(2, items=5000))
        assert "newsmine corpus check" in (caught.value.hint or "")
        assert list(corpus.pages()) == [page(1)]


def test_lone_surrogates_are_replaced_and_a_missing_digest_is_refused(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.add(page(1, path="caf\udce9.txt"))
        assert next(corpus.pages()).source.path == "caf\ufffd.txt"
        with pytest.raises(ValueError, match="no digest"):
            corpus.add(Page(Source("x"), "text", "utf-8", 0, (), (), (), 0, 0))


def test_a_closed_corpus_is_an_error_of_the_corpus(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        pass
    corpus.close()
    with pytest.raises(CorpusError):
        list(corpus.pages())


DIGEST = st.binary(min_size=1, max_size=20).map(bytes.hex)
RESULT = st.binary(max_size=400) | st.integers(0, 20_000).map(lambda size: b"\x00\xff" * size)
NAME = st.text(st.characters(), max_size=9) | st.sampled_from(["\ud800", "\x00", "", "a", "A"])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(NAME, st.dictionaries(DIGEST, RESULT, max_size=5), max_size=3), st.lists(DIGEST, max_size=3))
def test_results_come_back_under_their_own_fingerprint(made: dict[str, dict[str, bytes]], others: list[str]):
    with tempfile.TemporaryDirectory() as folder, Corpus(Path(folder) / "c.db", create=True) as corpus:
        for name, results in made.items():
            corpus.remember(name, [(key, b"before") for key in results])
            corpus.remember(name, iter(results.items()))
        for name, results in made.items():
            assert corpus.analyses(name, [*results, *others, *results]) == results
            assert list(corpus.analyses(name, list(reversed(results)))) == list(reversed(results))
        assert corpus.analyses("another", [key for results in made.values() for key in results]) == {}
        assert corpus.check().rows == ()


def test_ten_thousand_results_at_once(tmp_path: Path):
    made = {number.to_bytes(16, "big").hex(): b"%d" % number for number in range(10_000)}
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.remember("m", made.items())
        found = corpus.analyses("m", list(made))
    assert found == made
    assert list(found) == list(made)


def test_a_digest_that_is_none_is_refused_and_nothing_is_kept(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        for call in (lambda: corpus.remember("m", [("aa", b""), ("no", b"")]), lambda: corpus.analyses("m", ["no"])):
            with pytest.raises(ValueError, match="hexadecimal"):
                call()
        assert corpus.analyses("m", ["aa"]) == {}


def test_the_tables_can_be_asked_by_hand(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        for number in (1, 2, 11):
            corpus.add(page(number))
    with closing(sqlite3.connect(tmp_path / "c.db")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        listed = "SELECT path, list, count(*) FROM headlines JOIN sources ON sources.id = source_id GROUP BY path"
        assert db.execute(listed).fetchall()[0] == ("pages/00001.txt", "Latest news", 200)
        articles = "SELECT title, published, publisher, path FROM articles ORDER BY title"
        assert db.execute(articles).fetchall() == [
            ("Title 1", "2024-02-28", "azernews", "pages/00001.txt"),
            ("Title 2", "2024-02-28", "azernews", "pages/00002.txt"),
        ]
        tags = "SELECT DISTINCT value FROM headlines, json_each(tags)"
        assert db.execute(tags).fetchall() == [("PHOTO",)]


def test_a_source_deleted_by_hand_takes_what_stood_only_there(tmp_path: Path):
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        for number in (1, 2, 11):
            corpus.add(page(number))
    with closing(sqlite3.connect(tmp_path / "c.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM sources WHERE path IN ('pages/00001.txt', 'pages/00002.txt')")
    with Corpus(tmp_path / "c.db") as corpus:
        assert list(corpus.pages()) == [page(11)]
        assert list(corpus.articles()) == list(page(11).articles)
        assert corpus.check().rows == ()
        assert dict(corpus.info().rows)["paragraphs"] == 2
        assert corpus._db.execute("PRAGMA foreign_keys").fetchone() == (1,)
