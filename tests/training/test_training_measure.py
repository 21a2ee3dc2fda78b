"""Scores of mentions."""

from newsmine.training.measure import Score, compared, in_case, score

GOLD = {
    "text": "The Times saw Ana's boat - Reuters",
    "mentions": [
        {"start": 0, "end": 9, "kind": "organisation"},
        {"start": 14, "end": 17, "kind": "person"},
        {"start": 27, "end": 34, "kind": "organisation", "suffix": True},
    ],
}


def test_articles_possessives_and_suffixes_make_no_difference() -> None:
    found = [(4, 9, "organisation"), (14, 19, "person"), (27, 34, "place")]
    assert compared(GOLD, found) == ({(4, 9, "organisation"), (14, 17, "person")},) * 2
    assert score([GOLD], [found]) == Score(2, 2, 2)


def test_limits_and_kind_count() -> None:
    made = score([GOLD], [[(4, 9, "place"), (14, 17, "person"), (20, 24, "place")]])
    assert made == Score(1, 3, 2)
    assert (made.f1, made.recall) == (40.0, 50.0)


def test_known_names_can_be_left_out() -> None:
    assert score([GOLD], [[(14, 17, "person")]], known=lambda name: name == "Times") == Score(1, 1, 1)


def test_nothing_to_find() -> None:
    assert (Score(0, 0, 0).f1, Score(0, 0, 0).recall) == (100.0, 100.0)
    assert Score(0, 3, 0).f1 == 0.0


def test_case_keeps_the_offsets() -> None:
    assert in_case([GOLD], str.upper)[0]["text"] == "THE TIMES SAW ANA'S BOAT - REUTERS"
    assert in_case([{"text": "Straße", "mentions": []}], str.upper)[0]["text"] == "Straße"
