"""Names of publishers that stand behind headlines, learned from the headlines themselves: " - Port Ellery Post"."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from newsmine import gazetteer
from newsmine.text import fold

Suffixes = Mapping[str, frozenset[str]]
"""For each publisher the suffixes, folded, that are its name or nothing that a headline says."""

_SUFFIX = re.compile(r"(?<=\S)\s+[-–—|·•»]\s+(?P<name>[^-–—|·•»]{2,50})$")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_MOST_WORDS = 5
_SMALL = frozenset("a an and at de del des du for in la le of on the".split())
_OF_MANY_HOSTS = frozenset("com edu example gov info net news org www".split())
_SHORT = 3
_OF_ITS_NAME, _OF_ANY_NAME, _NEARLY_ALL = 5, 10, 0.8


class SuffixCount:
    """Counts what stands behind the headlines of each publisher."""

    def __init__(self) -> None:
        self._headlines: Counter[str] = Counter()
        self._behind: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, publisher: str | None, headline: str) -> None:
        """Count a headline, each different one of a publisher once."""
        if publisher:
            self._headlines[publisher] += 1
            if match := _found(headline):
                self._behind[publisher][fold(match["name"])] += 1

    def learned(self) -> Suffixes:
        """Return what is a publisher's suffix.

        That is one on five different headlines that is like its name; or one on ten, if these are four fifths of all.
        """
        return {
            publisher: found
            for publisher, behind in self._behind.items()
            if (found := frozenset(name for name, count in behind.items() if self._is_suffix(publisher, name, count)))
        }

    def _is_suffix(self, publisher: str, name: str, count: int) -> bool:
        if count >= _OF_ANY_NAME and count >= _NEARLY_ALL * self._headlines[publisher]:
            return True
        return count >= _OF_ITS_NAME and _is_like(name, publisher)


def learned_suffixes(headlines: Iterable[tuple[str | None, str]]) -> Suffixes:
    """Return the suffixes that the headlines show to be such, given as publishers and texts.

    >>> learned_suffixes(("portellery.example", f"Storm {n} nears - Port Ellery Post") for n in range(5))
    {'portellery.example': frozenset({'port ellery post'})}
    """
    count = SuffixCount()
    for publisher, text in dict.fromkeys(headlines):
        count.add(publisher, text)
    return count.learned()


def without_suffix(headline: str, publisher: str | None, suffixes: Suffixes) -> str:
    """Return the headline without the learned suffixes of its publisher behind it."""
    known = suffixes.get(publisher or "")
    while known and (match := _found(headline)) and fold(match["name"]) in known:
        headline = headline[: match.start()]
    return headline


def shorter(headline: str) -> Iterator[str]:
    """Yield all that `without_suffix` may return for a headline, whatever was learned, but for itself."""
    while match := _found(headline):
        headline = headline[: match.start()]
        yield headline


def _found(headline: str) -> re.Match[str] | None:
    """Return what may be a publisher's name behind a headline: a few capitalised words, no number and no place."""
    match = _SUFFIX.search(headline)
    if not match:
        return None
    words = match["name"].split()
    is_name = words[0][0].isupper() and all(word[0].isupper() or word in _SMALL for word in words)
    is_other = any(map(str.isdigit, match["name"])) or gazetteer.find_place(match["name"]) is not None
    return match if is_name and len(words) <= _MOST_WORDS and not is_other else None


def _is_like(name: str, publisher: str) -> bool:
    """Tell whether a publisher, by its host or name, is of that name: in full, by the first word, or by initials."""
    host = fold(publisher)
    words = [word for word in _NOT_A_LETTER.split(name) if word and word != "the"]
    labels = {label.removeprefix("the") for label in _NOT_A_LETTER.split(host)} - _OF_MANY_HOSTS
    beginnings = {"".join(words[:n]) for n in range(1, len(words) + 1)}
    initials = "".join(word[0] for word in words)
    full = "".join(words)
    within = len(full) > _SHORT and full in _NOT_A_LETTER.sub("", host)
    return within or any(label in beginnings or label == initials for label in labels if len(label) >= _SHORT)
