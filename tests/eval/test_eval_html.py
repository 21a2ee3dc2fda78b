"""Saved HTML pages: F1 of the words of the body, titles, days and times, beside other extractors in the same run."""

import gzip
import json
import re
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from eval_sets import SHARED

from newsmine.loading.html.page import read_page
from newsmine.loading.markup import paragraphs_of
from newsmine.loading.options import Options
from newsmine.records import Article, Page, Timestamp
from newsmine.text import clean, fold

FLOORS = tomllib.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))["html"]
WORD = re.compile(r"\w+")
GRAM = 4

pytestmark = [
    pytest.mark.eval,
    pytest.mark.skipif(not SHARED, reason="NEWSMINE_EVAL_DATA names no folder with further sets"),
]


@dataclass(frozen=True)
class Gold:
    """A saved page and what is known of it."""

    data: bytes
    body: str
    title: str = ""
    published: str = ""


@dataclass
class Result:
    """What an extractor made of a set: the bodies, or the articles, and the seconds of the processor it took."""

    bodies: list[str] = field(default_factory=list)
    articles: list[Article | None] = field(default_factory=list)
    seconds: float = 0.0


@cache
def gold(name: str) -> tuple[Gold, ...]:
    folder = Path(str(SHARED)) / "pages" / name
    found = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    if isinstance(found, dict):
        return tuple(Gold(page(folder / f"{key}.html.gz"), one["body"]) for key, one in found.items())
    return tuple(
        Gold(page(folder / one["file"]), "\n".join(one["body"]), one["title"], one["published"]) for one in found
    )


def page(path: Path) -> bytes:
    with gzip.open(path) as file:
        return file.read()


@cache
def ours(name: str, *, fast: bool = False) -> Result:
    result = Result()
    options = Options(fast=fast)
    read_page(gold(name)[0].data, "warm-up", options)
    for number, one in enumerate(gold(name)):
        start = time.process_time()
        found = read_page(one.data, f"page {number}", options)
        result.seconds += time.process_time() - start
        article = found.articles[0] if isinstance(found, Page) and found.articles else None
        result.articles.append(article)
        result.bodies.append("\n".join(article.paragraphs) if article else "")
    return result


@cache
def theirs(name: str, peer: str) -> Result:
    result = Result()
    extract = PEERS[peer]()
    extract(text_of(gold(name)[0].data))
    for one in gold(name):
        text = text_of(one.data)
        start = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what others warn of is theirs
            result.bodies.append(extract(text))
        result.seconds += time.process_time() - start
    return result


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def trafilatura(*, precise: bool) -> Callable[[str], str]:
    import trafilatura

    return lambda text: trafilatura.extract(text, favor_precision=precise, include_comments=False) or ""


def resiliparse() -> Callable[[str], str]:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda text: str(extract_plain_text(text, main_content=True))


def newspaper() -> Callable[[str], str]:
    from newspaper import Article as Story
    from tldextract.tldextract import TLD_EXTRACTOR

    TLD_EXTRACTOR.suffix_list_urls = ()  # the list that comes with it: nothing is fetched

    def extract(text: str) -> str:
        story = Story("https://page.example/", fetch_images=False)
        story.set_html(text)
        story.parse()
        return str(story.text)

    return extract


def readability() -> Callable[[str], str]:
    from readability import Document

    return lambda text: "\n".join(paragraphs_of(Document(text).summary()))


PEERS: dict[str, Callable[[], Callable[[str], str]]] = {
    "trafilatura, precise": lambda: trafilatura(precise=True),
    "trafilatura": lambda: trafilatura(precise=False),
    "resiliparse": resiliparse,
    "newspaper4k": newspaper,
    "readability-lxml": readability,
}


def f1(found: Counter[object], wanted: Counter[object]) -> float:
    hits = (found & wanted).total()
    return 2 * hits / (found.total() + wanted.total()) if hits else float(found == wanted)


