"""`entities`, `mentions` and `cooccur` on the seed page."""

import pytest
from cli_process import SEED, newsmine

from newsmine.headlines import documents
from newsmine.loading import pages
from newsmine.records import Page


@pytest.fixture
def run(tmp_path, corpus):
    """Return a function that runs a command on the corpus and returns the rows."""

    def run(command, *arguments):
        result = newsmine(command, "--corpus", corpus, *arguments, cwd=tmp_path)
        assert (result.status, result.err) == (0, "")
        return result.rows

    return run


def test_entities(run):
    rows = run("entities")
    assert list(rows[0]) == ["name", "kind", "mentions", "articles", "stories", "sources"]
    names = [row["name"] for row in rows]
    assert names.count("Ilham Aliyev") == names.count("Antony Blinken") == 1
    assert not {"Aliyev", "Blinken", "President Aliyev", "Secretary Blinken"}.intersection(names)
    assert [row["kind"] for row in rows if row["name"] == "Azerbaijan"] == ["place"]
    counts = [int(row["mentions"]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert all(int(row["mentions"]) >= int(row["articles"]) >= int(row["stories"]) >= 1 for row in rows)


def test_entities_of_a_kind_and_a_count(run):
    people = run("entities", "--kind", "person")
    assert {row["kind"] for row in people} == {"person"}
    assert {row["kind"] for row in run("entities", "--kind", "person,place")} == {"person", "place"}
    by_articles = run("entities", "--by", "articles", "--min", "3")
    counts = [int(row["articles"]) for row in by_articles]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 3
    assert len(by_articles) < len(run("entities", "--min", "3"))


def test_entities_unmerged_and_merged_by_hand(run, tmp_path):
    assert {"Aliyev", "Blinken"} <= {row["name"] for row in run("entities", "--no-merge")}
    (tmp_path / "merges.csv").write_text("variant,canonical,kind\nYerevan,Armenia,place\n")
    names = [row["name"] for row in run("entities", "--merges", "merges.csv")]
    assert "Armenia" in names
    assert "Yerevan" not in names


def test_evidence_is_a_sentence_with_the_name(run):
    row = next(row for row in run("entities", "--evidence", "1") if row["name"] == "Antony Blinken")
    text = SEED.read_text(encoding="utf-8")
    assert "Blinken" in row["evidence"]
    sentence, _, where = row["evidence"].rpartition(" [")
    assert sentence in " ".join(text.split()), row["evidence"]
    assert where == "pages/azernews-2023-09-20.txt, subtitle]"


def test_mentions_stand_where_they_say(run):
    parts = {
        (document.id, part.name): part.text
        for page in pages([SEED])
        if isinstance(page, Page)
        for document in documents([*page.articles, *page.headlines])
        for part in document.parts
    }
    rows = run("mentions", "--columns", "source,part,start,end,text,kind,name,rule,document")
    assert len(rows) > 50
    for row in rows:
        text = parts[row["document"], row["part"]]
        assert text[int(row["start"]) : int(row["end"])] == row["text"]
    assert {row["name"] for row in rows if row["text"] == "Aliyev"} == {"Ilham Aliyev"}
    assert {row["source"] for row in rows} == {"pages/azernews-2023-09-20.txt"}


def test_mentions_in_context(run):
    row = run("mentions", "--context", "15", "-n", "1")[0]
    assert list(run("mentions")[0]) == ["source", "part", "start", "end", "text", "kind", "name", "rule"]
    assert row["text"] in row["context"]
    assert len(row["context"]) <= len(row["text"]) + 30


def test_mentions_add_up_to_the_entities(run):
    mentions = [row["name"] for row in run("mentions")]
    assert {row["name"]: int(row["mentions"]) for row in run("entities")} == {n: mentions.count(n) for n in mentions}


def test_cooccur_levels(run):
    tables = {level: run("cooccur", "--level", level) for level in ("document", "paragraph", "sentence")}
    assert list(tables["document"][0]) == ["a", "a_kind", "b", "b_kind", "count", "expected", "npmi", "llr", "q"]
    assert run("cooccur") == tables["document"]
    pairs = {level: {(row["a"], row["b"]) for row in rows} for level, rows in tables.items()}
    assert pairs["sentence"] <= pairs["paragraph"] <= pairs["document"]
    assert len(pairs["sentence"]) < len(pairs["document"])
    assert all(len(found) == len(tables[level]) for level, found in pairs.items())
    count = {(row["a"], row["b"]): int(row["count"]) for row in tables["sentence"]}
    assert count["Antony Blinken", "Ilham Aliyev"] == 4


def test_cooccur_measures_kinds_and_minimum(run):
    rows = run("cooccur", "--level", "sentence", "--measure", "dice,jaccard", "--min", "2")
    assert list(rows[0])[-3:] == ["dice", "jaccard", "q"]
    assert min(int(row["count"]) for row in rows) == 2
    between = run("cooccur", "--between", "person:place")
    assert {(row["a_kind"], row["b_kind"]) for row in between} == {("person", "place")}
    evidence = run("cooccur", "--level", "sentence", "--evidence", "1", "-n", "1")
    assert evidence[0]["a"] in evidence[0]["evidence"]


@pytest.mark.parametrize("command", ["entities", "mentions", "cooccur"])
def test_parts(run, command):
    article, listed, everything = (run(command, "--part", part) for part in ("article", "listed", "all"))
    assert run(command) == everything
    assert article != listed
    assert min(len(article), len(listed)) > 0
    assert max(len(article), len(listed)) < len(everything)
    if command == "mentions":
        assert len(article) + len(listed) == len(everything)


@pytest.mark.parametrize("filters", [
    ["--since", "2024-01-01"],
    ["--until", "2024-01-01"],
    ["--match", "ceasefire"],
    ["--section", "CHRONICLE"],
])  # fmt: skip
def test_filters(run, filters):
    assert 0 < len(run("mentions", *filters)) < len(run("mentions"))


def test_same_bytes_whatever_the_processes_and_hash_seed(tmp_path, corpus):
    text = SEED.read_text(encoding="utf-8")
    (tmp_path / "other-2024-02-28.txt").write_text(text.replace("Armenia", "Georgia"), encoding="utf-8")
    paths = [SEED, "other-2024-02-28.txt"]
    one = newsmine("mentions", *paths, "-j", "1", cwd=tmp_path, env={"PYTHONHASHSEED": "1"})
    two = newsmine("mentions", *paths[::-1], "-j", "2", cwd=tmp_path, env={"PYTHONHASHSEED": "2"})
    assert one.rows
    assert (one.out, one.err) == (two.out, two.err)


@pytest.mark.parametrize("command", [["entities", "--evidence", "2"], ["cooccur", "--level", "paragraph"]])
def test_same_bytes_from_path_and_corpus(tmp_path, corpus, command):
    seeds = [{"PYTHONHASHSEED": n} for n in ("3", "4")]
    from_corpus = newsmine(*command, "--corpus", corpus, cwd=tmp_path, env=seeds[0])
    from_path = newsmine(*command, "pages", "-j", "1", cwd=corpus.parent, env=seeds[1])
    assert from_corpus.rows
    assert from_corpus.out == from_path.out


def test_what_was_found_once_needs_no_model(tmp_path, corpus):
    result = newsmine("entities", "--corpus", corpus, "-v", cwd=tmp_path)
    assert result.rows
    missing = newsmine("entities", SEED, "--model", "no_such_model", cwd=tmp_path)
    assert missing.status == 4
