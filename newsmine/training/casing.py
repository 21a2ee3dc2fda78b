"""The same text as it stands in headlines: Title Case, CAPITALS, lower case."""

import re
from random import Random
from typing import Literal

from newsmine.training.labelled import Labelled

Case = Literal["sentence", "title", "upper", "lower"]

_SMALL = frozenset(
    "a an and as at but by for from in into is it its nor of off on or over per than that the this to up upon v via vs "
    "was were with".split()
)
_WORD = re.compile(r"[^\W\d_][\w’'.]*")


def recased(source: Labelled, case: Case, rng: Random) -> Labelled:
    """Return the text in that case, with the same spans.

    Publishers differ in the short words of a title: four in ten titles capitalise them too. A text whose length the
    case changes (as of "ß") is returned as it is.
    """
    text = source.text
    if case == "upper":
        text = text.upper()
    elif case == "lower":
        text = text.lower()
    elif case == "title":
        all_words = rng.random() < 0.4
        text = _WORD.sub(lambda word: _titled(word, all_words=all_words), text)
    return Labelled(text, source.entities) if len(text) == len(source.text) else source


def _titled(match: re.Match[str], *, all_words: bool) -> str:
    word = match.group()
    if not all_words and match.start() and word.lower() in _SMALL:
        return word
    return word[0].upper() + word[1:]


def like_a_headline(source: Labelled, rng: Random) -> Labelled:
    """Return the text in one of the cases, as often as headlines come in them."""
    case: Case = rng.choices(("sentence", "title", "upper", "lower"), (46, 32, 14, 8))[0]
    return recased(source, case, rng)
