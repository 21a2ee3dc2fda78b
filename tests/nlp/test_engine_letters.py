import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.nlp.engine.letters import may_match_letters


@pytest.mark.parametrize(
    ("pattern", "flags", "expected"),
    [
        (r"\$|€", 0, False),
        (r"(?<=[0-9])(?:km|kg)", 0, False),
        (r"(?<=[a-z])\.(?=[A-Z])|[,;:]", 0, False),
        (r"^\d+x", 0, False),
        (r"\s|[\s\d]", 0, False),
        ("\u212a", 0, False),
        ("\u212a", re.IGNORECASE, True),
        (r"(?i:ſ)", 0, True),
        (r"'?s$", 0, True),
        (r"[^a]", 0, True),
        (r"\w", 0, True),
        (r".", 0, True),
        (r"(?!x)", 0, True),
        (r"\b", 0, True),
        (r"", 0, True),
        (r"(?:\.|x)+", 0, True),
        (r"[!-~]", 0, True),
    ],
)
def test_expressions(pattern: str, flags: int, expected: bool) -> None:
    assert may_match_letters(pattern, flags) == expected


ATOMS = st.sampled_from(
    [r"\.", ",", "a", "Z", r"\d", r"\w", r"[0-9]", r"[a-f]", r"[^.]", r"(?<=x)", r"(?!y)", "^", "$", "'"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part})?"),
        inner.map(lambda part: f"(?:{part})+"),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text(string.ascii_letters, max_size=6))
def test_what_is_said_not_to_match_does_not(pattern: str, word: str) -> None:
    if not may_match_letters(pattern, 0):
        assert re.search(pattern, word) is None
