"""JSON Lines: what each exporter calls its fields, every line accounted for, and no more read than is asked for."""

import codecs
import importlib
import io
import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.corpus import Corpus
from newsmine.errors import UsageError
from newsmine.loading import jsonl as reader
from newsmine.loading import load, pages
from newsmine.loading.inputs import Input
from newsmine.loading.jsonl import MAX_RECORD, is_json_lines
from newsmine.loading.language import with_language
from newsmine.loading.options import Options
from newsmine.records import Article, Page, Skipped
from newsmine.text import clean

TEXT = "The mayor of Port Ellery opened the harbour bridge on Friday.\nTwo thousand people walked across it."
PARAGRAPHS = tuple(TEXT.split("\n"))
TITLE = "Harbour bridge opens after ten years"
RECORD = {"title": TITLE, "text": TEXT}
RUSSIAN = {
    "title": "Мост через реку открыли в городе",
    "text": "Мэр города открыл новый мост через реку в пятницу утром, сообщили журналистам власти области.",
}

inputs_module = importlib.import_module("newsmine.loading.inputs")
jsonl_module = importlib.import_module("newsmine.loading.jsonl")


def lines(*records: object) -> str:
    """Return the records as they stand in a file, strings as they are."""
    texts = (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records)
    return "".join(f"{text}\n" for text in texts)


def read(data: bytes | str, *, size: int = 1 << 20, **options: Any) -> list[Page | Skipped]:
    """Return what the bytes hold if a read gives no more than `size` of them, and check the account."""
    data = data.encode() if isinstance(data, str) else data
    item = Input("news.jsonl", Pieces(data, size))
    assert is_json_lines(item, Options(**options))
    found = list(reader.read(item, Options(**options)))
    assert all(page.lines == 1 == page.body_lines for page in found if isinstance(page, Page))
    return found


def article(record: dict[str, Any], **options: Any) -> Article:
    """Return the article of a file with that one record."""
    [page] = read(json.dumps(record), **options)
    assert isinstance(page, Page), page
    [found] = page.articles
    return found


class Pieces(io.BytesIO):
    """A file that is read in pieces, and may break."""

    def __init__(self, data: bytes, size: int = 1 << 20, error: BaseException | None = None) -> None:
        super().__init__(data)
        self.size = size
        self.error = error

    def read1(self, size: int | None = -1, /) -> bytes:
        piece = super().read1(self.size)
        if not piece and self.error:
            raise self.error
        return piece


def from_stdin(monkeypatch: pytest.MonkeyPatch, file: io.BytesIO) -> Iterator[Page | Skipped]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(file))
    return pages(["-"])


def test_a_record_is_a_page_with_one_article(tmp_path: Path) -> None:
    path = tmp_path / "azernews-2024-05-03.jsonl"
    second = json.dumps({**RECORD, "url": "https://www.port.example/1", "date": "2024-05-03T10:00:00+02:00"})
    path.write_text(f"\n{json.dumps(RECORD)}\n  {second} \r\n", encoding="utf-8")
    one, two = pages([path])
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert (one.reader, one.encoding, one.size, one.furniture) == ("jsonl", "utf-8", len(json.dumps(RECORD)), ())
    assert (one.source.path, one.source.publisher) == (str(path), "azernews")
    assert one.source.digest == sha256(json.dumps(RECORD).encode()).hexdigest()
    assert two.source.digest == sha256(second.encode()).hexdigest()
    assert [a.line for a in load(path) if isinstance(a, Article)] == [2, 3]
    assert one.articles[0].title == TITLE
    assert one.articles[0].paragraphs == PARAGRAPHS
    assert two.articles[0].source == two.source
    assert two.articles[0].source.publisher == "port.example"
    assert two.articles[0].published is not None
    assert two.articles[0].published.iso == "2024-05-03T10:00:00+02:00"


def test_an_article_has_the_id_that_it_has_in_a_text_dump(tmp_path: Path) -> None:
    (tmp_path / "port-2024-05-03.txt").write_text(
        f"{TITLE} PHOTO\n\n3 May 2024 - 10:00\n\n" + "\n\n".join(PARAGRAPHS), encoding="utf-8"
    )
    record = {**RECORD, "title": f"{TITLE} PHOTO", "published": "3 May 2024 - 10:00"}
    (tmp_path / "port-2024-05-03.jsonl").write_text(lines(record), encoding="utf-8")
    ids = {item.id for item in load(tmp_path) if isinstance(item, Article)}
    assert len(ids) == 1


