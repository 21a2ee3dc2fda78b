from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine import extract
from newsmine.errors import UnknownNameError
from newsmine.nlp.labels import kind_of
from newsmine.nlp.repair import RULES, STEPS, chosen, repair
from newsmine.records import KINDS, Kind, Span

Named = tuple[str, Kind]
PERSON, PLACE, ORGANISATION = KINDS


def spans(text: str, found: Sequence[Named]) -> list[Span]:
    return [Span(text.index(name), text.index(name) + len(name), kind) for name, kind in found]


def repaired(text: str, found: Sequence[Named] = (), rules: str | None = None) -> list[tuple[str, Kind, str]]:
    (result,) = repair([text], [spans(text, found)], chosen(rules))
    return [(text[s.start : s.end], s.kind, s.rule) for s in result]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("the Kremlin’s view", ("the Kremlin’s", ORGANISATION), ("Kremlin", ORGANISATION, "title")),
        ("President Aliyev spoke", ("President Aliyev", PERSON), ("Aliyev", PERSON, "title")),
        ("Prime Minister Orban spoke", ("Prime Minister Orban", PERSON), ("Orban", PERSON, "title")),
        ("then King Charles left", ("King Charles", PERSON), ("Charles", PERSON, "title")),
        ("“Acme Inc.” fell", ("“Acme Inc.”", ORGANISATION), ("Acme Inc.", ORGANISATION, "limits")),
        ("shares of Orsk Steel Inc. fell", ("Orsk Steel", ORGANISATION), ("Orsk Steel Inc.", ORGANISATION, "limits")),
        ("the Orsk & Ivel Trust said", ("Orsk &", ORGANISATION), ("Orsk & Ivel Trust", ORGANISATION, "limits")),
        ("voters of Lam Kwok-hing left", ("Lam Kwok", PERSON), ("Lam Kwok-hing", PERSON, "title")),
        ("delegation led by Michael Orsk left", ("Michael", PERSON), ("Michael Orsk", PERSON, "title")),
        ("the Michael Orsk-led group’s", ("Michael", PERSON), ("Michael Orsk", PERSON, "title")),
        ("so said the Michael Orsk Fund", ("Michael", PERSON), ("Michael", PERSON, "model")),
        ("voters of Lam Kwok-led left", ("Lam Kwok", PERSON), ("Lam Kwok", PERSON, "model")),
        ("the Lam Kwok-themed club", ("Lam Kwok", PERSON), ("Lam Kwok", PERSON, "model")),
        ("so said Jon Orsk of the Ivel group", ("Jon Orsk of the Ivel", PERSON), ("Jon Orsk", PERSON, "title")),
        ("the Air and Orsk Museum", ("Air and", ORGANISATION), ("Air and Orsk Museum", ORGANISATION, "limits")),
        ("the Air and others", ("Air and", ORGANISATION), ("Air", ORGANISATION, "limits")),
        ("the Lam Kwok-led party", ("Lam Kwok", PERSON), ("Lam Kwok", PERSON, "model")),
        ("the pro-Orsk camp", ("pro-Orsk", PLACE), ("Orsk", PLACE, "title")),
        ("he saw Ivel's “Cosmos” there", ("Ivel's “Cosmos", ORGANISATION), ("Ivel", ORGANISATION, "title")),
        ("a man, Jon Ivel Image: Agency", ("Jon Ivel Image", PERSON), ("Jon Ivel", PERSON, "title")),
        ("the singer Banky W., his wife", ("Banky W.", PERSON), ("Banky W.", PERSON, "model")),
        ("Azerbaijan hopes", ("Azerbaijan", ORGANISATION), ("Azerbaijan", PLACE, "gazetteer")),
        ("Michael Jordan scored", ("Michael Jordan", PERSON), ("Michael Jordan", PERSON, "model")),
        ("shares of NATO fell", ("NATO", PERSON), ("NATO", ORGANISATION, "lexicon")),
        ("from Orsk International Airport", ("Orsk International Airport", ORGANISATION),
         ("Orsk International Airport", PLACE, "head")),
        ("the Orsk Workers' Party won", ("Orsk Workers' Party", PERSON), ("Orsk Workers' Party", ORGANISATION, "head")),
        ("members of the OWP voted", ("OWP", PLACE), ("OWP", ORGANISATION, "acronym")),
        ("In the opinion of SOUTER it", ("SOUTER", PERSON), ("SOUTER", PERSON, "model")),
    ],
)  # fmt: skip
def test_a_rule(text: str, found: Named, expected: tuple[str, Kind, str]) -> None:
    assert repaired(text, [found]) == [expected]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Yesterday the stir went on in court", "stir", PLACE),  # case
        ("Followers of Islam met there", "Islam", ORGANISATION),  # common
        ("The Secretary of State spoke", "State", ORGANISATION),
        ("The Minister of Foreign Affairs spoke", "Foreign Affairs", ORGANISATION),
        ("Voters tell @Orsk to go", "Orsk", PERSON),  # limits
        ("GENEVA, May 5 (Reuters) - The talks go on", "Reuters", ORGANISATION),  # credit
        ("MOSCOW, September 19. /TASS/. The talks go on", "TASS", ORGANISATION),
        ("Baku, Azerbaijan, Sept. 20, Trend: The talks go on", "Trend", ORGANISATION),
        ("By Jane Doe and Jon Ivel, Orsk Herald", "Jane Doe", PERSON),
        ("Police at the gate (Photo: Jane Doe/AFP) waited", "Jane Doe", PERSON),
        ("Banks hold rates - Reuters", "Reuters", ORGANISATION),
        ("Banks hold rates VIDEO", "VIDEO", ORGANISATION),
    ],
)
def test_what_is_no_mention(text: str, name: str, kind: Kind) -> None:
    assert name not in [found for found, *_ in repaired(text, [(name, kind)])]


