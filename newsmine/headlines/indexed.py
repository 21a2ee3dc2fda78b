"""Verdicts on headlines from an index that keeps them, in the place of a search."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from newsmine.headlines.candidates import alike
from newsmine.headlines.index import SHARE
from newsmine.headlines.indexing import KeptPair, KnownForm, fingerprint, is_crowded
from newsmine.headlines.judge import THRESHOLD, Verdict, judge

Kept = tuple[Mapping[str, tuple[int, str, int]], Iterable[KeptPair]]
"""For each headline the number of its form, the form, and how many others that is like; and the pairs of these forms
that score the default threshold, but for some of two crowded ones."""

_SAME = Verdict(100.0, None)


class Index(Protocol):
    """What keeps an index of headlines: a corpus."""

    def recall(self, fingerprint: str, headlines: Collection[str]) -> Kept | None:
        """Return what this maker knows of the headlines, None if it is not all there is to know."""


class Indexed:
    """What an index knows of some headlines."""

    def __init__(self, kept: Kept) -> None:
        self._forms, self._pairs = kept
        self._crowded = {number for number, _, degree in self._forms.values() if is_crowded(degree)}

    @classmethod
    def of(cls, index: Index, headlines: Iterable[str]) -> "Indexed | None":
        """Return what the index knows of the headlines, None if it does not know them all."""
        kept = index.recall(fingerprint(), set(headlines))
        return None if kept is None else cls(kept)

    def compared(self, headlines: Iterable[str]) -> list[str]:
        """Return the words of each headline as they are compared."""
        words = {text: form.partition("\n")[0].replace("\t", " ") for text, (_, form, _) in self._forms.items()}
        return [words[text] for text in headlines]

    def verdicts(self, headlines: Sequence[str], reach: Sequence[int]) -> Iterator[tuple[int, int, Verdict]]:
        """Yield each pair i < j < reach[i] that scores the default threshold, with the verdict, in order."""
        at: dict[int, list[int]] = defaultdict(list)
        for i, text in enumerate(headlines):
            number, form, _ = self._forms[text]
            # A headline without a word is like no other, not even itself.
            if not form.startswith("\n"):
                at[number].append(i)
        found = [
            (i, j, _SAME)
            for places in at.values()
            for n, i in enumerate(places)
            for j in places[n + 1 : bisect_left(places, reach[i])]
        ]
        found += self._among_crowded(headlines, reach)
        for a, b, score, guard in self._pairs:
            if a in self._crowded and b in self._crowded:
                continue
            verdict = Verdict(score, guard)
            found += _across(at[a], at[b], reach, verdict)
            found += _across(at[b], at[a], reach, verdict)
        found.sort(key=lambda item: item[:2])
        yield from found

    def _among_crowded(self, headlines: Sequence[str], reach: Sequence[int]) -> Iterator[tuple[int, int, Verdict]]:
        """Yield the pairs of two crowded forms, which are searched for."""
        at = [i for i, text in enumerate(headlines) if self._forms[text][0] in self._crowded]
        own = [self._forms[headlines[i]][:2] for i in at]
        made = {number: KnownForm(key) for number, key in own}
        forms = [made[number] for number, _ in own]
        limits = [bisect_left(at, reach[i]) for i in at]
        for i, j in alike([form.bag for form in forms], share=SHARE, reach=limits):
            if forms[i] is not forms[j]:
                verdict = judge(forms[i], forms[j])
                if verdict.score >= THRESHOLD:
                    yield at[i], at[j], verdict


def _across(
    first: Sequence[int], second: Sequence[int], reach: Sequence[int], verdict: Verdict
) -> Iterator[tuple[int, int, Verdict]]:
    for i in first:
        for j in second[bisect_right(second, i) : bisect_left(second, reach[i])]:
            yield i, j, verdict
