"""The text exports of Nexis, Factiva and ProQuest: what becomes of each field, of covers, and of records cut off."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.loading import pages, told
from newsmine.loading.exports import export_of, read_export
from newsmine.loading.exports.chunks import lines_of
from newsmine.loading.options import Options
from newsmine.records import Article, Page, Skipped

TITLE = "Harbour bridge opens after ten years"
PARAGRAPHS = (
    "The mayor of Port Ellery opened the harbour bridge on Friday.",
    "Length: nobody had measured it before, the engineers said when they were asked about the old one at noon.",
    "Two thousand people walked across it.",
)
BODY = "\n\n".join(PARAGRAPHS)

NEXIS = f"""\
{TITLE}

The Port Ellery Times

May 3, 2024 Friday
Final Edition

Copyright 2024 Port Ellery Media
All Rights Reserved

Section: NEWS; Pg. A4
Length: 512 words
Byline: By Anna Berg and Jan Novak; anna@port.example
Highlight: Ten years late, it is here
Body

{BODY}

Graphic

The bridge on Friday.

Load-Date: May 4, 2024

End of Document
"""
NEXIS_SECOND = """\
Ferry company to cut fares
Ellery Weekly
3. April 2024 Mittwoch 10:15 AM GMT
Copyright 2024 Ellery Press All Rights Reserved
Length: 61 words
Body
Islanders welcome the move.
Load-Date: April 4, 2024
Language: ENGLISH
End of Document
"""
COVER = """\
User Name: Reader
Date and Time: Saturday, May 4, 2024 9:15:00 AM GMT
Job Number: 123456789

Documents (2)
1. Harbour bridge opens after ten years
2. Ferry company to cut fares

"""
OLD = """\
                               1 of 2 DOCUMENTS


                             The Port Ellery Times

                              May 3, 2004 Monday
                                 Final Edition

Harbour bridge opens after ten years of planning, of quarrels and of building by
two companies

BYLINE: Anna Berg

SECTION: NEWS; Pg. A4

LENGTH: 312 words

DATELINE: PORT ELLERY

BODY:
   The mayor of Port Ellery opened the harbour bridge on Friday at noon, and two
thousand people walked across it before the evening came and the first lorries
were let over to the islands.

   "It was worth the wait," said the mayor, who had cut the ribbon with a pair of
scissors from the museum.

LOAD-DATE: May 4, 2004

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                      Copyright 2004 Port Ellery Media
                              All Rights Reserved


                               2 of 2 DOCUMENTS

                        Copyright 2004 Ellery Press
                                 Ellery Weekly

                              April 3, 2004

LENGTH: 61 words

HEADLINE: Ferry company to cut fares

BODY:
   Islanders welcome the move.

LOAD-DATE: April 4, 2004
"""
FACTIVA = f"""\
HD      {TITLE}
BY      By Anna Berg
WC      512 words
PD      3 May 2024
ET      10:15
SN      The Port Ellery Times
SC      PETIME
LA      English
CY      Copyright 2024 Port Ellery Media

LP
{PARAGRAPHS[0]}

TD
{PARAGRAPHS[1]}

IN the end, all went well, they said, and so it did.

{PARAGRAPHS[2]}

NS
gtrans : Road Transport

AN
Document PETIME0020240503ek530001x

"""
SHOWN = f"""\
News
{TITLE}
Anna Berg
512 words
3 May 2024
10:15
The Port Ellery Times
PETIME
4
English
(c) 2024 Port Ellery Media

{BODY}

Document PETIME0020240503ek530001x

Ferry company to cut fares
61 words
3 April 2024
Ellery Weekly
ELWEEK
English
Copyright 2024 Ellery Press

Islanders welcome the move.

Document ELWEEK0020240403ek4300002

© 2024 Factiva, Inc. All rights reserved.
"""
RULE = "_" * 60
PROQUEST = f"""\
{RULE}

Document 1 of 2

{TITLE}

Author: Berg, Anna; Novak, Jan

Publication info: The Port Ellery Times ; Port Ellery [Port Ellery] 03 May 2024: A.4.

Abstract: The bridge is open.

Full text: {PARAGRAPHS[0]}

Location: the bridge stands where the ferry lands, and is to be lit at night from the autumn on.

{PARAGRAPHS[2]}

Subject: Bridges

Location: Port Ellery

Title: {TITLE}

Publication title: The Port Ellery Times

Section: Local

Publication date: May 3, 2024

Language of publication: English

ProQuest document ID: 123456789

