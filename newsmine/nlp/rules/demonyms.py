"""Demonyms: "Azerbaijani" as a mention of Azerbaijan."""

from collections.abc import Iterator, Sequence
from functools import cache

from newsmine import gazetteer
from newsmine.nlp.finding import NameIndex
from newsmine.nlp.rules.spans import Parts, by_part, without_overlaps
from newsmine.records import Span


def demonyms(texts: Sequence[str], parts: Parts) -> Parts:
    """Add the demonyms that are no part of a name."""
    return [without_overlaps([*spans, *_found(text)]) for text, spans in by_part(texts, parts)]


def _found(text: str) -> Iterator[Span]:
    free = 0
    for start, name in _names(text.isupper()).occurrences(text):
        if start >= free:
            free = start + len(name)
            yield Span(start, free, "place", "demonym")


@cache
def _names(capitals: bool) -> NameIndex:
    return NameIndex(name.upper() if capitals else name for name in gazetteer.demonyms())
