"""What a collection knows of its names: each spelling once, and how often it occurs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from newsmine import gazetteer
from newsmine.names.forms import initials, is_acronym, key, untitled
from newsmine.names.people import PersonName, parse
from newsmine.records import Kind
from newsmine.text import fold

Form = tuple[str, Kind]
"""A spelling as it is compared, and its kind."""

Spelling = tuple[str, Kind]
"""A name as it is written, and its kind."""

Pair = tuple[Spelling, Spelling]
"""Two names of which the second follows the first in brackets."""


class Books:
    """Counts of spellings and forms, and of acronyms that a document explains in brackets.

    A form is what spellings share that differ in case, accents, titles and the like; a country is a place.
    """

    def __init__(self) -> None:
        self.spellings: Counter[Spelling] = Counter()
        self.texts: dict[Form, list[str]] = {}
        self.documents: Counter[Form] = Counter()
        self.explained: Counter[tuple[Form, Form]] = Counter()
        self.together: set[tuple[Form, Form]] = set()
        self._forms: dict[Spelling, Form] = {}
        self._writings: dict[Form, str] = {}

    def add(self, spellings: Iterable[Spelling], pairs: Iterable[Pair] = ()) -> None:
        """Count the names of one document, and the pairs of a name and an acronym in it."""
        forms = set()
        for spelling in spellings:
            form = self.form(spelling)
            if spelling not in self.spellings:
                self.texts.setdefault(form, []).append(spelling[0])
            self.spellings[spelling] += 1
            forms.add(form)
        self.documents.update(forms)
        self.explained.update(self.explanations(pairs))
        self.together.update(self._acronyms_of(forms))
        self._writings.clear()

    def form(self, spelling: Spelling) -> Form:
        """Return the form of a spelling, computed once."""
        if spelling not in self._forms:
            self._forms[spelling] = _form(*spelling)
        return self._forms[spelling]

    def explanations(self, pairs: Iterable[Pair]) -> set[tuple[Form, Form]]:
        """Return the forms of an acronym and of what it is short for, from names that stand side by side."""
        found = set()
        for pair in pairs:
            for short, long in (pair, pair[::-1]):
                if is_acronym(short[0]) and not is_acronym(long[0]) and explains(long[0], short[0]):
                    found.add((self.form(short), self.form(long)))
        return found

    def _acronyms_of(self, forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
        """Yield the acronyms among the organisations of a document, each with the names there that it fits."""
        known = [(form, self.texts[form][0]) for form in forms if form[1] == "organisation"]
        for short, letters in known:
            if is_acronym(letters):
                fitting = (f for f, text in known if " " in f[0] and initials(text) == letters.replace(".", ""))
                yield from ((short, long) for long in fitting)

    def person(self, form: Form) -> PersonName:
        """Return the parts of a person's name."""
        text = form[0]
        hyphened = text.count(" ") == 2 and any("-" in t.split()[-1] for t in self.texts.get(form, ()))
        return parse(text, hyphened=hyphened)

    def count(self, form: Form) -> int:
        """Return how many mentions a form has."""
        kinds: tuple[Kind, ...] = ("person", "place", "organisation") if form[1] == "place" else (form[1],)
        return sum(self.spellings.get((text, kind), 0) for text in set(self.texts[form]) for kind in kinds)

    def written(self, form: Form) -> str:
        """Return how a form is written: a place as the gazetteer has it, else as it is written most often.

        A title and a possessive are left out. Of equally frequent spellings one that is not all capitals wins, then
        the first in the order of code points.
        """
        if form not in self._writings:
            self._writings[form] = self._written(form)
        return self._writings[form]

    def _written(self, form: Form) -> str:
        texts, kind = self.texts[form], form[1]
        if len(texts) == 1 and kind != "place":
            return shown(texts[0], kind)
        best = min(texts, key=lambda text: (not text.isupper(), text))
        if kind == "place" and (place := gazetteer.find_place(best)):
            return place.name
        counts: Counter[str] = Counter()
        for text in texts:
            counts[shown(text, kind)] += self.spellings[text, kind]
        return min(counts, key=lambda text: (text.isupper() and len(text) > 6, -counts[text], text))


def shown(text: str, kind: Kind) -> str:
    """Return a spelling as a name is shown: without the titles of a person, and without a possessive at the end."""
    text = untitled(text) if kind == "person" else text.strip()
    return text[:-2] if text[-2:] in ("'s", "’s") and kind != "organisation" else text


def explains(long: str, short: str) -> bool:
    """Tell whether an acronym beside a name is short for it: made of its initials, in another order if translated.

    >>> explains("Collective Security Treaty Organization", "CSTO"), explains("Italian Episcopal Conference", "CEI")
    (True, True)
    >>> explains("Juventus", "ITA"), explains("Kurdistan Workers' Party", "PKK")
    (False, False)
    """
    letters, known = short.replace(".", ""), initials(long)
    if len(known) < 2 or gazetteer.find_place(short):
        return False
    return letters == known or (len(letters) > 2 and (sorted(letters) == sorted(known) or _runs_through(letters, long)))


def _runs_through(letters: str, text: str) -> bool:
    """Tell whether the letters stand in the text in this order, the first at its start."""
    rest = iter(fold(text))
    return fold(text)[:1] == letters[0].lower() and all(letter in rest for letter in letters.lower())


def _form(text: str, kind: Kind) -> Form:
    place = gazetteer.find_place(text) or (gazetteer.find_place(text.replace(".", "")) if text.isupper() else None)
    if place and (kind == "place" or (place.type == "country" and not place.ambiguous)):
        return fold(place.name), "place"
    return key(text, kind) or fold(text), kind


def side_by_side(mentions: Sequence[tuple[int, int, int, str, Kind]]) -> list[Pair]:
    """Return the names of which the second may stand in brackets after the first.

    A mention is its part, start, end, text and kind. Between two such names are a space and a bracket: two
    characters.
    """
    pairs: list[Pair] = []
    for (part, _, end, text, kind), (other_part, start, _, other, other_kind) in pairwise(mentions):
        if part == other_part and start - end == 2:
            pairs.append(((text, kind), (other, other_kind)))
    return pairs