Document URL: https://search.proquest.example/docview/123456789

{RULE}

Title: Ferry company to cut fares

Author: Harbour Desk

Publication title: Ellery Weekly

Publication year: 2024

Full text: Not available.

Abstract: Islanders welcome the move.

{RULE}

Contact the library at Port Ellery
"""


def read(path: Path, text: str) -> list[Page | Skipped]:
    path.write_text(text, encoding="utf-8")
    found = list(pages([path]))
    lines = sum(bool(line.strip()) for line in text.splitlines())
    if not any(isinstance(item, Skipped) and item.reason != "truncated" for item in found):
        assert sum(page.lines for page in found if isinstance(page, Page)) == lines
    return found


def articles(found: list[Page | Skipped]) -> list[Article]:
    assert all(isinstance(page, Page) for page in found), found
    return [article for page in found if isinstance(page, Page) for article in page.articles]


def moment(article: Article) -> str | None:
    return article.published.iso if article.published else None


def format_of(path: Path) -> object:
    return told([path]).rows[0][1]


@pytest.mark.parametrize("cover", ["", COVER, "\ufeff", "\n\n"])
def test_nexis(tmp_path: Path, cover: str) -> None:
    path = tmp_path / "export.txt"
    first, second = articles(read(path, cover + NEXIS + "\n" + NEXIS_SECOND))
    assert (first.title, first.subtitle, first.section) == (TITLE, "Ten years late, it is here", "NEWS")
    assert (first.authors, moment(first)) == (("Anna Berg", "Jan Novak"), "2024-05-03")
    assert (first.source.publisher, first.paragraphs) == ("The Port Ellery Times", PARAGRAPHS)
    assert first.line == cover.count("\n") + 1
    assert (second.title, second.source.publisher) == ("Ferry company to cut fares", "Ellery Weekly")
    assert (moment(second), second.language) == ("2024-04-03T10:15Z", "en")
    assert second.paragraphs == ("Islanders welcome the move.",)
    assert format_of(path) == "nexis"


def test_old_lexis(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    first, second = articles(read(path, OLD))
    assert first.title == (
        "Harbour bridge opens after ten years of planning, of quarrels and of building by two companies"
    )
    assert (first.source.publisher, moment(first), first.authors) == (
        "The Port Ellery Times",
        "2004-05-03",
        ("Anna Berg",),
    )
    assert [len(text.split()) for text in first.paragraphs] == [34, 21]
    assert (first.language, first.section, first.line) == ("en", "NEWS", 4)
    assert (second.title, second.source.publisher, moment(second)) == (
        "Ferry company to cut fares",
        "Ellery Weekly",
        "2004-04-03",
    )
    assert second.paragraphs == ("Islanders welcome the move.",)
    assert format_of(path) == "nexis"


def test_a_nexis_export_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    *found, skipped = read(path, NEXIS + NEXIS_SECOND.split("Load-Date")[0])
    assert [article.title for article in articles(found)] == [TITLE, "Ferry company to cut fares"]
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "truncated"


def test_factiva_with_codes(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    other = (
        FACTIVA.replace(TITLE, "Another title").replace("ek530001x", "ek530002x").replace("HD   ", "SE      News\nHD")
    )
    first, second = articles(read(path, f"Search Summary\n\n{FACTIVA}{other}"))
    assert (first.title, first.authors, moment(first)) == (TITLE, ("Anna Berg",), "2024-05-03T10:15")
    assert (first.source.publisher, first.language) == ("The Port Ellery Times", "en")
    assert first.paragraphs == (
        *PARAGRAPHS[:2],
        "IN the end, all went well, they said, and so it did.",
        PARAGRAPHS[2],
    )
    assert (second.title, second.section) == ("Another title", "News")
    assert format_of(path) == "factiva"


def test_factiva_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    first, second = articles(read(path, SHOWN))
    assert (first.title, first.authors, first.section) == (TITLE, ("Anna Berg",), "News")
    assert (moment(first), first.language) == ("2024-05-03T10:15", "en")
    assert (first.source.publisher, first.paragraphs) == ("The Port Ellery Times", PARAGRAPHS)
    assert (second.title, second.authors, moment(second)) == ("Ferry company to cut fares", (), "2024-04-03")
    assert second.paragraphs == ("Islanders welcome the move.",)
    assert format_of(path) == "factiva"


def test_a_factiva_export_that_breaks_off(tmp_path: Path) -> None:
    *found, skipped = read(tmp_path / "export.txt", FACTIVA + FACTIVA.split("NS\n")[0])
    assert [article.paragraphs for article in articles(found)][1][-1] == PARAGRAPHS[2]
    assert isinstance(skipped, Skipped)
    assert (skipped.reason, skipped.source.rpartition(":")[2]) == ("truncated", str(FACTIVA.count("\n")))


def test_proquest(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    first, second = articles(read(path, PROQUEST))
    assert (first.title, first.authors, moment(first)) == (TITLE, ("Anna Berg", "Jan Novak"), "2024-05-03")
    assert (first.source.publisher, first.section, first.language) == ("The Port Ellery Times", "Local", "en")
    assert first.url == "https://search.proquest.example/docview/123456789"
    assert [text.split()[0] for text in first.paragraphs] == ["The", "Location:", "Two"]
    assert (second.title, second.authors, moment(second)) == ("Ferry company to cut fares", ("Harbour Desk",), "2024")
    assert second.paragraphs == ("Islanders welcome the move.",)
    assert format_of(path) == "proquest"


def test_the_furniture_of_an_export(tmp_path: Path) -> None:
    found = read(tmp_path / "export.txt", PROQUEST)
    last = found[-1]
    assert isinstance(last, Page)
    assert last.furniture[-1][1] == "Contact the library at Port Ellery"
    first = read(tmp_path / "export.txt", COVER + NEXIS)[0]
    assert isinstance(first, Page)
    assert first.furniture[0] == (1, "User Name: Reader")


def test_a_record_without_its_fields(tmp_path: Path) -> None:
    broken = "Ferry company to cut fares\n\nIslanders welcome the move.\n\nEnd of Document\n"
    page, skipped = read(tmp_path / "export.txt", NEXIS + broken)
    assert isinstance(page, Page)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "broken-record"
    assert skipped.source.endswith(f":{NEXIS.count(chr(10)) + 1}")


def test_a_record_has_one_digest_wherever_it_stands(tmp_path: Path) -> None:
    alone = read(tmp_path / "one.txt", NEXIS)[0]
    among = read(tmp_path / "two.txt", COVER + NEXIS_SECOND + NEXIS.replace("\n", "\r\n"))[1]
    assert isinstance(alone, Page)
    assert isinstance(among, Page)
    assert alone.source.digest == among.source.digest
    assert alone.articles[0].id == among.articles[0].id


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\nMay 3, 2024\n\nLength: 512 words\n\n{BODY}\n\nCopyright 2024 Port Ellery Media\n",
        f"{TITLE}\n\nBody\n\n{BODY}\n\nEnd of Document\n",
        f"{TITLE}\n512 words\n3 May 2024\n\n{BODY}\n\nDocument 1 of 20\n",
        f"{TITLE}\n\n{RULE}\n\nTitle: Bridges\nFull text: {BODY}\n",
        f"HD      {TITLE}\nBY      Anna Berg\n\n{BODY}\n",
    ],
)
def test_text_with_one_mark_of_an_export_is_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text)
    assert format_of(path) == "text"


def test_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_bytes(NEXIS.replace("Anna Berg", "Žofie Černá").encode("utf-16"))
    [page] = pages([path])
    assert isinstance(page, Page)
    assert page.encoding == "utf-16"
    assert page.articles[0].authors[0] == "Žofie Černá"
    [skipped] = pages([path], encoding="ascii")
    assert isinstance(skipped, Skipped)


ALL = {"nexis": NEXIS + NEXIS_SECOND, "old": OLD, "factiva": FACTIVA, "shown": SHOWN, "proquest": PROQUEST}


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_lines_in_any_order_are_no_crash_and_none_is_lost(name: str, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.sampled_from(ALL[name].splitlines()) | st.text(max_size=5), max_size=60))
    text = ALL[name] + "\n".join(lines)
    form = export_of(ALL[name])
    assert form
    found = list(read_export(text, form[0], "export.txt", Options()))
    assert found
    if all(isinstance(item, Page) for item in found):
        read_lines = sum(page.lines for page in found if isinstance(page, Page))
        assert read_lines == sum(bool(line.strip()) for line in lines_of(text))


@pytest.mark.parametrize("start", ["Length: x\nDOCUMENTS", "PD  x\nPD  \nWC", "_" * 30, "TY  - NEWS", "Job Number: 1"])
def test_a_sign_is_looked_for_in_bounded_time(start: str) -> None:
    before = time.process_time()
    assert export_of(f"{start}\n" + "\n" * 60_000 + " " * 5000) is None
    assert time.process_time() - before < 1
