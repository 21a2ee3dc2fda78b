"""The pieces that an export falls into: its records, and what stands between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from newsmine.loading.plain import Stated

_LINE_END = re.compile(r"\r\n|[\n\r\f]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some lines of an export from the line `number` on: one record, or (`is_record` False) a cover, a list, a footer.

    A record that breaks off before its end is not whole.
    """

    number: int
    lines: Sequence[str]
    is_record: bool = True
    is_whole: bool = True

    def filled(self) -> Iterator[tuple[int, str]]:
        """Yield number and content of each line that is not blank."""
        for number, line in enumerate(self.lines, self.number):
            if text := line.strip():
                yield number, text


class Format(Protocol):
    """A module that reads the export of one database."""

    NAME: str

    def sign(self, text: str) -> str | None:
        """Return by what the beginning of a file is told to be this export, or None."""

    def chunks(self, lines: Sequence[str]) -> Iterator[Chunk]:
        """Yield all lines, in pieces."""

    def stated(self, lines: Sequence[str]) -> Stated | None:
        """Return what a record says of its article, or None if it is broken."""


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, whatever they end with."""
    return _LINE_END.split(text.removeprefix("\ufeff"))
