"""Variants of a name to one entity, each decision with its reason.

Every rule is a key that two spellings share or a relation that one document or the whole collection shows;
where two full names could be meant, nothing is merged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from newsmine.names.books import Books, Form, Pair, Spelling, side_by_side
from newsmine.names.canonical import best_form
from newsmine.names.full_names import join_full_names
from newsmine.names.groups import Groups, Link, Links
from newsmine.names.kinds import kind_links
from newsmine.names.local import local_people
from newsmine.names.merges import Decision, Merges, decided
from newsmine.names.organisations import join_organisations, local_organisations
from newsmine.names.surnames import Surnames
from newsmine.records import Entity, Kind, Mention, Variant
from newsmine.text import fold

_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mentions of each document with their names filled in, and the entities they belong to."""

    mentions: tuple[tuple[Mention, ...], ...]
    entities: tuple[Entity, ...]


def resolve(mentions: Sequence[Sequence[Mention]], *, merge: bool = True, merges: Merges | None = None) -> Resolution:
    """Return the mentions, one sequence for each document, with the canonical name and kind of their entities.

    With `merge=False` spellings that differ only in case, accents, an article, a title or a company suffix are still
    one name, and nothing else is. `merges` are a user's own decisions, and win; mentions that they drop are left out.
    Names that stand two characters apart in one part are taken for "name (acronym". The order of the documents does
    not matter.
    """
    resolver = Resolver(merge=merge, merges=merges)
    spelled = [[(mention.text, mention.kind) for mention in document] for document in mentions]
    pairs = [side_by_side([(m.part, m.start, m.end, m.text, m.kind) for m in document]) for document in mentions]
    for spellings, beside in zip(spelled, pairs, strict=True):
        resolver.add(spellings, beside)
    named, variants = [], defaultdict(list)
    for document, spellings, beside in zip(mentions, spelled, pairs, strict=True):
        found = [(m, d) for m, d in zip(document, resolver.decide(spellings, beside), strict=True) if d]
        named.append(tuple([replace(m, name=d.name, kind=d.kind) for m, d in found]))
        for m, d in found:
            variants[d.name, d.kind].append((m.text, m.kind, d.score, d.reason))
    return Resolution(tuple(named), _entities(variants))


class Resolver:
    """Names mentions in two passes: every document is added, then each can be decided. See `resolve`.

    Holds each distinct spelling once, and nothing of the documents.
    """

    def __init__(self, *, merge: bool = True, merges: Merges | None = None) -> None:
        self._merge, self._merges = merge, merges or {}
        self._books = Books()
        self._links: Links | None = None
        self._decided: dict[Spelling, Decision | None] = {}

    def add(self, spellings: Iterable[Spelling], pairs: Iterable[Pair] = ()) -> None:
        """Take note of the names of one document, each mention's text and kind, and of those side by side."""
        self._books.add(spellings, pairs)
        self._links = None

    def decide(self, spellings: Sequence[Spelling], pairs: Iterable[Pair] = ()) -> list[Decision | None]:
        """Return what each name of a document is called, None if the merges drop it; the document must be added."""
        if self._links is None:
            self._links = all_links(self._books) if self._merge else {}
            self._decided.clear()
        local = self._local(spellings, pairs, self._links) if self._merge else {}
        return [self._decision(spelling, local, self._links) for spelling in spellings]

    def _local(self, spellings: Iterable[Spelling], pairs: Iterable[Pair], links: Links) -> Links:
        books = self._books
        forms = sorted({books.form(spelling) for spelling in spellings})
        return {
            **local_organisations(forms, books.explanations(pairs), books, links),
            **local_people(forms, books, links),
        }

    def _decision(self, spelling: Spelling, local: Links, links: Links) -> Decision | None:
        form = self._books.form(spelling)
        if form in local:
            return self._named(spelling, _followed(form, local, links))
        # Without a link in the document, a spelling is called the same everywhere.
        if spelling not in self._decided:
            self._decided[spelling] = self._named(spelling, _followed(form, {}, links))
        return self._decided[spelling]

    def _named(self, spelling: Spelling, link: Link) -> Decision | None:
        form, reason, text = link.target, link.reason, spelling[0]
        written = self._books.written(form)
        if not reason:
            reason = "name" if written == text else "alias" if fold(written) != fold(text) else "case"
        return decided(self._merges, spelling, Decision(written, form[1], link.score, reason))


def all_links(books: Books) -> Links:
    """Return what each form of the collection is a variant of, whatever the document."""
    groups = Groups()
    join_full_names(books, groups)
    join_organisations(books, groups)
    links = groups.links(lambda forms: best_form(forms, books))
    surnames = Surnames(books, links)
    for form, link in kind_links(books, surnames).items():
        links.setdefault(form, link)
    for form in sorted(books.texts):
        if form not in links and (surname := surnames.link(form)):
            links[form] = surname
    return links


def _followed(form: Form, local: Links, links: Links) -> Link:
    """Return where a form leads in the end, by the links of its document first, and the first reason on the way."""
    score, reason = 1.0, ""
    for table in (local, links):
        for _ in range(_MOST_STEPS):
            link = table.get(form)
            if link is None:
                break
            if link.target == form:
                return link
            form, score, reason = link.target, min(score, link.score), reason or link.reason
    return Link(form, score, reason)


def _entities(variants: dict[Form, list[tuple[str, Kind, float, str]]]) -> tuple[Entity, ...]:
    entities = []
    for (name, kind), found in variants.items():
        counted = Counter(found)
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        entities.append(
            Entity(name, kind, tuple(Variant(text, k, n, score, why) for (text, k, score, why), n in ordered))
        )
    return tuple(sorted(entities, key=lambda e: (e.name.casefold(), e.name, e.kind)))
