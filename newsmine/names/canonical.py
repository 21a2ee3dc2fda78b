"""The canonical name: the most complete form in common use."""

from newsmine.names.books import Books, Form
from newsmine.names.forms import is_acronym

_COMMON = 10


def best_form(forms: list[Form], books: Books) -> Form:
    """Return the form that an entity is called by.

    In this order: names in full before those with an initial for the given name, and before single words; a name
    written out before its acronym, unless ten times as many documents have the acronym; what most documents have;
    what is mentioned most; the first in the order of code points.
    """
    acronyms = max((books.documents[form] for form in forms if _is_short(form, books)), default=0)

    def rank(form: Form) -> tuple[int, int, int, Form]:
        return _incomplete(form, acronyms, books), -books.documents[form], -books.count(form), form

    return min(forms, key=rank)


def _incomplete(form: Form, acronyms: int, books: Books) -> int:
    if form[1] == "person":
        name = books.person(form)
        return 2 if not name.is_full else int(len(name.given) == 1)
    if _is_short(form, books):
        return 1
    return 2 if books.documents[form] * _COMMON < acronyms else 0


def _is_short(form: Form, books: Books) -> bool:
    return form[1] != "person" and " " not in form[0] and is_acronym(books.written(form))
