"""What the engine takes from a spaCy pipeline: its words as plain data where they are the usual ones, and advice."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.architecture import UnsupportedError, read_weights
from newsmine.nlp.engine.embedding import ATTRIBUTES, EmbeddingWeights, WordVectors
from newsmine.nlp.engine.judge import Slice
from newsmine.nlp.engine.letters import may_match_letters
from newsmine.nlp.engine.tokenizer import Pattern, TokenizerRules
from newsmine.nlp.engine.words import OwnWords, SpacyWords, Vocabulary, Words, document

__all__ = ["UnsupportedError", "ask", "plain_words", "read_weights"]

_LEAVES = ["extract_features", "list2ragged", "maxout", "layernorm", "dropout", "ragged2list"]
_GETTERS = {
    "lower": "LOWER",
    "prefix": "PREFIX",
    "suffix": "SUFFIX",
    "word_shape": "SHAPE",
    "is_space": "IS_SPACE",
    "is_punct": "IS_PUNCT",
}


class _UnusualError(Exception):
    """Something is not as it usually is."""


def plain_words(nlp: Any, embedding: Any, symbols: Mapping[str, int]) -> Words:
    """Return the words of the pipeline: by our own code where all is usual, else by spaCy.

    `symbols` are the strings that spaCy gives numbers instead of hashes.
    """
    try:
        return OwnWords(_rules(nlp.tokenizer), Vocabulary(_norms(nlp), symbols), _embedding(nlp.vocab, embedding))
    except _UnusualError:
        return SpacyWords(nlp, embedding)


def ask(nlp: Any, slices: Sequence[Slice], places: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return the scores of all actions by spaCy's own layers; see `newsmine.nlp.engine.judge.Ask`."""
    with nlp.memory_zone():
        documents, states, before = [], [], 0
        for tokens, (token, opened) in zip(slices, places, strict=True):
            documents.append(document(nlp, [word for word, _ in tokens], [space for _, space in tokens]))
            around = (token, opened, token - 1) if opened >= 0 else (token, -1, -1)
            states.append([before + place if place >= 0 else -1 for place in around])
            before += len(tokens)
        for name, pipe in nlp.pipeline:
            if name == "ner":
                break
            documents = [pipe(doc) for doc in documents]
        step = nlp.get_pipe("ner").model.predict(documents)
        state = step.state2vec.predict(np.array(states, np.int32))
        scores: NDArray[np.float32] = np.array(state if step.vec2scores is None else step.vec2scores.predict(state))
    return scores.reshape(len(states), -1)


def _rules(tokenizer: Any) -> TokenizerRules:
    if (type(tokenizer).__module__, type(tokenizer).__name__) != ("spacy.tokenizer", "Tokenizer"):
        raise _UnusualError
    special = {}
    for text, tokens in tokenizer.rules.items():
        if text.strip() != text and text.strip():
            raise _UnusualError
        found = [{_attribute(tokenizer, key): value for key, value in token.items()} for token in tokens]
        special[text] = tuple((str(token["ORTH"]), _norm_of(token)) for token in found)
    prefix = _pattern(tokenizer.prefix_search, "search")
    suffix = _pattern(tokenizer.suffix_search, "search")
    infix = _pattern(tokenizer.infix_finditer, "finditer")
    token = _pattern(tokenizer.token_match, "match")
    url = _pattern(tokenizer.url_match, "match")
    patterns = [pattern for pattern in (prefix, suffix, infix, token, url) if pattern]
    letters_stay = not any(may_match_letters(*pattern) for pattern in patterns)
    return TokenizerRules(special, prefix, suffix, infix, token, url, bool(tokenizer.faster_heuristics), letters_stay)


def _attribute(tokenizer: Any, key: Any) -> str:
    return key if isinstance(key, str) else str(tokenizer.vocab.strings[key])


def _norm_of(token: Mapping[str, Any]) -> str | None:
    if not token.keys() <= {"ORTH", "NORM"}:
        raise _UnusualError
    return str(token["NORM"]) if "NORM" in token else None


def _pattern(method: Any, name: str) -> Pattern | None:
    """Return the expression whose method this is; None for None."""
    if method is None:
        return None
    pattern: Any = getattr(method, "__self__", None)
    if type(pattern).__name__ != "Pattern" or method.__name__ != name:
        raise _UnusualError
    return str(pattern.pattern), int(pattern.flags)


def _norms(nlp: Any) -> tuple[Mapping[str, str] | Mapping[int, str], ...]:
    """Return the tables in which a word's norm is looked up before it is put in lower case."""
    getters = nlp.vocab.lex_attr_getters
    number = {str(nlp.vocab.strings[key]): key for key in getters}
    getter = getters[number["NORM"]]
    tables: list[Mapping[Any, str]] = []
    while hasattr(getter, "func"):
        if getter.func.__name__ != "_get_attr_unless_lookup" or getter.keywords or len(getter.args) != 2:
            raise _UnusualError
        getter, lookups = getter.args
        tables += (dict(table) for table in lookups)
    for name, attribute in _GETTERS.items():
        _check_getter(getters[number[attribute]], name)
    _check_getter(getter, "lower")
    return tuple(tables)


def _check_getter(getter: Any, name: str) -> None:
    if (getattr(getter, "__module__", ""), getattr(getter, "__name__", "")) != ("spacy.lang.lex_attrs", name):
        raise _UnusualError


def _embedding(vocabulary: Any, embedding: Any) -> EmbeddingWeights:
    leaves = [node for node in embedding.walk(order="dfs_pre") if not node.layers]
    tables = [leaf for leaf in leaves if leaf.name == "hashembed"]
    static = [leaf for leaf in leaves if leaf.name == "static_vectors"]
    usual = [*_LEAVES[:2], *(["ints-getitem", "hashembed"] * len(tables)), *[v.name for v in static], *_LEAVES[2:]]
    if [leaf.name for leaf in leaves] != usual or not tables:
        raise _UnusualError
    columns = leaves[0].attrs["columns"]
    maxout, norm = leaves[-4], leaves[-3]
    picked = [leaf.attrs["index"][1] for leaf in leaves if leaf.name == "ints-getitem"]
    attributes = tuple(str(columns[n]) for n in picked)
    if not set(attributes) <= ATTRIBUTES:
        raise _UnusualError
    return EmbeddingWeights(
        attributes,
        tuple(int(table.attrs["seed"]) for table in tables),
        tuple(table.get_param("E") for table in tables),
        np.ascontiguousarray(maxout.get_param("W").transpose(1, 0, 2)),
        np.ascontiguousarray(maxout.get_param("b").T),
        norm.get_param("G"),
        norm.get_param("b"),
        _vectors(vocabulary, static[0]) if static else None,
    )


def _vectors(vocabulary: Any, layer: Any) -> WordVectors:
    table = vocabulary.vectors
    usual = (
        type(table).__name__ == "Vectors" and table.mode == "default" and str(vocabulary.strings[table.attr]) == "ORTH"
    )
    if not usual or not layer.has_param("W"):
        raise _UnusualError
    pairs = sorted(table.key2row.items())
    return WordVectors(
        np.array([key for key, _ in pairs], np.uint64),
        np.array([row for _, row in pairs], np.int64),
        np.ascontiguousarray(table.data, np.float32),
        layer.get_param("W"),
    )
