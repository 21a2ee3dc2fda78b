"""Headlines made of templates: business, technology, culture, health and sport, which the news has little of."""

import re
from collections.abc import Callable
from random import Random

from newsmine.training.labelled import Entity, Labelled, joined
from newsmine.training.lists import read_text
from newsmine.training.names import Names

_SLOT = re.compile(r"\{(\w)\}")
_DEVICE = (
    "Phone Tab Watch Pad Cam Book Pro Max Air Note Drive Play Vision One Mini Plus Ultra Lite Edge GT SUV Sedan X"
).split()


class Templates:
    """Fills the slots of written headlines with drawn names.

    Slots: P a full name, p a surname, f a first name; G a place; O a company, A a public body or party, U a well-known
    body, C a club; N a nationality; R a product, W a work, E an event; n a number, T a ticker.
    """

    def __init__(self, names: Names) -> None:
        """Take the source of the names."""
        self._names = names
        lines = read_text("templates.txt").splitlines()
        self._lines = [line for line in lines if line]
        self._slots: dict[str, tuple[str | None, Callable[[Random], str]]] = {
            "P": ("PERSON", names.person),
            "p": ("PERSON", names.surname),
            "f": ("PERSON", names.first),
            "G": ("GPE", names.place),
            "O": ("ORG", names.company),
            "A": ("ORG", names.agency),
            "U": ("ORG", names.known_body),
            "C": ("ORG", names.club),
            "N": ("NORP", names.norp),
            "R": ("PRODUCT", self._product),
            "W": ("WORK_OF_ART", names.work),
            "E": ("EVENT", names.event),
            "n": (None, lambda rng: str(rng.choice((rng.randint(2, 9), rng.randint(10, 99))))),
            "T": (None, lambda rng: "".join(rng.choice("ABCDEFGHIKLMNOPRSTUWXYZ") for _ in range(rng.choice((3, 4))))),
        }

    def draw(self, rng: Random) -> Labelled:
        """Return a headline in the case in which it was written."""
        line = rng.choice(self._lines)
        parts: list[Labelled | str] = []
        at = 0
        for slot in _SLOT.finditer(line):
            label, name = self._slots[slot.group(1)]
            drawn = name(rng)
            parts += [line[at : slot.start()], Labelled(drawn, (Entity(0, len(drawn), label),)) if label else drawn]
            at = slot.end()
        return joined([*parts, line[at:]])

    def _product(self, rng: Random) -> str:
        if rng.random() < 0.5:
            return self._names.product(rng)
        made = (
            f"{self._names.company(rng).split(' ')[0]} {rng.choice(_DEVICE)}"
            if rng.random() < 0.7
            else rng.choice(_DEVICE)
        )
        return f"{made} {rng.randint(2, 12)}" if rng.random() < 0.5 else made
