"""PDF files, made by hand: their text without its edges, its paragraphs whole, and every loss reported."""

import io
import logging
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_written import article, read, reason

from newsmine.errors import MissingError
from newsmine.loading import pdf, told
from newsmine.loading.printed import Printed, Row, read_pages
from newsmine.records import Page, Skipped

TITLE = "Harbour bridge opens after ten years"
LINES = (
    "The mayor of Port Ellery opened the new harbour bridge on Friday at",
    "noon, and two thousand people walked across it before the eve-",
    "ning came and the first lorries were let over to the islands.",
    "It was worth the wait, said the mayor, who had cut the ribbon with",
    "a pair of scissors from the museum.",
)
PARAGRAPHS = (
    " ".join(LINES[:3]).replace("eve- ning", "evening"),
    " ".join(LINES[3:]),
)
PAGE = (TITLE, "3 May 2024 - 10:15", "By Anna Berg", *LINES)


def text_of_pages(pages: list[str]) -> Printed:
    return read_pages([[Row(line) for line in page.splitlines()] for page in pages])


def content(lines: tuple[str, ...]) -> bytes:
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    return b"BT /F1 12 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in escaped).encode() + b" ET"


def document(*sheets: tuple[str, ...] | bytes) -> bytes:
    """Return a PDF file with a page for each tuple of lines, or for the stream that draws it."""
    streams = [sheet if isinstance(sheet, bytes) else content(sheet) for sheet in sheets]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, stream in enumerate(streams):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(data),
        )
    )


def test_a_page_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "port-2024-05-03.bin"
    [page] = read(path, document(PAGE))
    assert isinstance(page, Page)
    [found] = page.articles
    assert (found.title, found.authors, found.paragraphs) == (TITLE, ("Anna Berg",), PARAGRAPHS)
    assert found.published
    assert (found.published.value, found.source.publisher, page.reader) == ("2024-05-03T10:15", "port", "pdf")
    assert told([path]).rows[0][1:] == ("pdf", "it begins with %PDF-")


def test_the_signature_may_stand_a_little_further_on(tmp_path: Path) -> None:
    assert article(tmp_path / "a", b"\x00\x01\x02" * 9 + b"\n" + document(PAGE)).title == TITLE
    path = tmp_path / "b"
    path.write_text("A text on PDF\n\nA file begins with %PDF- and a number, as everybody knows who has seen one.\n")
    assert told([path]).rows[0][1] == "text"


def test_running_heads_are_furniture_and_the_address_is_of_use(tmp_path: Path) -> None:
    head, foot = "Friday, page of the day 1", "https://www.port.example/news/1 {}/3"
    more = tuple(f"Line number {number} of the list of the boats that were in the harbour." for number in range(4))
    sheets = (
        (head, *PAGE[:5], foot.format(1)),
        (head.replace("1", "2"), *PAGE[5:], foot.format(2)),
        (head.replace("1", "3"), *more, foot.format(3)),
    )
    [page] = read(tmp_path / "a.pdf", document(*sheets))
    assert isinstance(page, Page)
    [found] = page.articles
    assert found.title == TITLE
    assert found.paragraphs[:2] == PARAGRAPHS
    assert (found.url, found.source.publisher) == ("https://www.port.example/news/1", "port.example")
    assert len(page.furniture) == 6
    assert page.lines == page.body_lines + 6


def test_the_title_is_what_is_printed_largest(tmp_path: Path) -> None:
    head = b"BT /F1 30 Tf 50 800 Td (The Times) Tj /F1 12 Tf 0 -40 Td (Report of the harbour watch) Tj "
    title = b"/F1 24 Tf 28 TL 0 -40 Td (Harbour Bridge Opens After) Tj T* (Ten Years) Tj /F1 12 Tf 14 TL 0 -40 Td "
    body = b" ".join(b"(%s) Tj T*" % line.encode() for line in PAGE[1:])
    found = article(tmp_path / "a.pdf", document(head + title + body + b" ET"))
    assert found.title == "Harbour Bridge Opens After Ten Years"
    assert found.paragraphs[-2:] == PARAGRAPHS
    assert found.published


