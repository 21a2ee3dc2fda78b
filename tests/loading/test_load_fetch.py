import http.server
import importlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsmine.loading import pages
from newsmine.loading.inputs import Input, inputs
from newsmine.records import Page, Skipped

FETCH = importlib.import_module("newsmine.loading.fetch")
STORY = (
    "Harbour bridge opens after ten years\n\n3 May 2024 - 10:00\n\n"
    "The mayor of Port Ellery opened the harbour bridge on Friday morning.\n"
)
ROBOTS = "User-agent: *\nDisallow: /closed/\n\nUser-agent: newsmine\nDisallow: /not-us/\nAllow: /\n"
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A web server on the loopback device: answers by path, and the requests that came."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        self.requests: list[tuple[str, str | None]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.requests.append((self.path, self.headers["User-Agent"]))
                answer = site.answers.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("no_proxy", "*")
    site = Site()
    site.answers["/page"] = 200, {}, STORY.encode()
    yield site
    site.close()


def fetch(url: str) -> tuple[str, str]:
    """Return the reason why nothing was fetched, and the hint."""
    [item] = inputs([url], fetch=True)
    assert isinstance(item, Skipped)
    assert item.source == url
    return item.reason, item.hint


def fetched(url: str) -> bytes | None:
    [item] = inputs([url], fetch=True)
    assert isinstance(item, Input)
    assert item.path == url
    return item.whole()


def test_a_page_from_the_web(site: Site) -> None:
    [page] = pages([f"{site.url}/page"], fetch=True)
    assert isinstance(page, Page)
    assert page.source.path == f"{site.url}/page"
    assert page.articles[0].title == "Harbour bridge opens after ten years"
    paths, agents = zip(*site.requests, strict=True)
    assert paths == ("/robots.txt", "/page")
    assert all(agent.startswith("newsmine/") and agent != "newsmine/" for agent in agents)


def test_a_page_that_states_no_address_has_the_one_that_it_was_got_from(site: Site) -> None:
    text = b"<p>The mayor of Port Ellery opened the harbour bridge on Friday morning, three years late.</p>"
    page = b"<html><head><title>Bridge opens after ten years</title>%s</head><body><article>%s</article></body></html>"
    site.answers["/a.html"] = 302, {"Location": "/news/b.html?id=7"}, b""
    site.answers["/news/b.html?id=7"] = 200, {}, page % (b"", text)
    site.answers["/c.html"] = 200, {}, page % (b'<link rel="canonical" href="https://ellery.example/own">', text)
    found = list(pages([f"{site.url}/{name}" for name in ("a.html", "c.html", "page")], fetch=True))
    assert [(page.articles[0].url, page.source.publisher) for page in found if isinstance(page, Page)] == [
        (f"{site.url}/news/b.html?id=7", "127.0.0.1"),
        ("https://ellery.example/own", "ellery.example"),
        (f"{site.url}/page", "127.0.0.1"),
    ]
    assert next(page.source.path for page in found if isinstance(page, Page)) == f"{site.url}/a.html"


def test_links_of_a_feed_that_names_no_site_are_completed_from_its_address(site: Site) -> None:
    site.answers["/rss/all.xml"] = (
        200,
        {},
        b"<rss><channel><item><title>Ferry sinks</title><link>/7</link></item></channel></rss>",
    )
    [page] = pages([f"{site.url}/rss/all.xml"], fetch=True)
    assert isinstance(page, Page)
    assert (page.headlines[0].url, page.source.publisher) == (f"{site.url}/7", "127.0.0.1")


def test_hours_ago_count_from_the_moment_of_fetching(site: Site) -> None:
    site.answers["/page"] = 200, {}, STORY.replace("3 May 2024 - 10:00", "2 days ago").encode()
    before = datetime.now(UTC)
    [page] = pages([f"{site.url}/page"], fetch=True)
    days = {f"{moment - timedelta(days=2):%Y-%m-%d}" for moment in (before, datetime.now(UTC))}
    assert isinstance(page, Page)
    assert page.articles[0].published is not None
    assert page.articles[0].published.value in days


def test_the_encoding_that_the_server_states_is_kept(site: Site) -> None:
    site.answers["/page"] = 200, {"Content-Type": "text/html; charset=ISO-8859-2"}, b"x"
    [item] = inputs([f"{site.url}/page"], fetch=True)
    assert isinstance(item, Input)
    assert item.charset == "iso-8859-2"


