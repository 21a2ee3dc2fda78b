"""Tables as text: what is taken for one, how it is written, and every row accounted for."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_written import Loaded

from newsmine.loading import delimited
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.records import Page, Skipped

HEADER = "id,title,text,url,publish_date,media_name\n"
TITLES = ["Bridge, opens", "Ferry"]


def titles(loaded: Loaded) -> list[str | None]:
    return [article.title for article in loaded.articles]


def test_a_row_is_an_article(tmp_path: Path) -> None:
    text = (
        HEADER
        + '1,"Bridge, opens","One.\nTwo ""x"".",https://www.a.example/1,2024-05-03,Port Times\n\n'
        + "2,Ferry,,https://a.example/2,2024-05-04 10:00:00,\n3,nan,,,,\n"
    )
    loaded = Loaded(tmp_path, text)
    one, two = loaded.articles
    assert (one.title, one.paragraphs, one.line) == ("Bridge, opens", ("One.", 'Two "x".'), 2)
    assert (one.url, one.source.publisher) == ("https://www.a.example/1", "Port Times")
    assert (two.line, two.source.publisher, two.published and two.published.iso) == (
        5,
        "a.example",
        "2024-05-04T10:00:00",
    )
    assert (loaded.readers, loaded.skipped) == ({"csv"}, [(":6", "no-text")])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters(tmp_path: Path, delimiter: str, end: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end)
    writer.writerows([["Title", "Full text"], ["A; b, c | d\te", 'He said "no".'], ["B", "x\ny"]])
    loaded = Loaded(tmp_path, "\ufeff" + file.getvalue())
    assert titles(loaded) == ["A; b, c | d e", "B"]
    assert [article.paragraphs for article in loaded.articles] == [('He said "no".',), ("x", "y")]


def test_quotation_marks_of_a_text_in_a_table_with_tabs(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, 'title\ttext\n"Hello" he said\tabc "def\n"Quoted ""x"""\ty\n')
    assert titles(loaded) == ['"Hello" he said', 'Quoted "x"']


def test_backslashes_and_the_line_for_excel(tmp_path: Path) -> None:
    assert Loaded(tmp_path, 'title,text\nT,"He said \\"hi\\", then"\n').articles[0].paragraphs == (
        'He said "hi", then',
    )
    loaded = Loaded(tmp_path, "sep=;\nHeadline;Date\nBridge;3 May 2024\n")
    assert (titles(loaded), loaded.articles[0].line) == (["Bridge"], 3)


def test_lists_and_html_in_cells(tmp_path: Path) -> None:
    [article] = Loaded(tmp_path, "title,authors,text\nT,\"['Anna Berg', 'Jan Novak']\",<p>One</p><p>Two</p>\n").articles
    assert (article.authors, article.paragraphs) == (("Anna Berg", "Jan Novak"), ("One", "Two"))


@pytest.mark.parametrize(
    "text",
    [
        "Title, text and more\n\nThe bridge, which opened on Friday, was long.\nAnd more, and more.\n",
        "The title, and the text\nwere written, as was said, on Friday\n",
        "Headlines, news\nBridge opens\nFerry fares cut\nThe port grows\n",
        "kop,tekst\nBrug,a\nVeer,b\n",
        "Text\nBridge opens\n",
        "name,version\nleft-pad,1.0\nright-pad,2.0\n",
    ],
)
def test_what_is_no_table(tmp_path: Path, text: str) -> None:
    assert Loaded(tmp_path, text).readers == {"text"}


def test_columns_of_published_collections(tmp_path: Path) -> None:
    text = ",id,title,publication,author,date,year,month,url,content\n"
    text += "0,7,Bridge,Port Times,Anna Berg,2024-05-03,2024,5,,One\n"
    text += "1,8,Ferry,Port Times,,2024-05-04,2024,5,,Two\n"
    one = Loaded(tmp_path, text).articles[0]
    assert (one.title, one.source.publisher, one.authors, one.paragraphs) == (
        "Bridge", "Port Times", ("Anna Berg",), ("One",),
    )  # fmt: skip
    [two] = Loaded(tmp_path, "Article,Date,Heading,NewsType\nText of it,1/13/2024,Ferry,business\n").articles
    assert (two.title, two.paragraphs, two.published and two.published.value) == (
        "Ferry",
        ("Text of it",),
        "2024-01-13",
    )


