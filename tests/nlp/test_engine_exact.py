"""The contract of the engine: the same entities, labels and sentences as spaCy, whatever the text and its company."""

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from engine_pipelines import pipeline
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsmine.config import DEFAULT_MODEL
from newsmine.errors import NewsmineError
from newsmine.nlp.engine.encoder import Encoder
from newsmine.nlp.engine.lexicon import Lexicon
from newsmine.nlp.exactness import differences
from newsmine.nlp.model import Model, load_model

GOLD = Path(__file__).parents[2] / "data" / "labelled" / "azernews-2023-09-20-entities.json"
SEED = [part["text"] for part in json.loads(GOLD.read_text(encoding="utf-8"))]
HOSTILE = [
    "",
    " ",
    "\n",
    " \n\t \r\n ",
    "x",
    "Baku",
    ".",
    "...",
    "  Angela  Merkel\n met\tEmmanuel   Macron. ",
    "a.m . 8 -) : ) (: :-) I'm can't won't o'clock :-P ( * _ * ) Adm . e . g .",
    "https://example.org/a?b=c#d,e user@example.org $3.4m 3.4% 10-12km U.S.A.-based “It’s” 5pm.",
    "THE HON. J.-P. O'NEILL-SMITH (D-N.Y.), B.Sc., said: 'No!'...\"Why?\"",
    "Zürich São Paulo Łódź Ağdam Ürümqi 北京市 Москва القدس 서울 🇫🇷👩‍👩‍👧 a\u0301b\u200bc\u200d\ufeff",
    "ORG PERSON GPE NORM IS_ALPHA nsubj PROPN",
    "word" * 60,
    "A" * 5000,
    "\u2028\u2029\x1c\x1d\x1e\x1f\x85\xa0\u3000",
    "''\"\"``--–—…..,,;;::!!??((((",
]


@pytest.fixture(scope="module")
def engines() -> tuple[Model, Model]:
    return load_model(DEFAULT_MODEL, engine="newsmine"), load_model(DEFAULT_MODEL, engine="spacy")


def check(engines: tuple[Model, Model], texts: list[str]) -> None:
    ours, theirs = engines
    for text, a, b in zip(texts, ours.labelled(texts), theirs.labelled(texts), strict=True):
        assert a == b, text


def test_the_seed_and_hostile_texts(engines: tuple[Model, Model]) -> None:
    check(engines, [*SEED, *HOSTILE])


def test_the_company_of_a_text_changes_nothing(engines: tuple[Model, Model]) -> None:
    ours, _ = engines
    texts = [*SEED, *HOSTILE]
    together = dict(zip(texts, ours.labelled(texts), strict=True))
    assert [ours.labelled([text])[0] for text in texts] == [together[text] for text in texts]
    random.Random(1).shuffle(texts)
    assert ours.labelled(texts) == [together[text] for text in texts]


def test_a_hundred_thousand_tokens_in_one_text(engines: tuple[Model, Model]) -> None:
    words = " ".join(SEED).split()
    text = " ".join(words[n * 7919 % len(words)] for n in range(90_000))
    check(engines, [text])


def test_a_lexicon_that_forgets(monkeypatch: pytest.MonkeyPatch, engines: tuple[Model, Model]) -> None:
    monkeypatch.setitem(Lexicon.__init__.__kwdefaults__, "most", 50)
    monkeypatch.setitem(Encoder.__init__.__kwdefaults__, "kept", 20)
    cleared = 0
    clear = Lexicon._clear

    def counted(self: Lexicon) -> None:
        nonlocal cleared
        cleared += 1
        clear(self)

    monkeypatch.setattr(Lexicon, "_clear", counted)
    forgetful = load_model(DEFAULT_MODEL, engine="newsmine")
    _, theirs = engines
    for start in range(0, len(SEED), 5):
        check((forgetful, theirs), SEED[start : start + 5])
    assert cleared > len(SEED) / 10


PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([" ", "  ", "\n", "\t", "\xa0", ".", ",", "'", "’s", "-", "(", ")", ":", "\u200d"]),
    st.sampled_from(" ".join([*SEED, *HOSTILE]).split()),
    st.sampled_from(["can't", "I'm", "a.m.", ":-)", "8)", "e.g.", "Mr.", "o'clock", "¯\\(ツ)/¯", "C++", "Jan."]),
    st.from_regex(r"[$€£]?[0-9]{1,4}([.,][0-9]{1,3})?(%|bn|km|th)?", fullmatch=True),
)
TEXTS = st.lists(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80), min_size=20, max_size=40)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=TEXTS)
def test_any_text(engines: tuple[Model, Model], texts: list[str]) -> None:
    check(engines, texts)


