"""Whatever the text is: no crash, every line accounted for, every number right (`read` checks the account)."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from load_layouts import ARTICLE, read

from newsmine.loading import load
from newsmine.records import Skipped

LINES = [
    *ARTICLE.split("\n"),
    "Read also",
    "Latest news",
    "Read also: Ferry company to cut fares in autumn",
    "Harbour watch",
    "Ferry company to cut fares in autumn",
    "Ferry company to cut fares in autumn Islanders welcome the move",
    "Islanders welcome the move",
    "Museum finds lost map of the islands PHOTO/VIDEO",
    "• School roof in Ostrava repaired at last",
    "2 May 2024 - 10:30",
    "2 May 2024",
    "05/03/2024",
    "05/28/2024",
    "10:30",
    "10:30 Apple growers expect record harvest",
    "Apple growers expect record harvest - 2 May 2024",
    "3 hours ago",
    "Today",
    "Updated: 4 May 2024",
    "By Anna Berg",
    "PHOTO",
    "[Video]",
    "All news",
    "Home | Contact us | 12 comments",
    "© 2024 Harbour Press",
    "https://a.example/1",
    "***",
    "    * Home",
    "      + Politics",
    "    * [Ferry company to cut fares in autumn](https://a.example/2)",
    "# Harbour bridge opens after ten years of work",
    "## [x](y)",
    "**",
    "** **",
    "![](b.jpg)",
    "> The council has asked the builders for three things in return:",
    "|",
    "=====",
    "-----",
    "    * * *",
    "The **mayor** of _Port Ellery_ opened the harbour bridge on Friday morning, ten years after the first stone.",
    "Photo: Anna Berg",
    "We use cookies; see our privacy policy to learn what becomes of the data that you leave with us.",
    "•",
    "#",
    "1.",
    "a",
    "\ufeff",
    "\u200b",
    "\u2028",
    "\x00",
    "\t",
    "\u00a0 ",
    "",
]
WORDS = st.text(alphabet="aB .:,-–|()[]*#/0123\u00a0\u0301\u202e\ufeff\x85\x0b\x1cİıßй東", max_size=30)
PAGES = st.lists(st.sampled_from(LINES) | WORDS, max_size=40)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\f"])
AS_OF = st.sampled_from([None, datetime(2024, 5, 4, 12)])
DAYFIRST = st.sampled_from([None, True, False])


@given(PAGES, ENDS, AS_OF, DAYFIRST)
def test_any_lines(lines: list[str], end: str, as_of: datetime | None, dayfirst: bool | None) -> None:
    read(end.join(lines), as_of=as_of, dayfirst=dayfirst)


@given(st.text())
def test_any_text(text: str) -> None:
    read(text)


@given(st.lists(st.sampled_from("the harbour Bridge opens, again; in Ellery. on Friday".split()), min_size=60))
def test_any_hard_wrapped_words(words: list[str]) -> None:
    text = " ".join(words)
    read("\n".join(text[i : i + 60] for i in range(0, len(text), 60)))


def test_a_text_beyond_the_limit_is_skipped_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("newsmine.loading.text.MAX_TEXT", 100)
    path = tmp_path / "long.txt"
    path.write_text("The harbour bridge opened on Friday.\n" * 10, encoding="utf-8")
    [skipped] = load(path)
    assert isinstance(skipped, Skipped)
    assert (skipped.reason, skipped.hint) == ("too-large", "the limit of a text is 64 MiB: split the file")
