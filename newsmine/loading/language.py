"""The language of a page. The only importer of py3langid."""

from dataclasses import replace
from functools import cache
from typing import Any

from newsmine.records import Article, Page

_ENOUGH = 1500


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str, *, certainty: float = 0.8) -> str | None:
    """Return the ISO 639-1 code of the language the text is written in, or None if that is not certain.

    Only the first 1,500 characters are looked at.
    """
    if not any(map(str.isalpha, text)):
        return None
    language, probability = _identifier().classify(text[:_ENOUGH])
    return str(language) if probability >= certainty else None


def with_language(page: Page) -> Page:
    """Return the page with the language of its articles and of its listed headlines, each taken as a whole.

    What the source states of a language is kept. A single headline is too short to tell by; the headlines
    of a page share a language.
    """
    articles = tuple(
        article if article.language else replace(article, language=_language_of(article)) for article in page.articles
    )
    if all(headline.language for headline in page.headlines):
        return replace(page, articles=articles)
    listed = detect("\n".join(headline.text for headline in page.headlines))
    headlines = tuple(
        headline if headline.language else replace(headline, language=listed) for headline in page.headlines
    )
    return replace(page, articles=articles, headlines=headlines)


def _language_of(article: Article) -> str | None:
    return detect("\n".join((article.title or "", *article.paragraphs)))
