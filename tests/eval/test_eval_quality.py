"""Quality as numbers with pinned floors. A set that is not there is skipped, and says so."""

import csv
import json
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from newsmine.config import DEFAULT_MODEL
from newsmine.headlines import group
from newsmine.nlp.model import load_model
from newsmine.nlp.repair import repair

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
LABELLED = HERE.parents[1] / "data" / "labelled"
SHARED = os.environ.get("NEWSMINE_EVAL_DATA")

pytestmark = pytest.mark.eval
needs_shared = pytest.mark.skipif(not SHARED, reason="NEWSMINE_EVAL_DATA names no folder with further sets")


def normal(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the limits without a leading "the", a possessive and outer quotes, on either side alike."""
    if (match := re.match(r"(?i)the\s+", text[start:end])) and start + match.end() < end:
        start += match.end()
    if (match := re.search(r"['’][sS]?$", text[start:end])) and match.start() > 0:
        end = start + match.start()
    while end > start and text[end - 1] in ' \n,;:"”“‘':
        end -= 1
    while start < end and text[start] in ' \n"”“‘':
        start += 1
    return start, end


def f1(gold: Sequence[dict[str, Any]], documents: Sequence[Sequence[int]]) -> float:
    """Return the F1 of exact limits and kind, in per cent; `documents` groups the texts that are one document."""
    texts = [item["text"] for item in gold]
    raw = [spans for spans, _ in load_model(DEFAULT_MODEL).analyse(texts)]
    hits = found = wanted = 0
    for document in documents:
        for i, spans in zip(document, repair([texts[i] for i in document], [raw[i] for i in document]), strict=True):
            suffixes = [(m["start"], m["end"]) for m in gold[i]["mentions"] if m.get("suffix")]
            expected = {
                (*normal(texts[i], m["start"], m["end"]), m["kind"]) for m in gold[i]["mentions"] if not m.get("suffix")
            }
            predicted = {
                (*normal(texts[i], s.start, s.end), s.kind)
                for s in spans
                if not any(s.start < end and start < s.end for start, end in suffixes)
            }
            hits += len(expected & predicted)
            found += len(predicted)
            wanted += len(expected)
    return round(200 * hits / (found + wanted), 1)


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
    gold = json.loads((LABELLED / "azernews-2023-09-20-entities.json").read_text(encoding="utf-8"))
    reached("mentions, seed page", f1(gold, list(seed_documents(gold))), FLOORS["mentions"]["seed"])


@needs_shared
@pytest.mark.parametrize("name", FLOORS["shared"]["mentions"])
def test_mentions_on_shared_sets(name: str) -> None:
    lines = (Path(str(SHARED)) / "ner" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines if line.strip()]
    reached(f"mentions, {name}", f1(gold, [[i] for i in range(len(gold))]), FLOORS["shared"]["mentions"][name])


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
