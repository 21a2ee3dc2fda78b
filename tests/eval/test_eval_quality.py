"""Quality as numbers with pinned floors. A set that is not there is skipped, and says so."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eval_sets import NAMES, SHARED, interval, labels, model_alone, repaired, scores, total

from newsmine.nlp.repair import Rule, chosen

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.eval
needs_shared = pytest.mark.skipif(not SHARED, reason="NEWSMINE_EVAL_DATA names no folder with further sets")


def marked(name: str, *values: str) -> Any:
    return pytest.param(name, *values, marks=() if name == "seed" else needs_shared)


def floors() -> Iterator[Any]:
    for name, cases in FLOORS["mentions"].items():
        for case in cases:
            yield marked(name, case)


@pytest.mark.parametrize(("name", "case"), list(floors()))
def test_mentions(name: str, case: str) -> None:
    data, raw = labels(name, case), model_alone(name, case)
    alone, mended = scores(data, raw), scores(data, repaired(data, raw, chosen()))
    reached = {"model": total(alone).f1, "rules": total(mended).f1}
    low, high = interval(mended)
    floor = FLOORS["mentions"][name][case]
    print(  # noqa: T201
        f"\n{name}, {case}: model alone {reached['model']} (floor {floor['model']}), "
        f"with rules {reached['rules']} ({low}–{high}; floor {floor['rules']})",
        end="",
    )
    assert reached["model"] >= floor["model"]
    assert reached["rules"] >= floor["rules"]


@needs_shared
def test_every_rule_is_worth_it() -> None:
    """Print what each rule is worth, alone and left out; the mean over the sets must not rise without one."""
    rules = chosen()
    ladder: list[tuple[str, tuple[Rule, ...]]] = [("none", ()), ("all", rules)]
    ladder += [(f"only {rule.name}", (rule,)) for rule in rules]
    ladder += [(f"all but {rule.name}", tuple(r for r in rules if r is not rule)) for rule in rules]
    table = {step: [f1(name, chosen_rules) for name in NAMES] for step, chosen_rules in ladder}
    print("\n" + " " * 20, *(f"{name:>14}" for name in NAMES))  # noqa: T201
    for step, figures in table.items():
        print(f"{step:20}", *(f"{figure:14.1f}" for figure in figures))  # noqa: T201
    best = sum(table["all"])
    worse = [rule.name for rule in rules if sum(table[f"all but {rule.name}"]) > best + 0.5]
    assert not worse


def f1(name: str, rules: tuple[Rule, ...]) -> float:
    data = labels(name)
    return total(scores(data, repaired(data, model_alone(name), rules))).f1
