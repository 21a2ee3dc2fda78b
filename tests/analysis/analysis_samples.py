"""Annotations written as marked text: "{p Aliyev|Ilham Aliyev} spoke." is a mention "Aliyev" of a person."""

import random
import re
from dataclasses import replace

from hypothesis import strategies as st

from newsmine.records import Annotation, Document, Kind, Mention, Part, Source, Timestamp

_KINDS: dict[str, Kind] = {"p": "person", "l": "place", "o": "organisation"}
_MARK = re.compile(r"\{([plo]) ([^}|]+)(?:\|([^}]+))?\}")


def annotate(
    ident: str,
    *parts: str,
    path: str = "a.txt",
    publisher: str | None = None,
    published: str | None = None,
    zone: str | None = None,
    story: int = 0,
    line: int = 1,
) -> Annotation:
    """Return a document with a title and paragraphs; a sentence ends with a full stop and a space."""
    plain: list[Part] = []
    mentions: list[Mention] = []
    for number, marked in enumerate(parts):
        text, end = "", 0
        for match in _MARK.finditer(marked):
            text += marked[end : match.start()]
            kind, surface, name = _KINDS[match[1]], match[2], match[3] or match[2]
            mentions.append(Mention(number, len(text), len(text) + len(surface), surface, kind, name=name))
            text, end = text + surface, match.end()
        plain.append(Part(f"paragraph {number}" if number else "title", text + marked[end:]))
    document = Document(
        ident,
        "article",
        Source(path, publisher),
        plain[0].text,
        tuple(plain),
        published=Timestamp("", published, "minute", zone) if published else None,
        line=line,
    )
    return Annotation(document, tuple(_sentences(part.text) for part in plain), tuple(mentions), story)


def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    starts = [0, *(match.end() for match in re.finditer(r"\. ", text))]
    return tuple(zip(starts, [*starts[1:], len(text)], strict=True))


def shuffled(annotations: list[Annotation], rng: random.Random) -> list[Annotation]:
    """Return the documents in another order, and the mentions of each too."""
    return [
        replace(annotation, mentions=tuple(rng.sample(annotation.mentions, len(annotation.mentions))))
        for annotation in rng.sample(annotations, len(annotations))
    ]


_names = st.sampled_from(
    [
        "{p Ann}",
        "{p ann}",
        "{p Bob}",
        "{l Ann}",
        "{l Baku}",
        "{l Ganja}",
        "{o Bob}",
        "{o CSTO}",
        "plain words",
    ]
)
_paragraphs = st.lists(_names, max_size=5).map(lambda names: ". ".join(names))


@st.composite
def annotation_lists(draw: st.DrawFn) -> list[Annotation]:
    """Draw up to six documents, in which names share cases, kinds, dates, paths and stories."""
    return [
        annotate(
            f"id{number}",
            *draw(st.lists(_paragraphs, min_size=1, max_size=3)),
            path=draw(st.sampled_from(["a.txt", "b.txt"])),
            publisher=draw(st.sampled_from([None, "Azernews"])),
            published=draw(st.sampled_from([None, "2024", "2024-02-28", "2024-02-28T19:48"])),
            story=draw(st.integers(0, 2)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
