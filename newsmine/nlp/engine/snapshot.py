"""A pipeline as the engine needs it in one file, so that spaCy need not be loaded to use it.

The file is an uncompressed `.npz` of arrays without pickles, and JSON for what is no array.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.embedding import EmbeddingWeights, WordVectors
from newsmine.nlp.engine.tokenizer import TokenizerRules
from newsmine.nlp.engine.weights import Layer, Weights
from newsmine.nlp.engine.words import Vocabulary


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the engine takes from a pipeline of the usual kind."""

    weights: Weights
    embedding: EmbeddingWeights
    rules: TokenizerRules
    vocabulary: Vocabulary
    terminators: frozenset[str]


def save(snapshot: Snapshot, path: Path) -> None:
    """Write the snapshot to a file; raises OSError."""
    weights, embedding, rules = snapshot.weights, snapshot.embedding, snapshot.rules
    arrays = {**_arrays("weights/", weights), **_arrays("embedding/", embedding)}
    for n, layer in enumerate(weights.layers):
        arrays |= _arrays(f"layer {n}/", layer)
    arrays |= {f"table {n}": table for n, table in enumerate(embedding.tables)}
    arrays |= _arrays("vectors/", embedding.vectors) if embedding.vectors else {}
    plain = {
        "weights": {
            f.name: getattr(weights, f.name)
            for f in fields(Weights)
            if f"weights/{f.name}" not in arrays and f.name != "layers"
        },
        "layers": len(weights.layers),
        "attributes": embedding.attributes,
        "seeds": embedding.seeds,
        "rules": {f.name: getattr(rules, f.name) for f in fields(TokenizerRules)},
        # Keys that are numbers would come back as text.
        "norms": [list(table.items()) for table in snapshot.vocabulary.norms],
        "symbols": dict(snapshot.vocabulary.symbols),
        "terminators": sorted(snapshot.terminators),
    }
    text = np.frombuffer(json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)
    with path.open("wb") as file:
        np.savez(file, plain=text, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> Snapshot:
    """Return the snapshot of a file; raises OSError, ValueError or KeyError if it is none."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except BadZipFile as error:
        raise ValueError(f"{path} is no snapshot: {error}") from error
    plain: dict[str, Any] = json.loads(arrays.pop("plain").tobytes().decode("utf-8", "surrogatepass"))
    layers = tuple(Layer(**_under(f"layer {n}/", arrays)) for n in range(plain["layers"]))
    settings = plain["weights"]
    settings["moves"] = tuple((move, label) for move, label in settings["moves"])
    return Snapshot(
        Weights(layers=layers, **settings, **_under("weights/", arrays)),
        EmbeddingWeights(
            attributes=tuple(plain["attributes"]),
            seeds=tuple(plain["seeds"]),
            tables=tuple(arrays[f"table {n}"] for n in range(len(plain["seeds"]))),
            vectors=WordVectors(**vectors) if (vectors := _under("vectors/", arrays)) else None,
            **_under("embedding/", arrays),
        ),
        _rules(plain["rules"]),
        Vocabulary(tuple(dict(table) for table in plain["norms"]), plain["symbols"]),
        frozenset(plain["terminators"]),
    )


def _rules(plain: Mapping[str, Any]) -> TokenizerRules:
    special = {text: tuple((word, norm) for word, norm in tokens) for text, tokens in plain["special"].items()}
    patterns = {
        name: (plain[name][0], plain[name][1]) if plain[name] else None
        for name in ("prefix", "suffix", "infix", "token", "url")
    }
    return TokenizerRules(special=special, faster=plain["faster"], letters_stay=plain["letters_stay"], **patterns)


def _arrays(prefix: str, record: Any) -> dict[str, NDArray[Any]]:
    """Return the fields of a record that are arrays, under their names after a prefix."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    return {prefix + name: value for name, value in values.items() if isinstance(value, np.ndarray)}


def _under(prefix: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
