"""Whole JSON files: where web interfaces and databases put their articles, and what is kept of broken ones."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from load_written import Loaded

from newsmine.errors import UnknownNameError
from newsmine.loading import limits
from newsmine.loading.columns import FIELDS, check_columns
from newsmine.loading.inputs import Input

ONE = {"title": "Harbour bridge opens", "text": "The mayor opened it.\nTwo thousand people came."}
TWO = {"title": "Ferry company cuts fares", "text": "Tickets cost less."}
PARAGRAPHS = ("The mayor opened it.", "Two thousand people came.")


def titles(loaded: Loaded) -> list[str | None]:
    return [article.title for article in loaded.articles]


@pytest.mark.parametrize(
    "value",
    [
        [ONE, TWO],
        {"status": "ok", "totalResults": 2, "articles": [ONE, TWO]},
        {"title": "Search results", "items": [ONE, TWO]},
        {"results": [ONE, TWO]},
        {"took": 3, "hits": {"total": 2, "hits": [{"_id": "1", "_source": ONE}, {"_id": "2", "_source": TWO}]}},
        {"data": [{"type": "article", "attributes": ONE}, {"type": "article", "attributes": TWO}]},
        {"response": {"docs": [ONE, TWO]}},
        {"1": ONE, "2": TWO},
        {"title": {"0": ONE["title"], "1": TWO["title"]}, "text": {"0": ONE["text"], "1": TWO["text"]}},
    ],
    ids=lambda value: json.dumps(value)[:30],
)
def test_where_the_articles_are(tmp_path: Path, value: object) -> None:
    loaded = Loaded(tmp_path, json.dumps(value))
    assert titles(loaded) == [ONE["title"], TWO["title"]]
    assert loaded.articles[0].paragraphs == PARAGRAPHS
    assert [article.line for article in loaded.articles] == [1, 2]
    assert (loaded.readers, loaded.skipped) == ({"json"}, [])


@pytest.mark.parametrize(
    "text", [json.dumps(ONE, indent=2), json.dumps(ONE, indent=2) + "\n" + json.dumps(TWO, indent=2)]
)
def test_articles_over_several_lines(tmp_path: Path, text: str) -> None:
    assert titles(Loaded(tmp_path, text)) == [ONE["title"], TWO["title"]][: text.count("title")]


def test_a_record_is_one_page_in_whichever_file(tmp_path: Path) -> None:
    digests = [Loaded(tmp_path, json.dumps(v)).pages[0].source.digest for v in ([ONE, TWO], {"articles": [ONE]})]
    assert digests[0] == digests[1]


def test_what_web_interfaces_call_the_fields(tmp_path: Path) -> None:
    guardian = {"webTitle": "Bridge", "webUrl": "https://g.example/1", "sectionName": "Local",
                "webPublicationDate": "2024-05-03T10:00:00Z", "fields": {"bodyText": ONE["text"]}}  # fmt: skip
    nyt = {"headline": {"main": "Bridge"}, "abstract": "Short.", "web_url": "https://n.example/1", "uri": "nyt://1",
           "pub_date": "2024-05-03T10:00:00+0000", "byline": {"original": "By Anna Berg"}}  # fmt: skip
    wordpress = {"title": {"rendered": "Ferry&#8217;s fares"}, "content": {"rendered": "<p>One</p>\n<p>Two</p>"}}
    gdelt = {"title": "Bridge", "url": "https://d.example/1", "seendate": "20240503T101500Z", "language": "English"}
    registry = {"title": "Bridge", "dateTimePub": "2024-05-03T10:00:00Z", "source": {"uri": "p", "title": "Port Times"}}
    found = Loaded(tmp_path, json.dumps([guardian, nyt, wordpress, gdelt, registry])).articles
    one, two, three, four, five = found
    assert (five.source.publisher, five.published and five.published.iso) == ("Port Times", "2024-05-03T10:00:00Z")
    assert (one.title, one.section, one.url, one.paragraphs) == ("Bridge", "Local", "https://g.example/1", PARAGRAPHS)
    assert (two.subtitle, two.url, two.authors) == ("Short.", "https://n.example/1", ("Anna Berg",))
    assert (three.title, three.paragraphs) == ("Ferry’s fares", ("One", "Two"))
    assert (four.published and four.published.iso, four.language) == ("2024-05-03T10:15:00Z", "en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p><p>Two &amp; three</p>", ("One", "Two & three")),
        ("One<br>Two<br/>Three", ("One", "Two", "Three")),
        ("A <b>bold</b> word\nnext line", ("A bold word", "next line")),
        ("if a < b and c > d", ("if a < b and c > d",)),
        ("the <title> tag", ("the <title> tag",)),
        ("AT&amp;T &#8211; here & there &unknown;", ("AT&T – here & there &unknown;",)),
        ("Cut off by the exporter… [+1234 chars]", ("Cut off by the exporter",)),
        ("<script>x()</script><p>One</p>", ("One",)),
    ],
)
def test_html_in_a_text_is_read_as_such(tmp_path: Path, text: str, expected: tuple[str, ...]) -> None:
    assert Loaded(tmp_path, json.dumps([{"title": "A", "text": text}])).articles[0].paragraphs == expected


@pytest.mark.parametrize(
    ("value", "iso"),
    [(20240503, "2024-05-03"), (2024, "2024"), ("20240503", "2024-05-03"), ("20240503T101500Z", "2024-05-03T10:15:00Z"),
     ("20240503T000000", "2024-05-03"), (45415, None), (0.5, None)],
)  # fmt: skip
def test_a_small_number_is_no_moment_of_1970(tmp_path: Path, value: object, iso: str | None) -> None:
    published = Loaded(tmp_path, json.dumps([{**ONE, "date": value}])).articles[0].published
    assert (published.iso if published else None) == iso


def test_ninjs(tmp_path: Path) -> None:
    item = {"uri": "urn:agency:1", "headline": "Bridge", "body_html": "<p>One</p><p>Two</p>", "byline": "By Anna Berg",
            "versioncreated": "2024-05-03T10:00:00Z", "pubstatus": "usable", "language": "en-GB"}  # fmt: skip
    newer = {"uri": "https://a.example/2", "headlines": [{"role": "main", "value": "Ferry"}], "pubstatus": "usable",
             "bodies": [{"role": "main", "contentType": "text/html", "value": "<p>Three</p>"}]}  # fmt: skip
    loaded = Loaded(tmp_path, json.dumps([item, newer, {**item, "pubstatus": "canceled"}]))
    one, two = loaded.articles
    assert (one.title, one.paragraphs, one.language, one.url) == ("Bridge", ("One", "Two"), "en", None)
    assert (two.title, two.paragraphs, two.url) == ("Ferry", ("Three",), "https://a.example/2")
    assert (loaded.readers, loaded.skipped) == ({"ninjs"}, [(":3", "canceled")])


def test_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Port Times",
        "home_page_url": "https://port.example/",
        "language": "en-US",
        "items": [
            {"id": "1", "url": "/1", "title": "Bridge opens", "summary": "It is new.",
             "date_published": "2024-05-03T10:00:00Z"},
            {"id": "2", "title": "Whole", "content_html": f"<p>{'word ' * 60}</p><p>End.</p>",
             "authors": [{"name": "Anna Berg"}]},
            {"id": "3"},
            7,
        ],
    }  # fmt: skip
    loaded = Loaded(tmp_path, json.dumps(feed))
    [article], [headline] = loaded.articles, loaded.headlines
    assert (headline.text, headline.subtitle, headline.list) == ("Bridge opens", "It is new.", "Port Times")
    assert (headline.url, headline.source.publisher) == ("https://port.example/1", "port.example")
    assert (article.title, article.authors, article.paragraphs[1:]) == ("Whole", ("Anna Berg",), ("End.",))
    assert (loaded.readers, loaded.skipped) == ({"json-feed"}, [(":3", "no-text"), (":4", "no-text")])


MAPPED = {"kop": "Brug open", "meta": {"datum": "2024-05-03", "wie": [{"naam": "Anna Berg"}]}, "tekst": "Een.\nTwee."}


@pytest.mark.parametrize("text", [json.dumps([MAPPED]), json.dumps(MAPPED), json.dumps(MAPPED, indent=1)])
def test_columns_that_the_caller_names(tmp_path: Path, text: str) -> None:
    names = {"title": "kop", "text": "tekst", "date": "meta.datum", "author": "meta.wie.naam"}
    [article] = Loaded(tmp_path, text, columns=names).articles
    assert (article.title, article.paragraphs, article.authors) == ("Brug open", ("Een.", "Twee."), ("Anna Berg",))
    assert article.published is not None
    assert article.published.iso == "2024-05-03"


def test_a_named_column_wins_and_no_other_is_looked_at(tmp_path: Path) -> None:
    record = {"title": "No", "headline": "Yes", "text": "a", "url": "https://a.example/1", "link": ""}
    [article] = Loaded(tmp_path, json.dumps([record]), columns={"title": "headline", "url": "link"}).articles
    assert (article.title, article.url) == ("Yes", None)


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, json.dumps([{"kop": "Brug", "datum": "x"}], indent=1), columns={"title": "kopp"})
    assert loaded.skipped == [("", "no-column")]
    assert "'kopp'" in loaded.hints[0]
    assert "kop, datum" in loaded.hints[0]
    loaded = Loaded(tmp_path, json.dumps([{"title": "a"}, {"title": "b", "kop": "Brug"}]), columns={"title": "kop"})
    assert (titles(loaded), loaded.skipped) == (["Brug"], [(":1", "no-column")])


def test_the_fields_that_a_column_can_be_named_for() -> None:
    check_columns(dict.fromkeys(FIELDS, "a"))
    with pytest.raises(UnknownNameError, match="titel") as raised:
        check_columns({"titel": "kop"})
    assert "subtitle" in str(raised.value.hint)


BOTH = json.dumps([ONE, TWO])
WRAPPED = json.dumps({"status": "ok", "articles": [ONE, TWO], "next": None})


@pytest.mark.parametrize(
    ("text", "count", "reason"),
    [
        (BOTH[:-1], 2, "truncated"),
        (BOTH[:-20], 1, "truncated"),
        (BOTH[: len(json.dumps(ONE)) + 20], 1, "truncated"),
        (WRAPPED[:-40], 1, "truncated"),
        ('[{"title": "a"}, {"title": tru, "text": "and much more of it"}]', 1, "broken-json"),
        (BOTH + "\n\nand a note below", 2, "broken-json"),
        ('[{"title": "a', 0, "broken-json"),
        ('{"a": ' * 100_000, 0, "broken-json"),
        ('[{"title":' + "[" * 100_000, 0, "broken-json"),
        ('[{"title": "a", "n": ' + "9" * 5000 + "}]", 0, "broken-json"),
        ("{}", 0, "unsupported-json"),
        ("[]", 0, "unsupported-json"),
        (json.dumps([{"name": "left-pad", "version": "1.0"}] * 50), 0, "unsupported-json"),
        (json.dumps({"a": [1, 2], "items": [1, "x", None]}), 0, "unsupported-json"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_broken_is_reported_and_the_rest_kept(tmp_path: Path, text: str, count: int, reason: str) -> None:
    loaded = Loaded(tmp_path, text)
    assert (len(loaded.articles), loaded.skipped) == (count, [("", reason)])


@pytest.mark.parametrize("end", range(2, len(WRAPPED), 7))
def test_a_file_that_is_cut_anywhere_invents_nothing(tmp_path: Path, end: int) -> None:
    loaded = Loaded(tmp_path, WRAPPED[:end])
    assert titles(loaded) == [ONE["title"], TWO["title"]][: len(loaded.articles)]
    assert len(loaded.skipped) == 1


def test_odd_values_are_no_crash(tmp_path: Path) -> None:
    odd: list[Any] = [
        {"title": float("nan"), "text": "a"},
        {"title": "b", "date": 1e999, "authors": {"x": 1}, "text": {"value": 7}},
        {"title": ["c"], "text": [["d"], {"value": "e"}]},
        {"title": "", "text": None},
        "text",
    ]
    loaded = Loaded(tmp_path, json.dumps(odd))
    assert titles(loaded) == [None, "b", "c"]
    assert loaded.articles[2].paragraphs == ("e",)
    assert loaded.skipped == [(":4", "no-text"), (":5", "not-an-object")]
    assert titles(Loaded(tmp_path, '[{"title": "one", "title": "two"}]')) == ["two"]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input, "whole", lambda self: None)
    assert Loaded(tmp_path, BOTH).skipped == [("", limits.TOO_LARGE[0])]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    record = {"title": "Мост через реку открыли", "text": "Мэр города открыл новый мост через реку в пятницу утром."}
    loaded = Loaded(tmp_path, json.dumps([record], ensure_ascii=False, indent=1).encode(encoding))
    assert titles(loaded) == [record["title"]]
    wrong = Loaded(tmp_path, json.dumps([record], ensure_ascii=False).encode("cp1251"), encoding="utf-8")
    assert wrong.skipped == [("", "wrong-encoding")]


def test_a_record_nested_to_any_depth_is_read_or_skipped(tmp_path: Path) -> None:
    """Also where it can just be read, and not be written again for its digest."""
    limit = sys.getrecursionlimit()
    for depth in range(limit - 150, limit + 10, 2):
        loaded = Loaded(tmp_path, '[{"title": "Bridge", "x": ' + "[" * depth + "]" * depth + "}]")
        assert len(loaded.articles) + len(loaded.skipped) == 1
