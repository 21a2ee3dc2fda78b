"""What the counts have in common: an order of documents, units, and sentences as evidence."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from newsmine.errors import UnknownNameError
from newsmine.records import KINDS, Annotation, Kind, Mention

Level = Literal["document", "paragraph", "sentence"]
LEVELS: tuple[Level, ...] = ("document", "paragraph", "sentence")

Named = tuple[str, Kind]
"""An entity as it is counted: its canonical name and its kind."""

Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A document, a paragraph or a sentence, with the first mention in it of each name."""

    annotation: Annotation
    first: dict[Named, Mention]


@dataclass(frozen=True, slots=True)
class Quote:
    """One or two sentences of a document, where they stand, and the story that the document tells."""

    text: str
    where: str
    story: int


def known_kinds(kinds: Iterable[str] | None) -> frozenset[Kind]:
    """Return the kinds as a set, all of them if none is given; raises UnknownNameError."""
    chosen = tuple(kinds or KINDS)
    for kind in chosen:
        if kind not in KINDS:
            raise UnknownNameError("kind", kind, KINDS)
    return frozenset(cast(tuple[Kind, ...], chosen))


def ordered(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return the annotations from the oldest, undated ones last; then by source path, line and document id.

    Everything that depends on an order walks through this one, never through the order of the input.
    """

    def key(annotation: Annotation) -> tuple[bool, str, str, int, str]:
        document = annotation.document
        value = document.published.value if document.published else None
        return value is None, value or "", document.source.path, document.line, document.id

    return sorted(annotations, key=key)


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of one document in the order of its text."""
    return sorted(mentions, key=lambda m: (m.part, m.start, m.end, m.kind, m.name))


def name_key(named: Named) -> tuple[str, str, str]:
    """Return what names are ordered by: the case-folded name, the name, the kind."""
    name, kind = named
    return name.casefold(), name, kind


def units(annotations: Iterable[Annotation], level: Level, kinds: frozenset[Kind]) -> Iterator[Unit]:
    """Yield the units of each annotation, those without any name too, in the order of the text."""
    for annotation in annotations:
        first: dict[Place, dict[Named, Mention]] = {place: {} for place in _places(annotation, level)}
        for mention in in_order(annotation.mentions):
            if mention.kind in kinds:
                place = _place(annotation, mention)[: LEVELS.index(level)]
                first[place].setdefault((mention.name, mention.kind), mention)
        for names in first.values():
            yield Unit(annotation, names)


def quote(annotation: Annotation, mentions: Iterable[Mention]) -> Quote:
    """Return the sentences of these mentions, each once and in the order of the text, joined by " … "."""
    parts = annotation.document.parts
    places = sorted({_place(annotation, mention) for mention in mentions})
    texts = []
    for part, sentence in places:
        start, end = _sentences(annotation, part)[sentence]
        texts.append(parts[part].text[start:end].strip())
    names = dict.fromkeys(parts[part].name for part, _ in places)
    return Quote(" … ".join(texts), ", ".join((annotation.document.source.path, *names)), annotation.story)


def pick(quotes: Iterable[Quote], number: int) -> tuple[str, ...]:
    """Return up to `number` quotes, no text twice: one of each story, then a second of each, and so on.

    Within that, the order given decides. Each is written as "sentence [source path, part]".
    """
    taken: Counter[int] = Counter()
    texts: set[str] = set()
    rounds: list[tuple[int, Quote]] = []
    for item in quotes:
        if item.text not in texts:
            texts.add(item.text)
            rounds.append((taken[item.story], item))
            taken[item.story] += 1
    rounds.sort(key=lambda entry: entry[0])
    return tuple(f"{item.text} [{item.where}]" for _, item in rounds[:number])


def _sentences(annotation: Annotation, part: int) -> Sequence[tuple[int, int]]:
    """Return the sentences of a part; one that was not split is a single sentence."""
    return annotation.sentences[part] or ((0, len(annotation.document.parts[part].text)),)


def _places(annotation: Annotation, level: Level) -> Iterator[Place]:
    if level == "document":
        yield ()
        return
    for part in range(len(annotation.document.parts)):
        if level == "paragraph":
            yield (part,)
        else:
            yield from ((part, sentence) for sentence in range(len(_sentences(annotation, part))))


def _place(annotation: Annotation, mention: Mention) -> tuple[int, int]:
    """Return the part and the sentence in it that a mention starts in, else the one before."""
    spans = _sentences(annotation, mention.part)
    return mention.part, max(0, bisect_right(spans, mention.start, key=lambda span: span[0]) - 1)
