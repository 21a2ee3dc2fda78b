"""Mentions from texts such as "p Ilham Aliyev"; two in brackets behind each other are written "o A Name (o ACR"."""

from collections.abc import Sequence

from newsmine.names import resolve
from newsmine.names.books import side_by_side
from newsmine.names.ledger import Ledger
from newsmine.names.resolution import Resolver
from newsmine.records import Kind, Mention

KINDS: dict[str, Kind] = {"p": "person", "l": "place", "o": "organisation"}


def document(*names: str) -> tuple[Mention, ...]:
    """Return mentions at some distance from each other; with "(" before the name, directly behind the one before."""
    mentions: list[Mention] = []
    at = 0
    for name in names:
        beside = name.startswith("(")
        kind, text = name.removeprefix("(")[0], name.removeprefix("(")[2:]
        at += 2 if beside else 20
        mentions.append(Mention(0, at, at + len(text), text, KINDS[kind]))
        at += len(text)
    return tuple(mentions)


def documents(text: str) -> list[tuple[Mention, ...]]:
    """Return the documents of a line: names with commas between them, documents with bars."""
    return [document(*(name.strip() for name in part.split(", "))) for part in text.split(" | ")]


def called(text: str) -> list[str]:
    """Return what the names of a line are called, in its order."""
    return [mention.name for found in resolve(documents(text)).mentions for mention in found]


def ledger(found: Sequence[Sequence[Mention]]) -> Ledger:
    """Return the ledger of documents."""
    resolver, book = Resolver(), Ledger()
    spelled = [[(m.text, m.kind) for m in mentions] for mentions in found]
    beside = [side_by_side([(m.part, m.start, m.end, m.text, m.kind) for m in mentions]) for mentions in found]
    for spellings, pairs in zip(spelled, beside, strict=True):
        resolver.add(spellings, pairs)
    for spellings, pairs in zip(spelled, beside, strict=True):
        decisions = resolver.decide(spellings, pairs)
        book.add((spelling, d) for spelling, d in zip(spellings, decisions, strict=True) if d)
    return book
