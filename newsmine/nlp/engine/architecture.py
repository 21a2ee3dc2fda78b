"""The weights of a spaCy entity recogniser of the standard architecture, read from its pipeline.

Covers `spacy.TransitionBasedParser.v2` over a hash embedding (with or without static vectors) and a maxout window
encoder, in a tok2vec of its own or one that it listens to. Source: spacy.ml.models.parser and .tok2vec.
"""

from typing import Any

import numpy as np

from newsmine.nlp.engine.weights import Floats, Layer, Weights

_LEXICAL = frozenset(
    "ORTH LOWER NORM PREFIX SUFFIX SHAPE LENGTH SPACY IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE "
    "IS_UPPER IS_STOP IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY LIKE_URL LIKE_NUM LIKE_EMAIL".split()
)
_EMBEDDING = frozenset(
    {"extract_features", "list2ragged", "ragged2list", "ints-getitem", "hashembed", "static_vectors"}
    | {"maxout", "layernorm", "dropout"}
)
_ENCODER = ["expand_window", "maxout", "layernorm", "dropout"]
_FEATURES = 3


class UnsupportedError(Exception):
    """The pipeline is not of the standard architecture; the message says in which point."""


def read_weights(nlp: Any) -> tuple[Weights, Any]:
    """Return the weights of the pipeline's component `ner`, and its embedding as a thinc model.

    Raises UnsupportedError if a step is not of the standard architecture, or depends on more than the text.
    """
    ner = _recogniser(nlp)
    model = ner.model
    tok2vec, _, linear = _named(model.get_ref("tok2vec").layers, (None, "list2array", "linear"))
    embed, encode = _embedding_and_encoder(_heard(nlp, tok2vec))
    layers, window = _layers(encode)
    padding = int(encode.attrs["pad"])
    if padding < window * len(layers):
        raise UnsupportedError("its encoder sees the neighbouring texts of a batch")
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    into, into_bias = linear.get_param("W"), linear.get_param("b")
    weight = lower.get_param("W").transpose(0, 2, 1, 3)  # features, pieces, hidden, input
    features, pieces, hidden, _ = weight.shape
    if features != _FEATURES:
        raise UnsupportedError(f"it looks at {features} tokens of the state, not at {_FEATURES}")
    weight = weight.reshape(features, pieces * hidden, -1)
    moves = tuple(_move(ner.moves.get_class_name(n)) for n in range(ner.moves.n_moves))
    _check_moves(moves)
    weights = Weights(
        space_matters=_check_embedding(embed),
        layers=layers,
        width=int(into.shape[1]),
        window=window,
        padding=padding,
        hidden_weight=_floats(weight @ into),
        hidden_bias=_floats(weight @ into_bias),
        hidden_absent=_floats(lower.get_param("pad")[0].transpose(0, 2, 1).reshape(features, -1)),
        hidden_common=_floats(lower.get_param("b").T.reshape(-1)),
        pieces=pieces,
        output_weight=_floats(upper.get_param("W") if model.attrs["has_upper"] else np.eye(hidden)),
        output_bias=_floats(upper.get_param("b") if model.attrs["has_upper"] else np.zeros(hidden)),
        moves=moves,
    )
    return weights, embed


def _recogniser(nlp: Any) -> Any:
    if "ner" not in nlp.pipe_names:
        raise UnsupportedError("it has no component named ner")
    others = [name for name in nlp.pipe_names if name not in ("tok2vec", "ner", "sentencizer")]
    if others:
        raise UnsupportedError(f"it also has {', '.join(others)}")
    ner = nlp.get_pipe("ner")
    if (type(ner).__module__, type(ner).__name__) != ("spacy.pipeline.ner", "EntityRecognizer"):
        raise UnsupportedError(f"its component ner is a {type(ner).__name__}")
    if ner.cfg.get("beam_width", 1) != 1:
        raise UnsupportedError("it searches with a beam")
    if ner.model.name != "parser_model" or ner.model.attrs.get("unseen_classes"):
        raise UnsupportedError("its model is not spaCy's transition-based parser, or has labels it never saw")
    if ner.model.layers[2].has_dim("nO") and ner.model.layers[2].get_dim("nO") != ner.moves.n_moves:
        raise UnsupportedError("its actions and scores differ in number")
    return ner


