"""The text labelled anew by students of an earlier round, together with the labels that it had."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from newsmine.training.labelled import Entity
from newsmine.training.sources import Page, Sources
from newsmine.training.votes import Ballot, consistent, elected, usual_labels

Teacher = Callable[[Sequence[str]], Iterator[list[tuple[int, int, str]]]]

_OLD = 1.0
_STUDENT = 1.0


def relabelled(sources: Sources, teachers: Sequence[Teacher]) -> Sources:
    """Return the sources with the labels for which the old ones and the teachers vote; gold labels stay."""
    news = _voted(sources.news, teachers)
    encyclopaedia = _voted(sources.encyclopaedia, teachers)
    usual = usual_labels(paragraph for page in (*news, *encyclopaedia) for paragraph in page)
    return replace(
        sources,
        news=tuple(tuple(consistent(page, usual)) for page in news),
        encyclopaedia=tuple(tuple(consistent(page, usual)) for page in encyclopaedia),
    )


def _voted(pages: Sequence[Page], teachers: Sequence[Teacher]) -> list[Page]:
    """Return the pages with the labels elected; a teacher sees a whole page at once."""
    texts = ["\n\n".join(paragraph.text for paragraph in page) for page in pages]
    found = [teacher(texts) for teacher in teachers]
    made = []
    for page in pages:
        students = [[Entity(*span) for span in next(spans)] for spans in found]
        paragraphs, at = [], 0
        for paragraph in page:
            end = at + len(paragraph.text)
            ballots: list[Ballot] = [(_OLD, paragraph.entities)]
            ballots += (
                (_STUDENT, [Entity(a - at, b - at, label) for a, b, label in spans if a >= at and b <= end])
                for spans in students
            )
            paragraphs.append(elected(paragraph.text, ballots))
            at = end + 2
        made.append(tuple(paragraphs))
    return made
