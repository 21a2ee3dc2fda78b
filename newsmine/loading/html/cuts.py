"""A page's HTML without what is never read of it: it is two thirds of a page, and most of the time of the parser."""

import re

# With IGNORECASE a search takes half as long again; other tags in capitals are left to the parser.
_OPENING = re.compile(
    r"<(?:!--|(script|style|svg|noscript|template|iframe|picture|video|nav|footer|button|select|dialog|SCRIPT|STYLE)"
    r"(?=[\s>]))"
)
_KEPT = "ld+json"


def without_scripts(html: str) -> str:
    """Return the page without scripts, styles, pictures, menus and fields; scripts of JSON-LD stay, and comments.

    What may be a string in an attribute or in another script is left to the parser.
    """
    parts: list[str] = []
    start = place = 0
    unclosed: set[str] = set()
    while found := _OPENING.search(html, place):
        name = found[1]
        if name is None:
            place = html.find("-->", found.end()) + 3
            if place < 3:
                break
            continue
        closing = -1 if name in unclosed else html.find(f"</{name}", found.end())
        place = html.find(">", closing) + 1 if closing >= 0 else 0
        if not place:
            unclosed.add(name)
            place = found.end()
        elif _can_go(html, name, found.end(), closing):
            parts.append(html[start : found.start()])
            start = place
    parts.append(html[start:])
    return "".join(parts)


def _can_go(html: str, name: str, start: int, end: int) -> bool:
    r"""Tell whether an element is surely one: not JSON-LD, nor one with an escaped `<\/script>` or another in it.

    A menu may hold the title of the page, as the last of its breadcrumbs.
    """
    if name in ("script", "SCRIPT"):
        return _KEPT not in html[start : html.find(">", start)] and html.find("<\\/", start, end) < 0
    return html.find(f"<{name}", start, end) < 0 and html.find("<h1", start, end) < 0
