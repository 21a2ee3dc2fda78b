"""Compare our engine with spaCy on every text in a folder: prints each text in which they differ, fails if any does.

    python tests/exact/exact.py FOLDER [--model NAME]

A text is a file; of .jsonl files (also .gz) every string in every line, of .tsv files every line.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsmine.config import DEFAULT_MODEL
from newsmine.nlp.exactness import differences

_LONGEST = 900_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    given = parser.parse_args()
    texts = words = differ = 0

    def counted() -> Iterator[str]:
        nonlocal texts, words
        for text in dict.fromkeys(_texts(given.folder)):
            texts += 1
            words += len(text.split())
            yield text

    for found in differences(given.model, counted()):
        differ += 1
        print(f"{found.text[:200]!r}\n  only newsmine: {found.ours}\n  only spaCy: {found.theirs}", flush=True)
    print(f"{given.model}: {texts:,} texts, {words:,} words, {differ} differ")
    if differ or not texts:
        sys.exit(1)


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8", errors="replace") as file:
            kind = path.name.removesuffix(".gz")
            if kind.endswith(".jsonl"):
                for line in file:
                    yield from _strings(json.loads(line))
            elif kind.endswith(".tsv"):
                yield from file
            else:
                yield file.read()[:_LONGEST]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


if __name__ == "__main__":
    main()
