"""What a pipeline reaches on labelled sets, to be written beside its weights."""

from pathlib import Path
from typing import Any

from newsmine.nlp.labels import kind_of
from newsmine.training.fit import predictions
from newsmine.training.measure import read_gold, score


def figures(nlp: Any, folder: Path) -> dict[str, float]:
    """Return the F1, in per cent, of the pipeline alone on each set of a folder (JSON Lines), by the set's name."""
    reached = {}
    for path in sorted(folder.glob("*.jsonl")):
        gold = read_gold(path)
        found = predictions(nlp, [item["text"] for item in gold])
        kinded = [[(a, b, kind) for a, b, label in spans if (kind := kind_of(label))] for spans in found]
        reached[path.stem] = score(gold, kinded).f1
    return reached
