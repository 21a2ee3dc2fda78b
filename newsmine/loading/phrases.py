"""Known phrases of pages: pieces of furniture ("Share this article"), and the names of lists of headlines."""

import re
from functools import cache, lru_cache

from newsmine import resources
from newsmine.text import fold

_END = re.compile(r"[.。][\"'”’»)\]]*$")
_BARS = (" | ", " · ", " • ", " / ")
_BAR = re.compile(r"\s+[|·•/]\s+")
_VARIABLE = re.compile("[*0<]")
_NUMBER = r"\d[\d.,]*(?: ?[km])?"
_EDGES = " .!:»›>→←«‹<"
_MOST_WORDS = 14


@cache
def _names(table: str) -> tuple[frozenset[str], re.Pattern[str]]:
    forms = [fold(row[0]) for row in resources.rows(table)]
    words = r"(\S+(?: \S+){0,2})" if table == "lists.tsv" else r".+"
    return frozenset(forms), re.compile("|".join(_expression(form, words) for form in forms if _VARIABLE.search(form)))


def _expression(form: str, words: str) -> str:
    """Return the regular expression of a form in which "*", "0" and "<a|b>" stand for what varies."""
    escaped = re.escape(form).replace("0", _NUMBER).replace(r"\*", words)
    return re.sub("<(.*?)>", lambda match: "(?:" + match[1].replace(r"\|", "|") + ")", escaped)


@lru_cache(maxsize=4096)  # the layout of a list asks it of each line several times
def is_furniture_text(text: str) -> bool:
    """Tell whether a text is a known piece of page furniture, several set apart by bars, or no letter or digit."""
    if not any(map(str.isalnum, text)):
        return True
    if any(bar in text for bar in _BARS):
        return all(map(_is_furniture, _BAR.split(text)))
    return _is_furniture(text)


def _is_furniture(text: str) -> bool:
    stripped = text.strip(_EDGES)
    if not stripped[:1].isdigit() and not _begins("furniture.tsv", stripped) and not _ends("furniture.tsv", stripped):
        return False  # as nearly all
    exact, pattern = _names("furniture.tsv")
    folded = fold(text).strip(_EDGES)
    if folded in exact:
        return True
    return len(text.split()) <= _MOST_WORDS and not _END.search(text[:-1]) and bool(pattern.fullmatch(folded))


@lru_cache(maxsize=4096)  # pages of one site have the same menus
def is_list_name_text(text: str) -> bool:
    """Tell whether a text is a known name of a list of headlines."""
    if not _begins("lists.tsv", text):
        return False
    exact, pattern = _names("lists.tsv")
    folded = fold(text).rstrip(":")
    if folded in exact:
        return True
    match = pattern.fullmatch(folded)
    if match is None or match.lastindex is None:
        return False
    skipped = folded[: match.start(match.lastindex)].count(" ")
    return all(word[0].isupper() for word in text.split()[skipped : skipped + len(match[match.lastindex].split())])


def _begins(table: str, text: str) -> bool:
    """Tell whether a text begins with the first word of a form of the table: most do not, and need no other look."""
    first = text.partition(" ")[0]
    return (first.casefold() if first.isascii() else fold(first)).strip(_EDGES) in _outer_words(table)[0]


def _ends(table: str, text: str) -> bool:
    return fold(text.rpartition(" ")[2]).strip(_EDGES) in _outer_words(table)[1]


@cache
def _outer_words(table: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the first words of the forms of a table, and the last words of those that begin with any word."""
    firsts, lasts = set[str](), set[str]()
    for form in (fold(row[0]) for row in resources.rows(table)):
        if form[0] == "*":
            lasts.add(form.split()[-1])
        else:
            starts = form[1:].partition(">")[0].split("|") if form[0] == "<" else [form]
            firsts.update(start.split()[0].strip(_EDGES) for start in starts)
    return frozenset(firsts), frozenset(lasts)
