"""Segments find what comparing all finds, whatever their words' hashes, and come back from bytes or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.headlines import index, index_arrays
from newsmine.headlines.index import SHARE, DamagedSegmentError, Segment, merged
from newsmine.headlines.index_arrays import hashed
from newsmine.headlines.indexing import KnownForm, key_of, outgrown
from newsmine.headlines.judge import Form, judge

BAGS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5), max_size=5), max_size=10)


def segment(bags: Sequence[Mapping[str, int]], first: int = 0) -> Segment:
    return Segment.of(np.arange(first, first + len(bags)), hashed(bags))


def found(asked: Sequence[Mapping[str, int]], known: Segment) -> set[tuple[int, int]]:
    return {
        (i, j) for a, b in known.find(hashed(asked)) for i, j in zip(a.tolist(), known.ids[b].tolist(), strict=True)
    }


def wanted(asked: Sequence[Mapping[str, int]], known: Sequence[Mapping[str, int]]) -> set[tuple[int, int]]:
    pairs = set()
    for i, first in enumerate(asked):
        for j, second in enumerate(known):
            a, b = Counter(first), Counter(second)
            common = (a & b).total()
            if common and 2 * common >= SHARE * (a.total() + b.total()) - 1e-9:
                pairs.add((i, j))
    return pairs


@settings(deadline=None)
@given(BAGS, BAGS, st.integers(0, 10))
def test_a_segment_finds_what_comparing_all_finds(
    asked: list[dict[str, int]], known: list[dict[str, int]], cut: int
) -> None:
    expected = wanted(asked, known)
    assert found(asked, segment(known)) == expected
    halves = [segment(known[:cut]), segment(known[cut:], len(known[:cut]))]
    assert found(asked, halves[0]) | found(asked, halves[1]) == expected
    assert found(asked, merged(halves)) == expected
    assert found(asked, Segment.from_bytes(merged(halves).to_bytes())) == expected


@settings(deadline=None)
@given(BAGS, BAGS, st.integers(1, 3))
def test_words_of_one_hash_lose_no_pair(asked: list[dict[str, int]], known: list[dict[str, int]], hashes: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_arrays, "hash_of", lambda word: ord(word) % hashes)
        assert found(asked, segment(known)) >= wanted(asked, known)


@settings(deadline=None)
@given(BAGS, BAGS)
def test_blocks_of_the_smallest_size_change_nothing(asked: list[dict[str, int]], known: list[dict[str, int]]) -> None:
    expected = found(asked, segment(known))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_ROWS", "_WORDS", "_CANDIDATES", "_EXPANDED"):
            patch.setattr(index, name, 1)
        assert found(asked, segment(known)) == expected == wanted(asked, known)


@pytest.mark.parametrize("at", [0, 5, 60, -1])
def test_bytes_that_have_changed_are_refused(at: int) -> None:
    data = bytearray(segment([{"a": 1}, {"a": 1, "b": 2}]).to_bytes())
    data[at] ^= 1
    for damaged in (bytes(data), bytes(data)[:-3], b"", b"abc"):
        with pytest.raises(DamagedSegmentError):
            Segment.from_bytes(damaged)


@pytest.mark.parametrize(
    ("sizes", "size", "expected"),
    [([], 1, []), ([4], 1, []), ([3], 1, [0]), ([100, 7, 1], 1, [1, 2]), ([16, 4], 1, []), ([15, 3], 1, [0, 1])],
)
def test_segments_are_merged_before_they_are_many(sizes: list[int], size: int, expected: list[int]) -> None:
    assert outgrown(dict(enumerate(sizes)), size) == expected


def test_however_many_loads_there_are_few_segments() -> None:
    sizes: list[int] = []
    for _ in range(3000):
        old = outgrown(dict(enumerate(sizes)), 1)
        sizes = [*sizes[: len(sizes) - len(old)], 1 + sum(sizes[n] for n in old)]
        assert len(sizes) <= 7
    assert sum(sizes) == 3000


TEXTS = [
    "", "?!", "東京", "Oil prices slip as OPEC weighs output cut", "UPDATE 1-Oil prices SLIP - Reuters",
    "Foreign minister of New Zealand visits Kiev", "Sampras withdraws from the US Open",
    "Agassi withdraws from the US Open",
    "Pope meets Biden, Putin meets Xi", "U.S. won't pay $4,500", "a\tb\nc", "&#9;&#10;tabs",
]  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(TEXTS) | st.text(max_size=20), st.sampled_from(TEXTS) | st.text(max_size=20))
def test_a_form_comes_back_from_its_key(first: str, second: str) -> None:
    a, b = Form(first), Form(second)
    known = KnownForm(key_of(a))
    assert (known.words, known.text, known.names, known.bag) == (a.words, a.text, a.names, a.bag)
    assert judge(known, b) == judge(a, b)
    assert judge(b, known) == judge(b, a)
    assert judge(a, b).score == judge(b, a).score
