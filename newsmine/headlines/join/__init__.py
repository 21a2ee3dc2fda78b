"""The exact join of headlines by RapidFuzz's ratio, without comparing every pair. How and why: docs/join.md."""

from newsmine.headlines.join.known import KnownHeadlines
from newsmine.headlines.join.pairs import pairs_within
from newsmine.headlines.join.search import Plan

__all__ = ["KnownHeadlines", "Plan", "pairs_within"]
