"""Pages with their menus, as converters turn them to text: invented ones, in the shapes of several converters."""

import textwrap
from datetime import datetime

import pytest
from load_layouts import BODY, TITLE, furniture, read, rows

from newsmine.records import Article, Page

MENU = ("Home", "News", "Politics", "Sport", "Weather", "Culture", "Islands", "Puzzles", "Podcasts", "Sign in")
FOOT = ("About us", "Contact", "Privacy policy", "Terms of use", "Jobs", "Archive")
LEAD = "Ferries to stop at the end of the month"
MORE = (
    "“We have waited long enough,” said the owner of the ferry, who will now sell his boats and open a restaurant.",
    "The bridge cost the county ninety million crowns, twice as much as the council had promised when work began.",
)
LISTED = (
    "Ferry company to cut fares in autumn",
    "School roof in Ostrava repaired at last",
    "Museum finds lost map of the islands",
)


def bullets(texts: tuple[str, ...]) -> str:
    return "\n".join(f"    * {text}" for text in texts)


def html2text(date: str = "3 May 2024, 10:00", *, top: str = "", inside: str = "", below: str = "") -> str:
    """Return a page as html2text writes it: headings with marks, bullets, blank lines between."""
    pieces = [
        bullets(MENU),
        top,
        f"# {TITLE}",
        LEAD,
        "By Anna Berg",
        date,
        *BODY,
        inside,
        *MORE,
        below,
        "### Read also",
    ]
    return "\n\n".join([*(piece for piece in pieces if piece), bullets(LISTED), bullets(FOOT)]) + "\n"


def inscriptis(date: str = "3 May 2024, 10:00", *, top: str = "", inside: str = "") -> str:
    """Return a page as inscriptis writes it: no marks of headings, all indented by the depth of its element."""
    menu = "\n".join(f"      + {text}" if i % 3 else f"    * {text}" for i, text in enumerate(MENU))
    pieces = [top, TITLE, LEAD, f"By Anna Berg\n{date}", *BODY, inside, *MORE]
    text = "\n\n".join(textwrap.indent(piece, "        ") for piece in pieces if piece)
    return f"{menu}\n\n{text}\n\n      Read also\n" + "\n".join(f"        * {item}" for item in LISTED + FOOT) + "\n"


def _article(page: Page) -> Article:
    [article] = page.articles
    return article


def _day(text: str, *, as_of: datetime | None = None) -> str | None:
    published = _article(read(text, as_of=as_of)).published
    return published.value[:10] if published and published.value and len(published.value) >= 10 else None


@pytest.mark.parametrize("page", [html2text(), inscriptis()], ids=["html2text", "inscriptis"])
def test_a_page_with_its_menus(page: str) -> None:
    read_page = read(page)
    article = _article(read_page)
    assert (article.title, article.subtitle, article.authors) == (TITLE, LEAD, ("Anna Berg",))
    assert article.published is not None
    assert article.published.value == "2024-05-03T10:00"
    assert article.paragraphs == BODY + MORE
    assert set(MENU) <= {text.lstrip("*+ ") for text in furniture(read_page)}
    assert [row for row in rows(read_page) if row[1] in LISTED] == [("Read also", text, None) for text in LISTED]


def test_marks_of_markdown_are_no_text() -> None:
    marked = (
        "The **mayor** opened the [harbour bridge](https://a.example/bridge) on _Friday_ morning, a decade after the "
        "first stone was laid.![A bridge](b.jpg)"
    )
    assert _article(read(html2text(inside=marked))).paragraphs[2] == (
        "The mayor opened the harbour bridge on Friday morning, a decade after the first stone was laid."
    )


def test_lines_that_are_only_links_are_no_text() -> None:
    linked = "[Ten things that the builders of the bridge never told the council of Port Ellery.](https://a.example/1)"
    page = read(html2text(inside=linked))
    assert _article(page).paragraphs == BODY + MORE
    assert linked in furniture(page)


@pytest.mark.parametrize("width", [70, 78])
def test_hard_wrapped_dump(width: int) -> None:
    wrapped = "\n".join("\n".join(textwrap.wrap(line, width) or [""]) for line in html2text().split("\n"))
    assert max(map(len, wrapped.split("\n"))) <= width
    assert _article(read(wrapped)).paragraphs == BODY + MORE


