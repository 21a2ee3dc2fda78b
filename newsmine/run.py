"""The steps in a row: documents to annotations, in this process or over several, in memory that does not grow."""

import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Protocol

from newsmine import gazetteer
from newsmine.config import model_name
from newsmine.errors import NewsmineError
from newsmine.headlines import Documents, stories
from newsmine.headlines.indexed import Index
from newsmine.names.books import Pair, Spelling, side_by_side
from newsmine.names.ledger import Ledger
from newsmine.names.merges import Decision, Merges
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
    unpack,
)
from newsmine.nlp.model import model_language
from newsmine.nlp.repair import Rule, chosen
from newsmine.records import Annotation, Document, Mention, Skipped, Span
from newsmine.text import fold
from newsmine.workers import Lost, cores, map_in_processes

_CHUNK = 60_000
_WORTH_PROCESSES = 1_500_000
_IN_MEMORY = 64 * 2**20
_FEWEST_SENTENCES = 3


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
    rules: str | None = None,
    demonyms: bool = False,
    merge: bool = True,
    merges: Merges | None = None,
    jobs: int | None = None,
    memory: Memory | None = None,
    watcher: Watcher | None = None,
    index: Index | None = None,
) -> list[Annotation]:
    """Return the documents with their sentences, mentions, names and stories, in the same order.

    `rules` chooses among the rules of repair, as --rules does; with `demonyms`, "Azerbaijani" is a mention of
    Azerbaijan. `jobs` is the number of processes (default: one for each core, where the work is worth it); it changes
    no byte of the result. `memory` is asked before the model, and told after. `watcher` hears of progress and
    trouble; without one, a document that cannot be analysed because its process is killed raises NewsmineError. An
    `index` of headlines that knows them all saves the search for stories, and changes nothing.
    """
    found = list(
        annotations(
            documents,
            model=model,
            rules=rules,
            demonyms=demonyms,
            merge=merge,
            merges=merges,
            jobs=jobs,
            memory=memory,
            watcher=watcher,
        )
    )
    days = [a.document.published.value if a.document.published else None for a in found]
    texts, bodies = [a.document.headline for a in found], [_body(a) for a in found]
    numbers = stories(texts, days=days, bodies=bodies, index=index).numbers
    return [Annotation(a.document, a.sentences, a.mentions, number) for a, number in zip(found, numbers, strict=True)]


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """What finds names: the name of a model, and the rules that repair what it finds."""

    model: str
    rules: tuple[Rule, ...]

    def fingerprint(self) -> str:
        """Return what a result depends on besides the text."""
        names = ",".join(rule.name for rule in self.rules)
        return f"{fingerprint(self.model)} rules {rules_version()} {names}"


def _recogniser(model: str | None, rules: str | None, *, demonyms: bool) -> _Recogniser:
    name = model_name(model)
    return _Recogniser(name, chosen(rules, language=model_language(name), demonyms=demonyms))


def _body(annotation: Annotation) -> Mapping[str, int]:
    """Return the sentences of an article's paragraphs with their numbers of words; nothing if they are too few."""
    if annotation.document.kind == "listed":
        return {}
    counted: Counter[str] = Counter()
    for part, limits in zip(annotation.document.parts, annotation.sentences, strict=True):
        if part.name.startswith("paragraph"):
            for start, end in limits:
                sentence = fold(" ".join(part.text[start:end].split()))
                counted[sentence] += sentence.count(" ") + 1
    return counted if len(counted) >= _FEWEST_SENTENCES else {}


def annotations(
    documents: Again,
    *,
    model: str | None = None,
    rules: str | None = None,
    demonyms: bool = False,
    merge: bool = True,
    merges: Merges | None = None,
    jobs: int | None = None,
    memory: Memory | None = None,
    watcher: Watcher | None = None,
) -> Iterator[Annotation]:
    """Yield what `annotate` returns, but for the stories, and without holding the documents or their mentions.

    Names depend on all documents, so these are gone through twice; what was found in them waits in a temporary file.
    """
    recogniser = _recogniser(model, rules, demonyms=demonyms)
    resolver = Resolver(merge=merge, merges=merges)
    for document, analyses, named in _decided(documents, resolver, recogniser, jobs, memory, watcher):
        mentions = tuple(
            [
                Mention(n, span.start, span.end, text, decision.kind, span.rule, decision.name)
                for (n, span, text), decision in named
                if decision
            ]
        )
        yield Annotation(document, tuple(sentences for _, sentences in analyses), mentions)


