"""An HTML page to records: its article if it is the page of one, and the headlines that it lists."""

from __future__ import annotations

import codecs
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from newsmine.loading.decode import decode, not_in
from newsmine.loading.html import body, plain
from newsmine.loading.html.charset import stated_encoding
from newsmine.loading.html.choose import choose_body
from newsmine.loading.html.cuts import without_scripts
from newsmine.loading.html.light import content_of, drop_empty, drop_lists, drop_silent, is_deep, is_large, key_of
from newsmine.loading.html.lists import Listed, read_lists
from newsmine.loading.html.metadata import Metadata, ReadDate, first_stamp, read_metadata, read_stamp
from newsmine.loading.html.signs import dated, signs_of
from newsmine.loading.markup import parse_html
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.records import Article, Headline, Page, Skipped, Source, Timestamp, content_id
from newsmine.tags import split_tags
from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 20 * 2**20
_TOO_LARGE = (
    "too-large",
    f"the limit of an HTML page is {MAX_BYTES // 2**20} MiB: save it without scripts and pictures",
)
_NO_TEXT = ("no-text", "the page holds neither an article nor a list of headlines: perhaps a script loads them")
# More than this takes trafilatura and htmldate many seconds; what is deeper than 256 levels, the parser leaves out.
_LARGE = 2**20
_MOST_ELEMENTS = 20_000
_DEEPEST = 100
_CUT_OFF = " .…[]"
_LONGEST_SUBTITLE = 600
_LEAST_PROSE = 80
_LONG = 15


def read_page(data: bytes, path: str, options: Options, *, charset: str | None = None) -> Page | Skipped:
    """Return what an HTML page holds, or why it was skipped.

    `charset` is the encoding that a web server stated for it. With `options.fast` no lists of headlines are read, and
    the body is what the page's own structure tells.
    """
    if len(data) > MAX_BYTES:
        return Skipped(path, *_TOO_LARGE)
    try:
        html, used = _decoded(data, options, charset)
    except UnicodeError:
        return Skipped(path, *not_in(options.encoding))
    source = Source(path, publisher_of(path), hashlib.sha256(data).hexdigest())
    article, headlines = _read(html, source, options)
    if article is None and not headlines:
        return Skipped(path, *_NO_TEXT)
    return Page(
        source=article.source if article else headlines[0].source,
        reader="html",
        encoding=used,
        size=len(data),
        articles=(article,) if article else (),
        headlines=headlines,
        furniture=(),
        body_lines=max(1, len(article.paragraphs)) if article else 0,
        item_lines=len(headlines),
    )


def _decoded(data: bytes, options: Options, charset: str | None) -> tuple[str, str]:
    if options.fast and not options.encoding and not data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode(), "utf-8"  # to look for mis-encoded text takes a fifth of the time of a page
        except UnicodeDecodeError:
            pass
    return decode(data, options.encoding, declared=charset or stated_encoding(data))


_Found = tuple[Article | None, tuple[Headline, ...]]


def _read(html: str, source: Source, options: Options) -> _Found:
    html = without_scripts(html)
    root = parse_html(html)
    if root is None:
        return None, ()
    signs = signs_of(root, html)
    data = read_metadata(signs, dayfirst=options.dayfirst, as_of=options.as_of)
    read = partial(read_stamp, dayfirst=options.dayfirst, as_of=options.as_of, language=data.language)
    careful = not options.fast and len(html) <= _LARGE and not is_large(root, _MOST_ELEMENTS)
    if data.published is None and not _is_no_article(data):
        data = replace(data, published=_shown(root, read, anywhere=careful))
    is_whole = not is_deep(root, _DEEPEST)
    drop_silent(root)
    listed = () if options.fast else _listed(root, data, read)
    paragraphs: tuple[str, ...] = ()
    if not _is_no_article(data):
        paragraphs = choose_body(root, html, data.stated.body, careful=careful) if is_whole else plain.paragraphs(html)
    paragraphs = _without_listed(paragraphs, listed, and_subtitles=not data.is_article)
    source = _published_by(source, data.url)
    headlines = tuple(_headlines(listed, source, data.language))
    if not _has_article(data, paragraphs, listed):
        return None, headlines
    return _article(data, paragraphs, "" if options.fast else content_of(root), source), headlines


