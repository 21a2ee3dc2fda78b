"""A headline without what a site set around it."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape

from newsmine import resources
from newsmine.tags import split_tags
from newsmine.text import clean, fold

_UPDATE = re.compile(r"^(?:UPDATE|WRAPUP|REFILE|RPT)[\s-]*\d*\s*[-–—:]\s*(?=\S)")
_PREFIX = re.compile(r"^(?P<word>[^:|–—-]{2,20}?)\s*(?:[:|]|\s[-–—])\s+(?=\S)")
_SUFFIX = re.compile(r"\s+[-–—|]\s+(?P<outlet>[^-–—|]{2,50})$")
_BRACKETED = re.compile(r"^[\[(](?P<word>[^\])]{2,20})[\])]\s*(?=\S)")


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
    if (match := _SUFFIX.search(text)) and fold(match["outlet"]) in _folded("outlets.tsv"):
        text, suffix = text[: match.start()], match["outlet"]
    text, tags = split_tags(text)
    if match := _UPDATE.match(text):
        prefix, text = match.group().rstrip(" -–—:"), text[match.end() :]
    elif (match := _PREFIX.match(text) or _BRACKETED.match(text)) and fold(match["word"]) in _folded("prefixes.tsv"):
        prefix, text = match["word"], text[match.end() :]
    return CleanHeadline(text, tags, prefix, suffix)


@cache
def _folded(table: str) -> frozenset[str]:
    return frozenset(row[0] for row in resources.rows(table))
