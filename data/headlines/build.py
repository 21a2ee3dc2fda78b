"""Write newsmine/data/word_weights.tsv: python data/headlines/build.py FOLDER.

FOLDER holds current_events.jsonl.gz, the paragraphs of Wikipedia's Portal:Current events (CC BY-SA), of which only the
number of paragraphs that hold a word is used. A word's weight is its inverse document frequency,
ln((N + 1) / (n + 1)) / ln(N + 1), in thousandths; words in fewer than 40 paragraphs are left out, and weigh what one
in 13 would.
"""

import gzip
import json
import math
import sys
from collections import Counter
from pathlib import Path

from newsmine.headlines.equate import words
from newsmine.headlines.weights import stem

FEWEST = 40
TABLE = Path(__file__).parents[2] / "newsmine" / "data" / "word_weights.tsv"


def main() -> None:
    """Count the paragraphs that hold each word, and write the table."""
    counts: Counter[str] = Counter()
    paragraphs = 0
    with gzip.open(Path(sys.argv[1]) / "current_events.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            for text in json.loads(line)["items"]:
                paragraphs += 1
                counts.update({stem(word) for word in words(text)})
    rows = [(word, weight(n, paragraphs)) for word, n in counts.items() if n >= FEWEST]
    lines = [f"{word}\t{value}" for word, value in sorted(rows)]
    others = weight(13, paragraphs)
    head = f"# What words weigh when headlines are compared: see data/headlines/build.py. Others weigh {others}."
    TABLE.write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def weight(n: int, paragraphs: int) -> int:
    """Return the inverse document frequency of a word in n paragraphs, in thousandths."""
    return round(1000 * math.log((paragraphs + 1) / (n + 1)) / math.log(paragraphs + 1))


if __name__ == "__main__":
    main()
