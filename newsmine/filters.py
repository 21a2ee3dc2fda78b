"""Which records are looked at: by date, source, section, text and language."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal
from zoneinfo import ZoneInfo

from newsmine import dates
from newsmine.records import Article, Headline

Undated = Literal["keep", "drop"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a record must meet to be looked at; what is None is not asked for.

    `since` and `until` are inclusive ISO prefixes as `newsmine.dates.parse_bound` returns them; `zone` moves times
    that state their zone before they are compared. Undated records are dropped where a date is asked for, and kept
    where none is, unless `undated` says otherwise. `source` and `section` are globs, the source's matched against
    publisher and path; `match` is searched in title, subtitle and paragraphs; `language` is an ISO 639-1 code.
    """

    since: str | None = None
    until: str | None = None
    zone: ZoneInfo | None = None
    source: str | None = None
    section: str | None = None
    match: re.Pattern[str] | None = None
    language: str | None = None
    undated: Undated | None = None

    def keeps(self, record: Article | Headline) -> bool:
        """Tell whether the record meets every condition."""
        return (
            self._keeps_date(record)
            and self._keeps_source(record)
            and self._keeps_section(record)
            and (self.language is None or record.language == self.language)
            and (self.match is None or any(map(self.match.search, _texts(record))))
        )

    def _keeps_date(self, record: Article | Headline) -> bool:
        if record.published is None or record.published.value is None:
            return self.undated == "keep" or (self.undated is None and not (self.since or self.until))
        return dates.within(record.published, self.since, self.until, self.zone)

    def _keeps_source(self, record: Article | Headline) -> bool:
        if self.source is None:
            return True
        pattern = self.source.casefold()
        names = (record.source.publisher, record.source.path)
        return any(name is not None and fnmatchcase(name.casefold(), pattern) for name in names)

    def _keeps_section(self, record: Article | Headline) -> bool:
        if self.section is None:
            return True
        section = record.section if isinstance(record, Article) else None
        return section is not None and fnmatchcase(section.casefold(), self.section.casefold())


def _texts(record: Article | Headline) -> list[str]:
    if isinstance(record, Headline):
        return [record.text, record.subtitle or ""]
    return [record.title or "", record.subtitle or "", *record.paragraphs]
