"""Headlines: cleaned, compared, grouped into stories, and listed."""

from newsmine.headlines.clean import CleanHeadline, clean_headline
from newsmine.headlines.compare import Pair, similar_pairs
from newsmine.headlines.distinct import Documents, documents, own_headline
from newsmine.headlines.grouping import group, stories
from newsmine.headlines.table import headline_table, near_table

__all__ = [
    "CleanHeadline",
    "Documents",
    "Pair",
    "clean_headline",
    "documents",
    "group",
    "headline_table",
    "near_table",
    "own_headline",
    "similar_pairs",
    "stories",
]
