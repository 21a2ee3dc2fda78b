"""Which encoding an HTML page says that it is in."""

import codecs
import re

from newsmine.loading.decode import READ_AS

_HEAD = 16_384
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9][\w.:-]{1,30})""", re.IGNORECASE)
_LABELS = {
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "windows-874": "cp874",
    "x-euc-jp": "euc_jp",
}


def stated_encoding(data: bytes) -> str | None:
    """Return the encoding that a page's meta elements state; None for UTF-8 and for what Python does not know.

    A label of UTF-16 cannot be true of a page in which it can be read.
    """
    match = _META.search(data[:_HEAD])
    if not match:
        return None
    label = match[1].decode("ascii").casefold()
    try:
        found = codecs.lookup(_LABELS.get(label, label))
    except LookupError:
        return None
    if found.name.startswith("utf") or not found._is_text_encoding:
        return None
    return READ_AS.get(found.name, found.name)
