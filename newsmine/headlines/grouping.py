"""Near-identical headlines to stories: pairs that the score joins and no guard vetoes, without chaining."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from newsmine.headlines.candidates import alike
from newsmine.headlines.indexed import Index, Indexed
from newsmine.headlines.judge import THRESHOLD, Form, Verdict, judge, least_shared

WINDOW = 3

Pairs = Mapping[tuple[int, int], Verdict]
"""The verdict on two headlines, by their places in the list, the lower first."""


@dataclass(frozen=True, slots=True)
class Stories:
    """A story number for each headline, and the pairs that are alike enough but for a guard.

    Of headlines that are the same and of one day, `vetoed` names the first.
    """

    numbers: tuple[int, ...]
    vetoed: Pairs = field(default_factory=dict)


def group(
    headlines: Sequence[str],
    *,
    days: Sequence[str | None] | None = None,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
) -> list[int]:
    """Return a story number for each headline, numbered from 0 in the order of first appearance.

    Two headlines are of one story if in every pair of the story they score at least the threshold (see
    `newsmine.headlines.judge`), no guard vetoes, and they lie at most `window` days apart. `days` are ISO dates; a
    headline without one is compared with all; `window=None` sets no limit.
    """
    return list(stories(headlines, days=days, threshold=threshold, window=window).numbers)


def stories(
    headlines: Sequence[str],
    *,
    days: Sequence[str | None] | None = None,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
    bodies: Sequence[Mapping[str, int]] | None = None,
    index: Index | None = None,
) -> Stories:
    """Return the stories of the headlines as `group` finds them, with the pairs that a guard kept apart.

    `bodies` holds for each headline what stands under it, as sentences with their weight; where two share most of it,
    they are of one story whatever their headlines say. An `index` that knows all of the headlines saves the search; it
    changes nothing in what is returned.
    """
    # The index has no pair below the default threshold.
    known = Indexed.of(index, headlines) if index and threshold >= THRESHOLD else None
    forms = [] if known else _forms(headlines)
    compared = known.compared(headlines) if known else [form.text for form in forms]
    nodes = _Nodes(compared, days, window, bodies)
    if known:
        verdicts = known.verdicts([headlines[i] for i in nodes.first], nodes.reach)
    else:
        verdicts = _judged([forms[i] for i in nodes.first], least_shared(threshold), nodes.reach)
    accepted: dict[tuple[int, int], float] = {}
    vetoed: dict[tuple[int, int], Verdict] = {}
    for i, j, verdict in verdicts:
        if verdict.score >= threshold:
            if verdict.guard:
                a, b = sorted((nodes.first[i], nodes.first[j]))
                vetoed[a, b] = verdict
            else:
                accepted[i, j] = verdict.score
    if any(nodes.bodies):
        accepted.update(dict.fromkeys(alike(nodes.bodies, share=least_shared(THRESHOLD), reach=nodes.reach), 100.0))
    story = _complete(len(nodes.first), accepted)
    return Stories(_renumbered(story[node] for node in nodes.of), vetoed)


def _forms(headlines: Sequence[str]) -> list[Form]:
    known: dict[str, Form] = {}
    return [known.get(text) or known.setdefault(text, Form(text)) for text in headlines]


def _judged(forms: Sequence[Form], share: float, reach: Sequence[int]) -> Iterator[tuple[int, int, Verdict]]:
    for i, j in alike([form.bag for form in forms], share=share, reach=reach):
        yield i, j, judge(forms[i], forms[j])


class _Nodes:
    """The distinct headlines in the order of their days; the undated come first.

    In that order the headlines within the window of each are a stretch. Equal ones of one day are one node, and so
    are all equal ones if there is no window, so that a million of them are no more work than one.
    """

    def __init__(
        self,
        compared: Sequence[str],
        days: Sequence[str | None] | None,
        window: int | None,
        bodies: Sequence[Mapping[str, int]] | None,
    ) -> None:
        ordinals = [_ordinal(day) if window is not None else None for day in (days or [None] * len(compared))]
        order = sorted(range(len(compared)), key=lambda i: (ordinals[i] is not None, ordinals[i] or 0, compared[i], i))
        self.first: list[int] = []
        """The headline that a node was made of."""
        self.of = [0] * len(compared)
        """The node of each headline."""
        at: dict[tuple[int | None, str, int], int] = {}
        for i in order:
            own_body = i if bodies and bodies[i] else -1
            key = ordinals[i], compared[i], own_body
            if key not in at:
                at[key] = len(self.first)
                self.first.append(i)
            self.of[i] = at[key]
        self.bodies = [bodies[i] for i in self.first] if bodies else []
        self.reach = _reach([ordinals[i] for i in self.first], window)


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day[:10]).toordinal() if day and len(day) >= 10 else None


def _reach(days: Sequence[int | None], window: int | None) -> list[int]:
    if window is None:
        return [len(days)] * len(days)
    keys = [-timedelta.max.days if day is None else day for day in days]
    return [len(days) if day is None else bisect_right(keys, day + window) for day in days]


def _complete(count: int, scores: Mapping[tuple[int, int], float]) -> list[int]:
    """Return story numbers by complete linkage: the best pairs first, two stories join if all their pairs do."""
    story = list(range(count))
    members = {i: [i] for i in range(count)}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        a, b = sorted((story[i], story[j]))
        if a != b and all((min(x, y), max(x, y)) in scores for x in members[a] for y in members[b]):
            for x in members[b]:
                story[x] = a
            members[a] += members.pop(b)
    return story


def _renumbered(numbers: Iterable[int]) -> tuple[int, ...]:
    known: dict[int, int] = {}
    return tuple(known.setdefault(number, len(known)) for number in numbers)
