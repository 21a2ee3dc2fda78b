import gzip
import hashlib
import importlib
import io
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.loading import html, pages
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.loading.sniff import Head, Told
from newsmine.loading.warc import read, tell
from newsmine.records import Article, Headline, Page, Skipped, Source, content_id

WARC = importlib.import_module("newsmine.loading.warc")
RECORDS = importlib.import_module("newsmine.loading.warc_records")
URL = "https://www.ellery-times.example/news/bridge"
HTML = (
    "<!DOCTYPE html><html lang=en><head><title>Harbour bridge opens</title></head><body><article>"
    "<h1>Harbour bridge opens after ten years</h1>"
    + "<p>The mayor of Port Ellery opened the harbour bridge on Friday morning, café owners said.</p>" * 5
    + "</article></body></html>"
).encode()
STORY = (
    "Harbour bridge opens after ten years\n\n3 May 2024 - 10:00\n\n"
    "The mayor of Port Ellery opened the harbour bridge on Friday morning.\n"
)


def record(kind: str, content: bytes, *headers: str, length: int | None = None, url: str = URL) -> bytes:
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-05-03T10:00:00Z",
        f"Content-Length: {len(content) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def response(
    body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html", length: int | None = None
) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers])
    return record("response", head.encode() + b"\r\n\r\n" + body, "Content-Type: application/http", length=length)


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Reader:
    """Stands for the reader of HTML: it shows what it was given."""

    def tell(self, head: Head, options: Options) -> Told | None:
        return Told("html", "") if head.data.lstrip().startswith(b"<") else None

    def read(self, item: Input, options: Options) -> Iterator[Page | Skipped]:
        data = item.whole() or b""
        source = Source(item.path, None, hashlib.sha256(data).hexdigest())
        article = Article("id", source, data.decode("utf-8", "replace"), language=item.charset)
        listed = Headline("Listed", "Listed", source, "latest")
        yield Page(source, "html", "utf-8", len(data), (article,), (listed,), (), 1, 0)


@pytest.fixture(autouse=True)
def html_reader(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "real_html" not in request.fixturenames:
        monkeypatch.setattr(html, "tell", Reader().tell)
        monkeypatch.setattr(html, "read", Reader().read)


@pytest.fixture
def real_html() -> None:
    """The reader of HTML itself."""


def found(data: bytes) -> list[Page | Skipped]:
    return list(read(Input("a.warc", io.BytesIO(data)), Options()))


def bodies(data: bytes) -> list[str]:
    """Return the content of each page, and the reason for each that is none."""
    return [str(page.articles[0].title) if isinstance(page, Page) else page.reason for page in found(data)]


def test_it_is_told_by_its_first_line() -> None:
    def told(data: bytes) -> str | None:
        result = tell(Head(Input("x", io.BytesIO(data)), Options()), Options())
        return result and result.name

    assert told(record("warcinfo", b"")) == told(b"\r\nWARC/1.1\nx") == "warc"
    assert told(b"WARC/1.0 is a format") is told(b"<WARC/1.0\r\n") is told(b"") is None


def test_the_pages_of_a_web_archive() -> None:
    data = (
        record("warcinfo", b"software: x\r\n")
        + record("request", b"GET / HTTP/1.1\r\n\r\n")
        + response(b"<p>one</p>", kind="text/html; charset=Windows-1251")
        + record("metadata", b"")
        + record("resource", b"<p>two</p>", "Content-Type: text/html")
    )
    one, two = found(data)
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert (one.source.path, two.source.path) == ("a.warc:3", "a.warc:5")
    assert one.source.publisher == one.articles[0].source.publisher == "ellery-times.example"
    assert one.headlines[0].source == one.source
    assert (one.articles[0].url, one.articles[0].language) == (URL, "windows-1251")
    assert one.articles[0].id == content_id("article", "ellery-times.example", "<p>one</p>", None, None, ())
    assert one.source.digest != two.source.digest


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
def test_gzipped_record_by_record(tmp_path: Path, newline: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    one, two = response(b"<p>one</p>"), response(b"<p>two</p>")
    if newline == b"\n":
        one = record("resource", b"<p>one</p>", "Content-Type: text/html").replace(b"\r\n", b"\n")
    path.write_bytes(gzip.compress(record("warcinfo", b"x")) + gzip.compress(one) + gzip.compress(two))
    loaded = list(pages([path]))
    assert [page.source.path for page in loaded if isinstance(page, Page)] == [f"{path}:2", f"{path}:3"]
    path.write_bytes(path.read_bytes()[:-20])
    assert [page.reason for page in pages([path]) if isinstance(page, Skipped)] == ["truncated", "truncated"]


def test_texts_that_were_taken_from_pages() -> None:
    data = record("conversion", STORY.encode(), "Content-Type: text/plain")
    [page] = found(record("warcinfo", b"x") + data)
    assert isinstance(page, Page)
    assert page.reader == "text"
    assert page.articles[0].title == "Harbour bridge opens after ten years"
    assert (page.articles[0].url, page.source.publisher) == (URL, "ellery-times.example")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Transfer-Encoding: chunked"], chunked(HTML)),
        (["Content-Encoding: gzip"], gzip.compress(HTML)),
        (["content-encoding: GZIP", "transfer-encoding: Chunked"], chunked(gzip.compress(HTML))),
        (["Content-Encoding: deflate"], zlib.compress(HTML)),
        (["Content-Encoding: deflate"], zlib.compress(HTML)[2:-4]),
        (["Content-Encoding: gzip", "Transfer-Encoding: chunked"], HTML),  # a crawler that stores pages decoded
        (["Content-Encoding: br"], HTML),
        (["Content-Encoding: identity"], HTML),
    ],
)
def test_payloads_are_decoded(headers: list[str], body: bytes) -> None:
    assert bodies(response(body, *headers)) == [HTML.decode()]


