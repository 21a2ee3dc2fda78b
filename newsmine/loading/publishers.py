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
    """
    match = _DATED_NAME.match(Path(path).name)
    return match["publisher"].casefold() if match else None


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
