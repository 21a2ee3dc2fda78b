"""Sources that are read whole before anything of them is told: their bytes, and as text."""

from dataclasses import dataclass

from newsmine.loading.decode import decode, not_in
from newsmine.loading.inputs import Input
from newsmine.loading.limits import TOO_LARGE
from newsmine.loading.options import Options
from newsmine.records import Skipped


@dataclass(frozen=True, slots=True)
class Whole:
    """A source as it was read: its bytes, its text, and the encoding that the text was in."""

    data: bytes
    text: str
    encoding: str


def read_bytes(item: Input) -> bytes | Skipped:
    """Return all bytes of a source, or a Skipped if they are more than are read whole."""
    data = item.whole()
    return Skipped(item.path, *TOO_LARGE) if data is None else data


def read_whole(item: Input, options: Options) -> Whole | Skipped:
    """Return the text of a source, or why it cannot be had: it is too large, or not in the encoding that was given."""
    data = read_bytes(item)
    if isinstance(data, Skipped):
        return data
    try:
        return Whole(data, *decode(data, options.encoding))
    except UnicodeError:
        return Skipped(item.path, *not_in(options.encoding))
