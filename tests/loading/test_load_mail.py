"""Mails: a message is an article, whatever it is wrapped in; a mailbox is a row of them, read as a stream."""

import io
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from load_written import article, read

from newsmine.loading import mail, pages, told
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.records import Page, Skipped

TITLE = "Harbour bridge opens after ten years"
PARAGRAPHS = (
    "The mayor of Port Ellery opened the harbour bridge on Friday.",
    "Two thousand people walked across it.",
)
HTML = "<html><head><style>p {}</style></head><body>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
PLAIN = "\n\n".join(PARAGRAPHS) + "\n"


PIECES = [
    b"\n", b"\r\n", b"\n\n", b"From news@port.example Fri May  3 10:15:00 2024\n", b"Subject: =?utf-8?b?4pi?=\n",
    b"From: ", b"Date: Fri, 03 May 99999 25:61:00 +9999\n", b"Content-Type: multipart/mixed; boundary=b\n", b"--b\n",
    b"--b--\n", b"Content-Type: text/html; charset=utf-16\n", b"Content-Transfer-Encoding: base64\n", b"<p>\n",
    b"Content-Type: message/rfc822\n", b"Content-Disposition: ;;=\n", b"To: <@,;:\"\n", b"\xff\xfe", b"\x00",
]  # fmt: skip


def message(subject: str = TITLE, date: str = "Fri, 03 May 2024 10:15:00 +0200") -> EmailMessage:
    """Return a message without a text."""
    found = EmailMessage(policy=policy.SMTP)
    found["From"] = '"Port Ellery Times" <news@mail.port.example>'
    found["To"] = "reader@home.example"
    found["Subject"] = subject
    found["Date"] = date
    found["Message-ID"] = "<1@port.example>"
    return found


def plain(subject: str = TITLE, text: str = PLAIN, **options: str) -> bytes:
    found = message(subject, **options)
    found.set_content(text)
    return found.as_bytes()


def mbox(*messages: bytes, end: bytes = b"\n") -> bytes:
    return b"".join(b"From news@port.example Fri May  3 10:15:00 2024" + end + data + end for data in messages)


def test_a_message(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    found = article(path, plain())
    assert (found.title, found.authors, found.paragraphs) == (TITLE, ("Port Ellery Times",), PARAGRAPHS)
    assert (found.source.publisher, found.line) == ("mail.port.example", 1)
    assert found.published
    assert (found.published.iso, found.published.precision) == ("2024-05-03T10:15:00+02:00", "second")
    assert told([path]).rows[0][1] == "eml"


def test_html_goes_before_plain_text_and_attachments_are_left_out(tmp_path: Path) -> None:
    letter = message()
    letter.set_content("Your reader shows no HTML.")
    letter.add_alternative(HTML, subtype="html")
    letter.add_attachment("<p>Another text</p>", subtype="html", filename="a.html")
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert article(tmp_path / "letter", letter.as_bytes()).paragraphs == PARAGRAPHS


def test_a_message_of_attachments_only_is_its_subject(tmp_path: Path) -> None:
    letter = message()
    letter.add_attachment("Another text", filename="a.txt")
    found = article(tmp_path / "letter", letter.as_bytes())
    assert (found.title, found.paragraphs) == (TITLE, ())


def test_a_forwarded_message_where_there_is_no_other_text(tmp_path: Path) -> None:
    inner = message("Another subject")
    inner.set_content(PLAIN)
    letter = message()
    letter.set_content("")
    letter.add_attachment(inner)
    assert article(tmp_path / "letter", letter.as_bytes()).paragraphs == PARAGRAPHS
    letter = message()
    letter.set_content("Look at this.")
    letter.add_attachment(inner)
    assert article(tmp_path / "letter", letter.as_bytes()).paragraphs == ("Look at this.",)


def test_encoded_words_and_other_encodings(tmp_path: Path) -> None:
    letter = message("Мост через реку открыли в городе")
    letter.replace_header("From", "Žofie Černá <zofie@port.example>")
    letter.set_content("Мэр города открыл новый мост через реку.", charset="koi8-r", cte="base64")
    data = letter.as_bytes()
    assert b"=?utf-8?" in data
    [page] = read(tmp_path / "letter", data)
    assert isinstance(page, Page)
    assert (page.articles[0].title, page.articles[0].authors) == ("Мост через реку открыли в городе", ("Žofie Černá",))
    assert (page.articles[0].paragraphs, page.encoding) == (("Мэр города открыл новый мост через реку.",), "koi8-r")


@pytest.mark.parametrize("charset", ["no-such-charset", "us-ascii", "utf-7"])
def test_an_encoding_that_is_not_so(tmp_path: Path, charset: str) -> None:
    data = plain().replace(b"utf-8", charset.encode()).replace(b"7bit", b"8bit")
    data = data.replace(b"on Friday", "on Žižkov".encode())
    assert article(tmp_path / "letter", data).paragraphs[0].startswith("The mayor")


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("3 May 2024 10:15:00 GMT", "2024-05-03T10:15:00Z"),
        ("Fri, 03 May 2024 10:15:00 -0000", "2024-05-03T10:15:00Z"),
        ("Fri, 03 May 2024 10:15:00 +0000 (UTC)", "2024-05-03T10:15:00Z"),
        ("Fri, 03 May 2024 10:15:00 -0430", "2024-05-03T10:15:00-04:30"),
        ("Fri, 03 May 2024 10:15:00 EST", "2024-05-03T10:15:00-05:00"),
        ("Fri, 03 May 2024 10:15:00 CEST", "2024-05-03T10:15:00"),
        ("Fri, 33 May 2024 10:15:00 +0000", None),
        ("soon", None),
    ],
)
def test_dates(tmp_path: Path, date: str, iso: str | None) -> None:
    data = plain().replace(b"Fri, 03 May 2024 10:15:00 +0200", date.encode())
    found = article(tmp_path / "letter", data)
    assert (found.published.iso if found.published else None) == iso