def _listed(root: _Element, data: Metadata, read: ReadDate) -> tuple[Listed, ...]:
    drop_empty(root)
    listed = tuple(read_lists(root, title=data.title, url=data.url, read=read))
    drop_lists(root)
    return listed


def _shown(root: _Element, read: ReadDate, *, anywhere: bool) -> Timestamp | None:
    """Return the date that is shown on the page where none is stated: by a byline, else wherever it may be."""
    if stamp := first_stamp(dated(root), read):
        return stamp
    day = body.day(root) if anywhere else None
    return first_stamp((day,), read) if day else None


def _is_no_article(data: Metadata) -> bool:
    """Tell whether the page says that it is a list; a home page may be marked as an article all the same."""
    return data.is_home and not data.stated.is_article


def _has_article(data: Metadata, paragraphs: Sequence[str], listed: Sequence[Listed]) -> bool:
    """Tell whether what was found is an article: the page says so, or there is running text and more than in a list."""
    if _is_no_article(data):
        return False
    if data.is_article:
        return bool(data.title or paragraphs)
    long = [words for text in paragraphs if (words := len(text.split())) >= _LONG]
    return sum(long) >= _LEAST_PROSE or (bool(long) and (data.published is not None or not listed))


def _without_listed(paragraphs: Sequence[str], listed: Sequence[Listed], *, and_subtitles: bool) -> tuple[str, ...]:
    """Return the paragraphs that are none of the listed headlines, nor the texts under them."""
    if not listed:
        return tuple(paragraphs)
    keys = {key_of(item.raw) for item in listed}
    keys |= {key_of(item.subtitle) for item in listed if item.subtitle and and_subtitles}
    return tuple(text for text in paragraphs if key_of(text) not in keys)


def _published_by(source: Source, url: str | None) -> Source:
    host = host_of(url)
    return replace(source, publisher=host) if host else source


def _article(data: Metadata, paragraphs: Sequence[str], shown: str, source: Source) -> Article:
    title = (split_tags(data.title)[0] or data.title) if data.title else None
    texts = tuple(paragraphs)
    titles = {key_of(text) for text in data.titles}
    while texts and key_of(texts[0]) in titles:
        texts = texts[1:]
    subtitle = _subtitle(data, texts, shown)
    published = data.published.iso if data.published else None
    return Article(
        id=content_id("article", source.publisher, title, subtitle, published, texts),
        source=source,
        title=title,
        subtitle=subtitle,
        section=data.section,
        authors=data.authors,
        published=data.published,
        url=data.url,
        language=data.language,
        paragraphs=texts,
    )


def _subtitle(data: Metadata, texts: Sequence[str], shown: str) -> str | None:
    """Return the description that the page shows to its readers and that is not in the text; else None."""
    if not shown or not data.descriptions:
        return None
    whole, title = key_of(" ".join(texts)), key_of(data.title or "")
    page = ""
    for text in data.descriptions:
        key = key_of(text.rstrip(_CUT_OFF))
        if not key or len(text) > _LONGEST_SUBTITLE or text.rstrip().endswith(("...", "…")) or key in title + whole:
            continue
        page = page or key_of(shown)
        if key in page:
            return text
    return None


def _headlines(listed: Iterable[Listed], source: Source, language: str | None) -> Iterator[Headline]:
    positions: Counter[str] = Counter()
    for number, item in enumerate(listed, 1):
        positions[item.list] += 1
        text, tags = split_tags(clean(item.raw))
        subtitle, more = split_tags(item.subtitle) if item.subtitle else (None, ())
        yield Headline(
            text=text,
            raw=item.raw,
            source=source,
            list=item.list,
            position=positions[item.list],
            line=number,
            subtitle=subtitle or None,
            tags=tuple(dict.fromkeys((*tags, *more))),
            published=item.published,
            url=item.url,
            language=language,
        )
