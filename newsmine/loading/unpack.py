"""Containers, told by content: what is compressed or in an archive is read as if it lay there open.

The path of a member is "archive.zip:folder/page.html"; what is only compressed keeps the path of its file. A name
that leads elsewhere ("../../etc/passwd", "C:\\\\page.html") loses what does so. Hidden members are left out, as hidden
files are. Office documents and the like are zip archives too, but a format each, and passed on whole.
"""

import re
from collections.abc import Iterator

from newsmine.loading.archives import Members, is_document, is_tar, iterate, tar_members, zip_members
from newsmine.loading.expand import BZIP2, GZIP, XZ, ZSTD, Stream, expanded, plain
from newsmine.loading.inputs import Input, unreadable
from newsmine.loading.limits import BOMB, MAX_DEPTH, MAX_MEMBERS, TOO_DEEP, TOO_LARGE, TOO_MANY, Meter, Reason
from newsmine.records import Skipped
from newsmine.text import visible

_EMPTY_ARCHIVE: Reason = ("empty-archive", "there is no file in it")
_COMPRESSED = {
    re.compile(rb"\x1f\x8b\x08"): GZIP,
    re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"): BZIP2,
    re.compile(rb"\xfd7zXZ\x00"): XZ,
    re.compile(rb"\x28\xb5\x2f\xfd"): ZSTD,
}
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
_SECTOR = 512
_SEPARATOR = re.compile(r"[/\\]")
_DRIVE = re.compile(r"^[A-Za-z]:(?=[/\\])")


def unpack(item: Input, meter: Meter, depth: int = 0) -> Iterator[Input | Skipped]:
    """Yield the sources in a container, however deep, or the item itself if it is none; and what could not be read.

    Each must be read before the next one is asked for. Raises OSError for a container that cannot be read on.
    """
    head = item.peek(_SECTOR)
    method = next((method for sign, method in _COMPRESSED.items() if sign.match(head)), None)
    is_archive = bool(_ZIP.match(head)) or is_tar(head)
    if (method or is_archive) and depth == MAX_DEPTH:
        yield Skipped(item.path, *TOO_DEEP)
    elif method:
        stream = Stream(expanded(item.blocks(), method, meter, counted=depth == 0))
        is_reported = False
        for found in unpack(Input(item.path, stream), meter, depth + 1):
            is_reported = is_reported or (isinstance(found, Skipped) and found.source == item.path)
            yield found
        if stream.loss and not is_reported:
            yield Skipped(item.path, *stream.loss)
    elif _ZIP.match(head):
        yield from _unzip(item, meter, depth)
    elif is_archive:
        yield from _members(item.path, tar_members(Stream(plain(item.blocks()))), meter, depth)
    else:
        yield item


def _unzip(item: Input, meter: Meter, depth: int) -> Iterator[Input | Skipped]:
    file = item.random()
    if file is None:
        yield Skipped(item.path, *TOO_LARGE)
        return
    if is_document(file):
        file.seek(0)
        yield Input(item.path, file)
        return
    if depth == 0:
        meter.taken += file.seek(0, 2)
    yield from _members(item.path, zip_members(file, meter), meter, depth)


def _members(path: str, found: Members, meter: Meter, depth: int) -> Iterator[Input | Skipped]:
    is_empty = True
    for member in iterate(found):
        if isinstance(member, tuple):
            yield Skipped(path, *member)
            return
        is_empty = False
        meter.members += 1
        if meter.members > MAX_MEMBERS:
            yield Skipped(path, *TOO_MANY)
            return
        parts = _parts(member.name)
        if any(part.startswith(".") or part == "__MACOSX" for part in parts):
            continue
        name = f"{path}:{visible('/'.join(parts), bidi=True) or meter.members}"
        if isinstance(member.content, tuple):
            yield Skipped(name, *member.content)
            continue
        try:
            yield from unpack(Input(name, member.content), meter, depth + 1)
        except OSError as error:
            yield unreadable(name, error)
        if member.content.loss:
            yield Skipped(name, *member.content.loss)
        if meter.is_spent:
            yield Skipped(path, BOMB[0], "a member of it is one: what comes after that was not read")
            return
    if is_empty:
        yield Skipped(path, *_EMPTY_ARCHIVE)


def _parts(name: str) -> list[str]:
    return [part for part in _SEPARATOR.split(_DRIVE.sub("", name)) if part not in ("", ".", "..")]
