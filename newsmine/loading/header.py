"""The head of an article in a text dump: title, subtitle, section, byline and date, in whatever order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsmine.loading.lines import Line, split_date
from newsmine.records import Timestamp

_BYLINE = re.compile(r"^(?:by|von|par|por|di)\s+(?=[^\W\d_])(?P<names>[^.!?]{3,80})$", re.IGNORECASE)
_LAST_HEADER_LINE = 14
_LONGEST_TITLE = 25


@dataclass(slots=True)
class Header:
    """What the lines above the body say, those lines, and the rest."""

    title: str | None = None
    subtitle: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    published: Timestamp | None = None
    url: str | None = None
    line: int = 1
    used: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


def read_header(lines: Sequence[Line], *, dayfirst: bool | None = None) -> Header:
    """Return the header of the lines, which end where the first list of headlines begins."""
    header = Header()
    dated = _date_line(lines, dayfirst)
    top = list(lines[:dated]) if dated is not None else _undated_top(lines)
    rest = list(lines[len(top) :])
    if dated is not None:
        _take_date(header, rest.pop(0), dayfirst)
        rest = _take_metadata(header, rest, dayfirst)
        if not any(_may_be_title(line) for line in top):
            below = _undated_top(rest)
            top, rest = [*top, *below], rest[len(below) :]
            rest = _take_metadata(header, rest, dayfirst)
    _take_titles(header, top)
    header.body += rest
    header.body.sort(key=lambda line: line.number)
    return header


def _date_line(lines: Sequence[Line], dayfirst: bool | None) -> int | None:
    """Return the index of the line that dates the article: a date, alone or with a section or byline."""
    for i, line in enumerate(lines[:_LAST_HEADER_LINE]):
        if line.is_paragraph and (i or line.words > _LONGEST_TITLE):
            return None
        split = split_date(line, dayfirst=dayfirst)
        if split and len(f"{split[0]} {split[1]}".split()) <= 6 and not (split[0] and split[1]):
            return i
    return None


def _take_date(header: Header, line: Line, dayfirst: bool | None) -> None:
    header.used.append(line)
    split = split_date(line, dayfirst=dayfirst)
    if split is None:
        return
    stamp = split[2]
    if header.published is None or line.label.startswith(("publ", "post", "creat")):
        header.published = stamp
    beside = split[0] or split[1]
    if match := _BYLINE.match(beside):
        header.authors = _names(match["names"])
    elif beside and not header.section and not line.label:
        header.section = beside


def _take_metadata(header: Header, lines: Sequence[Line], dayfirst: bool | None) -> list[Line]:
    """Use the lines right under the date that are more of it: another date, a byline, an address."""
    rest = list(lines)
    while rest:
        line = rest[0]
        split = split_date(line, dayfirst=dayfirst) if line.words <= 8 else None
        if split and not line.is_paragraph:
            _take_date(header, line, dayfirst)
        elif not _take_small(header, line):
            break
        rest.pop(0)
    return rest


def _take_small(header: Header, line: Line) -> bool:
    if match := _BYLINE.match(line.text):
        header.authors = header.authors or _names(match["names"])
    elif line.is_url:
        header.url = header.url or line.text
    else:
        return False
    header.used.append(line)
    return True


def _undated_top(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that can be title and subtitle where no date says where the head ends."""
    top: list[Line] = []
    has_title = False
    for i, line in enumerate(lines):
        if line.is_paragraph or line.stamp:
            break
        if has_title and (line.gap or len(top) > 4):
            break
        top.append(line)
        has_title = has_title or _may_be_title(line)
        if i + 1 == len(lines):
            return []
    return top


def _may_be_title(line: Line) -> bool:
    return line.words >= 3 and not (line.is_furniture or line.is_url or line.is_list_name or _BYLINE.match(line.text))


def _take_titles(header: Header, top: Sequence[Line]) -> None:
    """Find title, subtitle and section among the lines above the body; leave the others."""
    titles = [line for line in top if _may_be_title(line)]
    if not titles and top:
        titles = [line for line in top if not (line.is_furniture or line.is_url)][:1]
    for line in top:
        if titles and line is titles[0]:
            header.title, header.line = line.text, line.number
        elif len(titles) > 1 and line is titles[1]:
            header.subtitle = line.text
        elif _take_small(header, line):
            continue
        elif titles and line.number < titles[0].number and _is_section(line) and not header.section:
            header.section = line.text
        else:
            (header.body if line.words > 3 else header.furniture).append(line)
            continue
        header.used.append(line)


def _is_section(line: Line) -> bool:
    return line.words <= 3 and not line.is_furniture and (line.text.isupper() or line.text.istitle())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r",|\band\b|&", text) if name.strip())
