"""The text exports of Nexis Uni and Lexis+ ("End of Document") and of the older LexisNexis ("1 of 25 DOCUMENTS")."""

import re
from collections.abc import Iterator, Sequence

from newsmine import dates
from newsmine.loading.exports.chunks import Chunk
from newsmine.loading.plain import Stated, names_of, unwrapped

NAME = "nexis"
_COUNT = re.compile(
    r"[ \t]*(?:Dokument |Document )?\d+ (?:of|von|de|di|van) \d+ (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTI)[ \t]*"
)
_END = re.compile(r"[ \t]*End of Document[ \t]*")
# The first document, or a cover page with a list of them, begins at once.
_QUICK = re.compile(r"[LJ](?:eng|ENG|änge|ÄNGE|ong|ONG|ung|UNG|ob Number)[^\W\d]*:")
_QUICK_WITHIN = 4000
_BODY = re.compile(r"[ \t]*(?:Body|BODY:?|VOLLTEXT:|TEXT:)[ \t]*")
_NAMES = {
    name: label
    for label, names in {
        "section": "section rubrik rubrique sección sezione rubriek",
        "length": "length länge longueur longitud lunghezza lengte",
        "byline": "byline autor auteur autore",
        "headline": "headline",
        "highlight": "highlight",
        "language": "language sprache langue idioma lingua taal",
        "load-date": "load-date update date-chargement fecha-de-carga",
        "url": "url",
        "": "dateline graphic series source publication-type journal-code subject classification correction "
        "correction-date notes",
    }.items()
    for name in names.split()
}
_LABEL = re.compile(rf"\s*({'|'.join(map(re.escape, _NAMES))}):[ \t]*(.*)$", re.IGNORECASE)
_LENGTH = re.compile(r"^[ \t]*(?:length|länge|longueur|longitud|lunghezza|lengte):\s*\d", re.IGNORECASE | re.MULTILINE)
_BODY_LINE = re.compile(rf"^{_BODY.pattern}$", re.MULTILINE)
_OTHER = re.compile(
    rf"^(?:{_END.pattern}|{_COUNT.pattern}|[ \t]*load-date:.*|[ \t]*(?:copyright|©|\(c\)) .*)$",
    re.IGNORECASE | re.MULTILINE,
)
_COPYRIGHT = re.compile(r"\s*(?:Copyright\b|©|\(c\) ?(?:19|20)\d\d)", re.IGNORECASE)
_RIGHTS = re.compile(r"\s*(?:All Rights Reserved|Alle Rechte vorbehalten|Tous droits réservés)\.?\s*", re.IGNORECASE)
# What ends the text: labels that no paragraph begins with, and headings that stand alone.
_CLOSING = re.compile(
    r"\s*(?:(?:LOAD-DATE|Load-Date|UPDATE|DATE-CHARGEMENT|PUBLICATION-TYPE|JOURNAL-CODE|CORRECTION-DATE|LANGUAGE|"
    r"SPRACHE|LANGUE|GRAPHIC|URL|SUBJECT):.*|Graphic|Classification|Notes|Correction)\s*"
)
_WEEKDAY = re.compile(
    r"\s*\b(?:[^\W\d]+(?:day|tag|dag|di|dì)|Mittwoch|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"sabato|domingo|domenica)\b,?",
    re.IGNORECASE,
)


def sign(text: str) -> str | None:
    """Return the sign of a Nexis export: a length in words, a body, and an end, a count, a date or a copyright."""
    # The quick look first: this is asked of every text.
    if not _QUICK.search(text, 0, _QUICK_WITHIN):
        return None
    if _BODY_LINE.search(text) and _LENGTH.search(text) and _OTHER.search(text):
        return "the labels of Nexis (Length, Body, Load-Date, …)"
    return None


def chunks(lines: Sequence[str]) -> Iterator[Chunk]:
    """Yield the documents, and what stands before the first and after the last one."""
    is_new = any(map(_END.fullmatch, lines))
    start = 0
    for index, line in enumerate(lines):
        if is_new and _END.fullmatch(line):
            yield from _with_cover(start, lines[start : index + 1], is_whole=True)
            start = index + 1
        elif not is_new and _COUNT.fullmatch(line):
            yield from _with_cover(start, lines[start:index], is_whole=True)
            yield Chunk(index + 1, [line], is_record=False)
            start = index + 1
    yield from _with_cover(start, lines[start:], is_whole=not is_new)


