import gc
import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from newsmine.loading import pages
from newsmine.loading.html import lists as lists_module
from newsmine.loading.html import page as page_module
from newsmine.loading.html.charset import stated_encoding
from newsmine.loading.html.cuts import without_scripts
from newsmine.loading.html.lists import read_lists
from newsmine.loading.html.prose import read_prose
from newsmine.loading.html.signs import Signs
from newsmine.loading.html.structured import read_stated
from newsmine.loading.html.titles import choose_title
from newsmine.loading.markup import paragraphs_of, parse_html, texts_of
from newsmine.records import Article, Headline, Page, Skipped

FIRST = (
    "The mayor of Port Ellery opened the new harbour bridge on Friday morning, ten years after the first stone was "
    "laid and four years later than the town council had promised to its citizens."
)
SECOND = (
    "Hundreds of people walked across it within the first hour, among them the builders, and a band played on the "
    "quay until noon, when the first buses crossed the river on their new route."
)
THIRD = (
    "The bridge cost 48 million crowns, twice as much as was planned, and the council will decide in autumn whether "
    "those who use it have to pay a toll, said the treasurer Ida Holm at the ceremony."
)
BODY = (FIRST, SECOND, THIRD)
TITLE = "Harbour bridge opens after ten years"


def html(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


def story(*paragraphs: str, title: str = TITLE) -> str:
    return f"<article><h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in paragraphs)}</article>"


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def read(text: str | bytes, **options: object) -> Page | Skipped:
        path = tmp_path / "page17"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        [page] = pages([path], **options)  # type: ignore[arg-type]
        return page

    return read


def only(page: Page | Skipped) -> Article:
    assert isinstance(page, Page)
    [article] = page.articles
    return article


def test_an_article_with_json_ld(read) -> None:  # type: ignore[no-untyped-def]
    stated = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Ellery Times"},
            {
                "@type": ["NewsArticle"],
                "headline": "Harbour bridge opens &amp; closes",
                "datePublished": "2024-05-03T10:00:00+02:00",
                "author": [{"@type": "Person", "name": "Ida Holm"}, {"@type": "Person", "name": "Jan Novak"}],
                "articleSection": ["Town", "News"],
                "url": "https://www.ellery.example/town/bridge",
            },
        ],
    }
    page = read(html(story(*BODY), ld(stated)))
    article = only(page)
    assert page.reader == "html"
    assert article.title == "Harbour bridge opens & closes"
    assert article.paragraphs == BODY
    assert article.published is not None
    assert article.published.iso == "2024-05-03T10:00:00+02:00"
    assert (article.authors, article.section) == (("Ida Holm", "Jan Novak"), "Town")
    assert (article.language, article.source.publisher) == ("en", "ellery.example")
    assert article.url == "https://www.ellery.example/town/bridge"
    assert len(article.source.digest) == 64
    assert page.lines == 3


def test_a_page_without_any_metadata(read) -> None:  # type: ignore[no-untyped-def]
    article = only(read(f"<html><body>{story(*BODY)}</body></html>"))
    assert (article.title, article.paragraphs) == (TITLE, BODY)
    assert (article.published, article.authors, article.language, article.url) == (None, (), None, None)


def test_meta_elements_and_microdata(read) -> None:  # type: ignore[no-untyped-def]
    head = meta("og:title", f"{TITLE} | Ellery Times") + meta("og:site_name", "Ellery Times")
    head += meta("og:url", "https://ellery.example/a/1") + '<link rel="canonical" href="/a/2">'
    head += '<meta name="author" content="By Ida Holm and Jan Novak">'
    by_item = '<span itemprop="datePublished" content="2024-05-03T10:00">today</span>'
    article = only(read(html(by_item + story(*BODY), head)))
    assert article.title == TITLE
    assert article.published is not None
    assert article.published.iso == "2024-05-03T10:00"
    assert article.authors == ("Ida Holm", "Jan Novak")
    assert article.url == "https://ellery.example/a/2"
    day = meta("article:published_time", "2024-05-03")
    article = only(read(html('<time datetime="2024-05-03T09:30Z">3 May</time>' + story(*BODY), day)))
    assert article.published is not None
    assert article.published.iso == "2024-05-03T09:30Z"


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ('<div class="article-date">3 May 2024 - 10:15</div>', "2024-05-03T10:15"),
        ("<p>Posted on 3 May 2024 by Ida Holm</p>", "2024-05-03"),
    ],
)
def test_a_date_that_is_only_shown(read, shown: str, value: str | None) -> None:  # type: ignore[no-untyped-def]
    published = only(read(html(shown + story(*BODY)))).published
    assert (published.value if published else None) == value


