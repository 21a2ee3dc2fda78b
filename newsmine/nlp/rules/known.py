"""What lists know: the kind of a name that always means a place or an organisation, and such names that were missed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from newsmine import gazetteer, resources
from newsmine.nlp.finding import NameIndex, begins_as_name
from newsmine.nlp.rules.spans import Parts, by_part, joins_a_name, without_overlaps
from newsmine.records import Kind, Span
from newsmine.text import Case, case_of

_SHORTEST = 4
_BEFORE = (".", "@", "#", "/", "_", "=")


def organisations(texts: Sequence[str], parts: Parts) -> Parts:
    """Make an organisation of what always is one, and add it where it was missed."""
    return [_known(text, spans, "organisation", "lexicon") for text, spans in by_part(texts, parts)]


def places(texts: Sequence[str], parts: Parts) -> Parts:
    """Make a place of what always is one, and add it where it was missed and is no piece of a longer name."""
    return [_known(text, spans, "place", "gazetteer") for text, spans in by_part(texts, parts)]


def _known(text: str, spans: Sequence[Span], kind: Kind, rule: str) -> list[Span]:
    fixed = [
        replace(span, kind=kind, rule=rule)
        if span.kind != kind and _always_means(text[span.start : span.end], kind)
        else span
        for span in spans
    ]
    return without_overlaps([*fixed, *_missed(text, fixed, kind, rule)])


def _always_means(name: str, kind: Kind) -> bool:
    if kind == "organisation":
        return name in _organisations()
    place = gazetteer.find_place(name)
    return place is not None and not place.ambiguous


def _missed(text: str, spans: Sequence[Span], kind: Kind, rule: str) -> Iterator[Span]:
    mixed = not text.isupper() and not text.islower()
    case = "sentence" if mixed else case_of(text)
    # Names are looked for by their capitals, so a text without any is given some.
    searched = text.title() if case == "lower" and len(text.title()) == len(text) else text
    free = 0
    for start, name in _index(kind, case).occurrences(searched):
        end = start + len(name)
        if start < free or text[start - 1 : start] in _BEFORE or text[end : end + 1] == "$":
            continue
        free = end
        if any(s.start < end and start < s.end for s in spans):
            continue
        if not mixed or case_of(text) != "sentence" or not joins_a_name(text, start, end):
            yield Span(start, end, kind, rule)


@cache
def _index(kind: Kind, case: Case) -> NameIndex:
    listed = gazetteer.names() if kind == "place" else tuple(_organisations())
    names = [name for name in listed if begins_as_name(name)]
    if case in ("sentence", "title"):
        return NameIndex(names)
    written = str.upper if case == "upper" else str.title
    return NameIndex(written(name) for name in names if len(name) >= _SHORTEST)


@cache
def _organisations() -> Mapping[str, None]:
    return {name: None for _, *names in resources.rows("organisations.tsv") for name in names}
