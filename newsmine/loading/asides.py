"""Lines within an article that are not of it: captions, and notices that speak of the page and its terms."""

import re
from collections.abc import Iterable
from functools import cache

from newsmine import resources
from newsmine.loading.lines import is_latin
from newsmine.loading.rows import Row

_LABEL = re.compile(
    r"(?:foto|photo|image|bild|picture|imagen|fotó|фото|credit|quelle|source|symbolbild|video|audio|sendung|watch)s?\b"
    r"[^.]{0,30}[:©/]"
)
_IN_BRACKETS = re.compile(r"\((?:foto|photo|bild|archivbild|symbolbild|image|file)s?\b")
_AGENCY = re.compile(r"\b(?:getty images|shutterstock|imago|dpa/|/dpa|picture alliance)")
_AGENCIES = ("getty images", "shutterstock", "imago", "dpa/", "/dpa", "picture alliance")
_CREDIT_AT_END = re.compile(
    r"(?:\b(?:photo|foto|bild|picture|image|photograph|grafik|video)s?\s?(?:by\s|credit|/|:)|©|copyright \d{4}|"
    r"/(?:ap|afp|epa|dpa|reuters|getty|tass|anadolu)\b|\b(?:ap|afp|epa|reuters|file) photo\b|reuters/|\(unsplash\)|"
    r"via (?:ap|getty|reuters|x)\))",
)
# One of these stands in all that the expression finds, and to look for them takes a tenth of the time.
_AT_END = ("/", ":", "©", "by", "credit", "copyright", " photo", "unsplash", "via ")
_TAIL = re.compile(r"[.。!?]['\"”’»)]?\s+\(?[^.。!?]{2,60}$")
_ADDRESSED = re.compile(
    r"\b(?:you|your|our|us|click|klick\w*|ihre?[nrms]?|dein\w*|dich|unsere?[nrms]?|uns|tu|sus?|votre|vos|nos|notre|tuo|"
    r"je|onze|bizi|sizin|ваш\w*|наш\w*|nasz\w*|kami|anda)\b|금지",
)
_LONGEST_CREDIT = 200
_LONGEST = 450
_REACH = 70


def has_credit(text: str) -> bool:
    """Tell whether a text names the source of a picture or a recording, as captions do."""
    return _has_credit(text.casefold())


def _has_credit(folded: str) -> bool:
    return (
        "©" in folded
        or _LABEL.match(folded) is not None
        or ("(" in folded and _IN_BRACKETS.search(folded) is not None)
        or (any(map(folded.__contains__, _AGENCIES)) and _AGENCY.search(folded) is not None)
    )


def names_source(text: str) -> bool:
    """Tell whether a text names the source of a picture, anywhere or at its end, as captions do."""
    folded = text[-_REACH:].casefold()
    return (any(map(folded.__contains__, _AT_END)) and _CREDIT_AT_END.search(folded) is not None) or (
        len(text) < _LONGEST_CREDIT and has_credit(text)
    )


def is_caption(row: Row) -> bool:
    """Tell whether a line says whose picture it is, or goes on a little after its last sentence."""
    if row.size > _LONGEST:
        return False
    end = row.text[-_REACH:]
    return names_source(row.text) or (not row.ends and end[-1] not in ":：;," and _TAIL.search(end) is not None)


class Notices:
    """What tells the notices of a page from its text: the pieces of words of the table that stand anywhere on it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        # To look once through the whole spares nearly all looks through each line.
        folded = "\n".join([row.text for row in rows if row.size <= _LONGEST]).casefold()
        self._words = tuple(filter(folded.__contains__, _notices(is_latin=is_latin(folded))))

    def has(self, row: Row) -> bool:
        """Tell whether a line speaks of the page and its terms, and not of news."""
        if not self._words or not 20 <= row.size <= _LONGEST:
            return False
        folded = row.text.casefold()
        found = sum(map(folded.__contains__, self._words))
        return found > 1 or (found == 1 and _ADDRESSED.search(folded) is not None)


@cache
def _notices(*, is_latin: bool) -> tuple[str, ...]:
    words = (row[0] for row in resources.rows("notices.tsv"))
    return tuple(word for word in words if not is_latin or word < "\u0250")
