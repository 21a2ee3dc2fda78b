"""JSON Lines, as crawlers and exporters write them: an article on each line, read as a stream of any length."""

import codecs
import json
from collections.abc import Callable, Iterable, Iterator

from newsmine.loading.columns import has_list, has_text_field
from newsmine.loading.decode import decode, not_in, wide_encoding
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.loading.record import read_record
from newsmine.loading.sniff import Head, Told
from newsmine.records import Page, Skipped

MAX_RECORD = 8 * 2**20
_SAMPLE = 2**16
_TOO_LARGE = ("too-large", f"the limit of a record is {MAX_RECORD // 2**20} MiB: leave out what is no text")


def tell(head: Head, options: Options) -> Told | None:
    """Return "jsonl" if the first line that is not blank is a whole JSON object that may be an article."""
    if not is_json_lines(head.item, options):
        return None
    return Told("jsonl", "the first line is a JSON object with a field for a title or a text")


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield for each line that is not blank the page with its article, or why it was skipped.

    A page has the digest and the size of its line (where that is UTF-16 or UTF-32, of the same in UTF-8). One record
    and one block of the file are held at a time. Raises OSError for a file that cannot be read to its end.
    """
    encoding = options.encoding
    wide = wide_encoding(item.ahead, encoding)
    decoder = line_decoder(item.ahead, encoding, wide)
    blocks = as_utf8(item.blocks(), wide, "strict" if encoding else "replace") if wide else item.blocks()
    try:
        for number, line in _lines(blocks):
            if line is None:
                yield Skipped(f"{item.path}:{number}", *_TOO_LARGE)
                continue
            try:
                text, used = decoder(line)
            except UnicodeError:
                yield Skipped(f"{item.path}:{number}", *not_in(encoding))
                continue
            yield _read(text, used, line, item.path, number, options)
    except UnicodeError:
        yield Skipped(item.path, *not_in(encoding))


def is_json_lines(item: Input, options: Options) -> bool:
    """Tell whether the first line that is not blank is a whole JSON object with a field for a title or a text."""
    try:
        record = json.loads(_first_record(item, options.encoding))
    except (ValueError, RecursionError):
        return False
    return has_text_field(record, options.columns) and not has_list(record)


def _read(text: str, encoding: str, line: bytes, path: str, number: int, options: Options) -> Page | Skipped:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Skipped(f"{path}:{number}", "broken-json", f"repair or remove the line: {fault(error)}")
    return read_record(record, path, number, options, reader="jsonl", encoding=encoding, data=line)


def fault(error: ValueError | RecursionError) -> str:
    """Return what is wrong with a text that is no JSON."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"


def line_decoder(head: bytes, encoding: str | None, wide: str | None) -> Callable[[bytes], tuple[str, str]]:
    """Return the function that makes text of a line and names its encoding; lines of a wide one come in UTF-8."""
    if wide or encoding:
        name = "utf-8" if wide else encoding
        return lambda line: (decode(line, name)[0], wide or str(encoding))
    # A single record may be too short to tell by; the first of them together are not.
    head = head[:_SAMPLE]
    _, detected = decode(head[: head.rfind(b"\n") + 1] or head)
    fallback = None if detected.startswith("utf-8") else detected

    def utf8_or_detected(line: bytes) -> tuple[str, str]:
        try:
            return line.decode(), "utf-8"
        except UnicodeDecodeError:
            return (line.decode(fallback, "replace"), fallback) if fallback else decode(line)

    return utf8_or_detected


def _first_record(item: Input, encoding: str | None) -> str:
    """Return the first line that is not blank if it may be an object, looking no further ahead than it takes."""
    while True:
        at_end = not item.more()
        wide = wide_encoding(item.ahead, encoding)
        seen = next(as_utf8([item.ahead], wide, "replace")) if wide else item.ahead
        line, newline, _ = seen.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
        is_whole = at_end or newline or len(item.ahead) > MAX_RECORD
        if line and not line.startswith(b"{") and len(item.ahead) >= len(codecs.BOM_UTF32_LE):
            return ""
        if is_whole:
            return line.decode(encoding, "replace") if encoding and not wide else decode(line)[0]


def as_utf8(blocks: Iterable[bytes], encoding: str, errors: str) -> Iterator[bytes]:
    """Yield the blocks of a text in that encoding as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")


def _lines(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and content of each line that is not blank; None for one that is longer than a record may be."""
    number, rest, is_too_long = 0, b"", False
    for block in blocks:
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            number += 1
            if is_too_long or len(line) > MAX_RECORD:
                yield number, None
            elif line := line.removeprefix(codecs.BOM_UTF8).strip():
                yield number, line
            is_too_long = False
        is_too_long = is_too_long or len(rest) > MAX_RECORD
        rest = b"" if is_too_long else rest
    if is_too_long:
        yield number + 1, None
    elif rest := rest.removeprefix(codecs.BOM_UTF8).strip():
        yield number + 1, rest
