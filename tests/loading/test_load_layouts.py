import textwrap
from datetime import datetime

import pytest
from load_layouts import ARTICLE, BODY, TITLE, furniture, read, rows

from newsmine.records import Article, Page

BRIDGE = "Ferry company to cut fares in autumn"
SCHOOL = "School roof in Ostrava repaired at last"
MUSEUM = "Museum finds lost map of the islands"
ORCHARD = "Apple growers expect record harvest"
FOUR = (BRIDGE, SCHOOL, MUSEUM, ORCHARD)


def _article(page: Page) -> Article:
    [article] = page.articles
    return article


def _has_the_article(page: Page) -> None:
    article = _article(page)
    assert (article.title, article.subtitle, article.section) == (TITLE, "Mayor cuts the ribbon", "LOCAL")
    assert article.published is not None
    assert article.published.value == "2024-05-03T10:00"
    assert article.paragraphs == BODY


DATED = [(text, f"2 May 2024 - 1{hour}:30", f"2024-05-02T1{hour}:30") for hour, text in enumerate(FOUR)]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{text}\n\n{date}\n" for text, date, _ in DATED],
        [f"{date}\n\n{text}\n" for text, date, _ in DATED],
        [f"{text}\n{date}\n" for text, date, _ in DATED],
        [f"{date}\n{text}\n" for text, date, _ in DATED],
        [f"{text} - {date}" for text, date, _ in DATED],
        [f"{date} - {text}" for text, date, _ in DATED],
        [f"{text} | {date}\n" for text, date, _ in DATED],
        [f"* {date} {text}" for text, date, _ in DATED],
        [f"{text} ({date})" for text, date, _ in DATED],
        [f"1{hour}:30  {text}" for hour, text in enumerate(FOUR)],
        [f"1{hour}:30\n{text}" for hour, text in enumerate(FOUR)],
        [f"1{hour}:30\n\n{text}\n" for hour, text in enumerate(FOUR)],
        [f"{text}\n\n1{hour}:30\n" for hour, text in enumerate(FOUR)],
    ],
    ids=["after, apart", "before, apart", "after", "before", "line end", "line start", "bar", "bullet", "brackets",
         "day, time in line", "day, time before", "day, time before apart", "day, time after"],
)  # fmt: skip
def test_where_dates_stand(lines: list[str]) -> None:
    heading = "" if "2024" in lines[0] else "2 May 2024\n\n"
    page = read(f"{ARTICLE}\nLatest news\n\n{heading}" + "\n".join(lines))
    _has_the_article(page)
    assert rows(page) == [("Latest news", text, value) for text, _, value in DATED]
    assert furniture(page) == ["Latest news", *([heading.strip()] if heading else [])]


@pytest.mark.parametrize("form", ["1{}:30\n{}", "1{}:30 - {}"])
def test_two_days_with_bare_times(form: str) -> None:
    first, second = (
        "\n".join(form.format(hour, text) for hour, text in enumerate(texts)) for texts in (FOUR[:2], FOUR[2:])
    )
    page = read(f"News feed\n\n2 May 2024\n\n{first}\n\n1 May 2024\n\n{second}\n")
    assert [value for *_, value in rows(page)] == [
        "2024-05-02T10:30",
        "2024-05-02T11:30",
        "2024-05-01T10:30",
        "2024-05-01T11:30",
    ]
    assert [text for _, text, _ in rows(page)] == list(FOUR)


def test_bare_times_under_a_day_that_is_not_settled() -> None:
    page = read(f"News feed\n\n05/03/2024\n\n10:30\n{BRIDGE}\n\n11:30\n{SCHOOL}\n")
    assert rows(page) == [("News feed", BRIDGE, "2024"), ("News feed", SCHOOL, "2024")]


def test_bare_times_under_today() -> None:
    text = f"News feed\n\nToday\n\n10:30\n{BRIDGE}\n\n11:30\n{SCHOOL}\n"
    assert rows(read(text)) == [("News feed", BRIDGE, None), ("News feed", SCHOOL, None)]
    assert rows(read(text, as_of=datetime(2024, 5, 2, 12)))[1] == ("News feed", SCHOOL, "2024-05-02T11:30")


@pytest.mark.parametrize("bullet", ["", "• ", "- ", "1. ", "# "])
def test_undated_list(bullet: str) -> None:
    page = read(ARTICLE + "\nMost read\n\n" + "\n".join(bullet + text for text in FOUR) + "\n")
    _has_the_article(page)
    assert rows(page) == [("Most read", text, None) for text in FOUR]
    assert [h.position for h in page.headlines] == [1, 2, 3, 4]


