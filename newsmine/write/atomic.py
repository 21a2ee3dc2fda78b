"""Writing to a path so that it holds either what it held before or the whole of the new."""

import errno
import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from newsmine.errors import OutputError

# Each may be a regular file that the shell appends to.
_OPEN_ALREADY = ("/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd")
_ELSEWHERE = "write elsewhere with -o FILE"
_HINTS = {
    errno.EACCES: f"check its permissions, or {_ELSEWHERE}",
    errno.EDQUOT: f"free some space, or {_ELSEWHERE}",
    errno.ENOSPC: f"free some space, or {_ELSEWHERE}",
    errno.EISDIR: "name a file in it, such as table.csv",
    errno.ENOTDIR: "a part of its path is a file and not a folder",
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file whose content takes the place of the path's at the end, or not at all on an error.

    A new file gets the permissions that any new one would, an old one keeps its own. A device, a FIFO and
    what a symbolic link leads to are written directly. Raises OutputError if something cannot be written; a
    broken pipe stays what it is, for the caller to end quietly.
    """
    try:
        with _direct(path) if _is_special(path) else _temporary(path) as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise failure(error, path) from None


def failure(error: OSError, where: str | Path) -> OutputError:
    """Return the OutputError that says what went wrong where, and what to do about it."""
    reason, hint = error.strerror or str(error), _HINTS.get(error.errno or 0, _ELSEWHERE)
    if isinstance(where, Path) and error.errno == errno.ENOENT and not where.parent.exists():
        reason, hint = "its folder does not exist", f"mkdir -p {shlex.quote(str(where.parent))}"
    return OutputError(f"cannot write {where}: {reason}", hint=hint)


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def _direct(path: Path) -> BinaryIO:
    return path.open("ab" if any(map(path.is_relative_to, _OPEN_ALREADY)) else "wb")


@contextmanager
def _temporary(path: Path) -> Iterator[BinaryIO]:
    temporary = path.parent / f".newsmine-{os.urandom(6).hex()}.tmp"
    try:
        with temporary.open("xb") as file:
            if path.exists():
                _keep_permissions(path, temporary)
            yield file
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _keep_permissions(path: Path, temporary: Path) -> None:
    if not os.access(path, os.W_OK):
        # Replacing needs the folder's permission only, but a file made read-only is meant to stay.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    temporary.chmod(stat.S_IMODE(path.stat().st_mode))
