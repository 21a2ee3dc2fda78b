import random
from itertools import combinations

import pytest
from analysis_samples import annotate, annotation_lists, shuffled
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from newsmine.analysis import LEVELS, cooccurrence, parse_between
from newsmine.analysis.stats import Contingency, fisher
from newsmine.errors import UnknownNameError, UsageError
from newsmine.records import Annotation

# Four documents, seven parts, nine sentences.
DOCUMENTS = [
    annotate(
        "1",
        "{p Aliyev} in {l Baku}",
        "{p Aliyev} met {p Blinken}. {p Aliyev} left {l Baku}.",
        "{o NATO} waits. Nothing else",
        path="a",
        published="2024-02-28",
        story=1,
    ),
    annotate("2", "{l Baku} greets {p Aliyev}", "Rain", path="b", published="2023-09-20", story=2),
    annotate("3", "{o NATO}", path="c", story=3),
    annotate("4", "No names", path="d", story=4),
]


def counts(level: str) -> dict[tuple[str, str], tuple[int, float]]:
    rows = cooccurrence(DOCUMENTS, level=level).rows  # type: ignore[arg-type]
    return {(row[0], row[2]): (row[4], row[5]) for row in rows}  # type: ignore[misc]


def test_documents() -> None:
    assert counts("document") == {
        ("Aliyev", "Baku"): (2, 1.0),
        ("Aliyev", "Blinken"): (1, 0.5),
        ("Aliyev", "NATO"): (1, 1.0),
        ("Baku", "Blinken"): (1, 0.5),
        ("Baku", "NATO"): (1, 1.0),
        ("Blinken", "NATO"): (1, 0.5),
    }


def test_paragraphs() -> None:
    assert counts("paragraph") == {
        ("Aliyev", "Baku"): (3, 1.2857),
        ("Aliyev", "Blinken"): (1, 0.4286),
        ("Baku", "Blinken"): (1, 0.4286),
    }


def test_sentences() -> None:
    assert counts("sentence") == {("Aliyev", "Baku"): (3, 1.3333), ("Aliyev", "Blinken"): (1, 0.4444)}


def test_a_row() -> None:
    table = cooccurrence(DOCUMENTS, measures=["dice", "pmi", "dice"])
    assert table.columns == ("a", "a_kind", "b", "b_kind", "count", "expected", "dice", "pmi", "q")
    # By Fisher's test p = 1/6, the lowest of 6 tests; the next is 1/4, so that q = 6 · 1/4 / 2.
    assert table.rows[0] == ("Aliyev", "person", "Baku", "place", 2, 1.0, 1.0, 1.0, 0.75)


def test_q_counts_the_pairs_that_never_meet_and_is_not_changed_by_minimum() -> None:
    p = [fisher(Contingency(3, 4, 3, 9)), fisher(Contingency(1, 4, 1, 9))]
    q = [float(f"{value:.3g}") for value in false_discovery_control([*p, 1, 1, 1, 1])[:2]]
    assert [row[-1] for row in cooccurrence(DOCUMENTS, level="sentence").rows] == q
    assert [row[-1] for row in cooccurrence(DOCUMENTS, level="sentence", minimum=2).rows] == q[:1]


def test_between_puts_the_first_kind_first_and_counts_only_its_pairs_as_tests() -> None:
    rows = cooccurrence(DOCUMENTS, level="sentence", between=("place", "person")).rows
    assert [row[:5] for row in rows] == [("Baku", "place", "Aliyev", "person", 3)]
    both = fisher(Contingency(3, 4, 3, 9))
    assert rows[0][-1] == float(f"{both * 2:.3g}")


def test_between_one_kind_and_itself() -> None:
    documents = [annotate("1", "{p bob} {p Ann} {p ann} {l Baku}")]
    rows = cooccurrence(documents, between=("person", "person")).rows
    assert [(row[0], row[2]) for row in rows] == [("Ann", "ann"), ("Ann", "bob"), ("ann", "bob")]


def test_kinds() -> None:
    rows = cooccurrence(DOCUMENTS, kinds=["person", "place"], measures=[]).rows
    assert {row[1] for row in rows} | {row[3] for row in rows} == {"person", "place"}
    assert len(rows) == 3


def test_a_name_of_two_kinds_is_two_names() -> None:
    row = cooccurrence([annotate("1", "{l Baku} {o Baku}")]).rows[0]
    assert row[:4] == ("Baku", "organisation", "Baku", "place")


@pytest.mark.parametrize(
    ("sentences", "pairs"), [(((0, 10), (10, 20)), 0), (((0, 8), (12, 20)), 1), (((4, 9), (9, 20)), 0)]
)
def test_a_mention_outside_every_sentence_belongs_to_the_one_before(
    sentences: tuple[tuple[int, int], ...], pairs: int
) -> None:
    whole = annotate("1", "{p Ann} here. {p Bob} there.")
    assert [mention.start for mention in whole.mentions] == [0, 10]
    document = Annotation(whole.document, (sentences,), whole.mentions)
    assert len(cooccurrence([document], level="sentence").rows) == pairs


