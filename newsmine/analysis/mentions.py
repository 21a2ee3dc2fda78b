"""Each mention with its place in the text."""

from collections.abc import Iterable, Iterator

from newsmine.analysis.units import in_order, known_kinds
from newsmine.records import Annotation, Kind, Mention
from newsmine.table import Row, Stream, Table, closed_after

_SHOWN = ("source", "part", "start", "end", "text", "kind", "name", "rule")
_HIDDEN = ("document", "date", "line", "headline")


def mention_table(annotations: Iterable[Annotation], *, kinds: Iterable[str] | None = None, context: int = 0) -> Table:
    """Return a table of all mentions, by source path, line, document, and place in the text.

    `start` and `end` are code points in the part, end exclusive. With `context`, one more column holds the
    mention with up to that many characters of its part on either side. The columns document, date, line and
    headline are there to be asked for. Raises UnknownNameError for a kind that there is not.
    """
    return mention_stream(sorted(annotations, key=_key), kinds=kinds, context=context).table()


def mention_stream(
    annotations: Iterable[Annotation], *, kinds: Iterable[str] | None = None, context: int = 0
) -> Stream:
    """Return what `mention_table` returns as a stream, of annotations that come in the order of its rows.

    That order is the source path, the line and the id of the document. One annotation is held at a time; if a
    generator makes them, it is closed with the stream.
    """
    chosen = known_kinds(kinds)
    shown = (*_SHOWN, "context") if context > 0 else _SHOWN
    return Stream((*shown, *_HIDDEN), _rows(annotations, chosen, context), shown)


def _key(annotation: Annotation) -> tuple[str, int, str]:
    document = annotation.document
    return document.source.path, document.line, document.id


def _rows(annotations: Iterable[Annotation], kinds: frozenset[Kind], context: int) -> Iterator[Row]:
    with closed_after(annotations):
        for annotation in annotations:
            for mention in in_order(annotation.mentions):
                if mention.kind in kinds:
                    yield _row(annotation, mention, context)


def _row(annotation: Annotation, mention: Mention, context: int) -> Row:
    document = annotation.document
    part = document.parts[mention.part]
    around = part.text[max(0, mention.start - context) : mention.end + context]
    return (
        document.source.path,
        part.name,
        mention.start,
        mention.end,
        mention.text,
        mention.kind,
        mention.name,
        mention.rule,
        *((around,) if context > 0 else ()),
        document.id,
        document.published.iso if document.published else None,
        document.line,
        document.headline,
    )
