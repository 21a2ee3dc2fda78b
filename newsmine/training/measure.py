"""Precision, recall and F1 of mentions, as they are reported."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Kinded = tuple[int, int, str]


class Score(NamedTuple):
    """Counts of mentions: found and right, found, and in the gold labels."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        """F1 in per cent, to one place; 100 if there was nothing to find and nothing was found."""
        both = self.found + self.wanted
        return round(200 * self.right / both, 1) if both else 100.0

    @property
    def recall(self) -> float:
        """Recall in per cent, to one place; 100 if there was nothing to find."""
        return round(100 * self.right / self.wanted, 1) if self.wanted else 100.0


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


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Return the texts of a file (a JSON list, or JSON Lines), each with its `mentions`."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in raw.splitlines() if line.strip()]
    return list(json.loads(raw))


def compared(gold: dict[str, Any], predicted: Iterable[Kinded]) -> tuple[set[Kinded], set[Kinded]]:
    """Return the mentions of one text as labelled and as found, in normal limits.

    A mention marked as a suffix (" - Reuters") is left out, and so is what is found there.
    """
    text = gold["text"]
    suffixes = [(m["start"], m["end"]) for m in gold["mentions"] if m.get("suffix")]
    wanted = {(*normal(text, m["start"], m["end"]), m["kind"]) for m in gold["mentions"] if not m.get("suffix")}
    found = {
        (*normal(text, start, end), kind)
        for start, end, kind in predicted
        if not any(start < b and a < end for a, b in suffixes)
    }
    return wanted, found


def score(
    gold: Sequence[dict[str, Any]], predicted: Iterable[Iterable[Kinded]], known: Callable[[str], bool] | None = None
) -> Score:
    """Return the score over all texts; with `known`, only of the labelled names that are not known."""
    right = all_found = all_wanted = 0
    for item, spans in zip(gold, predicted, strict=True):
        wanted, found = compared(item, spans)
        if known:
            wanted = {(a, b, kind) for a, b, kind in wanted if not known(item["text"][a:b])}
        right += len(wanted & found)
        all_found += len(found)
        all_wanted += len(wanted)
    return Score(right, all_found, all_wanted)


def in_case(gold: Sequence[dict[str, Any]], change: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the texts in another case, but those whose length that changes."""
    return [
        {**item, "text": new if len(new := change(item["text"])) == len(item["text"]) else item["text"]}
        for item in gold
    ]
