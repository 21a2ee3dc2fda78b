"""The text export of Factiva, with its field codes ("HD", "PD", "TD") or laid out as the article is shown."""

import re
from collections.abc import Iterator, Sequence

from newsmine import dates
from newsmine.loading.exports.chunks import Chunk
from newsmine.loading.named import language_of
from newsmine.loading.plain import Stated, names_of, unwrapped

NAME = "factiva"
_CODES = "HD SE BY CR WC PD ET SN SC ED PG VOL LA CY CLM LP TD ART RF CO IN NS RE IPC IPD PUB AN".split()
_CODE = re.compile(rf"^({'|'.join(_CODES)})(?:[ ]{{2,}}|[ ]*\t[ \t]*|\s*$)(.*)$")
_NUMBER = r"Document [A-Z0-9]{3,10}0*(?:19|20)\d\d[01]\d[0-3]\d[a-z0-9]{6,14}"
_DOCUMENT = re.compile(rf"\s*(?:AN\s+)?{_NUMBER}\s*")
_WORDS = re.compile(r"[ \t]*[\d.,]+ (?:words?|Wörter|mots|palabras|parole|woorden|слов\w*)[ \t]*")
_COPYRIGHT = re.compile(r"\s*(?:Copyright\b|©|\(c\)).*", re.IGNORECASE)
_CODED = [re.compile(rf"^{code}(?:[ ]{{2,}}|[ ]*\t|[ \t]*$)", re.MULTILINE) for code in ("HD", "WC", "PD", "SN")]
_DOCUMENT_LINE = re.compile(rf"^{_NUMBER}[ \t]*$", re.MULTILINE)
_WORDS_LINE = re.compile(rf"^{_WORDS.pattern}$", re.MULTILINE)
_COVER = re.compile(r"\s*(?:Page \d+ of \d+ )?© ?\d{4} Factiva.*", re.IGNORECASE)
_LONGEST_HEAD = 16
_QUICK_WITHIN = 4000


def sign(text: str) -> str | None:
    """Return the sign of a Factiva export: four of its codes, or its document number and a number of words."""
    # The quick look first: this is asked of every text.
    if "\nPD" in text[:_QUICK_WITHIN] and all(pattern.search(text) for pattern in _CODED):
        return "the field codes of Factiva (HD, WC, PD, SN, …)"
    if "\nDocument " in text and _DOCUMENT_LINE.search(text) and _WORDS_LINE.search(text):
        return "document numbers of Factiva, and numbers of words"
    return None


def chunks(lines: Sequence[str]) -> Iterator[Chunk]:
    """Yield the documents, each up to its number, and what stands after the last one."""
    start, is_headed = 0, False
    for index, line in enumerate(lines):
        is_head = bool((match := _CODE.match(line)) and match[1] == "HD")
        if is_head and is_headed:
            yield Chunk(start + 1, lines[start:index], is_whole=False)
            start = index
        is_headed = is_headed or is_head
        if _DOCUMENT.fullmatch(line):
            yield from _with_cover(start, lines[start : index + 1])
            start, is_headed = index + 1, False
    rest = lines[start:]
    if any(line.strip() for line in rest):
        yield Chunk(start + 1, rest, is_record=is_headed or any(map(_WORDS.fullmatch, rest)), is_whole=False)


def _with_cover(start: int, lines: Sequence[str]) -> Iterator[Chunk]:
    """Yield the document that the lines end with; what stands above its first code is no part of it."""
    codes = [index for index, line in enumerate(lines) if _CODE.match(line)]
    if codes and any(line.strip() for line in lines[: codes[0]]):
        yield Chunk(start + 1, lines[: codes[0]], is_record=False)
    first = codes[0] if codes else 0
    yield Chunk(start + first + 1, lines[first:])


def stated(lines: Sequence[str]) -> Stated | None:
    """Return what a document says of its article, or None if it has neither codes nor a number of words."""
    fields = _fields(lines)
    return _of_fields(fields) if "HD" in fields or "TD" in fields else _as_shown(lines)


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if match := _CODE.match(line):
            code = match[1]
            fields.setdefault(code, []).append(match[2])
        elif code and not _DOCUMENT.fullmatch(line):
            fields[code].append(line)
    return fields


def _of_fields(fields: dict[str, list[str]]) -> Stated:
    def value(code: str) -> str:
        return " ".join(line.strip() for line in fields.get(code, []) if line.strip())

    text = [*unwrapped(fields.get("LP", [])), *unwrapped(fields.get("TD", []))]
    return Stated(
        title=value("HD"),
        paragraphs=text,
        publisher=value("SN"),
        date=f"{value('PD')} {value('ET')}".strip(),
        authors=names_of(value("BY")),
        section=value("SE"),
        language=value("LA"),
    )


def _as_shown(lines: Sequence[str]) -> Stated | None:
    """Return what a document without codes says: title and byline stand above its number of words, the rest below."""
    filled = [index for index, line in enumerate(lines) if line.strip() and not _COVER.fullmatch(line)]
    count = next((index for index in filled[:_LONGEST_HEAD] if _WORDS.fullmatch(lines[index])), None)
    if count is None:
        return None
    above = [lines[index].strip() for index in filled if index < count]
    title, authors, section = _title(above)
    end = _end_of_head(lines, [index for index in filled if index > count][:_LONGEST_HEAD])
    head = [text for line in lines[count + 1 : end] if (text := line.strip()) and not _COPYRIGHT.fullmatch(text)]
    moments = [text for text in head if text[0].isdigit() and dates.parse(text)]
    names = [text for text in head if text not in moments and not text.isdigit()]
    return Stated(
        title=title,
        paragraphs=unwrapped([line for line in lines[end:] if not _DOCUMENT.fullmatch(line)]),
        publisher=names[0] if names else "",
        date=" ".join(sorted(moments[:2], key=len, reverse=True)),
        authors=authors,
        section=section,
        language=next(filter(language_of, reversed(names[1:])), ""),
    )


def _title(above: Sequence[str]) -> tuple[str, Sequence[str], str]:
    """Return title, authors and section of the lines above the number of words; the first and the last are optional."""
    rest = list(above)
    is_byline = len(rest) > 1 and (rest[-1].startswith("By ") or (len(rest[-1].split()) <= 4 and rest[-1].istitle()))
    authors = names_of(rest.pop()) if is_byline else ()
    section = rest[-2] if len(rest) > 1 and len(rest[-2].split()) <= 4 else ""
    return (rest[-1] if rest else ""), authors, section


def _end_of_head(lines: Sequence[str], below: Sequence[int]) -> int:
    """Return the index of the first line under the head, which ends with a copyright, or else with its short lines."""
    for index in below:
        if _COPYRIGHT.fullmatch(lines[index]):
            return index + 1
    return next((index for index in below if len(lines[index].split()) > 8), below[-1] + 1 if below else len(lines))
