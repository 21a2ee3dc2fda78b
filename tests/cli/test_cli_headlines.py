"""`load`, `articles` and `headlines`, and the filters, on the seed page."""

import pytest
from cli_process import SEED, newsmine

SINCE = ("--since", "2024-02-28")


@pytest.fixture
def listed(tmp_path, corpus):
    """Return a function that runs `headlines` on the corpus and returns the rows."""

    def run(*arguments):
        result = newsmine("headlines", "--corpus", corpus, *arguments, cwd=tmp_path)
        assert (result.status, result.err) == (0, "")
        return result.rows

    return run


def test_load_takes_each_source_once(tmp_path):
    first, second = (newsmine("load", SEED.parent, cwd=tmp_path) for _ in range(2))
    assert (
        first.err == "newsmine: data/corpus.db: 1 file = 1 loaded (1 article, 46 headlines) + 0 unchanged + 0 skipped\n"
    )
    assert (
        second.err
        == "newsmine: data/corpus.db: 1 file = 0 loaded (0 articles, 0 headlines) + 1 unchanged + 0 skipped\n"
    )
    assert (first.status, first.out, second.status, second.out) == (0, "", 0, "")
    assert len(newsmine("headlines", *SINCE, cwd=tmp_path).rows) == 41
    info = newsmine("corpus", "info", cwd=tmp_path).rows
    assert {"item": "sources", "value": "1"} in info
    check = newsmine("corpus", "check", cwd=tmp_path)
    assert (check.status, check.rows) == (0, [])


