"""Variants of a name to one entity, each decision with its reason.

Every rule is a key that two spellings share or a relation that one document or the whole collection shows;
where two full names could be meant, nothing is merged.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from newsmine import gazetteer
from newsmine.names.forms import initials, is_acronym, key, romanised, surname, without_initials, words_of
from newsmine.names.merges import Merges
from newsmine.records import Entity, Kind, Mention, Variant
from newsmine.text import fold

Form = tuple[str, Kind]
"""A spelling as it is compared, and its kind."""

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
    books = _Books(mentions)
    global_links = books.links() if merge else {}
    named, variants = [], defaultdict(list)
    for document in mentions:
        local = books.local_links(document) if merge else {}
        out = []
        for mention in document:
            name, kind, score, reason = books.name(mention, local, global_links, merges or {})
            out.append(replace(mention, name=name, kind=kind))
            variants[name, kind].append((mention.text, mention.kind, score, reason))
        named.append(tuple(out))
    return Resolution(tuple(named), _entities(variants))


class _Books:
    """What the collection knows of its forms: how often and how each is written."""

    def __init__(self, mentions: Iterable[Iterable[Mention]]) -> None:
        self.surface: dict[Form, Counter[str]] = defaultdict(Counter)
        self.documents: Counter[Form] = Counter()
        for document in mentions:
            forms = set()
            for mention in document:
                form = _form(mention)
                self.surface[form][mention.text] += 1
                forms.add(form)
            self.documents.update(forms)
        self.full_names = sorted(f for f in self.surface if f[1] == "person" and words_of(f[0]) > 1)
        self.by_surname: dict[str, list[Form]] = defaultdict(list)
        for form in self.full_names:
            self.by_surname[surname(form[0])].append(form)

    def links(self) -> dict[Form, _Link]:
        """Return what each form of the collection is a variant of, whatever the document."""
        links = {
            **self._same_key(self.full_names, lambda form: without_initials(form[0]), "initials"),
            **self._same_key(self.full_names, lambda form: romanised(form[0]), "spelling"),
            **self._acronyms(),
        }
        for form in sorted(self.surface):
            if words_of(form[0]) == 1 and form not in links and (link := self._surname(form, links)):
                links[form] = link
        return links

    def local_links(self, document: Iterable[Mention]) -> dict[Form, _Link]:
        """Return what a document's forms of one word are short for, by the one full name in it that fits."""
        forms = {_form(mention) for mention in document}
        full = defaultdict(set)
        for form in forms:
            if form[1] == "person" and words_of(form[0]) > 1:
                full[romanised(surname(form[0]))].add(form)
        links = {}
        for form in forms:
            candidates = full.get(romanised(form[0]), set()) if words_of(form[0]) == 1 else set()
            if len(candidates) == 1 and not _is_place(form):
                links[form] = _Link(next(iter(candidates)), 1.0, "surname in the document")
        return links

    def name(
        self, mention: Mention, local: dict[Form, _Link], links: dict[Form, _Link], merges: Merges
    ) -> tuple[str, Kind, float, str]:
        """Return the canonical name and kind of a mention, with the score and reason of the last step to it."""
        form = _form(mention)
        score, reason = 1.0, "name"
        for table in (local, links):
            seen = {form}
            while (link := table.get(form)) and link.target not in seen:
                form, score, reason = link.target, min(score, link.score), link.reason
                seen.add(form)
        written, kind = self.written(form), form[1]
        decided = merges.get((key(mention.text, mention.kind), mention.kind)) or merges.get((key(written, kind), kind))
        if decided:
            return decided.canonical, decided.kind, 1.0, "merge file"
        if reason == "name" and written != mention.text:
            reason = "alias" if fold(written) != fold(mention.text) else "case"
        return written, kind, score, reason

    def written(self, form: Form) -> str:
        """Return how a form is written: a place as the gazetteer has it, else as it is written most often.

        Of equally frequent spellings one that is not all capitals wins, then the first in the order of code points.
        """
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


def _form(mention: Mention) -> Form:
    if mention.kind == "place" and (place := gazetteer.find_place(mention.text)):
        return fold(place.name), "place"
    return key(mention.text, mention.kind) or fold(mention.text), mention.kind


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