def _with_cover(start: int, lines: Sequence[str], *, is_whole: bool) -> Iterator[Chunk]:
    """Yield the document that the lines end with, and before it the cover page that may stand above its title."""
    first_label = next((index for index, line in enumerate(lines) if _is_label(line)), None)
    if first_label is None:
        is_blank = not any(line.strip() for line in lines)
        if not is_blank:
            yield Chunk(start + 1, lines, is_record=any(map(_END.fullmatch, lines)))
        return
    title = _title_above(_blocks(lines[:first_label], _is_new(lines)))
    if any(line.strip() for line in lines[:title]):
        yield Chunk(start + 1, lines[:title], is_record=False)
    yield Chunk(start + title + 1, lines[title:], is_whole=is_whole)


def _is_label(line: str) -> bool:
    return bool(_LABEL.match(line) or _BODY.fullmatch(line))


def _is_new(lines: Sequence[str]) -> bool:
    """Tell whether the labels are written as now ("Length:"); they once were capitals."""
    return not any(line.lstrip()[:6].isupper() for line in lines if _LENGTH.match(line))


def _title_above(blocks: Sequence[tuple[int, str]]) -> int:
    """Return the index of the line with which the document's head begins: two blocks above its date at most."""
    dated = _dated(blocks)
    return blocks[max(0, dated - 2)][0] if dated is not None and blocks else 0


def stated(lines: Sequence[str]) -> Stated | None:
    """Return what a document says of its article, or None if it has no fields."""
    body = next((index for index, line in enumerate(lines) if _BODY.fullmatch(line)), len(lines))
    fields = _fields(lines[:body])
    if not fields and body == len(lines):
        return None
    first_label = next((index for index, line in enumerate(lines) if _is_label(line)), body)
    title, publisher, date = _head(_blocks(lines[:first_label], _is_new(lines)), "headline" in fields)
    end = next((i for i in range(body + 1, len(lines)) if _closes(lines[i])), len(lines))
    tail = _fields(lines[end:])
    return Stated(
        title=fields.get("headline") or title,
        paragraphs=unwrapped([line for line in lines[body + 1 : end] if not _RIGHTS.fullmatch(line)]),
        subtitle=fields.get("highlight", ""),
        publisher=publisher,
        date=_WEEKDAY.sub("", date) or tail.get("load-date", ""),
        authors=names_of(fields.get("byline", "")),
        section=re.split(r"\s*;", fields.get("section", ""))[0],
        url=tail.get("url", ""),
        language=tail.get("language", "") or fields.get("language", ""),
    )


def _closes(line: str) -> bool:
    return bool(_CLOSING.fullmatch(line) or _END.fullmatch(line) or re.fullmatch(r"\s*Copyright \d{4} .*", line))


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """Return the value of each label; it goes on over the lines below it up to a blank one."""
    fields: dict[str, str] = {}
    label: str | None = None
    for line in lines:
        if match := _LABEL.match(line):
            label = _NAMES[match[1].casefold()]
            fields.setdefault(label, match[2].strip())
        elif label is not None and line.strip() and not _END.fullmatch(line):
            fields[label] = f"{fields[label]} {line.strip()}".strip()
        elif label is not None and fields[label]:
            label = None
    return fields


def _blocks(lines: Sequence[str], is_new: bool) -> list[tuple[int, str]]:
    """Return index and text of each stretch of lines between blank ones, copyright and rights left out.

    Now nothing is wrapped, and each line is one.
    """
    blocks: list[tuple[int, str]] = []
    is_open, is_wrapped = False, not is_new
    for index, line in enumerate(lines):
        if not line.strip() or _COPYRIGHT.match(line) or _RIGHTS.fullmatch(line):
            is_open = False
        elif is_open and is_wrapped and not _is_dated(line) and not _is_dated(blocks[-1][1]):
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]} {line.strip()}")
        else:
            blocks.append((index, line.strip()))
            is_open = True
    return blocks


def _dated(blocks: Sequence[tuple[int, str]]) -> int | None:
    return next((index for index in range(len(blocks) - 1, -1, -1) if _is_dated(blocks[index][1])), None)


def _is_dated(text: str) -> bool:
    """Tell whether a line is the date of a document: it begins with one and is short."""
    found = dates.find(_WEEKDAY.sub("", text).lstrip()) if len(text) <= 100 else []
    return bool(found) and found[0].start == 0


def _head(blocks: Sequence[tuple[int, str]], has_headline: bool) -> tuple[str, str, str]:
    """Return title, publisher and date of the blocks above the fields.

    Now the title comes first, then the publication and its date; it once came last. With a field for the headline
    there is the publication only.
    """
    dated = _dated(blocks)
    texts = [text for _, text in blocks]
    if dated is None:
        return (texts[0] if texts else ""), (texts[1] if len(texts) > 1 else ""), ""
    above, below = texts[:dated], texts[dated + 1 :]
    if has_headline or len(above) < 2:
        return (below[-1] if below else ""), (above[-1] if above else ""), texts[dated]
    return above[-2], above[-1], texts[dated]