@pytest.mark.parametrize(
    "aside",
    [
        "Photo: Anna Berg",
        "The bridge on Friday. Anna Berg/Harbour Press",
        "The new bridge seen from the old pier, with the last ferry in front of it. (AP Photo/Anna Berg)",
        "Advertisement",
        "Sign up for our newsletter and read the best stories of the week before all others do.",
        "We use cookies and hand data to others; see our privacy policy to learn what we do with them.",
        "Mit dem Klick sind Sie einverstanden, dass Ihnen externe Inhalte angezeigt werden und Daten fließen.",
        "    * Share\n    * Tweet\n    * Copy link",
    ],
)
@pytest.mark.parametrize("form", [html2text, inscriptis])
def test_asides_are_furniture(aside: str, form: object) -> None:
    page = read(form(inside=aside))  # type: ignore[operator]
    assert _article(page).paragraphs == BODY + MORE
    assert aside.split("\n")[-1].strip() in furniture(page)


@pytest.mark.parametrize(
    "inside",
    [
        "What the ferrymen say",
        "Will the bridge last?",
        "The council has banned cookies made with palm oil from all school kitchens on the islands.",
        "The privacy policy of the county was debated for nine hours before the vote on the bridge.",
    ],
)
def test_what_belongs_to_the_body_stays(inside: str) -> None:
    for form in (html2text, inscriptis):
        assert inside in _article(read(form(inside=inside))).paragraphs


def test_points_that_a_sentence_announces_are_text() -> None:
    points = "The council has asked the builders for three things in return:\n\n" + bullets(
        ("Two lanes for bicycles", "A footpath on the side of the sea", "Lamps that do not blind the seals")
    )
    assert len(_article(read(html2text(inside=points))).paragraphs) == len(BODY + MORE) + 4


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Published 3 May 2024 | Updated 5 May 2024", "2024-05-03"),
        ("Updated 5 May 2024 | Published 3 May 2024", "2024-05-03"),
        ("Updated: 5 May 2024\n\nPublished: 3 May 2024", "2024-05-03"),
        ("3 May 2024\n\nLast updated: 5 May 2024", "2024-05-03"),
        ("05/13/2024", "2024-05-13"),
        ("3. Mai 2024", "2024-05-03"),
        ("03.05.24 | 14:07", "2024-05-03"),
        ("05/03/2024", None),
        ("10:31", None),
        ("3 hours ago", None),
        ("May 3", None),
    ],
)
def test_day_of_the_article(date: str, day: str | None) -> None:
    assert _day(html2text(date)) == day


@pytest.mark.parametrize("form", [html2text, inscriptis])
def test_the_day_of_the_visit_is_not_that_of_the_article(form: object) -> None:
    assert _day(form(top="Saturday, 11 May 2024")) == "2024-05-03"  # type: ignore[operator]


def test_days_in_captions_and_sentences_are_not_that_of_the_article() -> None:
    caption = "The old pier on 17 April 2019. (AP Photo/Anna Berg)"
    sentence = "The first stone was laid on 4 June 2014 by a mayor who has since moved to the mainland."
    assert _day(html2text("Harbour", inside=caption)) is None
    assert _day(html2text("Harbour", inside=sentence)) is None


def test_a_date_below_the_body() -> None:
    assert _day(html2text("Harbour", below="Date 3 May 2024")) == "2024-05-03"


DATES_OF_LANGUAGES = ("03/05/2024", "03.05.2024")


@pytest.mark.parametrize("date", DATES_OF_LANGUAGES)
def test_where_a_language_puts_the_day_first(date: str) -> None:
    body = (
        "Le maire de Port Ellery a inauguré le pont vendredi matin, dix ans après la pose de la première pierre.",
        "Deux mille personnes ont traversé le pont avant le premier bus, selon la police de la ville et du port.",
        "Le pont a coûté deux fois plus cher que prévu, et le propriétaire du bac vend maintenant ses bateaux.",
    )
    page = "\n\n".join([bullets(MENU), "# Le pont du port ouvre après dix ans de travaux", date, *body, bullets(FOOT)])
    assert _day(page) == "2024-05-03"


