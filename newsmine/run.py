"""The steps in a row: documents to annotations, in this process or over several, in memory that does not grow."""

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Protocol

from newsmine.config import model_name
from newsmine.errors import NewsmineError
from newsmine.headlines import Documents, stories
from newsmine.names.merges import Merges
from newsmine.names.resolution import Resolver
from newsmine.nlp.batches import batches
from newsmine.nlp.documents import (
    Analysis,
    analyse,
    digest,
    fingerprint,
    is_packed,
    pack,
    rules_version,
    spellings,
    unpack,
)
from newsmine.records import Annotation, Document, Mention, Skipped
from newsmine.workers import Lost, map_in_processes

_CHUNK = 60_000
_WORTH_PROCESSES = 1_500_000
_IN_MEMORY = 64 * 2**20


Again = Sequence[Document] | Documents
"""Documents that can be counted, and gone through more than once."""


class Memory(Protocol):
    """What remembers results, so that no document is analysed twice: a corpus or the cache.

    `fingerprint` names model, versions and rules, `digest` the texts of a document; what is kept are bytes.
    """

    def analyses(self, fingerprint: str, digests: Sequence[str]) -> dict[str, bytes]:
        """Return the results that are known."""

    def remember(self, fingerprint: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Keep results."""


class Watcher:
    """What is told of a run while it goes on: this one keeps silent, and ends it for a document that is given up."""

    def progress(self, done: int, of: int) -> None:
        """Take note of how many documents are done, and of how many."""

    def note(self, text: str) -> None:
        """Take note of something that is no error."""

    def skip(self, skipped: Skipped) -> None:
        """Take note of a document that could not be analysed; the run goes on without it if this returns."""
        raise NewsmineError(f"{skipped.source}: {skipped.reason}", hint=skipped.hint)


def annotate(
    documents: Again,
    *,
    model: str | None = None,
    merge: bool = True,
    merges: Merges | None = None,
    jobs: int | None = None,
    memory: Memory | None = None,
    watcher: Watcher | None = None,
) -> list[Annotation]:
    """Return the documents with their sentences, mentions, names and stories, in the same order.

    `jobs` is the number of processes (default: one for each core, where the work is worth it); it changes no byte of
    the result. `memory` is asked before the model, and told after. `watcher` hears of progress and trouble; without
    one, a document that cannot be analysed because its process is killed raises NewsmineError.
    """
    found = list(
        annotations(documents, model=model, merge=merge, merges=merges, jobs=jobs, memory=memory, watcher=watcher)
    )
    days = [a.document.published.value if a.document.published else None for a in found]
    numbers = stories([a.document.headline for a in found], days=days).numbers
    return [Annotation(a.document, a.sentences, a.mentions, number) for a, number in zip(found, numbers, strict=True)]


def annotations(
    documents: Again,
    *,
    model: str | None = None,
    merge: bool = True,
    merges: Merges | None = None,
    jobs: int | None = None,
    memory: Memory | None = None,
    watcher: Watcher | None = None,
) -> Iterator[Annotation]:
    """Yield what `annotate` returns, but for the stories, and without holding the documents or their mentions.

    Names depend on all documents, so these are gone through twice; what was found in them waits in a temporary file.
    """
    resolver = Resolver(merge=merge, merges=merges)
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as results:
        for document, data in _analysed(documents, model_name(model), jobs, memory, watcher or Watcher()):
            pickle.dump(data, results, pickle.HIGHEST_PROTOCOL)
            if data is not None:
                resolver.add(spellings(data, [part.text for part in document.parts]))
        results.seek(0)
        for document in documents:
            data = pickle.load(results)
            if data is not None:
                analyses = unpack(data)
                mentions = _mentions(document, analyses, resolver)
                yield Annotation(document, tuple(sentences for _, sentences in analyses), mentions)


def _mentions(document: Document, analyses: Sequence[Analysis], resolver: Resolver) -> tuple[Mention, ...]:
    places = [
        (n, span, part.text[span.start : span.end])
        for n, (part, (spans, _)) in enumerate(zip(document.parts, analyses, strict=True))
        for span in spans
    ]
    decisions = resolver.decide([(text, span.kind) for _, span, text in places])
    return tuple(
        [
            Mention(n, span.start, span.end, text, decided.kind, span.rule, decided.name)
            for (n, span, text), decided in zip(places, decisions, strict=True)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Documents that stand in a row, with their digests and what is remembered of them."""

    documents: list[Document]
    digests: list[str]
    known: dict[str, bytes]

    def missing(self) -> dict[str, list[str]]:
        """Return the texts of what is not remembered, by digest."""
        pairs = zip(self.digests, self.documents, strict=True)
        return {key: [part.text for part in d.parts] for key, d in pairs if key not in self.known}


def _analysed(
    documents: Again, model: str, jobs: int | None, memory: Memory | None, watcher: Watcher
) -> Iterator[tuple[Document, bytes | None]]:
    """Yield each document with what is found in its parts, packed; None if its process was killed twice."""
    mark = f"{fingerprint(model)} rules {rules_version()}" if memory else ""
    ahead: deque[_Chunk] = deque()

    def work() -> Iterator[list[list[str]] | None]:
        for batch in batches(documents, _size, _CHUNK):
            digests = [digest(part.text for part in document.parts) for document in batch]
            known = memory.analyses(mark, digests) if memory else {}
            ahead.append(_Chunk(batch, digests, {key: data for key, data in known.items() if is_packed(data)}))
            yield list(ahead[-1].missing().values()) or None

    total, done = len(documents), 0
    for answer in _results(work(), model, _processes(documents, jobs), watcher):
        chunk = ahead.popleft()
        found = chunk.known
        if isinstance(answer, Lost):
            hint = "try again with more memory, or with fewer processes: -j 1"
            for key, document in zip(chunk.digests, chunk.documents, strict=True):
                if key not in found:
                    watcher.skip(Skipped(f"{document.source.path}:{document.line}", f"worker {answer.reason}", hint))
        elif answer is not None:
            fresh = dict(zip(chunk.missing(), answer, strict=True))
            found = {**found, **fresh}
            if memory:
                memory.remember(mark, fresh.items())
        yield from ((d, found.get(key)) for key, d in zip(chunk.digests, chunk.documents, strict=True))
        done += len(chunk.documents)
        watcher.progress(done, total)


def _results(
    work: Iterator[list[list[str]] | None], model: str, processes: int, watcher: Watcher
) -> Iterator[list[bytes] | Lost | None]:
    """Yield what is found in each list of documents, None for None; the model is loaded when there is work."""
    if processes > 1:
        yield from map_in_processes(_start, (model,), work, processes=processes, note=watcher.note)
        return
    handle = None
    for documents in work:
        if documents is None:
            yield None
        else:
            handle = handle or _start(model)
            yield handle(documents)


def _start(model: str) -> Callable[[list[list[str]]], list[bytes]]:
    from newsmine.nlp.model import load_model

    loaded = load_model(model)
    return lambda documents: [pack(analyses) for analyses in analyse(loaded, documents)]


def _processes(documents: Again, jobs: int | None) -> int:
    if jobs:
        return jobs
    size = documents.characters if isinstance(documents, Documents) else sum(map(_size, documents))
    return _cores() if size > _WORTH_PROCESSES else 1


def _cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(document: Document) -> int:
    return sum(len(part.text) for part in document.parts)