@pytest.mark.parametrize(
    "text",
    [
        "By Monday the army of Jane Doe had left",
        "He praised the (AP) agency and Jane Doe",
        "Jane Doe was named Minister of Finance",
        "the talks of jane doe went on",
    ],
)
def test_what_stays_a_mention(text: str) -> None:
    name = "Jane Doe" if "Jane Doe" in text else "jane doe"
    assert [found for found, *_ in repaired(text, [(name, PERSON)])] == [name]


def test_a_pair_is_two_places_and_a_hyphenated_name_is_one() -> None:
    assert repaired("Baku-Yerevan relations", [("Baku-Yerevan", ORGANISATION)]) == [
        ("Baku", PLACE, "pair"),
        ("Yerevan", PLACE, "pair"),
    ]
    (found,) = repaired("in Kabardino-Balkaria", [("Kabardino-Balkaria", PLACE)])
    assert found[:2] == ("Kabardino-Balkaria", PLACE)


def test_a_missed_country_is_added_and_the_pronoun_is_not() -> None:
    assert repaired("Let us leave, says US envoy in Türkiye") == [
        ("US", PLACE, "gazetteer"),
        ("Türkiye", PLACE, "gazetteer"),
    ]
    assert repaired("JOIN US IN BAKU") == [("BAKU", PLACE, "gazetteer")]
    assert repaired("It cost US$ 20,000") == []


def test_a_piece_of_a_longer_name_is_not_added() -> None:
    assert repaired("the Medical Journal of Azerbaijan said so") == []
    assert repaired("They met at Fan Expo Azerbaijan last year") == []
    assert repaired("Resurgent Azerbaijan ready for talks") == [("Azerbaijan", PLACE, "gazetteer")]


def test_a_short_form_in_brackets_is_what_it_stands_for() -> None:
    text = "The Orsk Space Hangar (OSH) is old. The Old Men's Front (OMF) met at OSH."
    found = [("Orsk Space Hangar", PLACE), ("OMF", ORGANISATION)]
    assert repaired(text, found) == [
        ("Orsk Space Hangar", PLACE, "model"),
        ("OSH", PLACE, "acronym"),
        ("OMF", ORGANISATION, "model"),
        ("OSH", PLACE, "document"),
    ]


def test_a_name_has_one_kind_in_a_document_and_is_found_again() -> None:
    texts = ["Orsk Steel grew.", "Shares of Orsk Steel fell, and Orsk Steel said so.", "Orsk Steelworks did not."]
    found = [
        spans(texts[0], [("Orsk Steel", ORGANISATION)]),
        [Span(10, 20, ORGANISATION), Span(31, 41, PERSON)],
        [],
    ]
    result = repair(texts, found, chosen())
    assert [(s.start, s.kind, s.rule) for s in result[1]] == [
        (10, ORGANISATION, "model"),
        (31, ORGANISATION, "document"),
    ]
    assert result[2] == ()


