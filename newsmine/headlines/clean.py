"""A headline without what a site set around it."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape

from newsmine import gazetteer, resources
from newsmine.tags import split_tags
from newsmine.text import clean, fold

_UPDATE = re.compile(
    r"^(?:UPDATE|WRAPUP|REFILE|RPT|CORRECTED|BRIEF|EXCLUSIVE|FACTBOX|ANALYSIS|EXPLAINER|FEATURE|INSIGHT|INTERVIEW)"
    r"[\s-]*\d*\s*[-–—:]\s*(?=\S)"
)
_PREFIX = re.compile(r"^(?P<word>(?:[^:|–—-]|(?<=\w)-(?=\w)){2,20}?)\s*(?:[:|]|\s[-–—])\s+(?=\S)")
_SUFFIX = re.compile(r"\s+[-–—|]\s+(?P<outlet>[^-–—|]{2,50})$")
_BRACKETED = re.compile(r"^[\[(](?P<word>[^\])]{2,20})[\])]\s*(?=\S)")
_HOST = re.compile(r"\w[\w-]+(?:\.\w[\w-]*)*\.[a-z]{2,6}")
_LONGEST_NAME = 5
_NO_NEWS = frozenset("bad big breaking fake good hard latest more no our the".split())


@dataclass(frozen=True, slots=True)
class CleanHeadline:
    """A headline's own text, and what stood around it: tags, a prefix ("Opinion"), a suffix ("Reuters")."""

    text: str
    tags: tuple[str, ...] = ()
    prefix: str | None = None
    suffix: str | None = None


def clean_headline(text: str) -> CleanHeadline:
    """Return the headline without HTML entities, tags, a known prefix and a known publisher behind it.

    >>> clean_headline("UPDATE 1-Turkey&#8217;s bank holds rates - Reuters")
    CleanHeadline(text='Turkey’s bank holds rates', tags=(), prefix='UPDATE 1', suffix='Reuters')
    >>> clean_headline("Talks resume in Geneva - Ukraine").text
    'Talks resume in Geneva - Ukraine'
    """
    text = clean(unescape(text) if "&" in text else text)
    prefix = suffix = None
    while (match := _SUFFIX.search(text)) and _is_outlet(match["outlet"]):
        text, suffix = text[: match.start()], suffix or match["outlet"]
    text, tags = split_tags(text)
    while match := _prefix(text):
        prefix, text = prefix or match.group().strip(" -–—:|[]()"), text[match.end() :]
    return CleanHeadline(text, tags, prefix, suffix)


def _prefix(text: str) -> re.Match[str] | None:
    if match := _UPDATE.match(text):
        return match
    match = _PREFIX.match(text) or _BRACKETED.match(text)
    return match if match and fold(match["word"]) in _folded("prefixes.tsv") else None


def _is_outlet(name: str) -> bool:
    """Tell whether a suffix is a publisher: a listed one, that of a country, a host, or a "Herald" of somewhere."""
    folded, listed = fold(name), _folded("outlets.tsv")
    head, _, place = folded.rpartition(" ")
    if folded in listed or _HOST.fullmatch(folded) or (head in listed and gazetteer.find_place(place)):
        return True
    words = name.split()
    first, *others = folded.split()
    return (
        1 < len(words) <= _LONGEST_NAME
        and all(word[0].isupper() or word[0].isdigit() or word in ("of", "and", "the") for word in words)
        and any(f"* {word}" in listed for word in others)
        and (len(words) > 2 or first not in _NO_NEWS)
    )


@cache
def _folded(table: str) -> frozenset[str]:
    return frozenset(row[0] for row in resources.rows(table))
