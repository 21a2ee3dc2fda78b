"""The join against brute force: the same pairs with the same scores, whatever the texts, the cutoff and the way."""

import itertools
import math
import random
import time
import tracemalloc
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from newsmine.headlines.compare import SCORERS, Scorer, similar_pairs, similar_pairs_between
from newsmine.headlines.join import KnownHeadlines, Plan, pairs_within
from newsmine.headlines.join.scoring import Matches, tokens_sorted

Found = list[tuple[int, int, float]]

WAYS = {
    "scan": Plan(segments=math.inf, batch=3),
    "segments": Plan(segments=0, index=0, hit=0, batch=3),
    "blocks": Plan(block=0, batch=1),
}

SCORES: dict[str, Callable[[str, str], float]] = {
    "ratio": fuzz.ratio,
    "token_sort_ratio": fuzz.token_sort_ratio,
    "max": lambda a, b: max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)),
}
ALPHABETS = [
    "ab ",
    "abcdefghijklmnopqrstuvwxyz    ",
    "the rain in spain falls",
    "日本東京首相会談発表年月 政府経済",
    "وزير الخارجية يلتقي نظيره في",
    "𝒜𝓑𝓒😀🎉👩\u200d🚀 ",
    "e\u0301a\u0308o\u0302 n\u0303\u0323",
    "ÄÖÜßéè \xa0\x85\u2009\ud800\x00",
]


@st.composite
def headlines(draw: st.DrawFn, most: int = 14, longest: int = 90) -> list[str]:
    """Some texts, and others made from them by a few edits, so that scores lie around the common cutoffs."""
    alphabet = st.sampled_from(draw(st.sampled_from(ALPHABETS)))
    texts = draw(st.lists(st.text(alphabet, max_size=longest), min_size=1, max_size=5))
    for _ in range(draw(st.integers(0, most))):
        text = draw(st.sampled_from(texts))
        for _ in range(draw(st.integers(0, 5))):
            place = draw(st.integers(0, len(text)))
            edit = draw(st.sampled_from(["insert", "delete", "replace", "swap"]))
            if edit == "swap":
                text = " ".join(reversed(text.split(" ", 1)))
            else:
                text = text[:place] + ("" if edit == "delete" else draw(alphabet)) + text[place + (edit != "insert") :]
        texts.append(text)
    return texts


def cutoffs(texts: list[str], others: list[str]) -> st.SearchStrategy[float]:
    """Cutoffs of every kind; among them scores that two of the texts have, and their neighbours in floating point."""
    pairs = st.tuples(st.sampled_from(texts), st.sampled_from(others))
    attained = pairs.map(lambda pair: fuzz.ratio(*pair))
    near = st.tuples(attained, st.sampled_from([-1e-9, 1e-9, 1e-13])).map(lambda x: min(100.0, max(0.0, sum(x))))
    return st.one_of(st.sampled_from([85, 90, 95, 100, 80]), st.floats(60, 100), st.floats(0, 100), attained, near)


def brute(texts: list[str], scorer: str, cutoff: float, reach: list[int] | None = None) -> Found:
    score = SCORES[scorer]
    pairs = [
        (i, j) for i in range(len(texts)) for j in range(i + 1, min(reach[i], len(texts)) if reach else len(texts))
    ]
    return [(i, j, s) for i, j in pairs if (s := score(texts[i], texts[j])) >= cutoff]


def join(texts: list[str], scorer: Scorer, cutoff: float, reach: list[int] | None = None) -> Found:
    return sorted((p.i, p.j, p.score) for p in similar_pairs(texts, scorer=scorer, cutoff=cutoff, reach=reach))


def listed(found: Iterable[Matches]) -> Found:
    return [
        pair
        for block in found
        for pair in zip(*(column.tolist() for column in block), strict=True)  # type: ignore[misc]
    ]


@settings(max_examples=300, deadline=None)
@given(st.data(), headlines(), st.sampled_from(SCORERS))
def test_exactly_the_pairs_of_brute_force(data: st.DataObject, texts: list[str], scorer: Scorer) -> None:
    cutoff = data.draw(cutoffs(texts, texts))
    assert join(texts, scorer, cutoff) == brute(texts, scorer, cutoff)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=150, deadline=None)
@given(data=st.data(), texts=headlines(), scorer=st.sampled_from(SCORERS))
def test_every_way_finds_the_same(way: str, data: st.DataObject, texts: list[str], scorer: Scorer) -> None:
    cutoff = data.draw(cutoffs(texts, texts))
    expected = brute(texts, scorer, cutoff)
    found = listed(pairs_within(texts, scorer, cutoff, None, WAYS[way]))
    assert sorted(found) == expected
    assert found == listed(pairs_within(texts, scorer, cutoff, None))
    index = KnownHeadlines(scorer)
    index.add(texts)
    both = sorted(pair for pair in listed(index.probe(texts, cutoff, WAYS[way])) if pair[0] < pair[1])
    assert both == expected


@pytest.mark.parametrize("cutoff", [95, 90, 86.5])
def test_every_way_on_many_headlines(cutoff: float) -> None:
    chance = random.Random(7)
    words = "storm batters coast as talks resume in geneva over aid to port cities amid fears of a new bank run".split()
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 9))) for _ in range(1500)]
    texts += [text.replace(chance.choice("aeiou"), "", 1) for text in chance.choices(texts, k=500)]
    expected = brute(texts, "max", cutoff)
    for way in WAYS.values():
        assert sorted(listed(pairs_within(texts, "max", cutoff, None, way))) == expected
    assert len(expected) > 200


