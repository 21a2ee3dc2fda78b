"""Bytes to text: which encoding a source is in, or that it is no text at all. The only importer of chardet."""

import codecs
import re

from newsmine.errors import UsageError
from newsmine.loading.mojibake import noted, repair_mojibake

_SAMPLE = 2**16
# What browsers read in place of what is declared: a page that says ISO 8859-1 holds the curly quotes of Windows.
READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# The encodings of Windows that have letters and quotes where those of ISO have controls, which no text holds.
_WINDOWS = {
    "iso8859-1": "cp1252",
    "iso8859-2": "cp1250",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-9": "cp1254",
    "iso8859-13": "cp1257",
}
_ISO_CONTROL = re.compile(rb"[\x80-\x9f]")
_FEWEST = 4

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
    if wide_encoding(data):
        return None
    sample = data[:_SAMPLE]
    return "binary data" if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) / 30 else None


def decode(data: bytes, encoding: str | None = None, *, declared: str | None = None) -> tuple[str, str]:
    """Return the text of the bytes and the encoding it was read in.

    Without `encoding`: a byte order mark decides, else UTF-8 if it is valid, else the encoding that the source declares
    if the bytes are in it, else UTF-8 that is damaged here and there (the damage then shows as U+FFFD, and the name is
    "utf-8 (damaged)"), else what chardet takes it for. Text that was taken for another encoding on its way is
    repaired, and the name says so. Raises UsageError for an encoding that Python does not know, and
    UnicodeDecodeError if the text is not in the one given.
    """
    if encoding:
        check_encoding(encoding)
        return data.decode(encoding), encoding
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _repaired(data.decode(name, "replace"), name.removesuffix("-sig"))
    if wide := _unmarked_wide(data):
        return data.decode(wide, "replace"), wide
    try:
        return _repaired(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and (found := _as_declared(data, declared)):
        return found
    sequences = len(_SEQUENCE.findall(data))
    damage = data.decode("utf-8", "replace").count("\ufffd")
    if sequences and sequences >= 3 * damage:
        return data.decode("utf-8", "replace"), "utf-8 (damaged)"
    return _detected(data)


def _repaired(text: str, name: str) -> tuple[str, str]:
    """Return the text and the name of its encoding, both repaired where the text is mojibake without any doubt."""
    text, taken_for = repair_mojibake(text)
    return text, noted(name, taken_for)


def wide_encoding(head: bytes, encoding: str | None = None) -> str | None:
    """Return the encoding, given, marked or evident, if a line end in it is not the one byte of ASCII."""
    if encoding is None:
        marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
        if marked is None:
            return _unmarked_wide(head)
        return None if marked == "utf-8-sig" else marked
    try:
        return None if "\n".encode(encoding) == b"\n" else encoding
    except UnicodeError:
        return None


def _unmarked_wide(data: bytes) -> str | None:
    """Return the UTF-16 that the bytes are in without saying so: each space has a NUL, and all on the same side."""
    sample = data[:_SAMPLE]
    sample = sample[: len(sample) - len(sample) % 2]
    nuls = sample[1::2].count(0), sample[::2].count(0)
    name = "utf-16-le" if nuls[0] > nuls[1] else "utf-16-be"
    if max(nuls) < _FEWEST or min(nuls) * 8 > max(nuls) or max(nuls) * 50 < len(sample):
        return None
    try:
        text = codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return None
    odd = sum(not (char.isprintable() or char.isspace()) for char in text)
    return name if odd * 50 <= len(text) else None


def _as_declared(data: bytes, declared: str) -> tuple[str, str] | None:
    """Return the text in the encoding that is declared, or None if it is none, or one the bytes are not in."""
    try:
        check_encoding(declared)
        name = _windows(READ_AS.get(codecs.lookup(declared).name, declared.casefold()), data)
        text = data.decode(name, "replace")
    except (UsageError, UnicodeError):
        return None
    damage = text.count("\ufffd")
    if damage * 100 > sum(byte > 0x7F for byte in data[:_SAMPLE]):
        return None
    return text, f"{name} (damaged)" if damage else name


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
        name = _windows(name.casefold(), data)
        return data.decode(name, "replace"), name
    except LookupError:
        return data.decode("cp1252", "replace"), "cp1252"


def _windows(name: str, data: bytes) -> str:
    """Return the encoding of Windows in place of one of ISO, if the bytes are such that it must be that."""
    other = _WINDOWS.get(codecs.lookup(name).name)
    return other if other and _ISO_CONTROL.search(data) else name
