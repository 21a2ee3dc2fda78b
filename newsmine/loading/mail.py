"""Newsletters and other mails: a single message (EML) or a mailbox of them (mbox), each message an article."""

import email.utils
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import product

from newsmine.loading import markup
from newsmine.loading.decode import decode
from newsmine.loading.inputs import Input
from newsmine.loading.lines import Line
from newsmine.loading.mojibake import noted, repair_mojibake
from newsmine.loading.options import Options
from newsmine.loading.plain import Stated, page_of, unwrapped
from newsmine.loading.publishers import host_of
from newsmine.loading.sniff import Head, Told
from newsmine.records import Page, Skipped, Timestamp
from newsmine.text import clean

MAX_MESSAGE = 32 * 2**20
_MOST_PARTS = 1000
_MOST_TRIALS = 20_000_000
_ENVELOPE = re.compile(rb"From \S+ (?:.* )?(?:19|20)\d\d(?: [+-]\d{4})?\s*")
_FIELD = re.compile(r"([!-9;-~]+):[ \t]?.*")
_SENT = ("from", "subject", "date")
_CARRIED = (
    "message-id", "mime-version", "received", "return-path", "content-type", "delivered-to", "dkim-signature",
    "x-mailer", "list-unsubscribe", "x-gmail-labels",
)  # fmt: skip
_IS_UTC = re.compile(r"[+-]0000\b|\b(?:UTC?|GMT|Z)\b")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
# What the parser raises for headers that it was not written for, besides errors of its own.
_ERRORS = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    email.errors.MessageError,
)

_BROKEN = ("broken-mail", "the message cannot be taken apart: save it again, or as HTML")
_NO_TEXT = ("no-text", "the message has neither a subject nor a text")
_TOO_LARGE = ("too-large", f"the limit of a message is {MAX_MESSAGE // 2**20} MiB: remove its attachments")


def tell(head: Head, options: Options) -> Told | None:
    """Return "mbox" or "eml" for what begins with the header of a message."""
    if head.binary or not head.data:
        return None
    first, _, rest = head.data.partition(b"\n")
    if _ENVELOPE.fullmatch(first) and _is_header(rest):
        return Told("mbox", "a line 'From …' and the header of a message")
    return Told("eml", "the header of a message") if _is_header(head.data) else None


def _is_header(data: bytes) -> bool:
    """Tell whether lines of fields come first: two that every mail has, and one that only mails have."""
    names: set[str] = set()
    for line in _head_of(data):
        match = _FIELD.fullmatch(line)
        if match:
            names.add(match[1].casefold())
        elif not line or not names or line[0] not in " \t":
            break
    return len(names.intersection(_SENT)) >= 2 and not names.isdisjoint(_CARRIED)


def _head_of(data: bytes) -> Iterator[str]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end].decode("latin-1").rstrip("\r\n")
        start = end


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield for each message the page with its article, or why it was skipped; a mailbox is read as a stream."""
    for number, data in _messages(item.blocks()):
        if data is None:
            yield Skipped(f"{item.path}:{number}", *_TOO_LARGE)
            continue
        try:
            page = _page(data, item.path, number, options)
        except _ERRORS:
            yield Skipped(f"{item.path}:{number}", *_BROKEN)
        else:
            yield page or Skipped(f"{item.path}:{number}", *_NO_TEXT)


def _messages(blocks: Iterator[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield each message and the number of its first line; None for one that is larger than a message may be."""
    start, size, is_mbox, is_blank = 1, 0, False, True
    lines: list[bytes] = []
    for number, line in enumerate(_lines(blocks), 1):
        if is_blank and (number == 1 or is_mbox) and _ENVELOPE.fullmatch(line):
            if number > 1:
                yield start, _whole(lines, size)
            start, size, is_mbox = number + 1, 0, True
            lines = []
            continue
        size += len(line)
        is_blank = not line.strip()
        if size <= MAX_MESSAGE:
            lines.append(_QUOTED.sub(rb"\1", line) if is_mbox and line.startswith(b">") else line)
    yield start, _whole(lines, size)


def _whole(lines: list[bytes], size: int) -> bytes | None:
    return b"".join(lines) if size <= MAX_MESSAGE else None


