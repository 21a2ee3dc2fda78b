"""Feeds and news sitemaps: headlines and whole texts, dates as they mean them, damage and attacks."""

from pathlib import Path

import pytest
from load_written import Loaded

from newsmine.loading.xml_text import root_name

WHOLE = f"<p>{'word ' * 60}</p><p>The end &amp; more.</p>"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items: str, head: str = "<title>Port Times</title><link>https://www.port.example/</link>") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {SPACES}><channel>{head}{inner}</channel></rss>'


def test_rss_headlines(tmp_path: Path) -> None:
    one = """<title>Bridge &lt;i&gt;opens&lt;/i&gt; at R&amp;amp;D park VIDEO</title>
        <link>https://www.port.example/1</link><media:title>A picture</media:title>
        <description>&lt;p&gt;Ten years &amp;amp; a day.&lt;/p&gt;</description>
        <pubDate>Fri, 03 May 2024 10:00:00 +0200</pubDate>"""
    two = "<title>Ferry</title><guid>https://www.port.example/2</guid><description>Ferry</description>"
    head = (
        '<atom:link href="https://port.example/feed" rel="self"/><title>Port &amp; Times</title>'
        "<link>https://www.port.example/</link><language>en-us</language>"
    )
    loaded = Loaded(tmp_path, rss(one, two, head=head))
    first, second = loaded.headlines
    assert (first.text, first.tags, first.subtitle) == ("Bridge opens at R&D park", ("VIDEO",), "Ten years & a day.")
    assert (first.list, first.position, first.line, first.url) == ("Port & Times", 1, 1, "https://www.port.example/1")
    assert first.published is not None
    assert (first.published.iso, first.language, first.source.publisher) == (
        "2024-05-03T10:00:00+02:00", "en", "port.example",
    )  # fmt: skip
    assert (second.text, second.subtitle, second.url, second.position) == (
        "Ferry",
        None,
        "https://www.port.example/2",
        2,
    )
    assert (loaded.readers, loaded.articles, loaded.skipped) == ({"rss"}, [], [])


def test_a_whole_text_is_an_article(tmp_path: Path) -> None:
    item = (
        "<title>Whole</title><link>https://port.example/2</link><dc:creator>Anna Berg</dc:creator>"
        "<category>Local</category>"
        f"<description>In short.</description><content:encoded><![CDATA[{WHOLE}<p>The post <a>Whole</a> appeared first "
        "on <a>Port</a>.</p>]]></content:encoded><pubDate>2024/5/3</pubDate>"
    )
    teaser = "<title>Teaser</title><content:encoded><![CDATA[<p>Read it on our site.</p>]]></content:encoded>"
    loaded = Loaded(tmp_path, rss(item, teaser))
    [article], [headline] = loaded.articles, loaded.headlines
    assert (article.title, article.subtitle, article.section) == ("Whole", "In short.", "Local")
    assert (article.authors, article.line, article.source.publisher) == (("Anna Berg",), 1, "port.example")
    assert article.paragraphs[1:] == ("The end & more.",)
    assert article.published is not None
    assert article.published.value == "2024-05-03"
    assert (headline.text, headline.line) == ("Teaser", 2)


def test_an_article_is_the_same_in_the_feed_of_the_next_hour(tmp_path: Path) -> None:
    item = f"<title>Whole</title><description><![CDATA[{WHOLE}<p>x</p>]]></description>"
    digests = [Loaded(tmp_path, rss(*before, item)).pages[0].source.digest for before in ([], ["<title>New</title>"])]
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00Z"),
        ("Fri, 03 May 2024 10:00:00 EST", "2024-05-03T10:00:00-05:00"),
        ("03 May 24 10:00 PDT", "2024-05-03T10:00-07:00"),
        ("Fri, 03 May 2024 10:00:00 QQT", "2024-05-03T10:00:00"),
        ("2016/6/29", "2016-06-29"),
        ("2024-05-03T10:00:00.123+03:00", "2024-05-03T10:00:00+03:00"),
        ("", None),
        ("soon", None),
    ],
)
def test_dates(tmp_path: Path, date: str, iso: str | None) -> None:
    [headline] = Loaded(tmp_path, rss(f"<title>Bridge</title><pubDate>{date}</pubDate>")).headlines
    assert (headline.published.iso if headline.published else None) == iso