def words(text: str) -> Counter[object]:
    return Counter(WORD.findall(text))


def grams(text: str) -> Counter[object]:
    found = WORD.findall(text)
    return Counter(tuple(found[i : i + GRAM]) for i in range(max(1, len(found) - GRAM + 1))) if found else Counter()


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(100 * sum(found) / len(found), 1)


def body_f1(name: str, result: Result, of: Callable[[str], Counter[object]] = words) -> float:
    return mean(f1(of(body), of(one.body)) for body, one in zip(result.bodies, gold(name), strict=True))


def report(name: str, who: str, result: Result) -> float:
    score = body_f1(name, result)
    speed = len(result.bodies) / result.seconds
    shown = f"words {score}, groups of {GRAM} words {body_f1(name, result, grams)}, {speed:.0f} pages a second"
    print(f"\n{name}: {who}: F1 of {shown}", end="")  # noqa: T201
    return score


def peers() -> Iterator[str]:
    for peer in PEERS:
        try:
            PEERS[peer]()
            yield peer
        except ImportError:
            print(f"\n{peer} left out: it is not installed", end="")  # noqa: T201


@pytest.mark.parametrize("name", ["zyte", "fundus"])
def test_bodies(name: str) -> None:
    others = {peer: report(name, peer, theirs(name, peer)) for peer in peers()}
    score = report(name, "newsmine", ours(name))
    assert score >= FLOORS[name]["body"]
    assert score > max(others.values())


@pytest.mark.parametrize("name", ["zyte", "fundus"])
def test_bodies_in_the_fast_way(name: str) -> None:
    assert report(name, "newsmine, fast", ours(name, fast=True)) >= FLOORS["fast"][name]


def plain(text: str | None) -> str:
    return " ".join(fold(clean(text or "")).split())


def test_titles_days_and_times() -> None:
    pairs = list(zip(ours("fundus").articles, gold("fundus"), strict=True))
    title = mean(plain(article.title if article else "") == plain(one.title) for article, one in pairs)
    dated = [(article.published if article else None, datetime.fromisoformat(one.published)) for article, one in pairs]
    day = mean(is_day(*pair) for pair in dated)
    moment = mean(is_moment(*pair) for pair in dated)
    wrong = mean(bool(stamp and stamp.value) and not is_day(stamp, wanted) for stamp, wanted in dated)
    print(f"\nfundus: newsmine: title {title}, day {day} (wrong {wrong}), time {moment}", end="")  # noqa: T201
    assert (title, day, moment) >= (FLOORS["fundus"]["title"], 0, 0)
    assert day >= FLOORS["fundus"]["day"]
    assert moment >= FLOORS["fundus"]["time"]


def is_day(stamp: Timestamp | None, wanted: datetime) -> bool:
    if stamp is None or stamp.iso is None or len(stamp.iso) < len("2024-05-03"):
        return False
    if stamp.zone and wanted.tzinfo:
        return datetime.fromisoformat(stamp.iso).astimezone(wanted.tzinfo).date() == wanted.date()
    return str(stamp.value).startswith(wanted.date().isoformat())


def is_moment(stamp: Timestamp | None, wanted: datetime) -> bool:
    if stamp is None or stamp.iso is None or "T" not in stamp.iso:
        return False
    found = datetime.fromisoformat(stamp.iso)
    if not (found.tzinfo and wanted.tzinfo):
        found, wanted = found.replace(tzinfo=None), wanted.replace(tzinfo=None)
    return abs((found - wanted).total_seconds()) < 60


def test_words_and_groups_of_words() -> None:
    bodies: Sequence[str] = ("a b c d e", "")
    assert f1(words(bodies[0]), words("a b c d x")) == 0.8
    assert f1(grams(bodies[0]), grams("a b c d x")) == 0.5
    assert f1(words(bodies[1]), words("")) == 1.0
    assert f1(words(bodies[1]), words("a")) == 0.0
