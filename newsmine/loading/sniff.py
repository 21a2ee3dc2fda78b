"""What a source is, told by its content and never by its name."""

import re

from newsmine.loading.decode import binary_kind

EMPTY = ("empty", "the source holds no text")
_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"^\s*<(?:\?xml|rss|feed|rdf:RDF|urlset|nitf|newsItem)\b", re.IGNORECASE)
_JSON = re.compile(rb'^\s*(?:\[\s*)?\{\s*"')
_MARKUP_HINT = "newsmine reads plain text and JSON Lines: save the page as text first"
_KINDS = (
    ("HTML", _HTML, _MARKUP_HINT),
    ("XML", _XML, _MARKUP_HINT),
    ("JSON", _JSON, "newsmine reads it with one article on each line (JSON Lines); jq -c '.[]' FILE splits a list so"),
)


def reason_to_skip(data: bytes) -> tuple[str, str] | None:
    """Return the reason code and the hint if the bytes are not a text dump of a page, else None.

    JSON Lines are taken for JSON here: they are told, and read, before (`newsmine.loading.jsonl`).
    """
    if not data.strip():
        return EMPTY
    if kind := binary_kind(data):
        return "binary", f"this is {kind}: convert it to plain text first"
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    for name, pattern, hint in _KINDS:
        if pattern.match(head):
            return f"unsupported-{name.casefold()}", f"this is {name}: {hint}"
    return None
