"""Text dumps of news pages: an article, and the lists of headlines around it.

The reader knows a family of pages, not one: a title, perhaps a subtitle, a date (with a section or a byline, above
or below the title), paragraphs, and any number of lists of headlines whose dates stand after, before or in the
line of each item, or nowhere. Every line that is not blank is accounted for.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from newsmine.loading.blocks import split_blocks
from newsmine.loading.decode import decode, not_in
from newsmine.loading.glue import unglue
from newsmine.loading.header import Header, read_header
from newsmine.loading.inputs import TOO_LARGE, Input
from newsmine.loading.items import Block, read_items
from newsmine.loading.lines import Line, evident_dayfirst, read_lines
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.loading.sniff import EMPTY, Head, Told
from newsmine.records import Article, Headline, Page, Skipped, Source, content_id
from newsmine.tags import split_tags


def tell(head: Head, options: Options) -> Told | None:
    """Return "text" for whatever is text."""
    if head.binary or not head.data.strip():
        return None
    return Told("text", "text, and none of the other formats")


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the page that a text dump holds, or why it was skipped."""
    data = item.whole()
    if data is None:
        yield Skipped(item.path, *TOO_LARGE)
        return
    try:
        text, used = decode(data, options.encoding)
    except UnicodeError:
        yield Skipped(item.path, *not_in(options.encoding))
        return
    source = Source(item.path, publisher_of(item.path), hashlib.sha256(data).hexdigest())
    page = read_text(text, source, encoding=used, size=len(data), dayfirst=options.dayfirst, as_of=options.as_of)
    yield page if page.lines else Skipped(item.path, *EMPTY)


def read_text(
    text: str,
    source: Source,
    *,
    encoding: str = "utf-8",
    size: int = 0,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
) -> Page:
    """Return the page that a text dump holds: at most one article, the listed headlines, and the furniture.

    `dayfirst` settles 05/03/2024; `as_of`, the moment the page was read, settles "3 hours ago".
    """
    if dayfirst is None:
        dayfirst = evident_dayfirst(text)
    top, blocks = split_blocks(read_lines(text, dayfirst=dayfirst, as_of=as_of), dayfirst=dayfirst)
    header = read_header(top, dayfirst=dayfirst)
    paragraphs, furniture = _body(header)
    if host := host_of(header.url):
        source = replace(source, publisher=host)
    article = _article(header, paragraphs, source)
    used = [*header.used, *paragraphs]
    if article is None:
        furniture, used = [*furniture, *used], []
    for block in blocks:
        read_items(block, dayfirst=dayfirst)
        furniture += block.furniture
    return Page(
        source=source,
        reader="text",
        encoding=encoding,
        size=size,
        articles=(article,) if article else (),
        headlines=tuple(unglue(list(_headlines(blocks, source)))),
        furniture=tuple(sorted(_single_lines(furniture))),
        body_lines=sum(line.count for line in used),
        item_lines=sum(item.lines for block in blocks for item in block.items),
    )


def _body(header: Header) -> tuple[list[Line], list[Line]]:
    """Return the paragraphs, and the furniture of the article's part of the page."""
    paragraphs: list[Line] = []
    furniture = list(header.furniture)
    for line in header.body:
        is_furniture = line.is_furniture or line.is_url or line.stamp or line.is_tag
        (furniture if is_furniture else paragraphs).append(line)
    return paragraphs, furniture


def _article(header: Header, paragraphs: Sequence[Line], source: Source) -> Article | None:
    texts = tuple(line.text for line in paragraphs)
    has_head = header.title and (header.published or texts)
    if not has_head and not any(line.words >= 3 for line in paragraphs):
        return None
    title = split_tags(header.title)[0] or header.title if header.title else None
    published = header.published.iso if header.published else None
    return Article(
        id=content_id("article", source.publisher, title, header.subtitle, published, texts),
        source=source,
        title=title,
        subtitle=header.subtitle,
        section=header.section,
        authors=header.authors,
        published=header.published,
        url=header.url,
        paragraphs=texts,
        line=header.line if title else paragraphs[0].number,
    )


def _headlines(blocks: Iterable[Block], source: Source) -> Iterator[Headline]:
    positions: Counter[str] = Counter()
    for block in blocks:
        for item in block.items:
            positions[block.name] += 1
            text, tags = split_tags(item.headline.text)
            subtitle, more = split_tags(item.subtitle.text) if item.subtitle else (None, ())
            alone = (tag for line in item.tags for tag in split_tags(line)[1])
            yield Headline(
                text=text,
                raw=item.headline.raw.strip(),
                source=source,
                list=block.name,
                position=positions[block.name],
                line=item.headline.number,
                subtitle=subtitle or None,
                tags=tuple(dict.fromkeys((*tags, *more, *alone))),
                published=item.stamp,
                url=item.url,
            )


def _single_lines(lines: Iterable[Line]) -> Iterator[tuple[int, str]]:
    for line in lines:
        for offset, raw in enumerate(line.raw.split("\n")):
            yield line.number + offset, raw.strip()
