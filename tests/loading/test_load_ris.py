"""RIS as reference managers and databases write it: a record from TY to ER is an article, and nothing else is."""

from pathlib import Path

import pytest

from newsmine.loading import pages, told
from newsmine.records import Article, Page, Skipped

FIRST = """\
TY  - NEWS
TI  - Harbour bridge opens after ten years
AU  - Berg, Anna
AU  - Novak, Jan
T2  - The Port Ellery Times
DA  - 2024/05/03/
PY  - 2024
LA  - English
SE  - Local
UR  - https://www.port.example/1
AB  - The mayor of Port Ellery opened the harbour bridge on Friday.
      Two thousand people walked across it.
ER  -
"""
SECOND = """\
TY  - MGZN
T1  - Ferry company to cut fares
A1  - Harbour Desk
Y1  - 2024/04
JO  - Ellery Weekly
N2  - Islanders welcome the move.
ER  -
"""


def read(path: Path, text: str) -> list[Page | Skipped]:
    path.write_text(text, encoding="utf-8")
    return list(pages([path]))


def articles(found: list[Page | Skipped]) -> list[Article]:
    return [article for page in found if isinstance(page, Page) for article in page.articles]


def test_each_record_is_a_page_with_one_article(tmp_path: Path) -> None:
    path = tmp_path / "list.ris"
    found = read(path, f"\ufeff{FIRST}\n{SECOND}")
    first, second = articles(found)
    assert (first.title, first.authors, first.section) == (
        "Harbour bridge opens after ten years",
        ("Anna Berg", "Jan Novak"),
        "Local",
    )
    assert (first.source.publisher, first.language, first.url, first.line) == (
        "The Port Ellery Times",
        "en",
        "https://www.port.example/1",
        1,
    )
    assert first.paragraphs == (
        "The mayor of Port Ellery opened the harbour bridge on Friday.",
        "Two thousand people walked across it.",
    )
    assert first.published
    assert (first.published.value, first.published.precision) == ("2024-05-03", "day")
    assert second.published
    assert (second.published.value, second.published.precision) == ("2024-04", "month")
    assert (second.title, second.source.publisher, second.line) == ("Ferry company to cut fares", "Ellery Weekly", 15)
    assert len({page.source.digest for page in found if isinstance(page, Page)}) == 2
    assert [page.body_lines for page in found if isinstance(page, Page)] == [13, 7]
    assert told([path]).rows[0][1] == "ris"


def test_what_stands_between_records_is_kept_as_furniture(tmp_path: Path) -> None:
    found = read(tmp_path / "list.ris", f"{FIRST}exported on Friday\n{SECOND}the end\n")
    assert [page.furniture for page in found if isinstance(page, Page)] == [
        (),
        ((14, "exported on Friday"), (22, "the end")),
    ]


def test_a_record_without_its_end(tmp_path: Path) -> None:
    found = read(tmp_path / "list.ris", FIRST + SECOND.removesuffix("ER  -\n"))
    assert [article.title for article in articles(found)][1] == "Ferry company to cut fares"
    assert isinstance(found[2], Skipped)
    assert (found[2].source, found[2].reason) == (f"{tmp_path / 'list.ris'}:14", "truncated")


def test_a_record_that_says_nothing(tmp_path: Path) -> None:
    skipped, page = read(tmp_path / "list.ris", f"TY  - NEWS\nAU  - Berg, Anna\nER  - \n{FIRST}")
    assert isinstance(skipped, Skipped)
    assert (skipped.source, skipped.reason) == (f"{tmp_path / 'list.ris'}:1", "no-text")
    assert isinstance(page, Page)


def test_a_year_is_known_to_the_year_only(tmp_path: Path) -> None:
    [article] = articles(read(tmp_path / "list.ris", FIRST.replace("DA  - 2024/05/03/\n", "")))
    assert article.published
    assert (article.published.value, article.published.precision) == ("2024", "year")


@pytest.mark.parametrize(
    "text",
    [
        "TY  - NEWS\n\nA note about a tag, and nothing else.",
        "Ty Berg - NEWS\nTI  - Harbour bridge opens\nER  - \n",
        "The harbour bridge opened on Friday.\n" + FIRST,
        "AU  - Berg\nTI  - Harbour bridge opens\n",
    ],
)
def test_other_text_is_not_taken(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text)
    assert told([path]).rows[0][1] == "text"
