"""The forms in which two spellings of a name are the same name."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from newsmine.records import Kind
from newsmine.text import fold

_SUFFIX = re.compile(
    r",?\s+(?:inc|incorporated|corp|corporation|ltd|limited|llc|plc|gmbh|ag|s\.?a|n\.?v|b\.?v|oy|ab|co)\.?$"
)
_ROMANISED = (
    (re.compile(r"(?<=\w)(?:ij|iy|yi|yy|ii|ey|ei|j|y)(?=\b|[^aeiou\W])"), "i"),
    (re.compile(r"^(?:ye|je)|(?<=[aeiou])ye"), "e"),
    (re.compile(r"kh|x(?=[aeiou])"), "h"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q"), "g"),
    (re.compile(r"tch"), "ch"),
    (re.compile(r"dzh"), "j"),
    (re.compile(r"ck"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"([a-z])\1"), r"\1"),
)
_SKIPPED = frozenset("of the and for in on de la et und für der die das to & a an".split())
_PARTICLES = frozenset("al el bin ibn von van de da di du la le der den dos".split())


def key(text: str, kind: Kind) -> str:
    """Return what two spellings share that differ in case, accents, quotes, an article or a company suffix only.

    >>> key("The Acme Corp.", "organisation") == key("ACME", "organisation")
    True
    """
    form = fold(text).replace(".", "").strip(" \"'")
    form = form.removeprefix("the ")
    if kind == "organisation":
        form = _SUFFIX.sub("", form) or form
    return " ".join(form.replace("-", " ").split()) if kind == "person" else " ".join(form.split())


def romanised(name: str) -> str:
    """Return what the romanisations of one name share, so that "Zelensky" meets "Zelenskyy" and "Sergei" "Sergey".

    >>> {romanised(name) for name in ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy")}
    {'volodimir zelenski'}
    """
    return romanised_words(words(name))


def romanised_words(known: Iterable[str]) -> str:
    """Return what `romanised` returns, of the words of a name."""
    return " ".join(map(_romanised, known))


@lru_cache(maxsize=100_000)
def _romanised(word: str) -> str:
    for pattern, replacement in _ROMANISED:
        word = pattern.sub(replacement, word)
    return word


def surname(name: str) -> str:
    """Return the key of a person's last name with its particle, of a name of one word that word.

    >>> surname("Ursula von der Leyen"), surname("Martin Luther King Jr.")
    ('von der leyen', 'king')
    """
    return " ".join(surname_words(words(name)))


def surname_words(known: Sequence[str]) -> list[str]:
    """Return the words of the surname, of the words of a name."""
    known = [word for word in known if word not in ("jr", "sr", "ii", "iii")]
    start = len(known) - 1
    while start > 1 and known[start - 1] in _PARTICLES:
        start -= 1
    return known[max(start, 0) :]


def words(name: str) -> list[str]:
    """Return the words of a person's name, as they are compared."""
    return key(name, "person").split()


def without_initials(name: str) -> str:
    """Return the key of a full name without middle initials.

    >>> without_initials("Joseph R. Biden")
    'joseph biden'
    """
    known = words(name)
    return " ".join(w for i, w in enumerate(known) if i in (0, len(known) - 1) or len(w) > 1)


def is_acronym(text: str) -> bool:
    """Tell whether a name is two to six capitals, with full stops or without."""
    return bool(re.fullmatch(r"[A-Z]{2,6}|(?:[A-Z]\.){2,6}", text))


def initials(text: str) -> str:
    """Return the capitals that an organisation's name would be shortened to.

    >>> initials("Organization for Security and Co-operation in Europe")
    'OSCE'
    """
    found = re.findall(r"[^\W\d_][\w'’.-]*", text)
    return "".join(word[0] for word in found if word.casefold() not in _SKIPPED).upper()
