"""The article on a page with menus: the densest stretch of prose, the title above it, and the date near both."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsmine.loading.asides import Asides, has_credit
from newsmine.loading.datelines import BYLINE, find_date, is_meta
from newsmine.loading.lines import is_furniture_text, is_list_name_text
from newsmine.loading.rows import Row
from newsmine.records import Timestamp

_LETTERS = re.compile(r"[\u2e80-\uffff]{2,}|[^\W\d_]{4,}")
_TOP = 60
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
    if start == end:
        return None
    body = rows[start:end]
    title = _title(rows, start, end, seen)
    story = Story(start if title is None else min(title, start), end)
    if title is not None:
        story.title = rows[title]
        start = _start(rows, scores, title, start)
        body = list(rows[start:end])
        between = rows[title + 1 : start] if title < start else ()
        story.subtitle = _subtitle(between, body)
    story.paragraphs = _paragraphs(body, seen)
    if not story.paragraphs:
        return None
    head = start if title is None else min(title, start)
    if dated := find_date(rows, head, start, end, dayfirst=dayfirst):
        story.published = dated[0]
        story.used.append(dated[1])
    _authors(story, rows[story.start : start + 3])
    kept = [story.title, story.subtitle, *story.paragraphs, *story.used]
    story.used = list({row.number: row for row in kept if row is not None}.values())
    return story


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
    total = peak = 0.0
    start = end = against = 0
    for i, score in enumerate(scores):
        if total <= 0 or total < peak - min(24.0, 8 + peak / 3):
            total, peak, start = 0.0, 0.0, i
        against = against + 1 if score < 0 else 0
        # A box or buttons within an article must not part its first paragraphs from the others.
        total += score * 0.3 if 0 < against <= _SHORT_GAP and 0 < peak < _FEW_PARAGRAPHS else score
        if total > peak:
            peak, end = total, i + 1
            if peak > best:
                best, limits = peak, (start, end)
    return limits


def _start(rows: Sequence[Row], scores: Sequence[float], title: int, start: int) -> int:
    """Return where the body starts: below the title, and not below prose that follows the title."""
    if title >= start:
        return title + 1
    prose = [i for i in range(title + 1, start) if rows[i].is_prose and rows[i].mark != "*" and scores[i] > 1]
    return prose[0] if len(prose) > 1 and sum(scores[i] for i in prose) > 8 else start


def _title(rows: Sequence[Row], start: int, end: int, seen: Counter[str]) -> int | None:
    """Return the index of the line that reads as the title: by its shape, its place, and its words in the body."""
    text = " ".join(row.text for row in rows[start : min(start + 20, end)]).casefold()
    best, found = 1.5, None
    metas = {i for i in range(max(0, start - _TOP), min(start + 5, len(rows))) if is_meta(rows[i])}
    top = max(0, start - _TOP)
    above = (i for i in range(top) if rows[i].level == 1)
    for i in (*above, *range(top, min(start + 12, end))):
        if _may_be_title(rows[i], i - start):
            score = _title_score(rows, i, start, text, seen, metas)
            if score > best:
                best, found = score, i
    return found


def _may_be_title(row: Row, place: int) -> bool:
    """Tell whether a line can be the title; `place` counts from the first line of the body."""
    if row.mark == "#":
        return row.level == 1 or -_TOP <= place < 4
    if not -_TOP <= place < 4 or not 10 <= row.size <= 220 or " " not in row.text or (row.mark and row.words < 4):
        return False
    if place >= 0 and row.ends and row.text[-1] not in "?!\"'“”»":
        return False
    return row.text[-1] not in ",;:" and not has_credit(row.text)


def _title_score(rows: Sequence[Row], i: int, start: int, body: str, seen: Counter[str], metas: set[int]) -> float:
    """Return how much speaks for a line as the title; the weights were fitted to pages whose titles are known."""
    row, below = rows[i], rows[i + 1] if i + 1 < len(rows) else None
    words = {_stem(word) for word in _LETTERS.findall(row.text.casefold())}
    shared = sum(word in body for word in words)
    score = 0.7 * shared / (len(words) + 1) + 0.2 * min(shared, 6) + 0.1 * min(row.words, 7)
    score -= min(abs(start - 1 - i) * 0.015, 0.6)
    score += (1.8 if row.level == 1 else 0.2) if row.mark == "#" else -0.6 if row.mark else 0
    score += 1.25 if 30 <= row.size <= 110 else -0.3 if row.size > 130 else 0
    if row.gap and (below is None or below.gap):
        score += 1.4
    if i >= start:
        score -= 0.75
    elif below is not None and below.size > 60 and i + 1 <= start:
        score += 0.55
    if row.ends and row.text[-1] in ".。":
        score -= 0.8
    if i == 0 or rows[i - 1].words <= 3:
        score += 0.3
    score += 0.15 * min(seen[row.text] - 1, 2)
    if not metas.isdisjoint(range(i + 1, min(i + 5, max(start, i + 3)))):
        score += 1.5
    return score - (i in metas)


def _stem(word: str) -> str:
    return word[:2] if word[0] > "\u2e80" else word[:6]


def _subtitle(between: Iterable[Row], body: Sequence[Row]) -> Row | None:
    """Return the lead between title and body: the first longer line that is neither a date nor a credit."""
    for row in between:
        if row.words >= 6 and row.mark != "*" and not has_credit(row.text) and not BYLINE.match(row.text):
            if is_meta(row):
                continue
            return row
    return None


def _paragraphs(body: Sequence[Row], seen: Counter[str]) -> list[Row]:
    """Return what of the body is text, and not a caption, a notice, a button or a teaser of something else."""
    asides = Asides(body)
    kept: list[Row] = []
    leads_in = False
    for i, row in enumerate(body):
        following = body[i + 1] if i + 1 < len(body) else None
        is_listed = leads_in and row.mark == "*" and row.size >= 15 and seen[row.text] == 1
        if is_listed or (_is_text(row, following, seen) and not (asides.is_caption(row) or asides.is_notice(row))):
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
