"""What a model takes for a name and is none: common words, portfolios, words without a capital."""

import re
from collections.abc import Sequence
from functools import cache

from newsmine import resources
from newsmine.nlp.rules.spans import Parts, by_part
from newsmine.records import Span
from newsmine.text import fold

_OFFICE = re.compile(r"(?:secretary|minister|ministers|secretaries)\s+(?:of|for)\s+(?:the\s+)?$", re.IGNORECASE)


def common(texts: Sequence[str], parts: Parts) -> Parts:
    """Drop spans that are words of the list, or the "State" of a "Secretary of State"."""
    return [[span for span in spans if not _is_common(text, span)] for text, spans in by_part(texts, parts)]


def _is_common(text: str, span: Span) -> bool:
    if fold(text[span.start : span.end]) in _words():
        return True
    return span.kind == "organisation" and _OFFICE.search(text, max(0, span.start - 25), span.start) is not None


@cache
def _words() -> frozenset[str]:
    return frozenset(word for _, *words in resources.rows("common.tsv") for word in words)


def case(texts: Sequence[str], parts: Parts) -> Parts:
    """Drop spans without a capital in a text that has capitals."""
    return [
        spans if text.islower() else [s for s in spans if not text[s.start : s.end].islower()]
        for text, spans in by_part(texts, parts)
    ]