def _heard(nlp: Any, tok2vec: Any) -> Any:
    """Return the tok2vec, or the one that it listens to."""
    if tok2vec.name != "tok2vec-listener":
        return tok2vec
    for name in nlp.pipe_names:
        if name == tok2vec.upstream_name or tok2vec.upstream_name == "*":
            return nlp.get_pipe(name).model
    raise UnsupportedError(f"it listens to {tok2vec.upstream_name!r}, which is not there")


def _embedding_and_encoder(tok2vec: Any) -> tuple[Any, Any]:
    if len(tok2vec.layers) != 2:  # an embedding and an encoder
        raise UnsupportedError(f"its tok2vec is {tok2vec.name[:60]!r}")
    embed, encode = tok2vec.layers
    if not encode.name.startswith("with_array(residual("):
        raise UnsupportedError(f"its encoder is {encode.name[:60]!r}")
    return embed, encode


def _check_embedding(embed: Any) -> bool:
    """Return whether the space after a token matters; raise UnsupportedError if anything but the token does."""
    leaves = [node for node in embed.walk() if not node.layers]
    if strange := sorted({leaf.name for leaf in leaves} - _EMBEDDING):
        raise UnsupportedError(f"its embedding has {', '.join(strange)}")
    from_ids = {str(column) for leaf in leaves if leaf.name == "extract_features" for column in leaf.attrs["columns"]}
    if strange := sorted(from_ids - _LEXICAL):
        raise UnsupportedError(f"its embedding looks at {', '.join(strange)}")
    return "SPACY" in from_ids


def _layers(encode: Any) -> tuple[tuple[Layer, ...], int]:
    layers: list[Layer] = []
    windows = set()
    for residual in (node for node in encode.walk() if node.name.startswith("residual(") and len(node.layers) == 1):
        leaves = [node for node in residual.walk(order="dfs_pre") if not node.layers]
        if [leaf.name for leaf in leaves] != _ENCODER:
            raise UnsupportedError(f"its encoder has {', '.join(leaf.name for leaf in leaves)}")
        expand, maxout, norm, _ = leaves
        windows.add(int(expand.attrs["window_size"]))
        weight, bias = maxout.get_param("W"), maxout.get_param("b")  # (width, pieces, input), (width, pieces)
        layers.append(
            Layer(
                _floats(weight.transpose(1, 0, 2).reshape(-1, weight.shape[2])),
                _floats(bias.T.reshape(-1)),
                _floats(norm.get_param("G")),
                _floats(norm.get_param("b")),
            )
        )
    if len(windows) != 1:
        raise UnsupportedError("the layers of its encoder differ in window")
    return tuple(layers), windows.pop()


def _move(name: str) -> tuple[str, str]:
    move, _, label = name.partition("-")
    return move, label


def _check_moves(moves: tuple[tuple[str, str], ...]) -> None:
    known = set(moves)
    for move, label in moves:
        if move not in "BILUO" or (move == "B" and label and not {("I", label), ("L", label)} <= known):
            raise UnsupportedError(f"its actions for {label or move!r} are not those of BILUO")


def _named(layers: Any, names: tuple[str | None, ...]) -> Any:
    if len(layers) != len(names) or any(n and layer.name != n for layer, n in zip(layers, names, strict=True)):
        raise UnsupportedError(f"its layers are {', '.join(layer.name[:30] for layer in layers)}")
    return layers


def _floats(array: Any) -> Floats:
    return np.ascontiguousarray(array, dtype=np.float32)
