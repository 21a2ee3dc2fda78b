"""The words of dates, from the packaged tables: which part a word can play, and which month or day it names."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsmine import resources

_PART = re.compile(r"(?<!\?P)<([a-z]+)>")
_LONG = 4
"""Letters of a weekday's name that is no abbreviation, and so no other word."""
CJK = "\u2e80"
"""The letters of scripts without blanks between words come after this one."""
FIRST_LETTER = "À"
"""The letter of the first group of words; the letters of numbers and marks all come before it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the tables know of a word, by its form in small letters.

    `letters` gives the letter by which a word stands in a signature: words that can play the same parts share one.
    `first` holds the first halves of names of two words, `beside` the words that can stand beside a year.
    """

    letters: dict[str, str]
    parts: dict[str, str]
    months: dict[str, int]
    months_of: dict[str, dict[str, int]]
    weekdays: dict[str, int | None]
    halves: dict[str, str]
    zones: dict[str, str | None]
    first: frozenset[str]
    beside: frozenset[str]

    def expand(self, pattern: str) -> str:
        """Return the pattern with each `<part>` replaced by the letters of the words that can play it."""
        return _PART.sub(lambda match: f"[{self.parts[match[1]]}]", pattern)


def fold(word: str) -> str:
    """Return the word in small letters, as the tables have it.

    >>> fold("EKİM"), fold("MAΡΤ")
    ('ekim', 'maρτ')
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.casefold()).replace("i\u0307", "i")


@cache
def lexicon() -> Lexicon:
    """Return the words of all tables."""
    roles: defaultdict[str, set[str]] = defaultdict(set)
    months, months_of = _months()
    weekdays = _weekdays()
    halves: dict[str, str] = {}
    for part, *words in resources.rows("date_words.tsv"):
        for form in (form for word in words for form in _variants(word)):
            roles[form].add("half" if part in ("am", "pm") else part)
            if part in ("am", "pm"):
                halves[form] = part
    for form in months:
        roles[form].add("month")
    for form in weekdays:
        roles[form].update(("weekday", "dayname") if len(form) >= _LONG or form > CJK else ("weekday",))
    zones = {row[0]: (row[1] if len(row) > 1 else "") or None for row in resources.rows("zones.tsv")}
    letters, parts = _letters({word: frozenset(some) for word, some in roles.items()}, zones)
    first = frozenset(form.split()[0] for form in letters if " " in form)
    near = parts["month"] + parts["of"] + parts["year"]
    beside = frozenset(word for form, letter in letters.items() if letter in near for word in form.split())
    return Lexicon(letters, parts, months, months_of, weekdays, halves, zones, first, beside)


def _months() -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Return the numbers of the months by name, in all languages and in each."""
    months: dict[str, int] = {}
    months_of: dict[str, dict[str, int]] = {}
    for language, number, form in _calendar("months.tsv"):
        months.setdefault(form, number)
        months_of.setdefault(language, {}).setdefault(form, number)
    return months, months_of


def _weekdays() -> dict[str, int | None]:
    """Return the numbers of the weekdays by name; None for a form of two different days."""
    weekdays: dict[str, int | None] = {}
    for _, number, form in _calendar("weekdays.tsv"):
        weekdays[form] = number if weekdays.get(form, number) == number else None
    return weekdays


def _calendar(table: str) -> Iterator[tuple[str, int, str]]:
    """Yield the language, the number and a form of each name in the table, the forms as printed before the others."""
    for first in (True, False):
        for language, *cells in resources.rows(table):
            for number, cell in enumerate(cells, start=1):
                for text in cell.split():
                    form, *others = _variants(text)
                    yield from ((language, number, one) for one in ([form] if first else others))


def _variants(text: str) -> list[str]:
    """Return the forms that a word takes: as it is, from capitals, and without accents."""
    form = fold(text.replace("_", " "))
    apart = unicodedata.normalize("NFD", form)
    bare = unicodedata.normalize("NFC", "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f"))
    return list(dict.fromkeys((form, fold(form.upper()), bare)))


def _letters(roles: dict[str, frozenset[str]], zones: dict[str, str | None]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the letter of each word, also of its capitalised forms, and the letters of each part."""
    roles = {zone: roles.get(fold(zone), frozenset()) | {"zone"} for zone in zones} | roles
    alphabet = {some: chr(ord(FIRST_LETTER) + i) for i, some in enumerate(dict.fromkeys(roles.values()))}
    letters: dict[str, str] = {}
    for word, some in roles.items():
        for form in (word,) if "zone" in some else (word, word.capitalize(), word.upper()):
            letters.setdefault(form, alphabet[some])
    parts: defaultdict[str, str] = defaultdict(str)
    for some, letter in alphabet.items():
        for part in some:
            parts[part] += letter
    return letters, dict(parts)
