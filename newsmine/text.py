"""Unicode: clean text to count with, folded text to compare with, visible text to show."""

import re
import unicodedata
from typing import Literal

Case = Literal["sentence", "title", "upper", "lower"]

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "ʼ": "'",
                         "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
                         "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "..."})  # fmt: skip

# Zero-width joiners stay: Persian and the Indic scripts spell with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE = 0.8
_FEW = 3


def clean(text: str) -> str:
    """Return the text on one line: NFC, white space collapsed, no control, bidi or zero-width characters.

    >>> clean("CHRONICLE\\u00a0 \\u00a0 20 September\\x1b[31m")
    'CHRONICLE 20 September [31m'
    """
    # Most paragraphs have nothing that must go, and the space as their only white space: 90 µs an article, not 10.
    is_plain = text.isprintable()
    if not is_plain:
        text = _CONTROL.sub(" ", _INVISIBLE.sub("", _SURROGATE.sub("\ufffd", text)))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip() if is_plain and "  " not in text else " ".join(text.split())


def fold(text: str) -> str:
    """Return the text as it is compared: lower case, no accents, plain quotes and dashes.

    >>> fold("“Türkiye” – Erdoğan")
    '"turkiye" - erdogan'
    """
    if text.isascii():
        return text.translate(_QUOTES).casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i")


def visible(text: str, *, bidi: bool = False) -> str:
    """Return the text on one line with each control character as a symbol; with `bidi`, those controls too.

    White-space controls become a space. What is shown can neither move a cursor nor reorder a line.

    >>> visible("a\\x1b]52;c\\x07b\\nc")
    'a␛]52;c␇b c'
    """
    if text.isprintable():  # as nearly every cell of a table is
        return text
    text = _SURROGATE.sub("\ufffd", text)
    text = _CONTROL.sub(lambda m: _symbol(m.group()), text)
    return _BIDI.sub("\u241a", text) if bidi else text


def _symbol(char: str) -> str:
    if char in "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029":
        return " "
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def width(text: str) -> int:
    """Return the number of terminal cells that the text takes (East Asian wide characters take two)."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def case_of(text: str) -> Case:
    """Return how a text is written; "title" is where four in five of its longer words begin with a capital.

    >>> case_of("Baku hosts talks with Yerevan"), case_of("Baku Hosts Talks"), case_of("BAKU HOSTS"), case_of("baku")
    ('sentence', 'title', 'upper', 'lower')
    """
    if text.isupper():
        return "upper"
    if text.islower():
        return "lower"
    words = _LONG_WORD.findall(text)
    capital = sum(word[0].isupper() for word in words)
    return "title" if len(words) >= _FEW and capital >= _TITLE * len(words) else "sentence"
