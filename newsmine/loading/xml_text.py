"""XML as a tree: told by its first element, decoded by our own rules, and read as far as it goes if it is cut off."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsmine.loading.decode import decode, not_in
from newsmine.loading.inputs import Input
from newsmine.loading.markup import MarkupError, parse_xml
from newsmine.loading.mojibake import noted, repair_mojibake
from newsmine.loading.options import Options
from newsmine.loading.sniff import Head, Told
from newsmine.loading.whole import read_bytes
from newsmine.records import Skipped
from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute by which an element states the language of what is in it."""

# What may stand before the first element: a declaration, comments, and a document type with its own entities.
_PROLOG = re.compile(
    r"\s*(?:<\?(?:[^?]|\?(?!>))*\?>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>\s*)*"
    r"<(?P<name>[A-Za-z_][\w.:-]*)(?=[\s/>])",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
# A parser would drop it.
_STRAY = re.compile(r"&(?!#?[A-Za-z0-9]{1,40};)")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))


@dataclass(frozen=True, slots=True)
class Tree:
    """An XML document: its first element, the encoding it was read in, and whether its end is missing."""

    root: _Element
    encoding: str
    is_cut: bool
    text: str


def root_name(text: str) -> str | None:
    """Return the name of the first element, in lower case and as it stands there ("rdf:rdf"), or None if it is no XML.

    >>> root_name('<?xml version="1.0"?><!-- 2024 --><rss version="2.0">')
    'rss'
    """
    match = _PROLOG.match(text.removeprefix("\ufeff"))
    return match["name"].casefold() if match else None


def read_tree(data: bytes, encoding: str | None = None) -> Tree:
    """Return the document that the bytes are, however damaged.

    Without `encoding`, the one that the document declares counts if the bytes are in it. Raises MarkupError for what
    is no XML at all, and UnicodeError if the text is not in the encoding that was given.
    """
    text, used = _decoded(data, encoding)
    text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    text = _STRAY.sub("&amp;", _ENTITY.sub(_character, _NO_CHARACTER.sub("", text))).strip()
    name = _PROLOG.match(text)
    if name is None:
        raise MarkupError("it does not begin with an element")
    is_empty = text[: text.find(">", name.end()) + 1].endswith("/>")
    is_cut = not is_empty and text.rfind(f"</{name['name']}") < 0
    return Tree(parse_xml(text.encode()), used, is_cut, text)


def told_by_root(head: Head, kinds: Mapping[str, str]) -> Told | None:
    """Return the kind of document that the name of the first element stands for, if it is among those."""
    name = root_name(head.text)
    kind = kinds.get(name.rpartition(":")[2]) if name else None
    return Told(kind, f"XML that begins with <{name}>") if kind else None


def read_document(item: Input, options: Options) -> tuple[Tree, bytes] | Skipped:
    """Return the document that a source is, and its bytes, or why it cannot be read."""
    data = read_bytes(item)
    if isinstance(data, Skipped):
        return data
    try:
        return read_tree(data, options.encoding), data
    except UnicodeError:
        return Skipped(item.path, *not_in(options.encoding))
    except MarkupError as error:
        return Skipped(item.path, "broken-xml", f"repair the file: {error}")


def name_of(element: _Element) -> str:
    """Return the name of an element without its namespace; "" for a comment or the like."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def text_of(element: _Element | None) -> str:
    """Return the text of an element and of those in it, as it stands there; what an entity stands for is left out."""
    if element is None:
        return ""
    return "".join(_pieces(element))


def line_of(element: _Element | None) -> str:
    """Return the text of an element as one line of clean text."""
    return clean(text_of(element))


def named(element: _Element, *names: str) -> Iterator[_Element]:
    """Yield the elements below one that have one of these names, in order."""
    return (found for found in element.iter() if name_of(found) in names)


def first(element: _Element, *names: str) -> _Element | None:
    """Return the first element below one with the first of these names that any has."""
    return next((found for name in names for found in named(element, name)), None)


def stated_language(element: _Element) -> str:
    """Return the language that an element, or one around it, states for what is in it, as it stands there; else ""."""
    around: _Element | None = element
    while around is not None:
        if language := around.get(LANGUAGE):
            return language
        around = around.getparent()
    return ""


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    declared = _DECLARED.match(data[:1024])
    if encoding is None and declared:
        name = declared[1].decode("ascii")
        try:
            text, taken_for = repair_mojibake(data.decode(name))
            return text, noted(name.casefold(), taken_for)
        except (LookupError, UnicodeError):  # no such encoding, or not in it: what the bytes say counts
            pass
    return decode(data, encoding)


def _character(match: re.Match[str]) -> str:
    """Return the character that HTML has for an entity of which XML does not know."""
    name = match[1]
    return match.group() if name in _OF_XML else html.entities.html5.get(f"{name};", match.group())


def _pieces(element: _Element) -> Iterator[str]:
    for part in element.iter():
        if isinstance(part.tag, str):
            yield part.text or ""
        if part is not element:
            yield part.tail or ""
