"""Full names of people that are one name: initials, middle names, given names in other forms, romanisations."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsmine.names.books import Books, Form
from newsmine.names.forms import is_marked, loose
from newsmine.names.groups import Groups
from newsmine.names.people import PersonName, full_given_names

_Base = tuple[str, str, str]


def join_full_names(books: Books, groups: Groups) -> None:
    """Join the full names of the collection that are one; where two could be meant, none is joined."""
    bases: dict[_Base, list[tuple[PersonName, Form]]] = defaultdict(list)
    for form in books.texts:
        if form[1] == "person" and " " in form[0] and (name := books.person(form)).given:
            bases[name.surname, name.given, name.generation].append((name, form))
    for found in bases.values():
        if len(found) > 1:
            _join_middles(sorted(found, key=lambda item: item[1]), groups)
    single = {
        base: found[0][1]
        for base, found in bases.items()
        if len(found) == 1 or len({groups.root(form) for _, form in found}) == 1
    }
    _join_given_names(single, groups)
    _join_initials(bases, single, groups)
    _join_romanised(single, groups)


def _join_middles(found: Sequence[tuple[PersonName, Form]], groups: Groups) -> None:
    """Join names with the same first and last name: "H. W." and "W." between them are two people."""
    bare, by_letters = [], defaultdict(list)
    for name, form in found:
        if name.middle:
            by_letters[tuple(word[0] for word in name.middle)].append((name, form))
        else:
            bare.append(form)
    groups.join_all(bare, 0.95, "spelling")
    clusters = [cluster for same in by_letters.values() for cluster in _middle_clusters(same)]
    for cluster in clusters:
        groups.join_all(cluster, 0.9, "middle name")
    if bare and len(clusters) == 1:
        groups.join(bare[0], clusters[0][0], 0.9, "middle name")


def _middle_clusters(found: Iterable[tuple[PersonName, Form]]) -> list[list[Form]]:
    spelled_out, short = defaultdict(list), []
    for name, form in found:
        if all(len(word) == 1 for word in name.middle):
            short.append(form)
        else:
            spelled_out[name.middle].append(form)
    clusters = list(spelled_out.values())
    if not short:
        return clusters
    return [[*clusters[0], *short]] if len(clusters) == 1 else [*clusters, short]


def _join_given_names(single: dict[_Base, Form], groups: Groups) -> None:
    """Join "Bill" and "William" of one surname, if "Bill" can stand for no other name there."""
    formal = full_given_names()
    for base in sorted(single):
        surname, given, generation = base
        fitting = {
            groups.root(single[other])
            for name in formal.get(given, ())
            if (other := (surname, name, generation)) in single
        }
        fitting.discard(groups.root(single[base]))
        if len(fitting) == 1:
            groups.join(single[base], fitting.pop(), 0.85, "given name")


def _join_initials(bases: Iterable[_Base], single: dict[_Base, Form], groups: Groups) -> None:
    """Join "J. Biden" to the only name of that surname whose given name begins so."""
    by_letter: dict[_Base, list[_Base]] = defaultdict(list)
    for base in sorted(bases):
        surname, given, generation = base
        if len(given) > 1:
            by_letter[surname, given[0], generation].append(base)
    for base in sorted(single):
        fitting = by_letter.get(base, []) if len(base[1]) == 1 else []
        if fitting and all(other in single for other in fitting):
            roots = {groups.root(single[other]) for other in fitting}
            if len(roots) == 1:
                groups.join(single[base], roots.pop(), 0.85, "initial")


def _join_romanised(single: dict[_Base, Form], groups: Groups) -> None:
    """Join surnames that are romanised in other ways, where the given name is the same."""
    by_sound: dict[_Base, list[_Base]] = defaultdict(list)
    for base in sorted(single):
        if sound := loose(base[0]):
            by_sound[sound, base[1], base[2]].append(base)
    for same in by_sound.values():
        if len(same) > 1 and any(is_marked(form[0]) for base in same if (form := single[base])):
            groups.join_all((single[base] for base in same), 0.85, "romanisation")
