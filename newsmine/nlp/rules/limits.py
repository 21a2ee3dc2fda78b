"""Where a name begins and ends, whatever the language: no quotes and punctuation, all of a company's name."""

import re
from collections.abc import Sequence
from dataclasses import replace

from newsmine.nlp.rules.spans import Parts, by_part, without_overlaps
from newsmine.records import Span
from newsmine.text import case_of

_EDGE = "& \n\t\"'“”‘’«».,;:!?()[]-–—"
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.[^\W\d_]\.|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|Bros)\.)$")
_INITIAL = re.compile(r"\w\s[A-Z]\.(?=[,;)]| [a-z])")
_COMPANY = re.compile(r",?\s(?:Inc|Corp|Ltd|LLC|PLC|plc|AG|NV|SA|SpA|GmbH|Co)\b\.?(?![\w-])")
_AND = re.compile(r" & [A-Z]\w*(?: [A-Z]\w*)*")
_DANGLING = re.compile(r"\s(?:and|of|for|the|&)$")
_REST = re.compile(r"(?:\s[A-Z][\w'’-]*)+")


def limits(texts: Sequence[str], parts: Parts) -> Parts:
    """Drop what is no part of a name at its edges, and add what was cut off."""
    return [
        without_overlaps(mended for span in spans if (mended := _limits(text, span)))
        for text, spans in by_part(texts, parts)
    ]


def _limits(text: str, span: Span) -> Span | None:
    start, end = edges(text, span.start, span.end)
    end = _not_dangling(text, start, end)
    if not any(map(str.isalpha, text[start:end])) or text[start - 1 : start] in ("#", "@"):
        return None
    if span.kind == "organisation":
        end = _whole_company(text, end)
    return moved(span, start, end, "limits")


def _not_dangling(text: str, start: int, end: int) -> int:
    """Return the end without the "and" of "National Air and", or with the "Space Museum" that follows it."""
    match = _DANGLING.search(text, start, end)
    if match is None:
        return end
    rest = _REST.match(text, end)
    return rest.end() if rest else match.start()


def edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the limits without white space, quotes and punctuation, but with a full stop that is part of a name."""
    while end > start and text[end - 1] in _EDGE and not _closes_abbreviation(text, start, end):
        end -= 1
    while start < end and text[start] in _EDGE:
        start += 1
    return start, end


def moved(span: Span, start: int, end: int, rule: str) -> Span:
    """Return the span with other limits, and the rule that moved them; the same span if they are the same."""
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end, rule=rule)


def _closes_abbreviation(text: str, start: int, end: int) -> bool:
    """Tell whether the full stop at the end belongs to the name, as in "U.S." and "Acme Inc."."""
    if text[end - 1] != ".":
        return False
    initial = _INITIAL.search(text, max(start, end - 4), end + 2)
    return _ABBREVIATION.search(text[start:end]) is not None or (initial is not None and initial.end() == end)


def _whole_company(text: str, end: int) -> int:
    """Return the end of "Evergreen Aviation & Space Museum" or "Acme Inc." where a part of it was found."""
    if text[end : end + 3] == " & " and case_of(text) == "sentence" and (match := _AND.match(text, end)):
        end = match.end()
    if match := _COMPANY.match(text, end):
        end = match.end()
    return end
