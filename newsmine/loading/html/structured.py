"""What a page states of its article in JSON-LD, however broken: one article is picked, and its fields are read."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsmine.loading.html.light import key_of
from newsmine.loading.markup import is_markup, paragraphs_of
from newsmine.text import clean

Node = Mapping[str, Any]

_MAX_NODES = 20_000
_LONGEST = 1000
_TYPES = frozenset(
    ("blogposting", "liveblogposting", "socialmediaposting", "discussionforumposting", "report", "claimreview")
)
# What stands under these is named by the page, and is not the page's own article.
_ELSEWHERE = frozenset(
    "itemlistelement relatedlink mentions citation ispartof about review comment subjectof isbasedon video image "
    "publisher author workexample liveblogupdate associatedmedia recommended related hasvariant".split()
)
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_LAST_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|url|description|articleSection)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What JSON-LD states of a page's article; empty where it states nothing."""

    headline: str = ""
    description: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    url: str = ""
    body: tuple[str, ...] = ()
    is_article: bool = False
    is_list: bool = False


def read_stated(scripts: Iterable[str], url: str | None, titles: Iterable[str]) -> Stated:
    """Return what the scripts state of the article at that address; of several, the one that the titles name."""
    nodes = list(_nodes(scripts))
    articles = [(node, is_own) for node, is_own in nodes if _is_article(node)]
    types = {name for node, _ in nodes for name in _types(node)}
    if not articles:
        pages = [node for node, is_own in nodes if is_own and "webpage" in _types(node)]
        moments = [text for node in pages if (text := _text(node.get("datePublished")))]
        is_list = not types.isdisjoint(("collectionpage", "itemlist", "searchresultspage"))
        return Stated(published=moments[0] if moments else "", is_list=is_list)
    names = {key_of(title) for title in titles}

    def rank(index: int) -> tuple[bool, bool, bool, int]:
        node, is_own = articles[index]
        return (
            not is_own,
            not (url and _same_address(url, _address(node))),
            key_of(_text(node.get("headline"))) not in names,
            index,
        )

    first = articles[min(range(len(articles)), key=rank)][0]
    headline, address = _text(first.get("headline")), _address(first)
    # The same article is often described twice, by the site and by a plug-in of it.
    same = [
        first,
        *(
            node
            for node, _ in articles
            if node is not first
            and (_text(node.get("headline")) == headline or (address and _same_address(address, _address(node))))
        ),
    ]
    return _stated(same)


def _stated(nodes: list[Node]) -> Stated:
    def first(*names: str) -> str:
        return next((text for name in names for node in nodes if (text := _text(node.get(name)))), "")

    return Stated(
        headline=first("headline", "name"),
        description=first("description"),
        published=first("datePublished", "dateCreated"),
        authors=next((names for node in nodes if (names := tuple(_names(node.get("author"))))), ()),
        section=first("articleSection"),
        language=first("inLanguage"),
        url=next((address for node in nodes if (address := _address(node))), ""),
        body=next((body for node in nodes if (body := _body(node.get("articleBody")))), ()),
        is_article=True,
    )


def _nodes(scripts: Iterable[str]) -> Iterator[tuple[Node, bool]]:
    """Yield every object, and whether it is one of the page itself rather than one that it points to."""
    left = _MAX_NODES
    for script in scripts:
        stack: list[tuple[Any, bool]] = [(_value(script), True)]
        while stack and left:
            left -= 1
            value, is_own = stack.pop()
            if isinstance(value, dict):
                yield value, is_own
                children = [(child, is_own and key.casefold() not in _ELSEWHERE) for key, child in value.items()]
                stack.extend((child, own) for child, own in reversed(children) if isinstance(child, dict | list))
            elif isinstance(value, list):
                stack.extend((child, is_own) for child in reversed(value))


def _value(script: str) -> Any:
    """Return what a script holds; of one that is no JSON even when it is mended, the fields that can be told."""
    text = script
    for mend in (str.strip, _bare_json, lambda text: _LAST_COMMA.sub(r"\1", text)):
        text = mend(text)
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    found: dict[str, str] = {}
    for name, raw in _FIELD.findall(text):
        found.setdefault(name, _unescaped(raw))
    return found


def _bare_json(text: str) -> str:
    return _COMMENT.sub("", _COMMENT.sub("", text)).strip().rstrip(";")


def _unescaped(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return raw


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rpartition("/")[2].casefold() for name in names if isinstance(name, str)]


def _is_article(node: Node) -> bool:
    return any(name.endswith("article") or name in _TYPES for name in _types(node))


def _address(node: Node) -> str:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value.strip()
    return ""


def _same_address(a: str, b: str) -> bool:
    return _bare(a) == _bare(b)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[#?].*$|/+$", "", url)


def _text(value: Any) -> str:
    """Return the one line of text that a value is: a string, an object with a name, or the first of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return plain(value) if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Return a text as it is shown: entities resolved (twice, as careless sites escape), and tags taken out."""
    text = html.unescape(html.unescape(text[:_LONGEST])) if "&" in text else text[:_LONGEST]
    return " ".join(paragraphs_of(text)) if "<" in text and is_markup(text) else clean(text)


def _names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if (name := _text(item)) and not name.startswith(("http://", "https://")):
            yield name


def _body(value: Any) -> tuple[str, ...]:
    if not isinstance(value, str):
        return ()
    text = html.unescape(value) if "&" in value else value
    if is_markup(text):
        return paragraphs_of(text)
    return tuple(line for raw in text.splitlines() if (line := clean(raw)))
