import re
import sys
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


def cleaned_slowly(text: str) -> str:
    """The definition, without the short cut for text that has nothing to clean."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    text = re.sub("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]", "", text)
    text = re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


@given(st.text(st.characters()) | st.text("a  \u00a0\u2003\x1c\x85\u200b\u00ade\u0301\ufeff\n\ud800"))
def test_clean_is_as_defined(text: str) -> None:
    assert clean(text) == cleaned_slowly(text)


def test_clean_needs_to_do_nothing_for_what_is_printable_but_for_spaces() -> None:
    printable = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())
    assert cleaned_slowly(printable) == unicodedata.normalize("NFC", printable).strip()
    assert len(printable.split()) == 1


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
