"""The documents as a table."""

from collections.abc import Iterable

from newsmine.agencies import credited
from newsmine.records import Document
from newsmine.table import Row, Table

_COLUMNS = (
    "date", "source", "title", "section", "words", "url",
    "id", "kind", "path", "line", "subtitle", "paragraphs", "agency",
)  # fmt: skip
_SHOWN = ("date", "source", "title", "section", "words", "url")


def article_table(documents: Iterable[Document]) -> Table:
    """Return a row for each document, the newest first, the undated last.

    `words` counts title, subtitle and body; `agency` is the news agency that the body credits.
    """
    ordered = sorted(documents, key=lambda d: (d.headline.casefold(), d.headline, d.source.path, d.line, d.id))
    ordered.sort(key=lambda d: (d.published.iso if d.published else None) or "", reverse=True)
    return Table(_COLUMNS, tuple(map(_row, ordered)), _SHOWN)


def _row(document: Document) -> Row:
    texts = {part.name: part.text for part in document.parts}
    subtitle = next((text for name, text in texts.items() if name.endswith("subtitle")), None)
    title = document.headline if document.kind == "listed" or "title" in texts else None
    return (
        document.published.iso if document.published else None,
        document.source.label,
        title,
        document.section,
        sum(len(text.split()) for text in texts.values()),
        document.url,
        document.id,
        document.kind,
        document.source.path,
        document.line,
        subtitle,
        sum(name.startswith("paragraph ") for name in texts),
        credited([text for name, text in texts.items() if name.startswith("paragraph ")]),
    )
