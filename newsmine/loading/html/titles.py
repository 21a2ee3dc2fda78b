"""The title of an article: which of the several that a page states, without the name of the site."""

import re
from collections.abc import Iterable

from newsmine.loading.html.light import key_of
from newsmine.loading.html.signs import Signs
from newsmine.text import clean

_CUT = re.compile(r"\s+[-–—|•·»*]+\s+|\s*[|ㅣ｜]\s*")
_SHORTEST_NAME = 3
_PARTS = 4


def choose_title(signs: Signs, headline: str, host: str | None) -> str | None:
    """Return the title of a page's article; `headline` is what its JSON-LD states, which may be nothing.

    What the page is shared under (og:title) and its heading are two texts by the editors, the headline of JSON-LD is
    sometimes one of them, sometimes a third. Where two of the three agree and the third is the text of the title
    element, written for search engines, the two are right; where the heading and the headline agree, the shared one is
    the shorter and plainer. A heading alone ("Log in") is the weakest witness.
    """
    sites = _site_names(signs, host)
    shared, stated, title = signs.first("og:title"), headline, signs.title
    known = {key_of(text) for text in (shared, stated, signs.first("twitter:title"), *signs.headings) if text}
    shared, stated, title = (_without_site(text, sites, known) for text in (shared, stated, title))
    heading = _heading(signs.headings, (stated, shared, title))
    if shared and stated and key_of(stated) not in (key_of(shared), key_of(heading)):
        is_for_search = key_of(shared) == key_of(heading) and key_of(stated) == key_of(title)
        return shared if is_for_search else stated
    item = next(iter(signs.items.get("headline", ())), "")
    return shared or stated or heading or item or signs.first("twitter:title") or title or None


def _site_names(signs: Signs, host: str | None) -> set[str]:
    labels = host.split(".") if host else []
    own = [host or "", *(label for label in labels[:-1] if len(label) > _SHORTEST_NAME)]
    names = (*own, *labels[-2:-1], signs.first("og:site_name"), signs.first("application-name"))
    return {name for text in names if (name := key_of(text))}


def _without_site(text: str, sites: set[str], known: set[str]) -> str:
    """Return the text without the parts at its end that name the site, or that another of the titles has not."""
    text = clean(text)
    cuts = list(_CUT.finditer(text))[-_PARTS:]
    others = known - {key_of(text)}
    for cut in cuts:
        if cut.start() and key_of(text[: cut.start()]) in others:
            return text[: cut.start()]
    while cuts and _names_site(text[cuts[-1].end() :], sites) and cuts[-1].start():
        text = text[: cuts.pop().start()]
    return text


def _names_site(part: str, sites: set[str]) -> bool:
    name = key_of(part)
    return name in sites or (
        len(name) > _SHORTEST_NAME
        and any(len(site) > _SHORTEST_NAME and (name in site or site in name) for site in sites)
    )


def _heading(headings: Iterable[str], titles: Iterable[str]) -> str:
    """Return the heading that shares most words with one of the titles; the first where there is nothing to tell by."""
    headings = [text for text in headings if text]
    words = [set(title.casefold().split()) for title in titles if title]
    if not headings or not words:
        return headings[0] if headings else ""

    def shared(heading: str) -> float:
        own = set(heading.casefold().split())
        return max(len(own & other) / len(own | other) for other in words if own | other) if own else 0.0

    best = max(headings, key=shared)
    return best if shared(best) else ""
