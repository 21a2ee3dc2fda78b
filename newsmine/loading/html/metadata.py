"""What a page says of its article: each field from the best place that states it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urljoin

from newsmine import dates
from newsmine.loading.html.signs import Signs
from newsmine.loading.html.structured import Stated, read_stated
from newsmine.loading.html.titles import choose_title
from newsmine.loading.publishers import host_of
from newsmine.records import Timestamp
from newsmine.text import clean

_PUBLISHED = (
    "article:published_time article:published og:article:published_time og:published_time datepublished "
    "parsely-pub-date sailthru.date article.published cxenseparse:recs:publishtime cxenseparse:publishtime "
    "rnews:datepublished dcterms.created dcterms.issued dcterms.date dc.date.issued dc.date dc.created date pubdate "
    "publishdate publish-date published publication_date date_published article_date_original displaydate "
    "bt:pubdate gentime og:pubdate"
).split()
_AUTHORS = "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl".split()
_SECTIONS = "article:section parsely-section og:article:section section".split()
_LANGUAGES = "og:locale content-language language dc.language".split()
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.DOTALL)
_BY = re.compile(r"^\s*(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;|]\s*|\s+(?:and|und|et|y|&)\s+")
_LONGEST_NAME = 60
_LONGEST_DATE = 100

ReadDate = Callable[[str], Timestamp | None]
"""Reads the date that a text of the page is: `read_stamp` for that page."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; `is_article` and `is_home` tell what kind of page it calls itself.

    `titles` are all that might be its title, headings included.
    """

    title: str | None
    titles: tuple[str, ...]
    published: Timestamp | None
    authors: tuple[str, ...]
    section: str | None
    language: str | None
    url: str | None
    descriptions: tuple[str, ...]
    stated: Stated
    is_article: bool
    is_home: bool


def read_metadata(signs: Signs, *, dayfirst: bool | None = None, as_of: datetime | None = None) -> Metadata:
    """Return what the signs say; a time comes with the zone that is stated with it, and with none where none is."""
    url = _address(signs)
    stated = read_stated(signs.scripts, url, (signs.first("og:title"), *signs.headings))
    url = url or stated.url or None
    language = _language(signs, stated)
    read = partial(read_stamp, dayfirst=dayfirst, as_of=as_of, language=language)
    title = choose_title(signs, stated.headline, host_of(url))
    kind = signs.first("og:type").casefold()
    descriptions = (stated.description, signs.first("og:description"), signs.first("description"))
    return Metadata(
        title=title,
        titles=tuple(filter(None, (title, stated.headline, signs.first("og:title"), *signs.headings))),
        published=first_stamp(_moments(signs, stated), read),
        authors=_authors(signs, stated),
        section=stated.section or signs.first(*_SECTIONS) or next(iter(signs.items.get("articlesection", ())), None),
        language=language,
        url=url,
        descriptions=tuple(dict.fromkeys(filter(None, descriptions))),
        stated=stated,
        is_article=stated.is_article or kind == "article" or bool(signs.first(*_PUBLISHED[:3])),
        is_home=_is_root(url) or (stated.is_list and not stated.is_article),
    )


def _address(signs: Signs) -> str | None:
    """Return the address that the page calls its own; a relative one is completed from the others."""
    whole = [signs.first("og:url"), signs.first("twitter:url"), signs.saved_from]
    base = next((url for url in whole if host_of(url)), "")
    for url in (signs.canonical, *whole):
        try:
            found = urljoin(base, url) if url else ""
        except ValueError:
            continue
        if found.startswith(("http://", "https://")) and host_of(found):
            return found
    return None


def _is_root(url: str | None) -> bool:
    return bool(url and re.fullmatch(r"https?://[^/?#]+/?(?:index\.\w+|[a-z]{2}/?)?", url))


def first_stamp(texts: Iterable[str], read: ReadDate) -> Timestamp | None:
    """Return the first of the dates that can be read; one of the same day that has the time goes before it."""
    best: Timestamp | None = None
    for text in texts:
        stamp = read(text)
        if stamp is None or stamp.value is None:
            continue
        if "T" in stamp.value and (best is None or stamp.value.startswith(str(best.value))):
            return stamp
        best = best or stamp
    return best


def _moments(signs: Signs, stated: Stated) -> Iterator[str]:
    yield stated.published
    for name in _PUBLISHED:
        yield from signs.all(name)
    yield from signs.items.get("datepublished", ())
    yield from signs.times


def read_stamp(
    text: str, *, dayfirst: bool | None = None, as_of: datetime | None = None, language: str | None = None
) -> Timestamp | None:
    """Return the date that a text is, or the one that stands in it; the page's language may tell 05/03 from 03/05."""
    text = clean(text[:_LONGEST_DATE])
    if not text:
        return None
    if stamp := dates.parse(text, dayfirst=dayfirst, as_of=as_of, language=language):
        return stamp
    found = dates.find(text, dayfirst=dayfirst, language=language)
    return found[0].timestamp if found else None


def _authors(signs: Signs, stated: Stated) -> tuple[str, ...]:
    if stated.authors:
        names = [name for text in stated.authors for name in _split_names(text)]
    else:
        texts = [text for name in _AUTHORS for text in signs.all(name)] or signs.items.get("author", [])
        names = [name for text in texts for name in _split_names(text)]
    return tuple(dict.fromkeys(names))


def _split_names(text: str) -> Iterator[str]:
    if "://" in text:
        return
    for name in _BETWEEN.split(_BY.sub("", text)):
        if name and len(name) <= _LONGEST_NAME:
            yield name


def _language(signs: Signs, stated: Stated) -> str | None:
    for text in (signs.language, stated.language, *(signs.first(name) for name in _LANGUAGES)):
        if match := _LANGUAGE.fullmatch(text.strip().casefold()):
            return match[1]
    return None
