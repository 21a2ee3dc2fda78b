"""All pairs of headlines that score alike, exactly as comparing each with each would find them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsmine.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from newsmine.headlines.join.scoring import Matches

Scorer = Literal["ratio", "token_sort_ratio", "max"]
SCORERS: tuple[Scorer, ...] = ("ratio", "token_sort_ratio", "max")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headlines by their indices, i < j, and how similar they are, from 0 to 100."""

    i: int
    j: int
    score: float


def similar_pairs(
    headlines: Sequence[str],
    *,
    scorer: Scorer = "ratio",
    cutoff: float = 90,
    reach: Sequence[int] | None = None,
) -> Iterator[Pair]:
    """Return exactly the pairs i < j whose score is at least the cutoff, as an iterator that finds them as it goes.

    Scores are RapidFuzz's `fuzz.ratio`, `fuzz.token_sort_ratio`, or the larger of the two ("max"), on the strings
    as they are. Two empty headlines score 100. With `reach`, headline i is compared with those before index
    `reach[i]` only, which is how a time window spares the work. The order depends on the arguments alone
    (docs/join.md describes it); it is not that of the indices. Every copy of a text is a headline of its own, so a
    text that stands there n times gives n * (n - 1) / 2 pairs: who groups passes each distinct text once. Raises
    UnknownNameError for a scorer, UsageError for a cutoff outside 0 to 100 or a reach of another length.
    """
    _check(scorer, cutoff)
    if reach is not None and len(reach) != len(headlines):
        raise UsageError(f"there are {len(headlines)} headlines, but {len(reach)} ends of their reach")
    return _within(headlines, scorer, cutoff, reach)


def similar_pairs_between(
    new: Sequence[str], known: Sequence[str], *, scorer: Scorer = "ratio", cutoff: float = 90
) -> Iterator[Pair]:
    """Return exactly the pairs of a new headline i and a known one j whose score is at least the cutoff.

    The indices count in the two lists, so i may be anything beside j. Otherwise as `similar_pairs`.
    """
    _check(scorer, cutoff)
    return _between(new, known, scorer, cutoff)


def _check(scorer: str, cutoff: float) -> None:
    if scorer not in SCORERS:
        raise UnknownNameError("scorer", scorer, SCORERS)
    if not 0 <= cutoff <= 100:
        raise UsageError(f"the cutoff {cutoff} is not between 0 and 100", hint="90 is a common choice")


def _within(headlines: Sequence[str], scorer: str, cutoff: float, reach: Sequence[int] | None) -> Iterator[Pair]:
    # The join stands on numpy, which nobody waits for who compares no headlines.
    from newsmine.headlines.join import pairs_within

    return _pairs(pairs_within(headlines, scorer, cutoff, reach))


def _between(new: Sequence[str], known: Sequence[str], scorer: str, cutoff: float) -> Iterator[Pair]:
    from newsmine.headlines.join import KnownHeadlines

    index = KnownHeadlines(scorer)
    index.add(known)
    return _pairs(index.probe(new, cutoff))


def _pairs(found: "Iterable[Matches]") -> Iterator[Pair]:
    for first, second, scores in found:
        yield from map(Pair, first.tolist(), second.tolist(), scores.tolist())
