"""Headlines that are kept, so that new ones can be compared with them again and again."""

from collections.abc import Iterator, Sequence

from newsmine.headlines.join.bounds import Bounds
from newsmine.headlines.join.copies import every
from newsmine.headlines.join.pairs import FORMS, best_of
from newsmine.headlines.join.scoring import Matches
from newsmine.headlines.join.search import PLAN, Plan, search
from newsmine.headlines.join.side import Side

_GROWTH = 4


class KnownHeadlines:
    """An index of headlines for one scorer. Their indices count in the order in which they were added.

    It grows by chunks; a chunk takes in those after it when it is no longer many times as large as they are. So to add
    a headline costs, over many of them, a few times what it costs to index it once.
    """

    def __init__(self, scorer: str) -> None:
        self._forms = FORMS[scorer]
        self._texts: list[list[str]] = [[] for _ in self._forms]
        self._chunks: list[tuple[int, list[Side]]] = []
        """Where each chunk begins, and its headlines in each form."""

    def __len__(self) -> int:
        return len(self._texts[0])

    def add(self, headlines: Sequence[str]) -> None:
        """Add headlines behind those there are."""
        start, end = len(self), len(self) + len(headlines)
        for form, texts in zip(self._forms, self._texts, strict=True):
            texts.extend(form(text) for text in headlines)
        while self._chunks and start - self._chunks[-1][0] < _GROWTH * (end - start):
            start, _ = self._chunks.pop()
        if start < end:
            self._chunks.append((start, [Side.of(texts[start:end], base=start) for texts in self._texts]))

    def probe(self, headlines: Sequence[str], cutoff: float, plan: Plan = PLAN) -> Iterator[Matches]:
        """Yield the pairs (index of the headlines given, index of a known one) whose score reaches the cutoff."""
        new = [[form(text) for text in headlines] for form in self._forms]
        for number, texts in enumerate(new):
            for _, sides in self._chunks:
                known = sides[number]
                side = Side.of(texts, known.alphabet)
                for ranks in search(side, known, Bounds(cutoff), plan=plan):
                    for found in every(side.texts, known.texts, ranks):
                        yield best_of(found, number, new, self._texts, cutoff)
