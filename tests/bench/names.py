"""How long it takes to resolve names: distinct surface forms a second, and the peak memory.

    python tests/bench/names.py 100000 1000000

The forms are made up, the same in every run: full names with variants (surname alone, initial, middle name, title,
romanisation), organisations with acronyms, and places, a few names to a document. Each size runs in a process of its
own, so that its peak is its own.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

from newsmine.names.books import Spelling
from newsmine.names.resolution import Resolver

_FIRST = (
    "John William Sergey Volodymyr Maria Elizabeth Ilham Joseph Robert Anna Kevin Omar Yusuf Chloe Mohammed".split()
)
_SYLLABLES = "ba ko li mar ten zu ha ri von sky ber ga dov lin er sa tu pel nik ro wy ja fe mon da".split()
_HEADS = "Ministry Institute Union Bank Council Agency Party University".split()
_IN_A_DOCUMENT = 12


def word(random: Random, syllables: int) -> str:
    """Return a made-up word with a capital."""
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


def person(random: Random) -> list[Spelling]:
    """Return a full name, and some of the ways in which it is written."""
    given, surname = random.choice((*_FIRST, word(random, 2))), word(random, random.choice((2, 3, 3, 4)))
    texts = [f"{given} {surname}", surname, f"President {surname}", f"{given[0]}. {surname}", f"{given} R. {surname}"]
    return [(text, "person") for text in texts[: random.choice((1, 2, 3, 5))]]


def organisation(random: Random) -> list[Spelling]:
    """Return an organisation, perhaps with its acronym."""
    name = f"{word(random, 3)} {word(random, 3)} {random.choice(_HEADS)}"
    acronym = "".join(part[0] for part in name.split())
    return [(name, "organisation"), (acronym, "organisation")][: random.choice((1, 1, 2))]


def documents(forms: int) -> Iterator[list[Spelling]]:
    """Yield documents with as many distinct spellings, or a few more, among them."""
    random = Random(20230920)
    seen: set[Spelling] = set()
    pool: list[list[Spelling]] = []
    while len(seen) < forms:
        document: list[Spelling] = []
        while len(document) < _IN_A_DOCUMENT:
            if pool and random.random() < 0.3:
                document += random.choice(pool)
                continue
            pick = random.random()
            found = (
                person(random) if pick < 0.6 else organisation(random) if pick < 0.85 else [(word(random, 4), "place")]
            )
            pool.append(found)  # type: ignore[arg-type]
            document += found  # type: ignore[arg-type]
        seen.update(document)
        yield document


def measure(forms: int) -> str:
    """Return a line with the figures for that many forms; making them up is not timed."""
    made = list(documents(forms))
    distinct = len({spelling for document in made for spelling in document})
    before = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    start, cpu = perf_counter(), process_time()
    resolver = Resolver()
    for document in made:
        resolver.add(document)
    added = perf_counter()
    names = {(d.name, d.kind) for document in made for d in resolver.decide(document) if d}
    wall, used = perf_counter() - start, process_time() - cpu
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{distinct:>9,} forms in {len(made):,} documents, {len(names):,} names: {wall:.1f} s ({added - start:.1f} s "
        f"to add them), {used:.1f} s of CPU, {distinct / used:,.0f} forms/s; peak {peak:,.0f} MiB, of "
        f"which {before:,.0f} before"
    )


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forms", type=int, nargs="*", default=[100_000])
    sizes = parser.parse_args().forms
    for size in sizes:
        if len(sizes) == 1:
            print(measure(size))
        else:
            subprocess.run([sys.executable, str(Path(__file__)), str(size)], check=True)


if __name__ == "__main__":
    main()
