"""Small pipelines of other shapes than the installed ones, trained on a handful of sentences."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.training import Example

SENTENCES = [
    ("Angela Merkel met Emmanuel Macron in Paris .", [(0, 13, "PERSON"), (18, 33, "PERSON"), (37, 42, "GPE")]),
    ("Shares of Apple Inc. fell in New York on Monday .", [(10, 20, "ORG"), (29, 37, "GPE")]),
    ("The United Nations said 3,000 people left Baku .", [(4, 18, "ORG"), (42, 46, "GPE")]),
    ("NATO's Jens Stoltenberg flew to Kyiv , not to Moscow .", [(0, 4, "ORG"), (7, 23, "PERSON"), (32, 36, "GPE")]),
    ("It rained all day , and nobody came .", []),
]
DEFAULT_ENCODER = {"width": 32, "depth": 2, "window_size": 1, "maxout_pieces": 2}


def pipeline(
    folder: Path,
    *,
    encoder: dict[str, int] | None = None,
    attributes: tuple[str, ...] = ("NORM", "PREFIX", "SUFFIX", "SHAPE"),
    hidden: int = 24,
    pieces: int = 2,
    upper: bool = True,
    vectors: bool = False,
    listener: bool = False,
    cnn: bool = False,
    extra: bool = False,
    beam: int = 1,
) -> str:
    """Return the folder of a trained pipeline of that shape."""
    random.seed(0)
    np.random.seed(0)
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    if vectors:
        words = sorted({word for text, _ in SENTENCES for word in text.split()})
        nlp.vocab.vectors = spacy.vectors.Vectors(
            data=np.random.default_rng(0).standard_normal((len(words), 12)).astype("f"), keys=words
        )
    width = (encoder or DEFAULT_ENCODER)["width"]
    tok2vec: dict[str, Any] = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": list(attributes),
            "rows": [200] * len(attributes),
            "include_static_vectors": vectors,
        },
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", **(encoder or DEFAULT_ENCODER)},
    }
    if cnn:
        tok2vec = {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "width": width,
            "depth": 3,
            "embed_size": 300,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
            "pretrained_vectors": None,
        }
    if listener:
        nlp.add_pipe("tok2vec", config={"model": tok2vec})
        tok2vec = {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": extra,
        "hidden_width": hidden,
        "maxout_pieces": pieces,
        "use_upper": upper,
        "tok2vec": tok2vec,
    }
    if beam > 1:
        nlp.add_pipe("beam_ner", "ner", config={"model": model, "beam_width": beam})
    else:
        nlp.add_pipe("ner", config={"model": model})
    examples = [Example.from_dict(nlp.make_doc(t), {"entities": list(e)}) for t, e in SENTENCES]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)
    return str(folder)
