"""Short forms of people's names in a document, by the full names in it."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Sequence

from newsmine.names.books import Books, Form
from newsmine.names.groups import Link, Links, end_of
from newsmine.names.people import PersonName, begins_with_particle

_SHORTEST_GIVEN = 3

_ByWord = dict[str, list[tuple[Form, PersonName]]]


def local_people(forms: Iterable[Form], books: Books, links: Links) -> Links:
    """Return what the short names of a document are by the full names in it; two that fit keep a surname apart."""
    names = {form: books.person(form) for form in forms if form[1] != "place"}
    by_word: _ByWord = defaultdict(list)
    for form, name in sorted(names.items()):
        if form[1] == "person" and len(name.words) > 1:
            for word in {name.words[0], name.surname.split()[-1]}:
                by_word[word].append((form, name))
    found: Links = {}
    known = ChainMap(found, links)
    # Longer names first, so that a surname meets full names that are one already.
    for form, name in sorted(names.items(), key=lambda item: (-len(item[1].words), item[0])) if by_word else ():
        fitting, reason = _fitting(form, name, by_word)
        targets = sorted({end_of(full, known) for full in fitting} - {form})
        if len(targets) > 1 and len(name.words) == 1:
            found[form] = Link(form, 1.0, "several full names in the document")
        elif len(targets) == 1 and (form[1] == "person" or _rather_person(form, targets[0], books)):
            shown, other = _ordered(form, targets[0], known, books)
            found[other] = Link(shown, 1.0, reason)
    return found


def _ordered(form: Form, target: Form, known: ChainMap[Form, Link], books: Books) -> tuple[Form, Form]:
    """Return which of two names is shown: of two that have several words, the one that is mentioned more."""
    own = end_of(form, known)
    is_whole = " " in form[0] and not begins_with_particle(form[0])
    if is_whole and own != target and books.count(form) > books.count(target):
        return own, target
    return target, form


def _rather_person(form: Form, full: Form, books: Books) -> bool:
    return books.documents[form] <= books.documents[form[0], "person"] + books.documents[full]


def _fitting(form: Form, name: PersonName, by_word: _ByWord) -> tuple[Sequence[Form], str]:
    """Return the names in the document that a name may be short for: by their surname, else by their first name."""
    words = name.words
    reason = "surname in the document" if len(words) == 1 else "full name in the document"
    last = by_word.get(name.surname.split()[-1], ()) if name.surname else ()
    found = [full for full, other in last if full != form and (_ends(words, other) or _shortens(name, other))]
    if found or form[1] != "person" or len(words[0]) < _SHORTEST_GIVEN:
        return found, reason
    longer = [full for full, other in by_word.get(words[0], ()) if _begins(words, other)]
    return longer, "first name in the document" if len(words) == 1 else reason


def _begins(words: tuple[str, ...], other: PersonName) -> bool:
    return len(other.words) > len(words) and other.words[: len(words)] == words and not other.generation


def _ends(words: tuple[str, ...], other: PersonName) -> bool:
    """Tell whether the words end the other name, and begin where its surname does or before."""
    known = other.words[: len(other.words) - bool(other.generation)]
    if " ".join(words) == other.surname:
        return True
    return len(words) < len(known) and known[-len(words) :] == words and len(words) >= len(other.surname.split())


def _shortens(name: PersonName, other: PersonName) -> bool:
    """Tell whether a name is the other without its middle names, or with an initial for the given name."""
    if not name.given or (name.surname, name.generation) != (other.surname, other.generation):
        return False
    if name.given == other.given:
        return not name.middle and bool(other.middle)
    return len(name.given) == 1 and len(other.given) > 1 and other.given[0] == name.given and not name.middle
