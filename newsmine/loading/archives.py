"""The members of tar and zip archives, one after the other, each as a stream; of one that is cut off, those there are.

Nothing is ever written, so that a name such as "../../etc/passwd" leads nowhere: it is only shown.
"""

import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from stat import S_ISLNK

from newsmine.loading.expand import BZIP2, DEFLATE, ZSTD, Blocks, Stream, expanded
from newsmine.loading.limits import BLOCK, BOMB, DAMAGED, FREE_BYTES, MAX_RATIO, TRUNCATED, Meter, Reason

NOT_A_FILE: Reason = ("not-a-file", "this is a link or a device: its target is read if it is named or in the archive")
_ENCRYPTED: Reason = ("encrypted", "the member needs a password: unpack the archive yourself")
_METHOD: Reason = ("unsupported-compression", "unpack the archive and compress it again, for example with zip -r")
_SPARSE: Reason = ("unsupported-sparse", "unpack the archive and pack it again without --sparse")
_SECTOR = 512
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_ABOUT_OTHERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
_LONGEST_NAME = 2**16


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as it stands there, and its bytes, or why they cannot be read."""

    name: str
    content: Stream | Reason


Members = Generator[Member, None, Reason | None]
"""The members, and in the end why there are no more, if that is not for the archive's end."""


def is_tar(head: bytes) -> bool:
    """Tell whether the first 512 bytes are the header of a tar archive: its checksum is right."""
    try:
        return len(head) >= _SECTOR and bool(_header(head[:_SECTOR], {}).name)
    except tarfile.HeaderError:
        return False


def tar_members(stream: Stream) -> Members:
    """Yield the members of a tar archive, or of several in a row; each must be read before the next is asked for."""
    extra: dict[str, str] = {}
    is_ended = False
    while len(header := stream.read(_SECTOR)) == _SECTOR:
        if not header.strip(b"\0"):
            is_ended = True
            continue
        try:
            info = _header(header, extra)
        except tarfile.HeaderError:
            return None if is_ended else DAMAGED
        is_ended = False
        read = 0
        if info.type in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            text = stream.read(min(info.size, _LONGEST_NAME))
            extra |= _extra(text, info.type)
            read = len(text)
        content = Stream(_part(stream, info.size - read))
        if not _is_about_others(info):
            extra = {}
            if info.type in _FILES:
                yield Member(info.name, content)
            elif not info.isdir():
                yield Member(info.name, _SPARSE if info.type == tarfile.GNUTYPE_SPARSE else NOT_A_FILE)
        while content.read1():
            pass
        padding = -info.size % _SECTOR
        if content.loss or len(stream.read(padding)) < padding:
            return TRUNCATED
    return None if is_ended else TRUNCATED


def _header(sector: bytes, extra: Mapping[str, str]) -> tarfile.TarInfo:
    """Return what a header states, or what an entry before it states in its place."""
    info = tarfile.TarInfo.frombuf(sector, "utf-8", "surrogateescape")
    if not _is_about_others(info):
        info.name = extra.get("path", info.name)
        info.size = int(extra.get("size", info.size))
        if info.type in tarfile.SUPPORTED_TYPES and not info.isreg():
            info.size = 0
    if info.size < 0:
        raise tarfile.HeaderError("negative size")
    return info


def _is_about_others(info: tarfile.TarInfo) -> bool:
    """Tell whether the entry is no member, but says something of the one after it or of all."""
    return info.type not in tarfile.SUPPORTED_TYPES or info.type in _ABOUT_OTHERS


def _extra(data: bytes, kind: bytes) -> dict[str, str]:
    """Return the name and the size that an entry states for the one after it, where its own header is too small."""
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")}
    found = re.findall(rb"(?:\A|\n)\d+ (path|size)=([^\n]+)(?=\n)", data)
    texts = {key.decode(): value.decode("utf-8", "surrogateescape") for key, value in found}
    return {key: value for key, value in texts.items() if key == "path" or (value.isascii() and value.isdigit())}


def _part(stream: Stream, size: int) -> Blocks:
    while size > 0:
        block = stream.read1(min(size, BLOCK))
        if not block:
            return TRUNCATED
        size -= len(block)
        yield block
    return None


_LOCAL = struct.Struct("<4s5H3I2H")
_SIGN = b"PK\x03\x04"
_SIGNS = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x07\x08)")
_ENCRYPTED_FLAG, _SIZE_LATER_FLAG, _UTF8_FLAG = 1, 8, 0x800
_DOCUMENTS = ("[Content_Types].xml", "mimetype")
_METHODS = {zipfile.ZIP_DEFLATED: DEFLATE, zipfile.ZIP_BZIP2: BZIP2, 93: ZSTD}


# Of a file that is cut off, the directory is missing; programs begin with one of these.
_OFFICE_FOLDERS = (b"docProps/", b"_rels/", b"word/", b"xl/")