def test_what_is_no_page_is_counted_once() -> None:
    data = (
        response(b"\x89PNG", kind="image/png") * 3
        + response(b"body {}", kind="text/css")
        + response(b"<p>Not found</p>", status="404 Not Found")
        + response(b"", "Location: /x", status="301 Moved")
        + response(b"\x89PNG", kind="text/html")
        + response(b"<p>one</p>")
    )
    page, skipped = found(data)
    assert isinstance(page, Page)
    assert isinstance(skipped, Skipped)
    assert (skipped.source, skipped.reason) == ("a.warc", "not-a-page")
    assert skipped.hint == "5 responses in it are no pages: image/png 3, text/css 1, text/html 1"


def test_a_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WARC, "MAX_PAGE", 1000)
    monkeypatch.setattr(RECORDS, "MAX_PAGE", 1000)
    large = b"<p>" + b"x" * 2000
    packed = response(gzip.compress(large), "Content-Encoding: gzip")
    picture = response(large, kind="image/png")
    assert bodies(response(large) + packed + picture + response(b"<p>one</p>")) == [
        "too-large",
        "too-large",
        "<p>one</p>",
        "not-a-page",
    ]


def test_a_bomb_in_a_payload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("newsmine.loading.limits"), "FREE_BYTES", 2**16)
    data = response(gzip.compress(bytes(5_000_000)), "Content-Encoding: gzip")
    assert bodies(data + response(b"<p>one</p>")) == ["bomb", "<p>one</p>"]


@pytest.mark.parametrize("cut", [30, 5])
def test_a_record_that_is_cut_off(cut: int) -> None:
    data = response(b"<p>one</p>") + response(b"<p>two, and more of it, and more</p>")
    one, two, lost = found(data[:-cut])
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert str(two.articles[0].title).startswith("<p>two")
    assert isinstance(lost, Skipped)
    assert (lost.source, lost.reason) == ("a.warc", "truncated")
    assert f"record 2 lacks {cut - 4} of" in lost.hint


def test_a_file_that_ends_in_the_headers_of_a_record() -> None:
    assert bodies(response(b"<p>one</p>") + b"WARC/1.0\r\nWARC-Type: res") == ["<p>one</p>", "truncated"]


@pytest.mark.parametrize("length", [2, 60])
def test_a_length_that_is_wrong(length: int) -> None:
    """The next record is found again."""
    data = response(b"<p>one is longer than it says, and much so, by far</p>", length=length)
    assert bodies(data + response(b"<p>two</p>"))[-2:] == ["damaged", "<p>two</p>"]


@pytest.mark.parametrize("by", [-9, -1, 5, 40, 200, 10**6, 10**15])
def test_a_length_that_is_wrong_takes_in_no_other_record(by: int) -> None:
    two = response(b"<p>two</p>")
    length = len(two.split(b"\r\n\r\n", 1)[1]) - 4
    two = two.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + by))
    assert bodies(response(b"<p>one</p>") + two + response(b"<p>three</p>") + response(b"<p>four</p>")) == [
        "<p>one</p>",
        "<p>two</p>\r\n\r\n",
        "damaged",
        "<p>three</p>",
        "<p>four</p>",
    ]


