"""Whether our own engine finds what spaCy finds: the comparison that the contract of exactness is checked by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from newsmine.nlp.model import load_model

_BATCH = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A text in which the two differ, and what only one of them finds: entities or sentences, with their limits."""

    text: str
    ours: tuple[tuple[object, ...], ...]
    theirs: tuple[tuple[object, ...], ...]


def differences(name: str, texts: Iterable[str]) -> Iterator[Difference]:
    """Yield every text in which our engine finds other entities, labels or sentences than spaCy does.

    `name` is an installed pipeline or the folder of one. Raises NewsmineError if our engine cannot run it.
    """
    ours, theirs = load_model(name, engine="newsmine"), load_model(name, engine="spacy")
    texts = iter(texts)
    while batch := list(islice(texts, _BATCH)):
        for text, a, b in zip(batch, ours.labelled(batch), theirs.labelled(batch), strict=True):
            left: set[tuple[object, ...]] = {*a[0], *a[1]}
            right: set[tuple[object, ...]] = {*b[0], *b[1]}
            if a != b:
                yield Difference(text, tuple(sorted(left - right, key=str)), tuple(sorted(right - left, key=str)))