def test_capitals_are_read_by_what_the_document_says_elsewhere() -> None:
    texts = ["ORSK STEEL FIRES JON IVEL", "Orsk Steel fired Jon Ivel."]
    result = repair(texts, [[], spans(texts[1], [("Orsk Steel", ORGANISATION), ("Jon Ivel", PERSON)])], chosen())
    assert [(texts[0][s.start : s.end], s.kind) for s in result[0]] == [
        ("ORSK STEEL", ORGANISATION),
        ("JON IVEL", PERSON),
    ]


def test_a_surname_is_the_person_whose_full_name_the_document_has() -> None:
    texts = ["Jon Ivel spoke. Then Ivel left.", "In Ivel's view it is so, said the Ivel Foundation."]
    result = repair(texts, [spans(texts[0], [("Jon Ivel", PERSON)]), [Span(3, 7, PLACE)]], chosen())
    assert [[(texts[n][s.start : s.end], s.kind, s.rule) for s in part] for n, part in enumerate(result)] == [
        [("Jon Ivel", PERSON, "model"), ("Ivel", PERSON, "surname")],
        [("Ivel", PERSON, "surname")],
    ]


def test_demonyms_count_only_where_that_is_asked_for() -> None:
    text = "Azerbaijani officials met."
    (result,) = repair([text], [[]], chosen(demonyms=True))
    assert [(text[s.start : s.end], s.kind, s.rule) for s in result] == [("Azerbaijani", PLACE, "demonym")]
    assert repaired(text) == []


def test_rules_are_chosen_by_name() -> None:
    assert [rule.name for rule in chosen("pair, limits")] == ["limits", "pair"]
    assert chosen("none") == ()
    assert "head" not in {rule.name for rule in chosen("-head")}
    assert {rule.name for rule in STEPS} < set(RULES)
    assert {rule.name for rule in chosen(language="fr")} == {"case", "limits", "surname", "document"}
    with pytest.raises(UnknownNameError, match="'haed'"):
        chosen("haed")


def test_the_choice_of_rules_reaches_what_is_found() -> None:
    text = "The talks between Baku and NATO's envoy went on."
    (mended,), (raw,) = extract([text]), extract([text], rules="none")
    assert {m.rule for m in raw} == {"model"}
    assert ("NATO", ORGANISATION) in [(m.text, m.kind) for m in mended]


@given(st.text(max_size=60), st.data())
def test_mentions_lie_in_the_text_in_order_and_do_not_overlap(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(ends, ends, st.sampled_from(KINDS)), max_size=4))
    found = sorted(Span(min(a, b), max(a, b), kind) for a, b, kind in drawn)
    (result,) = repair([text], [found], chosen(demonyms=True))
    assert all(0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() for s in result)
    assert all(a.end <= b.start for a, b in pairwise(result))


def test_labels() -> None:
    assert [kind_of(label) for label in ("PERSON", "PER", "GPE", "FAC", "ORG", "DATE", "NORP", "MISC")] == [
        PERSON,
        PERSON,
        PLACE,
        PLACE,
        ORGANISATION,
        None,
        None,
        None,
    ]


def test_a_name_that_begins_with_a_sign_is_left_alone() -> None:
    text = "Ⓐnarchists met. Ⓐnarchists left."
    (found,) = repair([text], [[Span(0, 10, ORGANISATION)]], chosen())
    assert [text[s.start : s.end] for s in found] == ["Ⓐnarchists"]


def test_a_word_that_is_written_small_too_is_not_found_again_as_a_name() -> None:
    texts = ["What a Film Can Teach Us", "They teach what they know. Teach them."]
    assert repair(texts, [spans(texts[0], [("Teach", ORGANISATION)]), []], chosen())[1] == ()


def test_a_surname_behind_another_first_name_is_not_that_person() -> None:
    texts = ["Jon Ivel left.", "Ron Ivel stayed. But Ivel went."]
    (_, second) = repair(texts, [spans(texts[0], [("Jon Ivel", PERSON)]), []], chosen())
    assert [(s.start, s.rule) for s in second] == [(21, "surname")]