def test_two_articles_in_json_ld(read) -> None:  # type: ignore[no-untyped-def]
    other = {
        "@type": "NewsArticle",
        "headline": "Ferry is late",
        "datePublished": "2020-01-01",
        "url": "https://e.example/f",
    }
    own = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-05-03T10:00", "url": "https://e.example/b"}
    head = '<link rel="canonical" href="https://e.example/b/?utm=1">'
    article = only(read(html(story(*BODY), head + ld(other) + ld(own))))
    assert (article.title, article.published.iso) == (TITLE, "2024-05-03T10:00")  # type: ignore[union-attr]
    listed = {"@type": "ItemList", "itemListElement": [other]}
    article = only(read(html(story(*BODY), ld([listed, own]))))
    assert article.title == TITLE


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-03T10:00",}',
        '<!-- {"@type": "NewsArticle", "headline": "Bridge opens", "datePublished": "2024-05-03T10:00"} -->',
        '{"@type": "NewsArticle", "headline": "Bridge opens",\n"datePublished": "2024-05-03T10:00", "x": "a "b" c"}',
        '{"@type": "NewsArticle", "headline": "Bridge\nopens", "datePublished": "2024-05-03T10:00"};',
    ],
)
def test_broken_json_ld(script: str) -> None:
    stated = read_stated([script, "[" * 100_000, "{}", "null", '"text"', ""], None, [])
    assert (stated.headline, stated.published) == ("Bridge opens", "2024-05-03T10:00")
    assert stated.is_article


def test_a_page_in_windows_1251(read) -> None:  # type: ignore[no-untyped-def]
    text = "Мэр города открыл новый мост через реку в пятницу утром, сообщили журналистам в администрации. " * 2
    source = html(story(text.strip(), text.strip() + " Да."), '<meta charset="windows-1251">')
    page = read(source.encode("cp1251"))
    assert only(page).paragraphs[0] == text.strip()
    assert page.encoding == "cp1251"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b"<META CHARSET = shift_jis >", "cp932"),
        (b'<meta charset="utf-8">', None),
        (b'<meta charset="klingon">', None),
        (b'<meta charset="base64">', None),
        (b"<p>charset=koi8-r</p>", None),
    ],
)
def test_the_encoding_that_a_page_states(head: bytes, name: str | None) -> None:
    assert stated_encoding(b"<html>" + head) == name


@pytest.mark.parametrize("around", ["", "<p>x</p>"])
def test_elements_nested_5000_deep(read, around: str) -> None:  # type: ignore[no-untyped-def]
    deep = "<div>" * 5000 + story(*BODY) + "</div>" * 5000
    article = only(read(html(around + deep, meta("og:title", TITLE))))
    assert article.title == TITLE
    assert [text for text in BODY if text in " ".join(article.paragraphs)] == list(BODY)


def test_comments_are_no_part_of_the_body(read) -> None:  # type: ignore[no-untyped-def]
    said = "I have crossed that bridge twice and I must say that nobody needed it less than my neighbour and I did."
    section = f'<section id="comments"><h2>Comments</h2><ol class="comment-list"><li><p>{said}</p></li></ol></section>'
    article = only(read(html(story(*BODY) + section)))
    assert article.paragraphs == BODY
    assert said not in " ".join(only(read(html(story(*BODY) + section), fast=True)).paragraphs)


def test_paragraphs_that_an_extractor_leaves_out(read) -> None:  # type: ignore[no-untyped-def]
    inner = "<div class='body-{}'>{}</div><div class=ad><a href=/buy>Buy a boat</a></div>"
    parts = [[f"{text} Part {part}, {number}." for number, text in enumerate(BODY)] for part in range(4)]
    body = "".join(inner.format(n, "".join(f"<p>{text}</p>" for text in part)) for n, part in enumerate(parts))
    article = only(read(html(f"<h1>{TITLE}</h1><main>{body}</main>")))
    assert article.paragraphs == tuple(text for part in parts for text in part)


