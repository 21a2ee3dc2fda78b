"""News agencies: where a text credits one."""

import re
from collections.abc import Sequence
from functools import cache

from newsmine import resources

_MARK = re.compile(r"[(\[/:]")
_LONGEST_DATELINE = 100
_LONGEST_CREDIT = 60


def dateline(text: str) -> re.Match[str] | None:
    """Return the match of a dateline that names an agency (its group "agency") at the beginning of a paragraph.

    >>> [match and match["agency"] for match in map(dateline, ("GENEVA, May 5 (Reuters) - The UN", "Talks (AP) go on"))]
    ['Reuters', None]
    """
    return _dateline().match(text) if _MARK.search(text, 0, _LONGEST_DATELINE) else None


def credited(paragraphs: Sequence[str]) -> str | None:
    """Return the agency that an article credits: in a dateline, or in a line of its own or brackets at the end.

    >>> credited(["MOSCOW, September 19. /TASS/. The talks go on.", "They end in May."])
    'TASS'
    >>> credited(["The talks go on.", "They end in May. (Xinhua)"]), credited(["The talks go on.", "With AFP"])
    ('Xinhua', 'AFP')
    >>> credited(["The talks go on.", "So said Reuters, which asked twice."])
    """
    if not paragraphs:
        return None
    if match := dateline(paragraphs[0]):
        return match["agency"]
    match = _credit().search(paragraphs[-1][-_LONGEST_CREDIT:])
    return match["agency"] if match else None


def _names() -> str:
    names = (re.escape(row[0]) for row in resources.rows("agencies.tsv"))
    return f"(?P<agency>{'|'.join(sorted(names, key=lambda name: (-len(name), name)))})"


@cache
def _dateline() -> re.Pattern[str]:
    """Return the pattern: "GENEVA, May 5 (Reuters) - ", "MOSCOW, September 19. /TASS/. ", "Baku, Sept. 20, Trend: "."""
    place = r"(?:[A-Z][\w.'’-]*(?:[ ,/]+[A-Z][\w.'’-]*){0,5},?)?"
    before = r"[^()/\n—–]{0,30}"
    mark = rf"(?:(?P<open>[(\[/])|(?<=\d), ){_names()}(?(open)[)\]/]|:)"
    # In brackets it is a dateline only if a dash follows.
    return re.compile(rf"\s*{place}{before}{mark}(?:(?<=[/:])|\s*[-–—]{{1,2}}\s)")


@cache
def _credit() -> re.Pattern[str]:
    words = r"(?:[Ss]ource|[Ww]ith|[Vv]ia|[Bb]y|©|–|—|-)"
    return re.compile(rf"(?:^(?:{words}:?\s+)?|[(\[/]|\s[–—-]\s){_names()}[)\]/.]*\s*$")
