"""How often each spelling of a collection is which name, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsmine.names.books import Spelling
from newsmine.names.merges import Decision
from newsmine.records import Kind

Name = tuple[str, Kind]
"""A canonical name and its kind."""


class Entry(NamedTuple):
    """A spelling, what it was taken for, and in how many mentions."""

    text: str
    kind: Kind
    decision: Decision
    mentions: int

    @property
    def name(self) -> Name:
        """The canonical name and its kind."""
        return self.decision.name, self.decision.kind


class Ledger:
    """Counts of spellings under each decision; holds each of them once."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[Spelling, Decision]] = Counter()

    def add(self, named: Iterable[tuple[Spelling, Decision]]) -> None:
        """Count the names of one document."""
        self._counts.update(named)

    def __iter__(self) -> Iterator[Entry]:
        for (text, kind), decision in sorted(self._counts, key=_order):
            yield Entry(text, kind, decision, self._counts[(text, kind), decision])

    def names(self) -> Counter[Name]:
        """Return how many mentions each canonical name has."""
        found: Counter[Name] = Counter()
        for (_, decision), mentions in self._counts.items():
            found[decision.name, decision.kind] += mentions
        return found


def _order(item: tuple[Spelling, Decision]) -> tuple[str, str, str, str, float, str]:
    (text, kind), decision = item
    return text, kind, decision.name, decision.kind, decision.score, decision.reason
