"""A person's name in its parts, and which given names are one."""

from functools import cache
from typing import NamedTuple

from newsmine import resources
from newsmine.names.forms import key, plain, romanised_word

_PARTICLES = frozenset("al el bin ibn ben von van de da di du la le der den dos ter zu af".split())
_GENERATIONS = frozenset("jr sr junior senior ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())
# Family names that stand first: always, and where the given name is written with a hyphen.
_FIRST = frozenset("xi mao deng zhang wang li liu chen zhao huang zhou xu zhu nguyen tran".split())
_FIRST_HYPHENED = frozenset(
    "kim lee park choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song moon bae baek ban son "
    "wong chan leung cheung lau kwok lam ho hui ng yau chiang tsai ma wu chow cheng kwong shiu yeung hau ko su tang "
    "tsang yip fung mok chu hung hsieh lin".split()
)


class PersonName(NamedTuple):
    """A full or partial name in the letters that its romanisations share, and its words as they are compared.

    `given` is empty where there is a surname only; a generation is "jr", "iii", …; `written` is the surname as it is
    spelled.
    """

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str
    words: tuple[str, ...]
    written: str

    @property
    def is_full(self) -> bool:
        """Whether there is more than a surname."""
        return bool(self.given or self.generation)


def parse(form: str, *, hyphened: bool = False) -> PersonName:
    """Return the parts of a name, given as its key; `hyphened` says that its last word was written with a hyphen.

    >>> parse("bill de blasio").surname, parse("kim jong un", hyphened=True)[:3]
    ('de blasio', ('jong', ('un',), 'kim'))
    """
    known = form.split()
    generation = known.pop() if len(known) > 1 and known[-1] in _GENERATIONS else ""
    latin = tuple(romanised_word(word) for word in known)
    words = (*latin, generation) if generation else latin
    if len(known) < 2:
        return PersonName("", (), latin[0] if latin else "", generation, words, known[0] if known else "")
    is_first = known[0] in _FIRST and len(known) == 2
    if is_first or (hyphened and len(known) == 3 and known[0] in _FIRST | _FIRST_HYPHENED):
        return PersonName(latin[1], latin[2:], latin[0], generation, words, known[0])
    start = len(known) - 1
    while start > 1 and known[start - 1] in _PARTICLES:
        start -= 1
    return PersonName(latin[0], latin[1:start], " ".join(latin[start:]), generation, words, " ".join(known[start:]))


def surname(name: str) -> str:
    """Return the surname with its particle, of a name of one word that word, as names are compared.

    >>> surname("Ursula von der Leyen"), surname("Martin Luther King Jr.")
    ('von der len', 'king')
    """
    return parse(key(name, "person")).surname


def begins_with_particle(form: str) -> bool:
    """Tell whether all words but the last are particles, so that it may be a surname alone: "von der Leyen"."""
    *before, _ = form.split() or [""]
    return bool(before) and all(word in _PARTICLES for word in before)


@cache
def given_names() -> frozenset[str]:
    """Return the well-known given names and their short forms, as they are compared."""
    return frozenset(plain(name) for row in resources.rows("nicknames.tsv") for name in row)


@cache
def full_given_names() -> dict[str, tuple[str, ...]]:
    """Return for each short, familiar or other form of a given name, romanised, the names it may stand for."""
    table: dict[str, set[str]] = {}
    for formal, *others in resources.rows("nicknames.tsv"):
        known = romanised_word(plain(formal))
        for other in others:
            table.setdefault(romanised_word(plain(other)), set()).add(known)
    return {short: tuple(sorted(names - {short})) for short, names in table.items()}
