"""The cache: one SQLite file in the user's cache folder that remembers results of the name recogniser."""

from newsmine.cache.store import Cache

__all__ = ["Cache"]
