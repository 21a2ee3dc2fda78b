"""The seed page, field by field, against its labelled twin."""

import json
from pathlib import Path
from typing import Any

import pytest

from newsmine.loading import pages
from newsmine.records import Article, Headline, Page

ROOT = Path(__file__).resolve().parents[2]
NAME = "azernews-2023-09-20"
SEED = ROOT / "seeds" / f"{NAME}.txt"
GOLD: dict[str, Any] = json.loads((ROOT / "data" / "labelled" / f"{NAME}.json").read_text(encoding="utf-8"))
ITEMS: list[dict[str, Any]] = GOLD["headlines"]


@pytest.fixture(scope="module")
def page() -> Page:
    [page] = pages([SEED])
    assert isinstance(page, Page)
    return page


def test_one_article_and_every_listed_headline(page: Page) -> None:
    assert len(page.articles) == 1
    assert len(page.headlines) == len(ITEMS) == GOLD["counts"]["headlines"]
    assert (page.reader, page.encoding, page.size) == ("text", "utf-8", SEED.stat().st_size)


@pytest.mark.parametrize("name", ["title", "subtitle", "section"])
def test_article_head(page: Page, name: str) -> None:
    assert getattr(page.articles[0], name) == GOLD["article"][name]


def test_article_date(page: Page) -> None:
    published = page.articles[0].published
    assert published is not None
    assert (published.value, published.zone) == (GOLD["article"]["published"], None)


def test_article_body(page: Page) -> None:
    assert list(page.articles[0].paragraphs) == GOLD["article"]["body"]


def _as_labelled(headline: Headline) -> dict[str, Any]:
    return {
        "list": headline.list,
        "pos": headline.position,
        "headline": headline.text,
        "subtitle": headline.subtitle,
        "tags": list(headline.tags),
        "published": headline.published.value if headline.published else None,
        "line": headline.line,
        "raw": headline.raw,
    }


@pytest.mark.parametrize("i", range(len(ITEMS)), ids=[f"{item['list']} {item['pos']}" for item in ITEMS])
def test_headline(page: Page, i: int) -> None:
    found = _as_labelled(page.headlines[i])
    assert found == {field: ITEMS[i][field] for field in found}


def test_only_the_glue_without_a_twin_is_inferred(page: Page) -> None:
    inferred = [headline for headline in page.headlines if headline.inferred]
    assert [(h.list, h.position, h.inferred) for h in inferred] == [("Read also", 6, frozenset({"subtitle"}))]
    twins = {item["pos"] for item in ITEMS if item["glued"]} - {6}
    assert twins == {1}


def test_furniture_is_what_is_neither_article_nor_item(page: Page) -> None:
    names = list(dict.fromkeys(item["list"] for item in ITEMS))
    assert sorted(text for _, text in page.furniture) == sorted([*GOLD["furniture"], *names])


def test_every_line_is_accounted_for_once(page: Page) -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    assert page.lines == sum(bool(line.strip()) for line in lines)
    assert page.body_lines == 3 + len(GOLD["article"]["body"])
    for number, text in page.furniture:
        assert lines[number - 1].strip() == text


def test_the_article_keeps_its_identity(page: Page) -> None:
    article = page.articles[0]
    assert isinstance(article, Article)
    assert article.source.label == "azernews"
    assert len(article.id) == 16
    assert article.line == 1
