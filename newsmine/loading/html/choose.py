"""The body of a page's article: the page's own structure, or what extractors find where that is in doubt."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING

from newsmine.loading.html import body, plain
from newsmine.loading.html.light import Block, blocks_of, key_of, linked_keys
from newsmine.loading.html.prose import read_prose

if TYPE_CHECKING:
    from lxml.etree import _Element

Lines = Sequence[str]

_OF_LINKS = 0.6
_PROSE = 20
_IN_TEXT = 0.4
_COVERED = 0.9
_SHORT = 0.5
_DISTINCT = 0.1
_MISSING = 0.5
_HALF = 0.5
_FEW_MISSED = 0.1
_MAIN = 0.5
_FEW = 100
_WORD = re.compile(r"\w+")


def choose_body(root: _Element, html: str, stated: Lines = (), *, careful: bool = True) -> tuple[str, ...]:
    """Return the paragraphs of the article in a tree; () where there is no text.

    `stated` is a body that JSON-LD states: it rules out what is not in it. Where the page leaves little doubt, its own
    structure tells the body; where it does, trafilatura is asked if `careful`. What is too deep for the parser,
    resiliparse reads.
    """
    prose = read_prose(root, stated)
    if prose.is_sure:
        return prose.lines
    lines = _weighed(root, prose.lines) if careful else []
    if prose.lines and _are_at_odds(prose.lines, lines):
        lines = list(prose.lines)
    if _length(lines) < _FEW:
        quick = _without(plain.paragraphs(html), linked_keys(blocks_of(root), _OF_LINKS))
        lines = quick if _length(quick) > 4 * _length(lines) else lines
    if _length(stated) > 2 * _length(lines):
        return tuple(stated)  # a script shows it
    return tuple(_within(lines, stated))


def _weighed(root: _Element, own: Lines) -> list[str]:
    """Return the body in which two ways of trafilatura and the page's own paragraphs agree.

    The careful way goes first. It has missed something if paragraphs of the page are not in it, or if it is much
    shorter than all long texts of the page; then the default is asked for what else is running text. Whole parts that
    both have missed are told by standing in the same elements as the rest.
    """
    blocks = list(blocks_of(root))
    links = linked_keys(blocks, _OF_LINKS)
    lines = _without(body.paragraphs(root, precise=True), links)
    if _missed(own, lines) > _FEW_MISSED and (
        not lines or _covered(blocks, lines) < _COVERED or _length(lines) < _SHORT * _running(blocks)
    ):
        lines = _merged(lines, lambda: _without(body.paragraphs(root, precise=False), links))
    return _completed(blocks, lines)


def _are_at_odds(own: Lines, found: Lines) -> bool:
    """Tell whether what was found has missed most of the page's own body, or is the page run together as it stands."""
    known = {key_of(line) for line in found}
    missing = [key for line in own if (key := key_of(line)) not in known]
    if _length(missing) < _HALF * _length(map(key_of, own)):
        return False
    whole = "".join(map(key_of, found))
    return 2 * _length(own) > _length(found) or all(key in whole for key in missing)


def _missed(own: Lines, found: Lines) -> float:
    """Return which share of the page's own body is not in what was found."""
    known = {key_of(line) for line in found}
    keys = [key_of(line) for line in own]
    return _length(key for key in keys if key not in known) / _length(keys) if own else 1.0


def _without(lines: Iterable[str], links: Container[str]) -> list[str]:
    return [line for line in lines if key_of(line) not in links]


def _merged(careful: list[str], default: Callable[[], list[str]]) -> list[str]:
    """Return the default's lines, of those that the careful way leaves out only the long ones."""
    more = default()
    known, found = {key_of(line) for line in careful}, {key_of(line) for line in more}
    if not careful:
        return more
    if _length(known - found) > _DISTINCT * _length(known):
        return careful
    return [line for line in more if key_of(line) in known or _words(line) >= _PROSE]


def _covered(blocks: Iterable[Block], lines: Lines) -> float:
    """Return which share of the page's long paragraphs is among the lines."""
    known = {key_of(line) for line in lines}
    prose = [block.key for block in blocks if _is_prose(block)]
    return sum(len(key) for key in prose if key in known) / max(1, sum(map(len, prose))) if prose else 1.0


def _running(blocks: Iterable[Block]) -> int:
    """Return the length of all that may be running text on the page."""
    return sum(len(b.text) for b in blocks if b.links < _IN_TEXT and b.words >= _PROSE)


def _is_prose(block: Block) -> bool:
    return block.group is not None and block.links < _IN_TEXT and block.words >= _PROSE


def _completed(blocks: Sequence[Block], lines: list[str]) -> list[str]:
    """Return the lines with the paragraphs that stand in the same elements, if those are a large part of the body."""
    known = {key_of(line): number for number, line in enumerate(lines)}
    groups: dict[tuple[str, ...], list[Block]] = {}
    for block in blocks:
        if block.group is not None and block.links < _IN_TEXT:
            groups.setdefault(block.group, []).append(block)
    whole = _length(known)
    main = {
        group
        for group, members in groups.items()
        if whole and _length(block.key for block in members if block.key in known) >= _MAIN * whole
    }
    missing = {
        block.key: block.text
        for group in main
        for block in groups[group]
        if block.key not in known and block.words >= _PROSE // 2
    }
    if not main or _length(missing) <= _MISSING * whole:
        return lines
    return _in_order(blocks, lines, known, missing)


def _in_order(blocks: Iterable[Block], lines: Lines, known: dict[str, int], missing: dict[str, str]) -> list[str]:
    """Return the lines, each missing paragraph put behind the line that comes before it on the page."""
    behind: dict[int, list[str]] = {}
    left, place = dict(missing), -1
    for block in blocks:
        if block.key in known:
            place = max(place, known[block.key])
        elif block.key in left:
            behind.setdefault(place, []).append(left.pop(block.key))
    return [
        *behind.get(-1, ()),
        *(text for number, line in enumerate(lines) for text in (line, *behind.get(number, ()))),
    ]


def _within(lines: Lines, stated: Lines) -> Lines:
    """Return the lines that are in the stated body, if that is a whole one; all of them where it is not."""
    if not stated:
        return lines
    own, other = _counts(lines), _counts(stated)
    shared = sum((own & other).values())
    if not own.total() or other.total() < 0.7 * own.total() or shared < 0.8 * other.total():
        return lines
    pairs = {pair for line in stated for pair in _pairs(line)}
    return [line for line in lines if sum(p in pairs for p in _pairs(line)) >= 0.3 * len(_pairs(line))]


def _pairs(line: str) -> list[tuple[str, str]]:
    words = _WORD.findall(line.casefold())
    return list(itertools.pairwise(words))


def _counts(lines: Lines) -> Counter[str]:
    return Counter(word for line in lines for word in _WORD.findall(line.casefold()))


def _words(line: str) -> int:
    return len(_WORD.findall(line))


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, texts))