def test_a_list_of_links_in_the_text_is_a_list(read) -> None:  # type: ignore[no-untyped-def]
    links = ("Ferry to the islands is late again", "Council votes on school roof")
    related = "".join(f"<li><a href='/{number}'>{text}</a>" for number, text in enumerate(links))
    body = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><h3>Read also</h3><ul>{related}</ul><p>{THIRD}</p>"
    page = read(html(f"<article>{body}</article>"))
    assert only(page).paragraphs[:2] == BODY[:2]
    assert not [text for text in only(page).paragraphs if "Ferry" in text or "Council votes" in text]
    assert [(h.list, h.position, h.text) for h in page.headlines] == [
        ("Read also", 1, "Ferry to the islands is late again"),
        ("Read also", 2, "Council votes on school roof"),
    ]


HOME = """
<nav><ul><li><a href="/a">A menu item with many words</a></li></ul></nav>
<main><h1>Ellery Times</h1>
<section><h2>Latest news</h2><ul>
<li><span class="t">09:15</span> <a href="/n/1">Ferry to the islands is late again</a></li>
<li><a href="/n/2"> Council votes on the
 new school roof  (VIDEO)</a> <time datetime="2024-05-02T08:00+02:00">2 May</time></li>
<li><a href="/n/3">Two hurt as tram leaves the rails</a> <span>3 hours ago</span></li>
<li><a href="/n/1">Ferry to the islands is late again</a></li>
<li><a href="/n/4">Short one</a></li></ul></section>
<section><h2>Opinion</h2>
<div class=card><a href="/o/1"><img alt=x></a><h3><a href="/o/1">Nobody needed that bridge, says Ida Holm</a></h3>
<p>A town that cannot mend its roofs builds a bridge to nowhere.</p><time>1 May 2024</time></div>
<div class=card><a href="https://other.example/o/2"><h3>Why the council must think again</h3><p>Six reasons to wait for
 another year at least.</p></a></div></section></main>
<footer><ul><li><a href="/p">Privacy and the use of cookies</a></li></ul></footer>
"""


def home(read, **options: object) -> list[Headline]:  # type: ignore[no-untyped-def]
    page = read(html(HOME, '<link rel="canonical" href="https://www.ellery.example/">'), **options)
    assert isinstance(page, Page)
    assert page.articles == ()
    assert page.lines == page.item_lines == len(page.headlines)
    assert page.source.publisher == "ellery.example"
    return list(page.headlines)


def test_a_home_page_is_lists_of_headlines(read) -> None:  # type: ignore[no-untyped-def]
    found = home(read)
    assert [(h.list, h.position, h.line, h.text, h.url) for h in found] == [
        ("Latest news", 1, 1, "Ferry to the islands is late again", "https://www.ellery.example/n/1"),
        ("Latest news", 2, 2, "Council votes on the new school roof", "https://www.ellery.example/n/2"),
        ("Latest news", 3, 3, "Two hurt as tram leaves the rails", "https://www.ellery.example/n/3"),
        ("Opinion", 1, 4, "Nobody needed that bridge, says Ida Holm", "https://www.ellery.example/o/1"),
        ("Opinion", 2, 5, "Why the council must think again", "https://other.example/o/2"),
    ]
    assert found[1].tags == ("VIDEO",)
    assert found[1].raw == "Council votes on the\n new school roof  (VIDEO)"
    assert found[3].subtitle == "A town that cannot mend its roofs builds a bridge to nowhere."
    assert found[4].subtitle == "Six reasons to wait for another year at least."


def test_the_times_of_headlines(read) -> None:  # type: ignore[no-untyped-def]
    stamps = [h.published for h in home(read)]
    assert [(s.value, s.raw) if s else None for s in stamps] == [
        (None, "09:15"),
        ("2024-05-02T08:00", "2024-05-02T08:00+02:00"),
        (None, "3 hours ago"),
        ("2024-05-01", "1 May 2024"),
        None,
    ]
    later = home(read, as_of=datetime(2024, 5, 3, 12, 30))[2].published
    assert later is not None
    assert later.value == "2024-05-03T09"


