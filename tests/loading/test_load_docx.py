"""Word and OpenDocument texts: what of them is text, and what no document may do."""

import io
import zipfile
from pathlib import Path

import pytest
from load_written import article, read, reason

from newsmine.loading import docx, told
from newsmine.records import Page

TITLE = "Harbour bridge opens after ten years"
PARAGRAPHS = (
    "The mayor of Port Ellery opened the harbour bridge on Friday.",
    "Two thousand people walked across it before the evening came.",
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Standard"><w:name w:val="Normal"/></w:style></w:styles>"""


def p(text: str, style: str = "") -> str:
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{head}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def document(*body: str, styles: str = STYLES, **members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>")
        archive.writestr("word/styles.xml", styles)
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def open_document(*body: str) -> bytes:
    file = io.BytesIO()
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        text = f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {names}>{text}</office:document-content>")
    return file.getvalue()


ORDINARY = (p(TITLE, "berschrift1"), p("3 May 2024 - 10:15"), p("By Anna Berg"), *map(p, PARAGRAPHS))


def test_a_document_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "port-2024-05-03.bin"
    [page] = read(path, document(*ORDINARY))
    assert isinstance(page, Page)
    [found] = page.articles
    assert (found.title, found.authors, found.paragraphs) == (TITLE, ("Anna Berg",), PARAGRAPHS)
    assert found.published
    assert (found.published.value, found.source.publisher) == ("2024-05-03T10:15", "port")
    assert (page.reader, page.lines) == ("docx", 5)
    assert told([path]).rows[0][1] == "docx"


def test_the_title_is_what_the_styles_say(tmp_path: Path) -> None:
    found = article(
        tmp_path / "a.docx",
        document(p("Report of the harbour watch"), p(TITLE, "berschrift1"), p("3 May 2024"), *map(p, PARAGRAPHS)),
    )
    assert (found.title, found.subtitle) == (TITLE, None)
    assert found.paragraphs == ("Report of the harbour watch", *PARAGRAPHS)
    plain = article(
        tmp_path / "b.docx", document(p("Report of the harbour watch"), p(TITLE), p("3 May 2024"), *map(p, PARAGRAPHS))
    )
    assert (plain.title, plain.subtitle) == ("Report of the harbour watch", TITLE)


def test_what_was_deleted_is_left_out_and_what_was_inserted_is_not(tmp_path: Path) -> None:
    runs = (
        "<w:p><w:r><w:t>The mayor </w:t></w:r>"
        "<w:del><w:r><w:delText>of Old Ellery</w:delText><w:t>x</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>of Port Ellery</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:tab/><w:t>opened the harbour</w:t><w:noBreakHyphen/><w:t>bridge on Friday.</w:t></w:r></w:p>"
    )
    found = article(tmp_path / "a.docx", document(p(TITLE), p("3 May 2024"), runs, p(PARAGRAPHS[1])))
    assert found.paragraphs == ("The mayor of Port Ellery opened the harbour-bridge on Friday.", PARAGRAPHS[1])


def test_the_lines_of_a_paragraph(tmp_path: Path) -> None:
    runs = f"<w:p><w:r><w:t>{PARAGRAPHS[0]}</w:t><w:br/><w:t>{PARAGRAPHS[1]}</w:t></w:r></w:p>"
    assert article(tmp_path / "a.docx", document(p(TITLE), p("3 May 2024"), runs)).paragraphs == PARAGRAPHS


def test_tables_are_lines_and_layout_is_not_a_table(tmp_path: Path) -> None:
    rows = table((p("Year of the count"), p("Boats in the harbour")), (p("2023"), p("17")), (p(""), p("")))
    layout = table(("".join(map(p, PARAGRAPHS)), p("A box on the side of the page, with a text.")))
    found = article(tmp_path / "a.docx", document(p(TITLE), p("3 May 2024"), *map(p, PARAGRAPHS), rows))
    assert found.paragraphs[2:] == ("Year of the count | Boats in the harbour", "2023 | 17")
    found = article(tmp_path / "b.docx", document(p(TITLE), p("3 May 2024"), layout))
    assert found.paragraphs == (*PARAGRAPHS, "A box on the side of the page, with a text.")
    nested = table((table((p("Year of the count"), p("Boats in the harbour"))), p("The islands")))
    found = article(tmp_path / "c.docx", document(p(TITLE), p("3 May 2024"), *map(p, PARAGRAPHS), nested))
    assert found.paragraphs[2:] == ("Year of the count | Boats in the harbour | The islands",)


def test_boxes_come_after_their_paragraph_and_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{p('A box on the side of the page, with a text.')}</w:txbxContent>"
    run = f"<w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback></AlternateContent></w:r>"
    body = p(PARAGRAPHS[0]).replace("</w:p>", f"{run}<w:r><w:t> Indeed.</w:t></w:r></w:p>")
    found = article(tmp_path / "a.docx", document(p(TITLE), p("3 May 2024"), body))
    assert found.paragraphs == (f"{PARAGRAPHS[0]} Indeed.", "A box on the side of the page, with a text.")


def test_an_export_saved_as_a_document(tmp_path: Path) -> None:
    lines = (
        TITLE, "The Port Ellery Times", "May 3, 2024 Friday", "Copyright 2024 Port Ellery Media All Rights Reserved",
        "Section: NEWS", "Length: 512 words", "Byline: Anna Berg", "Body", *PARAGRAPHS, "Load-Date: May 4, 2024",
        "End of Document",
    )  # fmt: skip
    one, two = read(tmp_path / "a.docx", document(*map(p, lines), *map(p, lines[:-2]), p("End of Document")))
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert (one.reader, one.articles[0].title, one.articles[0].paragraphs) == ("nexis", TITLE, PARAGRAPHS)
    assert one.articles[0].source.publisher == "The Port Ellery Times"


def test_an_open_document(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
        "<text:p>Report of the harbour watch</text:p>"
        f'<text:h text:outline-level="1">{TITLE}</text:h><text:p>3 May 2024</text:p>'
        "<text:p>The mayor of <text:span>Port<text:s/>Ellery</text:span> opened the harbour bridge"
        "<office:annotation><text:p>Really?</text:p></office:annotation> on Friday.</text:p>"
        f"<text:list><text:list-item><text:p>{PARAGRAPHS[1]}</text:p></text:list-item></text:list>"
    )
    path = tmp_path / "a.odt"
    found = article(path, open_document(body))
    assert (found.title, found.paragraphs) == (TITLE, ("Report of the harbour watch", *PARAGRAPHS))
    assert told([path]).rows[0][1] == "odt"


def test_nothing_in_it(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.docx", document(p(""))) == "empty"


def test_a_document_larger_than_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_MEMBER", 10_000)
    data = document(p("a" * 20_000))
    assert len(data) < 2_000
    assert reason(tmp_path / "a.docx", data) == "too-large"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_document_that_breaks_off(tmp_path: Path, cut: float) -> None:
    data = document(*ORDINARY, *(p(f"Line {number} of many others.") for number in range(500)))
    assert reason(tmp_path / "a.docx", data[: int(len(data) * cut)]) == "damaged"


def test_damage_in_the_middle(tmp_path: Path) -> None:
    data = bytearray(document(*ORDINARY))
    start = data.index(b"word/document.xml") + len("word/document.xml")
    data[start + 20 : start + 60] = b"\xff" * 40
    assert reason(tmp_path / "a.docx", bytes(data)) == "damaged"


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(document(*ORDINARY))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            data[start + offset] |= 1
            start += 1
    assert reason(tmp_path / "a.docx", bytes(data)) == "encrypted"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = p(TITLE) + p("3 May 2024") + p(f"{PARAGRAPHS[0]} &a;&f;")
        archive.writestr("word/document.xml", f"{entities}<w:document {W}><w:body>{body}</w:body></w:document>")
    assert article(tmp_path / "a.docx", file.getvalue()).paragraphs == (PARAGRAPHS[0],)


def test_tables_within_tables(tmp_path: Path) -> None:
    inner = p(PARAGRAPHS[0])
    for _ in range(300):
        inner = table((inner,))
    found = read(tmp_path / "a.docx", document(*ORDINARY, inner))
    assert len(found) == 1
