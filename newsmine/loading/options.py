"""How sources are read: what the caller knows about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller says of the sources; every reader gets it, and heeds what concerns it.

    `encoding` overrides detection. `dayfirst` says how to read 05/03/2024, `as_of` is the moment from which
    "3 hours ago" counts, in place of that at which a page was crawled or fetched. `columns` names, for a field of an
    article, the column or JSON field it is in ("title": "kop"). `fast` chooses the quicker, less exact way for HTML;
    with `fetch`, web addresses are read.
    """

    encoding: str | None = None
    dayfirst: bool | None = None
    as_of: datetime | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fast: bool = False
    fetch: bool = False


class Given(TypedDict, total=False):
    """The fields of `Options` as keyword arguments."""

    encoding: str | None
    dayfirst: bool | None
    as_of: datetime | None
    columns: Mapping[str, str]
    fast: bool
    fetch: bool
