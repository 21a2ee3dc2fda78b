"""Whether a regular expression can match anywhere in a word of plain letters, told from the expression itself.

Where it cannot, the tokenizer need not try: most words are of plain letters, and the expressions are long.
"""

import re
import string
from typing import Any

_LETTERS = frozenset(map(ord, string.ascii_letters))
# What equals a plain letter when case is ignored: dotted and dotless i, long s, the Kelvin sign.
_ALMOST = frozenset(map(ord, "\u0130\u0131\u017f\u212a"))


def may_match_letters(pattern: str, flags: int) -> bool:
    """Return False only if no match is possible within A–Z and a–z; True where that cannot be told."""
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:
        return True
    tree = _parser.parse(pattern, flags)
    return _sequence(tree, bool(tree.state.flags & re.IGNORECASE))


def _sequence(nodes: Any, ignore_case: bool) -> bool:
    return all(_node(str(name), value, ignore_case) for name, value in nodes)


def _node(name: str, value: Any, ignore_case: bool) -> bool:
    match name:
        case "LITERAL":
            return value in _LETTERS or (ignore_case and value in _ALMOST)
        case "IN":
            return any(_in_set(str(kind), item, ignore_case) for kind, item in value)
        case "BRANCH":
            return any(_sequence(branch, ignore_case) for branch in value[1])
        case "SUBPATTERN":
            _, added, _, inner = value
            return _sequence(inner, ignore_case or bool(added & re.IGNORECASE))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, inner = value
            return least == 0 or _sequence(inner, ignore_case)
        case "ASSERT":
            return _sequence(value[1], ignore_case)
        case "ATOMIC_GROUP":
            return _sequence(value, ignore_case)
        case _:
            return True


def _in_set(kind: str, item: Any, ignore_case: bool) -> bool:
    match kind:
        case "LITERAL":
            return item in _LETTERS or (ignore_case and item in _ALMOST)
        case "RANGE":
            low, high = item
            return any(low <= code <= high for code in (_LETTERS | _ALMOST if ignore_case else _LETTERS))
        case "CATEGORY":
            return str(item) not in ("CATEGORY_DIGIT", "CATEGORY_SPACE")
        case _:  # the set is negated, or something new
            return True