@settings(max_examples=15, deadline=None)
@given(st.data(), headlines(most=6, longest=2000), st.sampled_from(SCORERS))
def test_long_texts(data: st.DataObject, texts: list[str], scorer: Scorer) -> None:
    cutoff = data.draw(cutoffs(texts, texts))
    assert join(texts, scorer, cutoff) == brute(texts, scorer, cutoff)


@settings(max_examples=100, deadline=None)
@given(st.data(), headlines(), st.sampled_from(SCORERS))
def test_reach(data: st.DataObject, texts: list[str], scorer: Scorer) -> None:
    cutoff = data.draw(cutoffs(texts, texts))
    reach = [data.draw(st.integers(0, len(texts))) for _ in texts]
    assert join(texts, scorer, cutoff, reach) == brute(texts, scorer, cutoff, reach)


@settings(max_examples=100, deadline=None)
@given(st.data(), headlines(), headlines(), st.sampled_from(SCORERS))
def test_between_two_lists(data: st.DataObject, new: list[str], known: list[str], scorer: Scorer) -> None:
    known += new[:3]
    cutoff = data.draw(cutoffs(new, known))
    found = sorted((p.i, p.j, p.score) for p in similar_pairs_between(new, known, scorer=scorer, cutoff=cutoff))
    pairs = itertools.product(range(len(new)), range(len(known)))
    assert found == [(i, j, s) for i, j in pairs if (s := SCORES[scorer](new[i], known[j])) >= cutoff]


@settings(max_examples=50, deadline=None)
@given(data=st.data(), texts=headlines(), new=headlines(), scorer=st.sampled_from(SCORERS))
def test_an_index_that_grows(data: st.DataObject, texts: list[str], new: list[str], scorer: Scorer) -> None:
    cutoff = data.draw(cutoffs(texts, new))
    index = KnownHeadlines(scorer)
    added = 0
    while added < len(texts):
        size = data.draw(st.integers(1, 5))
        index.add(texts[added : added + size])
        added += size
        known = texts[:added]
        assert len(index) == len(known)
        pairs = itertools.product(range(len(new)), range(len(known)))
        expected = [(i, j, s) for i, j in pairs if (s := SCORES[scorer](new[i], known[j])) >= cutoff]
        assert sorted(listed(index.probe(new, cutoff))) == expected


@given(st.text(st.sampled_from("ba\x85\xa0\x1c\x1f \t\u2003\u3000éĀ𝒜"), max_size=12), st.text("ab é", max_size=12))
@example("b\xa0a", "a b")
@example("b\xa0a\u0100", "a\u0100 b")
def test_sorted_tokens_score_as_token_sort_ratio(a: str, b: str) -> None:
    assert fuzz.ratio(tokens_sorted(a), tokens_sorted(b)) == fuzz.token_sort_ratio(a, b)


def test_every_space_separates_tokens_as_in_rapidfuzz() -> None:
    for space in filter(str.isspace, map(chr, range(0x110000))):
        for text in (f"b{space}a", f"b{space}a\u0100", f"b{space}a\U00010000"):
            other = " ".join(sorted(text.split()))
            assert fuzz.ratio(tokens_sorted(text), tokens_sorted(other)) == fuzz.token_sort_ratio(text, other)


@pytest.mark.parametrize("scorer", SCORERS)
def test_a_short_reach_takes_the_list_in_blocks(scorer: Scorer) -> None:
    texts = [f"storm {n // 7 % 50} batters the {'coast' if n % 3 else 'port'} of {n % 11}" for n in range(9000)]
    reach = [n + 20 if n % 1000 else len(texts) for n in range(9000)]
    reach[1:4] = [9000, 2, 0]
    assert join(texts, scorer, 95, reach) == brute(texts, scorer, 95, reach)


def test_a_million_identical_headlines_are_streamed() -> None:
    texts = ["Storm batters coast"] * 1_000_000
    tracemalloc.start()
    start = time.process_time()
    found = list(itertools.islice(similar_pairs(texts, cutoff=90), 100_000))
    assert [(p.i, p.j, p.score) for p in found[:2]] == [(0, 1, 100.0), (0, 2, 100.0)]
    assert tracemalloc.get_traced_memory()[1] < 500e6
    assert time.process_time() - start < 30
    tracemalloc.stop()


def test_a_hundred_thousand_headlines_that_are_all_alike_are_streamed() -> None:
    texts = [f"Headline number {n:06} of the day" for n in range(100_000)]
    start = time.process_time()
    found = list(itertools.islice(similar_pairs(texts, cutoff=90), 20_000))
    assert all(p.i < p.j and p.score == fuzz.ratio(texts[p.i], texts[p.j]) >= 90 for p in found)
    assert len({(p.i, p.j) for p in found}) == 20_000
    assert time.process_time() - start < 30


def test_only_empty_headlines() -> None:
    assert join([""] * 4, "max", 100) == brute([""] * 4, "max", 100)
    assert join([], "max", 90) == []
    assert list(similar_pairs([" "] * 3, scorer="token_sort_ratio")) == list(similar_pairs([""] * 3))
    assert list(similar_pairs_between([], ["a"])) == list(similar_pairs_between(["a"], [])) == []


def test_a_headline_of_a_hundred_thousand_characters() -> None:
    long = "".join(chr(97 + n * n % 23) for n in range(100_000))
    texts = ["Storm batters coast", long, long[:50_000] + "!" + long[50_001:], long[9:], "Storm batters coasts"]
    assert join(texts, "ratio", 90) == brute(texts, "ratio", 90)


def test_the_order_is_that_of_the_longer_text() -> None:
    texts = ["storm batters coasts", "b a", "storm batters coast", "b a", "storm  batters coast", "b c"]
    found = [(p.i, p.j) for p in similar_pairs(texts, scorer="ratio", cutoff=60)]
    assert found == [(1, 3), (1, 5), (3, 5), (0, 2), (2, 4), (0, 4)]
