"""Pages to fill a corpus with, and a process that loads them: PATH FIRST END, started by a line on stdin."""

import sys

from newsmine.corpus import Corpus
from newsmine.records import Article, Headline, Page, Source, Timestamp, content_id


def page(number: int, *, path: str | None = None, paragraphs: tuple[str, ...] = (), items: int = 200) -> Page:
    """Return a page that differs from that of any other number; every tenth has the same article."""
    source = Source(path or f"pages/{number:05}.txt", "azernews", f"digest-{number}")
    day = Timestamp("28 February 2024", "2024-02-28", "day")
    texts = paragraphs or (f"Paragraph of {number % 10}.", "Another.")
    title = f"Title {number % 10}"
    article = Article(content_id(title, texts), source, title, published=day, paragraphs=texts, line=1)
    headlines = tuple(
        Headline(f"Item {n} of {number}", f"  Item {n} of {number} PHOTO", source, "Latest news", n, 9 + n,
                 tags=("PHOTO",), published=day)
        for n in range(1, items + 1)
    )  # fmt: skip
    return Page(source, "text", "utf-8", 1000, (article,), headlines, ((5, "All news"),), 4, items)


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with Corpus(sys.argv[1], create=True) as corpus:
        for number in range(int(sys.argv[2]), int(sys.argv[3])):
            sys.stdout.write(f"{number} {corpus.add(page(number))}\n")
            sys.stdout.flush()
