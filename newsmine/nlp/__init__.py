"""Mentions: what a spaCy pipeline finds, repaired for news."""

from collections.abc import Iterable, Iterator
from itertools import islice

from newsmine.config import model_name
from newsmine.nlp.repair import chosen, repair
from newsmine.records import Mention

__all__ = ["extract"]

_BATCH = 1000


def extract(
    texts: Iterable[str], *, model: str | None = None, rules: str | None = None
) -> Iterator[tuple[Mention, ...]]:
    """Yield for each text the people, places and organisations in it, in the order of the text.

    Each text counts as a document of its own; start and end are code points in that text. `model` is an installed
    spaCy pipeline, by default `NEWSMINE_MODEL` or the one that newsmine installs with; `rules` chooses among the
    rules of repair, as --rules does. Raises MissingError if the model is not installed, UnknownNameError for a rule
    that is none.
    """
    from newsmine.nlp.model import load_model, model_language

    name = model_name(model)
    steps = chosen(rules, language=model_language(name))
    loaded = load_model(name)
    texts = iter(texts)
    while batch := list(islice(texts, _BATCH)):
        for text, (spans, _) in zip(batch, loaded.analyse(batch), strict=True):
            (repaired,) = repair([text], [spans], steps)
            yield tuple(Mention(0, s.start, s.end, text[s.start : s.end], s.kind, s.rule) for s in repaired)