def _dated_list(name: str, texts: tuple[str, ...] = FOUR) -> str:
    return f"{name}\n\n" + "\n".join(f"{text}\n\n2 May 2024 - 1{hour}:30\n" for hour, text in enumerate(texts))


def test_unknown_list_name_that_sticks_to_the_date_before() -> None:
    first = _dated_list("Read also").rstrip("\n")
    page = read(f"{ARTICLE}\n{first}\n{_dated_list('Voices of the coast')}")
    _has_the_article(page)
    assert [name for name, *_ in rows(page)] == ["Read also"] * 4 + ["Voices of the coast"] * 4


def test_unknown_list_name_between_blank_lines() -> None:
    page = read(f"{ARTICLE}\n\n{_dated_list('Harbour watch')}")
    _has_the_article(page)
    assert rows(page) == [("Harbour watch", text, value) for text, _, value in DATED]


def test_lists_without_names() -> None:
    page = read(ARTICLE + "\n\n" + _dated_list("").lstrip())
    _has_the_article(page)
    assert rows(page) == [("headlines", text, value) for text, _, value in DATED]


def test_lists_only() -> None:
    page = read(_dated_list("Top stories", FOUR[:2]) + "\n" + _dated_list("Most popular", FOUR[2:]))
    assert not page.articles
    assert [name for name, *_ in rows(page)] == ["Top stories"] * 2 + ["Most popular"] * 2


def test_list_before_the_article() -> None:
    page = read(_dated_list("Latest news") + "\n" + ARTICLE)
    _has_the_article(page)
    assert rows(page) == [("Latest news", text, value) for text, _, value in DATED]


def test_the_same_list_twice_counts_on() -> None:
    page = read(ARTICLE + "\n" + _dated_list("Read also", FOUR[:2]) + "\n" + _dated_list("Read also", FOUR[2:]))
    assert [h.position for h in page.headlines] == [1, 2, 3, 4]


