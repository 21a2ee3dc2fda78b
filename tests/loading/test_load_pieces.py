"""What is read piece by piece, in one process or in several, and what is known of a page that was got from the web."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsmine.loading import pages, warc
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.loading.pieces import Piece, Splitter, read_piece
from newsmine.loading.sniff import sniff
from newsmine.records import Page, Skipped

URL = "https://www.ellery-times.example/news/bridge"
SENTENCES = (
    "The mayor of Port Ellery opened the harbour bridge on Friday, and car number {} was the first to cross it.",
    "It took {} years to build the bridge, which carries four lanes of traffic and a path for those who walk or ride.",
    "Shops in Harbour Street had complained to the council {} times about the noise of the works.",
    "The ferry that has crossed the water for a century makes its last trip in {} days, with a band playing on deck.",
)


def html(number: int = 1, head: str = "", shown: str = "") -> bytes:
    text = "".join(f"<p>{sentence.format(number)}</p>" for sentence in SENTENCES)
    listed = "".join(
        f'<li><a href="/news/{n}">The harbour bridge stays open on day {n} of spring</a> <time>{shown}</time></li>'
        for n in range(1, 5)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>Bridge {number} opens after ten years</title>{head}</head><body>"
        f"<article><h1>Bridge {number} opens after ten years</h1>{text}</article><h2>Latest news</h2><ul>{listed}</ul>"
        "</body></html>"
    ).encode()


def response(body: bytes, url: str = URL, moment: str = "2024-05-03T10:00:00Z") -> bytes:
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {moment}\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(data: bytes, options: Options | None = None) -> list[Page | Skipped]:
    return list(warc.read(Input("a.warc", io.BytesIO(data)), options or Options()))


def only(data: bytes, options: Options | None = None) -> Page:
    [page] = read(data, options)
    assert isinstance(page, Page)
    return page


def test_web_archives_are_read_in_several_processes_with_the_same_outcome(tmp_path: Path) -> None:
    """Pages, losses and files stand in the same order; what is lost of a record stays beside it."""
    cut = html(99)
    archive = b"".join(gzip.compress(response(html(n), f"{URL}/{n}")) for n in range(26))
    archive += gzip.compress(response(b"<html><body></body></html>")) + gzip.compress(response(cut)[:-200])
    (tmp_path / "a.warc.gz").write_bytes(archive)
    (tmp_path / "b.html").write_bytes(html(50))
    (tmp_path / "c.jsonl").write_text('{"title": "Ferry"}\n')
    (tmp_path / "d.warc").write_bytes(response(html(51)) + b"damage " * 20 + b"\n" + response(html(52)))
    one = list(pages([tmp_path], jobs=1, fast=True))
    assert list(pages([tmp_path], jobs=2, fast=True)) == one
    assert [page.source.path for page in one if isinstance(page, Page)][:2] == [
        f"{tmp_path}/a.warc.gz:1",
        f"{tmp_path}/a.warc.gz:2",
    ]
    assert [page.reason for page in one if isinstance(page, Skipped)] == ["no-text", "truncated", "damaged"]
    assert sum(isinstance(page, Page) for page in one) == 31


def test_of_a_web_archive_one_page_after_the_other_is_held() -> None:
    """Not the whole of it is gone through before the first page is there."""
    asked: list[int] = []

    class Endless(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            asked.append(1)
            return response(html(len(asked)))

    pieces = warc.pieces(Input("a.warc", Endless()), Options())
    for _ in range(3):
        assert isinstance(next(pieces), Piece)
    assert len(asked) < 10


def test_only_web_archives_are_split() -> None:
    def is_split(data: bytes) -> bool:
        told = sniff(Input("x", io.BytesIO(data)), Options())
        return isinstance(told, tuple) and isinstance(told[1], Splitter)

    assert is_split(response(html()))
    assert not is_split(html())
    assert not is_split(b'{"title": "Ferry"}\n')


def test_hours_ago_count_from_the_moment_of_the_crawl() -> None:
    page = only(response(html(shown="3 hours ago"), moment="2024-05-03T10:20:00Z"))
    stamp = page.headlines[0].published
    assert stamp is not None
    assert (stamp.value, stamp.zone) == ("2024-05-03T07", "Z")
    page = only(response(html(shown="vor 2 Tagen"), moment="2024-05-03T10:20:00Z"))
    assert [headline.published and headline.published.iso for headline in page.headlines] == ["2024-05-01"] * 4


def test_a_moment_that_the_caller_names_goes_before_that_of_the_crawl() -> None:
    page = only(response(html(shown="3 hours ago")), Options(as_of=datetime(2023, 1, 2, 12, 0)))
    stamp = page.headlines[0].published
    assert stamp is not None
    assert (stamp.value, stamp.zone) == ("2023-01-02T09", None)


@pytest.mark.parametrize(
    "moment", ["", "yesterday", "2024", "2024-05-03", "2024-05-03T10:20:00", "2024-13-03T10:20:00Z"]
)
def test_a_crawl_whose_moment_is_not_known_dates_nothing(moment: str) -> None:
    stamp = only(response(html(shown="3 hours ago"), moment=moment)).headlines[0].published
    assert stamp is not None
    assert stamp.value is None


def test_a_moment_of_crawl_with_another_offset() -> None:
    stamp = only(response(html(shown="3 hours ago"), moment="2024-05-03T10:20:00.5+02:00")).headlines[0].published
    assert stamp is not None
    assert (stamp.value, stamp.zone) == ("2024-05-03T05", "Z")


def test_the_text_of_a_crawl_has_its_moment_and_address_too() -> None:
    text = b"Harbour bridge opens after ten years\n\n3 hours ago\n\n" + SENTENCES[0].encode()
    data = response(b"").replace(b"response", b"conversion").split(b"\r\n\r\n")[0]
    data = data.replace(b"application/http", b"text/plain")
    data = data[: data.rindex(b":")] + b": %d\r\n\r\n" % len(text) + text
    [article] = only(data).articles
    assert article.published is not None
    assert (article.published.iso, article.url) == ("2024-05-03T07Z", URL)


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", URL),
        (f'<link rel="canonical" href="{URL}/own">', f"{URL}/own"),
    ],
)
def test_the_address_of_a_page_is_its_own_else_that_it_was_got_from(head: str, url: str) -> None:
    page = only(response(html(head=head)))
    assert page.articles[0].url == url
    assert page.source.publisher == page.articles[0].source.publisher == "ellery-times.example"
    assert page.headlines[0].url == "https://www.ellery-times.example/news/1"


def test_an_address_that_is_none_harms_nothing() -> None:
    page = only(response(html(), url="https://["))
    assert (page.articles[0].url, page.source.publisher) == (None, None)
    assert page.headlines[0].url == "/news/1"


def test_the_records_of_a_file_do_not_take_its_address() -> None:
    """A feed and what an interface answers are got from one address, their articles are not."""
    data = b'{"title": "Ferry", "text": "It sank."}\n'
    piece = Piece("x", data, "newsmine.loading.jsonl", url=URL, seen=datetime(2024, 5, 3, 10, 0, tzinfo=UTC))
    [page] = read_piece(piece, Options())
    assert isinstance(page, Page)
    assert page.articles[0].url is None
