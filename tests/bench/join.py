"""The join of headlines against brute force and datasketch's LSH: CPU seconds of one thread, each in its own process.

What is compared runs in turn, so that a busy machine slows all alike. The headlines are those of
`headlines/abc.tsv` in the folder NEWSMINE_EVAL_DATA, or without it, made from the words of the seed page; where there
are too few, more are made from them: most of them the first half of one and the second of another, some with small
edits, swapped words, changed numbers and dropped words, and some copies.

    python tests/bench/join.py                        20,000 headlines at 90 and 85
    python tests/bench/join.py 10000 100000 --cutoffs 90 --lsh
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import process_time

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "azernews-2023-09-20.txt"
ROUNDS = int(os.environ.get("NEWSMINE_BENCH_ROUNDS", "3"))
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
BLOCK = 500
"""How many rows of the comparison of all with all are one block."""
BLOCKS = 8
"""How many of these blocks are measured where there are more; the rest is extrapolated."""


def given() -> list[str]:
    """Return the headlines there are, each once."""
    data = os.environ.get("NEWSMINE_EVAL_DATA")
    if data:
        lines = Path(data, "headlines", "abc.tsv").read_text(encoding="utf-8").splitlines()[1:]
        return list(dict.fromkeys(line.split("\t")[1] for line in lines))
    words = SEED.read_text(encoding="utf-8").lower().split()
    chance = random.Random(0)
    return [" ".join(chance.sample(words, chance.randint(4, 9))) for _ in range(20_000)]


def headlines(count: int) -> list[str]:
    """Return so many headlines, always the same: first those there are, then made ones."""
    base = given()
    chance = random.Random(20_030_219)
    texts = base[:count]
    words = " ".join(base[:5000]).split()
    while len(texts) < count:
        pick = chance.random()
        if pick < 0.03:
            texts.append(chance.choice(texts))
        elif pick < 0.12:
            texts.append(edited(chance.choice(texts), words, chance))
        else:
            front, back = chance.choice(base).split(), chance.choice(base).split()
            spliced = [*front[: (len(front) + 1) // 2], *back[len(back) // 2 :]]
            texts.append(edited(" ".join(spliced), words, chance))
    return texts


def edited(text: str, words: list[str], chance: random.Random) -> str:
    """Return the text with a few changes, as they are made when a headline is printed again."""
    parts = text.split() or ["news"]
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(parts))
        change = chance.choice(("swap", "drop", "number", "word", "letter"))
        if change == "swap":
            parts[place], parts[place - 1] = parts[place - 1], parts[place]
        elif change == "drop" and len(parts) > 3:
            del parts[place]
        elif change == "word":
            parts.insert(place, chance.choice(words))
        elif change == "number":
            parts = [str(chance.randint(2, 999)) if part.isdigit() else part for part in parts]
        else:
            letter = chance.randrange(len(parts[place]) or 1)
            parts[place] = parts[place][:letter] + chance.choice("aeinorst") + parts[place][letter + 1 :]
    return " ".join(parts)


def ours(texts: list[str], cutoff: float) -> tuple[float, int]:
    """Return the seconds and the number of pairs of our join."""
    from newsmine.headlines.join import pairs_within

    start = process_time()
    found = sum(len(block.first) for block in pairs_within(texts, "ratio", cutoff, None))
    return process_time() - start, found


def brute(texts: list[str], cutoff: float) -> tuple[float, int]:
    """Return the same of RapidFuzz's comparison of all with all; from a sample of blocks, and -1, if there are many."""
    import numpy as np
    from rapidfuzz import fuzz, process

    starts = range(0, len(texts), BLOCK)
    drawn = list(starts) if len(starts) <= 40 else list(starts)[:: len(starts) // BLOCKS]
    seconds, cells, found = 0.0, 0, 0
    for start in drawn:
        begun = process_time()
        grid = process.cdist(
            texts[start : start + BLOCK],
            texts[start:],
            scorer=fuzz.ratio,
            score_cutoff=cutoff,
            dtype=np.float32,
            workers=1,
        )
        row, column = np.nonzero(grid)
        found += int((column > row).sum())
        seconds += process_time() - begun
        cells += grid.size
    every = sum(min(BLOCK, len(texts) - start) * (len(texts) - start) for start in starts)
    return seconds * every / cells, found if len(drawn) == len(starts) else -1


def lsh(texts: list[str], cutoff: float) -> tuple[float, int]:
    """Return the same of datasketch: 128 permutations of three-letter shingles, threshold 0.5, candidates scored."""
    from datasketch import MinHash, MinHashLSH
    from rapidfuzz import fuzz

    start = process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    shingles = [{text[n : n + 3].encode() for n in range(max(1, len(text) - 2))} for text in texts]
    found = 0
    for number, sketch in enumerate(MinHash.generator(shingles, num_perm=128)):
        for other in index.query(sketch):
            found += fuzz.ratio(texts[number], texts[other], score_cutoff=cutoff) > 0
        index.insert(number, sketch, check_duplication=False)
    return process_time() - start, found


WAYS: dict[str, Callable[[list[str], float], tuple[float, int]]] = {"ours": ours, "brute": brute, "lsh": lsh}


def measured(way: str, count: int, cutoff: float) -> tuple[float, int, float]:
    """Return the seconds, the pairs, and the peak of memory in gigabytes, from a process of its own."""
    command = [sys.executable, __file__, "--run", way, str(count), "--cutoffs", str(cutoff)]
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True)
    seconds, found, peak = done.stdout.split()
    return float(seconds), int(found), float(peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, default=[20_000], metavar="COUNT")
    parser.add_argument("--cutoffs", nargs="+", type=float, default=[90.0, 85.0], metavar="CUTOFF")
    parser.add_argument("--lsh", action="store_true", help="with datasketch, which must be installed")
    parser.add_argument("--alone", action="store_true", help="without anything to compare with")
    parser.add_argument("--run", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        seconds, found = WAYS[options.run](headlines(options.counts[0]), options.cutoffs[0])
        print(seconds, found, getrusage(RUSAGE_SELF).ru_maxrss / 1e6)
        return
    ways = ["ours"] if options.alone else ["ours", "brute", *(["lsh"] if options.lsh else [])]
    for count in options.counts:
        for cutoff in options.cutoffs:
            compare(count, cutoff, ways)


def compare(count: int, cutoff: float, ways: list[str]) -> None:
    """Print the medians of several rounds, and how many times as long the others take."""
    rounds = [{way: measured(way, count, cutoff) for way in ways} for _ in range(ROUNDS)]
    seconds = {way: statistics.median(one[way][0] for one in rounds) for way in ways}
    found = {way: rounds[0][way][1] for way in ways}
    peak = max(one["ours"][2] for one in rounds)
    print(f"{count:,} headlines at {cutoff:g}: {seconds['ours']:.2f} s, {found['ours']:,} pairs, {peak:.2f} GB")
    for way in ways[1:]:
        recall = f"{found[way] / max(1, found['ours']):.4f} of the pairs" if found[way] >= 0 else "from a sample"
        print(f"    {way}: {seconds[way]:.2f} s ({recall}), {seconds[way] / seconds['ours']:.1f} times ours")


if __name__ == "__main__":
    main()
