"""The exceptions that newsmine raises, and the exit status each one leads to.

    NewsmineError              1   something failed
    ├── UsageError             2   the call itself is wrong
    │   └── UnknownNameError   2   a name that is not among the known ones
    ├── InputError             1   a source cannot be read at all
    ├── OutputError            1   a result cannot be written
    ├── CorpusError            1   the corpus cannot be opened, read or written
    ├── CacheError             1   the cache cannot be looked into or cleared
    └── MissingError           4   a model or an extra is not installed

Every one carries a one-line message, and where there is something to do about it, a hint that says what.
"""

from collections.abc import Iterable


class NewsmineError(Exception):
    """Something failed; `hint` says what to do about it."""

    code = "failed"
    exit_status = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(NewsmineError):
    """The call is wrong: an option's value, or options that contradict each other."""

    code = "usage"
    exit_status = 2


class UnknownNameError(UsageError):
    """A name that is not among the known ones; the hint lists those in sorted order."""

    code = "unknown-name"

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {what} {name!r}", hint=f"known: {', '.join(sorted(known))}")
        self.name = name


class InputError(NewsmineError):
    """No source could be read."""

    code = "input"


class OutputError(NewsmineError):
    """The result could not be written."""

    code = "output"


class CorpusError(NewsmineError):
    """The corpus file cannot be opened, read or written."""

    code = "corpus"


class CacheError(NewsmineError):
    """The cache cannot be looked into or cleared; a run does without it."""

    code = "cache"


class MissingError(NewsmineError):
    """A model or an optional package is not installed; the hint is the command that installs it."""

    code = "missing"
    exit_status = 4
