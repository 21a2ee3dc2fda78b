"""The index of headlines kept current: what is new is compared with what is known, and the verdicts are kept.

The verdict on two headlines depends on nothing but their forms, whichever comes first, so that it can be kept.

Headlines that are like very many others ("Exchange rates for 3 May") would make pairs without end, nearly all of
them of days too far apart. So no pair of two that are crowded, each like more than a hundred, has to be kept: whoever
asks for them compares the crowded ones among themselves, within the days that are asked for.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from newsmine.headlines.candidates import enough
from newsmine.headlines.index import SHARE, DamagedSegmentError, Segment, merged
from newsmine.headlines.index_arrays import Array, hashed
from newsmine.headlines.judge import THRESHOLD, Form, judge
from newsmine.headlines.suffixes import shorter

_BATCH = 10_000
_LARGER = 4
_CROWD = 100
_CODE = ("candidates", "clean", "equate", "guards", "index", "index_arrays", "indexing", "judge", "ratio", "short",
         "suffixes", "weights")  # fmt: skip
_GROUND = ("gazetteer", "resources", "tags", "text")
_DATA = ("demonyms", "equated", "opposites", "outlets", "places", "prefixes", "tags", "word_weights")

KeptPair = tuple[int, int, float, str | None]
"""Two forms by their numbers, the lower first, their score, and the guard that vetoes."""


class Store(Protocol):
    """What keeps an index: a corpus. Its methods but the first two are called within `writing`."""

    def waiting(self, fingerprint: str) -> tuple[list[int], list[str]]:
        """Return the sources that are not in the index of this maker, and their headlines that are not."""

    def reset(self, fingerprint: str) -> None:
        """Drop all there is, and begin an index of this maker."""

    def writing(self) -> AbstractContextManager[bool]:
        """Hold the block together; False if what was `waiting` does for another index."""

    def known(self, headlines: Collection[str]) -> set[str]:
        """Return those of the headlines that are there."""

    def add(self, forms: Iterable[tuple[str, str]]) -> dict[str, int]:
        """Keep headlines with their forms; return the numbers of the new forms, higher than those before."""

    def forms(self, numbers: Collection[int]) -> dict[int, str]:
        """Return forms by their numbers."""

    def degrees(self, numbers: Collection[int]) -> dict[int, int]:
        """Return how many others the forms are like, by the last `count`."""

    def count(self, degrees: Mapping[int, int]) -> None:
        """Keep how many others the forms are like."""

    def keep(self, pairs: Iterable[KeptPair]) -> None:
        """Keep pairs."""

    def segments(self) -> dict[int, bytes]:
        """Return the segments by number, in order."""

    def replace(self, old: Collection[int], content: bytes) -> None:
        """Keep a segment instead of those."""

    def finish(self, sources: Iterable[int]) -> None:
        """Take note that these sources are in the index."""


class KnownForm(Form):
    """A form made of its key, not of a headline."""

    __slots__ = ()

    def __init__(self, key: str) -> None:
        """Take the words and the names from the key."""
        words, _, names = key.partition("\n")
        self.clean = ""
        self.words = tuple(words.split("\t")) if words else ()
        self.text = words.replace("\t", " ")
        self.names = frozenset(names.split("\t")) if names else frozenset()


def key_of(form: Form) -> str:
    """Return all of a form that a verdict depends on: its words, and which of these are names.

    There is no tab or line feed in a word.
    """
    return "\t".join(form.words) + "\n" + "\t".join(sorted(form.names))


@cache
def fingerprint() -> str:
    """Return what the kept verdicts depend on: a digest of code and data, and the versions of what they call."""
    from importlib.metadata import version

    root = files("newsmine")
    names = [f"headlines/{name}.py" for name in _CODE] + [f"{name}.py" for name in _GROUND]
    whole = hashlib.blake2b(digest_size=8)
    for name in (*names, *(f"data/{name}.tsv" for name in _DATA)):
        data = root.joinpath(name).read_bytes()
        whole.update(len(data).to_bytes(8, "big") + data)
    return f"{whole.hexdigest()} rapidfuzz {version('rapidfuzz')} unicode {unicodedata.unidata_version}"


def update(store: Store, *, progress: Callable[[int, int], None] | None = None) -> str | None:
    """Bring the index up to date; return what has to be said of it, if anything.

    It is written in steps, each a whole: whatever ends this early leaves an index that is right about less.
    """
    try:
        _update(store, progress)
    except DamagedSegmentError:
        store.reset(fingerprint())
        _update(store, progress)
        return "the index of headlines was damaged, and has been made anew"
    return None


def _update(store: Store, progress: Callable[[int, int], None] | None) -> None:
    sources, headlines = store.waiting(fingerprint())
    for at in range(0, len(headlines), _BATCH):
        with store.writing() as current:
            if not current:
                return
            _add(store, headlines[at : at + _BATCH])
        if progress:
            progress(min(at + _BATCH, len(headlines)), len(headlines))
    if sources:
        with store.writing() as current:
            if current:
                store.finish(sources)


def _add(store: Store, headlines: Sequence[str]) -> None:
    """Add headlines, and the pairs that they make with one another and with those that are there."""
    # Whoever asks may have learned that a headline ends with its publisher's name, and asks for it without.
    texts = list(dict.fromkeys(text for headline in headlines for text in (headline, *shorter(headline))))
    known = store.known(texts)
    forms = {text: Form(text) for text in texts if text not in known}
    keys = {text: key_of(form) for text, form in forms.items()}
    by_key = {keys[text]: form for text, form in forms.items()}
    new = {number: by_key[key] for key, number in store.add(keys.items()).items() if by_key[key].words}
    if new:
        segments = {number: Segment.from_bytes(content) for number, content in store.segments().items()}
        segment = segment_of(new)
        pairs = list(_uncrowded(store, alike_pairs(segment, segments.values())))
        numbers = {a for a, _ in pairs} - new.keys()
        before = {number: KnownForm(key) for number, key in store.forms(numbers).items()}
        store.keep(verdicts(pairs, {**before, **new}))
        old = outgrown({number: len(segment) for number, segment in segments.items()}, len(segment))
        whole = merged([*(segments[number] for number in old), segment]) if old else segment
        store.replace(old, whole.to_bytes())


def segment_of(forms: Mapping[int, Form]) -> Segment:
    """Return a segment of forms by their numbers."""
    import numpy as np

    return Segment.of(np.fromiter(forms, np.int64, len(forms)), hashed([form.bag for form in forms.values()]))


def alike_pairs(segment: Segment, others: Iterable[Segment]) -> Iterator[tuple[Array, Array]]:
    """Yield the pairs a < b within a segment, and between it and others of lower numbers, that may share enough.

    They come as two arrays of numbers, in blocks.
    """
    bags = segment.hashes()
    for other in (segment, *others):
        for asked, found in other.find(bags):
            a, b = other.ids[found], segment.ids[asked]
            once = a < b
            yield a[once], b[once]


def is_crowded(degree: Any) -> Any:
    """Tell whether a form that is like so many others is crowded: the pairs of two such are not all kept.

    Of an array of degrees, an array is returned.
    """
    return degree > _CROWD


def _uncrowded(store: Store, blocks: Iterable[tuple[Array, Array]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs but those of two crowded forms; count what each form is like."""
    import numpy as np

    degrees, asked = np.zeros(0, np.int64), np.zeros(0, bool)
    for a, b in blocks:
        count = np.bincount(np.concatenate((a, b)), minlength=len(degrees))
        degrees, asked = (np.pad(array, (0, len(count) - len(array))) for array in (degrees, asked))
        first = np.flatnonzero((count > 0) & ~asked).tolist()
        for number, degree in store.degrees(first).items():
            degrees[number] = degree
        asked[first] = True
        degrees += count
        kept = ~(is_crowded(degrees[a]) & is_crowded(degrees[b]))
        yield from zip(a[kept].tolist(), b[kept].tolist(), strict=True)
    store.count({number: int(degrees[number]) for number in np.flatnonzero(asked).tolist()})


def verdicts(pairs: Iterable[tuple[int, int]], forms: Mapping[int, Form]) -> Iterator[KeptPair]:
    """Yield those of the pairs that share enough and score the default threshold, with the verdict on them."""
    for a, b in pairs:
        first, second = forms[a], forms[b]
        if enough((first.bag & second.bag).total(), first.weight + second.weight, SHARE):
            verdict = judge(first, second)
            if verdict.score >= THRESHOLD:
                yield a, b, verdict.score, verdict.guard


def outgrown(sizes: Mapping[int, int], size: int) -> list[int]:
    """Return the last segments that are to be merged with a new one: those that are not four times what follows.

    So there are few, and each headline is written only a few times again while the index grows a hundredfold.
    """
    old: list[int] = []
    for number in reversed(sizes):
        if sizes[number] >= _LARGER * size:
            break
        size += sizes[number]
        old.insert(0, number)
    return old
