from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.corpus import Corpus
from newsmine.headlines import documents, headline_table, near_table
from newsmine.headlines.indexing import fingerprint, update
from newsmine.headlines.suffixes import learned_suffixes, shorter, without_suffix
from newsmine.records import Headline, Page, Source, Timestamp

HOST = "www.portellerypost.example"
EVENTS = ["Storm nears the coast", "Mayor opens bridge", "Strike ends at mine", "Ferry sinks", "Bank cuts rates"]


def learned(behind: str, *, publisher: str | None = HOST, times: int = 5, others: int = 0) -> frozenset[str]:
    texts = [f"Storm {'x' * n} nears{behind}" for n in range(times)] + [f"Ferry {'y' * n} sinks" for n in range(others)]
    return learned_suffixes((publisher, text) for text in texts).get(publisher or "", frozenset())


@pytest.mark.parametrize(
    ("publisher", "behind"),
    [
        (HOST, " - Port Ellery Post"),
        (HOST, " | The Port Ellery Post"),
        (HOST, " – Port Ellery"),
        ("pep.example", " - Port Ellery Post"),
        ("port-ellery.example", " - Port Ellery News"),
        ("Port Ellery Post", " - Port Ellery Post"),
    ],
)
def test_a_suffix_like_the_publisher(publisher: str, behind: str) -> None:
    assert learned(behind, publisher=publisher, others=50) == {behind[3:].lower()}
    assert not learned(behind, publisher=publisher, times=4)


def test_any_suffix_of_nearly_all() -> None:
    assert learned(" - Quill and Anchor", times=10, others=2) == {"quill and anchor"}
    assert not learned(" - Quill and Anchor", times=10, others=3)
    assert not learned(" - Quill and Anchor", times=9)


@pytest.mark.parametrize("behind", [" - Ukraine", " - 3 May 2024", " - Studio 54", " - but danger looms", "-Post", ""])
def test_what_is_no_suffix_however_often(behind: str) -> None:
    assert not learned(behind, times=30, publisher="ukraine.example")


def test_the_same_headline_counts_once_and_needs_a_publisher() -> None:
    assert not learned_suffixes([(HOST, "Ferry sinks - Port Ellery Post")] * 20)
    assert not learned(" - Port Ellery Post", publisher=None, times=20)


def test_only_the_publishers_own_suffix_goes() -> None:
    suffixes = {HOST: frozenset({"port ellery post"})}
    assert without_suffix("Ferry sinks - Aid - Port Ellery Post", HOST, suffixes) == "Ferry sinks - Aid"
    assert without_suffix("Ferry sinks - Port Ellery Post", "b.example", suffixes) == "Ferry sinks - Port Ellery Post"


TEXTS = st.lists(
    st.sampled_from(["Ferry sinks", "Aid", "PM", "Port Ellery Post", "3 May", "b"]), min_size=1, max_size=5
)


@given(TEXTS, st.sets(st.sampled_from(["aid", "pm", "port ellery post"])))
def test_the_index_knows_whatever_may_be_asked(pieces: list[str], names: set[str]) -> None:
    text = " - ".join(pieces)
    assert without_suffix(text, HOST, {HOST: frozenset(names)}) in {text, *shorter(text)}


def listed(text: str, publisher: str, n: int = 0) -> Headline:
    return Headline(
        text,
        text,
        Source("a.txt", publisher, "0"),
        "Latest",
        line=n,
        published=Timestamp("2024-05-01", "2024-05-01", "day"),
    )


def of_two_publishers() -> list[Headline]:
    own = [listed(f"{event} - Port Ellery Post", HOST, n) for n, event in enumerate(EVENTS)]
    return own + [listed(event, "other.example", n + 10) for n, event in enumerate(EVENTS)]


def test_tables_and_documents_show_and_compare_without() -> None:
    table = headline_table(of_two_publishers(), why=True)
    assert {row[0] for row in table.select(("headline",)).rows} == set(EVENTS)
    assert {row[0] for row in table.select(("raw",)).rows} > {"Ferry sinks - Port Ellery Post"}
    assert len({row[0] for row in table.select(("story",)).rows}) == len(EVENTS)
    found = documents(of_two_publishers())
    assert {document.headline for document in found} == set(EVENTS)
    assert "Ferry sinks - Port Ellery Post" in {part.text for document in found for part in document.parts}


def test_the_index_is_used_whatever_was_learned(tmp_path: Path) -> None:
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        for publisher in (HOST, "other.example"):
            headlines = tuple(h for h in of_two_publishers() if h.source.publisher == publisher)
            source = Source(f"{publisher}.txt", publisher, publisher)
            corpus.add(Page(source, "text", "utf-8", 10, (), headlines, (), 0, len(headlines)))
            update(corpus.headline_index)
        found, index = list(corpus.headlines()), corpus.headline_index
        assert index.recall(fingerprint(), EVENTS) is not None
        assert headline_table(found, why=True, index=index) == headline_table(found, why=True)
        assert near_table(found, index=index) == near_table(found)
        assert len(headline_table(found, index=index).rows) == len(EVENTS)
