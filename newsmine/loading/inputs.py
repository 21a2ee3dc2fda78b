"""From the paths that a user names to the bytes of each source, in an order that no disk decides."""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.records import Skipped

STDIN = "-"
MAX_BYTES = 256 * 2**20
_DATED_NAME = re.compile(r"^(?P<publisher>[^\W\d_](?:[\w.&-]*[^\W_])?)[-_. ]+(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Input:
    """One source: its path as the user named it, and its bytes."""

    path: str
    data: bytes


def inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input | Skipped]:
    """Yield the bytes of every file that the paths name, or why it was skipped.

    A path is a file, a folder (searched through, hidden entries left out), a glob or "-". A file that two of
    the paths name is read once. Files come in the order of their paths, folders sorted by name.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _expand(os.fspath(path)):
            if isinstance(file, Skipped):
                yield file
                continue
            key = file if file == STDIN else os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield _read(file)


def publisher_of(path: str) -> str | None:
    """Return the publisher that a file name of the form NAME-DATE states, else None.

    >>> publisher_of("seeds/azernews-2023-09-20.txt")
    'azernews'
    >>> publisher_of("page17.txt") is None
    True
    """
    match = _DATED_NAME.match(Path(path).name)
    return match["publisher"].casefold() if match else None


def _expand(path: str) -> Iterator[str | Skipped]:
    if path == STDIN:
        yield STDIN
    elif os.path.isdir(path):
        yield from sorted(_walk(path)) or _none(path, "empty-folder", "there is no file in this folder")
    elif os.path.lexists(path):
        yield path
    elif glob.has_magic(path):
        found = sorted(entry for entry in glob.glob(path, recursive=True) if os.path.isfile(entry))
        yield from found or _none(path, "no-match", "no file matches this pattern")
    elif re.match(r"https?://", path):
        yield Skipped(path, "web-address", "save the page as text, then load the file")
    else:
        yield Skipped(path, "not-found", "check the path")


def _none(path: str, reason: str, hint: str) -> tuple[Skipped]:
    return (Skipped(path, reason, hint),)


def _walk(folder: str) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(root, name) for name in names if not name.startswith("."))


def _read(path: str) -> Input | Skipped:
    try:
        if path == STDIN:
            return Input(path, sys.stdin.buffer.read())
        status = os.stat(path)
        if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
            return Skipped(path, "too-large", f"split the file: the limit is {MAX_BYTES // 2**20} MiB")
        return Input(path, Path(path).read_bytes())
    except FileNotFoundError:
        return Skipped(path, "not-found", "check the path: it is a link to nothing")
    except PermissionError:
        return Skipped(path, "no-permission", "make the file readable, for example with chmod +r")
    except OSError as error:
        return Skipped(path, "unreadable", str(error.strerror or error))
