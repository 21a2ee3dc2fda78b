import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.finding import NameIndex

WORDS = st.sampled_from(
    ["Ilham", "Aliyev", "Aliyevs", "New", "York", "X", "Éva", "Éva_2", "of", "U.S", "O'Neill", "Baku-2"]
)


@given(
    names=st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=6), text=st.lists(WORDS, max_size=12)
)
def test_every_occurrence_is_found_as_an_expression_finds_it(names: list[str], text: list[str]) -> None:
    names = [name for name in names if name[0] != "o"]
    whole = " ".join(text) + "."
    expected = {
        (match.start(), name) for name in names for match in re.finditer(rf"(?<!\w)(?={re.escape(name)}(?!\w))", whole)
    }
    assert set(NameIndex(names).occurrences(whole)) == expected


def test_at_one_place_the_longest_name_comes_first() -> None:
    index = NameIndex(["York", "New York", "New York Times", "New"])
    assert list(index.occurrences("The New York Times")) == [
        (4, "New York Times"),
        (4, "New York"),
        (4, "New"),
        (8, "York"),
    ]


def test_a_name_must_begin_like_one() -> None:
    with pytest.raises(ValueError, match="bin Laden"):
        NameIndex(["bin Laden"])