def is_document(file: io.BufferedIOBase) -> bool:
    """Tell whether a zip archive is one document (DOCX, XLSX, ODT, EPUB), which is not to be taken apart."""
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name in _DOCUMENTS for name in archive.namelist())
    except _BROKEN:
        file.seek(0)
        first = file.read(2 * _LOCAL.size)[_LOCAL.size :]
        return first.startswith((*(name.encode() for name in _DOCUMENTS), *_OFFICE_FOLDERS))


# What zipfile raises for a directory that is missing or makes no sense.
_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError)


def zip_members(file: io.BufferedIOBase, meter: Meter) -> Members:
    """Yield the members of a zip archive, by its directory, or one after the other if it has none any more."""
    size = file.seek(0, io.SEEK_END)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except _BROKEN:
        return (yield from _found_members(file, size, meter))
    if sum(entry.compress_size for entry in entries) > size:  # members that overlap: a few bytes, read many times
        return BOMB
    for entry in entries:
        if not entry.is_dir():
            yield Member(entry.filename, _content(file, entry, meter))
    return None


def _content(file: io.BufferedIOBase, entry: zipfile.ZipInfo, meter: Meter) -> Stream | Reason:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        return _ENCRYPTED
    if entry.create_system == 3 and S_ISLNK(entry.external_attr >> 16):
        return NOT_A_FILE
    if entry.file_size > FREE_BYTES and entry.file_size > MAX_RATIO * entry.compress_size:
        return BOMB
    file.seek(entry.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_SIGN):
        return DAMAGED
    *_, name, extra = _LOCAL.unpack(header)
    start = entry.header_offset + _LOCAL.size + name + extra
    blocks = _blocks(file, start, start + entry.compress_size)
    return _stream(blocks, entry.compress_type, meter, entry.CRC, entry.file_size)


def _stream(blocks: Blocks, method: int, meter: Meter, crc: int | None, size: int | None) -> Stream | Reason:
    if method == zipfile.ZIP_STORED:
        return Stream(_checked(blocks, crc, size))
    if method not in _METHODS:
        return _METHOD
    return Stream(_checked(expanded(blocks, _METHODS[method], meter, counted=False, single=True), crc, size))


def _blocks(file: io.BufferedIOBase, start: int, end: int) -> Blocks:
    while start < end:
        file.seek(start)
        block = file.read(min(BLOCK, end - start))
        if not block:
            return TRUNCATED
        start += len(block)
        yield block
    return None


def _checked(blocks: Blocks, crc: int | None, size: int | None) -> Blocks:
    """Yield the blocks; the loss is that of what gives them, or that the sum over them is another than stated."""
    found = length = 0
    while True:
        try:
            block = next(blocks)
        except StopIteration as stop:
            return stop.value or (DAMAGED if crc not in (None, found) else None)
        length += len(block)
        if size is not None and length > size:
            return DAMAGED
        found = zlib.crc32(block, found)
        yield block


def _found_members(file: io.BufferedIOBase, size: int, meter: Meter) -> Members:
    """Yield the members of an archive without its directory, which stands at the end: as far as they go."""
    start = _next_sign(file, 0, size, _SIGN)
    found = False
    while start is not None:
        file.seek(start)
        header = file.read(_LOCAL.size)
        if len(header) < _LOCAL.size:
            break
        _, _, flags, method, _, _, crc, packed, full, name_size, extra = _LOCAL.unpack(header)
        name = file.read(name_size).decode("utf-8" if flags & _UTF8_FLAG else "cp437", "replace")
        start += _LOCAL.size + name_size + extra
        is_open = bool(flags & _SIZE_LATER_FLAG) or packed == 0xFFFFFFFF
        end = _next_sign(file, start, size) or size if is_open else start + packed
        if not name.endswith("/"):
            found = True
            content = _stream(_blocks(file, start, end), method, meter, *((None, None) if is_open else (crc, full)))
            yield Member(name, _ENCRYPTED if flags & _ENCRYPTED_FLAG else content)
        start = _next_sign(file, end, size, _SIGN)
    return TRUNCATED if found else DAMAGED


def _next_sign(file: io.BufferedIOBase, start: int, size: int, wanted: bytes | None = None) -> int | None:
    """Return where the next header stands, from `start` on; None if there is none."""
    pattern = re.compile(re.escape(wanted)) if wanted else _SIGNS
    while start < size:
        file.seek(start)
        block = file.read(BLOCK)
        if match := pattern.search(block):
            return start + match.start()
        start += max(len(block) - 3, 1)
    return None


def iterate(found: Members) -> Iterator[Member | Reason]:
    """Yield the members, and at last why there are no more, if there is a reason."""
    loss = yield from found
    if loss:
        yield loss
