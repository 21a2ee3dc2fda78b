"""Lines within an article that are not of it: captions, and notices that speak of the page and its terms."""

import re
from collections.abc import Iterable
from functools import cache

from newsmine import resources
from newsmine.loading.rows import Row

_CREDIT = re.compile(
    r"^(?:foto|photo|image|bild|picture|imagen|fotó|фото|credit|quelle|source|symbolbild|video|audio|sendung|watch)s?\b"
    r"[^.]{0,30}[:©/]|©|\((?:foto|photo|bild|archivbild|symbolbild|image|file)s?\b|"
    r"\b(?:getty images|shutterstock|imago|dpa/|/dpa|picture alliance)",
)
_CREDIT_AT_END = re.compile(
    r"(?:\b(?:photo|foto|bild|picture|image|photograph|grafik|video)s?\s?(?:by\s|credit|/|:)|©|copyright \d{4}|"
    r"/(?:ap|afp|epa|dpa|reuters|getty|tass|anadolu)\b|\b(?:ap|afp|epa|reuters|file) photo\b|reuters/|\(unsplash\)|"
    r"via (?:ap|getty|reuters|x)\))",
)
# One of these stands in all that the two above find.
_HINTS = tuple(
    "photo foto bild image pictur © getty /ap afp epa dpa reuters video via audio sendung quelle source credit "
    "copyright shutterstock imago unsplash watch фото fotó grafik /tass /anadolu".split()
)
_TAIL = re.compile(r"[.。!?]['\"”’»)]?\s+\(?[^.。!?]{2,60}$")
_ADDRESSED = re.compile(
    r"\b(?:you|your|our|us|click|klick\w*|ihre?[nrms]?|dein\w*|dich|unsere?[nrms]?|uns|tu|sus?|votre|vos|nos|notre|tuo|"
    r"je|onze|bizi|sizin|ваш\w*|наш\w*|nasz\w*|kami|anda)\b|금지",
)
_LONGEST_CREDIT = 200
_LONGEST_CAPTION = 450
_LONGEST_NOTICE = 800
_REACH = 70


def has_credit(text: str) -> bool:
    """Tell whether a text names the source of a picture or a recording, as captions do."""
    folded = text.casefold()
    # The search takes twenty times as long as the look at the words.
    return any(hint in folded for hint in _HINTS) and _CREDIT.search(folded) is not None


class Asides:
    """The captions and notices of one body: told by those words of the tables that stand anywhere in it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        # To look once through the whole spares nearly all looks through each line.
        folded = "\n".join(row.text for row in rows if row.size <= _LONGEST_NOTICE).casefold()
        self._hints = tuple(hint for hint in _HINTS if hint in folded)
        self._notices = tuple(word for word in _notices() if word in folded)

    def is_caption(self, row: Row) -> bool:
        """Tell whether a line says whose picture it is, or goes on a little after its last sentence."""
        if row.size > _LONGEST_CAPTION:
            return False
        if self._hints:
            folded = row.text.casefold()
            if any(hint in folded for hint in self._hints):
                if row.size < _LONGEST_CREDIT and _CREDIT.search(folded):
                    return True
                if _CREDIT_AT_END.search(folded, max(0, len(folded) - _REACH)):
                    return True
        tail = max(0, len(row.text) - _REACH)
        return not row.ends and row.text[-1] not in ":：;," and _TAIL.search(row.text, tail) is not None

    def is_notice(self, row: Row) -> bool:
        """Tell whether a line speaks of the page and its terms, and not of news."""
        if not self._notices or not 20 <= row.size <= _LONGEST_NOTICE:
            return False
        folded = row.text.casefold()
        found = sum(word in folded for word in self._notices)
        return found > 1 or (found == 1 and _ADDRESSED.search(folded) is not None)


@cache
def _notices() -> tuple[str, ...]:
    return tuple(row[0] for row in resources.rows("notices.tsv"))