def test_links_in_sentences_and_menus_are_no_headlines() -> None:
    root = parse_html(
        "<ul><li>The <a href=/1>report on the safety of ships</a> was published by the harbour office</li>"
        "<li>He read <a href=/2>a letter from the ministry</a> aloud to them all</li></ul>"
        "<div class='main-menu'><ul><li><a href=/3>All our news by mail</a></li><li><a href=/4>Our shop and wares</a>"
        "</ul></div><ul><li><a href='#top'>Back to the top of it</a></li><li><a href=/6>One that stands alone</a></ul>"
    )
    assert root is not None
    assert list(read_lists(root)) == []


def test_the_own_title_is_not_listed(read) -> None:  # type: ignore[no-untyped-def]
    items = "".join(
        f"<li><a href='/{n}'>{text}</a></li>"
        for n, text in enumerate((TITLE, "One two three four", "Five six seven eight"))
    )
    page = read(html(story(*BODY) + f"<aside><h2>Most read</h2><ul>{items}</ul></aside>"))
    assert [h.text for h in page.headlines] == ["One two three four", "Five six seven eight"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<em>Bridge</em> opens &amp;lt;today&amp;gt;", "Bridge opens"),
        ("Bridge\x1b]52;c;x\x07 opens\u202e in [/b] town", "Bridge ]52;c;x opens in [/b] town"),
        ("=cmd|' /C calc'!A0 opens the bridge", "=cmd|' /C calc'!A0 opens the bridge"),
    ],
)
def test_hostile_titles(read, title: str, shown: str) -> None:  # type: ignore[no-untyped-def]
    article = only(read(html(story(*BODY, title="x"), ld({"@type": "NewsArticle", "headline": title}))))
    assert article.title is not None
    assert article.title.startswith(shown)
    assert "<" not in article.title.replace("<today>", "")
    assert article.title.isprintable()


@pytest.mark.parametrize(
    ("shared", "stated", "heading", "element", "chosen"),
    [
        ("Bridge opens | Ellery Times", "", "Bridge opens", "", "Bridge opens"),
        ("Bridge opens - ellery.example", "", "", "", "Bridge opens"),
        ("Bridge - a new one - opens", "", "", "", "Bridge - a new one - opens"),
        ("Bridge opens – News – 3.5.2024", "Bridge opens", "Bridge opens", "", "Bridge opens"),
        ("", "", "Bridge opens", "Bridge opens now | Ellery Times", "Bridge opens"),
        ("Bridge opens", "Mayor opens bridge at last", "Bridge opens", "Bridge!", "Mayor opens bridge at last"),
        ("Bridge opens", "Mayor opens bridge at last", "Bridge opens", "Mayor opens bridge at last", "Bridge opens"),
        ("", "", "Log in", "Bridge opens | Ellery Times", "Bridge opens"),
        ("", "", "", "", None),
    ],
)
def test_the_title_is_chosen(shared: str, stated: str, heading: str, element: str, chosen: str | None) -> None:
    signs = Signs(
        metas={"ogtitle": [shared], "ogsitename": ["Ellery Times"]},
        headings=(heading,) if heading else (),
        title=element,
    )
    assert choose_title(signs, stated, "ellery.example") == chosen


def test_a_description_that_is_shown_is_the_subtitle(read) -> None:  # type: ignore[no-untyped-def]
    lead = "Citizens walk across the river for the first time."
    shown = html(f"<h1>{TITLE}</h1><div class=lead>{lead}</div>{story(*BODY)}", meta("og:description", lead))
    assert only(read(shown)).subtitle == lead
    assert lead not in only(read(shown)).paragraphs
    assert only(read(html(story(*BODY), meta("og:description", lead)))).subtitle is None
    assert only(read(html(story(*BODY), meta("og:description", FIRST[:60] + "…")))).subtitle is None


def test_pages_that_hold_nothing(read) -> None:  # type: ignore[no-untyped-def]
    for source in ("<html></html>", html(""), html("<div id=app></div><script>load()</script>")):
        page = read(source)
        assert isinstance(page, Skipped)
        assert page.reason == "no-text"
        assert page.hint


