"""What a source is, told by its content and never by its name."""

import re

from newsmine.loading.decode import binary_kind

EMPTY = ("empty", "the source holds no text")
_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"^\s*<(?:\?xml|rss|feed|rdf:RDF|urlset|nitf|newsItem)\b", re.IGNORECASE)
_JSON = re.compile(rb'^\s*(?:\[\s*)?\{\s*"')


def reason_to_skip(data: bytes) -> tuple[str, str] | None:
    """Return the reason code and the hint if the bytes are not a text dump of a page, else None."""
    if not data.strip():
        return EMPTY
    if kind := binary_kind(data):
        return "binary", f"this is {kind}: convert it to plain text first"
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    for pattern, name in ((_HTML, "HTML"), (_XML, "XML"), (_JSON, "JSON")):
        if pattern.match(head):
            return (
                f"unsupported-{name.casefold()}",
                f"this is {name}: newsmine reads plain text so far, convert it first",
            )
    return None
