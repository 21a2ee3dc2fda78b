"""The records of a WARC file, one after the other, each by its declared length: what of it is cut off is known.

Libraries end there silently. What stands between two records because a length was wrong is passed over, and said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsmine.loading.inputs import Input
from newsmine.records import Skipped

MAX_PAGE = 16 * 2**20
"""How many bytes of a record are kept."""
START = re.compile(rb"\s*WARC/[01]\.\d+\r?\n")
"""What a record begins with."""
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
"""What headers end with, those of HTTP as well."""
VERSION_LINE = 64
"""How many bytes are enough to tell whether a record begins."""
_VERSION = re.compile(rb"WARC/[01]\.\d+\r?\n")
_LENGTH = re.compile(r"[0-9]{1,99}")
_LONGEST_HEADER = 2**16
_WRONG_LENGTH = ("damaged", "its length is not the one that it states: it was read up to the next record")
# How many bytes are read again, in all, where a length that is too great has taken other records in.
_SECOND_READING = 2**30


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its place in the file, its headers in lower case, its content, and how much of that is missing."""

    number: int
    headers: Mapping[str, str]
    content: bytes
    is_cut: bool
    is_too_large: bool


def headers_of(block: bytes) -> dict[str, str]:
    """Return the headers by name in lower case; a line that begins with a space continues the one before."""
    lines = re.sub(rb"\r?\n[ \t]+", b" ", block).decode("utf-8", "replace").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().casefold(): value.strip() for name, colon, value in pairs if colon}


def records(item: Input) -> Iterator[Record | Skipped]:
    """Yield the records of a file, whatever their type, and what of it is no record."""
    source = _Source(item.blocks())
    number, again = 0, _SECOND_READING
    while head := source.head():
        if not START.match(head):
            place = f"what follows record {number}" if number else "what it begins with"
            yield Skipped(item.path, "damaged", f"{place} is none: read on at the next one")
            source.rest = head + b"\r\n\r\n" + source.rest  # the next one may begin in it
            source.to_next_record()
            continue
        number += 1
        headers = headers_of(head.lstrip())
        length = headers.get("content-length", "")
        if not _LENGTH.fullmatch(length):
            yield Skipped(f"{item.path}:{number}", "damaged", "the record does not state its length")
            source.to_next_record()
            continue
        content, missing = source.content(int(length))
        end = None
        if (missing or not source.is_between_records()) and len(content) == int(length) - missing and again > 0:
            end = source.back_to_record(content)
            again -= len(content)
        if end is not None:
            yield Record(number, headers, end, False, False)
            yield Skipped(f"{item.path}:{number}", *_WRONG_LENGTH)
            continue
        yield Record(number, headers, content, bool(missing), int(length) > MAX_PAGE)
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
        while not (match := BLANK_LINE.search(self.rest, 0, _LONGEST_HEADER)):
            if len(self.rest) >= _LONGEST_HEADER:
                head, self.rest = self.rest[:_LONGEST_HEADER], self.rest[_LONGEST_HEADER:]
                return head if not START.match(head) else b"\n"
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

    def is_between_records(self) -> bool:
        """Tell whether a record comes next, or the end."""
        while len(self.rest) < 2 * VERSION_LINE and self._more():
            pass
        following = self.rest[: 2 * VERSION_LINE].lstrip(b"\r\n")
        return not following or START.match(following) is not None

    def back_to_record(self, content: bytes) -> bytes | None:
        """Return what of the content that was read last stands before another record, which is then the next one."""
        whole = content + self.rest[:VERSION_LINE]
        start = _start_of_record(whole)
        if start is None:
            return None
        self.rest = whole[start:] + self.rest[VERSION_LINE:]
        return whole[:start]

    def to_next_record(self) -> None:
        """Pass over what comes before the next version line."""
        while (start := _start_of_record(self.rest)) is None:
            self.rest = self.rest[-16:]
            if not self._more():
                self.rest = b""
                return
        self.rest = self.rest[start:]

    def _more(self) -> bool:
        block = next(self._blocks, b"")
        self.rest += block
        return bool(block)


def _start_of_record(data: bytes) -> int | None:
    """Return where a version line begins a line of its own, or follows what was never written; None if none does."""
    starts = (match.start() for match in _VERSION.finditer(data))
    return next((start for start in starts if start == 0 or data[start - 1] in b"\n\0"), None)