NEWS_PLEASE = {
    "authors": ["Anna Berg"],
    "date_download": "2024-05-04 01:00:00",
    "date_modify": None,
    "date_publish": "2024-05-03 10:00:00",
    "description": PARAGRAPHS[0][:30] + "...",
    "filename": "1.json",
    "language": "en",
    "maintext": TEXT,
    "source_domain": "www.port.example",
    "title": TITLE,
    "title_page": None,
    "url": "https://www.port.example/1",
}
TRAFILATURA = {
    "title": TITLE,
    "author": "Anna Berg; Jan Novak",
    "hostname": "port.example",
    "date": "2024-05-03",
    "raw_text": TEXT.replace("\n", " "),
    "source": "https://www.port.example/1",
    "source-hostname": "Port Times",
    "excerpt": "What the bridge will change",
    "categories": "",
    "text": TEXT,
    "language": None,
}
FUNDUS = {
    "title": TITLE,
    "authors": ["Anna Berg", "Jan Novak"],
    "publishing_date": "2024-05-03 10:00:00+02:00",
    "body": {
        "summary": [],
        "sections": [
            {"headline": [], "paragraphs": [PARAGRAPHS[0]]},
            {"headline": ["The crowd"], "paragraphs": [PARAGRAPHS[1]]},
        ],
    },
}
NEWS_API = {
    "source": {"id": None, "name": "Port Times"},
    "author": "By Anna Berg and Jan Novak",
    "title": TITLE,
    "description": "What the bridge will change",
    "url": "https://www.port.example/1",
    "publishedAt": "2024-05-03T08:00:00Z",
    "content": TEXT,
}
SCHEMA_ORG = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "articleBody": TEXT,
    "articleSection": "Local",
    "datePublished": "2024-05-03T10:00:00+02:00",
    "author": [{"@type": "Person", "name": "Anna Berg"}, {"@type": "Person", "name": "Jan Novak"}],
    "publisher": {"@type": "Organization", "name": "Port Times"},
}


@pytest.mark.parametrize(
    ("record", "publisher", "iso", "authors", "subtitle", "url"),
    [
        (NEWS_PLEASE, "port.example", "2024-05-03T10:00:00", 1, None, "https://www.port.example/1"),
        (TRAFILATURA, "port.example", "2024-05-03", 2, "What the bridge will change", "https://www.port.example/1"),
        (FUNDUS, None, "2024-05-03T10:00:00+02:00", 2, None, None),
        (
            NEWS_API,
            "Port Times",
            "2024-05-03T08:00:00Z",
            2,
            "What the bridge will change",
            "https://www.port.example/1",
        ),
        (SCHEMA_ORG, "Port Times", "2024-05-03T10:00:00+02:00", 2, None, None),
    ],
    ids=["news-please", "trafilatura", "fundus", "newsapi", "schema.org"],
)
def test_what_exporters_write(
    record: dict[str, Any], publisher: str | None, iso: str, authors: int, subtitle: str | None, url: str | None
) -> None:
    found = article(record)
    assert found.title == TITLE
    assert tuple(text for text in found.paragraphs if text != "The crowd") == PARAGRAPHS
    assert found.source.publisher == publisher
    assert found.published is not None
    assert found.published.iso == iso
    assert found.authors == ("Anna Berg", "Jan Novak")[:authors]
    assert (found.subtitle, found.url) == (subtitle, url)


