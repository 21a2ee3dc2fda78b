"""The steps in a row: records to documents to annotations, in this process or over several."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from newsmine.config import model_name
from newsmine.errors import NewsmineError
from newsmine.headlines import stories
from newsmine.names import resolve
from newsmine.names.merges import Merges
from newsmine.nlp.repair import repair
from newsmine.records import Annotation, Document, Mention, Span

Analysis = tuple[tuple[Span, ...], tuple[tuple[int, int], ...]]
Progress = Callable[[int, int], None]

_CHUNK = 20_000
_WORTH_PROCESSES = 200_000


class Memory(Protocol):
    """What remembers analyses, so that no text is analysed twice: a corpus."""

    def analyses(self, model: str, texts: Sequence[str]) -> dict[str, Analysis]:
        """Return the analyses that are known of these texts."""

    def remember(self, model: str, items: Iterable[tuple[str, Analysis]]) -> None:
        """Keep the analyses."""


def annotate(
    documents: Sequence[Document],
    *,
    model: str | None = None,
    merge: bool = True,
    merges: Merges | None = None,
    jobs: int | None = None,
    memory: Memory | None = None,
    progress: Progress | None = None,
) -> list[Annotation]:
    """Return the documents with their sentences, mentions, names and stories, in the same order.

    `jobs` is the number of processes (default: one for each core, where the work is worth it); it changes no byte of
    the result. `memory` is asked before the model, and told after; `progress` is called with the number of characters
    that are done and of all.
    """
    texts = sorted({part.text for document in documents for part in document.parts})
    analyses = _analyse(texts, model_name(model), jobs, memory, progress or (lambda done, of: None))
    found = [_mentions(document, analyses) for document in documents]
    named = resolve(found, merge=merge, merges=merges).mentions
    numbers = _stories(documents)
    return [
        Annotation(document, tuple(analyses[part.text][1] for part in document.parts), mentions, number)
        for document, mentions, number in zip(documents, named, numbers, strict=True)
    ]


def _stories(documents: Sequence[Document]) -> tuple[int, ...]:
    days = [d.published.value if d.published else None for d in documents]
    return stories([d.headline for d in documents], days=days).numbers


def _mentions(document: Document, analyses: dict[str, Analysis]) -> tuple[Mention, ...]:
    texts = [part.text for part in document.parts]
    repaired = repair(texts, [analyses[text][0] for text in texts])
    return tuple(
        Mention(n, span.start, span.end, text[span.start : span.end], span.kind, span.rule)
        for n, (text, spans) in enumerate(zip(texts, repaired, strict=True))
        for span in spans
    )


def _analyse(
    texts: Sequence[str], model: str, jobs: int | None, memory: Memory | None, progress: Progress
) -> dict[str, Analysis]:
    from newsmine.nlp.model import fingerprint, load_model

    mark = fingerprint(model) if memory else ""
    known = memory.analyses(mark, texts) if memory else {}
    missing = [text for text in texts if text not in known]
    if not missing:
        return known
    size = sum(map(len, missing))
    chunks = list(_chunks(missing))
    workers = min(jobs or len(os.sched_getaffinity(0)), len(chunks)) if jobs or size > _WORTH_PROCESSES else 1
    if workers > 1:
        results = _in_processes(chunks, model, workers)
    else:
        loaded = load_model(model)
        results = (list(loaded.analyse(chunk)) for chunk in chunks)
    done = 0
    for chunk, result in zip(chunks, results, strict=True):
        items = list(zip(chunk, result, strict=True))
        known.update(items)
        if memory:
            memory.remember(mark, items)
        done += sum(map(len, chunk))
        progress(done, size)
    return known


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in batches of some 20,000 characters: the same batches whatever the number of processes."""
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _in_processes(chunks: Sequence[list[str]], model: str, workers: int) -> Iterator[list[Analysis]]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(model,))
    try:
        yield from pool.map(_work, chunks)
    except BrokenProcessPool:
        raise NewsmineError(
            "a worker process ended before its work was done", hint="try again with fewer: -j 1"
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_worker: list[Callable[[Sequence[str]], Iterable[Analysis]]] = []


def _start_worker(model: str) -> None:
    """Load the model once in a worker process; what it holds lives and dies with that process."""
    from newsmine.nlp.model import load_model

    _worker.append(load_model(model).analyse)


def _work(texts: list[str]) -> list[Analysis]:
    return list(_worker[0](texts))
