"""spaCy's tokenizer in plain Python, for what a stretch between spaces is made of.

Source: spacy.tokenizer. Differs from it in nothing but that lexemes are texts here and not entries of a vocabulary.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Pattern = tuple[str, int]
"""A regular expression and its flags."""

Token = tuple[str, str | None]
"""Its text, and the norm that a special case gives it."""


@dataclass(frozen=True, slots=True)
class TokenizerRules:
    """What a tokenizer of spaCy goes by."""

    special: Mapping[str, tuple[Token, ...]]
    prefix: Pattern | None
    suffix: Pattern | None
    infix: Pattern | None
    token: Pattern | None
    url: Pattern | None
    faster: bool
    """Whether only those special cases are looked for inside a stretch that a pattern could have split."""
    letters_stay: bool
    """Whether no pattern can match within a word of plain letters."""


class Tokenizer:
    """Splits stretches without white space, and joins what the special cases say belongs together."""

    def __init__(self, rules: TokenizerRules) -> None:
        self._special = rules.special
        self._prefix = _compiled(rules.prefix).search
        self._suffix = _compiled(rules.suffix).search
        self._infix = _compiled(rules.infix).finditer
        self._is_token = _compiled(rules.token).match
        self._is_url = _compiled(rules.url).match
        self._letters_stay = rules.letters_stay
        self._cases: dict[str, list[tuple[str, ...]]] = {}
        for text in sorted(rules.special):
            if not rules.faster or self._may_split(text) or " " in text:
                words = tuple(word for word, _ in self._affixes(text, special=False))
                self._cases.setdefault(words[0], []).append(words)

    def _may_split(self, text: str) -> bool:
        found = self._prefix(text), self._suffix(text)
        return any(match and match.end() > match.start() for match in found) or any(True for _ in self._infix(text))

    def split(self, stretch: str) -> list[Token]:
        """Return the tokens of a stretch that has no white space in it."""
        if self._stays(stretch) and stretch not in self._special:
            return [(stretch, None)]  # most words, and much faster
        tokens = self.bare(stretch)
        return self.join(tokens, [False] * len(tokens))[0]

    def bare(self, run: str) -> list[Token]:
        """Return the tokens of a stretch, or of a run of white space, before special cases inside it are joined."""
        if run in self._special:
            return list(self._special[run])
        return self._affixes(run, special=True)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the pairs of adjacent tokens that a special case joins."""
        return frozenset(pair for group in self._cases.values() for words in group for pair in pairwise(words))

    def join(self, tokens: list[Token], spaces: list[bool]) -> tuple[list[Token], list[bool]]:
        """Return the tokens and the spaces after them once the special cases have replaced what they match.

        Of matches that overlap the longest counts, then the first.
        """
        if not any(text in self._cases for text, _ in tokens):
            return tokens, spaces
        matches = [
            (start, start + len(words))
            for start, (text, _) in enumerate(tokens)
            for words in self._cases.get(text, ())
            if all(tokens[start + k : start + k + 1] and tokens[start + k][0] == words[k] for k in range(len(words)))
        ]
        if not matches:
            return tokens, spaces
        seen: set[int] = set()
        chosen = {}
        for start, end in sorted(set(matches), key=lambda m: (m[0] - m[1], m[0])):
            if start not in seen and end - 1 not in seen:
                chosen[start] = end
            seen.update(range(start, end))
        joined: list[Token] = []
        after: list[bool] = []
        at = 0
        while at < len(tokens):
            end = chosen.get(at, at + 1)
            text = "".join(t + " " * s for (t, _), s in zip(tokens[at:end], spaces[at:end], strict=True))
            rule = self._special.get(text[:-1] if spaces[end - 1] else text) if at in chosen else None
            if rule is None:
                joined += tokens[at:end]
                after += spaces[at:end]
            else:
                joined += rule
                after += [*([False] * (len(rule) - 1)), spaces[end - 1]]
            at = end
        return joined, after

    def _affixes(self, text: str, *, special: bool) -> list[Token]:
        cases = self._special if special else {}
        prefixes: list[Token] = []
        suffixes: list[Token] = []
        size = 0
        while text and len(text) != size:
            if self._stays(text):
                break
            if self._is_token(text) or text in cases:
                break
            size = len(text)
            before = _length(self._prefix(text))
            if before and text[before:] in cases and text[before:]:
                prefixes.append((text[:before], None))
                text = text[before:]
                break
            after = _length(self._suffix(text[before:] if before else text))
            if after and text[:-after] in cases and text[:-after]:
                suffixes.append((text[-after:], None))
                text = text[:-after]
                break
            if before and after and before + after <= len(text):
                prefixes.append((text[:before], None))
                suffixes.append((text[-after:], None))
                text = text[before:-after]
            elif before:
                prefixes.append((text[:before], None))
                text = text[before:]
            elif after:
                suffixes.append((text[-after:], None))
                text = text[:-after]
        if not text:
            middle: Sequence[Token] = ()
        elif text in cases:
            middle = cases[text]
        elif self._stays(text) or self._is_token(text) or self._is_url(text):
            middle = [(text, None)]
        else:
            middle = self._infixes(text)
        return [*prefixes, *middle, *reversed(suffixes)]

    def _stays(self, text: str) -> bool:
        return self._letters_stay and text.isascii() and text.isalpha()

    def _infixes(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        start = 0
        for match in self._infix(text):
            if match.start() == 0:
                continue
            if match.start() != start:
                tokens.append((text[start : match.start()], None))
            if match.start() != match.end():
                tokens.append((match.group(), None))
            start = match.end()
        if text[start:]:
            tokens.append((text[start:], None))
        return tokens


class _Nothing:
    """A pattern that is not there."""

    def search(self, text: str) -> None:
        return None

    match = search

    def finditer(self, text: str) -> tuple[()]:
        return ()


def _compiled(pattern: Pattern | None) -> "re.Pattern[str] | _Nothing":
    return re.compile(*pattern) if pattern else _Nothing()


def _length(match: re.Match[str] | None) -> int:
    return match.end() - match.start() if match else 0
