"""Bad input and wrong options: what is said, which status, and what is still done."""

import json
import sqlite3

import pytest
from cli_process import SEED, failed, newsmine

from newsmine.corpus import Corpus

ONE = ("-n", "1", "--columns", "date")


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """Return a folder of files that cannot be read."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "link.txt").symlink_to("nowhere")
    (folder / "nothing").mkdir()
    return folder


@pytest.mark.parametrize(("path", "reason"), [
    ("missing.txt", "not-found"),
    ("empty.txt", "empty"),
    ("binary.txt", "binary"),
    ("link.txt", "not-found"),
    ("nothing", "empty-folder"),
    ("*.html", "no-match"),
    ("https://news.example/page", "web-address"),
])  # fmt: skip
def test_a_bad_source_alone_and_beside_a_good_one(path, reason, bad):
    alone = newsmine("headlines", path, cwd=bad)
    failed(alone, 1)
    assert alone.err.startswith(f"newsmine: error: cannot read {path}: {reason}\nhint: ")
    hint = alone.err.split("hint: ")[1]
    beside = newsmine("headlines", path, SEED, *ONE, cwd=bad)
    assert (beside.status, beside.out) == (3, "date\n2024-02-28T23:00\n")
    assert beside.err == f"newsmine: skipped {path}: {reason}: {hint}"
    assert newsmine("headlines", path, SEED, *ONE, "--fail-empty", cwd=bad).status == 3


def test_several_bad_sources_are_named_each(bad):
    result = newsmine("headlines", "empty.txt", "binary.txt", "missing.txt", cwd=bad)
    failed(result, 1)
    assert [line.split(":")[1] for line in result.err.splitlines()[:3]] == [
        " skipped empty.txt",
        " skipped binary.txt",
        " skipped missing.txt",
    ]
    assert "nothing could be read: 1 binary, 1 empty, 1 not-found" in result.err


def test_invalid_utf8_is_read_all_the_same(tmp_path):
    (tmp_path / "page.txt").write_bytes(SEED.read_bytes() + b"\n\n\xff\xfe\xff broken\n")
    result = newsmine("headlines", "page.txt", cwd=tmp_path)
    assert result.status == 0
    assert len(result.rows) > 40


def test_load_takes_the_good_and_names_the_bad(bad, tmp_path):
    paths = [bad / "empty.txt", SEED, bad / "missing.txt"]
    result = newsmine("load", *paths, cwd=tmp_path)
    assert result.status == 3
    assert (
        "3 files = 1 loaded (1 article, 46 headlines) + 0 unchanged + 2 skipped; not read: 1 empty, 1 not-found"
        in result.err
    )
    assert len(newsmine("headlines", cwd=tmp_path).rows) == 46
    again = newsmine("load", *paths, "-q", cwd=tmp_path)
    assert again.status == 3
    assert all(line.startswith("newsmine: skipped ") for line in again.err.splitlines())
    only_bad = newsmine("load", bad / "empty.txt", cwd=tmp_path)
    assert only_bad.status == 1
    assert "Traceback" not in only_bad.err


def test_strict(bad, tmp_path):
    result = newsmine("headlines", bad / "empty.txt", SEED, "--strict", cwd=tmp_path)
    failed(result, 1)
    assert "skipped with --strict: 1 empty" in result.err
    assert newsmine("headlines", SEED, "--strict", *ONE, cwd=tmp_path).status == 0
    load = newsmine("load", bad / "empty.txt", SEED, "--strict", cwd=tmp_path)
    assert load.status == 1


@pytest.mark.parametrize(("arguments", "message"), [
    (["headlines", "--since", "31 Smarch"], "'31 Smarch'"),
    (["headlines", "--until", "2024-02-30"], "'2024-02-30'"),
    (["headlines", "--limit", "-1"], "--limit"),
    (["headlines", "--limit", "x"], "--limit"),
    (["headlines", "--columns", "date,nope"], "unknown column 'nope'"),
    (["headlines", "--sort", "nope"], "unknown column 'nope'"),
    (["headlines", "-f", "yaml"], "unknown format 'yaml'"),
    (["headlines", "-o", "x.doc"], "unknown file suffix '.doc'"),
    (["headlines", "-f", "xlsx"], "xlsx is written to a file only"),
    (["headlines", "--excel", "--json"], "Excel"),
    (["headlines", "--color", "some"], "unknown choice for --color 'some'"),
    (["headlines", "--errors", "xml"], "unknown form of errors 'xml'"),
    (["headlines", "--undated", "maybe"], "'maybe'"),
    (["headlines", "--part", "some"], "unknown part 'some'"),
    (["headlines", "--match", "("], "not a regular expression"),
    (["headlines", "--tz", "Mars/Olympus"], "unknown time zone 'Mars/Olympus'"),
    (["headlines", "--window", "soon"], "not a window: 'soon'"),
    (["headlines", "--threshold", "101"], "--threshold"),
    (["headlines", "--no-dedupe", "--groups"], "contradict"),
    (["headlines", "--encoding", "nope"], "unknown encoding 'nope'"),
    (["headlines", "--as-of", "nope"], "'nope'"),
    (["headlines", "--corpus", "x.db"], "a path and --corpus at once"),
    (["entities", "--kind", "animal"], "unknown kind 'animal'"),
    (["entities", "--by", "luck"], "unknown count 'luck'"),
    (["entities", "-j", "0"], "--jobs"),
    (["entities", "--merges", "x.csv", "--no-merge"], "contradict"),
    (["cooccur", "--measure", "luck"], "unknown measure 'luck'"),
    (["cooccur", "--level", "page"], "unknown level 'page'"),
    (["cooccur", "--between", "person"], "'person'"),
    (["cooccur", "--between", "person:animal"], "unknown kind 'animal'"),
])  # fmt: skip
def test_a_wrong_option(arguments, message, tmp_path):
    result = newsmine(arguments[0], SEED, *arguments[1:], cwd=tmp_path)
    failed(result, 2)
    assert message in result.err
    assert not list(tmp_path.iterdir())


def test_an_unknown_name_lists_the_known_ones(tmp_path):
    result = newsmine("entities", SEED, "--kind", "animal", cwd=tmp_path)
    assert result.err.splitlines()[1] == "hint: known: organisation, person, place"


def test_a_model_that_is_not_installed(tmp_path):
    result = newsmine("entities", SEED, "--model", "no_such_model", cwd=tmp_path)
    failed(result, 4)
    assert "hint: python -m spacy download no_such_model" in result.err
    assert newsmine("entities", SEED, cwd=tmp_path, env={"NEWSMINE_MODEL": "no_such_model"}).status == 4


def test_a_file_that_is_no_corpus(tmp_path):
    (tmp_path / "notes.db").write_text("these are my notes\n" * 100)
    for command in (["headlines"], ["corpus", "info"], ["corpus", "check"], ["load", SEED]):
        result = newsmine(*command, "--corpus", "notes.db", cwd=tmp_path)
        failed(result, 1)
        assert "notes.db is not a corpus" in result.err
    assert (tmp_path / "notes.db").read_text() == "these are my notes\n" * 100


def test_a_database_of_another_application(tmp_path):
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    before = (tmp_path / "other.db").read_bytes()
    failed(newsmine("load", SEED, "--corpus", "other.db", cwd=tmp_path), 1)
    assert (tmp_path / "other.db").read_bytes() == before


def test_a_corpus_of_a_newer_version(tmp_path):
    with Corpus(tmp_path / "new.db", create=True):
        pass
    db = sqlite3.connect(tmp_path / "new.db")
    db.execute("PRAGMA user_version = 999")
    db.close()
    result = newsmine("headlines", "--corpus", "new.db", cwd=tmp_path)
    failed(result, 1)
    assert "newer newsmine" in result.err
    assert "hint: upgrade newsmine" in result.err


def test_a_target_that_cannot_be_written(tmp_path):
    result = newsmine("headlines", SEED, "-o", "nowhere/x.csv", cwd=tmp_path)
    failed(result, 1)
    assert "nowhere/x.csv" in result.err
    assert not list(tmp_path.iterdir())


def test_how_much_is_said(bad, tmp_path):
    quiet, normal, verbose = (
        newsmine("headlines", bad / "empty.txt", SEED, *ONE, *more, cwd=tmp_path) for more in (["-q"], [], ["-v"])
    )
    assert quiet.out == normal.out == verbose.out
    assert "46 headlines" in verbose.err
    assert "46 headlines" not in normal.err
    assert newsmine("load", SEED, "-q", cwd=tmp_path).err == ""


def test_a_traceback_at_vv_only(tmp_path):
    wrong = ("headlines", SEED, "--since", "nope")
    assert "Traceback" not in newsmine(*wrong, "-v", cwd=tmp_path).err
    lines = newsmine(*wrong, "-vv", cwd=tmp_path).err.splitlines()
    assert lines[0] == "newsmine: error: not a date: 'nope'"
    assert lines[2].startswith("Traceback")
    assert lines[-1].startswith("newsmine.errors.UsageError")


def test_errors_in_json(bad, tmp_path):
    result = newsmine("headlines", bad / "empty.txt", SEED, "--errors", "json", *ONE, cwd=tmp_path)
    said = [json.loads(line) for line in result.err.splitlines()]
    assert [(line["level"], line["reason"]) for line in said] == [("skipped", "empty")]
    for arguments in (["--since", "nope"], ["--nope"], ["--limit", "-1"]):
        wrong = newsmine("headlines", SEED, *arguments, "--errors=json", cwd=tmp_path)
        (line,) = map(json.loads, wrong.err.splitlines())
        assert (wrong.status, line["level"], line["code"]) == (2, "error", "usage")
        assert line["hint"]
    unknown = newsmine("headlines", SEED, "-f", "x", "--errors", "json", cwd=tmp_path)
    assert json.loads(unknown.err)["code"] == "unknown-name"


def test_an_error_shows_no_control_character(tmp_path):
    result = newsmine("headlines", "no\x1b[31m\u202esuch.txt", cwd=tmp_path)
    assert result.status == 1
    assert not {"\x1b", "\u202e"}.intersection(result.err)


SETTINGS = """
kind = "person"
jobs = 1
no-headers = true