NAMES = {
    "title": ["title", "headline", "name"],
    "text": "text maintext plain_text plaintext body content article_body articleBody raw_text paragraphs".split(),
    "published": (
        "date_publish date published publishing_date published_at publishedAt publish_date datePublished "
        "date_published timestamp"
    ).split(),
    "authors": ["authors", "author"],
    "url": ["url", "canonical_url", "link", "source_url"],
    "language": ["language", "lang"],
    "section": ["section", "category"],
    "publisher": "publisher source_domain source site sitename site_name hostname media_name".split(),
}


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in NAMES.items() for name in names])
@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_every_name_of_every_field(field: str, name: str, change: Any) -> None:
    values = {
        "title": TITLE,
        "text": [TEXT] if name == "paragraphs" else TEXT,
        "published": "2024-05-03",
        "authors": "Anna Berg",
        "url": "https://port.example/1",
        "language": "en",
        "section": "Local",
        "publisher": "Port Times",
    }
    kept = {"title": "title", "text": "text"}
    found = article({**{kept[key]: values[key] for key in kept if key != field}, change(name): values[field], "id": 7})
    got = {
        "title": found.title,
        "text": "\n".join(found.paragraphs),
        "published": found.published and found.published.value,
        "authors": ", ".join(found.authors),
        "url": found.url,
        "language": found.language,
        "section": found.section,
        "publisher": found.source.publisher,
    }
    assert got[field] == (TEXT if field == "text" else values[field])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("one\r\ntwo\n\n \u00a0three \n", ("one", "two", "three")),
        (["one", "two\nthree", "", None, 4, ["five"]], ("one", "two", "three")),
        ("\u200bone\x07  two\ud800\nNFC e\u0301", ("one two\ufffd", "NFC é")),
        (f"{TITLE}\none", ("one",)),
        ({"sections": "none", "summary": ["one"]}, ("one",)),
        ({"sections": [None, {"paragraphs": "text"}, {"paragraphs": ["one", 2]}]}, ("one",)),
        (17, ()),
        ({}, ()),
        (True, ()),
    ],
    ids=repr,
)
def test_paragraphs(value: object, expected: tuple[str, ...]) -> None:
    assert article({"title": TITLE, "text": value}).paragraphs == expected


def test_a_field_that_holds_nothing_gives_way_to_the_next() -> None:
    record = {"title": " ", "headline": TITLE, "text": "", "maintext": None, "body": "\n", "content": ["one"]}
    found = article(record)
    assert (found.title, found.paragraphs) == (TITLE, ("one",))


@pytest.mark.parametrize(
    ("description", "subtitle"),
    [
        ("What the bridge will change", "What the bridge will change"),
        (PARAGRAPHS[0], None),
        (PARAGRAPHS[0][4:40] + "…", None),
        (PARAGRAPHS[0][:40] + " [...]", None),
        (f"{PARAGRAPHS[1]}\nIt is new.\n{PARAGRAPHS[0]}", "It is new."),
        (TITLE, None),
        ("", None),
        (12, None),
        ("x" * 20_000, None),
    ],
)
def test_a_description_is_a_subtitle_if_it_says_more_than_the_text(description: object, subtitle: str | None) -> None:
    assert article({**RECORD, "description": description}).subtitle == subtitle


def test_a_second_field_may_have_the_subtitle() -> None:
    assert article({**RECORD, "description": TITLE, "lead": "It is new."}).subtitle == "It is new."
    assert article({"title": TITLE, "summary": "It is new."}).subtitle == "It is new."


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T10:00:00.000Z", "2024-05-03T10:00:00Z"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00Z"),
        ("Fri, 03 May 2024 10:00:00 EST", "2024-05-03T10:00:00"),
        ("Published on 3 May 2024, 10:00", "2024-05-03T10:00"),
        ("03/05/2024", "2024"),
        (1714730400, "2024-05-03T10:00:00Z"),
        (1714730400.9, "2024-05-03T10:00:00Z"),
        (1714730400123, "2024-05-03T10:00:00Z"),
        ("1714730400", "2024-05-03T10:00:00Z"),
        ("1714730400123", "2024-05-03T10:00:00Z"),
        (-1e9, "1938-04-24T22:13:20Z"),
        (1e300, None),
        (-6e10, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("None", None),
        ("1" * 4000, None),
        (["2024-05-03"], None),
    ],
    ids=lambda value: str(value)[:30],
)
def test_dates(value: object, iso: str | None) -> None:
    published = article({**RECORD, "date": value}).published
    assert (published.iso if published else None) == iso


