"""The headline list as a table, near-identical headlines merged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsmine.headlines.compare import THRESHOLD
from newsmine.headlines.distinct import day_of
from newsmine.headlines.grouping import WINDOW, Stories, stories
from newsmine.records import Headline
from newsmine.table import Row, Table

_COLUMNS = (
    "date", "source", "headline", "copies", "url", "story", "score", "rule",
    "subtitle", "tags", "list", "position", "path", "line", "language", "raw", "inferred",
)  # fmt: skip
_SHOWN = ("date", "source", "headline", "copies", "url")
_SHOWN_IN_GROUPS = ("story", "date", "source", "headline", "list", "url")


def headline_table(
    headlines: Iterable[Headline],
    *,
    dedupe: bool = True,
    threshold: float = THRESHOLD,
    window: int | None = WINDOW,
    groups: bool = False,
    why: bool = False,
) -> Table:
    """Return the headlines, newest first, near-identical ones as one row with the number of its copies.

    The row of a story is its earliest headline. With `groups`, each story of two or more copies is shown with all
    of its members; with `why` also their score against the story's row and the rule that joined them.
    """
    items = sorted(headlines, key=_oldest_first)
    distinct = list(dict.fromkeys(map(_key, items)))
    if dedupe or groups:
        found = stories([t for t, _ in distinct], days=[d for _, d in distinct], threshold=threshold, window=window)
    else:
        found = Stories(tuple(range(len(distinct))), {})
    at = {key: i for i, key in enumerate(distinct)}
    members: dict[int, list[Headline]] = defaultdict(list)
    for n, item in enumerate(items):
        members[found.numbers[at[_key(item)]] if dedupe or groups else n].append(item)
    return _table(list(members.values()), found, at, groups=groups or why, why=why)


def _table(
    members: Sequence[Sequence[Headline]],
    found: Stories,
    at: dict[tuple[str, str | None], int],
    *,
    groups: bool,
    why: bool,
) -> Table:
    newest_first = sorted(members, key=lambda story: _oldest_first(story[0])[1:])
    newest_first.sort(key=lambda story: _date(story[0]) or "", reverse=True)
    rows: list[Row] = []
    for number, story in enumerate(newest_first, start=1):
        first = story[0]
        if not groups:
            rows.append(_row(first, number, len(story), None, None))
        elif len(story) > 1:
            for headline in story:
                score, rule = _reason(first, headline, found, at)
                rows.append(_row(headline, number, len(story), score, rule))
    shown = (*_SHOWN_IN_GROUPS, *(("score", "rule") if why else ())) if groups else _SHOWN
    return Table(_COLUMNS, tuple(rows), shown)


def _reason(
    first: Headline, headline: Headline, found: Stories, at: dict[tuple[str, str | None], int]
) -> tuple[float | None, str]:
    if headline is first:
        return None, "first"
    i, j = at[_key(first)], at[_key(headline)]
    if i == j:
        return 100.0, "identical"
    score = found.score(i, j) or 0.0
    return round(score, 1), "identical words" if score == 100 else "near-identical"


def _row(headline: Headline, story: int, copies: int, score: float | None, rule: str | None) -> Row:
    return (
        _date(headline), headline.source.label, headline.text, copies, headline.url, story, score, rule,
        headline.subtitle, headline.tags, headline.list, headline.position, headline.source.path, headline.line,
        headline.language, headline.raw, tuple(sorted(headline.inferred)),
    )  # fmt: skip


def _key(headline: Headline) -> tuple[str, str | None]:
    return headline.text, day_of(headline)


def _date(headline: Headline) -> str | None:
    return headline.published.iso if headline.published else None


def _oldest_first(headline: Headline) -> tuple[str, str, str, str, int]:
    # An undated headline stands for none that is earlier, so it never represents a dated one.
    return (_date(headline) or "9999", headline.text.casefold(), headline.text, headline.source.path, headline.line)
