"""newsmine turns a pile of news pages into tables of who, where and what, each number traced to its sentence.

The command line is a skin over these names. Each is imported when it is first used, so that `import newsmine` costs
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsmine.analysis import cooccurrence, frequency, mention_table
    from newsmine.corpus import Corpus
    from newsmine.errors import NewsmineError
    from newsmine.headlines import clean_headline, documents, group, headline_table, similar_pairs
    from newsmine.loading import load
    from newsmine.names import read_merges, resolve
    from newsmine.nlp import extract
    from newsmine.records import Annotation, Article, Document, Entity, Headline, Mention, Skipped, Timestamp
    from newsmine.run import annotate
    from newsmine.table import Table

_HOMES = {
    "newsmine.analysis": ("cooccurrence", "frequency", "mention_table"),
    "newsmine.corpus": ("Corpus",),
    "newsmine.errors": ("NewsmineError",),
    "newsmine.headlines": ("clean_headline", "documents", "group", "headline_table", "similar_pairs"),
    "newsmine.loading": ("load",),
    "newsmine.names": ("read_merges", "resolve"),
    "newsmine.nlp": ("extract",),
    "newsmine.records": (
        "Annotation",
        "Article",
        "Document",
        "Entity",
        "Headline",
        "Mention",
        "Skipped",
        "Timestamp",
    ),
    "newsmine.run": ("annotate",),
    "newsmine.table": ("Table",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Annotation",
    "Article",
    "Corpus",
    "Document",
    "Entity",
    "Headline",
    "Mention",
    "NewsmineError",
    "Skipped",
    "Table",
    "Timestamp",
    "annotate",
    "clean_headline",
    "cooccurrence",
    "documents",
    "extract",
    "frequency",
    "group",
    "headline_table",
    "load",
    "mention_table",
    "read_merges",
    "resolve",
    "similar_pairs",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