def test_an_aggregator_names_the_publisher(tmp_path: Path) -> None:
    item = (
        '<title>Bridge opens - Port Times</title><link>https://news.aggregator.example/1</link>'
        '<source url="https://www.port.example">Port Times</source>'
        "<description>&lt;a&gt;Bridge opens&lt;/a&gt;&amp;nbsp;&lt;font&gt;Port Times&lt;/font&gt;</description>"
    )  # fmt: skip
    [headline] = Loaded(tmp_path, rss(item)).headlines
    assert (headline.text, headline.source.publisher, headline.subtitle) == ("Bridge opens", "port.example", None)


def test_atom(tmp_path: Path) -> None:
    text = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de-DE"><title>Hafen</title>
        <link rel="self" href="https://x.example/feed"/><link href="https://x.example/"/>
        <entry><title type="html">Neue &lt;i&gt;Brücke&lt;/i&gt;</title><link rel="enclosure" href="/a.mp3"/>
        <link href="/1"/><updated>2024-05-04T00:00:00Z</updated><published>2024-05-03T10:00:00+02:00</published>
        <summary>Kurz.</summary><author><name>A B</name></author></entry>
        <entry><title>Voll</title><id>https://x.example/2</id><category term="Stadt"/><author><name>A B</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins &lt;zwei.</p>
        <p>Zwei <b>fett</b> x.</p><p>{"Wort " * 60}</p></div></content></entry></feed>"""
    loaded = Loaded(tmp_path, text)
    [article], [headline] = loaded.articles, loaded.headlines
    assert (headline.text, headline.subtitle, headline.url) == ("Neue Brücke", "Kurz.", "https://x.example/1")
    assert headline.published is not None
    assert headline.published.iso == "2024-05-03T10:00:00+02:00"
    assert article.paragraphs[:2] == ("Eins <zwei.", "Zwei fett x.")
    assert (article.url, article.section, article.authors, article.language) == (
        "https://x.example/2", "Stadt", ("A B",), "de",
    )  # fmt: skip
    assert loaded.readers == {"atom"}


def test_rdf(tmp_path: Path) -> None:
    text = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>R</title><link>https://r.example</link>
        </channel><item rdf:about="y"><title>One</title><link>https://r.example/1</link>
        <dc:date>2024-05-03T10:00+09:00</dc:date></item></rdf:RDF>"""
    [headline] = Loaded(tmp_path, text).headlines
    assert (headline.text, headline.list, headline.url) == ("One", "R", "https://r.example/1")
    assert headline.published is not None
    assert headline.published.iso == "2024-05-03T10:00+09:00"


def test_news_sitemap(tmp_path: Path) -> None:
    text = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://www.google.com/schemas/image"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://s.example/1</loc><i:image>
        <i:title>A picture</i:title></i:image><news:news><news:publication><news:name>S</news:name>
        <news:language>fr</news:language></news:publication><news:publication_date>2024-05-03T10:00+02:00
        </news:publication_date><news:title>Un pont</news:title></news:news></url>
        <url><loc>https://s.example/2</loc></url></urlset>"""
    loaded = Loaded(tmp_path, text)
    [headline] = loaded.headlines
    assert (headline.text, headline.url, headline.language) == ("Un pont", "https://s.example/1", "fr")
    assert headline.published is not None
    assert headline.published.iso == "2024-05-03T10:00+02:00"
    assert (headline.source.publisher, loaded.readers) == ("s.example", {"sitemap"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<urlset><url><loc>https://s.example/1</loc></url></urlset>", "no-news"),
        ("<sitemapindex><sitemap><loc>https://s.example/1</loc></sitemap></sitemapindex>", "no-news"),
        ('<rss version="2.0"></rss>', "no-entry"),
        ("<rss/>", "no-entry"),
        ("<rss", "text"),
        ('<?xml version="1.0"?><kml><a/></kml>', "unsupported-xml"),
    ],
)
def test_what_holds_no_news(tmp_path: Path, text: str, reason: str) -> None:
    loaded = Loaded(tmp_path, text)
    assert loaded.skipped == [("", reason)] or reason == "text"
    assert not loaded.articles


