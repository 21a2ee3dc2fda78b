"""Names: variants of one name to one entity, and a user's own merges."""

from newsmine.names.merges import read_merges
from newsmine.names.resolution import Resolution, resolve

__all__ = ["Resolution", "read_merges", "resolve"]
