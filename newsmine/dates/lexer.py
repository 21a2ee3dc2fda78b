"""A line of text as a row of tokens, each known by one letter: the signature that the grammar is written for.

Numbers are told apart here: I a date as ISO 8601 has it, N another date in digits, T a time, t one with a full stop
("19.48"), Y a year, D a day, d one with a full stop, x any other. Of marks, "-" stands for hyphen and slash, "~" for
what else divides, "!" for the rest. A word has the letter of the parts it can play, w if it has none, U if it looks
like the abbreviation of a time zone.
"""

import re
from dataclasses import dataclass, field

from newsmine.dates.lexicon import fold, lexicon

_YEAR = r"(?:19|20)\d\d(?!\d)"
_OFFSET = r"[+-]\d\d:?\d\d(?!\d)"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<w>[dDlL]['’](?=\w) | (?:星期|周|週)[一二三四五六日天] | [月火水木金土日](?:曜日?|(?=[)）]))
        | (?![UG][TM][CT]\b|[aApP]\.|[πμ]\.)
          (?:[^\W\d_年月日時时分]|[\u0300-\u036f\u064b-\u0655\u0900-\u0963\u200c'’]+(?=\w))+[\u0300-\u036f\u0900-\u0963]*)
  | (?P<I>(?:19|20)\d\d-\d\d-\d\d(?!\d)
        (?:[T\s](?:[01]\d|2[0-3]):[0-5]\d(?!\d)(?::[0-5]\d(?:[.,]\d+)?)?(?:\s?(?:Z(?!\w)|{_OFFSET}))?)?)
  | (?P<N>{_YEAR}(?P<a>[/-])\d\d?(?P=a)\d\d?(?!\d)
        | {_YEAR}(?P<c>\.\s?)\d\d?(?P=c)\d\d?(?!\d)(?:\.(?!\w))?
        | \d\d?(?P<b>\.\s?|/|-)\d\d?(?P=b){_YEAR}
        | {_YEAR}\s?[年년]\s?\d\d?\s?[月월]\s?\d\d?\s?[日일号號]
        | \d\d?\s+[Tt]háng\s+\d\d?,?\s+(?:năm\s+)?{_YEAR})
  | (?P<T>(?:2[0-3]|[01]?\d)(?:
          (?:[:：]|\s?[hH]\s?)[0-5]\d(?!\d)
          (?: :[0-5]\d(?!\d)(?:[.,]\d+)?(?:\s?{_OFFSET})?
            # 16:05-17:30 is a span of time.
            | \s?(?:\+\d\d:?|[-−]\d\d)\d\d(?!\d) | \s[-−](?:0\d|1[0-2]):[0-5]\d(?!\d))?
          (?:Z(?!\w))?
        | [hH](?!\w)
        | \s?[時时點点시](?:\s?[0-5]?\d\s?[分분])?(?:\s?[0-5]?\d\s?[秒초])?))
  | (?P<t>(?:2[0-3]|[01]?\d)\.[0-5]\d(?!\.?\d))
  | (?P<Y>{_YEAR})
  | (?P<d>\d\d?\.(?!\w))
  | (?P<D>\d\d?(?!\d)(?:(?:st|nd|rd|th|ST|ND|RD|TH|er|re|e|º|ª|°|\.º|-?(?:го|е|ше)|η|ης)(?!\w))?)
  | (?P<x>\d+)
  | (?P<z>(?:UTC|GMT)(?:\s?[+\-−]\s?\d\d?(?::?\d\d)?(?!\d))?)
  | (?P<p>(?:[aApP]\.\s?[mM]|[πμ]\.\s?μ)\b\.?)
  | (?P<s>\S))
    """,
    re.VERBOSE,
)
_MARKS = {mark: mark for mark in ".,:()"} | dict.fromkeys("-/", "-") | dict.fromkeys("–—|•·−‐", "~")
_MARKS |= {"（": "(", "）": ")", "，": ",", "、": ",", "،": ",", "：": ":", "[": "(", "]": ")"}
_LONGEST_ZONE = 5


@dataclass(slots=True)
class Tokens:
    """The tokens of a stretch of text: the letter of each, its text, and where it starts and ends."""

    signature: str = ""
    texts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def lex(text: str, start: int, end: int) -> Tokens:
    """Return the tokens of a stretch of the text."""
    known = lexicon()
    letters, first, last = known.letters, known.first, ""
    signature, texts, starts, ends = "", list[str](), list[int](), list[int]()
    for token in _TOKEN.finditer(text, start, end):
        letter, stop = token.lastgroup, token.end()
        if letter is None:
            continue
        word = token[letter]
        if letter == "w":
            if last in first and (joined := letters.get(f"{last} {word}") or letters.get(fold(f"{last} {word}"))):
                signature, last = signature[:-1] + joined, f"{last} {word}"
                texts[-1], ends[-1] = last, stop
                continue
            letter = letters.get(word) or letters.get(fold(word)) or ("U" if _is_like_zone(word) else "w")
        elif letter == "s":
            letter = _MARKS.get(word, "!")
        last = word
        signature += letter
        texts.append(word)
        starts.append(stop - len(word))
        ends.append(stop)
    return Tokens(signature, texts, starts, ends)


def _is_like_zone(word: str) -> bool:
    return 3 <= len(word) <= _LONGEST_ZONE and word[-1] == "T" and word.isascii() and word.isupper()