def test_a_file_without_text(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.pdf", document(b"0 0 10 10 re f", b"")) == "no-text"


def test_an_encrypted_file(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    def encrypted(password: str) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document(PAGE))))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        file = io.BytesIO()
        writer.write(file)
        return file.getvalue()

    assert reason(tmp_path / "a.pdf", encrypted("secret")) == "encrypted"
    assert article(tmp_path / "b.pdf", encrypted("")).title == TITLE


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + b"\x00\xff" * 999, document(PAGE)[:300]])
def test_a_damaged_file(tmp_path: Path, data: bytes, caplog: pytest.LogCaptureFixture) -> None:
    assert reason(tmp_path / "a.pdf", data) == "damaged"
    assert not caplog.records


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    data = document(PAGE)
    page, skipped = read(tmp_path / "a.pdf", data[: data.index(b"xref")])
    assert isinstance(page, Page)
    assert page.articles[0].paragraphs == PARAGRAPHS
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "truncated"


def test_a_page_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_STREAM", 5000)
    page, skipped = read(tmp_path / "a.pdf", document(PAGE, (" ".join(LINES),) * 20))
    assert isinstance(page, Page)
    assert isinstance(skipped, Skipped)
    assert (skipped.source, skipped.reason) == (f"{tmp_path / 'a.pdf'}:2", "damaged")


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = document(PAGE, ("The second page.",), ("The third page.",))
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    page, skipped = read(tmp_path / "a.pdf", data)
    assert isinstance(page, Page)
    assert page.articles[0].paragraphs[-1] == "The second page."
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "too-many-pages"
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)
    assert reason(tmp_path / "a.pdf", data) == "too-slow"


def test_the_log_is_as_it_was(tmp_path: Path) -> None:
    log = logging.getLogger("pypdf")
    before = (log.propagate, list(log.handlers))
    read(tmp_path / "a.pdf", b"%PDF-1.4\n")
    assert (log.propagate, list(log.handlers)) == before


def test_without_pypdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingError) as error:
        read(tmp_path / "a.pdf", document(PAGE))
    assert error.value.hint == 'pip install "newsmine[pdf]"'


def test_hyphens_at_the_end_of_lines() -> None:
    text = "\n".join(
        (
            "The well-known mayor opened the bridge, and the news was every-",
            "where on the islands by noon, said the well-",
            "known captain of the ferry, who is Anglo-",
            "American and lives in Port Ellery, of the \ufb01rst har\u00ad",
            "bour.",
        )
    )
    assert text_of_pages([text]).text == (
        "The well-known mayor opened the bridge, and the news was everywhere on the islands by noon, said the "
        "well-known captain of the ferry, who is Anglo-American and lives in Port Ellery, of the first harbour."
    )


def test_what_stands_alone_is_not_joined() -> None:
    text = "Harbour watch\nBoats in port\n\n• The Anna, with a load of timber from the north\n• The Berg"
    assert text_of_pages([text]).text == text


def test_a_number_at_the_edge_is_furniture() -> None:
    assert text_of_pages(["Page 1 of 1\nA line of text.\n1"]).furniture == ("Page 1 of 1", "1")
    assert text_of_pages(["A line of text.\n2024"]).furniture == ()
    assert text_of_pages([]) == Printed("")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([*PAGE, "1", "", "Page 1 of 2", "-", "a-", "b c"]), max_size=12), max_size=4))
def test_no_word_is_lost(sheets: list[list[str]]) -> None:
    printed = text_of_pages(["\n".join(sheet) for sheet in sheets])
    found = "".join((printed.text + "".join(printed.furniture)).split())
    given_ = "".join("".join(line for sheet in sheets for line in sheet).split())
    assert sorted(found.replace("-", "")) == sorted(given_.replace("-", ""))


def test_a_very_long_paragraph() -> None:
    before = time.process_time()
    assert len(text_of_pages(["and so it goes on and on, and\n" * 20_000]).text) > 500_000
    assert time.process_time() - before < 5
