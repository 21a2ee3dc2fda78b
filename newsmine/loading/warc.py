"""Web archives: the HTML pages in a WARC file, and the texts in a WET file, each a page of its own."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from newsmine.loading import html, text
from newsmine.loading.expand import DEFLATE, GZIP, ZLIB, ZSTD, Method, Stream, expanded
from newsmine.loading.inputs import Input
from newsmine.loading.limits import BOMB, Meter, Reason, RefusedError
from newsmine.loading.options import Options
from newsmine.loading.pieces import Piece, read_piece
from newsmine.loading.publishers import host_of
from newsmine.loading.sniff import Head, Told, sniff
from newsmine.loading.warc_records import BLANK_LINE, MAX_PAGE, START, VERSION_LINE, Record, headers_of, records
from newsmine.records import Page, Skipped

_TOO_LARGE: Reason = ("too-large", f"the limit of a page in a web archive is {MAX_PAGE // 2**20} MiB")
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
class _Payload:
    """What a record holds: the bytes, what type of content they are said to be, and in which encoding."""

    data: bytes
    kind: str
    charset: str | None = None


def tell(head: Head, options: Options) -> Told | None:
    """Return "warc" for what begins with the version line of a WARC record."""
    return Told("warc", "it begins with a WARC record") if START.match(head.item.peek(VERSION_LINE)) else None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the pages of the responses that are HTML and of the texts; of the rest, how many of what type there are.

    The path of a page is the file's with the number of its record.
    """
    for piece in pieces(item, options):
        yield from (piece,) if isinstance(piece, Skipped) else read_piece(piece, options)


def pieces(item: Input, options: Options) -> Iterator[Piece | Skipped]:
    """Yield what `read` yields, its pages not yet read."""
    others: Counter[str] = Counter()
    for record in records(item):
        if isinstance(record, Skipped):
            yield record
            continue
        path = f"{item.path}:{record.number}"
        payload = _payload(record)
        if not isinstance(payload, _Payload):
            if payload:
                yield Skipped(path, *payload)
        elif reader := _reader(payload, path, record, options):
            yield Piece(path, payload.data, reader, payload.charset, _address(record), _moment(record))
            if "warc-truncated" in record.headers and not record.is_cut:
                yield Skipped(path, "truncated", "the crawler cut the page off: what there is of it was read")
        else:
            others[payload.kind or "unknown"] += 1
    if others:
        shown = ", ".join(f"{kind} {count}" for kind, count in others.most_common(_SHOWN_TYPES))
        more = ", …" if len(others) > _SHOWN_TYPES else ""
        yield Skipped(item.path, "not-a-page", f"{others.total()} responses in it are no pages: {shown}{more}")


def _reader(payload: _Payload, path: str, record: Record, options: Options) -> str | None:
    """Return the name of the module that reads what the record holds, or None if it is no page."""
    if record.headers["warc-type"] == "conversion":
        return text.__name__
    if "html" not in payload.kind and payload.kind:
        return None
    told = sniff(Input(path, io.BytesIO(payload.data)), options)
    return html.__name__ if isinstance(told, tuple) and told[0].name == "html" else None


def _address(record: Record) -> str | None:
    url = record.headers.get("warc-target-uri", "").strip("<> ")
    return url if host_of(url) else None


def _moment(record: Record) -> datetime | None:
    """Return when the page was crawled, if that is stated with its time, which is in UTC."""
    try:
        moment = datetime.fromisoformat(record.headers.get("warc-date", ""))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _payload(record: Record) -> _Payload | Reason | None:
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
    head, *rest = BLANK_LINE.split(content, maxsplit=1)
    status = _STATUS.match(head)
    if status is None or status[1] != b"200" or not rest:
        return None
    headers = headers_of(head)
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


def _media_type(kind: str) -> str:
    return kind.split(";", 1)[0].strip()


def _charset(kind: str) -> str | None:
    match = _CHARSET.search(kind)
    return match[1] if match else None
