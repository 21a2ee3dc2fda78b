"""A source that states its language has its dates read in that: the order of 05/03, and which month a word is."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from newsmine.loading import load
from newsmine.loading.named import language_of
from newsmine.records import Article, Headline

NUMBERS = "05/03/2024"
MONTH = "5 listopada 2024"
TEXT = "The harbour bridge opened on Friday morning. " * 8


def jsonl(date: str, language: str) -> str:
    return json.dumps({"title": "Bridge", "text": TEXT, "date": date, "language": language}) + "\n"


def json_ld(date: str, language: str) -> str:
    item = {"@type": "NewsArticle", "headline": "Bridge", "articleBody": TEXT, "datePublished": date}
    return json.dumps([item | {"inLanguage": {"@type": "Language", "name": language}}])


def json_feed(date: str, language: str) -> str:
    item = {"title": "Bridge", "date_published": date, "url": "https://ellery.example/1"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Ellery", "language": language}
    return json.dumps(feed | {"items": [item, item | {"content_html": f"<p>{TEXT * 2}</p>"}]})


def table(date: str, language: str) -> str:
    return f"title,text,published,Language\nBridge,{TEXT},{date},{language}\nFerry,{TEXT},{date},{language}\n"


def rss(date: str, language: str) -> str:
    item = f"<item><title>Bridge</title><pubDate>{date}</pubDate></item>"
    return f"<rss><channel><title>Ellery</title><language>{language}</language>{item}</channel></rss>"


def rss_item(date: str, language: str) -> str:
    item = f"<item><title>Bridge</title><dc:language>{language}</dc:language><pubDate>{date}</pubDate></item>"
    dc = "http://purl.org/dc/elements/1.1/"
    return f'<rss xmlns:dc="{dc}"><channel><language>en</language>{item}</channel></rss>'


def atom(date: str, language: str) -> str:
    entry = f"<entry><title>Bridge</title><published>{date}</published></entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><title>Ellery</title>{entry}</feed>'


def atom_entry(date: str, language: str) -> str:
    return atom(date, "en").replace("<entry>", f'<entry xml:lang="{language}">')


def news_sitemap(date: str, language: str) -> str:
    news = (
        f"<news:publication><news:name>E</news:name><news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{date}</news:publication_date><news:title>Bridge</news:title>"
    )
    space = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f"<urlset {space}><url><loc>https://e.example/1</loc><news:news>{news}</news:news></url></urlset>"


def nitf(date: str, language: str) -> str:
    head = f'<head><docdata><date.issue norm="{date}"/></docdata></head>'
    return f'<nitf xml:lang="{language}">{head}<body><body.head><hl1>Bridge</hl1></body.head></body></nitf>'


def ris(date: str, language: str) -> str:
    return f"TY  - NEWS\nTI  - Bridge\nAB  - {TEXT}\nDA  - {date}\nLA  - {language}\nER  - \n"


def html(date: str, language: str) -> str:
    """Return a page that states its date, with a list of headlines that show theirs."""
    stated = f'<meta property="article:published_time" content="{date}">'
    items = "".join(
        f'<li><a href="/{n}">Council votes on the ferry line number {n}</a><p>{date}</p></li>' for n in range(6)
    )
    body = f"<h1>Bridge</h1><article><p>{TEXT}</p><p>{TEXT}</p></article><h2>More</h2><ul>{items}</ul>"
    return (
        f'<!doctype html><html lang="{language}"><head><title>Bridge</title>{stated}</head><body>{body}</body></html>'
    )


SOURCES = (html, jsonl, json_ld, json_feed, table, rss, rss_item, atom, atom_entry, news_sitemap, nitf, ris)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    ("date", "language", "value"),
    [
        (NUMBERS, "de", "2024-03-05"),
        (NUMBERS, "pt-BR", "2024-03-05"),
        (NUMBERS, "en", "2024"),
        (MONTH, "pl", "2024-11-05"),
        (MONTH, "hr", "2024-10-05"),
    ],
)
def test_dates_are_read_in_the_language_of_the_source(
    source: Callable[[str, str], str], date: str, language: str, value: str, tmp_path: Path
) -> None:
    path = tmp_path / "source"
    path.write_text(source(date, language), encoding="utf-8")
    found = [one for one in load(path) if isinstance(one, Article | Headline)]
    assert found
    assert {one.published and one.published.value for one in found} == {value}
    assert {one.language for one in found} == {language[:2]}


def test_what_the_caller_says_goes_before_the_language(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl(NUMBERS, "de"))
    [article] = load(path, dayfirst=False)
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.value == "2024-05-03"


def test_a_column_that_the_caller_names_for_the_language(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Bridge", "date": "05/03/2024", "fields": {"tongue": "German"}}\n')
    [article] = load(path, columns={"language": "fields.tongue"})
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.published.value, article.language) == ("2024-03-05", "de")


@pytest.mark.parametrize(
    ("text", "code"),
    [("de", "de"), ("de_AT", "de"), ("DEU", "de"), ("English", "en"), ("Norwegian", "no"), ("und", None), ("", None)],
)
def test_names_of_languages(text: str, code: str | None) -> None:
    assert language_of(text) == code
