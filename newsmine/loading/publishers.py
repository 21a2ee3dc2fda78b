"""Who published a source, told by its file name or by an address."""

import re
from pathlib import Path
from urllib.parse import urlsplit

_DATED_NAME = re.compile(r"^(?P<publisher>[^\W\d_](?:[\w.&-]*[^\W_])?)[-_. ]+(?:19|20)\d\d[-_.]?\d\d[-_.]?\d\d(?!\d)")


def publisher_of(path: str) -> str | None:
    """Return the publisher that a file name of the form NAME-DATE states, else None.

    >>> publisher_of("seeds/azernews-2023-09-20.txt")
    'azernews'
    >>> publisher_of("page17.txt") is None
    True

    The name of a member of an archive ("pages.zip:times-2024-05-03.html") goes before that of the archive.
    """
    name = Path(path).name
    found = (_DATED_NAME.match(part) for part in (name.rpartition(":")[2], name))
    return next((match["publisher"].casefold() for match in found if match), None)


def host_of(url: str | None) -> str | None:
    """Return the host of an address without its "www.", or None if it has none.

    >>> host_of("https://www.azernews.az/nation/1.html")
    'azernews.az'
    """
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:  # "https://[" is no address
        return None
    return host.removeprefix("www.") or None if host else None
