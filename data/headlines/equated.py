"""Write newsmine/data/equated.tsv, what headlines write in several ways, from the other tables: no arguments.

A row is the words of a form and what stands for it. The longest forms come first, which is the order in which a
headline is searched for them.
"""

from collections.abc import Iterator
from pathlib import Path

from newsmine import gazetteer, resources
from newsmine.headlines.equate import TOKEN
from newsmine.text import fold

TABLE = Path(__file__).parents[2] / "newsmine" / "data" / "equated.tsv"
HEAD = "# What headlines write in several ways, and the form for all: see data/headlines/equated.py."
SHORTEST = 4

Form = tuple[str, ...]


class Forms:
    """Forms with what stands for them; of two that stand for one form, the later."""

    def __init__(self) -> None:
        self.canonical: dict[Form, str] = {}
        self._of: dict[str, dict[Form, None]] = {}

    def put(self, form: Form, canonical: str) -> None:
        """Let this stand for the form, whatever did before."""
        if form in self.canonical:
            del self._of[self.canonical[form]][form]
        self.canonical[form] = canonical
        self._of.setdefault(canonical, {})[form] = None

    def of(self, canonical: str) -> list[Form]:
        """Return the forms that this stands for."""
        return list(self._of.get(canonical, ()))


def table() -> str:
    """Return the table as it is packaged."""
    forms = Forms()
    for name, alias in places():
        forms.put(tokens(alias), " ".join(tokens(name)))
    for acronym, name in resources.rows("acronyms.tsv"):
        forms.put(tokens(name), fold(acronym))
    for canonical, *others in resources.rows("equivalents.tsv"):
        # What is said by one word should be said so of places too: "united states" is "us".
        for form in [form for other in others for form in forms.of(other)]:
            forms.put(form, canonical)
        for other in (canonical, *others):
            forms.put(tuple(other.split()), canonical)
    # "sri lanka" stands for itself, or it would be two words and "sri lankan" one.
    rows = [(form, name) for form, name in forms.canonical.items() if form and (len(form) > 1 or form[0] != name)]
    rows.sort(key=lambda row: (-len(row[0]), row[0]))
    return "\n".join([HEAD, *(f"{' '.join(form)}\t{name}" for form, name in rows), ""])


def places() -> Iterator[tuple[str, str]]:
    """Yield each name of a place, and each demonym, that always means it, after the place's own name."""
    for alias in gazetteer.names():
        place = gazetteer.find_place(alias)
        if place and len(alias) >= SHORTEST:
            yield place.name, alias
    for alias in gazetteer.demonyms():
        if (place := gazetteer.demonym(alias)) and len(alias) >= SHORTEST:
            yield place.name, alias


def tokens(text: str) -> Form:
    """Return the words of a name as a headline's are taken."""
    return tuple(TOKEN.findall(fold(text)))


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
