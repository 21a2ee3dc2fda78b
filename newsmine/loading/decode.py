"""Bytes to text: which encoding a source is in, or that it is no text at all. The only importer of chardet."""

import codecs
import re

from newsmine.errors import UsageError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def binary_kind(data: bytes) -> str | None:
    """Return what the bytes are if they are no text ("PDF", "a picture", "binary data"), else None.

    Text holds no control characters but white space and ESC; one byte in 30 may be damaged (of random bytes, one in 10
    is a control character).
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return None
    sample = data[:65536]
    return "binary data" if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) / 30 else None


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of the bytes and the encoding it was read in.

    Without `encoding`: a byte order mark decides, else UTF-8 if it is valid, or damaged here and there (the
    damage then shows as U+FFFD, and the name is "utf-8 (damaged)"), else what chardet takes it for. Raises
    UsageError for an encoding that Python does not know, and UnicodeDecodeError if the text is not in the one given.
    """
    if encoding:
        check_encoding(encoding)
        return data.decode(encoding), encoding
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace"), name.removesuffix("-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    sequences = len(_SEQUENCE.findall(data))
    damage = data.decode("utf-8", "replace").count("\ufffd")
    if sequences and sequences >= 3 * damage:
        return data.decode("utf-8", "replace"), "utf-8 (damaged)"
    return _detected(data)


def wide_encoding(head: bytes, encoding: str | None = None) -> str | None:
    """Return the encoding, given or stated by a byte order mark, if a line end in it is not the one byte of ASCII."""
    if encoding is None:
        return next((name for bom, name in _BOMS[1:] if head.startswith(bom)), None)
    try:
        return None if "\n".encode(encoding) == b"\n" else encoding
    except UnicodeError:
        return None


def not_in(encoding: str | None) -> tuple[str, str]:
    """Return the reason code and the hint for a source that is not in the encoding that was given."""
    return "wrong-encoding", f"this is not {encoding}: leave --encoding out to have it detected"


def check_encoding(encoding: str) -> None:
    """Raise UsageError if Python knows no text encoding of that name."""
    try:
        is_text = codecs.lookup(encoding)._is_text_encoding
    except (LookupError, ValueError):  # a NUL in the name is a ValueError
        is_text = False
    if not is_text:
        raise UsageError(f"unknown encoding {encoding!r}", hint="use a name such as utf-8, cp1251 or latin-1")


def _detected(data: bytes) -> tuple[str, str]:
    import chardet

    name = chardet.detect(data)["encoding"] or "cp1252"
    try:
        return data.decode(name, "replace"), name.casefold()
    except LookupError:
        return data.decode("cp1252", "replace"), "cp1252"
