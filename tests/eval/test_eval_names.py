"""Names as numbers with pinned floors: B-cubed F1, beside taking each spelling for a name of its own.

B-cubed (Bagga and Baldwin 1998) averages over mentions: precision is the share of the mentions with the same predicted
name that have the same gold name, recall the share of those with the same gold name that have the same predicted one.
With gold mentions both average over the same mentions. With predicted mentions, precision averages over the predicted
mentions and recall over the gold ones; a predicted mention that is not in the gold (exact limits after the usual
normalisation; its kind does not matter) counts with precision 0, and a gold mention that was not found with recall 0.
A mention that is in neither set shares a name with none.

"Within" compares mentions of one document only, "across" those of the whole collection. The interval is the 95%
percentile bootstrap over documents: each drawn document brings its mentions, and a document that is drawn twice counts
twice, with the names of the whole collection.
"""

import json
import os
import re
import tomllib
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from newsmine.names import resolve
from newsmine.nlp import extract
from newsmine.records import Mention
from newsmine.training.measure import normal, read_gold

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
SEED = HERE.parents[1] / "data" / "labelled" / "azernews-2023-09-20-entities.json"
SHARED = os.environ.get("NEWSMINE_EVAL_DATA")
SAMPLES = 1000

pytestmark = pytest.mark.eval

Place = tuple[int, int, int, int]
"""A mention: its document, part, start and end, in normal limits."""

Names = dict[Place, Hashable]


class Part(NamedTuple):
    text: str
    mentions: list[dict[str, Any]]


def seed() -> list[list[Part]]:
    """Return the article as one document, and each headline with its subtitle as one more."""
    found: list[list[Part]] = []
    for part in json.loads(SEED.read_text(encoding="utf-8")):
        is_listed = re.match(r"(Read also|Latest news) \d+$", part["part"])
        if is_listed or not found:
            found.append([])
        found[-1].append(Part(part["text"], part["mentions"]))
    return found


def collection(name: str) -> list[list[Part]]:
    """Return the documents of a set, each as its parts."""
    if name == "seed":
        return seed()
    if not SHARED:
        pytest.skip("NEWSMINE_EVAL_DATA names no folder with further sets")
    return [[Part(item["text"], item["mentions"])] for item in read_gold(Path(str(SHARED)) / "ner" / f"{name}.jsonl")]


def gold_mentions(documents: Sequence[Sequence[Part]]) -> list[list[Mention]]:
    return [
        [
            Mention(n, m["start"], m["end"], part.text[m["start"] : m["end"]], m["kind"])
            for n, part in enumerate(parts)
            for m in sorted(part.mentions, key=lambda m: m["start"])
        ]
        for parts in documents
    ]


def predicted_mentions(documents: Sequence[Sequence[Part]]) -> list[list[Mention]]:
    """Return what is found in each document; a document's parts are joined for the rules that look at all of it."""
    found = []
    for parts in documents:
        text = "\n\n".join(part.text for part in parts)
        starts = [sum(len(part.text) + 2 for part in parts[:n]) for n in range(len(parts))]
        (mentions,) = extract([text])
        placed = [(max(n for n, start in enumerate(starts) if start <= m.start), m) for m in mentions]
        found.append([Mention(n, m.start - starts[n], m.end - starts[n], m.text, m.kind, m.rule) for n, m in placed])
    return found


def place(document: int, parts: Sequence[Part], part: int, start: int, end: int) -> Place:
    return document, part, *normal(parts[part].text, start, end)


def gold_names(documents: Sequence[Sequence[Part]]) -> Names:
    return {
        place(d, parts, n, m["start"], m["end"]): m.get("entity", m.get("name"))
        for d, parts in enumerate(documents)
        for n, part in enumerate(parts)
        for m in part.mentions
    }


def predicted_names(
    documents: Sequence[Sequence[Part]], mentions: Sequence[Sequence[Mention]], *, exact: bool
) -> Names:
    resolved = mentions if exact else resolve(mentions).mentions
    return {
        place(d, documents[d], m.part, m.start, m.end): m.text if exact else (m.name, m.kind)
        for d, found in enumerate(resolved)
        for m in found
    }


def shares(ours: Names, others: Names) -> dict[int, list[float]]:
    """Return for each document what each mention of ours adds: the share of its cluster that the others agree on."""
    size = Counter(ours.values())
    both = Counter((name, others[at]) for at, name in ours.items() if at in others)
    found: dict[int, list[float]] = {}
    for at, name in ours.items():
        found.setdefault(at[0], []).append(both[name, others[at]] / size[name] if at in others else 0.0)
    return found


def f1(precision: Mapping[int, list[float]], recall: Mapping[int, list[float]], drawn: Sequence[int]) -> float:
    p = [share for d in drawn for share in precision.get(d, ())]
    r = [share for d in drawn for share in recall.get(d, ())]
    if not p or not r or not sum(p) or not sum(r):
        return 0.0
    mean_p, mean_r = sum(p) / len(p), sum(r) / len(r)
    return 200 * mean_p * mean_r / (mean_p + mean_r)


def bcubed(gold: Names, predicted: Names, documents: int) -> tuple[float, float, float]:
    """Return B-cubed F1 in per cent, and the limits of its 95% interval."""
    precision, recall = shares(predicted, gold), shares(gold, predicted)
    random = Random(0)
    drawn = sorted(f1(precision, recall, random.choices(range(documents), k=documents)) for _ in range(SAMPLES))
    whole = f1(precision, recall, range(documents))
    return round(whole, 1), round(drawn[SAMPLES // 40], 1), round(drawn[-SAMPLES // 40 - 1], 1)


def within(names: Names) -> Names:
    return {at: (at[0], name) for at, name in names.items()}


@pytest.mark.parametrize(
    ("name", "mentions", "scope"),
    [(n, m, s) for n, kinds in FLOORS.items() for m, scopes in kinds.items() for s in scopes],
)
def test_names(name: str, mentions: str, scope: str) -> None:
    documents = collection(name)
    gold = gold_names(documents)
    found = gold_mentions(documents) if mentions == "gold" else predicted_mentions(documents)
    figures = {}
    for label, exact in (("resolved", False), ("exact string", True)):
        predicted = predicted_names(documents, found, exact=exact)
        pair = (within(gold), within(predicted)) if scope == "within" else (gold, predicted)
        figures[label] = bcubed(*pair, len(documents))
    floor = FLOORS[name][mentions][scope]
    shown = "; ".join(f"{label} {value} ({low}-{high})" for label, (value, low, high) in figures.items())
    print(f"\nnames, {name}, {mentions} mentions, {scope} documents: B-cubed F1 {shown} (floor {floor})", end="")  # noqa: T201
    assert figures["resolved"][0] >= floor
    assert figures["resolved"][0] >= figures["exact string"][0]


def test_bcubed_by_hand() -> None:
    a, b, c, d = ((0, 0, n, n + 1) for n in range(4))
    gold: Names = {a: "x", b: "x", c: "y"}
    assert f1(shares(gold, gold), shares(gold, gold), [0]) == 100
    predicted: Names = {a: 1, b: 2, d: 3}
    # Precision (1 + 1 + 0) / 3, recall (1/2 + 1/2 + 0) / 3.
    assert f1(shares(predicted, gold), shares(gold, predicted), [0]) == pytest.approx(200 * (2 / 3) * (1 / 3))
