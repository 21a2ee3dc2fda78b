"""What the rules share: spans that do not overlap, the case of a text, and what stands beside a name."""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

from newsmine.records import Span

Parts = list[list[Span]]
"""The spans of each part of a document, in the order of the text."""

_WORD_BEFORE = re.compile(r"([\w'’.&-]*\w\.?)\s$")
_WORD_AFTER = re.compile(r"\s(\w[\w'’&-]*)")
_NO_NAME = frozenset("the a an in on at of for to from by with and or but mr mrs ms dr president minister".split())
_OPENING = frozenset(
    "the a an this that these those and but or so yet then when while where why how what who if as for in on at "
    "by of to from with without after before since until unlike like although though however because during under "
    "over about against between among despite meanwhile later earlier now today yesterday tonight tomorrow monday "
    "tuesday wednesday thursday friday saturday sunday both only even also still just once again will can could "
    "should would may might did does do is are was were has had have said says told mr mrs ms dr sir lord lady "
    "president minister senator governor king queen prince princess pope judge former ex new first last not no "
    "yes here there his her its their our my your according asked because instead perhaps maybe many most some "
    "all each every".split()
)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text; of two that overlap, the one that was given first."""
    starts: list[int] = []
    kept: list[Span] = []
    for span in spans:
        at = bisect(starts, span.start)
        fits = (not at or kept[at - 1].end <= span.start) and (at == len(kept) or span.end <= starts[at])
        if span.start < span.end and fits:
            starts.insert(at, span.start)
            kept.insert(at, span)
    return kept


def joins_a_name(text: str, start: int, end: int, *, strict: bool = False) -> bool:
    """Tell whether a name in text of sentence case seems to be a piece of a longer one: a capital stands beside it.

    At the beginning of a sentence any word has a capital; if that is to be `strict`, only usual opening words are none.

    >>> text = "The Medical Journal of Australia and Fan Expo Canada met in Canada."
    >>> [joins_a_name(text, m.start(), m.end()) for m in re.finditer("Australia|Canada", text)]
    [True, True, False]
    """
    after = _WORD_AFTER.match(text, end)
    if after and after[1][0].isupper() and after[1].casefold() not in _NO_NAME:
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    if before and before[1] == "of":
        before = _WORD_BEFORE.search(text, max(0, start - 40), before.start())
    if before is None or not before[1][0].isupper() or before[1].casefold().rstrip(".") in _NO_NAME:
        return False
    if strict and before[1].casefold() not in _OPENING:
        return True
    return not _begins_sentence(text, before.start(1))


def _begins_sentence(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1] in ".!?:;\"“”'‘’\n"


def is_hyphenated(text: str, start: int, end: int) -> bool:
    """Tell whether a hyphen stands directly before or behind a name."""
    return text[start - 1 : start] == "-" or text[end : end + 1] == "-"


def by_part(texts: Sequence[str], parts: Parts) -> Iterable[tuple[str, list[Span]]]:
    """Return each text with its spans."""
    return zip(texts, parts, strict=True)
