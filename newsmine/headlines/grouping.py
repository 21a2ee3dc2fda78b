"""Near-identical headlines to stories: pairs that the score joins and no guard vetoes, without chaining."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsmine.headlines.clean import clean_headline, comparable
from newsmine.headlines.compare import THRESHOLD, Pair, conflict, similar_pairs

WINDOW = 3


@dataclass(frozen=True, slots=True)
class Stories:
    """A story number for each headline, and the scores of the pairs that were joined directly."""

    numbers: tuple[int, ...]
    scores: Mapping[tuple[int, int], float]

    def score(self, i: int, j: int) -> float | None:
        """Return the score of two headlines of one story, None if they are of two stories."""
        return self.scores.get((min(i, j), max(i, j)))


def group(
    headlines: Sequence[str],
    *,
    days: Sequence[str | None] | None = None,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
) -> list[int]:
    """Return a story number for each headline, numbered from 0 in the order of first appearance.

    Two headlines are of one story if every pair in the story scores at least the threshold (the larger of ratio
    and token sort ratio, on cleaned text), conflicts in no number or date, and lies at most `window` days apart.
    `days` are ISO dates; a headline without one is compared with all; `window=None` sets no limit.
    """
    return list(stories(headlines, days=days, threshold=threshold, window=window).numbers)


def stories(
    headlines: Sequence[str],
    *,
    days: Sequence[str | None] | None = None,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
) -> Stories:
    """Return the stories of the headlines as `group` finds them, with the scores behind them."""
    texts = [_compared(text) for text in headlines]
    ordinals = [_ordinal(day) for day in (days or [None] * len(texts))]
    # In the order of their days, the headlines within the window of each are a stretch; the undated come first.
    order = sorted(range(len(texts)), key=lambda i: (ordinals[i] is not None, ordinals[i] or 0, texts[i], i))
    reach = _reach([ordinals[i] for i in order], window)
    accepted: dict[tuple[int, int], float] = {}
    for pair in similar_pairs([texts[i] for i in order], scorer="max", cutoff=threshold, reach=reach):
        i, j = sorted((order[pair.i], order[pair.j]))
        if conflict(texts[i], texts[j]) is None:
            accepted[i, j] = pair.score
    return Stories(_complete(len(texts), accepted), accepted)


def _compared(text: str) -> str:
    cleaned = clean_headline(text).text
    return comparable(cleaned) or cleaned


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day and len(day) >= 10 else None


def _reach(days: Sequence[int | None], window: int | None) -> list[int]:
    if window is None:
        return [len(days)] * len(days)
    keys = [-timedelta.max.days if day is None else day for day in days]
    return [len(days) if day is None else bisect_right(keys, day + window) for day in days]


def _complete(count: int, pairs: Mapping[tuple[int, int], float]) -> tuple[int, ...]:
    """Return story numbers by complete linkage: the best pairs first, two stories join if all their pairs do."""
    story = list(range(count))
    members = {i: [i] for i in range(count)}
    for pair in _best_first(pairs):
        a, b = sorted((story[pair.i], story[pair.j]))
        if a != b and all((min(x, y), max(x, y)) in pairs for x in members[a] for y in members[b]):
            for x in members[b]:
                story[x] = a
            members[a] += members.pop(b)
    renumbered: dict[int, int] = {}
    return tuple(renumbered.setdefault(number, len(renumbered)) for number in story)


def _best_first(pairs: Mapping[tuple[int, int], float]) -> Iterable[Pair]:
    return sorted((Pair(i, j, score) for (i, j), score in pairs.items()), key=lambda p: (-p.score, p.i, p.j))