def test_a_stated_article_without_a_text_keeps_its_title(read) -> None:  # type: ignore[no-untyped-def]
    article = only(read(html("<div id=app></div>", ld({"@type": "NewsArticle", "headline": TITLE}))))
    assert (article.title, article.paragraphs) == (TITLE, ())


def test_a_page_that_is_too_large(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    source = html(story(*BODY))
    monkeypatch.setattr(page_module, "MAX_BYTES", len(source) - 1)
    page = read(source)
    assert isinstance(page, Skipped)
    assert page.reason == "too-large"


def test_a_large_page_has_its_lists(read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    items = "".join(f"<li><a href='/{n}'>Headline of the town number {n}</a></li>" for n in range(30))
    heavy = f"<script>var a = '{'x' * 6 * 2**20}'</script><img src='data:{'A' * 2**20}'>"
    source = html(story(*BODY) + heavy + f"<h2>Latest</h2><ul>{items}</ul>")
    page = read(source)
    assert only(page).paragraphs == BODY
    assert len(page.headlines) == 30
    monkeypatch.setattr(lists_module, "MOST", 20)
    page, rest = pages([tmp_path / "page17"])
    assert isinstance(page, Page)
    assert isinstance(rest, Skipped)
    assert (len(page.headlines), rest.reason) == (20, "too-large")


def test_the_fast_way(read) -> None:  # type: ignore[no-untyped-def]
    stated = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-05-03T10:00", "author": "Ida Holm"}
    page = read(html(story(*BODY), ld(stated)), fast=True)
    article = only(page)
    assert (article.title, article.paragraphs, article.authors) == (TITLE, BODY, ("Ida Holm",))
    assert article.published.iso == "2024-05-03T10:00"  # type: ignore[union-attr]


ASIDE = (
    "A ferry that was bought second-hand in spring lies in the harbour with a broken engine, and the islands wait.",
    "The treasurer says that there is no money for a new one before next year, whatever the islanders may think.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (f"<div class=text>{paragraphs(*BODY)}</div><div class=related>{paragraphs(*ASIDE)}</div>", BODY),
        (f"<div class=has-sidebar><div class=text>{paragraphs(*BODY)}</div></div>", BODY),
        (f"<div class=cookie-bar>{paragraphs(*ASIDE, *ASIDE, *ASIDE)}</div><div>{paragraphs(*BODY)}</div>", BODY),
        ("".join(f"<div class='part-{n}'><p>{text}</p></div>" for n, text in enumerate(BODY)), BODY),
        (f"<div>{'<br><br>'.join(BODY)}</div>", BODY),
        (f"<div>{FIRST}<p>{SECOND}</p>{THIRD}</div>", BODY),
        (f"<p>{FIRST}</p><div>Buy a boat</div><p>{SECOND}</p><p>{THIRD}</p>", BODY),
        (f"<p>{FIRST}</p><h2>How it began</h2><p>{SECOND}</p><h2>Read on</h2>", (FIRST, "How it began", SECOND)),
        (f"<p>{FIRST}</p><ul><li>Cost: 48 million</ul><p>{SECOND}</p>", (FIRST, "Cost: 48 million", SECOND)),
        (f"<p>{FIRST}</p><table><tr><td>Cost<td>48</table><p>{SECOND}</p>", (FIRST, "Cost 48", SECOND)),
        (f"<table><tr><td>{FIRST}<br>{SECOND}</td><td>{ASIDE[0]}</td></tr></table>", (FIRST, SECOND)),
        (f"<div><p>{FIRST}<br>{SECOND}</p>{paragraphs(THIRD)}</div>", (f"{FIRST} {SECOND}", THIRD)),
        (f"<figure>{paragraphs(*ASIDE)}</figure><div>{paragraphs(*BODY)}</div>", BODY),
        ("<ul><li><a href=/1>One two three four</a></ul>", ()),
    ],
)
def test_the_body_that_the_page_itself_tells(page: str, lines: tuple[str, ...]) -> None:
    root = parse_html(page)
    assert root is not None
    assert read_prose(root).lines == lines


def test_a_body_is_sure_where_it_is_long_and_alone() -> None:
    long = [f"{text} Part {part}." for part in range(3) for text in BODY]
    for page, is_sure in (
        (paragraphs(*long), True),
        (paragraphs(*BODY), False),
        (paragraphs(*long[:4]) + f"<div class=b>{paragraphs(*long[4:])}</div>", False),
    ):
        root = parse_html(f"<div>{page}</div>")
        assert root is not None
        assert read_prose(root).is_sure is is_sure


def test_a_stated_body_tells_what_is_in_it() -> None:
    stated = [" ".join(BODY)]
    mixed = f"<div>{paragraphs(FIRST, ASIDE[0], SECOND, THIRD, ASIDE[1])}</div><div hidden>{' '.join(BODY)}</div>"
    root = parse_html(mixed)
    assert root is not None
    prose = read_prose(root, stated)
    assert (prose.lines, prose.is_sure) == (BODY, True)
    root = parse_html(f"<div>{paragraphs(FIRST, *ASIDE)}</div>")
    assert root is not None
    assert not read_prose(root, stated).is_sure


def test_a_body_that_only_json_ld_holds(read) -> None:  # type: ignore[no-untyped-def]
    stated = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(BODY)}
    for fast in (True, False):
        assert only(read(html("<div id=app></div>", ld(stated)), fast=fast)).paragraphs == BODY


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("a<script>x<p></script >b<STYLE>p{}</STYLE>c", "abc"),
        ("a<svg><title>t</title></svg>b<nav><a>x</a></nav>c", "abc"),
        ("<script type='application/ld+json'>{}</script>", None),
        ("a<script>x", None),
        ("a<nav><nav>x</nav>y</nav>", None),
        ("<nav><h1>Bridge opens</h1></nav>", None),
        ("<!-- <script> --><p>b</p><script></script>", "<!-- <script> --><p>b</p>"),
        ("<!-- <script>b</script>", None),
        (r"<i a='<script>x<\/script>'>b</i><script>y</script>", None),
        ("<scripts>a</scripts>", None),
        ("<svg><svg></svg>a</svg>", None),
    ],
)
def test_what_is_cut_before_parsing(source: str, left: str | None) -> None:
    assert without_scripts(source) == (source if left is None else left)


