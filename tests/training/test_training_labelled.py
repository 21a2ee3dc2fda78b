"""Edits keep every label on its words."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.training.casing import recased
from newsmine.training.labelled import Edit, Entity, Labelled, cut, edited, joined

MET = Labelled("The mayor of Oslo met Ana Lind there.", (Entity(13, 17, "GPE"), Entity(22, 30, "PERSON")))


def named(labelled: Labelled) -> list[tuple[str, str]]:
    return [(labelled.text[start:end], label) for start, end, label in labelled.entities]


def test_an_edit_before_a_span_moves_it() -> None:
    made = edited(MET, [Edit(0, 4, "")])
    assert made.text == "mayor of Oslo met Ana Lind there."
    assert named(made) == [("Oslo", "GPE"), ("Ana Lind", "PERSON")]


def test_an_edit_inside_a_span_changes_it() -> None:
    assert named(edited(MET, [Edit(22, 26, "")])) == [("Oslo", "GPE"), ("Lind", "PERSON")]


def test_a_span_replaced_as_a_whole_keeps_its_label() -> None:
    assert named(edited(MET, [Edit(13, 17, "Novi Sad")])) == [("Novi Sad", "GPE"), ("Ana Lind", "PERSON")]


def test_an_insertion_at_a_limit_stays_outside() -> None:
    made = edited(MET, [Edit(13, 13, "old "), Edit(17, 17, "'s port")])
    assert made.text.startswith("The mayor of old Oslo's port met")
    assert named(made) == [("Oslo", "GPE"), ("Ana Lind", "PERSON")]


def test_a_span_is_lost_where_an_edit_crosses_its_limit_or_takes_it_away() -> None:
    assert named(edited(MET, [Edit(10, 15, "x")])) == [("Ana Lind", "PERSON")]
    assert named(edited(MET, [Edit(10, 18, "")])) == [("Ana Lind", "PERSON")]


def test_a_cut_keeps_whole_spans_only() -> None:
    assert named(cut(MET, 10, 25)) == [("Oslo", "GPE")]


def test_parts_are_joined_with_their_spans() -> None:
    assert named(joined([MET, " Then: ", MET])) == named(MET) * 2


@given(st.integers(0, 2**32))
def test_words_that_are_marked_stay_marked_whatever_is_edited_outside(seed: int) -> None:
    rng = Random(seed)
    words = [rng.choice(["plain", "word", "Name"]) for _ in range(8)]
    parts = [Labelled(w, (Entity(0, 4, "PERSON"),)) if w == "Name" else w for w in words]
    source = joined([part for word in parts for part in (word, " ")])
    at, edits = 0, []
    for word in words:
        if word != "Name" and rng.random() < 0.6:
            edits.append(Edit(at, at + len(word), rng.choice(["", "x", "something longer"])))
        at += len(word) + 1
    made = edited(source, edits)
    assert named(made) == [("Name", "PERSON")] * words.count("Name")


@pytest.mark.parametrize(
    ("case", "text"),
    [
        ("upper", "THE MAYOR OF OSLO MET ANA LIND THERE."),
        ("lower", "the mayor of oslo met ana lind there."),
        ("sentence", MET.text),
    ],
)
def test_case(case: str, text: str) -> None:
    made = recased(MET, case, Random(0))  # type: ignore[arg-type]
    assert made == Labelled(text, MET.entities)


def test_short_words_of_a_title_are_small_or_not() -> None:
    seen = {recased(MET, "title", Random(seed)).text for seed in range(20)}
    assert seen == {"The Mayor of Oslo Met Ana Lind There.", "The Mayor Of Oslo Met Ana Lind There."}


def test_a_text_whose_length_the_case_changes_stays_as_it_is() -> None:
    assert recased(Labelled("Straße"), "upper", Random(0)).text == "Straße"