def ledger(
    documents: Again,
    *,
    model: str | None = None,
    rules: str | None = None,
    demonyms: bool = False,
    jobs: int | None = None,
    memory: Memory | None = None,
    watcher: Watcher | None = None,
) -> Ledger:
    """Return how often each spelling is which name, with the reasons; it depends on no merge file."""
    book = Ledger()
    recogniser = _recogniser(model, rules, demonyms=demonyms)
    for _, _, named in _decided(documents, Resolver(), recogniser, jobs, memory, watcher):
        book.add((_spelling(span, text), decision) for (_, span, text), decision in named if decision)
    return book


_Place = tuple[int, Span, str]
"""A part's number, a span in it, and its text."""


def _decided(
    documents: Again,
    resolver: Resolver,
    recogniser: _Recogniser,
    jobs: int | None,
    memory: Memory | None,
    watcher: Watcher | None,
) -> Iterator[tuple[Document, tuple[Analysis, ...], list[tuple[_Place, Decision | None]]]]:
    """Yield the documents that could be analysed, what was found in them, and each name with what it is called."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as results:
        for document, data in _analysed(documents, recogniser, jobs, memory, watcher or Watcher()):
            pickle.dump(data, results, pickle.HIGHEST_PROTOCOL)
            if data is not None:
                resolver.add(*_spelled(_places(document, unpack(data))))
        results.seek(0)
        for document in documents:
            data = pickle.load(results)
            if data is not None:
                analyses = unpack(data)
                places = _places(document, analyses)
                yield document, analyses, list(zip(places, resolver.decide(*_spelled(places)), strict=True))


def _places(document: Document, analyses: Sequence[Analysis]) -> list[_Place]:
    return [
        (n, span, part.text[span.start : span.end])
        for n, (part, (spans, _)) in enumerate(zip(document.parts, analyses, strict=True))
        for span in spans
    ]


def _spelled(places: Sequence[_Place]) -> tuple[list[Spelling], list[Pair]]:
    """Return the text and kind of each name, and the names that may stand in brackets after others."""
    beside = side_by_side([(n, span.start, span.end, text, span.kind) for n, span, text in places])
    return [_spelling(span, text) for _, span, text in places], beside


def _spelling(span: Span, text: str) -> Spelling:
    """Return the text and kind that a mention is named by: a demonym by its place."""
    place = gazetteer.demonym(text) if span.rule == "demonym" else None
    return place.name if place else text, span.kind


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
    documents: Again, recogniser: _Recogniser, jobs: int | None, memory: Memory | None, watcher: Watcher
) -> Iterator[tuple[Document, bytes | None]]:
    """Yield each document with what is found in its parts, packed; None if its process was killed twice."""
    mark = recogniser.fingerprint() if memory else ""
    ahead: deque[_Chunk] = deque()

    def work() -> Iterator[list[list[str]] | None]:
        for batch in batches(documents, _size, _CHUNK):
            digests = [digest(part.text for part in document.parts) for document in batch]
            known = memory.analyses(mark, digests) if memory else {}
            ahead.append(_Chunk(batch, digests, {key: data for key, data in known.items() if is_packed(data)}))
            yield list(ahead[-1].missing().values()) or None

    total, done = len(documents), 0
    for answer in _results(work(), recogniser, _processes(documents, jobs), watcher):
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
    work: Iterator[list[list[str]] | None], recogniser: _Recogniser, processes: int, watcher: Watcher
) -> Iterator[list[bytes] | Lost | None]:
    """Yield what is found in each list of documents, None for None; the model is loaded when there is work."""
    if processes > 1:
        yield from map_in_processes(_start, (recogniser,), work, processes=processes, note=watcher.note)
        return
    handle = None
    for documents in work:
        if documents is None:
            yield None
        else:
            handle = handle or _start(recogniser)
            yield handle(documents)


def _start(recogniser: _Recogniser) -> Callable[[list[list[str]]], list[bytes]]:
    from newsmine.nlp.model import load_model

    loaded = load_model(recogniser.model)
    return lambda documents: [pack(analyses) for analyses in analyse(loaded, documents, recogniser.rules)]


def _processes(documents: Again, jobs: int | None) -> int:
    if jobs:
        return jobs
    size = documents.characters if isinstance(documents, Documents) else sum(map(_size, documents))
    return cores() if size > _WORTH_PROCESSES else 1


def _size(document: Document) -> int:
    return sum(len(part.text) for part in document.parts)
