import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newsmine.text import clean, fold, visible, width


@given(st.text())
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == clean(cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned


@given(st.text())
def test_visible_text_cannot_move_a_cursor(text: str) -> None:
    shown = visible(text, bidi=True)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_fold_brings_spellings_together() -> None:
    assert fold("TÜRKİYE") == fold("Turkiye") == "turkiye"
    assert fold("Ilham Əliyev") != fold("Ilham Aliyev")
    assert fold("“A” – B’s") == '"a" - b\'s'


def test_width_counts_cells() -> None:
    assert width("Баку") == 4
    assert width("東京") == 4
    assert width("e\u0301") == 1
