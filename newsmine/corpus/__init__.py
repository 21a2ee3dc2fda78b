"""The corpus: one SQLite file that remembers what was loaded and what was found in it."""

from newsmine.corpus.loaded import FileState, Load, file_state
from newsmine.corpus.store import Corpus

__all__ = ["Corpus", "FileState", "Load", "file_state"]
