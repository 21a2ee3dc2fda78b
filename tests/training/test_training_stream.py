"""Synthetic headlines, other names, votes, and the stream of examples."""

import gzip
import json
from pathlib import Path
from random import Random

import pytest

from newsmine.errors import InputError
from newsmine.training import sources
from newsmine.training.headline import headline
from newsmine.training.labelled import Entity, Labelled
from newsmine.training.names import Letters, Names, core
from newsmine.training.stream import Mixture, Stream
from newsmine.training.templates import Templates
from newsmine.training.votes import consistent, elected, usual_labels

PLACES = ["Norland", "Estmark", "Velia", "Port Aron", "Sunder", "Kaltbach", "Lorne", "Mirra"]
PEOPLE = ["Ana Lind", "Oto Brek", "Ida Venn", "Karl Moss", "Rosa Tell", "Emil Dahl"]


def news(place: str, person: str) -> Labelled:
    text = (
        f"The president of {place} was met by {person} and the Harbour Union in the capital, officials of Velians said."
    )
    spans = [(place, "GPE"), (person, "PERSON"), ("the Harbour Union", "ORG"), ("Velians", "NORP")]
    return Labelled(text, tuple(Entity(text.index(n), text.index(n) + len(n), label) for n, label in spans))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("train")
    pages = [[f"20{year}-05-01", [news(place, person) for person in PEOPLE]] for year in (21, 24) for place in PLACES]
    extra = Labelled(
        "Blue Moon, the Spring Cup and the Zed Phone and the Spring Cup.",
        (Entity(0, 9, "WORK_OF_ART"), Entity(15, 25, "EVENT"), Entity(34, 43, "PRODUCT"), Entity(52, 62, "EVENT")),
    )
    gold = [{"src": "ewt", "text": extra.text, "ents": extra.entities}] * 2
    for name, rows in ((sources.CURRENT_EVENTS, pages), (sources.WIKITEXT, pages[:2]), (sources.GOLD, gold)):
        with gzip.open(where / name, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return where


def test_sources_leave_out_what_is_later_or_held_out(folder: Path) -> None:
    everything = sources.read(folder)
    assert (len(everything.news), len(everything.encyclopaedia), len(everything.gold)) == (16, 2, 2)
    assert len(sources.read(folder, until="2023-12-31").news) == 8
    held = frozenset({sources.key(everything.news[0][0].text)})
    kept = sources.read(folder, held_out=held)
    assert [len(page) for page in kept.news] == [5] + [6] * 7 + [5] + [6] * 7  # the same text is in both years


def test_a_missing_source_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read silver_current_events"):
        sources.read(tmp_path)


def test_a_headline_keeps_labels_on_names() -> None:
    source = news("Norland", "Ana Lind")
    made = [made for seed in range(200) if (made := headline(source, Random(seed)))]
    texts = {item.text for item in made}
    assert len(texts) > 30
    assert all(len(text.split()) >= 3 for text in texts)
    for item in made:
        for start, end, label in item.entities:
            name = core(item.text[start:end])
            if label == "PERSON":
                assert name in ("Ana Lind", "Lind", "A. Lind")
            if label == "GPE":
                assert name == "Norland"
    assert any("The" not in text for text in texts)


def test_the_same_name_is_replaced_by_the_same_one(folder: Path) -> None:
    read = sources.read(folder)
    names = Names([paragraph for page in read.news for paragraph in page] + [gold.labelled for gold in read.gold])
    twice = Labelled("Ana Lind and Ana Lind's dog", (Entity(0, 8, "PERSON"), Entity(13, 23, "PERSON")))
    for seed in range(30):
        made = names.replaced(twice, Random(seed), 1.0)
        first, second = (made.text[start:end] for start, end, _ in made.entities)
        assert made.text == f"{first} and {first}'s dog"
        assert second == f"{first}'s"
    assert names.replaced(twice, Random(0), 0.0) == twice


def test_invented_words_look_like_words() -> None:
    letters = Letters(["Karlson", "Karlsen", "Marlson", "Harlsted"])
    drawn = {letters.word(Random(seed)) for seed in range(50)}
    assert len(drawn) > 4
    assert all(4 <= len(word) <= 12 and word[0].isupper() for word in drawn)


def test_templates_label_what_they_fill_in(folder: Path) -> None:
    read = sources.read(folder)
    names = Names([paragraph for page in read.news for paragraph in page] + [gold.labelled for gold in read.gold])
    templates, rng = Templates(names), Random(1)
    drawn = [templates.draw(rng) for _ in range(500)]
    assert not [item.text for item in drawn if "{" in item.text]
    assert {label for item in drawn for _, _, label in item.entities} >= {"PERSON", "GPE", "ORG", "WORK_OF_ART"}
    assert all(item.text[start:end].strip() for item in drawn for start, end, _ in item.entities)


def test_the_stream_is_the_same_for_the_same_seed(folder: Path) -> None:
    read = sources.read(folder)
    one, again, other = (Stream(read, Mixture(), seed).batch(3000) for seed in (1, 1, 2))
    assert one == again != other
    assert sum(len(item.text.split()) for item in one) >= 3000


def test_teachers_vote_on_each_span() -> None:
    text = "Velia beat Lorne in Oslo"
    ballots = [
        (1.0, [Entity(0, 5, "ORG"), Entity(20, 24, "GPE")]),
        (1.0, [Entity(0, 5, "GPE"), Entity(11, 16, "ORG")]),
        (1.2, [Entity(0, 5, "ORG"), Entity(20, 24, "LOC")]),
    ]
    assert elected(text, ballots).entities == (Entity(0, 5, "ORG"), Entity(20, 24, "LOC"))


def test_a_name_keeps_the_label_that_it_usually_has() -> None:
    usual = usual_labels([Labelled("Velia", (Entity(0, 5, "GPE"),))] * 9)
    assert usual == {"Velia": "GPE"}
    page = [
        Labelled("Velia saw Ida Venn", (Entity(0, 5, "ORG"), Entity(10, 18, "PERSON"))),
        Labelled("Venn left", (Entity(0, 4, "ORG"),)),
    ]
    settled = list(consistent(page, usual))
    assert [entity.label for item in settled for entity in item.entities] == ["GPE", "PERSON", "PERSON"]
