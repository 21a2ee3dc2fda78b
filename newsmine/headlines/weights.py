"""What the words of a headline weigh: a name or a rare word much, "the" next to nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from newsmine import resources

UNKNOWN = 773
"""The weight of a word that is not in the table, in thousandths."""

_SHORTEST = 4
_ENDINGS = ("ing", "ed", "es", "s")


def bag(words: Iterable[str]) -> Counter[str]:
    """Return the stems of the words with what they weigh together, in thousandths.

    >>> bag(["police", "charge", "police"]) == bag(["police", "police", "charged"])
    True
    """
    weighed: Counter[str] = Counter()
    for word in words:
        root = stem(word)
        weighed[root] += _weight(root)
    return weighed


def weight(word: str) -> int:
    """Return what a word weighs, in thousandths: the less, the more common it is."""
    return _weight(stem(word))


def is_common(word: str) -> bool:
    """Tell whether a word is in the table of common ones."""
    return stem(word) in _table()


@lru_cache(maxsize=2**16)
def stem(word: str) -> str:
    """Return what the inflected forms of an English word share.

    >>> [stem(word) for word in ("stops", "stopped", "stopping", "charged", "charges", "parties", "party", "us")]
    ['stop', 'stop', 'stop', 'charg', 'charg', 'party', 'party', 'us']
    """
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) >= _SHORTEST:
        word = word.removesuffix("e")
    if len(word) >= _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    return f"{word[:-1]}y" if word[-1] == "i" else word


def _weight(root: str) -> int:
    table = _table()
    # Several words that are one name weigh what they weigh together.
    return sum(_weight(stem(part)) for part in root.split()) if " " in root else table.get(root, UNKNOWN)


@cache
def _table() -> Mapping[str, int]:
    return {word: int(weight) for word, weight in resources.rows("word_weights.tsv")}
