import random

import pytest
from analysis_samples import annotate, annotation_lists, shuffled
from hypothesis import given
from hypothesis import strategies as st

from newsmine.analysis import frequency
from newsmine.errors import UnknownNameError
from newsmine.records import Annotation

WIRE = "{p Blinken|Antony Blinken} called {p Aliyev|Ilham Aliyev}."
DOCUMENTS = [
    annotate("1", "{p Ilham Aliyev} in {l Baku}", WIRE, path="a", publisher="Azernews", story=1),
    annotate("2", WIRE, path="b", publisher="Trend", story=1),
    annotate("3", "{l Baku}. {l Baku} again. {l Baku}", path="c", publisher="Trend", story=2),
    annotate("4", "{o Baku} wins", path="d", story=3),
]


def test_the_four_counts() -> None:
    table = frequency(DOCUMENTS)
    assert table.columns == ("name", "kind", "mentions", "articles", "stories", "sources")
    assert table.rows == (
        ("Baku", "place", 4, 2, 2, 2),
        ("Ilham Aliyev", "person", 3, 2, 1, 2),
        ("Antony Blinken", "person", 2, 2, 1, 2),
        ("Baku", "organisation", 1, 1, 1, 1),
    )


def test_a_source_is_a_publisher_or_the_path_where_none_is_known() -> None:
    same = [annotate(path, "{l Baku}", path=path, publisher="Trend") for path in "xyz"]
    unknown = [annotate(path, "{l Baku}", path=path) for path in "vw"]
    assert frequency(same + unknown).rows == (("Baku", "place", 5, 5, 1, 3),)


def test_by_articles_and_then_by_mentions_and_name() -> None:
    ties = [annotate("1", "{l b} {l B} {l a} {l Z} {l Z}"), annotate("2", "{p Y}"), annotate("3", "{p Y}")]
    assert [row[0] for row in frequency(ties, by="articles").rows] == ["Y", "Z", "a", "B", "b"]


def test_minimum_applies_to_what_is_ranked_by() -> None:
    assert [row[0] for row in frequency(DOCUMENTS, minimum=3).rows] == ["Baku", "Ilham Aliyev"]
    assert [row[0] for row in frequency(DOCUMENTS, by="stories", minimum=2).rows] == ["Baku"]


def test_kinds() -> None:
    rows = frequency(DOCUMENTS, kinds=["place", "organisation"]).rows
    assert [row[:2] for row in rows] == [("Baku", "place"), ("Baku", "organisation")]


def test_unknown_names() -> None:
    with pytest.raises(UnknownNameError, match="unknown count 'words'"):
        frequency([], by="words")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="unknown kind 'people'"):
        frequency([], kinds=["people"])


def test_evidence_is_one_sentence_of_each_story_before_a_second_one() -> None:
    documents = [
        annotate("1", "{l Baku} one. {l Baku} two.", path="new", published="2024-02-28T19:48", story=1),
        annotate("2", "Old news", "{l Baku} three.", path="old", published="2023-09-20", story=2),
        annotate("3", "{l Baku} four.", path="undated", story=3),
    ]
    table = frequency(documents, evidence=4)
    assert table.columns[-1] == "evidence"
    assert table.rows[0][-1] == (
        "Baku three. [old, paragraph 1]",
        "Baku one. [new, title]",
        "Baku four. [undated, title]",
        "Baku two. [new, title]",
    )
    assert frequency(documents, evidence=2).rows[0][-1] == table.rows[0][-1][:2]


def test_evidence_shows_no_sentence_twice() -> None:
    aliyev = frequency(DOCUMENTS, evidence=9, kinds=["person"]).rows[0]
    assert aliyev[-1] == (
        "Ilham Aliyev in Baku [a, title]",
        "Blinken called Aliyev. [a, paragraph 1]",
    )


def test_nothing_to_count() -> None:
    assert frequency([]).rows == ()
    assert frequency([annotate("1", "no names")], evidence=1).columns[-2:] == ("sources", "evidence")


@given(annotation_lists(), st.randoms(use_true_random=False), st.sampled_from(["mentions", "sources"]))
def test_the_order_of_the_input_does_not_matter(annotations: list[Annotation], rng: random.Random, by: str) -> None:
    table = frequency(annotations, by=by, evidence=2)  # type: ignore[arg-type]
    assert repr(frequency(shuffled(annotations, rng), by=by, evidence=2)) == repr(table)  # type: ignore[arg-type]
