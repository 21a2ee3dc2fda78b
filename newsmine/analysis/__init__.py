"""Counting and statistics: annotations in, tables out.

`frequency` counts names, `mention_table` lists each mention, `cooccurrence` counts pairs of names; `stats`
holds the formulas, which know nothing of news. No table depends on the order of the annotations.
"""

from newsmine.analysis.counts import COUNTS, Count, frequency
from newsmine.analysis.mentions import mention_stream, mention_table
from newsmine.analysis.pairs import cooccurrence, parse_between
from newsmine.analysis.stats import MEASURES
from newsmine.analysis.units import LEVELS, Level

__all__ = [
    "COUNTS",
    "LEVELS",
    "MEASURES",
    "Count",
    "Level",
    "cooccurrence",
    "frequency",
    "mention_stream",
    "mention_table",
    "parse_between",
]