def test_the_first_date_that_is_one_counts_and_options_apply() -> None:
    published = article({**RECORD, "published": True, "date_publish": "None", "timestamp": 0, "date": "05/03/2024"})
    assert published.published is not None
    assert published.published.value == "2024"
    american = article({**RECORD, "date": "05/03/2024"}, dayfirst=False).published
    assert american is not None
    assert american.value == "2024-05-03"


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("By Anna Berg and Jan Novak", ("Anna Berg", "Jan Novak")),
        ("Berg, Anna; Novak, Jan", ("Berg, Anna", "Novak, Jan")),
        (["Anna Berg", "Anna Berg", "", None, {"name": "Jan Novak"}, {"id": 1}], ("Anna Berg", "Jan Novak")),
        ({"name": "Anna Berg"}, ("Anna Berg",)),
        (3, ()),
    ],
    ids=repr,
)
def test_authors(value: object, authors: tuple[str, ...]) -> None:
    assert article({**RECORD, "author": value}).authors == authors


@pytest.mark.parametrize(
    ("fields", "publisher"),
    [
        ({"publisher": "Port Times"}, "Port Times"),
        ({"source_domain": "www.port.example"}, "port.example"),
        ({"source": "https://www.port.example/1"}, "port.example"),
        ({"source": "https://[", "site": "Port"}, "Port"),
        ({"url": "http://www.port.example:80/1"}, "port.example"),
        ({"url": "https://["}, None),
        ({"url": "/1"}, None),
    ],
    ids=repr,
)
def test_publishers(fields: dict[str, Any], publisher: str | None) -> None:
    assert article({**RECORD, **fields}).source.publisher == publisher


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("pt_BR", "pt"),
        ("English", "en"),
        ("eng", "en"),
        ("xyz", None),
        (["de"], "de"),
        ("", None),
    ],
    ids=repr,
)
def test_a_stated_language_is_kept(value: object, language: str | None) -> None:
    [page] = read(lines({**RECORD, "lang": value}))
    assert isinstance(page, Page)
    assert page.articles[0].language == language
    assert with_language(page).articles[0].language == (language or "en")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "cut', "broken-json"),
        ("{'title': 'Python'}", "broken-json"),
        ('{"title": "a"} {"title": "b"}', "broken-json"),
        ("[" * 100_000, "broken-json"),
        ('{"a": ' * 100_000 + "1" + "}" * 100_000, "broken-json"),
        ('{"title": "a", "n": ' + "9" * 5000 + "}", "broken-json"),
        ("plain text", "broken-json"),
        ("\u00a0", "broken-json"),
        ("[1]", "not-an-object"),
        ('"title"', "not-an-object"),
        ("null", "not-an-object"),
        ("{}", "no-text"),
        ('{"title": "", "text": "\\u200b \\n"}', "no-text"),
        ('{"description": "It is new.", "url": "https://port.example/1"}', "no-text"),
    ],
    ids=lambda text: text[:30],
)
def test_lines_that_are_no_article(line: str, reason: str) -> None:
    before, skipped, after = read(lines(RECORD, line, RECORD))
    assert isinstance(before, Page)
    assert isinstance(after, Page)
    assert isinstance(skipped, Skipped)
    assert (skipped.source, skipped.reason) == ("news.jsonl:2", reason)
    assert skipped.hint
    assert len(skipped.hint) < 120


@pytest.mark.parametrize(
    "text",
    [
        lines(RECORD),
        lines(RECORD).rstrip("\n"),
        "\n \r\n\t" + lines(RECORD),
        lines(RECORD).replace("\n", "\r\n"),
        lines({"title": None}, RECORD),
        lines({"TITLE": TITLE}),
        "  " + lines(RECORD),
    ],
    ids=repr,
)
def test_what_json_lines_are(text: str) -> None:
    assert read(text)
    assert read(codecs.BOM_UTF8 + text.encode()) == read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"title": "cut', "broken-json"),
        (lines({"name": "left-pad", "version": "1.0"}), "unsupported-json"),
        ('{"title": "cut\n' + lines(RECORD), "broken-json"),
        ('{"a": ' * 100_000, "broken-json"),
    ],
    ids=lambda text: text[:30],
)
def test_json_that_is_no_json_lines(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "page.jsonl").write_text(text, encoding="utf-8")
    [skipped] = pages([tmp_path / "page.jsonl"])
    assert isinstance(skipped, Skipped)
    assert skipped.reason == reason
    assert "JSON Lines" in skipped.hint or reason == "broken-json"


