"""Pages with their menus: which line is the title, where others could be it too."""

import pytest
from load_layouts import BODY, TITLE, read

from newsmine.records import Article, Page

MENU = "\n".join(
    f"    * {word}" for word in ("Home", "News", "Politics", "Sport", "Weather", "Culture", "Islands", "Jobs")
)
LEAD = "Mayor opens the harbour bridge and the ferries to the islands will stop next month"
CAPTION = "The harbour bridge was opened by the mayor of the town. Photo: Anna Berg/AFP"
CONSENT = "\n\n".join(
    f"The cookie {name} is kept for a year and tells us which pages of our site you have opened, and how often you did."
    for name in ("_aa", "_bb", "_cc", "_dd", "_ee", "_ff", "_gg", "_hh", "_ii", "_jj", "_kk", "_ll")
)


def _article(page: Page) -> Article:
    [article] = page.articles
    return article


def _page(*parts: str, body: tuple[str, ...] = BODY) -> str:
    return "\n\n".join([MENU, *parts, *body]) + "\n"


@pytest.mark.parametrize(
    "above",
    [
        (TITLE, LEAD, "3 May 2024"),
        (TITLE, LEAD, "03.05.24"),
        (TITLE, CAPTION),
        (TITLE, LEAD, "    * \n    * \n    * \n    News", "Anna Berg", "3 May 2024, 10:00"),
        ("3 May 2024", TITLE, LEAD),
    ],
    ids=["lead", "short year", "caption", "empty bullets", "date above"],
)
def test_the_title_stands_above_the_lead(above: tuple[str, ...]) -> None:
    assert _article(read(_page(*above))).title == TITLE


def test_a_date_is_no_title() -> None:
    article = _article(read(_page("Bridge opens", "3 May 2024, 10:00 | Reading time: 1 minute")))
    assert article.title == "Bridge opens"


@pytest.mark.parametrize("place", ["above", "below"])
def test_a_dialog_about_cookies_is_not_the_article(place: str) -> None:
    parts = [f"# {TITLE}", "3 May 2024", *BODY]
    texts = [MENU, CONSENT, *parts] if place == "above" else [MENU, *parts, "Accept all", CONSENT]
    article = _article(read("\n\n".join(texts)))
    assert article.title == TITLE
    assert article.paragraphs[0] == BODY[0]
    assert not any("cookie" in paragraph for paragraph in article.paragraphs)


def test_an_article_about_cookies_is_one() -> None:
    texts = [MENU, f"# {TITLE}", "3 May 2024", *(text.replace("bridge", "cookie") for text in BODY)]
    assert len(_article(read("\n\n".join(texts))).paragraphs) == len(BODY)
