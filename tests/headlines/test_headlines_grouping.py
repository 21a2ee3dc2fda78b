from hypothesis import given
from hypothesis import strategies as st

from newsmine.headlines import documents, group, headline_table
from newsmine.records import Article, Headline, Source, Timestamp

WIRE = "Oil prices slip as OPEC weighs output cut"


def listed(
    text: str, day: str | None = None, publisher: str | None = "a", path: str = "a.txt", **more: str
) -> Headline:
    stamp = Timestamp(day, day, "day") if day else None
    return Headline(text, text, Source(path, publisher), "Latest", published=stamp, **more)  # type: ignore[arg-type]


def test_near_identical_headlines_are_one_story() -> None:
    assert group([WIRE, f"UPDATE 1-{WIRE} - Reuters", "Rain in Baku", WIRE.upper()]) == [0, 0, 1, 0]


def test_numbers_keep_stories_apart() -> None:
    assert group(["Inflation falls to 3.4% in May", "Inflation falls to 4.3% in May"]) == [0, 1]


def test_the_window_keeps_stories_apart() -> None:
    days = ["2024-02-01", "2024-02-03", "2024-02-09", None]
    assert group([WIRE] * 4, days=days) == [0, 0, 1, 0]
    assert group([WIRE] * 3, days=days[:3], window=None) == [0, 0, 0]


def test_stories_do_not_chain() -> None:
    days = [f"2024-02-0{n}" for n in range(1, 8)]
    numbers = group([WIRE] * 7, days=days, window=3)
    for story in set(numbers):
        members = [int(day[-1]) for day, number in zip(days, numbers, strict=True) if number == story]
        assert max(members) - min(members) <= 3


@given(st.lists(st.sampled_from(["", "a b c", "b a c", "x", "?!", "東京"]), max_size=8))
def test_every_headline_gets_a_number_in_the_order_of_first_appearance(texts: list[str]) -> None:
    numbers = group(texts)
    assert list(dict.fromkeys(numbers)) == list(range(len(set(numbers))))
    for i, a in enumerate(texts):
        assert all(numbers[i] == numbers[j] for j, b in enumerate(texts) if a == b)


def test_a_headline_on_many_pages_is_one_document() -> None:
    pages = [listed(WIRE, "2024-02-01", None, f"page{n}.txt") for n in range(9)]
    assert len(documents(pages)) == 1
    assert documents(pages)[0].source.path == "page0.txt"


def test_days_and_publishers_are_told_apart_and_the_undated_join_the_first_day() -> None:
    records = [
        listed(WIRE, "2024-02-01"),
        listed(WIRE, "2024-02-09"),
        listed(WIRE),
        listed(WIRE, "2024-02-01", publisher="b"),
    ]
    assert len(documents(records)) == 3
    assert documents(records) == documents(records[::-1])


def test_a_listed_headline_whose_article_is_there_is_no_document() -> None:
    article = Article("1", Source("b.txt", "a"), WIRE, published=Timestamp("", "2024-02-01", "day"), paragraphs=("P.",))
    kinds = [d.kind for d in documents([listed(WIRE, "2024-02-01"), listed(WIRE), article])]
    assert kinds == ["article"]
    assert [d.kind for d in documents([listed(WIRE, "2024-02-05"), article])] == ["listed", "article"]


def test_part_chooses() -> None:
    article = Article("1", Source("b.txt"), "Rain", paragraphs=("P.",))
    records = [article, listed(WIRE)]
    assert [d.kind for d in documents(records, part="article")] == ["article"]
    assert [d.kind for d in documents(records, part="listed")] == ["listed"]


def test_the_table_shows_the_earliest_of_a_story_newest_story_first() -> None:
    table = headline_table(
        [
            listed(f"{WIRE} - Reuters", "2024-02-02", "b"),
            listed(WIRE, "2024-02-01"),
            listed("Rain in Baku", "2024-02-05"),
            listed("Undated thing"),
        ]
    )
    assert table.select(("date", "headline", "copies")).rows == (
        ("2024-02-05", "Rain in Baku", 1),
        ("2024-02-01", WIRE, 2),
        (None, "Undated thing", 1),
    )


def test_why_explains_each_member() -> None:
    edited = WIRE.replace("slip", "fall")
    table = headline_table(
        [listed(WIRE, "2024-02-01"), listed(WIRE, "2024-02-01"), listed(edited, "2024-02-02")], why=True
    )
    rows = table.select(("headline", "score", "rule")).rows
    assert rows[0] == (WIRE, None, "first")
    assert rows[1] == (WIRE, 100.0, "identical")
    assert rows[2][0] == edited
    assert 76 <= float(str(rows[2][1])) < 100
    assert rows[2][2] == "near-identical"
