import json
from pathlib import Path

import pytest
import spacy

from newsmine.config import DEFAULT_MODEL
from newsmine.errors import MissingError, NewsmineError
from newsmine.nlp import extract
from newsmine.nlp.model import Model, fingerprint, installed_models, load_model, model_language
from newsmine.nlp.models import model_table

GOLD = Path(__file__).parents[2] / "data" / "labelled" / "azernews-2023-09-20-entities.json"


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(DEFAULT_MODEL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pipeline without a trained model: it knows two names by heart."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Tusk"}, {"label": "DATE", "pattern": "Monday"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "ruler")
    return tmp_path / "ruler"


def test_offsets_are_code_points_of_the_text(model: Model) -> None:
    texts = ["", " ", "😀 Barack Obama met Angela Merkel. They left Berlin."]
    empty, space, (spans, sentences) = model.analyse(texts)
    assert empty == space == ((), ())
    assert [(texts[2][s.start : s.end], s.kind) for s in spans] == [
        ("Barack Obama", "person"),
        ("Angela Merkel", "person"),
        ("Berlin", "place"),
    ]
    assert [texts[2][a:b] for a, b in sentences] == ["😀 Barack Obama met Angela Merkel.", "They left Berlin."]


def test_a_text_longer_than_the_limit_is_read_in_pieces(model: Model) -> None:
    text = "Angela Merkel visited Berlin. " * 8000
    (((*spans,), sentences),) = model.analyse([text])
    assert len(sentences) >= 8000
    assert {text[s.start : s.end] for s in spans if s.kind == "person"} >= {"Angela Merkel"}
    assert max(s.end for s in spans) > 230_000


def test_a_folder_with_a_pipeline_is_a_model(folder: Path) -> None:
    (mentions,) = extract(["Tusk arrives on Monday"], model=str(folder))
    assert [(m.text, m.kind) for m in mentions] == [("Tusk", "person")]
    assert fingerprint(str(folder)) != fingerprint(DEFAULT_MODEL)


def test_a_model_that_is_not_there_names_its_install_line() -> None:
    with pytest.raises(MissingError) as error:
        load_model("xx_no_such_model")
    assert error.value.exit_status == 4
    assert "spacy download xx_no_such_model" in str(error.value.hint)


def test_a_pipeline_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(NewsmineError, match="no component that finds names"):
        load_model(str(tmp_path / "blank"))


def test_extract_finds_the_names_of_the_seed_page() -> None:
    parts = json.loads(GOLD.read_text(encoding="utf-8"))[:11]
    found = list(extract(part["text"] for part in parts))
    assert len(found) == len(parts)
    for part, mentions in zip(parts, found, strict=True):
        assert all(part["text"][m.start : m.end] == m.text for m in mentions)
    assert ("Antony Blinken", "person") in {(m.text, m.kind) for mentions in found for m in mentions}


def test_models_says_which_is_used_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    assert DEFAULT_MODEL in {info.name for info in installed_models()}
    monkeypatch.delenv("NEWSMINE_MODEL", raising=False)
    rows = {row[0]: row[-3:] for row in model_table().rows}
    assert rows[DEFAULT_MODEL] == ("newsmine", None, "default")
    monkeypatch.setenv("NEWSMINE_MODEL", "xx_no_such_model")
    rows = {row[0]: row[-3:] for row in model_table().rows}
    assert rows[DEFAULT_MODEL] == ("newsmine", None, None)
    assert rows["xx_no_such_model"] == (None, None, "NEWSMINE_MODEL, not installed")


def test_models_says_which_engine_and_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSMINE_MODEL", str(folder))
    rows = {row[0]: row[-3:] for row in model_table().rows}
    assert rows[str(folder)] == ("spacy", "it has no component named ner", "NEWSMINE_MODEL, a folder")


def test_a_model_of_which_no_label_is_known_is_an_error_that_lists_them(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GENE", "pattern": "BRCA1"}, {"label": "DRUG", "pattern": "aspirin"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "genes")
    with pytest.raises(NewsmineError, match="DRUG, GENE"):
        load_model(str(tmp_path / "genes"))


def test_the_language_of_a_model_is_read_without_loading_it(folder: Path) -> None:
    assert model_language(DEFAULT_MODEL) == "en"
    assert model_language("fr_core_news_sm") == "fr"
    assert model_language(str(folder)) == "en"
    assert model_language("no_such_model") == "en"