def test_a_part_that_was_not_split_is_one_sentence() -> None:
    whole = annotate("1", "{p Ann} here. {p Bob} there.")
    evidence = cooccurrence([Annotation(whole.document, ((),), whole.mentions)], level="sentence", evidence=1)
    assert evidence.rows[0][-1] == ("Ann here. Bob there. [a.txt, title]",)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (
            "sentence",
            (
                "Baku greets Aliyev [b, title]",
                "Aliyev in Baku [a, title]",
                "Aliyev left Baku. [a, paragraph 1]",
            ),
        ),
        (
            "paragraph",
            (
                "Baku greets Aliyev [b, title]",
                "Aliyev in Baku [a, title]",
                "Aliyev met Blinken. … Aliyev left Baku. [a, paragraph 1]",
            ),
        ),
        ("document", ("Baku greets Aliyev [b, title]", "Aliyev in Baku [a, title]")),
    ],
)
def test_evidence(level: str, expected: tuple[str, ...]) -> None:
    table = cooccurrence(DOCUMENTS, level=level, evidence=9)  # type: ignore[arg-type]
    assert table.columns[-1] == "evidence"
    assert table.rows[0][-1] == expected
    fewer = cooccurrence(DOCUMENTS, level=level, evidence=1)  # type: ignore[arg-type]
    assert fewer.rows[0][-1] == expected[:1]


def test_evidence_from_two_parts_of_a_document() -> None:
    rows = cooccurrence(DOCUMENTS, evidence=1).rows
    assert rows[-1][:5] == ("Blinken", "person", "NATO", "organisation", 1)
    assert rows[-1][-1] == ("Aliyev met Blinken. … NATO waits. [a, paragraph 1, paragraph 2]",)


def test_evidence_is_in_the_order_of_the_text() -> None:
    document = annotate("1", *(f"{{p {name}}}" for name in "FEDCBA"))
    for row in cooccurrence([document], evidence=1).rows:
        a, b = str(row[0]), str(row[2])
        assert a < b
        assert row[-1][0].startswith(f"{b} … {a} [")  # type: ignore[index]


@pytest.mark.parametrize("documents", [[], [annotate("1", "No names")], [annotate("1", "{l Baku}")]])
def test_no_pairs(documents: list[Annotation]) -> None:
    table = cooccurrence(documents, evidence=1)
    assert table.columns == (
        "a",
        "a_kind",
        "b",
        "b_kind",
        "count",
        "expected",
        "npmi",
        "llr",
        "q",
        "evidence",
    )
    assert table.rows == ()


def test_unknown_names() -> None:
    with pytest.raises(UnknownNameError, match="unknown level 'page'"):
        cooccurrence([], level="page")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="unknown measure 'mi'"):
        cooccurrence([], measures=["mi"])
    with pytest.raises(UnknownNameError, match="unknown kind 'city'"):
        cooccurrence([], kinds=["city"])
    with pytest.raises(UnknownNameError, match="unknown kind 'city'"):
        cooccurrence([], between=("person", "city"))  # type: ignore[arg-type]


def test_between_contradicts_kinds() -> None:
    with pytest.raises(UsageError, match="pairs with the kind 'organisation', which is not among"):
        cooccurrence([], kinds=["person"], between=("person", "organisation"))


def test_parse_between() -> None:
    assert parse_between(" person : organisation") == ("person", "organisation")
    with pytest.raises(UnknownNameError, match="unknown kind 'people'"):
        parse_between("people:place")


@pytest.mark.parametrize("text", ["", "person", "person:", ":", "person:place:place", "person,place"])
def test_parse_between_wants_two_kinds(text: str) -> None:
    with pytest.raises(UsageError, match="not a pair of kinds") as caught:
        parse_between(text)
    assert caught.value.hint
    assert not isinstance(caught.value, UnknownNameError)


def places(annotation: Annotation, level: str) -> list[list[tuple[int, int, int]]]:
    """Return the stretches (part, start, end) of each unit, found the slow and obvious way."""
    parts = [[(n, *span) for span in spans] for n, spans in enumerate(annotation.sentences)]
    if level == "document":
        return [[stretch for part in parts for stretch in part]]
    return parts if level == "paragraph" else [[stretch] for part in parts for stretch in part]


@given(annotation_lists(), st.sampled_from(LEVELS))
def test_counts_agree_with_brute_force(annotations: list[Annotation], level: str) -> None:
    units = [
        {
            (mention.name, mention.kind)
            for mention in annotation.mentions
            if any(mention.part == n and start <= mention.start < end for n, start, end in unit)
        }
        for annotation in annotations
        for unit in places(annotation, level)
    ]
    expected = {}
    for pair in combinations({named for unit in units for named in unit}, 2):
        a, b = sorted(pair, key=lambda named: (named[0].casefold(), *named))
        both, either = (
            sum(a in unit and b in unit for unit in units),
            [sum(n in unit for unit in units) for n in (a, b)],
        )
        if both:
            expected[(*a, *b)] = (both, round(either[0] * either[1] / len(units), 4))
    rows = cooccurrence(annotations, level=level).rows  # type: ignore[arg-type]
    assert {row[:4]: row[4:6] for row in rows} == expected
    assert [row[4] for row in rows] == sorted((row[4] for row in rows), reverse=True)  # type: ignore[type-var]


@given(annotation_lists(), st.randoms(use_true_random=False), st.sampled_from(LEVELS))
def test_the_order_of_the_input_does_not_matter(annotations: list[Annotation], rng: random.Random, level: str) -> None:
    options = {"level": level, "measures": ["npmi", "llr", "chi2"], "evidence": 2}
    table = cooccurrence(annotations, **options)  # type: ignore[arg-type]
    assert repr(cooccurrence(shuffled(annotations, rng), **options)) == repr(table)  # type: ignore[arg-type]
