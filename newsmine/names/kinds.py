"""One name that was found as several kinds: the kind of the clear majority."""

from collections import defaultdict

from newsmine import gazetteer
from newsmine.names.books import Books, Form
from newsmine.names.groups import Link, Links
from newsmine.names.surnames import Surnames

_CLEAR = 5
_CLEAR_OF_SEVERAL_WORDS = 3


def kind_links(books: Books, surnames: Surnames) -> Links:
    """Return the links of names in a kind that they are rarely found as to the same names in their usual kind.

    Usual is what at least five times as many documents say as any other (three times for names of several words).
    A surname may be a place as well (Houston), and what the gazetteer marks as ambiguous stays so (Georgia).
    """
    by_key: dict[str, list[Form]] = defaultdict(list)
    for form in books.texts:
        by_key[form[0]].append(form)
    links: Links = {}
    for text, forms in by_key.items():
        if len(forms) < 2 or _is_ambiguous(text, forms, books, surnames):
            continue
        best, *others = sorted(forms, key=lambda form: (-books.documents[form], form))
        ratio = _CLEAR_OF_SEVERAL_WORDS if " " in text else _CLEAR
        for form in others:
            if books.documents[best] >= ratio * books.documents[form]:
                links[form] = Link(best, 0.85, f"kind: {best[1]} in most documents")
    return links


def _is_ambiguous(text: str, forms: list[Form], books: Books, surnames: Surnames) -> bool:
    kinds = {kind for _, kind in forms}
    if {"person", "place"} <= kinds and books.person((text, "person")).written in surnames:
        return True
    place = gazetteer.find_place(text)
    return place is not None and (place.ambiguous or "place" not in kinds)
