"""News-specific repair of what a model finds: limits, kinds, and names it missed. Each rule names itself."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from newsmine import gazetteer
from newsmine.nlp.finding import NameIndex, begins_as_name
from newsmine.records import Kind, Span

RULES = ("model", "limits", "pair", "gazetteer", "document")
"""What can decide a mention: the model alone, or a rule named here."""

_LEADING = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’][sS]?$")
_ROLE = re.compile(
    r"(?:(?:vice|deputy|prime|foreign|defen[cs]e|former|ex|acting|chief)[\s-]+)*"
    r"(?:president|premier|minister|pm|fm|secretary|chancellor|senator|sen\.|governor|gov\.|mayor|mr\.?|mrs\.?|ms\.?|"
    r"dr\.?|sir|lord|lady|prof\.?|professor|general|gen\.|col\.|colonel|judge|justice|rep\.|congressman|"
    r"congresswoman|ambassador|leader|spokesman|spokeswoman|chairman|ceo|director)\s+(?=\w)",
    re.IGNORECASE,
)
_EDGE = " \n\t\"'“”‘’«».,;:!?()[]-–—"
_PAIR = re.compile(r"(?P<a>[^\W\d_][\w.]*)[-–—](?P<b>[^\W\d_][\w.]*)")
_SHORTEST_SPREAD = 3


def repair(texts: Sequence[str], found: Sequence[Sequence[Span]]) -> list[tuple[Span, ...]]:
    """Return the mentions of one document, part by part: the model's spans after every rule.

    In this order: "limits" drops articles, roles, possessives and punctuation at the edges; "pair" splits
    "Baku-Yerevan"; "gazetteer" sets the kind of a place that needs no context, and adds it where it was missed;
    "document" gives a name one kind throughout the document, and adds its unlabelled occurrences.
    """
    parts = [_trimmed(text, spans) for text, spans in zip(texts, found, strict=True)]
    parts = [_gazetteer(text, spans) for text, spans in zip(texts, parts, strict=True)]
    kinds = _document_kinds(texts, parts)
    parts = [[_consistent(text, span, kinds) for span in spans] for text, spans in zip(texts, parts, strict=True)]
    index = NameIndex(name for name in kinds if _spreads(name))
    return [tuple(_spread(text, spans, kinds, index)) for text, spans in zip(texts, parts, strict=True)]


def _trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    limited = (_limits(text, span) for span in spans)
    return _non_overlapping(_split_pairs(text, [span for span in limited if span]))


def _limits(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while True:
        before = start, end
        while end > start and text[end - 1] in _EDGE and not _closes_abbreviation(text, start, end):
            end -= 1
        while start < end and text[start] in _EDGE:
            start += 1
        if match := _LEADING.match(text, start, end):
            start = match.end()
        if match := _POSSESSIVE.search(text[start:end]):
            end = start + match.start()
        if span.kind == "person" and (match := _ROLE.match(text, start, end)):
            start = match.end()
        if (start, end) == before:
            break
    if not any(map(str.isalpha, text[start:end])):
        return None
    changed = (start, end) != (span.start, span.end)
    return replace(span, start=start, end=end, rule="limits") if changed else span


def _closes_abbreviation(text: str, start: int, end: int) -> bool:
    """Tell whether the full stop at the end belongs to the name, as in "U.S." and "Acme Inc."."""
    return text[end - 1] == "." and bool(
        re.search(r"(?:\b[^\W\d_]\.[^\W\d_]\.|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|Bros)\.)$", text[start:end])
    )


def _split_pairs(text: str, spans: Iterable[Span]) -> list[Span]:
    result = []
    for span in spans:
        match = _PAIR.fullmatch(text, span.start, span.end)
        if match and any(gazetteer.find_place(match[side]) for side in "ab") and not _whole_place(match.group()):
            for side in "ab":
                place = gazetteer.find_place(match[side])
                kind: Kind = "place" if place else span.kind
                if place or len(match[side]) > 2:
                    result.append(Span(match.start(side), match.end(side), kind, "pair"))
        else:
            result.append(span)
    return result


def _whole_place(name: str) -> bool:
    return gazetteer.find_place(name) is not None


def _gazetteer(text: str, spans: Sequence[Span]) -> list[Span]:
    fixed = []
    for span in spans:
        place = gazetteer.find_place(text[span.start : span.end])
        if place and span.kind != "place" and not place.ambiguous:
            span = replace(span, kind="place", rule="gazetteer")
        fixed.append(span)
    capitals = text.isupper()
    free = 0
    for start, name in _places(capitals).occurrences(text):
        if start >= free and text[start - 1 : start] != ".":
            free = start + len(name)
            if not (capitals and len(name) <= 3):
                fixed.append(Span(start, free, "place", "gazetteer"))
    return _non_overlapping(fixed)


@cache
def _places(capitals: bool) -> NameIndex:
    return NameIndex(name.upper() if capitals else name for name in gazetteer.names())


def _document_kinds(texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> dict[str, Kind]:
    """Return the one kind of each name in the document: what the gazetteer says, else what it is most often."""
    votes: dict[str, Counter[Kind]] = {}
    for text, spans in zip(texts, parts, strict=True):
        for span in spans:
            weight = 1000 if span.rule == "gazetteer" else 1
            votes.setdefault(text[span.start : span.end], Counter())[span.kind] += weight
    return {name: min(kinds, key=lambda k: (-kinds[k], k)) for name, kinds in votes.items()}


def _consistent(text: str, span: Span, kinds: dict[str, Kind]) -> Span:
    kind = kinds[text[span.start : span.end]]
    return span if kind == span.kind else replace(span, kind=kind, rule="document")


def _spread(text: str, spans: Sequence[Span], kinds: dict[str, Kind], index: NameIndex) -> list[Span]:
    found = [
        (start, name)
        for start, name in index.occurrences(text)
        if text[start - 1 : start] != "-" and text[start + len(name) : start + len(name) + 1] != "-"
    ]
    found.sort(key=lambda place: (-len(place[1]), place[1], place[0]))
    return _non_overlapping([*spans, *(Span(at, at + len(name), kinds[name], "document") for at, name in found)])


def _spreads(name: str) -> bool:
    return len(name) >= _SHORTEST_SPREAD and name[0].isupper() and begins_as_name(name)


def _non_overlapping(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text; of two that overlap, the one that was found first."""
    starts: list[int] = []
    kept: list[Span] = []
    for span in spans:
        at = bisect(starts, span.start)
        fits = (not at or kept[at - 1].end <= span.start) and (at == len(kept) or span.end <= starts[at])
        if span.start < span.end and fits:
            starts.insert(at, span.start)
            kept.insert(at, span)
    return kept
