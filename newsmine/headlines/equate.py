"""The words of a headline as they are compared: one form for what headlines write in several ways."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from newsmine import resources
from newsmine.text import fold

TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W_]|[.,:]\d)|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[%$€£₹]"
)
_POSSESSIVE = re.compile(r"(?:'s|s')$")
_DIGIT_COMMA = re.compile(r"(?<=\d),(?=\d{3}\b)")
_NOT = re.compile(r"n't$")
_SCALES = frozenset(("million", "billion", "trillion", "thousand", "lakh", "crore"))
# Short forms that are words too: "sat" is a day and "no" a number only beside a number.
_AMBIGUOUS = frozenset("mar sat sun wed mon jan dec no".split())

_Table = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def words(text: str) -> list[str]:
    """Return the words and numbers of a clean headline, folded, without possessives, in one form for each.

    >>> words("Türkiye’s PM: inflation “falls” to 3.4%")
    ['turkey', 'pm', 'inflation', 'falls', 'to', '3.4', 'percent']
    >>> words("Foreign minister of the United States: 4,500 flee Kiev") == words("FM of the US: 4500 flee Kyiv")
    True
    """
    tokens = [token for raw in TOKEN.findall(_DIGIT_COMMA.sub("", fold(text))) for token in _plain(raw)]
    return list(_equated(tokens))


def _plain(token: str) -> Iterator[str]:
    if _NOT.search(token):
        yield {"can't": "can", "won't": "will"}.get(token, token[:-3])
        yield "not"
    else:
        yield _POSSESSIVE.sub(lambda match: "s" if match.group() == "s'" else "", token) or token


def _equated(tokens: list[str]) -> Iterator[str]:
    table, at = _table(), 0
    while at < len(tokens):
        for form, canonical in table.get(tokens[at], ()):
            if tuple(tokens[at : at + len(form)]) == form and _fits(form[0], canonical, tokens, at):
                yield canonical
                at += len(form)
                break
        else:
            yield tokens[at]
            at += 1


def _fits(word: str, canonical: str, tokens: list[str], at: int) -> bool:
    after_number = at > 0 and tokens[at - 1][0].isdigit()
    # "5 m" is five million; "m" alone may be anything.
    if canonical in _SCALES and len(word) <= 2:
        return after_number
    before_number = at + 1 < len(tokens) and tokens[at + 1][0].isdigit()
    return word not in _AMBIGUOUS or before_number or (after_number and word != "no")


@cache
def _table() -> _Table:
    """Return the forms by their first word, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for written, canonical in resources.rows("equated.tsv"):
        form = tuple(written.split(" "))
        table.setdefault(form[0], []).append((form, canonical))
    return {word: tuple(forms) for word, forms in table.items()}