def test_no_page_depends_on_the_one_before(read) -> None:  # type: ignore[no-untyped-def]
    source = html(story(*BODY), meta("og:title", TITLE))
    alone = only(read(source))
    for other in (html(story(*BODY[::-1])), html(HOME), source):
        read(other)
    gc.collect()
    assert only(read(source)) == alone


@pytest.mark.parametrize(
    ("start", "reader"),
    [
        ("<!-- saved from url=(0030)https://ellery.example/x -->\n<html>", "html"),
        (
            '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html xmlns="http://www.w3.org/1999/xhtml">',
            "html",
        ),
        ("\ufeff\n<HTML LANG=en>", "html"),
        ("<title>Bridge opens</title><div>", "html"),
        ("Text with <b>one tag</b> in it\n\n", "text"),
    ],
)
def test_what_is_taken_for_html(read, start: str, reader: str) -> None:  # type: ignore[no-untyped-def]
    page = read(start + story(*BODY))
    assert isinstance(page, Page)
    assert page.reader == reader
    if "saved from" in start:
        assert only(page).source.publisher == "ellery.example"


def test_paragraphs_of_a_piece_of_markup() -> None:
    assert paragraphs_of("<p>One <b>two</b></p>three<script>no</script><ul><li>four</ul>") == (
        "One two",
        "three",
        "four",
    )
    root = parse_html("<div><p>One<span>two</span></p></div>")
    assert root is not None
    assert list(texts_of(root, blocks=frozenset(("span",)))) == ["One", "two"]


@pytest.mark.parametrize(
    "piece",
    ["<div><a href=/x>", "<h1 ", "<meta a=", "<title>", "<script type=application/ld+json>", "<nav>", "<!--", "<br>"],
)
@pytest.mark.parametrize("fast", [True, False])
def test_pages_that_are_made_to_jam(read, piece: str, fast: bool) -> None:  # type: ignore[no-untyped-def]
    start = time.process_time()
    read(html(story(*BODY) + piece * 20_000), fast=fast)
    assert time.process_time() - start < 10
