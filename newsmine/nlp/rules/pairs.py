"""Two names with a hyphen between them: "Baku-Yerevan"."""

import re
from collections.abc import Sequence

from newsmine import gazetteer
from newsmine.nlp.rules.spans import Parts, by_part
from newsmine.records import Kind, Span

_PAIR = re.compile(r"(?P<a>[^\W\d_][\w.]*)[-–—](?P<b>[^\W\d_][\w.]*)")


def pairs(texts: Sequence[str], parts: Parts) -> Parts:
    """Split a hyphenated name of which one side is a place and the whole is none."""
    return [[half for span in spans for half in _halves(text, span)] for text, spans in by_part(texts, parts)]


def _halves(text: str, span: Span) -> list[Span]:
    match = _PAIR.fullmatch(text, span.start, span.end)
    if not match or gazetteer.find_place(match.group()) or not any(_is_place(match[side]) for side in "ab"):
        return [span]
    halves = []
    for side in "ab":
        place = gazetteer.find_place(match[side])
        kind: Kind = "place" if place else span.kind
        if place or len(match[side]) > 2:
            halves.append(Span(match.start(side), match.end(side), kind, "pair"))
    return halves


def _is_place(name: str) -> bool:
    place = gazetteer.find_place(name)
    return place is not None and not place.ambiguous
