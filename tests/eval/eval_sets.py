"""The labelled sets, what the bundled model finds in them, and scores with intervals."""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from newsmine.config import DEFAULT_MODEL
from newsmine.nlp.model import load_model
from newsmine.nlp.repair import Rule, repair
from newsmine.records import Span
from newsmine.training.casing import recased
from newsmine.training.labelled import Labelled
from newsmine.training.measure import Score, in_case, read_gold, score
from newsmine.training.sources import key

LABELLED = Path(__file__).parents[2] / "data" / "labelled"
SEED = LABELLED / "azernews-2023-09-20-entities.json"
LATER = LABELLED / "current-events-2025.json"
SHARED = os.environ.get("NEWSMINE_EVAL_DATA")
DRAWS = 1000

AS_IT_IS = "as it is"
CASES: dict[str, Callable[[str], str]] = {
    "title": lambda text: recased(Labelled(text), "title", Random(0)).text,
    "upper": str.upper,
    "lower": str.lower,
}
NAMES = ("seed", "wikinews_dev", "headlines_dev", "pud_news", "later")

Spans = Sequence[Sequence[Span]]


@dataclass(frozen=True)
class Labels:
    """Texts with their mentions; `documents` tells which texts are one document."""

    gold: list[dict[str, Any]]
    documents: list[list[int]]

    @property
    def texts(self) -> list[str]:
        return [item["text"] for item in self.gold]


@cache
def labels(name: str, case: str = AS_IT_IS) -> Labels:
    """Return a set: the seed page, the news that came later, or a shared one by the name of its file; in any case."""
    if name == "seed":
        gold = read_gold(SEED)
        documents = list(seed_documents(gold))
    else:
        gold = later_news() if name == "later" else read_gold(Path(str(SHARED)) / "ner" / f"{name}.jsonl")
        documents = [[i] for i in range(len(gold))]
    return Labels(gold if case == AS_IT_IS else in_case(gold, CASES[case]), documents)


@cache
def model_alone(name: str, case: str = AS_IT_IS) -> Spans:
    """Return what the bundled model finds in the texts of a set."""
    return [spans for spans, _ in load_model(DEFAULT_MODEL).analyse(labels(name, case).texts)]


def repaired(data: Labels, found: Spans, rules: Sequence[Rule]) -> Spans:
    """Return what was found after these rules, each document for itself."""
    mended = list(found)
    for document in data.documents:
        parts = repair([data.texts[i] for i in document], [found[i] for i in document], rules)
        for i, spans in zip(document, parts, strict=True):
            mended[i] = spans
    return mended


def scores(data: Labels, found: Iterable[Iterable[Span]]) -> list[Score]:
    """Return the score of each text."""
    return [score([item], [spans]) for item, spans in zip(data.gold, kinded(found), strict=True)]


def total(single: Sequence[Score]) -> Score:
    """Return the score over all."""
    return Score(*(sum(column) for column in zip(*single, strict=True)))


def interval(single: Sequence[Score]) -> tuple[float, float]:
    """Return the limits of F1 that hold 95% of the draws of the texts with replacement."""
    rng = Random(0)
    drawn = sorted(total(rng.choices(single, k=len(single))).f1 for _ in range(DRAWS))
    return drawn[DRAWS // 40], drawn[-DRAWS // 40]


def kinded(found: Iterable[Iterable[Span]]) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the spans as the scorer takes them."""
    for spans in found:
        yield [(span.start, span.end, span.kind) for span in spans]


def seed_documents(parts: Sequence[dict[str, Any]]) -> Iterator[list[int]]:
    """Yield the article as one document, and each headline with its subtitle as one more."""
    article = [i for i, part in enumerate(parts) if not re.match(r"(Read also|Latest news) \d", part["part"])]
    yield article
    for i in range(len(article), len(parts)):
        if not parts[i]["part"].endswith("subtitle"):
            yield [i, i + 1] if i + 1 < len(parts) and parts[i + 1]["part"].endswith("subtitle") else [i]


def later_news() -> list[dict[str, Any]]:
    """Return paragraphs that the model was not trained on; the labels are ours, the texts are found by their key."""
    found = json.loads(LATER.read_text(encoding="utf-8"))
    with gzip.open(Path(str(SHARED)) / "train" / "current_events.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {key(text): text for line in file for text in json.loads(line)["items"]}
    return [{"text": texts[name], **labelled} for name, labelled in found.items()]
