"""The closed list of tags (PHOTO, VIDEO, …) that sites set beside a headline."""

import re
from functools import cache

from newsmine import resources

_LONGEST = 1000
_SEPARATOR = r"(?:\s*[-–—|,/+&•·:]\s*|\s+)"


@cache
def _forms() -> dict[str, str]:
    return {form: tag for tag, *forms in resources.rows("tags.tsv") for form in forms}


@cache
def _lasts() -> frozenset[str]:
    """Return the characters at one of which a text with tags ends."""
    return frozenset("])") | {form[-1] for form in _forms()}


@cache
def _trailing() -> re.Pattern[str]:
    forms = "|".join(sorted(map(re.escape, _forms()), key=lambda form: (-len(form), form)))
    bracketed = rf"[\[(](?i:{forms})(?:{_SEPARATOR}(?i:{forms}))*[\])]"
    return re.compile(rf"(?:^|{_SEPARATOR})(?P<tags>{bracketed}|(?:{forms}))\s*$")


@cache
def _only_tags() -> re.Pattern[str]:
    return re.compile(rf"{_one().pattern}(?:{_SEPARATOR}{_one().pattern})*")


@cache
def _one() -> re.Pattern[str]:
    forms = "|".join(sorted(map(re.escape, _forms()), key=lambda form: (-len(form), form)))
    return re.compile(rf"(?i:{forms})")


def split_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without the tags at its end, and those tags in their order; no other word is a tag.

    >>> split_tags("NATO medics conduct course (Photo) VIDEO")
    ('NATO medics conduct course', ('PHOTO', 'VIDEO'))
    >>> split_tags("Armenian PM clarifies current situation with CSTO")
    ('Armenian PM clarifies current situation with CSTO', ())
    """
    tags: list[str] = []
    # As nearly all: a search takes twenty times as long. A paragraph has no tags.
    if text.rstrip()[-1:] not in _lasts() or len(text) > _LONGEST:
        return text, ()
    while match := _trailing().search(text):
        rest = text[: match.start()]
        if rest.isupper() and match["tags"][0] not in "([" and not _only_tags().fullmatch(rest):
            break  # in a headline that is all capitals, a capital MAP may be a map
        found = [_forms()[form.upper()] for form in _one().findall(match["tags"]) if form.upper() in _forms()]
        tags[:0] = found
        text = rest
    return text, tuple(dict.fromkeys(tags))
