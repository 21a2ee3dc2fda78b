"""One set of labels out of several: the teachers vote on each span, and names keep one kind throughout a corpus."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsmine.training.labelled import NAMED, Entity, Labelled
from newsmine.training.names import core

Ballot = tuple[float, Sequence[Entity]]
"""The weight of a teacher, and the spans that it finds in a text."""

_PLACES = frozenset({"GPE", "LOC", "FAC"})
_LEAST, _SHARE = 9, 0.8


def elected(text: str, ballots: Sequence[Ballot]) -> Labelled:
    """Return the text with the spans that more than half of the weight is for, without overlaps.

    The three labels of places count together, and the commonest of them is taken; who has another label for the same
    limits counts three tenths. A span of more weight goes before one of less, then the longer one, then the earlier.
    """
    half = sum(weight for weight, _ in ballots) / 2
    limits: dict[tuple[int, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for weight, entities in ballots:
        for start, end, label in entities:
            if label in NAMED and text[start : start + 4] in ("the ", "The "):
                start += 4
            limits[start, end][label] += weight
    candidates = []
    for (start, end), labels in limits.items():
        label, weight = _commonest(labels)
        if (total := sum(labels.values())) > half:
            candidates.append((weight + 0.3 * (total - weight), end - start, -start, label))
    taken: list[Entity] = []
    for _, length, negative, label in sorted(candidates, reverse=True):
        start, end = -negative, length - negative
        if not any(start < b and a < end for a, b, _ in taken):
            taken.append(Entity(start, end, label))
    return Labelled(text, tuple(sorted(taken)))


def _commonest(labels: Mapping[str, float]) -> tuple[str, float]:
    """Return the label that wins, and the weight of its group."""
    groups: dict[str, float] = defaultdict(float)
    for label, weight in labels.items():
        groups["places" if label in _PLACES else label] += weight
    group, weight = max(groups.items(), key=lambda item: (item[1], item[0]))
    inside = [label for label in labels if ("places" if label in _PLACES else label) == group]
    return max(inside, key=lambda label: (labels[label], label)), weight


def usual_labels(texts: Iterable[Labelled]) -> dict[str, str]:
    """Return the label of each name that is nearly always of one kind: at least 9 times, and 8 times in 10."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text, entities in texts:
        for start, end, label in entities:
            if label in NAMED:
                seen[core(text[start:end])][label] += 1
    usual = {}
    for name, labels in seen.items():
        label, weight = _commonest(labels)
        if labels.total() >= _LEAST and weight / labels.total() >= _SHARE:
            usual[name] = label
    return usual


def consistent(page: Sequence[Labelled], usual: Mapping[str, str]) -> Iterator[Labelled]:
    """Yield the paragraphs of one page with the usual label for a name that has one.

    A surname alone is a person where the page holds a full name that ends in it and the corpus knows no better.
    """
    surnames = {
        core(text[start:end]).split(" ")[-1]
        for text, entities in page
        for start, end, label in entities
        if label == "PERSON" and " " in core(text[start:end])
    }
    for text, entities in page:
        yield Labelled(text, tuple(_settled(text, entity, usual, surnames) for entity in entities))


def _settled(text: str, entity: Entity, usual: Mapping[str, str], surnames: set[str]) -> Entity:
    if entity.label not in NAMED:
        return entity
    name = core(text[entity.start : entity.end])
    label = usual.get(name)
    if label is None and name in surnames:
        label = "PERSON"
    if label is None or _group(label) == _group(entity.label):
        return entity
    return entity._replace(label=label)


def _group(label: str) -> str:
    return "places" if label in _PLACES else label
