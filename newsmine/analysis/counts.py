"""How often each name occurs: in mentions, articles, stories and sources."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from newsmine.analysis.units import Named, in_order, known_kinds, ordered, pick, quote
from newsmine.errors import UnknownNameError
from newsmine.records import Annotation, Mention
from newsmine.table import Row, Table, ranked

Count = Literal["mentions", "articles", "stories", "sources"]
COUNTS: tuple[Count, ...] = ("mentions", "articles", "stories", "sources")

_COLUMNS = ("name", "kind", *COUNTS)


def frequency(
    annotations: Sequence[Annotation],
    *,
    kinds: Iterable[str] | None = None,
    by: Count = "mentions",
    minimum: int = 1,
    evidence: int = 0,
) -> Table:
    """Return a table of names with their numbers of mentions, articles, stories and sources.

    The most frequent `by` one of the four come first, then those with more mentions, then by name. `minimum`
    applies to `by`. Articles are distinct documents, sources distinct publishers (paths where none is known).
    With `evidence`, a column of up to that many sentences, no text twice, from as many stories as possible,
    the oldest first. Raises UnknownNameError for a kind or a count that there is not.
    """
    if by not in COUNTS:
        raise UnknownNameError("count", by, COUNTS)
    chosen = known_kinds(kinds)
    found: dict[Named, list[tuple[Annotation, Mention]]] = defaultdict(list)
    for annotation in ordered(annotations):
        for mention in in_order(annotation.mentions):
            if mention.kind in chosen:
                found[mention.name, mention.kind].append((annotation, mention))
    rows: list[Row] = []
    for named, occurrences in found.items():
        counts = _counts(occurrences)
        if counts[by] >= minimum:
            quotes = (quote(annotation, (mention,)) for annotation, mention in occurrences)
            rows.append((*named, *counts.values(), *([pick(quotes, evidence)] if evidence > 0 else [])))
    columns = (*_COLUMNS, "evidence") if evidence > 0 else _COLUMNS
    return Table(columns, ranked(rows, by=(columns.index(by), columns.index("mentions")), text=(0, 1)))


def _counts(occurrences: Sequence[tuple[Annotation, Mention]]) -> dict[Count, int]:
    """Return the four counts, in the order of the columns."""
    annotations = [annotation for annotation, _ in occurrences]
    return {
        "mentions": len(annotations),
        "articles": len({annotation.document.id for annotation in annotations}),
        "stories": len({annotation.story for annotation in annotations}),
        "sources": len({annotation.document.source.label for annotation in annotations}),
    }
