"""A page from the web, only when it is asked for: politely, and within bounds of size and time."""

import http.client
import io
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import IO
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from newsmine.loading.inputs import Input
from newsmine.loading.limits import Reason
from newsmine.records import Skipped

MAX_FETCHED = 16 * 2**20
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
_MAX_ROBOTS = 2**19
_AGENT = "newsmine"
_TOO_LARGE: Reason = ("too-large", f"the limit of what is fetched is {MAX_FETCHED // 2**20} MiB: save it as a file")
_ROBOTS: Reason = ("robots", "the site asks programs not to read this page (robots.txt): save it with a browser")
_REDIRECTED = (301, 302, 303, 307, 308)

# What urllib lets through besides its own errors, which are OSErrors.
_ERRORS = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server sent: the status, where it leads if it is a redirect, the body, its encoding and its address."""

    status: int
    location: str | None
    data: bytes = b""
    charset: str | None = None
    url: str = ""


def fetched(url: str) -> Input | Skipped:
    """Return the page at a web address, or why it could not be had; a redirect is followed, its site asked as well.

    The page has the address that it was got from in the end. Whatever the server does, it takes `MAX_SECONDS` at most.
    """
    found = _within(MAX_SECONDS, lambda: _follow(url))
    if isinstance(found, _Answer):
        seen = datetime.now(UTC).replace(microsecond=0)
        return Input(url, io.BytesIO(found.data), charset=found.charset, url=found.url, seen=seen)
    return Skipped(url, *found)


def _within(seconds: float, work: Callable[[], _Answer | Reason]) -> _Answer | Reason:
    """Return what the work gives, if it is done in time; what is late is left to itself, and ends with the process.

    A timeout of the socket alone is one for each read: a server that sends a byte now and then would go on forever.
    """
    results: list[_Answer | Reason] = []

    def run() -> None:
        try:
            results.append(work())
        except _ERRORS as error:
            results.append(_failed(str(getattr(error, "reason", error)) or type(error).__name__))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return results[0] if results else _failed(f"no answer within {seconds:g} seconds")


def _failed(why: str) -> Reason:
    return "fetch-failed", f"{why}: try again later, or save the page as a file"


def _follow(url: str) -> _Answer | Reason:
    for _ in range(MAX_REDIRECTS + 1):
        if urlsplit(url).scheme not in ("http", "https"):
            return _failed(f"it leads to {url[:80]}, which is no web page")
        if not _is_allowed(url):
            return _ROBOTS
        answer = _get(url, MAX_FETCHED)
        if answer.location:
            url = urljoin(url, answer.location)
        elif answer.status != 200:
            words = http.client.responses.get(answer.status, "")
            return _failed(f"the server answers {answer.status} {words}".rstrip())
        else:
            return answer if len(answer.data) <= MAX_FETCHED else _TOO_LARGE
    return _failed(f"more than {MAX_REDIRECTS} redirects")


def _is_allowed(url: str) -> bool:
    """Tell whether the site's robots.txt lets us read the page; one that forbids to read it forbids all."""
    address = urljoin(url, "/robots.txt")
    for _ in range(MAX_REDIRECTS + 1):
        answer = _get(address, _MAX_ROBOTS)
        if not answer.location:
            break
        address = urljoin(address, answer.location)
        if urlsplit(address).scheme not in ("http", "https"):
            return False
    if answer.status != 200:
        return 400 <= answer.status < 500 and answer.status not in (401, 403, 429)
    robots = RobotFileParser()
    robots.parse(answer.data[:_MAX_ROBOTS].decode("utf-8", "replace").splitlines())
    return robots.can_fetch(_AGENT, url)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to the caller, who looks where they lead."""

    def redirect_request(
        self, req: object, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> None:
        return None


def _get(url: str, most: int) -> _Answer:
    """Return the answer to one request, its body cut off one byte after `most`."""
    agent = f"{_AGENT}/{version('newsmine')}"
    request = urllib.request.Request(url, headers={"User-Agent": agent, "Accept": "text/html, */*;q=0.5"})
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=MAX_SECONDS) as answer:
            data = answer.read(most + 1)
            expected = answer.headers.get("Content-Length", "")
            if expected.isdigit() and len(data) < min(int(expected), most):
                raise http.client.IncompleteRead(data)
            return _Answer(answer.status, None, data, answer.headers.get_content_charset(), url)
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, error.headers.get("Location") if error.code in _REDIRECTED else None)
