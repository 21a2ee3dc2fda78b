"""Surnames of the collection to the one full name that they can mean."""

from collections import Counter, defaultdict

from newsmine.names.books import Books, Form
from newsmine.names.forms import is_marked, loose
from newsmine.names.groups import Link, Links, end_of
from newsmine.names.people import begins_with_particle, given_names

_DOMINANT = 10
_LONG = 7


class Surnames:
    """The full names of the collection by their surname: as it is written, romanised, and as it sounds."""

    def __init__(self, books: Books, links: Links) -> None:
        self._books = books
        self._full: dict[str, Counter[Form]] = {}
        self._latin: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        self._first: Counter[str] = Counter()
        for form in books.texts:
            name = books.person(form) if form[1] == "person" else None
            if name and name.is_full:
                self._full.setdefault(name.written, Counter())[end_of(form, links)] += books.documents[form]
                self._latin[name.surname].add(name.written)
                self._first[form[0].split()[0]] += books.documents[form] if name.written != form[0].split()[0] else 0
        for surname in self._latin:
            if sound := loose(surname):
                self._loose[sound].add(surname)

    def __contains__(self, surname: str) -> bool:
        return surname in self._full

    def link(self, form: Form) -> Link | None:
        """Return the link of a surname to its full name, None if no one is meant clearly.

        A word that is a first name too ("James") is none, unless the full name is ten times as frequent as those that
        begin with it; a well-known first name never is.
        """
        name, text = self._books.person(form), form[0]
        if form[1] == "place" or (name.is_full and not begins_with_particle(text)) or text in given_names():
            return None
        fitting = self.fitting(form)
        if not fitting:
            return None
        (best, weight), others = fitting[0], sum(n for _, n in fitting[1:]) + self._first[text]
        if weight < _DOMINANT * others or not self._may_be_person(form, weight):
            return None
        return Link(best, 0.85, "surname of the most frequent full name" if others else "surname")

    def fitting(self, form: Form) -> list[tuple[Form, int]]:
        """Return the full names that a surname could mean, and their documents, the most frequent first."""
        text = form[0]
        found = Counter(self._full.get(text, {}))
        if len(text) >= _LONG or not found:
            for other in self._others(text, " ".join(self._books.person(form).words)):
                found.update(self._full[other])
        found.pop(form, None)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    def _others(self, text: str, latin: str) -> set[str]:
        """Return how else a surname is romanised; a short one ("Moody") would meet too much ("Modi")."""
        near = self._latin.get(latin, set()) if len(text) >= _LONG else set()
        for surname in self._loose.get(loose(latin) or "", ()):
            others = self._latin[surname]
            if surname != latin and (is_marked(text) or any(map(is_marked, others))):
                near = near | others
        return near - {text}

    def _may_be_person(self, form: Form, weight: int) -> bool:
        known = self._books.documents
        return form[1] == "person" or known[form] <= known[form[0], "person"] + weight
