"""`cache info` and `cache clear`, in a pipe."""

import json
import sqlite3
from contextlib import closing

import pytest
from cli_process import failed, newsmine

from newsmine.cache import Cache


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a cache of three results, below the one that commands run in."""
    with Cache(tmp_path / "cache" / "analyses.db") as cache:
        cache.remember("model", [("aa", b"1"), ("bb", b"2"), ("cc", b"3")])
    return tmp_path / "cache"


@pytest.fixture
def run(tmp_path, folder):
    """Return a function that runs `newsmine cache` beside that folder."""
    return lambda *arguments: newsmine("cache", *arguments, cwd=tmp_path, env={"NEWSMINE_CACHE": "cache"})


def test_info(run, folder):
    result = run("info")
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines()[0] == "item,value"
    values = {row["item"]: row["value"] for row in result.rows}
    items = ["file", "limit", "bytes", "entries", "fingerprints", "oldest use", "latest use"]
    assert list(values) == [*items, "snapshots", "snapshot bytes"]
    size = (folder / "analyses.db").stat().st_size
    assert list(values.values())[7:] == ["0", "0"]
    assert list(values.values())[:5] == ["cache/analyses.db", str(2**30), str(size), "3", "1"]
    assert json.loads(run("info", "--json", "--sort", "item", "-n", "1").out) == [{"item": "bytes", "value": size}]


def test_clear(run, folder):
    result = run("clear")
    assert (result.status, result.out) == (0, "")
    assert result.err == "newsmine: cache/analyses.db: 3 results and 0 snapshots removed\n"
    assert run("clear").err == "newsmine: cache/analyses.db: 0 results and 0 snapshots removed\n"
    assert "entries,0" in run("info").out
    with Cache(folder / "analyses.db") as cache:
        assert cache.analyses("model", ["aa", "bb", "cc"]) == {}


def test_snapshots_are_counted_and_cleared(run, folder):
    (folder / "models").mkdir()
    (folder / "models" / "one.npz").write_bytes(b"12345")
    assert run("info").out.endswith("snapshots,1\nsnapshot bytes,5\n")
    assert run("clear").err.endswith("3 results and 1 snapshot removed\n")
    assert not list((folder / "models").iterdir())


def test_clear_says_nothing_with_q(run):
    result = run("clear", "-q")
    assert (result.status, result.out, result.err) == (0, "", "")


def test_where_there_is_none(tmp_path):
    for command, out in (
        ("info", "entries,0\nfingerprints,0\noldest use,\nlatest use,\nsnapshots,0\nsnapshot bytes,0\n"),
        ("clear", ""),
    ):
        result = newsmine("cache", command, cwd=tmp_path, env={"NEWSMINE_CACHE": "none"})
        assert result.status == 0
        assert result.out.endswith(out)
    assert not list(tmp_path.iterdir())


def test_the_usual_place(tmp_path):
    environment = {
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
        "LOCALAPPDATA": str(tmp_path / "caches"),
        "NEWSMINE_CACHE": "",
    }
    rows = newsmine("cache", "info", cwd=tmp_path, env=environment).rows
    assert rows[0]["value"].startswith(str(tmp_path / "caches" / "newsmine"))


@pytest.mark.parametrize("command", ["info", "clear"])
def test_damage_is_told_and_is_no_failure(run, folder, command):
    (folder / "analyses.db").write_text("no database\n" * 99)
    result = run(command)
    assert result.status == 0
    assert result.err.startswith("newsmine: cache/analyses.db is no cache of newsmine: moved to analyses.db.moved\n")
    assert len(run(command).err.splitlines()) == (command == "clear")
    said = json.loads(run("clear", "--errors", "json").err)
    assert said == {"level": "note", "message": "cache/analyses.db: 0 results and 0 snapshots removed"}


def test_clearing_a_cache_in_use_is_an_error(run, folder):
    with closing(sqlite3.connect(folder / "analyses.db", isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        failed(run("clear"), 1)
        assert "entries,3" in run("info").out


def test_a_place_where_there_can_be_none_is_an_error(tmp_path):
    result = newsmine("cache", "clear", cwd=tmp_path, env={"NEWSMINE_CACHE": "x" * 300})
    failed(result, 1)
    assert "hint: NEWSMINE_CACHE names another folder" in result.err


def test_a_wrong_option(run):
    failed(run("info", "--sort", "nope"), 2)
    failed(run("clear", "--csv"), 2)
