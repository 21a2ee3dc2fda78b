"""The names of columns and JSON fields: what exporters call the fields of an article, and what a user says they do.

Names are compared without case, "_", "-" and spaces, so that `date_published` is `datePublished`. Of several fields
for one thing, the first in these lists that holds anything counts.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from newsmine.errors import UnknownNameError

TITLE = ("title", "headline", "headlines", "name", "webtitle", "headlinetext", "newstitle", "articletitle", "heading")
TEXT = (
    "text",
    "maintext",
    "plaintext",
    "fulltext",
    "body",
    "content",
    "articlebody",
    "articletext",
    "bodytext",
    "contenttext",
    "bodyhtml",
    "contenthtml",
    "bodyxhtml",
    "bodies",
    "paragraphs",
    "rawtext",
    "articlecontent",
    "newscontent",
    "newstext",
    "article",
)
SUBTITLE = (
    "description",
    "subtitle",
    "summary",
    "lead",
    "excerpt",
    "abstract",
    "standfirst",
    "trailtext",
    "shortdescription",
    "snippet",
)
DATE = (
    "datepublish",
    "date",
    "published",
    "publishingdate",
    "publishedat",
    "publishdate",
    "publisheddate",
    "publicationdate",
    "datepublished",
    "datetime",
    "datetimepub",
    "publishtime",
    "publishedtime",
    "pubdate",
    "webpublicationdate",
    "firstpublished",
    "versioncreated",
    "timestamp",
    "seendate",  # GDELT states no other
)
AUTHORS = ("authors", "author", "byline", "creator", "by")
URL = ("url", "canonicalurl", "link", "sourceurl", "weburl", "articleurl", "requestedurl")
LANGUAGE = ("language", "lang", "inlanguage")
SECTION = ("section", "category", "sectionname", "articlesection")
PUBLISHER = (
    "publisher",
    "sourcedomain",
    "source",
    "site",
    "sitename",
    "hostname",
    "medianame",
    "publication",
    "newspaper",
    "outlet",
    "domain",
)
_NAMES = {
    "title": TITLE,
    "subtitle": SUBTITLE,
    "text": TEXT,
    "date": DATE,
    "author": AUTHORS,
    "url": URL,
    "language": LANGUAGE,
    "section": SECTION,
    "publisher": PUBLISHER,
}
FIELDS = tuple(_NAMES)
"""What a column can be named for (`Options.columns`)."""
KNOWN_NAMES = frozenset(["uri", "pubstatus"]) | frozenset(name for names in _NAMES.values() for name in names)
"""The names that a field is recognised by, as `plain` has them."""
LISTS = (
    "articles items results data docs hits response stories news entries posts records documents value @graph"
).split()
"""What web interfaces and feeds call the list of their articles."""
_LONGEST_NAME = 40

Fields = dict[str, Any]
_MISSING = object()


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise UnknownNameError for a mapping that names a column for something that is no field of an article."""
    for field in columns:
        if field not in _NAMES:
            raise UnknownNameError("field", field, FIELDS)


def has_text_field(record: object, columns: Mapping[str, str] | None = None) -> bool:
    """Tell whether a JSON value is an object with a field for a title or a text, be that empty.

    A name alone does not count: many things have one that are no articles. `columns` may name another field.
    """
    if not isinstance(record, dict):
        return False
    if any(_lookup(record, name) is not _MISSING for name in _essential(columns or {})):
        return True
    names = {plain(name) for name in record}
    return not names.isdisjoint(("headline", *(name for name in TITLE if name != "name"), *TEXT))


def has_list(record: object) -> bool:
    """Tell whether a JSON value is an object with a list of records and no text: a feed has a title as well."""
    if is_columnar(record):
        return True
    if not isinstance(record, dict) or any(plain(name) in TEXT and value for name, value in record.items()):
        return False
    lists = (record.get(name) for name in LISTS)
    return any(isinstance(found, list) and found and isinstance(found[0], dict) for found in lists)


def is_columnar(record: object) -> bool:
    """Tell whether a JSON value is a table that is written column by column, as pandas does: {"title": {"0": …}}."""
    columns = list(record.values()) if isinstance(record, dict) else []
    if not columns or not all(isinstance(column, dict) and column for column in columns):
        return False
    return all(column.keys() == columns[0].keys() for column in columns) and all(map(str.isdigit, columns[0]))


def lacks_columns(record: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
    """Tell whether the columns that are named for a title and a text are none of the record's."""
    names = _essential(columns)
    return bool(names) and all(_lookup(record, name) is _MISSING for name in names)


@lru_cache(maxsize=1024)
def _folded(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def plain(name: str) -> str:
    """Return a field's name as names are compared: without case, "_", "-" and spaces."""
    return _folded(name[:_LONGEST_NAME])


def _essential(columns: Mapping[str, str]) -> list[str]:
    return [columns[field] for field in ("title", "text") if field in columns]


def mapped(fields: Fields, record: Mapping[str, Any], columns: Mapping[str, str]) -> Fields:
    """Return the fields with those that the caller names, and no other for the same thing.

    Raises UnknownNameError as `check_columns` does.
    """
    check_columns(columns)
    used = {plain(name) for name in columns.values()}
    known = {name for field in columns for name in _NAMES[field]}
    kept = {name: value for name, value in fields.items() if name not in used and name not in known}
    found = {_NAMES[field][0]: _lookup(record, name) for field, name in columns.items()}
    return kept | {name: value for name, value in found.items() if value is not _MISSING}


def _lookup(record: Mapping[str, Any], path: str) -> Any:
    """Return what a record holds under a name, or under "a.b" in the object (or the objects) that it has under "a"."""
    if path in record:
        return record[path]
    value: Any = record
    for name in path.split("."):
        if isinstance(value, list):
            value = [item[name] for item in value if isinstance(item, dict) and name in item] or None
        elif isinstance(value, dict) and name in value:
            value = value[name]
        else:
            return _MISSING
    return value