def _lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines with their ends; what is longer than a message may be comes in pieces."""
    rest: list[bytes] = []
    size = 0
    for block in blocks:
        first, *lines = block.splitlines(keepends=True)
        if rest and rest[-1].endswith(b"\r") and first != b"\n":
            yield b"".join(rest)
            rest, size = [], 0
        rest.append(first)
        size += len(first)
        if lines:
            yield b"".join(rest)
            yield from lines[:-1]
            rest, size = lines[-1:], len(lines[-1])
        if rest[-1].endswith(b"\n") or size > MAX_MESSAGE:
            yield b"".join(rest)
            rest, size = [], 0
    if rest:
        yield b"".join(rest)


def _page(data: bytes, path: str, number: int, options: Options) -> Page | None:
    # For each line the library tries the end of each part that is open.
    if data.lower().count(b"boundary") * data.count(b"\n") > _MOST_TRIALS:
        raise ValueError("too many parts within parts")
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    name, address = email.utils.parseaddr(_field(message, "From"))
    found, encoding = _text(message, options)
    furniture = [text for text in found if Line(1, text, text, 0).is_furniture]
    stated = Stated(
        title=_field(message, "Subject"),
        paragraphs=[text for text in found if text not in furniture],
        publisher=host_of(f"mailto://{address}") or "",
        published=_moment(_date(message)),
        authors=(name,) if name and "@" not in name else (),
        url=_field(message, "Archived-At").strip("<>"),
        language=_field(message, "Content-Language"),
    )
    page = page_of(
        stated,
        path,
        number,
        data,
        options,
        reader="mail",
        lines=len(found) - len(furniture) + 1,
        encoding=encoding,
    )
    return replace(page, furniture=tuple((number, text) for text in furniture)) if page else None


def _field(message: EmailMessage, name: str) -> str:
    """Return a field of the header, empty if it is missing or so broken that nobody can read it."""
    try:
        return clean(str(message.get(name, "")))
    except _ERRORS:
        return ""


def _date(message: EmailMessage) -> str:
    """Return the date as it is written; the library takes a zone that it does not know for UTC."""
    return next((clean(str(value)) for name, value in message.raw_items() if name.casefold() == "date"), "")


def _moment(text: str) -> Timestamp | None:
    """Return the date as mails write it: to the second, with its offset where it states one."""
    fields = email.utils.parsedate_tz(text)
    if not fields:
        return None
    try:
        value = datetime(*fields[:6]).isoformat()
    except ValueError:
        return None
    # A zone that is not known is 0 too; "-0000" is UTC, of a sender who does not say where it is.
    offset = fields[9] or 0
    if not offset and not _IS_UTC.search(text):
        return Timestamp(text, value, "second")
    sign, minutes = "-" if offset < 0 else "+", abs(offset) // 60
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}" if minutes else "Z"
    return Timestamp(text, value, "second", zone if minutes < 24 * 60 else None)


def _text(message: EmailMessage, options: Options) -> tuple[list[str], str]:
    """Return the paragraphs of the first part that is HTML, or else plain text, and its encoding."""
    own, forwarded = _parts(message)
    for parts, kind in product((own, forwarded), ("text/html", "text/plain")):
        for part in parts:
            if part.get_content_type() == kind:
                text, encoding = _content(part, options)
                found = markup.paragraphs_of(text) if kind == "text/html" else _paragraphs(text)
                if found:
                    return list(found), encoding
    return [], "utf-8"


def _parts(message: EmailMessage) -> tuple[list[EmailMessage], list[EmailMessage]]:
    """Return the parts of a message that are no attachments, and those of the messages in it; up to a thousand."""
    own: list[EmailMessage] = []
    forwarded: list[EmailMessage] = []
    stack = [(message, own)]
    for _ in range(_MOST_PARTS):
        if not stack:
            break
        part, parts = stack.pop()
        if part.get_content_type() == "message/rfc822":
            parts = forwarded
        elif part.get_content_disposition() == "attachment":
            continue
        if part.is_multipart():
            stack += [(inner, parts) for inner in reversed(part.get_payload())]  # type: ignore[arg-type]
        else:
            parts.append(part)
    return own, forwarded


def _content(part: EmailMessage, options: Options) -> tuple[str, str]:
    """Return the text of a part in the encoding that it states, if Python knows that and the text is in it."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    stated = part.get_content_charset()
    if stated and stated != "us-ascii":
        try:
            text, taken_for = data.decode(stated), None
            if not options.encoding:
                text, taken_for = repair_mojibake(text)
            return text, noted(stated, taken_for)
        except (LookupError, ValueError):
            pass
    try:
        return decode(data, options.encoding)
    except UnicodeError:
        return decode(data)


def _paragraphs(text: str) -> list[str]:
    return [found for line in unwrapped(re.split(r"\r\n|[\n\r\f]", text)) if (found := clean(line))]
