"""The title of a document that shows by its look which line it is, where the lines alone do not tell."""

from dataclasses import replace

from newsmine.records import Article, content_id


def titled(article: Article, title: str | None) -> Article:
    """Return the article with that title if it is among the article's lines; the title that was is then a paragraph."""
    if not title or article.title == title or title not in (article.subtitle, *article.paragraphs):
        return article
    paragraphs = list(article.paragraphs)
    if title in paragraphs:
        paragraphs.remove(title)
    if article.title:
        paragraphs.insert(0, article.title)
    subtitle = None if article.subtitle == title else article.subtitle
    moment = article.published.iso if article.published else None
    return replace(
        article,
        id=content_id("article", article.source.publisher, title, subtitle, moment, tuple(paragraphs)),
        title=title,
        subtitle=subtitle,
        paragraphs=tuple(paragraphs),
    )