def test_columns_that_the_caller_names(tmp_path: Path) -> None:
    text = 'kop,tekst,extra\nBrug,"a\nb",1\nVeer,c,2\n'
    loaded = Loaded(tmp_path, text, columns={"title": "kop", "text": "tekst"})
    assert [(a.title, a.paragraphs) for a in loaded.articles] == [("Brug", ("a", "b")), ("Veer", ("c",))]
    loaded = Loaded(tmp_path, text, columns={"title": "kopp", "text": "tekst"})
    assert loaded.skipped == [("", "no-column")]
    assert "kop, tekst, extra" in loaded.hints[0]
    assert Loaded(tmp_path, HEADER + "1,a,b,,,\n", columns={"section": "desk"}).skipped == [("", "no-column")]


@pytest.mark.parametrize(
    ("text", "kept", "skipped"),
    [
        ('title,text\na,"open quote\nb,c\nd,e\n', ["b", "d"], [(":2", "broken-row")]),
        ("title,text,x\na,b,1\nc,d,e,f\ng,h,2\n", ["a", "g"], [(":3", "broken-row")]),
        ("title,text,x\na,b,1\nc,d,1,,,\ng\n", ["a", "c", "g"], []),
        ("title,text,x\na,b,1\nc,d", ["a"], [(":3", "truncated")]),
        ('title,text\na,b\nc,"cut', ["a"], [(":3", "truncated")]),
        ("title,text\na,b", ["a"], []),
        ("title,text\n", [], [("", "empty")]),
        ("title,text,title\na,b,c\n", ["a"], []),
        ("title,text\na\rb,c\nd,e\n", ["d"], [(":2", "broken-row")]),
    ],
)
def test_broken_rows(tmp_path: Path, text: str, kept: list[str], skipped: list[tuple[str, str]]) -> None:
    loaded = Loaded(tmp_path, text)
    assert (titles(loaded), loaded.skipped) == (kept, skipped)


def test_lines_that_are_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_RECORD", 1000)
    before = csv.field_size_limit()
    long = "x" * 1001
    loaded = Loaded(tmp_path, f'title,text\na,{long}\nb,c\nd,"{"y" * 500}\n{"z" * 600}\ne,f\n')
    assert (titles(loaded)[0], titles(loaded)[-1]) == ("b", "e")
    assert dict(loaded.skipped)[":2"] == "too-large"
    assert dict(loaded.skipped)[":4"] == "broken-row"
    assert csv.field_size_limit() == before


def test_quotation_marks_that_are_never_closed_take_no_quadratic_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "_SECOND_READING", 1000)
    rows = "".join(f'{n},a "b\n' for n in range(3)) + 'x,"y\n' * 1 + "c,d\n" * 2000
    loaded = Loaded(tmp_path, "title,text\na,b\n" + rows)
    assert loaded.skipped[-1] == ("", "broken-csv")


