"""Near-identical headlines: F1, precision and recall on labelled pairs, beside RapidFuzz alone."""

import csv
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from eval_sets import DRAWS, SHARED
from rapidfuzz import fuzz

from newsmine.headlines import group
from newsmine.headlines.judge import Form, judge

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["pairs"]
Judged = tuple[bool, bool]  # taken for one; labelled as one

pytestmark = [
    pytest.mark.eval,
    pytest.mark.skipif(not SHARED, reason="NEWSMINE_EVAL_DATA names no folder with further sets"),
]


def rows(name: str, *columns: str) -> list[dict[str, str]]:
    with (Path(str(SHARED)) / "headlines" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, columns or None, delimiter="\t", quoting=csv.QUOTE_NONE))


def judged(pairs: Sequence[dict[str, str]], is_one: Callable[[str, str], bool]) -> list[Judged]:
    return [(is_one(pair["a"], pair["b"]), pair["label"] == "1") for pair in pairs]


def figures(found: Sequence[Judged]) -> tuple[float, float, float]:
    """Return F1, precision and recall in per cent."""
    hits, taken, wanted = (sum(column) for column in zip(*((a and b, a, b) for a, b in found), strict=True))
    f1, precision, recall = 2 * hits / max(taken + wanted, 1), hits / max(taken, 1), hits / max(wanted, 1)
    return round(100 * f1, 1), round(100 * precision, 1), round(100 * recall, 1)


def report(name: str, found: Sequence[Judged]) -> float:
    rng = Random(0)
    drawn = sorted(figures(rng.choices(found, k=len(found)))[0] for _ in range(DRAWS))
    f1, precision, recall = figures(found)
    print(f"\n{name}: F1 {f1} ({drawn[DRAWS // 40]}–{drawn[-DRAWS // 40]}), P {precision}, R {recall}", end="")  # noqa: T201
    return f1


def one_story(a: str, b: str) -> bool:
    return len(set(group([a, b]))) == 1


def test_pairs_of_real_headlines() -> None:
    pairs = rows("pairs_dev.tsv")
    report("RapidFuzz ratio >= 90", judged(pairs, lambda a, b: fuzz.ratio(a, b) >= 90))
    report("RapidFuzz token_sort_ratio >= 90", judged(pairs, lambda a, b: fuzz.token_sort_ratio(a, b) >= 90))
    found = judged(pairs, one_story)
    f1 = report("newsmine", found)
    precision = figures(found)[1]
    assert f1 >= FLOORS["pairs_dev"]["f1"]
    assert precision >= FLOORS["pairs_dev"]["precision"]


def test_the_list_of_phenomena() -> None:
    pairs = rows("challenge.tsv", "label", "phenomenon", "a", "b")
    found = judged(pairs, one_story)
    for pair, (taken, wanted) in zip(pairs, found, strict=True):
        if taken != wanted:
            verdict = judge(Form(pair["a"]), Form(pair["b"]))
            what = "merged" if taken else "apart"
            print(f"\n{what}: {pair['phenomenon']}: {pair['a']} | {pair['b']}: {verdict}", end="")  # noqa: T201
    report("list of phenomena", found)
    assert sum(a == b for a, b in found) >= FLOORS["challenge"]["right"]