def test_an_entry_without_a_title(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, rss("<description>Only a text.</description>", "<link>https://port.example/2</link>"))
    assert [(article.title, article.paragraphs) for article in loaded.articles] == [(None, ("Only a text.",))]
    assert loaded.skipped == [(":2", "no-text")]


FEED = rss("<title>First headline</title>", "<title>Second headline</title>", "<title>Third headline</title>")


@pytest.mark.parametrize("end", range(FEED.find("<title>First"), len(FEED) - 1, 9))
def test_a_feed_that_is_cut_off_keeps_its_whole_entries(tmp_path: Path, end: int) -> None:
    loaded = Loaded(tmp_path, FEED[:end])
    assert [h.text for h in loaded.headlines] == [
        f"{name} headline" for name in ("First", "Second", "Third")[: FEED[:end].count("</item>")]
    ]
    assert loaded.skipped == ([] if "</rss" in FEED[:end] else [("", "truncated")])


def test_broken_markup_and_entities_of_html(tmp_path: Path) -> None:
    items = ["<title>Caf&eacute; &nbsp; opens & stays</title>", "<title>A\x0bB</title>", "<title>C<b></title>"]
    assert [h.text for h in Loaded(tmp_path, rss(*items)).headlines][:2] == ["Café opens & stays", "AB"]


def test_no_entity_is_expanded_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret text")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 15))
    entities = f'<!ENTITY l0 "lol">{laughs}<!ENTITY file SYSTEM "{secret}"><!ENTITY net SYSTEM "http://127.0.0.1:9/x">'
    text = rss("<title>One &file; &net; &l0;</title>", "<title>Two</title>").replace(
        "<rss", f"<!DOCTYPE r [{entities}]><rss"
    )
    loaded = Loaded(tmp_path, text)
    assert [h.text for h in loaded.headlines] == ["One", "Two"]
    assert Loaded(tmp_path, text.replace("&l0;", "&l14;")).found


def test_depth(tmp_path: Path) -> None:
    text = rss("<title>One</title>", "<a>" * 5000 + "</a>" * 5000, "<title>Two</title>")
    loaded = Loaded(tmp_path, text)
    assert loaded.headlines[0].text == "One"
    assert (":2", "no-text") in loaded.skipped or ("", "broken-xml") in loaded.skipped


@pytest.mark.parametrize(
    ("encoding", "declared", "given"),
    [
        ("cp1251", "windows-1251", None),
        ("utf-8", "windows-1251x", None),
        ("utf-16", "utf-16", None),
        ("koi8-r", "utf-8", "koi8-r"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, declared: str, given: str | None) -> None:
    feed = "<rss><channel><item><title>Мост открыли</title></item></channel></rss>"
    text = f'<?xml version="1.0" encoding="{declared}"?>{feed}'
    loaded = Loaded(tmp_path, text.encode(encoding), **({"encoding": given} if given else {}))
    assert [h.text for h in loaded.headlines] == ["Мост открыли"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<rss>", "rss"),
        (
            "\ufeff\n<?xml version='1.0'?>\n<!-- <html> --><!DOCTYPE rss [<!ENTITY a \"b\">]>\n<rdf:RDF x='y'>",
            "rdf:rdf",
        ),
        ("<?xml-stylesheet href='a?>b'?><feed/>", None),
        ("text <rss>", None),
        ("<!--" + "-" * 60_000, None),
        ("", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_root_name(text: str, name: str | None) -> None:
    assert root_name(text) == name
