"""Where text goes: a path, standard output, or a text file that the caller has opened."""

import select
import sys
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import IO, Any

from newsmine.errors import OutputError
from newsmine.write.atomic import failure, replacing

Place = Path | IO[str] | None
"""A path, an open text file, or None for standard output."""

_BATCH = 1 << 16


def parse(target: str | PathLike[str] | IO[str]) -> Place:
    """Return the place that the target names, in which "-" stands for standard output."""
    if isinstance(target, str | PathLike):
        return None if str(target) == "-" else Path(target)
    return target


def is_terminal(place: Place) -> bool:
    """Tell whether the place is an open file or standard output, and that one a terminal."""
    stream = sys.stdout if place is None else place
    return not isinstance(stream, Path | None) and stream.isatty()


def send(chunks: Iterable[str], place: Place) -> None:
    """Write the text: in UTF-8 to a path or standard output, as it is to an open text file.

    Raises OutputError for what cannot be written, except that a broken pipe stays a BrokenPipeError.
    """
    if isinstance(place, Path):
        with replacing(place) as file:
            file.writelines(chunk.encode() for chunk in chunks)
        return
    try:
        if place is None:
            _to_standard_output(chunks)
        else:
            place.writelines(chunks)
            place.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise failure(error, "standard output" if place is None else "the open file") from None


def _to_standard_output(chunks: Iterable[str]) -> None:
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="write to a file with -o FILE")
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.writelines(chunks)
        return
    # Below the buffer, which would try again at exit what it could not write, and fail with a traceback.
    raw = getattr(buffer, "raw", buffer)
    for batch in _batches(chunks):
        _write_all(raw, batch)
    buffer.flush()


def _batches(chunks: Iterable[str]) -> Iterator[bytes]:
    batch = bytearray()
    for chunk in chunks:
        batch += chunk.encode()
        if len(batch) >= _BATCH:
            yield bytes(batch)
            batch.clear()
    yield bytes(batch)


def _write_all(raw: Any, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = raw.write(rest)
        if written is None:
            # Another program made the pipe or the terminal non-blocking, and it is full.
            select.select([], [raw], [])
        rest = rest[written or 0 :]