[headlines]
since = "2024-02-28"
limit = 2
columns = "date"
"""


def test_settings_from_a_file(tmp_path):
    (tmp_path / "settings.toml").write_text(SETTINGS)
    config = ("--config", "settings.toml")
    assert newsmine("headlines", SEED, *config, cwd=tmp_path).out == "2024-02-28T23:00\n2024-02-28T22:00\n"
    assert newsmine("headlines", SEED, *config, "-n", "1", cwd=tmp_path).out == "2024-02-28T23:00\n"
    assert newsmine("articles", SEED, *config, "--columns", "words", cwd=tmp_path).out.strip().isdigit()


@pytest.mark.parametrize(("text", "message"), [
    ("limitt = 1", "unknown setting in settings.toml 'limitt'"),
    ('[headlines]\nkind = "person"', "unknown setting in settings.toml 'kind'"),
    ("limit = -1", "--limit"),
    ("limit", "settings.toml is not TOML"),
])  # fmt: skip
def test_wrong_settings(text, message, tmp_path):
    (tmp_path / "settings.toml").write_text(text)
    result = newsmine("headlines", SEED, "--config", "settings.toml", cwd=tmp_path)
    failed(result, 2)
    assert message in result.err


def test_settings_that_are_not_there(tmp_path):
    failed(newsmine("headlines", SEED, "--config", "nope.toml", cwd=tmp_path), 1)


def test_of_many_bad_records_of_one_file_the_first_are_shown_and_the_others_counted(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "A storm"}\n' + "{}\n" * 12 + "[]\n", encoding="utf-8")
    few = newsmine("headlines", "a.jsonl", cwd=tmp_path)
    assert few.status == 3
    lines = few.err.splitlines()
    assert [line.split(": ")[1] for line in lines[:10]] == [f"skipped a.jsonl:{n}" for n in range(2, 12)]
    assert lines[10] == "newsmine: skipped 2 more records of a.jsonl: no-text: -v lists each"
    assert lines[11].startswith("newsmine: skipped a.jsonl:14: not-an-object: ")
    assert len(lines) == 12
    every = newsmine("headlines", "a.jsonl", "-v", cwd=tmp_path)
    assert sum("no-text" in line for line in every.err.splitlines()) == 12
