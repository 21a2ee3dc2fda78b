"""Records whose text was taken for another encoding on its way: repaired where certain, and the page says so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsmine.loading import pages
from newsmine.loading.mojibake import noted, repair_record, repair_texts
from newsmine.records import Page

TITLE = "Café owners meet"
TEXT = "Señor Paz, the mayor, says “it is naïve” to wait. " * 3
RUSSIAN = "Мэр города открыл мост в пятницу утром."
SAID = "utf-8 (mojibake of cp1252 repaired)"


def broken(text: str, encoding: str = "cp1252") -> str:
    """Return the text as a program has it that takes UTF-8 for another encoding."""
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b) for b in text.encode())


def jsonl(title: str, text: str) -> str:
    return json.dumps({"title": title, "text": text}, ensure_ascii=False) + "\n"


def escaped(title: str, text: str) -> str:
    """The file is ASCII, the characters are written as numbers."""
    return json.dumps([{"title": title, "content": {"rendered": f"<p>{text}</p>"}}])


def table(title: str, text: str) -> str:
    quoted = text.replace('"', '""')
    return f'title,text\n{title},"{quoted}"\nSound,A café and “one more”.\n'


def tabs(title: str, text: str) -> str:
    return f"title\ttext\n{title}\t{text}\nSound\tA café\n"


def feed(title: str, text: str) -> str:
    item = f"<item><title>{title}</title><encoded>{text * 4}</encoded></item>"
    sound = "<item><title>A café opens in the port</title></item>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss><channel><title>E</title>{item}{sound}</channel></rss>'


def nitf(title: str, text: str) -> str:
    body = f"<body><body.head><hl1>{title}</hl1></body.head><body.content><p>{text}</p></body.content></body>"
    return f'<?xml version="1.0" encoding="utf-8"?><nitf>{body}</nitf>'


def mail(title: str, text: str) -> str:
    head = "Message-ID: <1@e.example>\nFrom: Desk <desk@e.example>\nSubject: Bridge\nMIME-Version: 1.0\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}\n\n{title}\n"


SOURCES = (jsonl, escaped, table, tabs, feed, nitf, mail)


def read(path: Path, text: str, **given: str) -> Page:
    path.write_text(text, encoding="utf-8")
    return next(page for page in pages([path], **given) if isinstance(page, Page))  # type: ignore[misc]


@pytest.mark.parametrize("source", SOURCES)
def test_records_are_repaired(source: Callable[[str, str], str], tmp_path: Path) -> None:
    page = read(tmp_path / "broken", source(broken(TITLE), broken(TEXT)))
    sound = read(tmp_path / "sound", source(TITLE, TEXT))
    assert (page.encoding, sound.encoding) == (SAID, "utf-8")
    assert page.articles[0].paragraphs == sound.articles[0].paragraphs
    assert page.articles[0].title == sound.articles[0].title
    assert "Señor Paz" in page.articles[0].paragraphs[0]


@pytest.mark.parametrize("source", SOURCES[:6])
def test_an_encoding_that_the_caller_names_is_taken_as_it_is(source: Callable[[str, str], str], tmp_path: Path) -> None:
    page = read(tmp_path / "broken", source(broken(TITLE), broken(TEXT)), encoding="utf-8")
    assert "SeÃ±or" in page.articles[0].paragraphs[0]
    assert page.encoding == "utf-8"


def test_of_a_table_only_the_broken_rows_are_repaired(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(broken(TITLE), broken(TEXT)), encoding="utf-8")
    one, two = (page for page in pages([path]) if isinstance(page, Page))
    assert (one.encoding, two.encoding) == (SAID, "utf-8")
    assert (one.articles[0].title, two.articles[0].paragraphs) == (TITLE, ("A café and “one more”.",))


def test_a_headline_of_a_feed(tmp_path: Path) -> None:
    title = "Señor Paz “meets” café owners"
    page = read(tmp_path / "a", feed(broken(title), ""))
    assert [headline.text for headline in page.headlines] == [title, "A café opens in the port"]
    assert page.encoding == SAID


def test_one_text_of_a_record_may_be_sound() -> None:
    """A title from elsewhere is no proof against the text."""
    record = {"title": TITLE, "text": broken(TEXT), "authors": ["Zoë Berg"], "words": 7}
    assert repair_record(record) == (record | {"text": TEXT}, "cp1252")


def test_texts_too_short_to_be_certain_are_so_together() -> None:
    record = {"title": broken("Café"), "text": {"sections": [{"paragraphs": [broken("Señor"), broken("naïve")]}]}}
    repaired = {"title": "Café", "text": {"sections": [{"paragraphs": ["Señor", "naïve"]}]}}
    assert repair_record(record) == (repaired, "cp1252")
    assert repair_record({"title": broken("Café")}) == ({"title": broken("Café")}, None)
    assert repair_texts([broken("Café"), "Señor", broken("naïve")])[1] is None


def test_other_scripts(tmp_path: Path) -> None:
    page = read(tmp_path / "a", jsonl("Мост", broken(RUSSIAN, "cp1251")))
    assert (page.articles[0].title, page.articles[0].paragraphs) == ("Мост", (RUSSIAN,))
    assert page.encoding == "utf-8 (mojibake of cp1251 repaired)"
    for sound in ("東京の橋が開通した。", RUSSIAN, "Ç’est déjà vu, “naïve”", "Η γέφυρα άνοιξε"):
        assert repair_record({"text": sound}) == ({"text": sound}, None)


def test_a_record_that_is_nested_too_deeply_is_left_alone() -> None:
    record: dict[str, object] = {"title": broken(TEXT)}
    for _ in range(5000):
        record = {"title": "x", "inner": record}
    assert repair_record(record) == (record, None)


def test_the_note_is_made_once() -> None:
    assert noted(SAID, "cp1252") == SAID
