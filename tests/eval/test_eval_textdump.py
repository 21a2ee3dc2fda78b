"""Text dumps of real news pages: body, title and day, beside what needs no reader at all."""

import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

import pytest
from eval_sets import SHARED

from newsmine.loading.text import read_text
from newsmine.records import Article, Source
from newsmine.text import clean, fold

FLOORS = tomllib.loads(Path(__file__).with_name("textdump.toml").read_text(encoding="utf-8"))
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+")

pytestmark = [
    pytest.mark.eval,
    pytest.mark.skipif(not SHARED, reason="NEWSMINE_EVAL_DATA names no folder with further sets"),
]


@dataclass(frozen=True)
class Gold:
    """A dump, and what is in it."""

    name: str
    text: str
    title: str
    body: str
    day: str

    @property
    def half(self) -> str:
        """The half it belongs to: the rules were made on "tune", "check" tells what they are worth elsewhere."""
        stem = self.name.rpartition("/")[2]
        return "tune" if sha256(stem.encode()).digest()[0] % 2 else "check"


@dataclass(frozen=True)
class Found:
    """What a reader says of a dump."""

    title: str
    body: str
    day: str | None


@cache
def dumps() -> tuple[Gold, ...]:
    return tuple(_dumps(Path(str(SHARED)) / "pages"))


def _dumps(folder: Path) -> Iterator[Gold]:
    labels = json.loads((folder / "fundus" / "gold.json").read_text(encoding="utf-8"))
    for label in labels:
        stem = label["file"].removesuffix(".html.gz")
        for tool in ("inscriptis", "html2text"):
            path = folder / "textdump" / tool / f"{stem}.txt"
            if path.exists():
                text = path.read_text(encoding="utf-8")
                day = (label["published"] or "")[:10]
                yield Gold(f"{tool}/{stem}", text, label["title"] or "", "\n".join(label["body"]), day)


def f1(found: str, wanted: str) -> float:
    """Return the F1 of the multisets of tokens."""
    a, b = (Counter(_TOKEN.findall(normalize("NFC", text).casefold())) for text in (found, wanted))
    if not (a and b):
        return float(a == b)
    return 2 * (a & b).total() / (a.total() + b.total())


def same_title(found: str, wanted: str) -> bool:
    return re.findall(r"\w+", fold(clean(found))) == re.findall(r"\w+", fold(clean(wanted)))


def is_visible(day: str, text: str) -> bool:
    """Tell whether a dump states the day with its year, in digits or with a word for the month."""
    if not day:
        return False
    y, m, d = day.split("-")
    year, month, date = f"(?:{y}|{y[2:]})", f"0?{int(m)}", f"0?{int(d)}"
    join, word = r"[./\-\s]{1,2}", r"[^\W\d_]{3,12}"
    forms = (
        rf"\b{y}{join}{month}{join}{date}(?!\d)",
        rf"\b{y}年 ?{month}月 ?{date}日",
        rf"\b{y}년 ?{month}월 ?{date}일",
        rf"\b(?:{date}{join}{month}|{month}{join}{date}){join}{year}\b",
        rf"\b{date}(?:st|nd|rd|th|[.ºª])?(?: de| del| van)?[\s-]{word}[.,]*(?: de| del)?[\s,-]+{y}\b",
        rf"\b{word}\.? {date}(?:st|nd|rd|th)?,? {y}\b",
    )
    return any(re.search(form, text) for form in forms)


def read(gold: Gold) -> Found:
    page = read_text(gold.text, Source(gold.name))
    articles: Sequence[Article] = page.articles
    if not articles:
        return Found("", "", None)
    article = max(articles, key=lambda article: article.words)
    value = article.published.value if article.published else None
    body = "\n".join((article.subtitle or "", *article.paragraphs))  # the labels count the lead as body
    return Found(article.title or "", body, value[:10] if value and len(value) > 9 else None)


def whole(gold: Gold) -> Found:
    """Take the whole text for the body, and the first long line for the title."""
    first = next((line for line in gold.text.split("\n") if len(line.split()) >= 5), "")
    return Found(first, gold.text, None)


def figures(reader: Callable[[Gold], Found], pages: Sequence[Gold]) -> dict[str, float]:
    begun = time.process_time()
    found = [reader(page) for page in pages]
    seconds = time.process_time() - begun
    both = list(zip(found, pages, strict=True))
    titled = [(a, b) for a, b in both if b.title]
    visible = [(a, b) for a, b in both if is_visible(b.day, b.text)]
    dated = [(a, b) for a, b in both if b.day]
    return {
        "body_f1": sum(f1(a.body, b.body) for a, b in both) / len(both),
        "title": sum(same_title(a.title, b.title) for a, b in titled) / len(titled),
        "day_right": sum(a.day == b.day for a, b in visible) / len(visible),
        "day_wrong": sum(a.day not in (b.day, None) for a, b in visible) / len(visible),
        "day_wrong_of_all": sum(a.day not in (b.day, None) for a, b in dated) / len(dated),
        "pages_per_second": len(pages) / seconds,
    }


def report(name: str, pages: Sequence[Gold], reader: Callable[[Gold], Found]) -> dict[str, float]:
    found = figures(reader, pages)
    print(f"\n{name} ({len(pages)} pages): " + ", ".join(f"{k} {v:.3f}" for k, v in found.items()), end="")  # noqa: T201
    return found


def test_text_dumps_of_real_pages() -> None:
    pages = dumps()
    report("whole text, first long line", pages, whole)
    for half in ("tune", "check"):
        for tool in ("inscriptis", "html2text"):
            part = [page for page in pages if page.half == half and page.name.startswith(tool)]
            report(f"newsmine, {tool}, {half}", part, read)
    found = report("newsmine", pages, read)
    for name in ("body_f1", "title", "day_right"):
        assert found[name] >= FLOORS[name], name
    assert found["day_wrong"] <= FLOORS["day_wrong"]
