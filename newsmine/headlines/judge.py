"""Whether two headlines say the same: a score of how alike they are, and the guards that veto it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from newsmine.headlines.clean import clean_headline
from newsmine.headlines.equate import words
from newsmine.headlines.guards import conflict
from newsmine.headlines.ratio import best_ratio
from newsmine.headlines.weights import bag, is_common
from newsmine.text import case_of

THRESHOLD = 76.0
"""The least score of headlines that are taken for one, if no guard vetoes."""

_SHARED = 0.65


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
    def sorted_text(self) -> str:
        """The words in the order of the alphabet."""
        return " ".join(sorted(self.words))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are names, by their capital: none in Title Case; the first word only if it is a rare one."""
        if not self.clean or case_of(self.clean) != "sentence":
            return frozenset()
        first, *others = self.clean.split()
        capital = [word for word in others if word[0].isupper()]
        if first[0].isupper():
            capital += [word for word in words(first)[:1] if not is_common(word)]
        return frozenset(word for found in capital for word in words(found))

    @cached_property
    def bag(self) -> Counter[str]:
        """What the stems weigh, in thousandths."""
        return bag(self.words)

    @cached_property
    def weight(self) -> int:
        """What all of it weighs."""
        return self.bag.total()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How alike two headlines are, 0 to 100, and the guard that vetoes their being one, if any does."""

    score: float
    guard: str | None


def judge(a: Form, b: Form) -> Verdict:
    """Return the verdict on two headlines.

    The score is the mean of three, each 0 to 100: the larger of RapidFuzz's ratio and token sort ratio; the share of
    the weight of both that is in common (Dice); and the share of the lighter one's weight that the other has too.
    """
    if a.text == b.text:
        return Verdict(100.0, None)
    ratio = best_ratio(a.text, b.text, a.sorted_text, b.sorted_text)
    common = (a.bag & b.bag).total()
    dice = 2 * common / max(a.weight + b.weight, 1)
    contained = common / max(min(a.weight, b.weight), 1)
    return Verdict((ratio + 100 * dice + 100 * contained) / 3, conflict(a.words, b.words, a.names | b.names))


def differing(a: Form, b: Form) -> tuple[str, str]:
    """Return the words that only the one has, and those that only the other has, each in their order."""
    first, second = Counter(a.words), Counter(b.words)
    return " ".join((first - second).elements()), " ".join((second - first).elements())