def test_the_name_of_a_file_does_not_decide(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(lines(RECORD))
    (tmp_path / "b.jsonl").write_text(f"{TITLE}\n\n3 May 2024 - 10:00\n\n{TEXT}\n")
    assert [page.reader for page in pages([tmp_path]) if isinstance(page, Page)] == ["jsonl", "text"]


LINES = st.lists(
    st.sampled_from(
        [
            json.dumps(RECORD),
            json.dumps(RUSSIAN, ensure_ascii=False),
            '{"title": "a"}',
            '{"title": ""}',
            "{}",
            "{",
            "[]",
            "",
            " \t",
            "\r",
            "\ufeff",
            "\ufeff" + json.dumps(RECORD),
            "x" * 300,
            '{"title": "' + "y" * 300 + '"}',
        ]
    ),
    max_size=12,
)


@given(LINES, st.integers(1, 400), st.booleans())
def test_every_line_is_accounted_for_however_it_is_read(found: list[str], size: int, ends: bool) -> None:
    text = "\n".join([json.dumps(RECORD), *found]) + "\n" * ends
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl_module, "MAX_RECORD", 299)
        got = read(text, size=size)
    numbers = [n for n, line in enumerate(text.split("\n"), 1) if line.replace("\ufeff", "").strip()]
    assert [
        item.articles[0].line if isinstance(item, Page) else int(item.source.rpartition(":")[2]) for item in got
    ] == numbers
    reasons = [item.reason for item in got if isinstance(item, Skipped)]
    assert reasons.count("too-large") == sum(len(line) >= 300 for line in found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl_module, "MAX_RECORD", 299)
        assert read(text) == got


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "sections", "$"]), inner),
    max_leaves=6,
)
FIELD = st.sampled_from([name for names in NAMES.values() for name in names] + ["description", "tags", "\ud800"])


@given(st.dictionaries(FIELD, JSON))
def test_any_record(record: dict[str, Any]) -> None:
    _, found = read(lines(RECORD, json.dumps(record)))
    if isinstance(found, Page):
        [made] = found.articles
        assert made.title or made.paragraphs
        texts = (made.title, made.subtitle, *made.paragraphs, made.url, made.section, *made.authors)
        assert all(text == clean(text) for text in texts if text is not None)
        assert made.source.publisher != ""
    else:
        assert found.reason == "no-text"


def test_a_record_that_is_too_large_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.BytesIO):
        """One record, then a line of 40 MiB, of which every piece is made when it is asked for, then a record."""

        left = 40

        def read1(self, size: int | None = -1, /) -> bytes:
            self.left -= 1
            if self.left < -2:
                return b""
            ends = {39: lines(RECORD).encode(), -1: b"\n", -2: lines(RECORD).encode()}
            return ends.get(self.left, b"x" * 2**20)

    one, skipped, two = from_stdin(monkeypatch, Endless())
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    assert isinstance(skipped, Skipped)
    assert (skipped.source, skipped.reason) == ("-:2", "too-large")
    assert two.articles[0].line == 3


def test_a_record_up_to_the_limit_is_read() -> None:
    room = MAX_RECORD - len(json.dumps({"text": ""}))
    assert [type(item) for item in read(lines({"text": "x" * room}, {"text": "x" * (room + 1)}, RECORD))] == [
        Page,
        Skipped,
        Page,
    ]


def test_no_more_is_read_than_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    data = lines(*[RECORD] * 3).encode()
    found = from_stdin(monkeypatch, Pieces(data, len(lines(RECORD)), AssertionError("read too far")))
    assert [isinstance(next(found), Page) for _ in range(3)] == [True] * 3
    with pytest.raises(AssertionError, match="read too far"):
        next(found)


def test_a_file_that_breaks_off_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (lines(RECORD) + '{"title": "cut').encode()
    for error in (OSError(5, "Input/output error"), PermissionError(13, "Permission denied")):
        page, skipped = from_stdin(monkeypatch, Pieces(data, 50, error))
        assert isinstance(page, Page)
        assert isinstance(skipped, Skipped)
        assert (skipped.source, skipped.reason) == ("-", "no-permission" if error.errno == 13 else "unreadable")


