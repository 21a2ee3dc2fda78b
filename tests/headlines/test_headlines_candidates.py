from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.headlines.candidates import alike, by_force, by_index

BAGS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5), max_size=5), max_size=12)


@given(BAGS, st.sampled_from([0.0, 0.3, 0.5, 0.65, 0.8, 1.0]), st.data())
def test_it_finds_what_comparing_all_finds(bags: list[dict[str, int]], share: float, data: st.DataObject) -> None:
    reach = list(data.draw(st.lists(st.integers(0, len(bags)), min_size=len(bags), max_size=len(bags))))
    found = list(by_index(bags, share=share, reach=reach))
    assert found == list(by_force(bags, share=share, reach=reach)) == list(alike(bags, share=share, reach=reach))
    for i, j in combinations(range(len(bags)), 2):
        a, b = Counter(bags[i]), Counter(bags[j])
        common = (a & b).total()
        wanted = j < reach[i] and common > 0 and 2 * common >= share * (a.total() + b.total()) - 1e-9
        assert ((i, j) in found) == wanted


@pytest.mark.parametrize("bags", [[], [{}], [{}, {}], [{"a": 1}]])
def test_there_is_nothing_to_pair(bags: list[dict[str, int]]) -> None:
    assert list(alike(bags, share=0.5, reach=[len(bags)] * len(bags))) == []


def test_many_of_one_are_all_pairs() -> None:
    assert len(list(alike([{"a": 1, "b": 2}] * 300, share=0.65, reach=[300] * 300))) == 300 * 299 // 2
