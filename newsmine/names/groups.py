"""Forms that are one name wherever they stand, joined pair by pair, each with the reason."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from newsmine.names.books import Form


@dataclass(frozen=True, slots=True)
class Link:
    """Where a form leads: the form it is a variant of (itself, if it is to stay apart), and why."""

    target: Form
    score: float
    reason: str


Links = dict[Form, Link]


def end_of(form: Form, links: Mapping[Form, Link]) -> Form:
    """Return the form that a form leads to in the end."""
    while (link := links.get(form)) and link.target != form:
        form = link.target
    return form


class Groups:
    """Disjoint sets of forms; which form names a set is asked at the end, so no order of joining matters."""

    def __init__(self) -> None:
        self._parents: dict[Form, Form] = {}
        self._why: dict[Form, tuple[float, str]] = {}

    def root(self, form: Form) -> Form:
        """Return one form that stands for all that are joined with it."""
        parent = self._parents.get(form, form)
        while parent != form:
            grandparent = self._parents.get(parent, parent)
            self._parents[form] = grandparent
            form, parent = parent, grandparent
        return form

    def join(self, a: Form, b: Form, score: float, reason: str) -> None:
        """Make two forms one name."""
        for form in (a, b):
            self._why.setdefault(form, (score, reason))
        first, second = sorted((self.root(a), self.root(b)))
        self._parents[second] = first

    def join_all(self, forms: Iterable[Form], score: float, reason: str) -> None:
        """Make all of them one name."""
        first: Form | None = None
        for form in forms:
            if first is None:
                first = form
            else:
                self.join(first, form, score, reason)

    def links(self, best: Callable[[list[Form]], Form]) -> Links:
        """Return for each form, but the best of its set, the link to that one."""
        sets: dict[Form, list[Form]] = {}
        for form in sorted(self._why):
            sets.setdefault(self.root(form), []).append(form)
        links: Links = {}
        for forms in sets.values():
            target = best(forms)
            links.update({form: Link(target, *self._why[form]) for form in forms if form != target})
        return links