HEADS = {
    "no lists": (ARTICLE, TITLE, "Mayor cuts the ribbon", "LOCAL", "2024-05-03T10:00", ()),
    "no date": (f"{TITLE}\n\n" + "\n\n".join(BODY), TITLE, None, None, None, ()),
    "no date, subtitle": (f"{TITLE}\nMayor cuts the ribbon\n\n" + "\n\n".join(BODY),
                          TITLE, "Mayor cuts the ribbon", None, None, ()),
    "no subtitle": (f"{TITLE}\n\n3 May 2024\n\n" + "\n\n".join(BODY), TITLE, None, None, "2024-05-03", ()),
    "byline": (f"{TITLE}\n\nBy Anna Berg and Tom Ito\n\n3 May 2024\n\n" + "\n\n".join(BODY),
               TITLE, None, None, "2024-05-03", ("Anna Berg", "Tom Ito")),
    "byline below the date": (f"{TITLE}\n3 May 2024\nBy Anna Berg\n\n" + "\n\n".join(BODY),
                              TITLE, None, None, "2024-05-03", ("Anna Berg",)),
    "byline beside the date": (f"{TITLE}\n\nBy Anna Berg | 3 May 2024\n\n" + "\n\n".join(BODY),
                               TITLE, None, None, "2024-05-03", ("Anna Berg",)),
    "date above": (f"3 May 2024 - 10:00\n\n{TITLE}\n\n" + "\n\n".join(BODY),
                   TITLE, None, None, "2024-05-03T10:00", ()),
    "section and date above": (f"Local | 3 May 2024\n\n{TITLE}\n\nMayor cuts the ribbon\n\n" + "\n\n".join(BODY),
                               TITLE, None, "Local", "2024-05-03", ()),
    "section line above": (f"LOCAL\n\n{TITLE}\n\n3 May 2024\n\n" + "\n\n".join(BODY),
                           TITLE, None, "LOCAL", "2024-05-03", ()),
    "updated above published": (f"{TITLE}\n\nUpdated: 4 May 2024 - 08:00\nPublished: 3 May 2024 - 10:00\n\n"
                                + "\n\n".join(BODY), TITLE, None, None, "2024-05-03T10:00", ()),
    "published above updated": (f"{TITLE}\n\nPublished 3 May 2024 - 10:00\nUpdated 4 May 2024 - 08:00\n\n"
                                + "\n\n".join(BODY), TITLE, None, None, "2024-05-03T10:00", ()),
    "furniture around": (f"Home\nSearch\n\n{TITLE}\n\nShare\n\n3 May 2024\n\n" + "\n\n".join(BODY) + "\n\nTweet\n",
                         TITLE, None, None, "2024-05-03", ()),
    "hardly a body": (f"{TITLE}\nMayor cuts the ribbon\n\nLOCAL  3 May 2024\n\nMore soon.",
                      TITLE, "Mayor cuts the ribbon", "LOCAL", "2024-05-03", ()),
    "headline with tag": (f"{TITLE} PHOTO\n\n3 May 2024\n\n" + "\n\n".join(BODY), TITLE, None, None, "2024-05-03", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADS)
def test_head_of_an_article(name: str) -> None:
    text, title, subtitle, section, published, authors = HEADS[name]
    page = read(text)
    article = _article(page)
    assert (article.title, article.subtitle, article.section, article.authors) == (title, subtitle, section, authors)
    assert (article.published.value if article.published else None) == published
    if name == "section and date above":
        assert article.paragraphs[-2:] == BODY
    else:
        assert article.paragraphs == (("More soon.",) if name == "hardly a body" else BODY)
    assert not page.headlines


def test_web_address_in_the_head_names_the_publisher() -> None:
    page = read(f"{TITLE}\n\n3 May 2024\n\nhttps://www.ellery-times.example/a/1\n\n" + "\n\n".join(BODY))
    assert _article(page).url == "https://www.ellery-times.example/a/1"
    assert _article(page).source.label == "ellery-times.example"


def test_web_addresses_of_listed_items() -> None:
    page = read(
        f"{ARTICLE}\nRead also\n\n{BRIDGE}\nhttps://a.example/1\n3 May 2024 - 09:00\n\n"
        f"{SCHOOL}\nhttps://a.example/2\n3 May 2024 - 08:00\n\nMost read\n\n{MUSEUM}\nhttps://a.example/3\n{ORCHARD}\n"
    )
    assert [h.url for h in page.headlines] == [
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/3",
        None,
    ]


@pytest.mark.parametrize(
    ("other", "dayfirst", "value"),
    [
        ("05/28/2024", None, "2024-05-03"),
        ("28/05/2024", None, "2024-03-05"),
        ("05/04/2024", None, "2024"),
        ("05/04/2024", True, "2024-03-05"),
        ("05/04/2024", False, "2024-05-03"),
    ],
)
def test_day_and_month_in_numbers(other: str, dayfirst: bool | None, value: str) -> None:
    page = read(f"{ARTICLE}\nRead also\n\n{BRIDGE}\n\n05/03/2024\n\n{SCHOOL}\n\n{other}\n", dayfirst=dayfirst)
    assert rows(page)[0] == ("Read also", BRIDGE, value)


@pytest.mark.parametrize("form", ["{} - {}", "{}\n{}"])
def test_order_of_day_and_month_is_settled_by_any_date_of_the_page(form: str) -> None:
    items = "\n".join(form.format(text, date) for text, date in [(BRIDGE, "05/03/2024"), (SCHOOL, "05/28/2024")])
    assert rows(read(f"{ARTICLE}\nRead also\n\n{items}\n"))[0] == ("Read also", BRIDGE, "2024-05-03")


def test_times_ago() -> None:
    text = f"{ARTICLE}\nLatest news\n\n{BRIDGE}\n\n3 hours ago\n\n{SCHOOL}\n\nYesterday, 19:48\n"
    assert rows(read(text)) == [("Latest news", BRIDGE, None), ("Latest news", SCHOOL, None)]
    assert rows(read(text, as_of=datetime(2024, 5, 3, 12))) == [
        ("Latest news", BRIDGE, "2024-05-03T09"),
        ("Latest news", SCHOOL, "2024-05-02T19:48"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("\n\n", "\n\t\n"),
        lambda text: "".join(f"\t{line}\t\n" for line in text.split("\n")),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", " \u00a0 "),
        lambda text: text.replace("\n\n", "\n\u200b\n"),
        lambda text: text.replace("\n\n", "\n\n\n\n"),
    ],
    ids=["CRLF", "CR", "BOM", "no final newline", "tabs in blank lines", "tabs", "no-break", "mixed spaces",
         "zero width", "double blanks"],
)  # fmt: skip
def test_white_space_means_nothing(change: object) -> None:
    page = read(change(ARTICLE + "\n" + _dated_list("Latest news")))  # type: ignore[operator]
    _has_the_article(page)
    assert rows(page) == [("Latest news", text, value) for text, _, value in DATED]


LONG = "\n\n".join(
    (
        "Harbour bridge opens after ten years of work and three changes of plan by the town council",
        "3 May 2024 - 10:00",
        (
            "The mayor of Port Ellery opened the harbour bridge on Friday morning, a decade after the first stone was "
            "laid by his predecessor in a storm that sank two boats."
        ),
        (
            "Some two thousand people walked across it before the first bus, the police said, and nobody was hurt "
            "although the wind blew hard from the sea for most of the day."
        ),
        (
            "“We have waited long enough,” said the owner of the ferry, who will now sell his boats and open a "
            "restaurant on the island with the money that the county paid him."
        ),
        "Read also",
        "Ferry company to cut fares in autumn as fewer people than ever cross the strait by night-boat in winter",
        "2 May 2024 - 10:30",
        "School roof in Ostrava repaired at last",
        "2 May 2024 - 11:30",
    )
)


@pytest.mark.parametrize("width", [60, 72, 80, 90])
def test_hard_wrapped_page_reads_as_the_unwrapped(width: int) -> None:
    wrapped = "\n".join("\n".join(textwrap.wrap(line, width)) for line in LONG.split("\n"))
    assert wrapped.count("\n") >= LONG.count("\n") + 4
    plain, page = read(LONG), read(wrapped)
    assert _article(page).paragraphs == _article(plain).paragraphs
    assert _article(page).title == _article(plain).title
    assert rows(page) == rows(plain)


def test_list_name_and_item_in_one_line_in_mid_article() -> None:
    page = read(f"{ARTICLE}\nRead also: {BRIDGE}\n\nThe first ship passed under the bridge at noon on Friday.\n")
    assert _article(page).paragraphs == (*BODY, "The first ship passed under the bridge at noon on Friday.")
    assert rows(page) == [("Read also", BRIDGE, None)]


def test_short_box_in_mid_article() -> None:
    more = ("The first ship passed under the bridge at noon on Friday.",
            "It carried apples and timber for the islands, the harbour master said.")  # fmt: skip
    page = read(f"{ARTICLE}\nRead also\n\n{BRIDGE}\n\n{SCHOOL}\n\n" + "\n\n".join(more) + "\n")
    assert _article(page).paragraphs == (*BODY, *more)
    assert rows(page) == [("Read also", BRIDGE, None), ("Read also", SCHOOL, None)]


def test_footer_after_the_last_list() -> None:
    footer = ("Ellery Times is published daily by the Harbour Press of Port Ellery.", "© 2024 Harbour Press")
    page = read(f"{ARTICLE}\n{_dated_list('Latest news')}\nAll news\n\n{footer[0]}\n\n{footer[1]}\n")
    _has_the_article(page)
    assert [text for _, text, _ in rows(page)] == list(FOUR)
    assert furniture(page) == ["Latest news", "All news", *footer]


@pytest.mark.parametrize(
    ("line", "text", "tags"),
    [
        (f"{BRIDGE} PHOTO", BRIDGE, ("PHOTO",)),
        (f"{BRIDGE} VIDEO", BRIDGE, ("VIDEO",)),
        (f"{BRIDGE} [Photo]", BRIDGE, ("PHOTO",)),
        (f"{BRIDGE} (VIDEO)", BRIDGE, ("VIDEO",)),
        (f"{BRIDGE} PHOTO/VIDEO", BRIDGE, ("PHOTO", "VIDEO")),
        (f"{BRIDGE}\n\nPHOTO", BRIDGE, ("PHOTO",)),
        (f"{BRIDGE}\n[Photo, Video]", BRIDGE, ("PHOTO", "VIDEO")),
        ("Ministers clarify position on CSTO", "Ministers clarify position on CSTO", ()),
        ("Sweden hands in papers to NATO", "Sweden hands in papers to NATO", ()),
        ("BAND TO TOUR NORTH AND PLAY LIVE", "BAND TO TOUR NORTH AND PLAY LIVE", ()),
    ],
)
def test_tags_of_an_item(line: str, text: str, tags: tuple[str, ...]) -> None:
    page = read(f"{ARTICLE}\nLatest news\n\n{SCHOOL}\n\n2 May 2024 - 12:00\n\n{line}\n\n2 May 2024 - 10:30\n")
    item = page.headlines[1]
    assert (item.text, item.subtitle, item.tags) == (text, None, tags)
    assert item.published is not None
    assert item.published.value == "2024-05-02T10:30"
    assert furniture(page) == ["Latest news"]


GLUED = "Ferry company to cut fares in autumn Islanders welcome the move"


@pytest.mark.parametrize("tag", ["", " PHOTO"])
@pytest.mark.parametrize("name", ["Latest news\n\n", ""])
def test_glue_with_a_twin(tag: str, name: str) -> None:
    page = read(
        f"{ARTICLE}\nRead also\n\n{GLUED}{tag}\n\n2 May 2024 - 10:30\n\n"
        f"{name}{BRIDGE}{tag}\n\nIslanders welcome the move\n\n2 May 2024 - 10:30\n"
    )
    parts = [(h.text, h.subtitle, h.inferred, h.tags) for h in page.headlines]
    assert parts == [(BRIDGE, "Islanders welcome the move", frozenset(), tuple(tag.split()))] * 2


def test_a_headline_under_another_time_is_no_twin() -> None:
    page = read(
        f"{ARTICLE}\nRead also\n\n{GLUED}\n\n2 May 2024 - 10:30\n\n"
        f"Latest news\n\n{BRIDGE}\n\nIslanders welcome the move\n\n1 May 2024 - 10:30\n"
    )
    assert page.headlines[0].text == GLUED


def test_glue_without_a_twin_is_inferred() -> None:
    glued = (
        "Ferry company to cut fares for islanders in autumn after years of protest and boycott "
        "Passengers welcome the move with caution"
    )
    page = read(f"{ARTICLE}\nRead also\n\n{glued}\n\n2 May 2024 - 10:30\n")
    [item] = page.headlines
    assert item.subtitle == "Passengers welcome the move with caution"
    assert item.inferred == {"subtitle"}
    assert item.raw == glued


@pytest.mark.parametrize(
    "headline",
    [
        "Prime minister thanks rescuers from Norway and praises Captain Berg for saving eleven fishermen in the storm",
        "Court in the capital tells Ellery Ferries to pay back fares that islanders paid in Holm during the strike",
        "Scientists from five universities find that seals near Ostrava eat twice as much herring as was once thought",
        "Thousands march through the old town as Parliament debates a bill that would close all schools on the islands",
        "Foreign minister of the island republic meets Swedish counterpart to discuss fishing rights and ferry routes",
    ],
)
def test_long_headlines_with_names_in_the_middle_stay_whole(headline: str) -> None:
    page = read(f"{ARTICLE}\nRead also\n\n{headline}\n\n2 May 2024 - 10:30\n\n{SCHOOL}\n\n2 May 2024 - 09:30\n")
    assert [(h.text, h.subtitle) for h in page.headlines] == [(headline, None), (SCHOOL, None)]


def test_headlines_one_per_line() -> None:
    page = read("\n".join(FOUR) + "\n")
    assert not page.articles
    assert rows(page) == [("headlines", text, None) for text in FOUR]


def test_a_single_sentence() -> None:
    page = read("The mayor of Port Ellery opened the harbour bridge on Friday.")
    assert _article(page).paragraphs == ("The mayor of Port Ellery opened the harbour bridge on Friday.",)
    assert _article(page).title is None


@pytest.mark.parametrize("text", ["", "\n\n", "Hello", "3 May 2024", "Read also", "PHOTO", "---", "https://a.example/"])
def test_next_to_nothing(text: str) -> None:
    page = read(text)
    assert not page.articles
    assert not page.headlines


def test_dump_cut_off_in_mid_item() -> None:
    text = ARTICLE + "\n" + _dated_list("Latest news")
    page = read(text[: text.index(ORCHARD) + 30])
    _has_the_article(page)
    assert rows(page)[:3] == [("Latest news", text, value) for text, _, value in DATED[:3]]
    assert rows(page)[3:] == [("Latest news", ORCHARD[:30], None)]


def test_every_cut_is_survived() -> None:
    text = ARTICLE + "\n" + _dated_list("Latest news")
    for end in range(len(text)):
        read(text[:end])


PROSE = [
    "Share prices rose by two per cent on Friday",
    "Share prices rose by two per cent on Friday.",
    "Home sales fell in May.",
    "Search for survivors continues in Turkey",
    "Join our ranks, says PM",
    "More than 100 killed in blast",
    "More in common than thought",
    "More money for schools news",
    "Latest on the Gaza talks",
    "Latest storm kills nine",
    "Top story of the year",
    "Related charges were dropped",
    "Recommended retail prices rise",
    "Trending down again",
    "Most popular mayor resigns",
    "Most recent poll shows a tie",
    "Join us or lose, says minister",
    "Follow the money on Wall Street",
    "Contact lost with fishing boat off Ellery",
    "Print unions call a strike",
    "Terms of the truce are not known",
    "Terms and dates of the talks are open",
    "Privacy law passed by parliament",
    "Cookie maker Berg to close two plants",
    "Download speeds on the islands appall users",
    "Go to jail, judge tells driver",
    "See all sides, bishop asks the faithful",
    "Sign up or ship out, navy tells recruits",
    "Find us a new coach, fans demand",
    "Like us, they want peace",
    "Back to school for island children",
    "View all options, adviser tells king",
    "See more clearly with new glasses",
    "Show more respect, coach tells players",
    "Load more cargo, captains are told",
    "Subscribe to the truce, rebels are told",
    "Listen to the islands, minister asks",
    "When using force, police must warn first",
    "In case of use of gas, masks are ready",
    "Reproduction of seals slows in warm water",
    "Advertise less, doctors tell bakers",
    "Minister has no comments",
    "Police officer comments",
    "Two ministers exchange views",
    "Skip to my door, says dancing postman",
    "Channel crossing follows a storm",
    "Copyright law passed by parliament",
]


@pytest.mark.parametrize("line", PROSE)
def test_news_that_looks_like_furniture_is_kept(line: str) -> None:
    body = read(f"{ARTICLE}\n{line}\n\nThe first ship passed under the bridge at noon on Friday.\n")
    assert _article(body).paragraphs[2] == line
    title = read(f"{line}\n\n3 May 2024\n\n" + "\n\n".join(BODY))
    assert _article(title).title == line
    listed = read(f"{ARTICLE}\nRead also\n\n{SCHOOL}\n\n2 May 2024 - 10:30\n\n{line}\n\n2 May 2024 - 10:20\n\n"
                  f"{MUSEUM}\n\n2 May 2024 - 10:10\n")  # fmt: skip
    assert [text for _, text, _ in rows(listed)] == [SCHOOL, line, MUSEUM]


FURNITURE = [
    "Subscribe to our Telegram channel",
    "Subscribe to our newsletter",
    "Follow us on Facebook",
    "Follow @ellerytimes on X",
    "Follow Ellery Times on Telegram",
    "Join us on WhatsApp",
    "Join our Telegram channel",
    "Like us on Facebook",
    "Find us on Instagram",
    "Sign up for our newsletter",
    "Sign up to our daily briefing",
    "View all",
    "View all news",
    "See all stories",
    "Show more news",
    "Load more articles",
    "Back to top",
    "Back to home page",
    "Share this article",
    "Share on Facebook",
    "Print this page",
    "12 comments",
    "No comments",
    "5 min read",
    "1,204 views",
    "Views: 1204",
    "Reading time: 3 minutes",
    "Story continues below advertisement",
    "Skip to main content",
    "Go to homepage",
    "Tags: bridge, harbour",
    "© 2024 Harbour Press",
    "Copyright 2024 Harbour Press",
    "All rights reserved",
    "All rights reserved.",
    "© Harbour Press. All rights reserved.",
    "Terms of use",
    "Terms of service",
    "Terms and conditions",
    "Privacy policy",
    "Cookie policy",
    "Cookies settings",
    "Contact us",
    "Advertise with us",
    "Download our app",
    "Photo: Anna Berg",
    "Photo by Anna Berg",
    "Image credit: Anna Berg",
    "Listen to this article",
    "Source: Harbour Press",
    "Подписывайтесь на наш канал",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture(line: str) -> None:
    page = read(f"{ARTICLE}\n{line}\n\nThe first ship passed under the bridge at noon on Friday.\n")
    assert furniture(page) == [line]
    assert len(_article(page).paragraphs) == 3


@pytest.mark.parametrize(
    "name",
    ["Read also", "READ ALSO:", "Latest news", "Latest from Europe", "Latest in Politics", "Related stories",
     "Most read", "Most popular in Sport", "Recommended for you", "Trending now", "Trending in Ellery",
     "More from Ellery Times",
     "More in Politics", "More on this story", "More Sport news", "Editor’s picks",
     "Читайте также", "Son xəbərlər"],
)  # fmt: skip
def test_names_of_lists(name: str) -> None:
    page = read(f"{ARTICLE}\n{name}\n\n{BRIDGE}\n{SCHOOL}\n{MUSEUM}\n")
    assert rows(page) == [(name.rstrip(":"), text, None) for text in FOUR[:3]]
    _has_the_article(page)
