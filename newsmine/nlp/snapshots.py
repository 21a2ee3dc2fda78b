"""Where snapshots of pipelines are kept: in the cache's folder, one file for each pipeline and version."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.config import cache_path
from newsmine.errors import CacheError

if TYPE_CHECKING:
    from newsmine.nlp.engine import Engine

_MOST = 8
_LARGEST = 128 * 2**20


def folder() -> Path | None:
    """Return the folder of the snapshots, None if there is no place for a cache."""
    cache = cache_path()
    return cache.parent / "models" if cache else None


def find(fingerprint: str, ask: Callable[[Any, Any], Any]) -> "Engine | None":
    """Return the engine of a snapshot that was kept, None if there is none that can be read."""
    path = _path(fingerprint)
    if path is None or not path.is_file():
        return None
    from newsmine.nlp.engine import Engine, snapshot
    from newsmine.nlp.engine.words import OwnWords

    try:
        found = snapshot.load(path)
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None  # it is written anew
    words = OwnWords(found.rules, found.vocabulary, found.embedding)
    return Engine(found.weights, words, found.terminators, ask)


def keep(fingerprint: str, engine: "Engine") -> None:
    """Keep a snapshot of the engine, if it needs no spaCy, has no large word vectors, and there is a place for it."""
    from newsmine.nlp.engine import snapshot
    from newsmine.nlp.engine.words import OwnWords

    path, words = _path(fingerprint), engine.words
    if path is None or not isinstance(words, OwnWords):
        return
    if words.embedding.vectors and words.embedding.vectors.data.nbytes > _LARGEST:
        return
    taken = snapshot.Snapshot(engine.weights, words.embedding, words.rules, words.vocabulary, engine.terminators)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        snapshot.save(taken, unfinished)
        unfinished.replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda file: -file.stat().st_mtime)[_MOST:]:
            old.unlink()
    except OSError:
        # Without it, spaCy is loaded each time.
        with suppress(OSError):
            unfinished.unlink()


def sizes() -> list[int]:
    """Return the bytes of each snapshot that is kept."""
    return [path.stat().st_size for path in _kept()]


def clear() -> int:
    """Remove all snapshots and return how many there were; raises CacheError if one cannot be removed."""
    found = _kept()
    try:
        for path in found:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise CacheError(f"cannot remove a snapshot: {error.strerror}", hint="check the permissions") from None
    return len(found)


def _kept() -> list[Path]:
    place = folder()
    return sorted(place.glob("*.npz")) if place else []


def _path(fingerprint: str) -> Path | None:
    place = folder()
    if place is None:
        return None
    # The code is part of what the file depends on.
    whole = hashlib.blake2b(fingerprint.encode("utf-8", "surrogatepass"), digest_size=12)
    for module in sorted(files("newsmine").joinpath("nlp", "engine").iterdir(), key=lambda file: file.name):
        if module.name.endswith(".py"):
            whole.update(module.read_bytes())
    return place / f"{whole.hexdigest()}.npz"
