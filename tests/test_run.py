from collections.abc import Iterable, Sequence

import pytest

from newsmine import run
from newsmine.errors import NewsmineError
from newsmine.headlines import Documents, documents
from newsmine.loading import load
from newsmine.records import Article, Document, Headline, Part, Skipped, Source
from newsmine.run import Watcher, annotate, annotations


class Memory:
    """Remembers in a dictionary, and counts what it is asked to keep."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], bytes] = {}
        self.kept = 0

    def analyses(self, fingerprint: str, digests: Sequence[str]) -> dict[str, bytes]:
        return {key: self.known[fingerprint, key] for key in digests if (fingerprint, key) in self.known}

    def remember(self, fingerprint: str, items: Iterable[tuple[str, bytes]]) -> None:
        for key, data in items:
            self.known[fingerprint, key] = data
            self.kept += 1


class Counting(Watcher):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int]] = []
        self.notes: list[str] = []
        self.skipped: list[Skipped] = []

    def progress(self, done: int, of: int) -> None:
        self.calls.append((done, of))

    def note(self, text: str) -> None:
        self.notes.append(text)

    def skip(self, skipped: Skipped) -> None:
        self.skipped.append(skipped)


def records() -> list[Article | Headline]:
    return [record for record in load("seeds") if isinstance(record, Article | Headline)]


def test_two_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_CHUNK", 1500)
    found = documents(records())
    assert annotate(found, jobs=2) == annotate(found, jobs=1)


def test_one_by_one_they_are_the_same_but_for_the_stories() -> None:
    found = Documents(records())
    expected = [(a.document, a.sentences, a.mentions) for a in annotate(list(found))]
    assert [(a.document, a.sentences, a.mentions) for a in annotations(found)] == expected


def test_no_document_is_analysed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    found = documents(records())
    memory, watcher = Memory(), Counting()
    first = annotate(found, memory=memory, watcher=watcher)
    assert memory.kept == len({tuple(part.text for part in document.parts) for document in found})
    assert watcher.calls[-1] == (len(found), len(found))

    def fail(model: str) -> None:
        raise AssertionError(f"{model} is loaded")

    monkeypatch.setattr(run, "_start", fail)
    assert annotate(found, memory=memory) == first
    assert annotate(found, memory=memory, jobs=2) == first


def test_what_memory_has_damaged_is_found_anew() -> None:
    found = documents(records())[:3]
    memory = Memory()
    first = annotate(found, memory=memory)
    kept = memory.kept
    for key in memory.known:
        memory.known[key] = memory.known[key][:-1]
    assert annotate(found, memory=memory) == first
    assert memory.kept == 2 * kept


def test_mentions_stand_where_they_say() -> None:
    for annotation in annotate(documents(records())):
        assert len(annotation.sentences) == len(annotation.document.parts)
        for mention in annotation.mentions:
            assert annotation.document.parts[mention.part].text[mention.start : mention.end] == mention.text
            assert mention.name


def test_nothing_is_nothing() -> None:
    assert annotate([]) == []
    assert annotate([], jobs=2) == []


def lethal(model: str) -> object:
    """What a worker runs in the tests below: a document of that word ends its process."""
    import os
    import signal

    from newsmine.nlp.documents import pack

    def handle(found: list[list[str]]) -> list[bytes]:
        if any("lethal" in text for parts in found for text in parts):
            os.kill(os.getpid(), signal.SIGKILL)
        return [pack([((), ()) for _ in parts]) for parts in found]

    return handle


def document(text: str) -> Document:
    return Document(text, "article", Source("page.txt"), text, (Part("title", text),))


def test_a_document_whose_process_is_killed_twice_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_start", lethal)
    monkeypatch.setattr(run, "_CHUNK", 1)
    watcher, memory = Counting(), Memory()
    given = [document(text) for text in ("one", "lethal", "two", "three")]
    found = list(annotations(given, jobs=2, watcher=watcher, memory=memory))
    assert [a.document.id for a in found] == ["one", "two", "three"]
    assert [s.reason for s in watcher.skipped] == ["worker killed by SIGKILL"]
    assert len(watcher.notes) == 2
    assert memory.kept == 3
    with pytest.raises(NewsmineError, match="SIGKILL"):
        annotate(given, jobs=2)
