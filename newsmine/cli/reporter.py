"""What a run says on standard error: errors with their hints, skipped inputs, notes, progress."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from newsmine.errors import NewsmineError
from newsmine.records import Skipped
from newsmine.text import visible

_PATIENCE = 2.0
_SHOWN = 10
"""How many skipped records of one file and reason have a line of their own."""


class Reporter:
    """The messages of one run. `verbosity` is -1 with -q, 0, 1 with -v, 2 with -vv."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self.verbosity = 0
        self.progress_wanted = True
        self.skipped: list[Skipped] = []

    def line(self, text: str) -> None:
        """Write one line, control characters made visible."""
        if sys.stderr is not None:
            print(visible(text, bidi=True), file=sys.stderr, flush=True)

    def error(self, error: NewsmineError) -> None:
        """Report what ended the run, and what to do about it."""
        if self.as_json:
            self._json(level="error", code=error.code, message=error.message, hint=error.hint)
            return
        self.line(f"newsmine: error: {error.message}")
        if error.hint:
            self.line(f"hint: {error.hint}")

    def skip(self, skipped: Skipped) -> None:
        """Note a source that was not read; the run goes on, and ends with status 3."""
        self.skipped.append(skipped)

    def report_skipped(self, these: Iterable[Skipped]) -> None:
        """Write a line for each source that was not read; of many records of one file, the first and their number.

        With -v, and as JSON, there is a line for each.
        """
        alike: dict[tuple[str, str], list[Skipped]] = {}
        for skipped in these:
            alike.setdefault((_file_of(skipped.source), skipped.reason), []).append(skipped)
        for (file, reason), all_of_them in alike.items():
            shown = all_of_them if self.as_json or self.verbosity > 0 else all_of_them[:_SHOWN]
            for skipped in shown:
                self._skipped(skipped)
            if others := len(all_of_them) - len(shown):
                records = "record" if others == 1 else "records"
                self.line(f"newsmine: skipped {others} more {records} of {source_name(file)}: {reason}: -v lists each")

    def _skipped(self, skipped: Skipped) -> None:
        if self.as_json:
            self._json(level="skipped", source=skipped.source, reason=skipped.reason, hint=skipped.hint)
        else:
            self.line(f"newsmine: skipped {source_name(skipped.source)}: {skipped.reason}: {skipped.hint}")

    def note(self, text: str, *, level: int = 0) -> None:
        """Say something that is no error: at level 0 unless -q was given, at level 1 with -v only."""
        if self.verbosity >= level:
            if self.as_json:
                self._json(level="note", message=text)
            else:
                self.line(f"newsmine: {text}")

    @contextmanager
    def progress(self, label: str) -> Iterator[Callable[[int, int], None]]:
        """Give a function to call with what is done and what there is; a bar appears after two seconds.

        Only on a terminal, and not with -q or --no-progress.
        """
        if not (self.progress_wanted and self.verbosity >= 0 and sys.stderr is not None and sys.stderr.isatty()):
            yield lambda done, of: None
            return
        bar = _Bar(label)
        try:
            yield bar.update
        finally:
            bar.close()

    def _json(self, **fields: Any) -> None:
        self.line(json.dumps({k: v for k, v in fields.items() if v is not None}, ensure_ascii=True))


class _Bar:
    def __init__(self, label: str) -> None:
        self.label = label
        self.started = time.monotonic()
        self.bar: Any = None
        self.task: Any = None

    def update(self, done: int, of: int) -> None:
        if self.bar is None:
            if time.monotonic() - self.started < _PATIENCE or done >= of:
                return
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(show_speed=False),
                TextColumn("{task.completed:,.0f} of {task.total:,.0f}, {task.fields[rate]:,.0f} a second,"),
                TimeRemainingColumn(compact=True),
                TextColumn("left"),
                console=Console(stderr=True),
                transient=True,
            )
            self.task = self.bar.add_task(self.label, total=of, rate=0.0)
            self.bar.start()
        rate = done / (time.monotonic() - self.started)
        self.bar.update(self.task, completed=done, total=of, rate=rate)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()


def _file_of(source: str) -> str:
    """Return the file of a record of it: "a.csv" for "a.csv:7"."""
    file, _, number = source.rpartition(":")
    return file if number.isdecimal() else source


def source_name(source: str) -> str:
    """Return the path, or what "-" stands for; a line number may follow ("-:7")."""
    return f"standard input{source[1:]}" if source == "-" or source.startswith("-:") else source


def shown_reasons(skipped: Iterable[Skipped]) -> str:
    """Return how many sources were skipped for each reason, the reasons sorted."""
    counts: dict[str, int] = {}
    for item in skipped:
        counts[item.reason] = counts.get(item.reason, 0) + 1
    return ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
