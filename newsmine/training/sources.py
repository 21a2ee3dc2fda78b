"""The labelled texts that the model learns from, read from one folder."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsmine.errors import InputError
from newsmine.training.labelled import Entity, Labelled

CURRENT_EVENTS = "silver_current_events.jsonl.gz"
WIKITEXT = "silver_wikitext2.jsonl.gz"
GOLD = "gold_open.jsonl.gz"

Page = tuple[Labelled, ...]
"""Paragraphs that followed each other: the news of one day, a part of one article."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence that people labelled, and the set that it comes from."""

    source: str
    labelled: Labelled


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is learned from."""

    news: tuple[Page, ...]
    encyclopaedia: tuple[Page, ...]
    gold: tuple[Gold, ...]


def key(text: str) -> str:
    """Return the name of a paragraph: 16 hexadecimal digits of a hash of its text."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def read(folder: Path, *, until: str = "9999", held_out: frozenset[str] = frozenset()) -> Sources:
    """Return what the folder holds, without news after the day `until` (ISO) and without paragraphs held out.

    `held_out` holds paragraphs by their `key`. Raises InputError if a file is missing.
    """
    news = []
    for day, page in _pages(folder / CURRENT_EVENTS):
        kept = tuple(item for item in page if key(item.text) not in held_out)
        if day[:10] <= until and kept:
            news.append(kept)
    encyclopaedia = tuple(page for _, page in _pages(folder / WIKITEXT))
    gold = tuple(Gold(row["src"], _labelled(row["text"], row["ents"])) for row in _rows(folder / GOLD))
    return Sources(tuple(news), encyclopaedia, gold)


def _pages(path: Path) -> Iterator[tuple[str, Page]]:
    for name, items in _rows(path):
        yield name, tuple(_labelled(text, entities) for text, entities in items)


def _labelled(text: str, entities: Any) -> Labelled:
    return Labelled(text, tuple(Entity(start, end, label) for start, end, label in entities))


def _rows(path: Path) -> Iterator[Any]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (json.loads(line) for line in file)
    except OSError as error:
        raise InputError(
            f"cannot read {path.name}: {error.strerror}", hint="name the folder that holds the training texts"
        ) from None