SHAPES: dict[str, dict[str, Any]] = {
    "wide window": {"encoder": {"width": 48, "depth": 3, "window_size": 2, "maxout_pieces": 3}},
    "one layer, one piece": {"encoder": {"width": 24, "depth": 1, "window_size": 1, "maxout_pieces": 1}, "pieces": 1},
    "deep": {"encoder": {"width": 16, "depth": 6, "window_size": 1, "maxout_pieces": 2}, "hidden": 40, "pieces": 3},
    "spaces matter": {"attributes": ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")},
    "other attributes": {"attributes": ("LOWER", "ORTH", "SHAPE")},
    "attributes left to spaCy": {"attributes": ("NORM", "IS_TITLE", "LIKE_NUM")},
    "no upper layer": {"upper": False},
    "listener": {"listener": True},
    "word vectors": {"vectors": True},
    "hash-embed CNN": {"cnn": True},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_pipelines_of_other_shapes(shape: str, tmp_path: Path) -> None:
    name = pipeline(tmp_path / "model", **SHAPES[shape])
    texts = [*SEED, *HOSTILE]
    assert list(differences(name, texts)) == []
    assert any(entities for entities, _ in load_model(name, engine="spacy").labelled(texts)), "it finds nothing at all"
    model = load_model(name)
    assert (model.engine, model.why) == ("newsmine", "")
    assert model.needs_spacy == (shape == "attributes left to spaCy")


@pytest.mark.parametrize(
    ("shape", "why"),
    [({"extra": True}, "looks at 6 tokens"), ({"beam": 4}, "beam")],
)
def test_other_architectures_are_left_to_spacy(shape: dict[str, Any], why: str, tmp_path: Path) -> None:
    name = pipeline(tmp_path / "model", **shape)
    model = load_model(name)
    assert model.engine == "spacy"
    assert why in model.why
    assert len(list(model.analyse(SEED))) == len(SEED)
    with pytest.raises(NewsmineError, match="own engine"):
        load_model(name, engine="newsmine")


def test_a_snapshot_gives_the_same_and_needs_no_spacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMINE_CACHE", str(tmp_path))
    first = load_model(DEFAULT_MODEL)
    (snapshot,) = (tmp_path / "models").iterdir()
    monkeypatch.setattr("newsmine.nlp.model._load_pipeline", refuse)
    again = load_model(DEFAULT_MODEL)
    assert again.engine == "newsmine"
    assert again.labelled([*SEED, *HOSTILE]) == first.labelled([*SEED, *HOSTILE])
    snapshot.write_bytes(snapshot.read_bytes()[:5000])
    with pytest.raises(AssertionError, match="loaded"):
        load_model(DEFAULT_MODEL)


@pytest.mark.parametrize("place", ["a file", "a file/below"])
def test_without_a_place_for_snapshots_it_works(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a file").touch()
    monkeypatch.setenv("NEWSMINE_CACHE", str(tmp_path / place))
    assert load_model(DEFAULT_MODEL).engine == "newsmine"
    assert [path.name for path in tmp_path.iterdir()] == ["a file"]


def test_large_word_vectors_are_not_kept_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMINE_CACHE", str(tmp_path / "cache"))
    name = pipeline(tmp_path / "model", vectors=True)
    monkeypatch.setattr("newsmine.nlp.snapshots._LARGEST", 100)
    assert not load_model(name).needs_spacy
    assert not (tmp_path / "cache").exists()
    monkeypatch.undo()
    monkeypatch.setenv("NEWSMINE_CACHE", str(tmp_path / "cache"))
    assert not load_model(name).needs_spacy
    assert len(list((tmp_path / "cache" / "models").iterdir())) == 1


def refuse(name: str) -> None:
    raise AssertionError(f"{name} is loaded")


def test_an_engine_that_differs_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMINE_CACHE", str(tmp_path))
    monkeypatch.setattr("newsmine.nlp.engine.embedding.shape", lambda text: "x")
    model = load_model(DEFAULT_MODEL)
    assert model.engine == "spacy"
    assert model.why.startswith("the engines differ on")
    assert not (tmp_path / "models").exists()
    assert len(list(model.analyse(SEED))) == len(SEED)


def test_a_difference_on_the_empty_text_counts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMINE_CACHE", str(tmp_path))
    monkeypatch.setattr("newsmine.nlp.model._first_difference", lambda found, nlp: "")
    assert load_model(DEFAULT_MODEL).why == "the engines differ on ''"


def test_what_is_too_close_is_asked_of_spacy(monkeypatch: pytest.MonkeyPatch, engines: tuple[Model, Model]) -> None:
    asked = 0
    original: Callable[[Model, Any, Any], Any] = Model._ask

    def ask(self: Model, slices: Any, places: Any) -> Any:
        nonlocal asked
        asked += len(slices)
        return original(self, slices, places)

    monkeypatch.setattr(Model, "_ask", ask)
    monkeypatch.setattr("newsmine.nlp.engine.decoder.CLOSE", 3.0)
    monkeypatch.setattr("newsmine.nlp.engine.judge.SURE", 1.0)
    cautious = load_model(DEFAULT_MODEL, engine="newsmine")
    check((cautious, engines[1]), SEED)
    assert asked > 5


def texts_of(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield from (value for value in record.values() if isinstance(value, str))


@pytest.mark.skipif("NEWSMINE_EVAL_DATA" not in os.environ, reason="NEWSMINE_EVAL_DATA names no folder of texts")
def test_the_evaluation_data(engines: tuple[Model, Model]) -> None:
    check(engines, list(texts_of(Path(os.environ["NEWSMINE_EVAL_DATA"]) / "ner")))
