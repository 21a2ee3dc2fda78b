"""Quality as numbers with pinned floors. A set that is not there is skipped, and says so."""

import csv
import gzip
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsmine.config import DEFAULT_MODEL
from newsmine.headlines import group
from newsmine.nlp.model import load_model
from newsmine.nlp.repair import repair
from newsmine.records import Span
from newsmine.training.casing import recased
from newsmine.training.labelled import Labelled
from newsmine.training.measure import in_case, read_gold, score
from newsmine.training.sources import key

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
LABELLED = HERE.parents[1] / "data" / "labelled"
SEED = LABELLED / "azernews-2023-09-20-entities.json"
LATER = LABELLED / "current-events-2025.json"
SHARED = os.environ.get("NEWSMINE_EVAL_DATA")

pytestmark = pytest.mark.eval
needs_shared = pytest.mark.skipif(not SHARED, reason="NEWSMINE_EVAL_DATA names no folder with further sets")


CASES: dict[str, Callable[[str], str]] = {
    "title": lambda text: recased(Labelled(text), "title", Random(0)).text,
    "upper": str.upper,
    "lower": str.lower,
}


def f1(gold: Sequence[dict[str, Any]], documents: Sequence[Sequence[int]]) -> float:
    """Return the F1 with the rules of repair; `documents` groups the texts that are one document."""
    texts = [item["text"] for item in gold]
    found = [spans for spans, _ in load_model(DEFAULT_MODEL).analyse(texts)]
    for document in documents:
        mended = repair([texts[i] for i in document], [found[i] for i in document])
        for i, spans in zip(document, mended, strict=True):
            found[i] = spans
    return score(gold, kinded(found)).f1


def raw_f1(gold: Sequence[dict[str, Any]], case: str) -> float:
    """Return the F1 of the model alone, with the texts in another case if one is named."""
    if case != "as it is":
        gold = in_case(gold, CASES[case])
    return score(
        gold, kinded(spans for spans, _ in load_model(DEFAULT_MODEL).analyse(item["text"] for item in gold))
    ).f1


def kinded(found: Iterable[Iterable[Span]]) -> Iterator[list[tuple[int, int, str]]]:
    for spans in found:
        yield [(span.start, span.end, span.kind) for span in spans]


def seed_documents(parts: Sequence[dict[str, Any]]) -> Iterator[list[int]]:
    """Yield the article as one document, and each headline with its subtitle as one more."""
    article = [i for i, part in enumerate(parts) if not re.match(r"(Read also|Latest news) \d", part["part"])]
    yield article
    for i in range(len(article), len(parts)):
        if not parts[i]["part"].endswith("subtitle"):
            yield [i, i + 1] if i + 1 < len(parts) and parts[i + 1]["part"].endswith("subtitle") else [i]


def reached(name: str, value: float, floor: float) -> None:
    print(f"\n{name}: F1 {value:.1f} (floor {floor:.1f})", end="")  # noqa: T201
    assert value >= floor


def test_mentions_on_the_seed_page() -> None:
    gold = read_gold(SEED)
    reached("mentions, seed page", f1(gold, list(seed_documents(gold))), FLOORS["mentions"]["seed"])


@needs_shared
@pytest.mark.parametrize("name", FLOORS["shared"]["mentions"])
def test_mentions_on_shared_sets(name: str) -> None:
    gold = read_gold(Path(str(SHARED)) / "ner" / f"{name}.jsonl")
    reached(f"mentions, {name}", f1(gold, [[i] for i in range(len(gold))]), FLOORS["shared"]["mentions"][name])


@pytest.mark.parametrize("case", FLOORS["model"]["seed"])
def test_the_model_alone_on_the_seed_page(case: str) -> None:
    reached(f"model alone, seed page, {case}", raw_f1(read_gold(SEED), case), FLOORS["model"]["seed"][case])


@needs_shared
@pytest.mark.parametrize(
    ("name", "case"), [(name, case) for name, floors in FLOORS["shared"]["model"].items() for case in floors]
)
def test_the_model_alone_on_shared_sets(name: str, case: str) -> None:
    gold = read_gold(Path(str(SHARED)) / "ner" / f"{name}.jsonl")
    reached(f"model alone, {name}, {case}", raw_f1(gold, case), FLOORS["shared"]["model"][name][case])


def later_news() -> list[dict[str, Any]]:
    """Return paragraphs that the model was not trained on; the labels are ours, the texts are found by their key."""
    labels = json.loads(LATER.read_text(encoding="utf-8"))
    with gzip.open(Path(str(SHARED)) / "train" / "current_events.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {key(text): text for line in file for text in json.loads(line)["items"]}
    return [{"text": texts[name], **labelled} for name, labelled in labels.items()]


@needs_shared
def test_the_model_alone_on_news_that_came_later() -> None:
    floor = FLOORS["shared"]["later"]["floor"]
    reached("model alone, news of 2025 and 2026", raw_f1(later_news(), "as it is"), floor)


@needs_shared
@pytest.mark.parametrize("name", FLOORS["shared"]["pairs"])
def test_near_identical_headlines(name: str) -> None:
    with (Path(str(SHARED)) / "headlines" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    same = [len(set(group([pair["a"], pair["b"]]))) == 1 for pair in pairs]
    gold = [pair["label"] == "1" for pair in pairs]
    hits = sum(a and b for a, b in zip(same, gold, strict=True))
    reached(
        f"near-identical headlines, {name}",
        round(200 * hits / (sum(same) + sum(gold)), 1),
        FLOORS["shared"]["pairs"][name],
    )