def test_lengths_that_are_all_wrong_take_no_quadratic_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RECORDS, "_SECOND_READING", 1000)
    data = record("metadata", b"x", length=10**9) * 200
    assert bodies(data) == ["damaged", "truncated"]
    assert bodies(record("metadata", b"x").replace(b": 1\r\n", b": " + b"9" * 5000 + b"\r\n")) == ["damaged"]


@pytest.mark.parametrize("between", [bytes(1000), b"damage and more of it\n" * 20, b"damage\r\n\r\n" * 20])
def test_the_first_record_behind_what_is_none(between: bytes) -> None:
    data = response(b"<p>one</p>") + between + response(b"<p>two</p>") + response(b"<p>three</p>")
    assert bodies(data) == ["<p>one</p>", "damaged", "<p>two</p>", "<p>three</p>"]


@pytest.mark.parametrize("place", [30, -6])
def test_a_damaged_record_among_gzipped_ones(tmp_path: Path, place: int) -> None:
    """It costs no more than itself; if only its sum is wrong, not even that."""
    members = [gzip.compress(response(b"<p>%d</p>" % n)) for n in range(5)]
    damaged = bytearray(members[2])
    damaged[place] ^= 0xFF
    members[2] = bytes(damaged)
    (tmp_path / "a.warc.gz").write_bytes(b"".join(members))
    loaded = list(pages([tmp_path]))
    titles = [page.articles[0].title for page in loaded if isinstance(page, Page)]
    assert [title for title in titles if title != "<p>2</p>"] == [f"<p>{n}</p>" for n in (0, 1, 3, 4)]
    assert ("<p>2</p>" in titles) == (place < 0)
    assert {page.reason for page in loaded if isinstance(page, Skipped)} == {"damaged"}


def test_a_record_without_a_length() -> None:
    data = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>lost</p>\r\n\r\n"
    assert bodies(data + response(b"<p>two</p>")) == ["damaged", "<p>two</p>"]


def test_headers_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RECORDS, "_LONGEST_HEADER", 1000)
    data = b"WARC/1.0\r\n" + b"X: y\r\n" * 1000
    assert bodies(data + b"\r\n" + response(b"<p>two</p>")) == ["damaged", "<p>two</p>"]


def test_a_page_that_the_crawler_cut_off() -> None:
    data = record("resource", b"<p>one", "Content-Type: text/html", "WARC-Truncated: length")
    assert bodies(data) == ["<p>one", "truncated"]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_file_that_comes_in_pieces(size: int) -> None:
    class Slow(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return super().read1(size)

    data = record("warcinfo", b"x") + response(b"<p>one</p>") + b"\r\n" + response(b"<p>two</p>")
    titles = [page.articles[0].title for page in read(Input("a", Slow(data)), Options()) if isinstance(page, Page)]
    assert titles == ["<p>one</p>", "<p>two</p>"]


def test_a_page_keeps_the_address_and_publisher_that_it_states(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stating(Reader):
        def read(self, item: Input, options: Options) -> Iterator[Page | Skipped]:
            source = Source(item.path, "Ellery Times", "digest")
            article = Article("id", source, "Title", url="https://ellery.example/own")
            yield Page(source, "html", "utf-8", 1, (article,), (), (), 1, 0)

    monkeypatch.setattr(html, "read", Stating().read)
    [page] = found(response(HTML))
    assert isinstance(page, Page)
    assert (page.source.publisher, page.articles[0].url) == ("Ellery Times", "https://ellery.example/own")


def test_random_damage_never_raises() -> None:
    source = random.Random(1)
    whole = record("warcinfo", b"x") + response(chunked(gzip.compress(HTML)), "Content-Encoding: gzip")
    whole += response(HTML, "Transfer-Encoding: chunked") + record("conversion", STORY.encode())
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(source.randint(1, 10)):
            data[source.randrange(len(data))] = source.randrange(256)
        found(bytes(data[: source.randint(100, len(data))]))


@pytest.mark.usefixtures("real_html")
def test_with_the_reader_of_html() -> None:
    data = response(gzip.compress(HTML), "Content-Encoding: gzip")
    [page] = read(Input("a.warc", io.BytesIO(data)), Options(fast=True))
    assert isinstance(page, Page)
    assert page.articles[0].title == "Harbour bridge opens after ten years"
    assert "café owners" in page.articles[0].paragraphs[0]
