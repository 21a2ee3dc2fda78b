import random
from collections.abc import Iterator

import pytest
from analysis_samples import annotate, annotation_lists, shuffled
from hypothesis import given
from hypothesis import strategies as st

from newsmine.analysis import mention_stream, mention_table
from newsmine.errors import UnknownNameError
from newsmine.records import Annotation

SHOWN = ("source", "part", "start", "end", "text", "kind", "name", "rule")
DOCUMENTS = [
    annotate("9", "Late: {o CSTO}", path="b"),
    annotate("6", "Talks", "Today {p Aliyev|Ilham Aliyev} flew to {l Baku}.", path="a", line=30),
    annotate("7", "{l Ganja}", path="a", published="2024-02-28T19:48", zone="+04:00", line=4),
]


def test_each_mention_with_its_place() -> None:
    table = mention_table(DOCUMENTS)
    assert table.shown == SHOWN
    assert table.select().rows == (
        ("a", "title", 0, 5, "Ganja", "place", "Ganja", "model"),
        ("a", "paragraph 1", 6, 12, "Aliyev", "person", "Ilham Aliyev", "model"),
        ("a", "paragraph 1", 21, 25, "Baku", "place", "Baku", "model"),
        ("b", "title", 6, 10, "CSTO", "organisation", "CSTO", "model"),
    )


def test_columns_to_be_asked_for() -> None:
    rows = mention_table(DOCUMENTS).select(("document", "date", "line", "headline")).rows
    assert rows[:2] == (("7", "2024-02-28T19:48+04:00", 4, "Ganja"), ("6", None, 30, "Talks"))


def test_context_stops_at_the_ends_of_the_part() -> None:
    table = mention_table(DOCUMENTS, context=3)
    assert table.shown == (*SHOWN, "context")
    assert [row[0] for row in table.select(("context",)).rows] == [
        "Ganja",
        "ay Aliyev fl",
        "to Baku.",
        "e: CSTO",
    ]


def test_kinds() -> None:
    assert [row[4] for row in mention_table(DOCUMENTS, kinds=["person"]).rows] == ["Aliyev"]
    with pytest.raises(UnknownNameError, match="unknown kind"):
        mention_table(DOCUMENTS, kinds=["city"])


def test_part_ten_comes_after_part_two() -> None:
    many = annotate("1", *["{l Baku}"] * 11)
    assert [row[1] for row in mention_table([many]).rows][-1] == "paragraph 10"


def test_nothing_found() -> None:
    assert mention_table([]).shown == SHOWN
    assert mention_table([]).rows == ()


@given(annotation_lists(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(annotations: list[Annotation], rng: random.Random) -> None:
    table = mention_table(annotations, context=5)
    assert mention_table(shuffled(annotations, rng), context=5) == table


@given(annotation_lists())
def test_a_stream_of_annotations_in_order_has_the_same_rows(annotations: list[Annotation]) -> None:
    in_order = sorted(annotations, key=lambda a: (a.document.source.path, a.document.line, a.document.id))
    for options in ({}, {"kinds": ["place"]}, {"context": 5}):
        assert mention_stream(iter(in_order), **options).table() == mention_table(annotations, **options)


def test_a_stream_takes_one_annotation_at_a_time_and_closes_what_makes_them() -> None:
    taken = []

    def annotations() -> Iterator[Annotation]:
        try:
            for annotation in DOCUMENTS[1:]:
                taken.append(annotation.document.id)
                yield annotation
            raise AssertionError("read too far")
        finally:
            taken.append("closed")

    stream = mention_stream(annotations(), kinds=["person", "place"])
    assert taken == []
    rows = stream.limit(2).select(["text"]).rows
    assert next(rows) == ("Aliyev",)
    assert taken == ["6"]
    assert list(rows) == [("Baku",)]
    assert taken == ["6", "closed"]


def test_a_stream_of_a_kind_that_there_is_not_fails_at_once() -> None:
    with pytest.raises(UnknownNameError, match="unknown kind"):
        mention_stream(iter([]), kinds=["city"])
