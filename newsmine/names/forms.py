"""The forms in which two spellings of a name are the same name."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from newsmine import resources
from newsmine.records import Kind
from newsmine.text import fold

_SUFFIX = re.compile(
    r",?\s+(?:inc|incorporated|corp|corporation|ltd|limited|llc|plc|gmbh|ag|s\.?a|n\.?v|b\.?v|oy|ab|co)\.?$"
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"})
_POSSESSIVE = re.compile(r" ?'s(?= |$)|(?<=s)'(?= |$)")
_INITIAL = re.compile(r"\b([^\W\d_])\.")
_SPELLED = (
    (re.compile(r"isation\b"), "ization"),
    (re.compile(r"\bdefence\b"), "defense"),
    (re.compile(r"\bcentre(?=s?\b)"), "center"),
    (re.compile(r"\bprogramme\b"), "program"),
    (re.compile(r" & "), " and "),
)
_ROMANISED = (
    (re.compile(r"(?<=\w)(?:ij|iy|yi|yy|ii|ey|ei)(?=\b|[^aeiou\W])|(?<=\w)[jy]\b"), "i"),
    (re.compile(r"^(?:ye|je)|(?<=[aeiou])ye"), "e"),
    (re.compile(r"kh|x(?=[aeiou])"), "h"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(?<=\w)([aou])e(?=[^aeiou\W])"), r"\1"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q"), "g"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"dzh"), "j"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"([a-z])\1"), r"\1"),
)
_SKIPPED = frozenset("of the and for in on de la et und für der die das to & a an at".split())
_INNER_Y = re.compile(r"(?<=\w)[jy](?=[^aeiou\W])")
_LONG = 6
_LOOSE = ((re.compile(r"kh|gh|[kqg]"), "g"), (re.compile(r"dh"), "d"), (re.compile(r"([a-z])\1"), r"\1"))
_MARKED = re.compile(r"q|kh|gh|dh")
_LEAST_LOOSE = 6


def plain(text: str) -> str:
    """Return the folded text, without possessives and apostrophes, its special letters as others write them.

    >>> plain("Əliyev’s"), plain("O’Brien")
    ('aliyev', 'obrien')
    """
    form = fold(text)
    if not form.isascii():
        form = form.translate(_LETTERS)
    return _POSSESSIVE.sub("", form).replace("'", "") if "'" in form else form


def key(text: str, kind: Kind) -> str:
    """Return what two spellings share that differ in case, accents, quotes, an article, a possessive, British or
    American spelling, a company suffix or a title only.

    >>> key("The Acme Corp.", "organisation") == key("ACME", "organisation")
    True
    >>> key("President J.R. Smith", "person")
    'j r smith'
    """
    if kind == "person":
        form = _INITIAL.sub(r"\1 ", plain(untitled(text))).replace(".", "").strip(' "').removeprefix("the ")
        return " ".join(form.replace("-", " ").replace(",", " ").split())
    form = plain(text).replace(".", "").strip(' "').removeprefix("the ")
    if kind == "organisation":
        form = _SUFFIX.sub("", form) or form
    for pattern, replacement in _SPELLED:
        form = pattern.sub(replacement, form)
    return " ".join(form.split())


def untitled(name: str) -> str:
    """Return a person's name without the titles before it; "Pope" and the like stay before a single word.

    >>> untitled("US Secretary of State Antony Blinken"), untitled("Pope Francis"), untitled("President")
    ('Antony Blinken', 'Pope Francis', 'President')
    """
    name = name.strip()
    words = name.split()
    known = [_titles().get(word.rstrip(".,").casefold(), "") for word in words]
    if len(words) < 2 or not any(known[:2]):
        return name
    # An adjective may come first: "Russian President Vladimir Putin".
    start = 1 if len(words) > 2 and not known[0] and known[1] == "title" else 0
    end = start
    while end < len(words) - 1 and (known[end] or (end > start and _goes_on(words, end))):
        end += 1 if known[end] else 2
    if end == len(words) - 1 and known[end - 1] == "part":
        end -= 1
    is_name = start < end < len(words) and words[end].casefold() not in _SKIPPED
    return " ".join(words[end:]) if is_name else name


def _goes_on(words: list[str], at: int) -> bool:
    """Tell whether a title goes on with "of State" or the like."""
    return words[at].casefold() == "of" and words[at + 1].casefold() in ("state", "defense", "defence")


@cache
def _titles() -> dict[str, str]:
    return {row[0]: row[1] for row in resources.rows("titles.tsv")}


def romanised(name: str) -> str:
    """Return what the romanisations of one name share, so that "Zelensky" meets "Zelenskyy" and "Sergei" "Sergey".

    >>> {romanised(name) for name in ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy")}
    {'volodimir zelenski'}
    """
    return romanised_words(key(name, "person").split())


def romanised_words(known: Iterable[str]) -> str:
    """Return what `romanised` returns, of the words of a name."""
    return " ".join(map(romanised_word, known))


@lru_cache(maxsize=100_000)
def romanised_word(word: str) -> str:
    """Return what the romanisations of a word share; a short "Smyth" stays apart from "Smith"."""
    long = len(word) >= _LONG
    for pattern, replacement in _ROMANISED:
        word = pattern.sub(replacement, word)
    return _INNER_Y.sub("i", word) if long else word


def loose(form: str) -> str | None:
    """Return what "Gaddafi", "Qaddafi" and "Kadhafi" share, None for words too short to tell.

    >>> loose("gaddafi") == loose("kadhafi"), loose("karabakh") == loose("garabagh"), loose("iraqi")
    (True, True, None)
    """
    if len(form) < _LEAST_LOOSE or not form.isascii():
        return None
    for pattern, replacement in _LOOSE:
        form = pattern.sub(replacement, form)
    return form


def is_marked(form: str) -> bool:
    """Tell whether a form has the letters (q, kh, gh, dh) of a sound that others romanise otherwise."""
    return bool(_MARKED.search(form))


def is_acronym(text: str) -> bool:
    """Tell whether a name is two to six capitals, perhaps with figures or full stops: "NATO", "U.N.", "M5S"."""
    return bool(re.fullmatch(r"[A-Z](?:[A-Z0-9]{1,5})|(?:[A-Z]\.){2,6}", text))


def initials(text: str) -> str:
    """Return the capitals that an organisation's name would be shortened to.

    >>> initials("Organization for Security and Co-operation in Europe"), initials("Korean People 's Army")
    ('OSCE', 'KPA')
    """
    found = re.findall(r"[^\W_][\w'’.-]*", re.sub(r" ?['’]s\b", "", text))
    return "".join(word[0] for word in found if word.casefold() not in _SKIPPED).upper()


def content_words(form: str) -> tuple[str, ...]:
    """Return the words of a form without articles, prepositions and conjunctions."""
    return tuple(word for word in form.split() if word not in _SKIPPED)
