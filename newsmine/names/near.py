"""Names that differ by a slip of the pen, found without comparing all with all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from newsmine import gazetteer
from newsmine.names.forms import key
from newsmine.names.ledger import Name
from newsmine.names.people import parse
from newsmine.table import Row

_SHORTEST = 5
_ALIKE = 0.83
_ALIKE_ALONE = 0.88
_BLOCK = 100


def near_misses(names: Mapping[Name, int], score: float) -> list[Row]:
    """Return a row for each name that is spelled nearly as a more frequent one of its kind, its canonical name.

    The two have the same words but one; those, of five letters or more and without figures, begin or end with the same
    two letters, and have an Indel similarity of at least 83 per cent, as two letters in the wrong order have. Single
    words, which are compared with the surnames of full names too, must reach 88, and two places of the gazetteer are
    no slip. Where more than 100 names differ in one word only, they tell nothing. Scores are below `score`.
    """
    best: dict[Name, tuple[float, Name]] = {}
    for alike, a, b in _pairs(names):
        rare, common = sorted((a, b), key=lambda name: (" " in name[0], names[name], [-ord(char) for char in name[0]]))
        found = best.get(rare)
        if found is None or (alike, names[common], found[1]) > (found[0], names[found[1]], common):
            best[rare] = (alike, common)
    return [
        (rare[0], common[0], common[1], round(score * alike, 2), f"not merged: {100 * alike:.0f}% alike")
        for rare, (alike, common) in sorted(best.items())
    ]


def _pairs(names: Mapping[Name, int]) -> Iterator[tuple[float, Name, Name]]:
    """Yield how alike two names are that are alike."""
    from rapidfuzz.distance import Indel

    for block in _blocks(names):
        for i, (word, name) in enumerate(block):
            for other_word, other in block[i + 1 :]:
                least = _ALIKE if " " in name[0] and " " in other[0] else _ALIKE_ALONE
                alike = Indel.normalized_similarity(word, other_word, score_cutoff=least)
                if word != other_word and alike >= least and not _are_known(name, other):
                    yield alike, name, other


def _blocks(names: Mapping[Name, int]) -> Iterator[list[tuple[str, Name]]]:
    """Yield names that have the same words but one, and these with the same beginning or end; single words first."""
    blocks: dict[tuple[str, ...], list[tuple[str, Name]]] = defaultdict(list)
    families: dict[tuple[str, ...], list[tuple[str, Name]]] = defaultdict(list)
    for name in sorted(names):
        for frame, word in _frames(name):
            for ends in ((word[:2], ""), ("", word[-2:])):
                blocks[(*frame, *ends)].append((word, name))
        if name[1] == "person" and (parts := parse(key(*name))).given and len(parts.written) >= _SHORTEST:
            for ends in ((parts.written[:2], ""), ("", parts.written[-2:])):
                families["person", "*", *ends].append((parts.written, name))
    yield from (block for block in blocks.values() if len(block) <= _BLOCK)
    for trait, family in families.items():
        alone = blocks.get(trait, [])
        if len(alone) + len(family) <= _BLOCK:
            yield from ([single, full] for single in alone for full in family)


def _frames(name: Name) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each word of a name that may be misspelled, with the kind and the other words around it."""
    text, kind = name
    words = key(text, kind).split()
    for i, word in enumerate(words):
        if len(word) >= _SHORTEST and word.isalpha():
            yield (kind, *words[:i], "*", *words[i + 1 :]), word


def _are_known(a: Name, b: Name) -> bool:
    return a[1] == "place" and gazetteer.find_place(a[0]) is not None and gazetteer.find_place(b[0]) is not None