def test_a_text_of_many_lines_that_is_too_long_makes_no_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is inside of it is passed over up to the next whole row, and said."""
    monkeypatch.setattr(delimited, "MAX_RECORD", 1000)
    text = 'title,text\nOne,a\nTwo,"' + "some words of it\n" * 300 + '"\nThree,b\nFour\n'
    loaded = Loaded(tmp_path, text)
    assert titles(loaded) == ["One", "Three", "Four"]
    assert loaded.skipped == [(":3", "broken-row"), (":4", "broken-row"), (":303", "broken-row")]


def test_many_columns(tmp_path: Path) -> None:
    names = ",".join(f"column{n}" for n in range(20_000))
    loaded = Loaded(tmp_path, f"title,{names}\n" + ("Bridge" + ",1" * 20_000 + "\n"))
    assert titles(loaded) == ["Bridge"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1251"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    row = "Мост открыли в городе,Мэр города открыл новый мост через реку в пятницу утром"
    loaded = Loaded(tmp_path, f"title,text\n{row}\n".encode(encoding))
    assert titles(loaded) == ["Мост открыли в городе"]
    wrong = Loaded(tmp_path, f"title,text\na,b\n{row}\n".encode("cp1251"), encoding="utf-8")
    assert wrong.skipped[-1][1] == "wrong-encoding"


def test_a_table_is_read_as_a_stream() -> None:
    class Endless(io.BytesIO):
        """A table of which every piece is made when it is asked for."""

        count = 0

        def read1(self, size: int | None = -1, /) -> bytes:
            self.count += 1
            return b"title,text\n" if self.count == 1 else b"Bridge,opens\n" * 10_000

    file = Endless()
    found = delimited.read(Input("-", file), Options())
    for _ in range(20_000):
        assert isinstance(next(found), Page)
    assert file.count < 5


def test_a_row_is_one_page_in_whichever_file(tmp_path: Path) -> None:
    digests = [Loaded(tmp_path, f"title,text\n{before}a,b\n").pages[-1].source.digest for before in ("", "x,y\n")]
    assert digests[0] == digests[1]


GRAPH = ["20240503101500-0", "20240503101500", "1", "port.example", "https://port.example/1", *[""] * 21]
TITLE = "<PAGE_LINKS>x</PAGE_LINKS><PAGE_TITLE>Bridge &amp; ferry</PAGE_TITLE>"


def test_gdelt(tmp_path: Path) -> None:
    rows = [[*GRAPH, TITLE], [*GRAPH, ""], GRAPH[:5]]
    loaded = Loaded(tmp_path, "".join("\t".join(row) + "\n" for row in rows))
    [article] = loaded.articles
    assert (article.title, article.url, article.source.publisher) == (
        "Bridge & ferry", "https://port.example/1", "port.example",
    )  # fmt: skip
    assert article.published is not None
    assert article.published.iso == "2024-05-03T10:15:00Z"
    assert (loaded.readers, loaded.skipped) == ({"gdelt"}, [(":2", "no-text"), (":3", "broken-row")])


@pytest.mark.parametrize("width", [61, 16])
def test_gdelt_without_titles(tmp_path: Path, width: int) -> None:
    row = "\t".join(["1234567890", *["a"] * (width - 2), "https://port.example/1"])
    assert Loaded(tmp_path, f"{row}\n{row}\n").skipped == [("", "no-text")]


@pytest.mark.parametrize("cell", ["\t\n", "\t\n\t", "\n\t\t"])
def test_a_quoted_cell_of_tabs_and_line_ends_is_one(tmp_path: Path, cell: str) -> None:
    loaded = Loaded(tmp_path, f'"title"\t"text"\t"url"\n"first"\t"row"\t""\n"second"\t"{cell}"\t""\n')
    assert [article.title for article in loaded.articles] == ["first", "second"]


CELL = st.text(st.sampled_from("ab ,;\"\n\t|'é"), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6), st.sampled_from(",;|\t"), st.integers(1, 40))
def test_every_row_that_csv_writes_is_read(rows: list[tuple[str, str, str]], delimiter: str, size: int) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["title", "text", "url"])
    writer.writerows([("first", "row", ""), *rows])

    class Pieces(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return super().read1(size)

    found = list(delimited.read(Input("-", Pieces(file.getvalue().encode())), Options()))
    expected = ["first", *(row[0] for row in rows if row[0].strip() or row[1].strip())]
    got = [item.articles[0].title or "" for item in found if isinstance(item, Page)]
    assert [" ".join(t.split()) for t in expected] == got
    assert {item.reason for item in found if isinstance(item, Skipped)} <= {"no-text"}
