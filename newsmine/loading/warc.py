"""Web archives: the HTML pages in a WARC file, and the texts in a WET file, each a page of its own.

A record is read by its declared length, so that one that is cut off is known for it (libraries end there silently).
What stands between two records because a length was wrong is passed over, and said.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from newsmine.loading import text
from newsmine.loading.expand import DEFLATE, GZIP, ZLIB, ZSTD, Method, Stream, expanded
from newsmine.loading.inputs import Input
from newsmine.loading.limits import BOMB, Meter, Reason, RefusedError
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.loading.sniff import Head, Told, sniff
from newsmine.records import Article, Page, Skipped, content_id

MAX_PAGE = 16 * 2**20
_TOO_LARGE: Reason = ("too-large", f"the limit of a page in a web archive is {MAX_PAGE // 2**20} MiB")
_START = re.compile(rb"\s*WARC/[01]\.\d+\r?\n")
_NEXT = re.compile(rb"(?:^|\n)WARC/[01]\.\d+\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADER = 2**16
_VERSION_LINE = 64
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]*\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CODINGS: Mapping[str, tuple[Method, ...]] = {
    "gzip": (GZIP,),
    "x-gzip": (GZIP,),
    "deflate": (ZLIB, DEFLATE),
    "zstd": (ZSTD,),
}
_SHOWN_TYPES = 3


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its place in the file, its headers in lower case, its content, and how much of that is missing."""

    number: int
    headers: Mapping[str, str]
    content: bytes
    is_cut: bool
    is_too_large: bool


@dataclass(frozen=True, slots=True)
class _Payload:
    """What a record holds: the bytes, what type of content they are said to be, and in which encoding."""

    data: bytes
    kind: str
    charset: str | None = None


