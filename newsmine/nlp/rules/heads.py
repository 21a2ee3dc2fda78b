"""The kind that the last word of a name tells: an airport is a place, a party an organisation."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from newsmine import resources
from newsmine.nlp.rules.spans import Parts, by_part
from newsmine.records import Kind, Span
from newsmine.text import fold


def heads(texts: Sequence[str], parts: Parts) -> Parts:
    """Give names of several words the kind that their last one or two words tell."""
    return [[_by_head(text, span) for span in spans] for text, spans in by_part(texts, parts)]


def _by_head(text: str, span: Span) -> Span:
    words = text[span.start : span.end].split()
    if len(words) < 2 or not words[-1][0].isupper():
        return span
    known = _kinds()
    kind = known.get(fold(" ".join(words[-2:])) if len(words) > 2 else "") or known.get(fold(words[-1]))
    return replace(span, kind=kind, rule="head") if kind and kind != span.kind else span


@cache
def _kinds() -> dict[str, Kind]:
    return {word: cast(Kind, kind) for kind, *words in resources.rows("heads.tsv") for word in words}
