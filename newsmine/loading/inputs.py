"""From the paths that a user names to each source, open to be read, in an order that no disk decides."""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from io import BufferedIOBase
from typing import cast

from newsmine.records import Skipped

STDIN = "-"
MAX_BYTES = 256 * 2**20
TOO_LARGE = ("too-large", f"split the file: the limit is {MAX_BYTES // 2**20} MiB")
_BLOCK = 2**20


class Input:
    """One source: its path as the user named it, and its bytes, which can be gone through once.

    `ahead` are those that were looked at and are still to be read; `size` is the number of all, where that is known
    beforehand. The file is closed when `inputs` is asked for the next one.
    """

    def __init__(self, path: str, file: BufferedIOBase, *, size: int = 0) -> None:
        self.path = path
        self.ahead = b""
        self._file = file
        self._size = size

    def more(self) -> bool:
        """Look further ahead, as far as one read goes; False at the end."""
        block = self._file.read1(_BLOCK)
        self.ahead += block
        return bool(block)

    def blocks(self) -> Iterator[bytes]:
        """Yield all bytes, in blocks of up to 1 MiB as they come."""
        if self.ahead:
            yield self.ahead
        self.ahead = b""
        while block := self._file.read1(_BLOCK):
            yield block

    def whole(self) -> bytes | None:
        """Return all bytes, or None if they are more than `MAX_BYTES`."""
        blocks: list[bytes] = []
        left = MAX_BYTES
        if self._size > left:
            return None
        for block in self.blocks():
            left -= len(block)
            if left < 0:
                return None
            blocks.append(block)
        return b"".join(blocks)


def inputs(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Input | Skipped]:
    """Yield every file that the paths name, open, or why it was skipped.

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
                yield from _open(file)


def unreadable(path: str, error: OSError) -> Skipped:
    """Return the record of a source that could not be opened or read to its end."""
    if isinstance(error, FileNotFoundError):
        return Skipped(path, "not-found", "check the path: it is a link to nothing")
    if isinstance(error, PermissionError):
        return Skipped(path, "no-permission", "make the file readable, for example with chmod +r")
    return Skipped(path, "unreadable", str(error.strerror or error))


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


def _open(path: str) -> Iterator[Input | Skipped]:
    if path == STDIN:
        if sys.stdin is None:
            yield Skipped(path, "unreadable", "standard input is closed")
        else:
            yield Input(path, cast(BufferedIOBase, sys.stdin.buffer))
        return
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            yield Input(path, file, size=status.st_size if stat.S_ISREG(status.st_mode) else 0)
    except OSError as error:
        yield unreadable(path, error)
