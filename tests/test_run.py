from collections.abc import Iterable, Sequence

import pytest

from newsmine import run
from newsmine.headlines import documents
from newsmine.loading import load
from newsmine.records import Article, Headline
from newsmine.run import Analysis, annotate


class Memory:
    """Remembers in a dictionary, and counts what it is asked to keep."""

    def __init__(self) -> None:
        self.known: dict[str, Analysis] = {}
        self.kept = 0

    def analyses(self, model: str, texts: Sequence[str]) -> dict[str, Analysis]:
        return {text: self.known[text] for text in texts if text in self.known}

    def remember(self, model: str, items: Iterable[tuple[str, Analysis]]) -> None:
        for text, analysis in items:
            self.known[text] = analysis
            self.kept += 1


def records() -> list[Article | Headline]:
    return [record for record in load("seeds") if isinstance(record, Article | Headline)]


def test_two_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_CHUNK", 1500)
    found = documents(records())
    assert annotate(found, jobs=2) == annotate(found, jobs=1)


def test_no_text_is_analysed_twice() -> None:
    found = documents(records())
    memory = Memory()
    calls: list[tuple[int, int]] = []
    first = annotate(found, memory=memory, progress=lambda done, of: calls.append((done, of)))
    kept = memory.kept
    assert kept == len({part.text for document in found for part in document.parts})
    assert calls[-1][0] == calls[-1][1] > 0
    assert annotate(found, memory=memory) == first
    assert memory.kept == kept


def test_mentions_stand_where_they_say() -> None:
    for annotation in annotate(documents(records())):
        assert len(annotation.sentences) == len(annotation.document.parts)
        for mention in annotation.mentions:
            assert annotation.document.parts[mention.part].text[mention.start : mention.end] == mention.text
            assert mention.name


def test_nothing_is_nothing() -> None:
    assert annotate([]) == []
