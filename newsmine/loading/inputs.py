"""From the paths that a user names to each source, open to be read, in an order that no disk decides."""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedIOBase, BytesIO
from typing import cast

from newsmine.loading.limits import BLOCK, MAX_BYTES, TOO_LARGE, Meter, Reason, RefusedError
from newsmine.records import Skipped

__all__ = ["TOO_LARGE", "Input", "files", "inputs", "opened", "unreadable"]

STDIN = "-"
NOT_A_FILE: Reason = ("not-a-file", "this is a pipe, a device or a socket: name it itself to have it read")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Input:
    """One source: its path as the user named it, and its bytes, which can be gone through once.

    `ahead` are those that were looked at and are still to be read; `size` is the number of all, where that is known
    beforehand. Of what was got from the web, `charset` is the encoding that the server stated, `url` the address, and
    `seen` the moment. The file is closed when `inputs` is asked for the next one.
    """

    def __init__(
        self,
        path: str,
        file: BufferedIOBase,
        *,
        size: int = 0,
        charset: str | None = None,
        url: str | None = None,
        seen: datetime | None = None,
    ) -> None:
        self.path = path
        self.charset = charset
        self.url, self.seen = url, seen
        self.ahead = b""
        self._file = file
        self._size = size
        self._peeked = b""

    def peek(self, size: int) -> bytes:
        """Return the first bytes: `size`, or fewer if a line ends among them or there are no more.

        They do not count as looked at: a stream that is read line by line is not made to wait for its second line.
        """
        block = b" "
        seen = self.ahead + self._peeked
        while block and len(seen) < size and b"\n" not in seen:
            block = self._file.read1(BLOCK)
            self._peeked += block
            seen += block
        return seen[:size]

    def more(self) -> bool:
        """Look further ahead, as far as one read goes; False at the end."""
        block = self._next()
        self.ahead += block
        return bool(block)

    def blocks(self) -> Iterator[bytes]:
        """Yield all bytes, in blocks of up to 1 MiB as they come."""
        if self.ahead:
            yield self.ahead
        self.ahead = b""
        while block := self._next():
            yield block

    def up_to(self, most: int) -> bytes | None:
        """Return all bytes, or None if they are more than `most`; they can then still be read."""
        while len(self.ahead) <= most:
            if not self.more():
                return b"".join(self.blocks())
        return None

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

    def random(self) -> BufferedIOBase | None:
        """Return all bytes as a file that can be gone through in any order, or None if they are too many for that.

        The file itself is that, whatever its size; of a stream there may be `MAX_BYTES`.
        """
        if self._file.seekable():
            self._file.seek(-len(self.ahead + self._peeked), os.SEEK_CUR)
            self.ahead = self._peeked = b""
            return self._file
        data = self.whole()
        return None if data is None else BytesIO(data)

    def _next(self) -> bytes:
        block, self._peeked = self._peeked, b""
        return block or self._file.read1(BLOCK)


def inputs(paths: Iterable[str | os.PathLike[str]], *, fetch: bool = False) -> Iterator[Input | Skipped]:
    """Yield every source that the paths name, open, or why it was skipped; see `files` and `opened`."""
    for file in files(paths, fetch=fetch):
        yield from (file,) if isinstance(file, Skipped) else opened(file)


def files(paths: Iterable[str | os.PathLike[str]], *, fetch: bool = False) -> Iterator[str | Skipped]:
    """Yield the path of every file that the paths name, or why there is none.

    A path is a file, a folder (searched through, hidden entries left out), a glob, "-", or with `fetch` a web
    address. A file that two of the paths name comes once. Files come in the order of their paths, folders sorted by
    name. Links to folders are not followed; a pipe or a device is read if it is named itself.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _expand(os.fspath(path), fetch):
            if isinstance(file, Skipped):
                yield file
                continue
            key = file if file == STDIN or _ADDRESS.match(file) else os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def unreadable(path: str, error: OSError) -> Skipped:
    """Return the record of a source that could not be opened or read to its end."""
    if isinstance(error, RefusedError):
        return Skipped(path, *error.reason)
    if isinstance(error, FileNotFoundError):
        return Skipped(path, "not-found", "it is a link to nothing, or was removed: check the path")
    if isinstance(error, PermissionError):
        return Skipped(path, "no-permission", "make the file readable, for example with chmod +r")
    return Skipped(path, "unreadable", str(error.strerror or error))


def opened(path: str) -> Iterator[Input | Skipped]:
    """Yield the source that a file is, open, or those in it if it is a container; and what of it cannot be read."""
    from newsmine.loading.unpack import unpack  # it imports this module; and the libraries of zip and xz

    try:
        if path == STDIN or _ADDRESS.match(path):
            item = _standard_input() if path == STDIN else _fetched(path)
            yield from (item,) if isinstance(item, Skipped) else unpack(item, Meter())
            return
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            size = status.st_size if stat.S_ISREG(status.st_mode) else 0
            yield from unpack(Input(path, file, size=size), Meter())
    except OSError as error:
        yield unreadable(path, error)


def _standard_input() -> Input | Skipped:
    if sys.stdin is None:
        return Skipped(STDIN, "unreadable", "standard input is closed")
    return Input(STDIN, cast(BufferedIOBase, sys.stdin.buffer))


def _fetched(url: str) -> Input | Skipped:
    from newsmine.loading.fetch import fetched

    return fetched(url)


def _expand(path: str, fetch: bool) -> Iterator[str | Skipped]:
    if path == STDIN:
        yield STDIN
    elif os.path.isdir(path):
        yield from _walk(path) or _none(path, "empty-folder", "there is no file in this folder")
    elif os.path.lexists(path):
        yield path
    elif _ADDRESS.match(path):
        yield path if fetch else Skipped(path, "web-address", "give --fetch to have it read from the web")
    elif glob.has_magic(path):
        found = sorted(entry for entry in glob.glob(path, recursive=True) if not os.path.isdir(entry))
        yield from map(_regular, found) if found else _none(path, "no-match", "no file matches this pattern")
    else:
        yield Skipped(path, "not-found", "check the path")


def _none(path: str, reason: str, hint: str) -> tuple[Skipped]:
    return (Skipped(path, reason, hint),)


def _regular(path: str) -> str | Skipped:
    """Return the path, or why a file that was come across is not opened: a pipe would be waited for without end."""
    try:
        return path if stat.S_ISREG(os.stat(path).st_mode) else Skipped(path, *NOT_A_FILE)
    except OSError as error:
        return unreadable(path, error)


def _walk(folder: str) -> list[str | Skipped]:
    """Return what there is in a folder and those in it, sorted by path."""
    found: dict[str, str | Skipped] = {}
    top = os.path.realpath(folder)
    for root, folders, names in os.walk(folder, onerror=lambda error: _add(found, error)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (os.path.join(root, name) for name in folders):
            if os.path.islink(path) and os.path.commonpath((top, os.path.realpath(path))) != top:
                found[path] = Skipped(path, "link-to-folder", "name the folder itself to have it read")
        for path in (os.path.join(root, name) for name in names if not name.startswith(".")):
            found[path] = _regular(path)
    return [found[path] for path in sorted(found)]


def _add(found: dict[str, str | Skipped], error: OSError) -> None:
    path = os.fsdecode(error.filename)
    found[path] = unreadable(path, error)