def tell(head: Head, options: Options) -> Told | None:
    """Return "warc" for what begins with the version line of a WARC record."""
    return Told("warc", "it begins with a WARC record") if _START.match(head.item.peek(_VERSION_LINE)) else None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the pages of the responses that are HTML and of the texts; of the rest, how many of what type there are.

    The path of a page is the file's with the number of its record.
    """
    others: Counter[str] = Counter()
    found = _records(item)
    for record in found:
        if isinstance(record, Skipped):
            yield record
            continue
        payload = _payload(record)
        if isinstance(payload, _Payload):
            pages = list(_pages(payload, f"{item.path}:{record.number}", record, options))
            yield from pages
            if not pages:
                others[payload.kind or "unknown"] += 1
        elif payload:
            yield Skipped(f"{item.path}:{record.number}", *payload)
    if others:
        shown = ", ".join(f"{kind} {count}" for kind, count in others.most_common(_SHOWN_TYPES))
        more = ", …" if len(others) > _SHOWN_TYPES else ""
        yield Skipped(item.path, "not-a-page", f"{others.total()} responses in it are no pages: {shown}{more}")


def _pages(payload: _Payload, path: str, record: _Record, options: Options) -> Iterator[Page | Skipped]:
    item = Input(path, io.BytesIO(payload.data), charset=payload.charset)
    url = record.headers.get("warc-target-uri", "").strip("<> ") or None
    if record.headers["warc-type"] == "conversion":
        found = text.read(item, options)
    else:
        told = sniff(item, options) if "html" in payload.kind or not payload.kind else None
        if not isinstance(told, tuple) or told[0].name != "html":
            return
        found = told[1].read(item, options)
    for page in found:
        yield page if isinstance(page, Skipped) else _with_address(page, url)
    if "warc-truncated" in record.headers and not record.is_cut:
        yield Skipped(path, "truncated", "the crawler cut the page off: what there is of it was read")


def _with_address(page: Page, url: str | None) -> Page:
    """Return the page with its address and its publisher, where it does not state them itself."""
    host = host_of(url)
    source = page.source
    if host and source.publisher in (None, publisher_of(source.path)):
        source = replace(source, publisher=host)
    return replace(
        page,
        source=source,
        articles=tuple(_article(replace(one, source=source, url=one.url or url)) for one in page.articles),
        headlines=tuple(replace(headline, source=source) for headline in page.headlines),
    )


def _article(article: Article) -> Article:
    moment = article.published.iso if article.published else None
    fields = (article.source.publisher, article.title, article.subtitle, moment, article.paragraphs)
    return replace(article, id=content_id("article", *fields))


def _payload(record: _Record) -> _Payload | Reason | None:
    """Return what the record holds, why that cannot be read, or None for one that is no page and does not claim to."""
    kind = record.headers.get("content-type", "").casefold()
    match record.headers.get("warc-type"):
        case "conversion" | "resource":
            payload = _Payload(record.content, _media_type(kind), _charset(kind))
        case "response" if _STATUS.match(record.content):
            found = _http(record.content)
            if not isinstance(found, _Payload):
                return found
            payload = found
        case _:
            return None
    is_page = "html" in payload.kind or payload.kind in ("", "text/plain")
    return _TOO_LARGE if record.is_too_large and is_page else payload


def _http(content: bytes) -> _Payload | Reason | None:
    """Return the body of an HTTP response, decoded; None if it is an error or a redirect."""
    head, *rest = _BLANK_LINE.split(content, maxsplit=1)
    status = _STATUS.match(head)
    if status is None or status[1] != b"200" or not rest:
        return None
    headers = _headers(head)
    data = rest[0]
    kind = headers.get("content-type", "").casefold()
    if "chunked" in headers.get("transfer-encoding", "").casefold():
        data = _unchunked(data)
    if "html" in kind or not kind:
        for coding in reversed(headers.get("content-encoding", "").casefold().split(",")):
            decoded = _decoded(data, _CODINGS.get(coding.strip(), ()))
            if not isinstance(decoded, bytes):
                return decoded
            data = decoded
    return _Payload(data, _media_type(kind), _charset(kind))


def _decoded(data: bytes, methods: Iterable[Method]) -> bytes | Reason:
    """Return the data decompressed; as it is if it is not compressed, whatever the headers say (crawlers differ)."""
    for method in methods:
        meter = Meter()
        stream = Stream(expanded([data], method, meter, counted=True, single=True))
        try:
            found = stream.read(MAX_PAGE + 1)
        except RefusedError:
            return BOMB
        if len(found) > MAX_PAGE:
            return _TOO_LARGE
        if found:
            return found
    return data


def _unchunked(data: bytes) -> bytes:
    """Return the chunks of a body put together; as it is if it is not in chunks."""
    pieces: list[bytes] = []
    start = 0
    while match := _CHUNK.match(data, start):
        size = int(match[1], 16)
        pieces.append(data[match.end() : match.end() + size])
        start = match.end() + size
        if not size:
            break
    return b"".join(pieces) if start else data


def _headers(block: bytes) -> dict[str, str]:
    """Return the headers by name in lower case; a line that begins with a space continues the one before."""
    lines = re.sub(rb"\r?\n[ \t]+", b" ", block).decode("utf-8", "replace").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().casefold(): value.strip() for name, colon, value in pairs if colon}


def _media_type(kind: str) -> str:
    return kind.split(";", 1)[0].strip()


def _charset(kind: str) -> str | None:
    match = _CHARSET.search(kind)
    return match[1] if match else None


def _records(item: Input) -> Iterator[_Record | Skipped]:
    """Yield the records of a file, whatever their type, and what of it is no record."""
    source = _Source(item.blocks())
    number = 0
    while head := source.head():
        if not _START.match(head):
            yield Skipped(item.path, "damaged", f"what follows record {number} is none: read on at the next one")
            source.to_next_record()
            continue
        number += 1
        headers = _headers(head.lstrip())
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            yield Skipped(f"{item.path}:{number}", "damaged", "the record does not state its length")
            source.to_next_record()
            continue
        content, missing = source.content(int(length))
        yield _Record(number, headers, content, bool(missing), int(length) > MAX_PAGE)
        if missing:
            lack = f"record {number} lacks {missing:,} of {int(length):,} bytes"
            yield Skipped(item.path, "truncated", f"{lack}: what there is was read; get the file again for the rest")
    if source.rest:
        yield Skipped(item.path, "truncated", f"the file ends in the headers of record {number + 1}: get it again")


class _Source:
    """The bytes of a file, of which only a little is held."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.rest = b""
        self._blocks = blocks

    def head(self) -> bytes:
        """Return the headers of the next record; nothing at the end, or if they do not end."""
        self.rest = self.rest.lstrip(b"\r\n")
        while not (match := _BLANK_LINE.search(self.rest, 0, _LONGEST_HEADER)):
            if len(self.rest) >= _LONGEST_HEADER:
                head, self.rest = self.rest[:_LONGEST_HEADER], self.rest[_LONGEST_HEADER:]
                return head if not _START.match(head) else b"\n"
            if not self._more():
                self.rest = self.rest.strip()
                return b""
            self.rest = self.rest.lstrip(b"\r\n")
        head, self.rest = self.rest[: match.start()], self.rest[match.end() :]
        return head

    def content(self, size: int) -> tuple[bytes, int]:
        """Return the next bytes, as many as a page may have, and how many of all are missing."""
        kept: list[bytes] = []
        held = 0
        while size and (self.rest or self._more()):
            piece, self.rest = self.rest[:size], self.rest[size:]
            size -= len(piece)
            if held <= MAX_PAGE:
                kept.append(piece)
                held += len(piece)
        return b"".join(kept), size

    def to_next_record(self) -> None:
        """Pass over what comes before the next version line."""
        while not (match := _NEXT.search(self.rest)):
            self.rest = self.rest[-16:]
            if not self._more():
                self.rest = b""
                return
        self.rest = self.rest[match.start() :]

    def _more(self) -> bool:
        block = next(self._blocks, b"")
        self.rest += block
        return bool(block)