def test_the_size_of_the_file_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs_module, "MAX_BYTES", 10)
    (tmp_path / "a.jsonl").write_text(lines(*[RECORD] * 9))
    assert [type(page) for page in pages([tmp_path])] == [Page] * 9
    assert len(list(from_stdin(monkeypatch, io.BytesIO(lines(*[RECORD] * 9).encode())))) == 9


@pytest.mark.parametrize(
    ("encoding", "used"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1251", "windows-1251"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_encodings_are_detected(encoding: str, used: str, size: int) -> None:
    records = [RUSSIAN, {"title": "Мост"}, RECORD]
    found = read(lines(*records).encode(encoding), size=size)
    assert [item.articles[0].title for item in found if isinstance(item, Page)] == [r["title"] for r in records]
    first = found[0]
    assert isinstance(first, Page)
    assert (first.encoding, first.articles[0].paragraphs) == (used, (RUSSIAN["text"],))


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-16-le", "utf-32-be", "utf-8-sig", "cp855"])
def test_encodings_are_given(encoding: str) -> None:
    [page] = read(lines(RUSSIAN).encode(encoding), encoding=encoding)
    assert isinstance(page, Page)
    assert (page.encoding, page.articles[0].title) == (encoding, RUSSIAN["title"])


def test_a_backslash_that_is_half_a_character() -> None:
    record = {"title": "表示 能力 ソフト"}
    [page] = read(lines(record).encode("shift_jis"), encoding="shift_jis")
    assert isinstance(page, Page)
    assert page.articles[0].title == record["title"]


def test_damage_in_one_line_does_not_touch_the_others() -> None:
    good, bad = (
        json.dumps(RUSSIAN, ensure_ascii=False).encode(),
        b'{"title": "The caf\xe9 in Orl\xe9ans re-opened on Friday, the mayor said after the meeting."}',
    )
    found = read(b"\n".join([good, bad, good.replace("Мост".encode(), b"\xd0", 1)]))
    pages_ = [item for item in found if isinstance(item, Page)]
    assert [page.encoding for page in pages_][::2] == ["utf-8", "utf-8 (damaged)"]
    assert pages_[0].articles[0].title == RUSSIAN["title"]
    assert str(pages_[1].articles[0].title).startswith("The café in Orléans")
    assert str(pages_[2].articles[0].title).startswith("\ufffd через")


def test_a_wrong_encoding_is_a_reason_to_skip() -> None:
    russian = lines(RECORD, RUSSIAN, RECORD)
    found = read(russian.encode("cp1251"), encoding="utf-8")
    assert [item.reason if isinstance(item, Skipped) else "" for item in found] == ["", "wrong-encoding", ""]
    *good, skipped = read(russian.encode("utf-16-le") + b"\x00", encoding="utf-16-le")
    assert [type(item) for item in good] == [Page] * 3
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "wrong-encoding"


@pytest.mark.parametrize("encoding", ["utf-7", "punycode", "idna", "undefined", "cp037", "hz", "iso2022_jp", "mbcs"])
def test_an_odd_encoding_is_no_crash(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "page.jsonl").write_text(lines(RUSSIAN, RECORD), encoding="utf-8")
    try:
        assert list(pages([tmp_path], encoding=encoding))
    except UsageError:
        assert encoding in ("mbcs", "undefined")


def test_records_are_loaded_into_a_corpus_once(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(lines(RECORD, RUSSIAN, "{", RECORD))

    def loaded() -> list[bool]:
        return [corpus.add(page) for page in pages([path]) if isinstance(page, Page)]

    with Corpus(tmp_path / "c.db", create=True) as corpus:
        assert loaded() == [True, True, False]
        assert loaded() == [False, False, False]
        with path.open("a") as file:
            file.write(lines({"title": "Ferry company to cut fares"}))
        assert loaded() == [False, False, False, True]
        assert corpus.check().rows == ()
        assert {article.title for article in corpus.articles()} >= {TITLE, "Ferry company to cut fares"}
