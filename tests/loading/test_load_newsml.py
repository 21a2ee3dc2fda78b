"""News agencies' XML: NITF, NewsML-G2 and older forms; what was withdrawn is skipped."""

from pathlib import Path

import pytest
from load_written import Loaded

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.example/nitf-3-3.dtd">
<nitf xml:lang="en-US"><head><title>Short title</title><docdata {state}><doc-id id-string="1"/>{issue}</docdata>
<pubdata name="The Port Times" date.publication="20240503T000000" ex-ref="https://port.example/1"
position.section="Metro"/></head><body><body.head><hedline><hl1>Bridge &amp; &lt;b&gt; opens</hl1><hl2>It is new</hl2>
</hedline><byline class="print_byline">By ANNA BERG</byline><byline class="normalized_byline">Berg, Anna</byline>
<abstract><p>What it means.</p></abstract></body.head><body.content><block class="lead_paragraph"><p>First.</p></block>
<block class="full_text"><p>First.</p><p>Second <em>bold</em> &amp;amp; one.</p><ul><li>A point</li></ul>
<media><media-caption><p>A picture</p></media-caption></media></block></body.content></body></nitf>"""
ISSUE = '<date.issue norm="20240503T100000Z"/>'


def test_nitf(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, NITF.format(state="", issue=ISSUE))
    [article] = loaded.articles
    assert (article.title, article.subtitle, article.section) == ("Bridge & <b> opens", "It is new", "Metro")
    assert article.paragraphs == ("First.", "Second bold &amp; one.", "A point")
    assert (article.authors, article.language, article.url) == (("ANNA BERG",), "en", "https://port.example/1")
    assert article.published is not None
    assert article.published.iso == "2024-05-03T10:00:00Z"
    assert (article.source.publisher, loaded.readers, loaded.skipped) == ("The Port Times", {"nitf"}, [])


def test_midnight_without_a_zone_is_a_day(tmp_path: Path) -> None:
    published = Loaded(tmp_path, NITF.format(state="", issue="")).articles[0].published
    assert published is not None
    assert published.iso == "2024-05-03"


def test_a_withdrawn_nitf(tmp_path: Path) -> None:
    assert Loaded(tmp_path, NITF.format(state='management-status="canceled"', issue="")).skipped == [(":1", "canceled")]


def item(meta: str, content: str = "", *, status: str = "stat:usable") -> str:
    return (
        f'<newsItem guid="tag:a" xml:lang="en-GB"><itemMeta><provider><name>Agency</name></provider>'
        f'<versionCreated>2024-05-03T10:00:00+00:00</versionCreated><pubStatus qcode="{status}"/></itemMeta>'
        f"<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>'
    "</head><body><h2>One</h2><p>Two.</p></body></html></inlineXML>"
)
INNER = (
    '<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>'
    "<byline>By Jan Novak</byline></body.head><body.content><p>Three.</p></body.content></body></nitf></inlineXML>"
)
PLAIN = '<inlineData contenttype="text/plain">Four &lt;p&gt;\nfive</inlineData>'


def message(*items: str) -> str:
    inner = "".join(items)
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{inner}</itemSet></newsMessage>'


def test_newsml_g2(tmp_path: Path) -> None:
    title = '<headline role="hld:subHeadline">No</headline><headline>Fares cut</headline><by>Anna Berg</by>'
    loaded = Loaded(
        tmp_path,
        message(
            item(title, XHTML),
            item("<headline>In NITF</headline>", INNER),
            item("", PLAIN),
            item("<headline>Gone</headline>", XHTML, status="stat:canceled"),
            item("<headline>Picture</headline>", '<remoteContent href="a.jpg"/>'),
            item(""),
            '<packageItem><groupSet><itemRef residref="x"><title>ref</title></itemRef></groupSet></packageItem>',
        ),
    )
    one, two, three, picture = loaded.articles
    assert (one.title, one.paragraphs, one.authors, one.language) == (
        "Fares cut",
        ("One", "Two."),
        ("Anna Berg",),
        "en",
    )
    assert (one.source.publisher, one.published and one.published.iso) == ("Agency", "2024-05-03T10:00:00+00:00")
    assert (two.title, two.paragraphs, two.authors) == ("In NITF", ("Three.",), ("Jan Novak",))
    assert (three.title, three.paragraphs) == (None, ("Four <p>", "five"))
    assert (picture.title, picture.paragraphs) == ("Picture", ())
    assert loaded.skipped == [(":4", "canceled"), (":6", "no-text")]
    assert loaded.readers == {"newsml-g2"}


def test_one_item_alone(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?>' + item("<headline>Alone</headline>").replace(
        "<newsItem", '<nar:newsItem xmlns:nar="http://iptc.org/std/nar/2006-10-01/"'
    ).replace("</newsItem", "</nar:newsItem")
    assert [article.title for article in Loaded(tmp_path, text).articles] == ["Alone"]


def test_older_forms(tmp_path: Path) -> None:
    reuters = (
        '<newsitem itemid="1" date="1996-08-20" xml:lang="en"><title>T</title><headline>Port grows.</headline>'
        "<byline>Anna Berg</byline><text><p>One.</p><p>Two.</p></text></newsitem>"
    )
    [article] = Loaded(tmp_path, reuters).articles
    assert (article.title, article.paragraphs, article.language) == ("Port grows.", ("One.", "Two."), "en")
    assert article.published is not None
    assert article.published.iso == "1996-08-20"
    newsml = (
        "<NewsML><NewsItem><NewsManagement><FirstCreated>20240503T100000+0200</FirstCreated></NewsManagement>"
        "<NewsComponent><NewsLines><HeadLine>Old</HeadLine></NewsLines><ContentItem><DataContent><p>Text.</p></DataContent>"
        '</ContentItem></NewsComponent></NewsItem><NewsItem><NewsManagement><Status FormalName="Canceled"/>'
        "</NewsManagement></NewsItem></NewsML>"
    )
    loaded = Loaded(tmp_path, newsml)
    assert [(a.title, a.paragraphs) for a in loaded.articles] == [("Old", ("Text.",))]
    assert loaded.articles[0].published is not None
    assert loaded.articles[0].published.iso == "2024-05-03T10:00:00+02:00"
    assert loaded.skipped == [(":2", "canceled")]


def test_an_item_that_is_cut_off_is_kept_as_far_as_it_goes(tmp_path: Path) -> None:
    text = NITF.format(state="", issue=ISSUE)
    loaded = Loaded(tmp_path, text[: text.index("<ul>")])
    assert loaded.articles[0].paragraphs == ("First.", "Second bold &amp; one.")
    assert loaded.skipped == [("", "truncated")]


@pytest.mark.parametrize(
    "text",
    ["<newsMessage><itemSet/></newsMessage>", "<packageItem><itemMeta/></packageItem>", "<NewsML/>"],
)
def test_what_holds_no_item(tmp_path: Path, text: str) -> None:
    assert Loaded(tmp_path, text).skipped == [("", "no-text")]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    text = (
        f'<!DOCTYPE nitf [<!ENTITY a "lol"><!ENTITY f SYSTEM "{tmp_path / "secret"}">]>'
        "<nitf><body><body.content><p>One &a; &f; two</p></body.content></body></nitf>"
    )
    assert Loaded(tmp_path, text).articles[0].paragraphs == ("One two",)