def test_hard_wrapped_text(tmp_path: Path) -> None:
    text = (
        "The mayor of Port Ellery opened the harbour bridge on Friday at noon, and\n"
        "two thousand people walked across it before the evening came, and with\n"
        "it the first lorries to the islands.\n\n"
        "It was worth the wait, said the mayor.\n"
    )
    assert [len(line.split()) for line in article(tmp_path / "letter", plain(text=text)).paragraphs] == [33, 8]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("size", [7, 1 << 20])
def test_a_mailbox(tmp_path: Path, end: bytes, size: int) -> None:
    letters = [plain(f"Letter {number}", "One line.\n\n>From here on it is quoted.\n") for number in (1, 2, 3)]
    data = mbox(*(letter.replace(b"\r\n", end) for letter in letters), end=end)
    item = Input("box", Pieces(data, size))
    found = list(mail.read(item, Options()))
    assert all(isinstance(page, Page) for page in found)
    read_articles = [page.articles[0] for page in found if isinstance(page, Page)]
    assert [a.title for a in read_articles] == ["Letter 1", "Letter 2", "Letter 3"]
    assert read_articles[0].paragraphs == ("One line.", "From here on it is quoted.")
    lines = data.split(b"\n")
    assert all(lines[a.line - 2].startswith(b"From ") for a in read_articles)
    path = tmp_path / "box"
    path.write_bytes(data)
    assert told([path]).rows[0][1] == "mbox"


class Pieces(io.BytesIO):
    """A file that is read in pieces."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(self.size)


def test_a_mailbox_is_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            return mbox(plain())

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Endless()))
    found = pages(["-"])
    assert [isinstance(next(found), Page) for _ in range(50)] == [True] * 50


def test_a_line_of_text_that_begins_like_a_message(tmp_path: Path) -> None:
    text = "One.\nFrom the harbour of 2024\n\nFrom now on\n"
    box = read(tmp_path / "box", mbox(plain(text=text)))
    assert len(box) == 1
    assert len(article(tmp_path / "letter", mbox(plain())[0:0] + plain(text=text)).paragraphs) == 3


def test_a_message_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_MESSAGE", 2000)
    first, skipped, last = read(tmp_path / "box", mbox(plain(), plain(text="long " * 900), plain("Last")))
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "too-large"
    assert isinstance(first, Page)
    assert isinstance(last, Page)
    assert last.articles[0].title == "Last"


def nested(depth: int) -> bytes:
    head = plain().split(b"\r\n\r\n")[0].split(b"\r\nContent-Type")[0]
    parts = b"".join(
        b"\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d" % (level, level) for level in range(depth)
    )
    return head + parts + b"\r\nContent-Type: text/plain\r\n\r\n" + PLAIN.encode()


def test_parts_within_parts(tmp_path: Path) -> None:
    assert article(tmp_path / "letter", nested(5)).paragraphs == PARAGRAPHS
    skipped, page = read(tmp_path / "box", mbox(nested(5000), plain()))
    assert isinstance(skipped, Skipped)
    assert (skipped.reason, skipped.source) == ("broken-mail", f"{tmp_path / 'box'}:2")
    assert isinstance(page, Page)


def test_a_message_that_is_nested_as_deep_as_the_parser_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_deep(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(mail, "_parts", too_deep)
    [skipped] = read(tmp_path / "letter", plain())
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "broken-mail"


def test_a_message_with_nothing_in_it(tmp_path: Path) -> None:
    letter = message()
    del letter["Subject"]
    [skipped] = read(tmp_path / "letter", letter.as_bytes() + b"\r\n")
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "no-text"


def test_furniture_of_a_newsletter(tmp_path: Path) -> None:
    letter = message()
    letter.set_content(HTML + "<p>© 2024 Harbour Press</p><p>All rights reserved</p>", subtype="html")
    [page] = read(tmp_path / "letter", letter.as_bytes())
    assert isinstance(page, Page)
    assert page.articles[0].paragraphs == PARAGRAPHS
    assert [text for _, text in page.furniture] == ["© 2024 Harbour Press", "All rights reserved"]
    assert page.lines == 5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=25))
def test_any_bytes_are_no_crash(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    for whole in (data, plain()[:-30] + data, mbox(plain(), data)):
        found = list(mail.read(Input("box", Pieces(whole, 1 << 20)), Options()))
        assert all(isinstance(item, Page | Skipped) for item in found)
        assert found


@pytest.mark.parametrize(
    "text",
    [
        f"From: Anna Berg\nDate: 3 May 2024\n\n{PLAIN}",
        f"Subject: Bridges\n\n{PLAIN}",
        f"From the harbour in 2024\n\n{PLAIN}",
        f"Content-Type: text/plain\n\n{PLAIN}",
    ],
)
def test_other_text_is_not_taken(tmp_path: Path, text: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(text)
    assert told([path]).rows[0][1] == "text"


@settings(max_examples=60)
@given(st.lists(st.sampled_from([b"a", b"\r", b"\n", b"b\r\n"]), max_size=8))
def test_lines_are_the_same_however_they_come(pieces: list[bytes]) -> None:
    assert list(mail._lines(iter(pieces))) == b"".join(pieces).splitlines(keepends=True)


def test_a_line_without_end_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_MESSAGE", 100)
    assert max(map(len, mail._lines(iter([b"x" * 10] * 100)))) <= 110
