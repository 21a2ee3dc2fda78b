"""Loading into a corpus: pages kept some hundred at a time, and the account of what became of each file."""

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from newsmine.cli.reading import account, numbered
from newsmine.cli.reporter import Reporter, shown_reasons
from newsmine.corpus import Corpus, FileState, Load, file_state
from newsmine.loading import events
from newsmine.loading.language import with_language
from newsmine.loading.stream import Finished
from newsmine.loading.zones import Zones, in_zone
from newsmine.records import Page, Skipped

_PAGES = 256
_CHARACTERS = 4_000_000
_SECONDS = 1.0
# A path that leads nowhere is no file of which something could be remembered.
_NO_FILE = ("not-found", "no-match", "empty-folder")


@dataclass(slots=True)
class _Tally:
    """How many pages a file had, and how many of them were new."""

    read: int = 0
    new: int = 0


class Loader:
    """Loads sources into a corpus: `files` were gone through, of which are `loaded`, `unchanged` and skipped."""

    def __init__(self, store: Corpus, reporter: Reporter, zones: Zones, *, stop_at_skip: bool = False) -> None:
        self.files = self.loaded = self.unchanged = self.articles = self.headlines = 0
        self._store, self._reporter, self._zones, self._stop_at_skip = store, reporter, zones, stop_at_skip
        self._pages: list[tuple[Page, _Tally]] = []
        self._loads: list[tuple[Load, _Tally]] = []
        self._skipped: list[Skipped] = []
        self._states: dict[str, FileState | None] = {}
        self._tally = _Tally()
        self._characters, self._since = 0, time.monotonic()

    def load(self, paths: Iterable[str], reading: Mapping[str, Any], *, jobs: int | None) -> None:
        """Load everything that the paths name; with `stop_at_skip`, up to the first that is not read."""
        corpus = os.path.realpath(self._store.path)
        own = {corpus + suffix for suffix in ("", "-wal", "-shm", "-journal")}
        for event in events(paths, **reading, jobs=jobs, known=self._is_known, without=own, note=self._reporter.note):
            if isinstance(event, Page):
                self._add(event)
            elif isinstance(event, Finished):
                self._finish(event)
            else:
                self._skip(event)
                if self._stop_at_skip:
                    break
        self._flush()

    def summary(self) -> str:
        """Return the account in one line: all files are loaded, unchanged or skipped."""
        skipped = self.files - self.loaded - self.unchanged
        content = f"{numbered(self.articles, 'article')}, {numbered(self.headlines, 'headline')}"
        line = f"{numbered(self.files, 'file')} = {self.loaded} loaded ({content}) + {self.unchanged} unchanged"
        reasons = f"; not read: {shown_reasons(self._reporter.skipped)}" if self._reporter.skipped else ""
        return f"{line} + {skipped} skipped{reasons}"

    def _is_known(self, path: str) -> bool:
        # Looked at before the file is read: if it changes meanwhile, it is read again next time.
        state = self._states[path] = file_state(path)
        return state is not None and self._store.knows(state)

    def _add(self, page: Page) -> None:
        self._tally.read += 1
        if self._store.has(page.source.digest):
            self._reporter.note(f"{page.source.path}: unchanged", level=1)
        else:
            self._reporter.note(account(page), level=1)
            page = with_language(in_zone(page, self._zones.of(page.source)))
        self._pages.append((page, self._tally))
        self._characters += page.size
        if len(self._pages) >= _PAGES or self._characters > _CHARACTERS:
            self._flush()
        self._flush_if_late()

    def _skip(self, skipped: Skipped) -> None:
        self._reporter.skip(skipped)
        self._skipped.append(skipped)

    def _finish(self, event: Finished) -> None:
        self.files += 1
        state = self._states.pop(event.path, None)
        if event.is_known:
            self.unchanged += 1
            self._reporter.note(f"{event.path}: unchanged", level=1)
            return
        self._loads.append((Load(event.path, state, self._skipped), self._tally))
        self._skipped, self._tally = [], _Tally()
        self._flush_if_late()

    def _flush_if_late(self) -> None:
        if time.monotonic() - self._since > _SECONDS:
            self._flush()

    def _flush(self) -> None:
        """Write what is waiting, in one transaction."""
        loads = [load for load, _ in self._loads if not any(item.reason in _NO_FILE for item in load.skipped)]
        pages = [page for page, _ in self._pages]
        added = self._store.add_all(pages, loads) if pages or loads else []
        for (page, tally), is_new in zip(self._pages, added, strict=True):
            if is_new:
                tally.new += 1
                self.articles += len(page.articles)
                self.headlines += len(page.headlines)
        for _, tally in self._loads:
            self.loaded += tally.new > 0
            self.unchanged += tally.read > 0 and not tally.new
        self._pages, self._loads = [], []
        self._characters, self._since = 0, time.monotonic()
