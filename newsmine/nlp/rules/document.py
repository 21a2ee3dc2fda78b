"""What a document knows of its names: one kind each, and where else they stand."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsmine import gazetteer
from newsmine.nlp.finding import NameIndex, begins_as_name
from newsmine.nlp.rules.spans import Parts, by_part, is_hyphenated, joins_a_name, without_overlaps
from newsmine.records import Kind, Span
from newsmine.text import case_of

_SHORTEST = 3
_SURE = {"gazetteer": 1000, "lexicon": 1000, "acronym": 10, "head": 10}


def surnames(texts: Sequence[str], parts: Parts) -> Parts:
    """Make a person of a surname that stands alone where the document has the full name, and add it where missed."""
    full = Counter(
        words[-1]
        for text, spans in by_part(texts, parts)
        for span in spans
        if span.kind == "person" and len(words := text[span.start : span.end].split()) > 1
    )
    alone = _kinds_alone(texts, parts)
    whole = " ".join(texts) if full else ""
    chosen = {
        name for name in full if _spreads(name, whole) and _is_surname(name, full[name], alone.get(name, Counter()))
    }
    if not chosen:
        return parts
    index = NameIndex(chosen)
    return [
        without_overlaps(
            [
                *(
                    replace(span, kind="person", rule="surname")
                    if span.kind != "person" and text[span.start : span.end] in chosen
                    else span
                    for span in spans
                ),
                *_unlabelled(text, index, dict.fromkeys(chosen, "person"), "surname"),
            ]
        )
        for text, spans in by_part(texts, parts)
    ]


def _kinds_alone(texts: Sequence[str], parts: Parts) -> dict[str, Counter[Kind]]:
    alone: dict[str, Counter[Kind]] = defaultdict(Counter)
    for text, spans in by_part(texts, parts):
        for span in spans:
            alone[text[span.start : span.end]][span.kind] += 1
    return alone


def _is_surname(name: str, full: int, alone: Counter[Kind]) -> bool:
    """Tell whether a name that ends a person's full name means the person also where it stands alone."""
    place = gazetteer.find_place(name)
    if place and not place.ambiguous:
        return False
    return alone["organisation"] <= alone["person"] + full


def document(texts: Sequence[str], parts: Parts) -> Parts:
    """Give a name one kind throughout the document, and find it wherever it stands in it."""
    kinds = _one_kind(texts, parts)
    if not kinds:
        return parts
    whole = " ".join(texts)
    plain = {name: kind for name, kind in kinds.items() if _spreads(name, whole)}
    index = NameIndex(plain)
    upper = {name.upper(): kind for name, kind in plain.items()} if any(map(str.isupper, texts)) else {}
    upper_index = NameIndex(upper)
    result = []
    for text, spans in by_part(texts, parts):
        fixed = [_consistent(text, span, kinds) for span in spans]
        capitals = text.isupper()
        found = _unlabelled(text, upper_index if capitals else index, upper if capitals else plain, "document")
        result.append(without_overlaps([*fixed, *found]))
    return result


def _one_kind(texts: Sequence[str], parts: Parts) -> dict[str, Kind]:
    """Return the one kind of each name in the document: what a rule is sure of, else what it is most often."""
    votes: dict[str, Counter[Kind]] = {}
    for text, spans in by_part(texts, parts):
        for span in spans:
            votes.setdefault(text[span.start : span.end], Counter())[span.kind] += _SURE.get(span.rule, 1)
    return {name: min(kinds, key=lambda k: (-kinds[k], k)) for name, kinds in votes.items()}


def _consistent(text: str, span: Span, kinds: dict[str, Kind]) -> Span:
    kind = kinds[text[span.start : span.end]]
    return span if kind == span.kind else replace(span, kind=kind, rule="document")


def _unlabelled(text: str, index: NameIndex, kinds: dict[str, Kind], rule: str) -> Iterator[Span]:
    """Yield where names stand, the longest first, but not as pieces of longer ones."""
    found = [(at, name) for at, name in index.occurrences(text) if not is_hyphenated(text, at, at + len(name))]
    case = case_of(text) if found else None
    for at, name in sorted(found, key=lambda place: (-len(place[1]), place[1], place[0])):
        if case != "sentence" or not joins_a_name(text, at, at + len(name), strict=True):
            yield Span(at, at + len(name), kinds[name], rule)


def _spreads(name: str, whole: str) -> bool:
    """Tell whether a name is looked for elsewhere: not if it is a word that the whole text writes without a capital."""
    if len(name) < _SHORTEST or not name[0].isupper() or not begins_as_name(name):
        return False
    return " " in name or f" {name.lower()} " not in whole
