"""What a source is, told by its content and never by its name: the formats, in the order in which they are tried.

Each is a module of this package (or a package in it) with two functions:

    tell(head: Head, options: Options) -> Told | None                what the source is, and by which sign
    read(item: Input, options: Options) -> Iterator[Page | Skipped]  the pages in it, and what of it could not be read

What holds many pages that each take their time has a third, `pieces` (see `Splitter`), which several processes share.
The modules are light to import; what is heavy is imported by `read`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, cast

from newsmine.loading.decode import binary_kind, decode
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.records import Page, Skipped

EMPTY = ("empty", "the source holds no text")
MODULES = (
    "warc",
    "jsonl",
    "docx",
    "pdf",
    "json_file",
    "feeds",
    "newsml",
    "html",
    "mail",
    "exports",
    "delimited",
    "sheets",
    "text",
)
_HEAD = 2**16


@dataclass(frozen=True, slots=True)
class Told:
    """What a source is: the name of the format ("html", "rss"), and the sign it was told by."""

    name: str
    why: str


class Head:
    """The beginning of a source, up to 64 KiB: as bytes, and as text if it is any.

    It is looked at when it is asked for, so that a stream whose first line tells what it is need not go on.
    """

    def __init__(self, item: Input, options: Options) -> None:
        self.item = item
        self._encoding = options.encoding

    @cached_property
    def data(self) -> bytes:
        """The first bytes."""
        while len(self.item.ahead) < _HEAD and self.item.more():
            pass
        return self.item.ahead[:_HEAD]

    @cached_property
    def binary(self) -> str | None:
        """What the bytes are if they are no text ("PDF", "a picture", "binary data"), else None."""
        return binary_kind(self.data)

    @cached_property
    def text(self) -> str:
        """The first characters, without a byte order mark; empty if the bytes are no text."""
        return "" if self.binary else _text(self.data, self._encoding, self.item.charset).removeprefix("\ufeff")


class Reader(Protocol):
    """A module that reads a format."""

    def tell(self, head: Head, options: Options) -> Told | None:
        """Return what the source is, or None if it is nothing that this module reads."""

    def read(self, item: Input, options: Options) -> Iterator[Page | Skipped]:
        """Yield the pages of the source, and a Skipped for whatever of it could not be read."""


def sniff(item: Input, options: Options) -> tuple[Told, Reader] | Skipped:
    """Return what the source is and its reader, or why nobody reads it; nothing of it is used up."""
    head = Head(item, options)
    for name in MODULES:
        if name == "text" and (reason := _unread(head)):
            return Skipped(item.path, *reason)
        reader = cast(Reader, importlib.import_module(f"newsmine.loading.{name}"))
        if told := reader.tell(head, options):
            return told, reader
    if not head.data.strip():
        return Skipped(item.path, *EMPTY)
    return Skipped(item.path, "binary", f"this is {head.binary}: convert it to text first")


_XML = re.compile(rb"^\s*<(?:\?xml\b|[A-Za-z][\w.:-]*\s[^<>]*?\bxmlns(?::[\w.-]+)?=)")
_KINDS = (
    ("XML", _XML, "newsmine reads RSS, Atom, news sitemaps, NITF and NewsML: convert it to one of those or to text"),
)


def _unread(head: Head) -> tuple[str, str] | None:
    """Return the reason code and the hint for what looks like a format that no module reads."""
    data = head.data[:4096].removeprefix(b"\xef\xbb\xbf")
    for name, pattern, hint in _KINDS:
        if pattern.match(data):
            return f"unsupported-{name.casefold()}", f"this is {name}: {hint}"
    return None


def _text(data: bytes, encoding: str | None, charset: str | None) -> str:
    from newsmine.loading.html.charset import stated_encoding  # its package imports this module

    try:
        # What is declared need not be detected, which takes half as long as to read the page.
        return decode(data, encoding, declared=charset or stated_encoding(data))[0]
    except UnicodeError:  # cut in the middle of a character, or not in the encoding that was given
        return data.decode("utf-8", "replace")
