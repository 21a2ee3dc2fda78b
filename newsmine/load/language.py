"""The language of a text. The only importer of py3langid."""

from functools import cache
from typing import Any

_ENOUGH = 4000


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)


def detect(text: str, *, certainty: float = 0.8) -> str | None:
    """Return the ISO 639-1 code of the language the text is written in, or None if that is not certain.

    Only the first 4,000 characters are looked at.
    """
    if not any(map(str.isalpha, text)):
        return None
    language, probability = _identifier().classify(text[:_ENOUGH])
    return str(language) if probability >= certainty else None
