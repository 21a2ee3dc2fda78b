"""Steps of training with the real base model, and the folder that they end in."""

import json
from pathlib import Path

import numpy as np
import pytest

from newsmine.errors import MissingError
from newsmine.nlp.model import load_model
from newsmine.training import fit, package
from newsmine.training.labelled import Entity, Labelled

TEXT = "Zorblatt Qux opened the Frobnic plant in Wexlund."
LABELLED = Labelled(TEXT, (Entity(0, 12, "PERSON"), Entity(24, 31, "ORG"), Entity(41, 48, "GPE")))


class Lesson:
    """A stream of one text."""

    def batch(self, words: int) -> list[Labelled]:
        return [LABELLED] * (words // 8)


def student(seed: int, steps: int = 25):
    nlp = fit.start_from()
    fit.fit(nlp, Lesson(), steps=steps, words=80, rate=5e-3, seed=seed, report=lambda line: None)
    return nlp


def weights(nlp):
    return [node.get_param(name) for node in nlp.get_pipe("ner").model.walk() for name in node.param_names]


def test_a_student_learns_and_the_same_seed_gives_the_same_weights() -> None:
    before = next(fit.predictions(fit.start_from(), [TEXT]))
    assert before != [tuple(entity) for entity in LABELLED.entities]
    one, again, other = student(1), student(1), student(2)
    assert next(fit.predictions(one, [TEXT])) == [tuple(entity) for entity in LABELLED.entities]
    assert all(np.array_equal(a, b) for a, b in zip(weights(one), weights(again), strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(weights(one), weights(other), strict=True))


def test_wider_tables_find_the_same_and_then_learn_apart(tmp_path: Path) -> None:
    texts = [TEXT, "On Monday 3 million people saw Ana Lind's film in Oslo, the BBC said."]
    narrow, wide = fit.start_from(), fit.widened(fit.start_from(), 2)
    assert list(fit.predictions(wide, texts)) == list(fit.predictions(narrow, texts))
    fit.fit(wide, Lesson(), steps=3, words=80, seed=1, report=lambda line: None)
    tables = [node.get_param("E") for node in wide.get_pipe("ner").model.walk() if node.name == "hashembed"]
    assert [len(table) for table in tables] == [10000, 2000, 5000, 5000]
    assert not np.array_equal(*np.split(tables[0], 2))
    wide.to_disk(tmp_path)
    assert list(fit.predictions(fit.start_from(tmp_path), texts)) == list(fit.predictions(wide, texts))


def test_the_average_lies_between() -> None:
    one, other = student(1, 3), student(2, 3)
    expected = [(a + b) / 2 for a, b in zip(weights(one), weights(other), strict=True)]
    assert all(np.allclose(a, b) for a, b in zip(weights(fit.averaged([one, other])), expected, strict=True))


def test_a_missing_base_is_told_with_the_line_that_installs_it() -> None:
    with pytest.raises(MissingError) as raised:
        fit.start_from("xx_no_such_model")
    assert raised.value.hint == 'pip install "newsmine[train]"'


def test_the_folder_finds_the_same_and_says_what_it_is(tmp_path: Path) -> None:
    nlp = student(1)
    package.write(nlp, tmp_path / "made", {"version": "9.9", "date": "2031-01-02"})
    meta = json.loads((tmp_path / "made" / "meta.json").read_text(encoding="utf-8"))
    assert (meta["version"], meta["date"], meta["license"]) == ("9.9", "2031-01-02", "CC BY-SA 4.0")
    assert "GeoNames" in (tmp_path / "made" / "LICENSE").read_text(encoding="utf-8")
    texts = [TEXT, "On Monday 3 million people saw Ana Lind's film in Oslo, the BBC said."]
    expected = list(fit.predictions(nlp, texts))
    for engine in ("newsmine", "spacy"):
        found = load_model(str(tmp_path / "made"), engine=engine).labelled(texts)  # type: ignore[arg-type]
        assert [entities for entities, _ in found] == expected
    package.write(nlp, tmp_path / "again", {"version": "9.9", "date": "2031-01-02"})
    assert json.loads((tmp_path / "again" / "meta.json").read_text(encoding="utf-8")) == meta
    package.write(student(2), tmp_path / "other", {"version": "9.9", "date": "2031-01-02"})
    assert json.loads((tmp_path / "other" / "meta.json").read_text(encoding="utf-8"))["digest"] != meta["digest"]
