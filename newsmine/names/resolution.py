"""Variants of a name to one entity, each decision with its reason.

Every rule is a key that two spellings share or a relation that one document or the whole collection shows;
where two full names could be meant, nothing is merged.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from newsmine import gazetteer
from newsmine.names.forms import (
    initials,
    is_acronym,
    key,
    romanised_words,
    surname_words,
    without_initials,
    words,
)
from newsmine.names.merges import Merges
from newsmine.records import Entity, Kind, Mention, Variant
from newsmine.text import fold

Form = tuple[str, Kind]
"""A spelling as it is compared, and its kind."""

Spelling = tuple[str, Kind]
"""A name as it is written, and its kind."""

_DOMINANT = 3


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mentions of each document with their names filled in, and the entities they belong to."""

    mentions: tuple[tuple[Mention, ...], ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """Where a form leads: the form it is a variant of, and why."""

    target: Form
    score: float
    reason: str


def resolve(mentions: Sequence[Sequence[Mention]], *, merge: bool = True, merges: Merges | None = None) -> Resolution:
    """Return the mentions, one sequence for each document, with the canonical name and kind of their entities.

    With `merge=False` spellings that differ only in case, accents, an article or a company suffix are still one
    name, and nothing else is. `merges` are a user's own decisions, and win. The order of the documents does not
    matter.
    """
    resolver = Resolver(merge=merge, merges=merges)
    for document in mentions:
        resolver.add((mention.text, mention.kind) for mention in document)
    named, variants = [], defaultdict(list)
    for document in mentions:
        decisions = resolver.decide([(mention.text, mention.kind) for mention in document])
        named.append(tuple(replace(m, name=d.name, kind=d.kind) for m, d in zip(document, decisions, strict=True)))
        for m, d in zip(document, decisions, strict=True):
            variants[d.name, d.kind].append((m.text, m.kind, d.score, d.reason))
    return Resolution(tuple(named), _entities(variants))


@dataclass(frozen=True, slots=True)
class Decision:
    """The canonical name and kind of a mention, with the score of and the reason for the last step to it."""

    name: str
    kind: Kind
    score: float
    reason: str


class Resolver:
    """Names mentions in two passes: every document is added, then each can be decided. See `resolve`.

    Holds each distinct spelling once, and nothing of the documents.
    """

    def __init__(self, *, merge: bool = True, merges: Merges | None = None) -> None:
        self._merge, self._merges = merge, merges or {}
        self._books = _Books()
        self._links: dict[Form, _Link] | None = None
        self._decided: dict[Form, Decision] = {}

    def add(self, spellings: Iterable[Spelling]) -> None:
        """Take note of the names of one document, each mention's text and kind."""
        self._books.add(spellings)
        self._links = None

    def decide(self, spellings: Sequence[Spelling]) -> list[Decision]:
        """Return what each name of a document is called; the document must have been added."""
        if self._links is None:
            self._links = self._books.links() if self._merge else {}
            self._decided.clear()
        local = self._books.local_links(spellings) if self._merge else {}
        return [self._decision(spelling, local, self._links) for spelling in spellings]

    def _decision(self, spelling: Spelling, local: dict[Form, _Link], links: dict[Form, _Link]) -> Decision:
        if self._books.form(spelling) in local:
            return self._books.name(spelling, local, links, self._merges)
        # Without a link in the document, a spelling is called the same everywhere.
        if spelling not in self._decided:
            self._decided[spelling] = self._books.name(spelling, {}, links, self._merges)
        return self._decided[spelling]


class _Traits(NamedTuple):
    """Whether a form is one word, its surname, and in the letters of its romanisation the surname and the whole."""

    one_word: bool
    surname: str
    latin_surname: str
    latin: str


class _Books:
    """What the collection knows of its forms: how often and how each is written."""

    def __init__(self) -> None:
        self.surface: dict[Form, Counter[str]] = defaultdict(Counter)
        self.documents: Counter[Form] = Counter()
        self.full_names: list[Form] = []
        self.by_surname: dict[str, list[Form]] = defaultdict(list)
        self._forms: dict[Form, Form] = {}
        self._traits: dict[Form, _Traits] = {}
        self._writings: dict[Form, str] = {}

    def add(self, spellings: Iterable[Spelling]) -> None:
        """Count the forms of one document."""
        forms = set()
        for spelling in spellings:
            form = self.form(spelling)
            self.surface[form][spelling[0]] += 1
            forms.add(form)
        self.documents.update(forms)

    def form(self, spelling: Spelling) -> Form:
        """Return the form of a spelling, computed once."""
        if spelling not in self._forms:
            self._forms[spelling] = _form(*spelling)
        return self._forms[spelling]

    def traits(self, form: Form) -> _Traits:
        """Return what a form is compared by, computed once."""
        if form not in self._traits:
            known = words(form[0])
            family = surname_words(known)
            self._traits[form] = _Traits(
                len(known) == 1, " ".join(family), romanised_words(family), romanised_words(known)
            )
        return self._traits[form]

    def links(self) -> dict[Form, _Link]:
        """Return what each form of the collection is a variant of, whatever the document."""
        self._writings.clear()
        self.by_surname.clear()
        self.full_names = sorted(f for f in self.surface if f[1] == "person" and not self.traits(f).one_word)
        for form in self.full_names:
            self.by_surname[self.traits(form).surname].append(form)
        links = {
            **self._same_key(self.full_names, lambda form: without_initials(form[0]), "initials"),
            **self._same_key(self.full_names, lambda form: self.traits(form).latin, "spelling"),
            **self._acronyms(),
        }
        for form in sorted(self.surface):
            if self.traits(form).one_word and form not in links and (link := self._surname(form, links)):
                links[form] = link
        return links

    def local_links(self, spellings: Iterable[Spelling]) -> dict[Form, _Link]:
        """Return what a document's forms of one word are short for, by the one full name in it that fits."""
        forms = {self.form(spelling) for spelling in spellings}
        full = defaultdict(set)
        for form in forms:
            traits = self.traits(form)
            if form[1] == "person" and not traits.one_word:
                full[traits.latin_surname].add(form)
        links = {}
        for form in forms:
            traits = self.traits(form)
            candidates = full.get(traits.latin, set()) if traits.one_word else set()
            if len(candidates) == 1 and not _is_place(form):
                links[form] = _Link(next(iter(candidates)), 1.0, "surname in the document")
        return links

    def name(self, spelling: Spelling, local: dict[Form, _Link], links: dict[Form, _Link], merges: Merges) -> Decision:
        """Return what a spelling is called, by the links of its document first."""
        form = self.form(spelling)
        score, reason = 1.0, "name"
        for table in (local, links):
            seen = {form}
            while (link := table.get(form)) and link.target not in seen:
                form, score, reason = link.target, min(score, link.score), link.reason
                seen.add(form)
        written, kind = self.written(form), form[1]
        text, own_kind = spelling
        if merges and (
            decided := merges.get((key(text, own_kind), own_kind)) or merges.get((key(written, kind), kind))
        ):
            return Decision(decided.canonical, decided.kind, 1.0, "merge file")
        if reason == "name" and written != text:
            reason = "alias" if fold(written) != fold(text) else "case"
        return Decision(written, kind, score, reason)

    def written(self, form: Form) -> str:
        """Return how a form is written: a place as the gazetteer has it, else as it is written most often.

        Of equally frequent spellings one that is not all capitals wins, then the first in the order of code points.
        """
        if form not in self._writings:
            self._writings[form] = self._written(form)
        return self._writings[form]

    def _written(self, form: Form) -> str:
        spellings = self.surface[form]
        if form[1] == "place" and (place := gazetteer.find_place(min(spellings, key=lambda s: (not s.isupper(), s)))):
            return place.name
        return min(spellings, key=lambda s: (s.isupper() and len(s) > 6, -spellings[s], s))

    def _same_key(self, forms: Iterable[Form], of: Callable[[Form], str], reason: str) -> dict[Form, _Link]:
        groups = defaultdict(list)
        for form in forms:
            groups[of(form)].append(form)
        links = {}
        for group in groups.values():
            best = min(group, key=lambda f: (-self.documents[f], -sum(self.surface[f].values()), f))
            links.update({form: _Link(best, 0.9, reason) for form in group if form != best})
        return links

    def _acronyms(self) -> dict[Form, _Link]:
        long_forms = defaultdict(list)
        for form in sorted(self.surface):
            if form[1] == "organisation" and len(form[0].split()) > 1:
                long_forms[initials(self.written(form))].append(form)
        links = {}
        for form in sorted(self.surface):
            written = self.written(form)
            candidates = long_forms.get(written.replace(".", ""), [])
            if form[1] == "organisation" and is_acronym(written) and len(candidates) == 1:
                links[form] = _Link(candidates[0], 0.9, "acronym")
        return links

    def _surname(self, form: Form, links: dict[Form, _Link]) -> _Link | None:
        """Link a name of one word to the full name it ends, if one is meant far more often than any other."""
        if _is_place(form):
            return None
        weights: Counter[Form] = Counter()
        for full in self.by_surname.get(form[0], ()):
            weights[links[full].target if full in links else full] += self.documents[full]
        if not weights:
            return None
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        others = sum(weight for _, weight in ranked[1:])
        if others and ranked[0][1] < _DOMINANT * others:
            return None
        if form[1] != "person" and self.documents[form] > self.documents[form[0], "person"] + ranked[0][1]:
            return None
        return _Link(ranked[0][0], 0.8, "surname")


def _form(text: str, kind: Kind) -> Form:
    if kind == "place" and (place := gazetteer.find_place(text)):
        return fold(place.name), "place"
    return key(text, kind) or fold(text), kind


def _is_place(form: Form) -> bool:
    return form[1] == "place" and gazetteer.find_place(form[0]) is not None


def _entities(variants: dict[Form, list[tuple[str, Kind, float, str]]]) -> tuple[Entity, ...]:
    entities = []
    for (name, kind), found in variants.items():
        counted = Counter(found)
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        entities.append(
            Entity(name, kind, tuple(Variant(text, k, n, score, why) for (text, k, score, why), n in ordered))
        )
    return tuple(sorted(entities, key=lambda e: (e.name.casefold(), e.name, e.kind)))
