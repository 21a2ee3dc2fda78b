"""All pairs of a list of headlines that reach a cutoff, within each headline's reach."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from newsmine.headlines.join import scoring
from newsmine.headlines.join.bounds import Bounds, Ints
from newsmine.headlines.join.copies import Reach
from newsmine.headlines.join.scoring import Matches, tokens_sorted
from newsmine.headlines.join.search import PLAN, Plan, search
from newsmine.headlines.join.side import Side

Form = Callable[[str], str]
FORMS: Mapping[str, tuple[Form, ...]] = {
    "ratio": (str,),
    "token_sort_ratio": (tokens_sorted,),
    "max": (str, tokens_sorted),
}
"""The forms of a text whose ratio a scorer takes, the largest if there are two."""

_BLOCK = 4096


def pairs_within(
    headlines: Sequence[str], scorer: str, cutoff: float, reach: Sequence[int] | None, plan: Plan = PLAN
) -> Iterator[Matches]:
    """Yield the pairs of indices i < j, with j < reach[i] if it is given, whose score reaches the cutoff."""
    forms = [[form(text) for text in headlines] for form in FORMS[scorer]]
    count = len(headlines)
    ends = np.full(count, count) if reach is None else np.minimum(np.array(reach, np.int64), count)
    for number, texts in enumerate(forms):
        for found in _in_blocks(texts, Bounds(cutoff), ends, plan):
            yield best_of(found, number, forms, forms, cutoff)


def best_of(
    found: Matches, number: int, ours: Sequence[Sequence[str]], theirs: Sequence[Sequence[str]], cutoff: float
) -> Matches:
    """Return what was found in one form with the best score of all forms, without what an earlier form has found."""
    best, kept = found.scores, np.ones(len(found.first), np.bool_)
    if number == 0 and best.min(initial=100.0) == 100:
        return found
    for n in range(len(ours)):
        if n != number:
            one, other = [ours[n][i] for i in found.first.tolist()], [theirs[n][j] for j in found.second.tolist()]
            values = scoring.scores(one, other)
            best = np.maximum(best, values)
            if n < number:
                kept &= values < cutoff
    return Matches(found.first[kept], found.second[kept], best[kept])


def _in_blocks(texts: Sequence[str], bounds: Bounds, ends: Ints, plan: Plan) -> Iterator[Matches]:
    """Yield the matching places within reach, block by block: what is out of a block's reach costs nothing."""
    for start, stop in _blocks(ends):
        side = Side.of(texts[start:stop], base=start)
        reach = Reach(side.texts, side.texts, ends, itself=True)
        yield from reach.identical()
        for found in search(side, side, bounds, itself=True, keep=reach.keep, plan=plan):
            yield from reach.spread(found)
        end = int(ends[start:stop].max())
        if end > stop:
            later = Side.of(texts[stop:end], side.alphabet, base=stop)
            reach = Reach(side.texts, later.texts, ends, itself=False)
            for found in search(side, later, bounds, keep=reach.keep, plan=plan):
                yield from reach.spread(found)


def _blocks(ends: Ints) -> Iterator[tuple[int, int]]:
    """Yield stretches of the list of about the length of the reach; all in one where the reach is long."""
    count = len(ends)
    mean = int(np.maximum(ends - np.arange(count), 0).mean()) if count else 0
    size = count if mean > count // 4 else max(_BLOCK, mean)
    yield from ((start, min(start + size, count)) for start in range(0, count, max(1, size)))
