"""Acronyms and short forms of organisations and places to the name that they are short for."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from newsmine import gazetteer, resources
from newsmine.names.books import Books, Form
from newsmine.names.forms import content_words, initials, is_acronym, is_marked, key, loose
from newsmine.names.groups import Groups, Link, Links, end_of

_DOMINANT = 10
_BY_CHANCE = 3
_ONWARD = frozenset(("of", "for"))
_OUTLET = frozenset("news magazine newspaper tv radio television online".split())


def join_organisations(books: Books, groups: Groups) -> None:
    """Join the organisations of the collection that are one, and places and short names by their romanisation."""
    by_words: dict[tuple[str, ...], list[Form]] = defaultdict(list)
    by_sound: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in sorted(books.texts):
        if form[1] == "organisation" and len(known := content_words(form[0])) > 1:
            by_words[known].append(form)
        elif " " not in form[0] and (sound := loose(form[0])):
            by_sound[sound, form[1]].append(form)
    for same in by_words.values():
        groups.join_all(same, 0.9, "small words")
    for same in by_sound.values():
        if len(same) > 1 and any(is_marked(form[0]) for form in same):
            groups.join_all(same, 0.85, "romanisation")
    _join_acronyms(books, groups)


def _join_acronyms(books: Books, groups: Groups) -> None:
    explained: dict[Form, dict[Form, int]] = defaultdict(dict)
    for (short, long), documents in books.explained.items():
        root = groups.root(long)
        explained[short][root] = explained[short].get(root, 0) + documents
    by_initials: dict[str, set[Form]] = defaultdict(set)
    acronyms = []
    for form in sorted(books.texts):
        if form[1] == "organisation":
            if " " in form[0]:
                by_initials[initials(books.written(form))].add(form)
            elif is_acronym(books.written(form)):
                acronyms.append(form)
    for form in acronyms:
        letters = books.written(form).replace(".", "")
        if form in explained:
            target, reason = _dominant(explained[form]), "acronym explained in brackets"
        else:
            target, reason = _by_initials(form, letters, by_initials[letters], books, groups), "acronym"
        if target:
            groups.join(form, target, 0.9, reason)


def _dominant(weights: dict[Form, int]) -> Form | None:
    best = min(weights, key=lambda form: (-weights[form], form))
    return best if weights[best] >= _DOMINANT * (sum(weights.values()) - weights[best]) else None


def _by_initials(form: Form, letters: str, fitting: set[Form], books: Books, groups: Groups) -> Form | None:
    """Return the one name that the letters can mean; a well-known acronym has its own meaning only.

    Three letters or fewer fit too much by chance: a document must have both.
    """
    if known := _well_known().get(letters):
        return next((form for form in sorted(fitting) if content_words(form[0]) == known), None)
    roots = {groups.root(form) for form in fitting}
    is_sure = len(letters) > _BY_CHANCE or any((form, long) in books.together for long in fitting)
    return roots.pop() if len(roots) == 1 and is_sure else None


@cache
def _well_known() -> dict[str, tuple[str, ...]]:
    rows = resources.rows("acronyms.tsv")
    return {row[0]: content_words(key(row[1], "organisation")) for row in rows}


def local_organisations(forms: Iterable[Form], explained: set[tuple[Form, Form]], books: Books, links: Links) -> Links:
    """Return what the acronyms and short forms of a document are short for, by the longer names in it."""
    known = sorted(form for form in forms if form[1] != "person")
    longer = [(form, form[0].split()) for form in known if " " in form[0]]
    found: Links = {}
    for form in known:
        written = books.written(form)
        fitting = [long for short, long in sorted(explained) if short == form]
        reason = "acronym explained in brackets"
        if not fitting and is_acronym(written) and not gazetteer.find_place(written):
            letters, reason = written.replace(".", ""), "acronym in the document"
            fitting = [f for f, _ in longer if f[1] == form[1] and initials(books.written(f)) == letters]
        if not fitting:
            words, reason = form[0].split(), "short form in the document"
            fitting = [f for f, other in longer if f != form and f[1] == form[1] and _is_short(words, other, form[1])]
        targets = {end_of(f, links): f for f in reversed(fitting)}
        if len(targets) == 1 and end_of(form, links) not in targets:
            found[form] = Link(next(iter(targets.values())), 1.0, reason)
    return found


def _is_short(words: list[str], other: list[str], kind: str) -> bool:
    """Tell whether a name is another without its country or city, or without what it is "of" or "for"."""
    size = len(words)
    if kind != "organisation" or size >= len(other):
        return False
    if size == 1:
        return len(other) == 2 and other[0] == words[0] and other[1] in _OUTLET
    if other[:size] == words:
        return other[size] in _ONWARD
    return other[-size:] == words and gazetteer.find_place(_capital(other[:-size])) is not None


def _capital(words: list[str]) -> str:
    text = " ".join(words)
    return text.upper() if len(text) <= 3 else text
