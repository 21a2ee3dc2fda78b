"""The whole recipe: students of one round label the text anew, those of the next learn from it."""

import multiprocessing
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from newsmine.errors import NewsmineError
from newsmine.process import set_up
from newsmine.training import fit
from newsmine.training.rounds import relabelled
from newsmine.training.sources import Sources
from newsmine.training.stream import Mixture, Stream


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is done; the defaults are those of the bundled model."""

    steps: tuple[int, ...] = (2200, 4000, 4000)  # of each round
    seeds: tuple[int, ...] = (1, 2)  # a student each, at the same time
    words: int = 2000  # of a step
    rate: float = 8e-4
    dropout: float = 0.05
    widen: int = 2  # times the rows of the base model's tables
    mixture: Mixture = field(default_factory=Mixture)
    average: int = 2  # the last rounds whose students are averaged


def trained(sources: Sources, recipe: Recipe, work: Path, report: Callable[[str], None]) -> Any:
    """Return the pipeline that the recipe makes of the sources; `work` receives the students and their logs.

    Raises NewsmineError if the process of a student ends before its time.
    """
    work.mkdir(parents=True, exist_ok=True)
    students: list[Any] = []
    rounds: list[list[Path]] = []
    for number, steps in enumerate(recipe.steps, start=1):
        if students:
            report(f"round {number}: labelling the text by {len(students)} students")
            sources = relabelled(sources, [partial(fit.predictions, student) for student in students])
        report(f"round {number}: {len(recipe.seeds)} students, {steps} steps of {recipe.words} words")
        given = work / f"round-{number}.pickle"
        given.write_bytes(pickle.dumps(sources))
        folders = [work / f"round-{number}-seed-{seed}" for seed in recipe.seeds]
        _side_by_side(
            [(given, folder, recipe, steps, seed) for folder, seed in zip(folders, recipe.seeds, strict=True)]
        )
        students = [fit.start_from(folder) for folder in folders]
        rounds.append(folders)
    return fit.averaged([fit.start_from(folder) for folders in rounds[-recipe.average :] for folder in folders])


Task = tuple[Path, Path, Recipe, int, int]


def _side_by_side(tasks: Sequence[Task]) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_student, args=task) for task in tasks]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise NewsmineError("a student was not trained to the end", hint="see its messages above")


def _student(given: Path, folder: Path, recipe: Recipe, steps: int, seed: int) -> None:
    """Train one student from the base model, and write it with its log."""
    set_up()
    sources: Sources = pickle.loads(given.read_bytes())
    nlp = fit.widened(fit.start_from(), recipe.widen)
    stream = Stream(sources, recipe.mixture, seed)
    with folder.with_suffix(".log").open("w", encoding="utf-8", buffering=1) as log:
        fit.fit(
            nlp,
            stream,
            steps=steps,
            words=recipe.words,
            rate=recipe.rate,
            dropout=recipe.dropout,
            seed=seed,
            report=lambda line: print(line, file=log),
        )
    nlp.to_disk(folder)
