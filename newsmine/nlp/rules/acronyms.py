"""Short forms in capitals: what brackets define, and what is an organisation because nothing else is so short."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsmine import gazetteer
from newsmine.nlp.rules.spans import Parts, by_part, without_overlaps
from newsmine.records import Kind, Span

_IN_BRACKETS = re.compile(r"\s?\((?P<inside>[^()]{2,80})\)")
_SHORT = re.compile(r"[A-Z][A-Za-z.&-]{0,7}[A-Z.]")
# A surname may stand in capitals, as in the opinions of a court.
_LONGEST: dict[Kind, int] = {"organisation": 0, "place": 6, "person": 4}
_PLAIN = re.compile(r"(?![IVXLC]+$)[A-Z]{3,6}")
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_SMALL = frozenset("of the and for in on de la et und für der die das to a an".split())


def acronyms(texts: Sequence[str], parts: Parts) -> Parts:
    """Give a short form the kind of the name that it is defined by, and add it, or the name, where it was missed."""
    return [_with_acronyms(text, spans) for text, spans in by_part(texts, parts)]


def _with_acronyms(text: str, spans: Sequence[Span]) -> list[Span]:
    defined = list(_defined(text, spans))
    known = {(span.start, span.end) for span in defined}
    others = [span for span in spans if (span.start, span.end) not in known]
    return without_overlaps([*defined, *(_organisation(text, span) for span in others)])


def _defined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    if "(" not in text:
        return
    by_limits = {(span.start, span.end): span for span in spans}
    for span in spans:
        match = _IN_BRACKETS.match(text, span.end)
        if not match:
            continue
        start, end = match.span("inside")
        name, inside = text[span.start : span.end], match["inside"]
        if shortens(inside, name) or (shortens(name, inside) and inside[0].isupper()):
            other = by_limits.get((start, end))
            yield other if other and other.kind == span.kind else Span(start, end, span.kind, "acronym")


def shortens(short: str, name: str) -> bool:
    """Tell whether a short form in capitals is made of the first letters of a name's words, all of the longer ones.

    >>> shortens("CSTO", "Collective Security Treaty Organization"), shortens("AP", "Agence France-Presse")
    (True, False)
    """
    if not _SHORT.fullmatch(short):
        return False
    letters = [char.casefold() for char in short if char.isalpha()]
    words = [word.casefold() for word in _WORD.findall(name)]
    initials = [word[0] for word in words if word not in _SMALL]
    return len(words) > 1 and letters in (initials, [word[0] for word in words])


def _organisation(text: str, span: Span) -> Span:
    name = text[span.start : span.end]
    kind: Kind = "organisation"
    longest = _LONGEST[span.kind]
    if len(name) > longest or not _PLAIN.fullmatch(name) or text.isupper() or gazetteer.find_place(name):
        return span
    return replace(span, kind=kind, rule="acronym")
