"""What English sets before and behind a name: articles, roles, possessives."""

import re
from collections.abc import Sequence
from functools import cache

from newsmine import resources
from newsmine.nlp.rules.limits import edges, moved
from newsmine.nlp.rules.spans import Parts, by_part, without_overlaps
from newsmine.records import Span
from newsmine.text import case_of, fold

_LEADING = re.compile(r"(?i:the|a|an)\s+|(?i:ex|pro|anti|non|post|pre|mid)-(?=[^\W\d_a-z])")
_POSSESSIVE = re.compile(r"['’][sS]?$")
_ROLE = re.compile(
    r"(?:(?:vice|deputy|prime|foreign|defen[cs]e|former|ex|acting|chief)[\s-]+)*"
    r"(?:president|premier|minister|pm|fm|secretary|chancellor|senator|sen\.|governor|gov\.|mayor|mr\.?|mrs\.?|ms\.?|"
    r"dr\.?|sir|lord|lady|prof\.?|professor|general|gen\.|col\.|colonel|judge|justice|rep\.|congressman|"
    r"congresswoman|ambassador|leader|spokesman|spokeswoman|chairman|ceo|director|king|queen|pope|emperor|sultan|coach|"
    r"reverend|rev\.|archbishop|bishop|cardinal|patriarch|detective|sheriff|sgt\.?|lt\.?|lieutenant|commander|admiral|"
    r"actor|actress|singer)\s+(?=\w)",
    re.IGNORECASE,
)
_QUOTED_WORK = re.compile(r"['’]s\s+['\"‘“]")
_OF_THE = re.compile(r"\sof\sthe\s")
_SURNAME = re.compile(r"\s[A-Z]\w++(?:[-'’][A-Z]\w++)*+(?!\s[A-Z])")
_CREDIT_WORD = re.compile(r"\s+(?:Image|Photo|Photograph|Picture|Video|File)$")
_REST_OF_GIVEN_NAME = re.compile(
    r"-(?!(?:\w*ed|born|run|held|like|style|era|made|bound|wide|free|proof|level|type|related|esque)\b)[a-z]{2,6}\b"
)


def titles(texts: Sequence[str], parts: Parts) -> Parts:
    """Drop articles, roles and possessives, and add the rest of "Wong Kwok-hing"."""
    return [
        without_overlaps(_named(text, span) for span in spans if span.start < span.end)
        for text, spans in by_part(texts, parts)
    ]


def _named(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    if match := _QUOTED_WORK.search(text, start, end):
        end = match.start()
    if text[end : end + 1] == ":" and (match := _CREDIT_WORD.search(text[start:end])):
        end = start + match.start()
    if span.kind == "person" and (match := _OF_THE.search(text, start, end)):
        end = match.start()
    start, end = _bare(text, start, end, person=span.kind == "person")
    if span.kind == "person":
        end = _whole_person(text, start, end)
    return moved(span, start, end, "title")


def _whole_person(text: str, start: int, end: int) -> int:
    """Return the end with the rest of "Wong Kwok-hing", or with the surname behind a well-known first name."""
    if " " in text[start:end]:
        match = _REST_OF_GIVEN_NAME.match(text, end)
        return match.end() if match else end
    match = _SURNAME.match(text, end)
    if match and fold(text[start:end]) in _first_names() and case_of(text) == "sentence":
        return match.end()
    return end


@cache
def _first_names() -> frozenset[str]:
    return frozenset(fold(name) for row in resources.rows("nicknames.tsv") for name in row)


def _bare(text: str, start: int, end: int, *, person: bool) -> tuple[int, int]:
    while True:
        before = start, end
        start, end = edges(text, start, end)
        if match := _LEADING.match(text, start, end):
            start = match.end()
        if match := _POSSESSIVE.search(text[start:end]):
            end = start + match.start()
        if person and (match := _ROLE.match(text, start, end)):
            start = match.end()
        if (start, end) == before:
            return start, end