SCRIPTS = {
    "zh": (
        "港口大桥历经十年施工终于通车",
        "埃勒里港市长星期五上午为港口大桥剪彩，距离奠基已经过去整整十年，市民冒雨前来观看通车仪式。",
        "警方表示，约有两千人在第一班公共汽车之前步行穿过大桥，尽管当天海风很大，但没有人受伤。",
    ),
    "hi": (
        "दस साल के काम के बाद बंदरगाह का पुल खुला",
        "पोर्ट एलरी के महापौर ने शुक्रवार सुबह बंदरगाह के पुल का उद्घाटन किया।",
        "पुलिस ने कहा कि पहली बस से पहले करीब दो हज़ार लोग पुल के पार पैदल गए।",
    ),
    "ar": (
        "افتتاح جسر الميناء بعد عشر سنوات من العمل",
        "افتتح رئيس بلدية بورت إليري جسر الميناء صباح الجمعة بعد عشر سنوات.",
        "وقالت الشرطة إن نحو ألفي شخص عبروا الجسر سيرا، فهل يكفي ذلك؟",
    ),
    "ru": (
        "Мост в порту открылся после десяти лет работ",
        "Мэр Порт-Эллери открыл мост в пятницу утром, через десять лет после закладки камня.",
        "По словам полиции, около двух тысяч человек прошли по мосту, никто не пострадал.",
    ),
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_other_scripts(language: str) -> None:
    title, *body = SCRIPTS[language]
    page = "\n\n".join([bullets(MENU), f"# {title}", "2024-05-03", *body, bullets(FOOT)])
    article = _article(read(page))
    assert (article.title, article.paragraphs) == (title, tuple(body))
    assert _day(page) == "2024-05-03"


def story(number: int) -> str:
    return f"Bridge number {number} opens to the public\n{number} May 2024\n\n" + "\n\n".join(BODY + MORE)


@pytest.mark.parametrize("rule", ["\n\n=====\n\n", "\n\n----------\n\n", "\f", "\n\f\n", "\n*******\n"])
def test_several_articles_between_rules(rule: str) -> None:
    page = read(rule.join(map(story, (3, 4, 5))))
    assert [article.title for article in page.articles] == [f"Bridge number {n} opens to the public" for n in (3, 4, 5)]
    assert [article.published.value for article in page.articles if article.published] == [
        f"2024-05-0{number}" for number in (3, 4, 5)
    ]
    assert all(article.paragraphs == BODY + MORE for article in page.articles)
    assert len({article.id for article in page.articles}) == 3


def test_several_articles_one_below_the_other() -> None:
    first, second = ("\n\n".join([f"Bridge number {n} opens to the public\n{n} May 2024", *MORE]) for n in (3, 4))
    page = read(f"{first}\n\n{second}\n")
    assert [article.title for article in page.articles] == [
        "Bridge number 3 opens to the public",
        "Bridge number 4 opens to the public",
    ]
    assert [article.paragraphs for article in page.articles] == [MORE, MORE]


def test_a_rule_within_an_article_parts_nothing() -> None:
    page = read(story(3) + "\n\n-----\n\n" + "\n\n".join(MORE))
    assert len(page.articles) == 1
    underlined = read(f"{TITLE}\n{'=' * len(TITLE)}\n\n3 May 2024\n\n" + "\n\n".join(BODY))
    assert len(underlined.articles) == 1


def test_a_page_on_one_line() -> None:
    body = " ".join((*BODY, *MORE, *BODY, *MORE))
    page = read(f"{TITLE} 3 May 2024 - 10:00 {body}\n")
    article = _article(page)
    assert (article.title, article.paragraphs) == (TITLE, (body,))
    assert article.published is not None
    assert article.published.value == "2024-05-03T10:00"
    assert page.lines == 1
    undated = read(body)
    assert (_article(undated).title, _article(undated).paragraphs) == (None, (body,))
    in_a_sentence = read(f"The bridge was opened. On 3 May 2024 {body}")
    assert _article(in_a_sentence).title is None


def test_menus_without_an_article() -> None:
    page = read(bullets(MENU) + "\n\n" + bullets(FOOT) + "\n")
    assert not page.articles