def test_nothing_is_fetched_unless_it_is_asked_for(site: Site) -> None:
    [skipped] = pages([f"{site.url}/page"])
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "web-address"
    assert not site.requests


def test_an_address_named_twice_is_fetched_once(site: Site) -> None:
    assert len(list(inputs([f"{site.url}/page"] * 2, fetch=True))) == 1


def test_robots(site: Site) -> None:
    site.answers["/robots.txt"] = 200, {}, ROBOTS.encode()
    site.answers["/not-us/page"] = site.answers["/closed/page"] = 200, {}, b"x"
    assert fetch(f"{site.url}/not-us/page")[0] == "robots"
    assert fetched(f"{site.url}/closed/page") == b"x"  # of two groups, the one that names us counts
    assert [path for path, _ in site.requests if path != "/robots.txt"] == ["/closed/page"]


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(404, True), (410, True), (401, False), (403, False), (429, False), (500, False), (503, False)],
)
def test_a_site_whose_robots_cannot_be_read(site: Site, status: int, allowed: bool) -> None:
    site.answers["/robots.txt"] = status, {}, b""
    if allowed:
        assert fetched(f"{site.url}/page") == STORY.encode()
    else:
        assert fetch(f"{site.url}/page")[0] == "robots"


def test_redirects_are_followed_and_asked_for_again(site: Site) -> None:
    site.answers["/robots.txt"] = 302, {"Location": "/r.txt"}, b""
    site.answers["/r.txt"] = 200, {}, ROBOTS.encode()
    site.answers["/a"] = 301, {"Location": "/b"}, b""
    site.answers["/b"] = 307, {"Location": f"{site.url}/page"}, b""
    site.answers["/c"] = 302, {"Location": "/not-us/page"}, b""
    assert fetched(f"{site.url}/a") == STORY.encode()
    assert fetch(f"{site.url}/c")[0] == "robots"


@pytest.mark.parametrize(
    ("location", "words"),
    [("/a", "more than 5 redirects"), ("file:///etc/passwd", "no web page"), ("ftp://127.0.0.1/x", "no web page")],
)
def test_redirects_that_lead_nowhere(site: Site, location: str, words: str) -> None:
    site.answers["/a"] = 302, {"Location": location}, b""
    reason, hint = fetch(f"{site.url}/a")
    assert reason == "fetch-failed"
    assert words in hint


@pytest.mark.parametrize(("status", "words"), [(404, "404 Not Found"), (500, "500 Internal"), (204, "204 No Content")])
def test_an_answer_that_is_no_page(site: Site, status: int, words: str) -> None:
    site.answers["/page"] = status, {}, b""
    reason, hint = fetch(f"{site.url}/page")
    assert reason == "fetch-failed"
    assert words in hint


def test_a_page_that_is_too_large(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FETCH, "MAX_FETCHED", len(STORY.encode()))
    assert fetched(f"{site.url}/page") == STORY.encode()
    monkeypatch.setattr(FETCH, "MAX_FETCHED", len(STORY.encode()) - 1)
    assert fetch(f"{site.url}/page")[0] == "too-large"


def test_a_page_that_is_cut_off(site: Site) -> None:
    site.answers["/page"] = 200, {"Content-Length": "1000"}, b"only this"
    assert fetch(f"{site.url}/page")[0] == "fetch-failed"


def test_a_server_that_never_ends(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def trickle(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not ended.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    site.answers["/page"] = trickle
    monkeypatch.setattr(FETCH, "MAX_SECONDS", 0.3)
    start = time.monotonic()
    try:
        reason, hint = fetch(f"{site.url}/page")
        assert time.monotonic() - start < 5
    finally:
        ended.set()
    assert reason == "fetch-failed"
    assert "within 0.3 seconds" in hint


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:99999/", "http://\x00/", "https://a b/"])
def test_addresses_that_are_none(url: str) -> None:
    assert fetch(url)[0] == "fetch-failed"


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert fetch(f"http://127.0.0.1:{port}/page")[0] == "fetch-failed"


def test_only_web_addresses_are_fetched(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(STORY)
    assert fetch(f"file://{tmp_path}/page")[0] == "not-found"
