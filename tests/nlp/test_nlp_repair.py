from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.labels import kind_of
from newsmine.nlp.repair import repair
from newsmine.records import Kind, Span


def spans(text: str, *found: tuple[str, Kind]) -> list[Span]:
    return [Span(text.index(name), text.index(name) + len(name), kind) for name, kind in found]


def repaired(text: str, *found: tuple[str, Kind]) -> list[tuple[str, Kind, str]]:
    (result,) = repair([text], [spans(text, *found)])
    return [(text[s.start : s.end], s.kind, s.rule) for s in result]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("the Kremlin’s view", ("the Kremlin’s", "organisation"), ("Kremlin", "organisation", "limits")),
        ("President Aliyev spoke", ("President Aliyev", "person"), ("Aliyev", "person", "limits")),
        ("Prime Minister Orban spoke", ("Prime Minister Orban", "person"), ("Orban", "person", "limits")),
        ("“Acme Inc.” fell", ("“Acme Inc.”", "organisation"), ("Acme Inc.", "organisation", "limits")),
        ("Azerbaijan hopes", ("Azerbaijan", "organisation"), ("Azerbaijan", "place", "gazetteer")),
        ("Michael Jordan scored", ("Michael Jordan", "person"), ("Michael Jordan", "person", "model")),
    ],
)
def test_a_rule(text: str, found: tuple[str, Kind], expected: tuple[str, Kind, str]) -> None:
    assert repaired(text, found) == [expected]


def test_a_pair_is_two_places_and_a_hyphenated_name_is_one() -> None:
    assert repaired("Baku-Yerevan relations", ("Baku-Yerevan", "organisation")) == [
        ("Baku", "place", "pair"),
        ("Yerevan", "place", "pair"),
    ]
    assert repaired("in Kabardino-Balkaria", ("Kabardino-Balkaria", "place")) == [
        ("Kabardino-Balkaria", "place", "model")
    ]


def test_a_missed_country_is_added_and_the_pronoun_is_not() -> None:
    assert repaired("Let us leave, says US envoy in Türkiye") == [
        ("US", "place", "gazetteer"),
        ("Türkiye", "place", "gazetteer"),
    ]
    assert repaired("JOIN US IN BAKU") == [("BAKU", "place", "gazetteer")]


def test_a_name_has_one_kind_in_a_document_and_is_found_again() -> None:
    texts = ["Orsk Steel grew.", "Shares of Orsk Steel fell, and Orsk Steel said so.", "Orsk Steelworks did not."]
    found = [
        spans(texts[0], ("Orsk Steel", "organisation")),
        [Span(10, 20, "organisation"), Span(31, 41, "person")],
        [],
    ]
    result = repair(texts, found)
    assert [(s.start, s.kind, s.rule) for s in result[1]] == [
        (10, "organisation", "model"),
        (31, "organisation", "document"),
    ]
    assert result[2] == ()


@given(st.text(max_size=60), st.data())
def test_mentions_lie_in_the_text_in_order_and_do_not_overlap(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(ends, ends, st.sampled_from(["person", "place", "organisation"])), max_size=4))
    found = sorted(Span(min(a, b), max(a, b), kind) for a, b, kind in drawn)
    (result,) = repair([text], [found])
    assert all(0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() for s in result)
    assert all(a.end <= b.start for a, b in pairwise(result))


def test_labels() -> None:
    assert [kind_of(label) for label in ("PERSON", "PER", "GPE", "FAC", "ORG", "DATE", "NORP")] == [
        "person",
        "person",
        "place",
        "place",
        "organisation",
        None,
        None,
    ]


def test_a_name_that_begins_with_a_sign_is_left_alone() -> None:
    text = "Ⓐnarchists met. Ⓐnarchists left."
    (found,) = repair([text], [[Span(0, 10, "organisation")]])
    assert [text[s.start : s.end] for s in found] == ["Ⓐnarchists"]
