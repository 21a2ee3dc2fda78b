"""What the readers make of a text or of bytes that stand in a file."""

from pathlib import Path
from typing import Any

from newsmine.loading import pages
from newsmine.records import Article, Headline, Page, Skipped


class Loaded:
    """The pages of a file, its articles, its headlines, and the reasons for what was skipped, by place."""

    def __init__(self, folder: Path, data: str | bytes, **options: Any) -> None:
        path = folder / "file.txt"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        self.found: list[Page | Skipped] = list(pages([path], **options))
        self.pages = [item for item in self.found if isinstance(item, Page)]
        skipped = [item for item in self.found if isinstance(item, Skipped)]
        assert all(item.hint and len(item.hint) < 250 for item in skipped)
        self.skipped = [(item.source.removeprefix(str(path)), item.reason) for item in skipped]
        self.hints = [item.hint for item in skipped]
        self.readers = {page.reader for page in self.pages}
        assert all(page.source.digest and page.lines for page in self.pages)
        assert len({page.source.digest for page in self.pages}) == len(self.pages)
        for page in self.pages:
            assert page.reader == "text" or (page.body_lines, page.item_lines) == (
                len(page.articles),
                len(page.headlines),
            )

    @property
    def articles(self) -> list[Article]:
        return [article for page in self.pages for article in page.articles]

    @property
    def headlines(self) -> list[Headline]:
        return [headline for page in self.pages for headline in page.headlines]


def read(path: Path, data: bytes) -> list[Page | Skipped]:
    path.write_bytes(data)
    return list(pages([path]))


def article(path: Path, data: bytes) -> Article:
    [page] = read(path, data)
    assert isinstance(page, Page), page
    [found] = page.articles
    return found


def reason(path: Path, data: bytes) -> str:
    [skipped] = read(path, data)
    assert isinstance(skipped, Skipped), skipped
    return skipped.reason
