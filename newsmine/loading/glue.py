"""Subtitles that a page glued to their headlines, on one line.

A twin on the same page that has the two apart, under the same time, proves where the glue is. Where there is no
twin, the place is inferred, and said to be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from newsmine.records import Headline, Timestamp

# A headline does not end in one of these, nor does a subtitle follow one.
_OPEN_ENDED = frozenset(
    "a an the of in on at to for from with by as and or but nor over under via into onto about after "
    "before against between among during without within through than that is are was were be been has "
    "have had will would can could may might must should not no his her its their our your my this these "
    "those who which says said tells told calls asks urges meets visits hosts receives congratulates "
    "thanks honors honours new former late president minister premier king queen prince pope general "
    "colonel mr mrs ms dr st ex foreign prime".split()
)
_Twins = dict[tuple[Timestamp, str, str | None], int]
"""The place of the first headline of a time, a text and a subtitle."""

_WORD = re.compile(r"\S+")
_SPACE = re.compile(" ")
_LONGEST = 1000
_LONG = 110
_LONG_WITH_EVIDENCE = 80


@dataclass(frozen=True, slots=True)
class _Break:
    """A place where a headline may end: the code point its subtitle starts at, and how likely it is."""

    at: int
    score: float


def unglue(headlines: Sequence[Headline]) -> list[Headline]:
    """Return the headlines with glued subtitles split off.

    A split that a twin proves is exact; one that is inferred puts "subtitle" into `Headline.inferred`.
    """
    times = Counter(headline.published for headline in headlines)
    twins: _Twins = {}
    for place, twin in enumerate(headlines):
        if twin.published and times[twin.published] > 1:
            twins.setdefault((twin.published, twin.text, twin.subtitle), place)
    proven = [_by_twin(h, headlines, twins) if times[h.published] > 1 else h for h in headlines]
    glued_lists = {after.list for before, after in zip(headlines, proven, strict=True) if after is not before}
    apart = {h.list for h in headlines if h.subtitle}
    shortest = _LONG_WITH_EVIDENCE if glued_lists else _LONG
    is_any_long = any(len(headline.text) >= shortest for headline in headlines)
    common, names = _vocabulary(headlines if is_any_long else ())
    result = []
    for before, after in zip(headlines, proven, strict=True):
        if after is before and not before.subtitle and before.list not in apart:
            longest = _LONG_WITH_EVIDENCE if before.list in glued_lists else _LONG
            after = _by_guess(before, common, names, longest)
        result.append(after)
    return result


def _by_twin(headline: Headline, headlines: Sequence[Headline], twins: _Twins) -> Headline:
    """Return the headline cut where the first that has its time and begins it ends."""
    published, text = headline.published, headline.text
    if headline.subtitle or published is None or len(text) > _LONGEST:
        return headline
    keys = [
        (published, text[:end], rest)
        for end in (space.start() for space in _SPACE.finditer(text))
        for rest in (None, text[end + 1 :])
    ]
    place = min((twins[key] for key in keys if key in twins), default=None)
    if place is None:
        return headline
    other = headlines[place]
    return replace(headline, text=other.text, subtitle=text[len(other.text) + 1 :])


def _by_guess(headline: Headline, common: frozenset[str], names: frozenset[str], longest: int) -> Headline:
    if len(headline.text) < longest:
        return headline
    breaks = _breaks(headline.text, common, names)
    if not breaks:
        return headline
    best = max(breaks, key=lambda b: (b.score, -b.at))
    text, subtitle = headline.text[: best.at].rstrip(), headline.text[best.at :]
    return replace(headline, text=text, subtitle=subtitle, inferred=headline.inferred | {"subtitle"})


def _breaks(text: str, common: frozenset[str], names: frozenset[str]) -> list[_Break]:
    """Return the places where a capital starts what may be a second sentence, in a sentence-case headline."""
    words = list(_WORD.finditer(text))
    if sum(word.group()[0].isupper() for word in words) * 2 > len(words):
        return []
    breaks = []
    for i in range(4, len(words) - 2):
        word, before, after = words[i].group(), words[i - 1].group(), words[i + 1].group()
        if not _starts_sentence(word) or word in names or not before[-1].isalnum() or not before[0].islower():
            continue
        if before.casefold() in _OPEN_ENDED or after[0].isupper():
            continue
        balance = min(i, len(words) - i) / len(words)
        breaks.append(_Break(words[i].start(), balance + (word.casefold() in common)))
    return breaks


def _starts_sentence(word: str) -> bool:
    return word[0].isupper() and word[1:].islower() and word.isalpha()


def _vocabulary(headlines: Iterable[Headline]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that the page also writes in lower case, and those it capitalises within headlines twice."""
    lower: set[str] = set()
    inner: Counter[str] = Counter()
    for text in {h.text for h in headlines}:
        words = text.split()
        lower.update(word for word in words if word.islower())
        inner.update(word for word in set(words[1:]) if word[0].isupper())
    return frozenset(lower), frozenset(word for word, n in inner.items() if n > 1 and word.casefold() not in lower)
