"""Text dumps of news pages: an article, and the lists of headlines around it.

The reader knows a family of pages, not one: a title, perhaps a subtitle, a date (with a section or a byline, above
or below the title), paragraphs, and any number of lists of headlines whose dates stand after, before or in the
line of each item, or nowhere. Every line that is not blank is accounted for.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from newsmine.loading.blocks import split_blocks
from newsmine.loading.dump import find_lists
from newsmine.loading.glue import unglue
from newsmine.loading.header import Header, read_header
from newsmine.loading.inputs import Input
from newsmine.loading.items import Block, read_items
from newsmine.loading.lines import Line, evident_dayfirst, read_lines, split_lines, unrolled, usual_dayfirst
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.loading.rows import Row, has_chrome, read_rows
from newsmine.loading.several import Part, split_articles, split_by_heads
from newsmine.loading.sniff import EMPTY, Head, Told
from newsmine.loading.story import Story, find_story
from newsmine.loading.whole import read_whole
from newsmine.records import Article, Headline, Page, Skipped, Source, content_id
from newsmine.tags import split_tags
from newsmine.text import clean

MAX_TEXT = 64 * 2**20
_TOO_LARGE = ("too-large", f"the limit of a text is {MAX_TEXT // 2**20} MiB: split the file")


def tell(head: Head, options: Options) -> Told | None:
    """Return "text" for whatever is text."""
    if head.binary or not head.data.strip():
        return None
    return Told("text", "text, and none of the other formats")


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the page that a text dump holds, or why it was skipped."""
    found = read_whole(item, options)
    if isinstance(found, Skipped):
        yield found
        return
    if len(found.data) > MAX_TEXT:
        yield Skipped(item.path, *_TOO_LARGE)
        return
    source = Source(item.path, publisher_of(item.path), hashlib.sha256(found.data).hexdigest())
    page = read_text(
        found.text,
        source,
        encoding=found.encoding,
        size=len(found.data),
        dayfirst=options.dayfirst,
        as_of=options.as_of,
    )
    yield page if page.lines else Skipped(item.path, *EMPTY)


@dataclass(slots=True)
class _Reading:
    """What was read: articles, lists, the lines of neither, and the number of lines that articles take."""

    articles: list[Article] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    furniture: list[Line | Row] = field(default_factory=list)
    body_lines: int = 0


def read_text(
    text: str,
    source: Source,
    *,
    encoding: str = "utf-8",
    size: int = 0,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
) -> Page:
    """Return the page that a text dump holds: its article or articles, the listed headlines, and the furniture.

    `dayfirst` settles 05/03/2024; `as_of`, the moment the page was read, settles "3 hours ago".
    """
    if dayfirst is None:
        dayfirst = evident_dayfirst(text)
    reading = _Reading()
    parts = split_articles(text)
    for part in parts:
        _read_part(reading, part, source, dayfirst=dayfirst, as_of=as_of)
    furniture = [*_single_lines(reading.furniture), *(_between(text, parts) if len(parts) > 1 else ())]
    return Page(
        source=source,
        reader="text",
        encoding=encoding,
        size=size,
        articles=tuple(reading.articles),
        headlines=tuple(unglue(list(_headlines(reading.blocks, _of_page(source, reading))))),
        furniture=tuple(sorted(furniture)),
        body_lines=reading.body_lines,
        item_lines=sum(item.lines for block in reading.blocks for item in block.items),
    )


def _of_page(source: Source, reading: _Reading) -> Source:
    """Return the source of the lists: that of the only article, whose address may have told the publisher."""
    return reading.articles[0].source if len(reading.articles) == 1 else source


def _between(text: str, parts: Sequence[Part]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are in no part, the rules between articles."""
    taken = {number for part in parts for number in range(part.first, part.first + part.lines)}
    for number, line in enumerate(split_lines(text), start=1):
        if number not in taken and clean(line):
            yield number, line.strip()


def _read_part(reading: _Reading, part: Part, source: Source, *, dayfirst: bool | None, as_of: datetime | None) -> None:
    rows = read_rows(part.text, part.first)
    if has_chrome(rows):
        order = usual_dayfirst(part.text) if dayfirst is None else dayfirst
        if story := find_story(rows, dayfirst=order):
            _read_with_menus(reading, rows, story, source, dayfirst=order, as_of=as_of)
            return
    for piece in split_by_heads(rows, part):
        _read_plain(reading, piece, source, dayfirst=dayfirst, as_of=as_of)


def _read_plain(
    reading: _Reading, part: Part, source: Source, *, dayfirst: bool | None, as_of: datetime | None
) -> None:
    lines = read_lines(part.text, part.first, dayfirst=dayfirst, as_of=as_of)
    top, blocks = split_blocks(unrolled(lines, dayfirst=dayfirst), dayfirst=dayfirst)
    header = read_header(top, dayfirst=dayfirst)
    paragraphs, furniture = _body(header)
    if host := host_of(header.url):
        source = replace(source, publisher=host)
    article = _article(header, paragraphs, source)
    used = [*header.used, *paragraphs]
    if article is None:
        furniture = [*furniture, *used]
    else:
        reading.articles.append(article)
        reading.body_lines += sum(line.count for line in used)
    reading.furniture += furniture
    _take_lists(reading, blocks, dayfirst)


def _read_with_menus(
    reading: _Reading,
    rows: Sequence[Row],
    story: Story,
    source: Source,
    *,
    dayfirst: bool | None,
    as_of: datetime | None,
) -> None:
    blocks, rest = find_lists(rows, story, dayfirst=dayfirst, as_of=as_of)
    reading.articles.append(_told(story, source))
    reading.body_lines += sum(row.count for row in story.used)
    reading.furniture += rest
    _take_lists(reading, blocks, dayfirst)


def _take_lists(reading: _Reading, blocks: Iterable[Block], dayfirst: bool | None) -> None:
    for block in blocks:
        read_items(block, dayfirst=dayfirst)
        reading.furniture += block.furniture
        reading.blocks.append(block)


def _told(story: Story, source: Source) -> Article:
    """Return the article that was found on a page with menus."""
    texts = tuple(row.text for row in story.paragraphs)
    title = (split_tags(story.title.text)[0] or story.title.text) if story.title else None
    subtitle = story.subtitle.text if story.subtitle else None
    published = story.published.iso if story.published else None
    return Article(
        id=content_id("article", source.publisher, title, subtitle, published, texts),
        source=source,
        title=title,
        subtitle=subtitle,
        authors=story.authors,
        published=story.published,
        paragraphs=texts,
        line=(story.title or story.paragraphs[0]).number,
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


def _single_lines(lines: Iterable[Line | Row]) -> Iterator[tuple[int, str]]:
    for line in lines:
        raw = line.raw
        if "\n" not in raw:
            yield line.number, raw.strip()
        else:
            yield from enumerate(map(str.strip, raw.split("\n")), line.number)
