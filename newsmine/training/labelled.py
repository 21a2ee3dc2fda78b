"""A text with its labelled spans, and how it is cut and edited without losing them."""

from collections.abc import Iterable
from typing import NamedTuple

NAMED = frozenset({"PERSON", "GPE", "LOC", "FAC", "ORG", "NORP"})
"""The labels of people, places and organisations, and of nationalities, which are easily taken for one of them."""


class Entity(NamedTuple):
    """A labelled span: offsets are code points in its text."""

    start: int
    end: int
    label: str


class Labelled(NamedTuple):
    """A text and its spans, which do not overlap."""

    text: str
    entities: tuple[Entity, ...] = ()


class Edit(NamedTuple):
    """A stretch of a text, and what is to stand in its place; an empty stretch is an insertion."""

    start: int
    end: int
    new: str


def cut(source: Labelled, start: int, end: int) -> Labelled:
    """Return the text between two offsets, with the spans that lie wholly inside."""
    inside = (Entity(a - start, b - start, label) for a, b, label in source.entities if a >= start and b <= end)
    return Labelled(source.text[start:end], tuple(inside))


def joined(parts: Iterable[Labelled | str]) -> Labelled:
    """Return one text of several parts; a plain string has no spans."""
    text, entities = "", []
    for part in parts:
        words, spans = (part, ()) if isinstance(part, str) else part
        entities += [Entity(a + len(text), b + len(text), label) for a, b, label in spans]
        text += words
    return Labelled(text, tuple(entities))


def edited(source: Labelled, edits: Iterable[Edit]) -> Labelled:
    """Return the text with stretches replaced; of overlapping edits the first holds.

    A span keeps its text where an edit lies inside it, and is lost where one crosses its limits or leaves it empty.
    """
    made: list[Edit] = []
    for edit in sorted(edits):
        if not made or edit.start >= made[-1].end:
            made.append(edit)
    text, at = "", 0
    for start, end, new in made:
        text += source.text[at:start] + new
        at = end
    moved = (
        Entity(_moved(made, a, opening=True), _moved(made, b, opening=False), label)
        for a, b, label in source.entities
        if not any(start < a < end < b or a < start < b < end for start, end, _ in made)
    )
    return Labelled(text + source.text[at:], tuple(entity for entity in moved if entity.start < entity.end))


def _moved(edits: Iterable[Edit], offset: int, *, opening: bool) -> int:
    """Return where an offset stands after the edits; an insertion at a limit stays outside the span."""
    shift = 0
    for start, end, new in edits:
        if end < offset or (end == offset and (start < end or opening)):
            shift += len(new) - (end - start)
        elif start < offset < end:
            # The edit replaces more than the span: the span goes with it, and is dropped as empty.
            return start + shift
    return offset + shift


def within(source: Labelled, start: int, end: int, labels: frozenset[str] | None = None) -> bool:
    """Return whether a stretch touches a span, of one of the labels if any are given."""
    return any(a < end and start < b and (labels is None or label in labels) for a, b, label in source.entities)
