"""The article on a page with menus: the densest stretch of prose, the title above it, and the date near both."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from newsmine.loading.asides import Notices, has_credit, is_caption, names_source
from newsmine.loading.datelines import BYLINE, Dates, find_date
from newsmine.loading.phrases import is_furniture_text, is_list_name_text
from newsmine.loading.rows import Row
from newsmine.records import Timestamp

_LETTERS = re.compile(r"[\u2e80-\uffff]{2,}|[^\W\d_]{4,}")
_QUOTES = "\"'”’»“)"
_AGAINST = -1.5
_COOKIES = ("ookie", "OOKIE", "çerez", "Çerez")
_TOP = 60
_MOST_BESIDES_SHAPE = 3.4
_SHORT_GAP = 4
_FEW_PARAGRAPHS = 6.0


@dataclass(slots=True)
class Story:
    """The rows of an article by what they are; `start` and `end` limit it, header included."""

    start: int
    end: int
    title: Row | None = None
    subtitle: Row | None = None
    authors: tuple[str, ...] = ()
    published: Timestamp | None = None
    paragraphs: list[Row] = field(default_factory=list)
    used: list[Row] = field(default_factory=list)


def find_story(rows: Sequence[Row], *, dayfirst: bool | None = None) -> Story | None:
    """Return the article of a page, None if nothing on it reads as one."""
    seen = Counter(row.text for row in rows)
    scores = [_score(row, seen) for row in rows]
    start, end = _densest(scores)
    if _is_consent(rows[start:end]):
        others = [*scores[:start], *[_AGAINST] * (end - start), *scores[end:]]
        if any(limits := _densest(others)):
            scores, (start, end) = others, limits
    if start == end:
        return None
    body = rows[start:end]
    known = Dates(dayfirst)
    title = _title(rows, start, end, seen, known)
    story = Story(start if title is None else min(title, start), end)
    if title is not None:
        story.title = rows[title]
        start = _start(rows, scores, title, start)
        body = list(rows[start:end])
        between = rows[title + 1 : start] if title < start else ()
        story.subtitle = _subtitle(between, known)
    story.paragraphs = _paragraphs(body, seen)
    if not story.paragraphs:
        return None
    head = start if title is None else min(title, start)
    if dated := find_date(rows, head, start, end, known):
        story.published = dated[0]
        story.used.append(dated[1])
    _authors(story, rows[story.start : start + 3])
    kept = [story.title, story.subtitle, *story.paragraphs, *story.used]
    story.used = list({row.number: row for row in kept if row is not None}.values())
    return story


def _is_consent(rows: Sequence[Row]) -> bool:
    """Tell whether lines are a dialog about cookies, which can be longer than the article of the page."""
    prose = [row.text for row in rows if row.is_prose]
    return sum([any(map(text.__contains__, _COOKIES)) for text in prose]) > 0.4 * len(prose)


def _score(row: Row, seen: Counter[str]) -> float:
    """Return how much a line speaks for the body of an article (above 0) or against it."""
    size = row.size
    if row.links > 0.6:
        return -2.0
    if seen[row.text] > 1:
        return -1.0 if size < 400 else 0.0
    if row.mark == "*":
        if row.ends and size >= 80:
            return min(size, 400) / 100
        return -1.5 if size < 80 else -1.0
    if row.is_prose:
        return min(size, 600) / 60
    if size >= 120:
        return 1.0
    if row.ends and size >= 20:
        return 0.5
    return -1.5


def _densest(scores: Sequence[float]) -> tuple[int, int]:
    """Return the limits of the stretch with the highest sum that holds no long stretch against it."""
    best, limits = 0.0, (0, 0)
    total = peak = least = 0.0
    start = end = against = 0
    for i, score in enumerate(scores):
        if total <= 0 and score < 0:  # as at most lines of a menu
            against += 1
            continue
        if total <= 0 or total < least:
            total, peak, least, start = 0.0, 0.0, 0.0, i
        against = against + 1 if score < 0 else 0
        # A box or buttons within an article must not part its first paragraphs from the others.
        total += score * 0.3 if 0 < against <= _SHORT_GAP and 0 < peak < _FEW_PARAGRAPHS else score
        if total > peak:
            peak, least, end = total, total - min(24.0, 8 + total / 3), i + 1
            if peak > best:
                best, limits = peak, (start, end)
    return limits


def _start(rows: Sequence[Row], scores: Sequence[float], title: int, start: int) -> int:
    """Return where the body starts: below the title, and not below prose that follows the title."""
    if title >= start:
        return title + 1
    prose = [i for i in range(title + 1, start) if rows[i].is_prose and rows[i].mark != "*" and scores[i] > 1]
    return prose[0] if len(prose) > 1 and sum(scores[i] for i in prose) > 8 else start


def _title(rows: Sequence[Row], start: int, end: int, seen: Counter[str], known: Dates) -> int | None:
    """Return the index of the line that reads as the title: by its shape, its place, and its words in the body."""
    text = " ".join([row.text for row in rows[start : min(start + 20, end)]]).casefold()
    top = max(0, start - _TOP)
    above = [i for i in range(top) if rows[i].level == 1]
    places = [i for i in (*above, *range(top, min(start + 12, end))) if _may_be_title(rows[i], i - start)]
    best, found = 1.3, None
    for score, place in sorted(((_shape_score(rows, i, start, seen), -i) for i in places), reverse=True):
        if score + _MOST_BESIDES_SHAPE <= best:
            break  # what follows takes most of the time
        score += _words_score(rows[-place], text) + _date_score(rows, -place, start, known)
        if score > best:
            best, found = score, -place
    return found


def _may_be_title(row: Row, place: int) -> bool:
    """Tell whether a line can be the title; `place` counts from the first line of the body."""
    if row.mark == "#":
        return row.level == 1 or -_TOP <= place < 5
    if not -_TOP <= place < 5 or not 10 <= row.size <= 220 or " " not in row.text or (row.mark and row.words < 4):
        return False
    if place >= 0 and row.ends and row.text[-1] not in "?!\"'“”»":
        return False
    return row.text[-1] not in ",;:" and not _has_source(row)


def _has_source(row: Row) -> bool:
    """Tell whether a line names the source of a picture, which a title does not; "Bild: ..." within it is none."""
    return names_source(row.text) if ". " in row.text else has_credit(row.text)


def _shape_score(rows: Sequence[Row], i: int, start: int, seen: Counter[str]) -> float:
    """Return how much the shape of a line and its place speak for it as the title.

    The weights were fitted to pages whose titles are known.
    """
    row, below = rows[i], rows[i + 1] if i + 1 < len(rows) else None
    score = 0.1 * min(row.words, 7) - min(abs(start - 1 - i) * 0.015, 0.6)
    score += (2.2 if row.level == 1 else 0.2) if row.mark == "#" else -0.6 if row.mark else 0
    score += 1.25 if 30 <= row.size <= 110 else -0.3 if row.size > 130 else 0
    if row.gap and (below is None or below.gap):
        score += 1.4
    if i >= start:
        score -= 1.25
    elif below is not None and below.size > 40 and not below.mark and i + 1 <= start:
        score += 0.55
    if row.ends and row.text.rstrip(_QUOTES)[-1:] in ".。":
        score -= 0.8
    if i == 0 or rows[i - 1].words <= 2:
        score += 0.3
    elif _may_stand_above_lead(rows[i - 1]):
        score -= 0.5
    return score + 0.15 * min(seen[row.text] - 1, 2)


def _may_stand_above_lead(row: Row) -> bool:
    """Tell whether a line stands apart, as long as a title, so that the one below it is rather its lead."""
    return bool(row.gap) and not row.mark and 30 <= row.size <= 110 and row.words >= 4 and not row.ends


def _words_score(row: Row, body: str) -> float:
    """Return how much it speaks for a line that its words stand in the body too."""
    words = {_stem(word) for word in _LETTERS.findall(row.text.casefold())}
    shared = sum([word in body for word in words])
    return 0.7 * shared / (len(words) + 1) + 0.2 * min(shared, 6)


def _date_score(rows: Sequence[Row], i: int, start: int, known: Dates) -> float:
    """Return how much it speaks for a line that a date or a byline stands below it, and that it is none itself."""
    # An empty bullet is no line.
    below = [row for row in rows[i + 1 : min(i + 12, max(start, i + 3), start + 5)] if row.size > 2]
    return 1.3 * any(map(known.is_meta, below[:4])) - 2.0 * known.is_meta(rows[i])


def _stem(word: str) -> str:
    return word[:2] if word[0] > "\u2e80" else word[:5]


def _subtitle(between: Iterable[Row], known: Dates) -> Row | None:
    """Return the lead between title and body: the first longer line that is neither a date nor a credit."""
    for row in between:
        if row.words >= 6 and row.mark != "*" and not (has_credit(row.text) or known.is_meta(row)):
            return row
    return None


def _paragraphs(body: Sequence[Row], seen: Counter[str]) -> list[Row]:
    """Return what of the body is text, and not a caption, a notice, a button or a teaser of something else."""
    kept: list[Row] = []
    leads_in = False
    notices = Notices(body)
    for row, following in zip_longest(body, body[1:]):
        is_listed = leads_in and row.mark == "*" and row.size >= 15 and seen[row.text] == 1
        if is_listed or (_is_text(row, following, seen) and not (is_caption(row) or notices.has(row))):
            kept.append(row)
            leads_in = is_listed or (row.text[-1] in ":：" and row.size >= 25)
        else:
            leads_in = False
    return kept


def _is_text(row: Row, following: Row | None, seen: Counter[str]) -> bool:
    if row.links > 0.6 or (seen[row.text] > 1 and row.size < 60):
        return False
    if row.is_prose and row.mark != "#":
        return True
    if row.mark == "#":
        is_followed = following is not None and (following.is_prose or following.mark == "#")
        return is_followed and row.size <= 100 and not is_list_name_text(row.text)
    if row.ends:
        return row.words >= 3
    if row.text[-1] in ":：" and following is not None and following.mark == "*":
        return row.size >= 25 and not is_list_name_text(row.text)
    if row.mark:
        return row.mark == ">" and row.words >= 3
    if row.size >= 120:
        return not is_list_name_text(row.text)
    is_subheading = row.words >= 2 and following is not None and following.is_prose
    return is_subheading and not is_furniture_text(row.text) and not is_list_name_text(row.text)


def _authors(story: Story, rows: Iterable[Row]) -> None:
    for row in rows:
        if row.size < 90 and (match := BYLINE.match(row.text)):
            names = re.split(r",|\band\b|\bund\b|\bet\b|\by\b|&", match["names"])
            story.authors = tuple(name.strip() for name in names if name.strip())
            story.used.append(row)
            return
