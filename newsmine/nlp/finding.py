"""Known names in a text, found in one pass however many there are."""

import re
from collections.abc import Iterable, Iterator

# Names begin with a letter that is no small plain one: most words of a text are passed over.
_BEGINNING = re.compile(r"(?<!\w)[^\W\d_a-z]\w*")


class NameIndex:
    """Names by their first word; each must begin with a letter that is not one of a to z."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(set(names), key=lambda name: (-len(name), name)):
            match = _BEGINNING.match(name)
            if match is None:
                raise ValueError(f"{name!r} does not begin as a name does")
            self._by_word.setdefault(match.group(), []).append(name)

    def occurrences(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where each name stands as whole words, in the order of the text; at one place the longest first."""
        for match in _BEGINNING.finditer(text):
            for name in self._by_word.get(match.group(), ()):
                start = match.start()
                if text.startswith(name, start) and not is_word(text[start + len(name) : start + len(name) + 1]):
                    yield start, name


def begins_as_name(text: str) -> bool:
    """Tell whether a text begins with a letter that is not one of a to z."""
    return _BEGINNING.match(text) is not None


def is_word(char: str) -> bool:
    """Tell whether a character is one that words are made of; the empty text is none."""
    return char.isalnum() or char == "_"
