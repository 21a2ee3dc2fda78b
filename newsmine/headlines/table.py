"""The headline list as a table, near-identical headlines merged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsmine.headlines.distinct import day_of
from newsmine.headlines.grouping import WINDOW, Stories, stories
from newsmine.headlines.indexed import Index
from newsmine.headlines.judge import THRESHOLD, Form, differing, judge
from newsmine.headlines.suffixes import learned_suffixes, without_suffix
from newsmine.records import Headline
from newsmine.table import Row, Table

_COLUMNS = (
    "date", "source", "headline", "copies", "url", "story", "score", "rule", "compared", "differing",
    "subtitle", "tags", "list", "position", "path", "line", "language", "raw", "inferred",
)  # fmt: skip
_SHOWN = ("date", "source", "headline", "copies", "url")
_SHOWN_IN_GROUPS = ("story", "date", "source", "headline", "list", "url")
_WHY = ("score", "rule", "compared", "differing")
_NEAR = ("score", "guard", "date", "source", "headline", "near_date", "near_source", "near_headline", "differing")


def headline_table(
    headlines: Iterable[Headline],
    *,
    dedupe: bool = True,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
    groups: bool = False,
    why: bool = False,
    index: Index | None = None,
) -> Table:
    """Return the headlines, newest first, near-identical ones as one row with the number of its copies.

    The row of a story is its earliest headline, of several the longest, then the first in the alphabet. With `groups`,
    each story of two or more copies is shown with all of its members; with `why` also their score against the story's
    row, the rule that joined them, the words that were compared, and those that only the one or the other has. An
    `index` that knows all of the headlines saves time, and changes nothing.
    """
    items = sorted(_bare(headlines), key=_head_first)
    keys = [_key(item) for item in items]
    distinct = list(dict.fromkeys(keys))
    numbers = range(len(items))
    if dedupe or groups:
        found = _stories(distinct, threshold, window, index)
        at = dict(zip(distinct, found.numbers, strict=True))
        numbers = [at[key] for key in keys]  # type: ignore[assignment]
    members: dict[int, list[Headline]] = defaultdict(list)
    for number, item in zip(numbers, items, strict=True):
        members[number].append(item)
    return _table(list(members.values()), groups=groups or why, why=why)


def near_table(
    headlines: Iterable[Headline],
    *,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
    index: Index | None = None,
) -> Table:
    """Return the pairs of headlines that are alike enough for one story, with the guard that keeps them apart.

    The most alike come first. Of headlines that are equal and of one day, one stands for all.
    """
    known = {_key(item): item for item in sorted(_bare(headlines), key=_head_first, reverse=True)}
    distinct = sorted(known, key=lambda key: _head_first(known[key]))
    found = _stories(distinct, threshold, window, index)
    rows: list[Row] = []
    for (i, j), verdict in found.vetoed.items():
        a, b = known[distinct[i]], known[distinct[j]]
        words = differing(Form(a.text), Form(b.text))
        rows.append(
            (
                round(verdict.score, 1), verdict.guard,
                _date(a), a.source.label, a.text, _date(b), b.source.label, b.text, _apart(words),
            )
        )  # fmt: skip
    return Table(_NEAR, tuple(sorted(rows, key=_most_alike)), _NEAR)


def _bare(headlines: Iterable[Headline]) -> list[Headline]:
    """Return the headlines without the suffixes that they show to be their publishers' names."""
    items = list(headlines)
    suffixes = learned_suffixes((item.source.publisher, item.text) for item in items)
    if not suffixes:
        return items
    return [replace(item, text=without_suffix(item.text, item.source.publisher, suffixes)) for item in items]


def _stories(
    distinct: Sequence[tuple[str, str | None]], threshold: float, window: int | None, index: Index | None
) -> Stories:
    texts, days = [text for text, _ in distinct], [day for _, day in distinct]
    return stories(texts, days=days, threshold=threshold, window=window, index=index)


def _most_alike(row: Row) -> tuple[float, str, str]:
    return -float(str(row[0])), str(row[4]), str(row[7])


def _table(members: Sequence[Sequence[Headline]], *, groups: bool, why: bool) -> Table:
    newest_first = sorted(members, key=lambda story: _head_first(story[0])[1:])
    newest_first.sort(key=lambda story: _date(story[0]) or "", reverse=True)
    rows: list[Row] = []
    for number, story in enumerate(newest_first, start=1):
        first = story[0]
        if not groups:
            rows.append(_row(first, number, len(story), (None,) * len(_WHY)))
        elif len(story) > 1:
            form = Form(first.text)
            rows += (_row(headline, number, len(story), _reason(first, form, headline)) for headline in story)
    shown = (*_SHOWN_IN_GROUPS, *(_WHY if why else ())) if groups else _SHOWN
    return Table(_COLUMNS, tuple(rows), shown)


def _reason(first: Headline, form: Form, headline: Headline) -> Row:
    """Return the score against the story's row, the rule, the words compared and those that differ."""
    if headline is first:
        return None, "first", form.text, None
    own = Form(headline.text)
    if own.text == form.text:
        return 100.0, "identical" if headline.text == first.text else "identical words", own.text, None
    return round(judge(form, own).score, 1), "near-identical", own.text, _apart(differing(form, own))


def _apart(words: tuple[str, str]) -> str:
    return f"{words[0]} | {words[1]}".strip()


def _row(headline: Headline, story: int, copies: int, reason: Row) -> Row:
    return (
        _date(headline), headline.source.label, headline.text, copies, headline.url, story, *reason,
        headline.subtitle, headline.tags, headline.list, headline.position, headline.source.path, headline.line,
        headline.language, headline.raw, tuple(sorted(headline.inferred)),
    )  # fmt: skip


def _key(headline: Headline) -> tuple[str, str | None]:
    return headline.text, day_of(headline)


def _date(headline: Headline) -> str | None:
    return headline.published.iso if headline.published else None


def _head_first(headline: Headline) -> tuple[str, int, str, str, str, int]:
    # An undated headline stands for none that is earlier, so it never represents a dated one.
    text = headline.text
    return (_date(headline) or "9999", -len(text), text.casefold(), text, headline.source.path, headline.line)
