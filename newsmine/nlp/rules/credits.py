"""What an editor does not count as content: agencies in datelines, bylines, photo credits, tags, source suffixes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from newsmine import resources
from newsmine.agencies import dateline
from newsmine.nlp.rules.spans import Parts, by_part
from newsmine.records import Span
from newsmine.tags import split_tags
from newsmine.text import fold

_LONGEST_HEADLINE = 200
_LONGEST_BYLINE = 100
_SUFFIX = re.compile(r"\s+[-–—|]\s+(?P<outlet>[^-–—|]{2,50})$")
_UPDATE = re.compile(r"^(?:UPDATE|WRAPUP|REFILE|RPT|CORRECTED|EXCLUSIVE|BREAKING)[\s-]*\d*\s*[-–—:]\s*(?=\S)")
_BYLINE = re.compile(
    r"(?:(?i:written|reported|compiled|edited|posted)\s+)?(?i:by)(?:\s+(?:[A-Z][\w.'’-]*|and|for|in|of|the|&|\||-)[,;:/]?)+"
)
_STAFF = re.compile(
    r"[(\[]\s*(?:additional\s+)?(?:reporting|writing|editing|compiled|translated|graphic)\b[^)\]]*\b[Bb]y\b[^)\]]*[)\]]",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"[(\[][^()\[\]]*\b(?:photo|image|picture|credit|getty images)\b[^()\[\]]*[)\]]"
    r"|\b(?:photo(?:graph)?|image|picture)s?\s+by\s+[^.;()\n]{2,60}(?:/|via\s)[^.;()\n]{2,30}",
    re.IGNORECASE,
)


def credit(texts: Sequence[str], parts: Parts) -> Parts:
    """Drop the spans that stand in a credit, and cut off those that reach into one."""
    return [_uncredited(text, spans) if spans else spans for text, spans in by_part(texts, parts)]


def _uncredited(text: str, spans: list[Span]) -> list[Span]:
    stretches = list(_credits(text))
    if not stretches:
        return spans
    return [kept for span in spans if (kept := _outside(text, span, stretches))]


def _outside(text: str, span: Span, stretches: Sequence[tuple[int, int]]) -> Span | None:
    start, end = span.start, span.end
    for a, b in stretches:
        if a <= start < b:
            start = min(b, end)
        elif start < a < end:
            end = a
    while end > start and not text[end - 1].isalnum():
        end -= 1
    if start >= end:
        return None
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end, rule="credit")


def _credits(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are no content."""
    if match := dateline(text):
        yield match.span()
    if "(" in text or "[" in text or " by " in text:
        for pattern in (_STAFF, _PHOTO):
            yield from (match.span() for match in pattern.finditer(text))
    if len(text) <= _LONGEST_BYLINE and _BYLINE.fullmatch(text.strip()):
        yield 0, len(text)
    if len(text) <= _LONGEST_HEADLINE:
        yield from _around_a_headline(text)


def _around_a_headline(text: str) -> Iterator[tuple[int, int]]:
    if match := _UPDATE.match(text):
        yield match.span()
    if (match := _SUFFIX.search(text)) and fold(match["outlet"].strip()) in _outlets():
        yield match.start(), len(text)
        text = text[: match.start()]
    kept, tags = split_tags(text)
    if tags:
        yield len(kept), len(text)


@cache
def _outlets() -> frozenset[str]:
    return frozenset(row[0] for row in resources.rows("outlets.tsv"))
