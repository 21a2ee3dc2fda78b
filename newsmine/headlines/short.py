"""What the one of two headlines says in one word and the other in several: BA, British Airways; breast stroke."""

from collections.abc import Sequence

from newsmine.headlines.weights import weight

Words = Sequence[str]

_FEWEST, _LONGEST_ACRONYM = 2, 6
_MATTERS = 350
# What is longer is no headline, and would take long.
_LONGEST_HEADLINE = 100


def shortened(a: Words, b: Words) -> tuple[Words, Words]:
    """Return the words of both, the several as the one that the other has in their place.

    That is the words that follow each other written as one, or the acronym of their initials; a common word is none.

    >>> shortened(["british", "airways", "sold"], ["ba", "sold"])
    (['ba', 'sold'], ['ba', 'sold'])
    """
    if max(len(a), len(b)) > _LONGEST_HEADLINE:
        return a, b
    return _in_terms_of(a, b), _in_terms_of(b, a)


def _in_terms_of(words: Words, other: Words) -> Words:
    """Return the words with those runs as one that are one in the other, where that has no word of the run."""
    only = set(words).difference(other)
    if len(only) < _FEWEST:
        return words
    initials = {word[0] for word in only}
    for one in dict.fromkeys(other):
        if one[0] not in initials or one in words or not one.isalpha() or len(one) < _FEWEST:
            continue
        for length in sorted({2, 3, len(one)}):
            at = _run(words, one, length)
            if at is not None and only.issuperset(words[at : at + length]):
                words = [*words[:at], one, *words[at + length :]]
                break
    return words


def _run(words: Words, one: str, length: int) -> int | None:
    """Return where so many words stand that are written as that one, or are what it is short for."""
    is_acronym = length == len(one) <= _LONGEST_ACRONYM and weight(one) >= _MATTERS
    for at in range(len(words) - length + 1):
        run = words[at : at + length]
        if run[0][0] == one[0] and (
            "".join(run) == one or (is_acronym and all(map(str.startswith, run, one)) and min(map(len, run)) > 1)
        ):
            return at
    return None
