"""The language that a source states: as a tag ("en-US"), a code of three letters, or by its name."""

import re

from newsmine.text import clean

_TAG = re.compile(r"([a-z]{2})(?:[-_].*)?")
_LANGUAGES = {
    name: code
    for code, names in {
        "ar": "ara arabic",
        "az": "aze azerbaijani",
        "bg": "bul bulgarian",
        "ca": "cat catalan",
        "cs": "cze ces czech",
        "da": "dan danish",
        "de": "ger deu german deutsch allemand",
        "el": "gre ell greek",
        "en": "eng english englisch anglais",
        "es": "spa spanish español spanisch espagnol",
        "et": "est estonian",
        "fa": "per fas persian farsi",
        "fi": "fin finnish",
        "fr": "fre fra french français französisch",
        "he": "heb hebrew",
        "hi": "hin hindi",
        "hr": "hrv croatian",
        "hu": "hun hungarian",
        "id": "ind indonesian",
        "it": "ita italian italiano italienisch",
        "ja": "jpn japanese",
        "ko": "kor korean",
        "lt": "lit lithuanian",
        "lv": "lav latvian",
        "nl": "dut nld dutch nederlands",
        "no": "nor norwegian",
        "pl": "pol polish polski",
        "pt": "por portuguese português",
        "ro": "rum ron romanian",
        "ru": "rus russian",
        "sk": "slo slk slovak",
        "sl": "slv slovenian",
        "sr": "srp serbian",
        "sv": "swe swedish",
        "tr": "tur turkish",
        "uk": "ukr ukrainian",
        "vi": "vie vietnamese",
        "zh": "chi zho chinese",
    }.items()
    for name in names.split()
}


def language_of(text: str) -> str | None:
    """Return the two-letter code of a language that is named in English ("German"), its own words or as a code.

    >>> language_of("en-US"), language_of("German; English"), language_of("deu"), language_of("yes, of course")
    ('en', 'de', 'de', None)
    """
    words = re.split(r"[;,/|]\s*", clean(text).casefold())
    known = (_LANGUAGES.get(word) or ((match := _TAG.fullmatch(word)) and match[1]) for word in words)
    return next(filter(None, known), None)
