"""The line that dates an article: beside or near its title, whatever other dates the page holds."""

import re
from collections.abc import Sequence
from dataclasses import replace

from newsmine import dates
from newsmine.loading.asides import has_credit
from newsmine.loading.rows import Row
from newsmine.records import Timestamp

BYLINE = re.compile(
    r"^(?:written |text |reported )?(?:by|von|par|por|de|di|door|av|af|oleh|autor(?:in)?|author|авторы?|текст)\s*:?\s+"
    r"(?=[^\W\d_])(?-i:(?![a-zà-ÿа-я]))(?P<names>[^.!?:|]{3,80}?)(?:\s*[|•·,–—-]\s.*)?$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}|\d[./-]\d\d?[./-]\d")
_UPDATED = re.compile(
    r"updat|uppf|uppdat|oppdat|opdat|päivit|frissít|atnauj|aktuali[sz]|actuali[sz]|atualiz|mis à jour|modif|aggiorn|"
    r"güncel|обновл|оновл|изменен|yenilən|edited|수정|更新|geändert|bijgewerkt|zuletzt|diperbarui|"
    r"cập nhật|revised|stand:?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi[sckqz]|post(?:ed|ado)|veröff|erst(?:ellt|meldung)|erschien|geplaatst|yayın|oluştur|giriş|опубл|created|입력|등록|"
    r"発表|公開|發布|发布|diterbitkan|terbit|đăng|gepubliceerd|publicerad|dərc|první",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(r"(?<![\d.])[0-3]?\d\.\s?[01]?\d\.\s?[0-3]\d(?![\d.])")
_UNTIL = re.compile(
    r"\b(?:bis|until|till|expires|jusqu\S+|hasta|fino|ate|até|tot|do|до|copyright|©|\(c\))\W*$", re.IGNORECASE
)
_LONGEST_META = 100
_LONGEST_LABEL = 40
_MOST_OF_A_LINE = 5.5
_ABOVE = 25
_BELOW = 10


class Dates:
    """The dates in the lines of one page, each looked for once; `dayfirst` settles 05/03/2024."""

    def __init__(self, dayfirst: bool | None = None) -> None:
        self._dayfirst = dayfirst
        self._found: dict[str, list[dates.Found]] = {}

    def of(self, row: Row) -> list[dates.Found]:
        """Return the dates in a line; 25.04.24 is one too if there is no other."""
        if not _DATE.search(row.text):
            return []
        found = self._found.get(row.text)
        if found is None:
            found = self._found[row.text] = _found(row.text, self._dayfirst)
        return found

    def is_meta(self, row: Row) -> bool:
        """Tell whether a line is a date or a byline."""
        return row.size <= _LONGEST_META and (bool(self.of(row)) or BYLINE.match(row.text) is not None)


def find_date(rows: Sequence[Row], head: int, start: int, end: int, known: Dates) -> tuple[Timestamp, Row] | None:
    """Return the date of the article and its line: below the title, else above it, else below the body.

    `head` is the index of the title, `start` and `end` limit the body; a date in running text is none.
    """
    best = 0.0
    chosen: tuple[Timestamp, Row] | None = None
    places = (*range(max(0, head - _ABOVE), min(start + 14, end)), *range(end, min(end + _BELOW, len(rows))))
    for place, i in sorted([(-_place_score(i, head, start, end), i) for i in places]):
        if _MOST_OF_A_LINE - place <= best:
            break  # to read further dates takes most of the time
        row = rows[i]
        last = 0
        for date in known.of(row) if row.size <= (60 if start + 5 < i < end else 250) else ():
            before = row.text[last : date.start].strip() or _label(rows, i, known)
            last = date.end
            score = _date_score(row, date, before) - place
            if score > best:
                best, chosen = score, (date.timestamp, row)
    return chosen


def _label(rows: Sequence[Row], i: int, known: Dates) -> str:
    """Return the line above a date if it may say what date it is."""
    return rows[i - 1].text if i and rows[i - 1].size < _LONGEST_LABEL and not known.of(rows[i - 1]) else ""


def _found(text: str, dayfirst: bool | None) -> list[dates.Found]:
    found = dates.find(text, dayfirst=dayfirst)
    short = None if found or len(text) > _LONGEST_META else _SHORT_YEAR.search(text)
    if short is None:
        return found
    longer = f"{text[: short.end() - 2]}20{text[short.end() - 2 :]}"
    return [
        dates.Found(date.start, date.end - 2, replace(date.timestamp, raw=text[date.start : date.end - 2]))
        for date in dates.find(longer, dayfirst=True)
    ]


def _date_score(row: Row, found: dates.Found, before: str) -> float:
    """Return how much the line of a date speaks for it: what else stands there, and what it is called.

    `before` is what stands in front of the date.
    """
    beside = row.size - (found.end - found.start) + min(len(before), found.start)
    score = 3.0 - beside / (150 if BYLINE.match(row.text) else 40)
    score += 0.5 * (found.timestamp.precision in ("minute", "second"))
    if has_credit(row.text) or _UNTIL.search(before):
        score -= 4
    if _PUBLISHED.search(before):
        score += 2
    elif _UPDATED.search(before):
        score -= 1
    return score


def _place_score(i: int, head: int, start: int, end: int) -> float:
    if i < head:
        return -0.12 * (head - i)
    if i < start:
        return 1.0 - 0.05 * (i - head)
    return -1.5 - 0.1 * (i - start) if i < end else -1.0 - 0.1 * (i - end)
