"""The index of headlines: what it costs to build, to add to, and what reading stories costs with it and without.

CPU seconds of one process. The headlines are those of the file, its lines "date<TAB>headline" after a first one, or
without it, made from the words of the seed page; where there are too few, more are made: the first half of one and the
second of another, on the day of the one, and one in ten a copy with a word replaced.

    python tests/bench/headline_index.py                            300,000 headlines of the seed's words, then 1,000
    python tests/bench/headline_index.py abc.tsv --known 50000
"""

import argparse
import os
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "azernews-2023-09-20.txt"
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

Dated = tuple[str, str]
"""A day and a headline."""


def given(file: str | None) -> list[Dated]:
    """Return the headlines there are, in a mixed order that is always the same."""
    chance = random.Random(0)
    if file:
        rows = [line.split("\t")[:2] for line in Path(file).read_text(encoding="utf-8").splitlines()[1:]]
        found = [(day, text) for day, text in rows]
    else:
        words = SEED.read_text(encoding="utf-8").lower().split()
        days = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
        found = [(chance.choice(days), " ".join(chance.sample(words, chance.randint(4, 9)))) for _ in range(50_000)]
    chance.shuffle(found)
    return found


def headlines(file: str | None, count: int) -> list[Dated]:
    """Return so many headlines: first those there are, then made ones."""
    base = given(file)
    chance = random.Random(20_030_219)
    words = " ".join(text for _, text in base[:5000]).split()
    made = base[:count]
    while len(made) < count:
        (day, text), (_, other) = chance.choice(base), chance.choice(base)
        first, second = text.split(), other.split()
        if chance.random() < 0.1:
            first[chance.randrange(len(first))] = chance.choice(words)
            made.append((day, " ".join(first)))
        else:
            made.append((day, " ".join(first[: (len(first) + 1) // 2] + second[len(second) // 2 :])))
    return made


def write(path: Path, rows: Sequence[Dated]) -> None:
    """Write the headlines as a file that `load` reads: articles that are only a title."""
    import json

    lines = (json.dumps({"title": text, "date": day, "publisher": "bench"}) for day, text in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@contextmanager
def measured(label: str) -> Iterator[None]:
    """Print what the block costs."""
    started = process_time()
    yield
    print(f"{label:<58} {process_time() - started:8.2f} s", flush=True)


def load(corpus: Path, file: Path) -> None:
    """Load a file into the corpus by the command's own function."""
    from newsmine.cli.app import run

    if status := run(["load", str(file), "--corpus", str(corpus)]):
        raise SystemExit(status)


def add(path: Path, file: Path, count: int) -> None:
    """Load the new headlines, and print what of it is the search."""
    from newsmine.headlines import indexing

    spent = 0.0
    update = indexing.update

    def watched(*arguments: object, **options: object) -> object:
        nonlocal spent
        started = process_time()
        try:
            return update(*arguments, **options)  # type: ignore[arg-type]
        finally:
            spent = process_time() - started

    import newsmine.cli.load as command

    command.update = watched  # type: ignore[attr-defined]
    with measured(f"loading {count:,} more, all in all"):
        load(path, file)
    command.update = update  # type: ignore[attr-defined]
    print(f"{'  of it the index: forms, search, writing':<58} {spent:8.2f} s", flush=True)


def read(path: Path, *, search: bool) -> None:
    """Print what the stories of all headlines cost with the index and without, and whether they are the same."""
    from newsmine.corpus import Corpus
    from newsmine.headlines import own_headline
    from newsmine.headlines.distinct import day_of
    from newsmine.headlines.grouping import stories

    with Corpus(path) as corpus:
        with measured("reading the records"):
            records = [*filter(None, map(own_headline, corpus.articles())), *corpus.headlines()]
        texts, days = [record.text for record in records], [day_of(record) for record in records]
        for window in (3, None):
            name = "any day" if window is None else f"{window} days"
            with measured(f"stories ({name}) with the index"):
                known = stories(texts, days=days, window=window, index=corpus.headline_index)
            if not search:
                continue
            with measured(f"stories ({name}) without"):
                searched = stories(texts, days=days, window=window)
            same = known == searched and list(known.vetoed) == list(searched.vetoed)
            print(f"  {len(set(known.numbers)):,} stories, {len(known.vetoed):,} vetoed; the same: {same}", flush=True)
        with measured("segments, counted"):
            sizes = [len(content) for content in corpus.headline_index.segments().values()]
        print(f"  {len(sizes)} segments, {sum(sizes) / 1e6:.1f} MB; the corpus {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Measure in a folder that is deleted afterwards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", help="headlines.tsv")
    parser.add_argument("--known", type=int, default=300_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--no-search", action="store_true", help="leave out the stories without the index")
    options = parser.parse_args()
    os.environ.update(ONE_THREAD)
    rows = headlines(options.file, options.known + options.new)
    with tempfile.TemporaryDirectory() as folder:
        known, new, path = Path(folder, "known.jsonl"), Path(folder, "new.jsonl"), Path(folder, "c.db")
        write(known, rows[: options.known])
        write(new, rows[options.known :])
        add(path, known, options.known)
        add(path, new, options.new)
        read(path, search=not options.no_search)


if __name__ == "__main__":
    main()