def test_headlines_since(listed):
    rows = listed(*SINCE)
    assert list(rows[0]) == ["date", "source", "headline", "copies", "url"]
    assert len(rows) == 41
    dates = [row["date"] for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert "2024-02-28T19:48" in dates
    assert sum(int(row["copies"]) for row in rows) == len(listed(*SINCE, "--no-dedupe")) == 42


def test_groups_and_why(listed):
    rows = listed("--groups")
    assert list(rows[0]) == ["story", "date", "source", "headline", "list", "url"]
    assert [row["list"] for row in rows] == ["Read also", "Latest news"]
    assert len({row["headline"] for row in rows}) == 1
    why = listed("--why")
    assert [(row["score"], row["rule"]) for row in why] == [("", "first"), ("100.0", "identical")]


def test_threshold_and_window(listed):
    all_rows = listed()
    assert len(all_rows) > len(listed("--threshold", "20", "--window", "0d")) > len(listed("--threshold", "20"))
    assert listed("--window", "3") == listed("--window", "3d") == all_rows


def test_list(listed):
    also, latest, article = (listed("--list", name) for name in ("read ALSO", "Latest news", "article"))
    assert [len(rows) for rows in (also, latest, article)] == [6, 40, 1]
    assert listed("--list", "nope") == []


@pytest.mark.parametrize(("arguments", "expected"), [
    ([], 46),
    (["--until", "2023-12-31"], 1),
    (["--since", "2024-02-28T21:00"], 5),
    (["--since", "2024-02-28T21:00", "--until", "2024-02-28T22:30"], 4),
    (["--source", "azer*"], 46),
    (["--source", "pages/*"], 46),
    (["--source", "kurier"], 0),
    (["--section", "chron*"], 1),
    (["--section", "sport"], 0),
    (["--match", "aliyev"], 2),
    (["--lang", "en"], 46),
    (["--lang", "fr"], 0),
    (["--undated", "drop"], 46),
    (["--part", "article"], 1),
    (["--part", "listed"], 45),
])  # fmt: skip
def test_filters(listed, arguments, expected):
    assert len(listed(*arguments)) == expected


UNDATED = """A title of the page
    A subtitle

    WORLD  28 February 2024 - 23:30

    A paragraph.

Latest news

A headline that states its day

27 February 2024 - 10:00

A headline that does not
"""


def test_undated_records(tmp_path):
    (tmp_path / "page.txt").write_text(UNDATED)

    def titles(*arguments):
        return newsmine("headlines", "page.txt", *arguments, cwd=tmp_path).column("headline")

    undated = "A headline that does not"
    assert undated in titles()
    assert undated not in titles("--undated", "drop")
    assert undated not in titles("--since", "2024-02-28")
    assert titles("--since", "2024-02-28", "--undated", "keep") == ["A title of the page", undated]


def test_tz_moves_times_that_state_a_zone(tmp_path):
    assert newsmine("load", "--tz", "UTC", "-q", SEED, cwd=tmp_path).err == ""
    day = ("--since", "2024-02-29")
    assert newsmine("headlines", *day, cwd=tmp_path).rows == []
    moved = newsmine("headlines", *day, "--tz", "Asia/Baku", cwd=tmp_path).column("date")
    # Midnight in Baku is 20:00 UTC, and 13 of the listed headlines are later than that.
    assert (len(moved), moved[0], moved[-1]) == (13, "2024-02-28T23:00Z", "2024-02-28T20:05Z")


def test_articles(tmp_path, corpus):
    rows = newsmine("articles", "--corpus", corpus, cwd=tmp_path).rows
    assert [(row["date"], row["source"], row["section"]) for row in rows] == [
        ("2023-09-20T08:51", "azernews", "CHRONICLE")
    ]
    assert int(rows[0]["words"]) > 300
    assert len(newsmine("articles", "--corpus", corpus, "--part", "all", cwd=tmp_path).rows) == 46
    asked = newsmine("articles", SEED, "--columns", "subtitle,line", cwd=tmp_path)
    assert asked.out == "subtitle,line\nPresident Aliyev tells Secretary Blinken,1\n"


def test_a_corpus_gives_the_rows_of_its_sources(tmp_path, corpus):
    for command in (["headlines"], ["headlines", "--why"], ["articles", "--part", "all"]):
        from_corpus = newsmine(*command, "--corpus", corpus, cwd=tmp_path)
        from_path = newsmine(*command, "pages", cwd=corpus.parent)
        named = newsmine(*command, cwd=tmp_path, env={"NEWSMINE_CORPUS": str(corpus)})
        assert from_corpus.out == from_path.out == named.out
        assert from_path.rows


def test_standard_input(tmp_path):
    page = SEED.read_bytes()
    piped, dash = (newsmine("headlines", *SINCE, *more, cwd=tmp_path, given=page) for more in ([], ["-"]))
    assert piped.out == dash.out
    assert len(piped.rows) == 41
    nothing = newsmine("headlines", "-", cwd=tmp_path, given=b"")
    assert (nothing.status, nothing.out) == (1, "")
    assert nothing.err == "newsmine: error: cannot read standard input: empty\nhint: the source holds no text\n"


def test_the_order_of_paths_changes_nothing(tmp_path):
    text = SEED.read_text(encoding="utf-8")
    (tmp_path / "other-2024-02-28.txt").write_text(text.replace("Aliyev", "Alijev"), encoding="utf-8")
    paths = [SEED, "other-2024-02-28.txt"]
    for command in (["headlines", "--why"], ["headlines", "--no-dedupe"], ["articles", "--part", "all"]):
        assert newsmine(*command, *paths, cwd=tmp_path).out == newsmine(*command, *reversed(paths), cwd=tmp_path).out


HOSTILE = (
    b"\x1b]52;c;aGk=\x07[bold]x[/b] visits Minsk now\n=cmd|calc visits Baku now\n"
    b"Putin \xe2\x80\xaevisits Minsk again\n\x00Nul headline goes there\n"
)


@pytest.mark.parametrize("form", ["--csv", "--tsv", "--json", "--jsonl", "--table", "--excel"])
def test_hostile_text_is_harmless_in_a_pipe(tmp_path, form):
    (tmp_path / "page.txt").write_bytes(HOSTILE)
    done = newsmine("headlines", "page.txt", form, cwd=tmp_path)
    assert done.status == 0
    assert not set(done.out) & set("\x1b\x07\x00\u202e\x9b")
    assert "[bold]x[/b] visits Minsk now" in done.out
    if form == "--excel":
        assert ",'=cmd|calc visits Baku now," in done.out
