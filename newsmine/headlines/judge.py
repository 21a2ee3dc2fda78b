"""Whether two headlines say the same: a score of how alike they are, and the guards that veto it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from newsmine.headlines.clean import clean_headline
from newsmine.headlines.equate import words
from newsmine.headlines.guards import conflict
from newsmine.headlines.ratio import ratio
from newsmine.headlines.short import shortened
from newsmine.headlines.weights import bag, is_common
from newsmine.text import case_of

THRESHOLD = 76.0
"""The least score of headlines that are taken for one, if no guard vetoes."""

_SHARED = 0.65
_ENOUGH = 2500
"""The weight in common, in thousandths, that speaks for one event: some four words that are not common ones."""
_MOST = 500
"""What of the weight that only one of two headlines has can count against them, in thousandths."""
_DOUBT = 24 / 1000**2
"""By how much the score falls for each thousandth that is missing in common, times each that differs."""
_SPELLED_ALIKE = 70.0


def least_shared(threshold: float) -> float:
    """Return the least share of the weight of both headlines that must be in common: 0.65, and less below 76."""
    return _SHARED * min(1, threshold / THRESHOLD)


class Form:
    """A headline as it is compared: its clean text, its words in one form each, and what they weigh."""

    __slots__ = ("__dict__", "clean", "text", "words")

    def __init__(self, headline: str) -> None:
        """Clean the headline, and take its words; without any, its text stands for them."""
        self.clean = clean_headline(headline).text
        self.words = tuple(words(self.clean)) or tuple(self.clean.split())
        self.text = " ".join(self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are names, by their capital: in Title Case, and of the first words, only the rare ones."""
        case = case_of(self.clean) if self.clean else "lower"
        if case not in ("sentence", "title"):
            return frozenset()
        capital = [(n == 0 or case == "title", word) for n, word in enumerate(self.clean.split()) if word[0].isupper()]
        return frozenset(word for anyway, found in capital for word in words(found) if not (anyway and is_common(word)))

    @cached_property
    def bag(self) -> Counter[str]:
        """What the stems weigh, in thousandths."""
        return bag(self.words)

    @cached_property
    def weight(self) -> int:
        """What all of it weighs."""
        return self.bag.total()

    def written(self, words: Sequence[str]) -> "Form":
        """Return the form with other words."""
        form = object.__new__(Form)
        form.clean, form.words, form.text, form.names = self.clean, tuple(words), " ".join(words), self.names
        return form


@dataclass(frozen=True, slots=True)
class Verdict:
    """How alike two headlines are, 0 to 100, and the guard that vetoes their being one, if any does."""

    score: float
    guard: str | None


def judge(a: Form, b: Form) -> Verdict:
    """Return the verdict on two headlines.

    The score is the mean of three, each 0 to 100: RapidFuzz's ratio, to which the order of the words matters; the share
    of the weight of both that is in common (Dice); and the share of the lighter one's weight that the other has too.
    Where little is in common, as in "man charged over stabbing", it falls by what differs (see `_doubt`); but not where
    a guard vetoes anyway, and says what differs.
    """
    if a.text == b.text:
        return Verdict(100.0, None)
    first, second = shortened(a.words, b.words)
    if first is not a.words or second is not b.words:
        a, b = a.written(first), b.written(second)
    other = b.bag
    common = sum([min(heavy, other[root]) for root, heavy in a.bag.items() if root in other])
    dice = 2 * common / max(a.weight + b.weight, 1)
    contained = common / max(min(a.weight, b.weight), 1)
    score = (ratio(a.text, b.text) + 100 * dice + 100 * contained) / 3
    guard = conflict(a.words, b.words, a.names | b.names)
    if common < _ENOUGH and not guard:
        score = max(score - _doubt(a, b, common), 0.0)
    return Verdict(score, guard)


def _doubt(a: Form, b: Form, common: int) -> float:
    """Return how far the score falls: the more, the less is in common and the more each says that the other does not.

    Short headlines are formulas, which fit many events: there a word of difference is all that tells them apart. Words
    that are spelled almost alike do not differ.
    """
    first, second = a.bag - b.bag, b.bag - a.bag
    for one in list(first):
        for other in list(second):
            if ratio(one, other) >= _SPELLED_ALIKE:
                del first[one], second[other]
                break
    differs = min(first.total(), _MOST) + min(second.total(), _MOST)
    return _DOUBT * (_ENOUGH - common) * differs


def differing(a: Form, b: Form) -> tuple[str, str]:
    """Return the words that only the one has, and those that only the other has, each in their order."""
    first, second = Counter(a.words), Counter(b.words)
    return " ".join((first - second).elements()), " ".join((second - first).elements())
