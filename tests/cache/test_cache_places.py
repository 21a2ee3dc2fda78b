"""Where the cache is, and a place in which there can be none."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from cache_samples import MARK, items, present, sql

import newsmine
from newsmine.cache import Cache
from newsmine.config import cache_path
from newsmine.errors import CacheError

HOME = str(Path("/home/someone").absolute())


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/someone/.cache/newsmine/analyses.db"),
        ("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/newsmine/analyses.db"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/someone/.cache/newsmine/analyses.db"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/home/someone/.cache/newsmine/analyses.db"),
        ("linux", {"LOCALAPPDATA": "/local"}, "/home/someone/.cache/newsmine/analyses.db"),
        ("linux", {"NEWSMINE_CACHE": "/own", "XDG_CACHE_HOME": "/caches"}, "/own/analyses.db"),
        ("linux", {"NEWSMINE_CACHE": "own"}, "own/analyses.db"),
        ("linux", {"NEWSMINE_CACHE": ""}, "/home/someone/.cache/newsmine/analyses.db"),
        ("darwin", {}, "/home/someone/Library/Caches/newsmine/analyses.db"),
        ("darwin", {"XDG_CACHE_HOME": "/caches"}, "/caches/newsmine/analyses.db"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/newsmine/Cache/analyses.db"),
        ("win32", {"XDG_CACHE_HOME": "/caches"}, "/home/someone/AppData/Local/newsmine/Cache/analyses.db"),
        ("win32", {"NEWSMINE_CACHE": "/own"}, "/own/analyses.db"),
    ],
)
def test_the_place(monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str):
    for name in ("NEWSMINE_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": HOME, **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_path() == Path(expected)
    assert Cache().path == Path(expected)


def no_home(self: object) -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_without_a_home_there_is_no_cache_and_a_run_does_without(monkeypatch: pytest.MonkeyPatch):
    for name in ("NEWSMINE_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", classmethod(no_home))
    assert cache_path() is None
    with Cache() as cache:
        for _ in range(2):
            assert present(cache, range(3)) == []
            cache.remember(MARK, items(range(3)))
        assert cache.notes == ["there is no folder for a cache; results are neither looked up nor kept"]
        for ask in (cache.info, cache.clear):
            with pytest.raises(CacheError) as caught:
                ask()
            assert "NEWSMINE_CACHE" in (caught.value.hint or "")


def test_a_path_with_odd_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSMINE_CACHE", "c #1?%20&x=ä\udce9")
    with Cache() as cache:
        cache.remember(MARK, items([1]))
    with Cache() as cache:
        assert present(cache, [1]) == [1]
        assert cache.notes == []
    assert [file.name for file in tmp_path.iterdir()] == ["c #1?%20&x=ä\udce9"]


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path):
    (tmp_path / "file").write_text("mine")
    with Cache(tmp_path / "file" / "sub" / "c.db") as cache:
        assert present(cache, [1]) == []
        cache.remember(MARK, items([1]))
        assert len(cache.notes) == 1
        assert "results are not kept" in cache.notes[0]
    assert (tmp_path / "file").read_text() == "mine"


def test_a_link_that_leads_nowhere(tmp_path: Path):
    (tmp_path / "c.db").symlink_to(tmp_path / "missing" / "c.db")
    with Cache(tmp_path / "c.db") as cache:
        assert present(cache, [1]) == []
        cache.remember(MARK, items([1]))
        assert len(cache.notes) == 1
        assert "results are not kept" in cache.notes[0]


def test_a_full_disk_keeps_what_was_there(tmp_path: Path):
    path = tmp_path / "c.db"
    with Cache(path) as cache:
        cache.remember(MARK, items(range(50)))
        assert cache._db
        pages = cache._db.execute("PRAGMA page_count").fetchone()[0]
        cache._db.execute(f"PRAGMA max_page_count = {pages + 3}")
        cache.remember(MARK, items(range(50, 1000)))
        assert cache.notes == [f"cannot use the cache {path}: no space left; results are not kept"]
        assert present(cache, range(1000)) == list(range(50))
        cache.remember(MARK, items([51]))
        assert present(cache, range(1000)) == list(range(50))
        assert len(cache.notes) == 1


AS_NOBODY = """
import os, sys
sys.path.insert(0, sys.argv[1])
from cache_samples import MARK, items, present
from newsmine.cache import Cache
from newsmine.errors import CacheError
if os.getuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
for name in sys.argv[2:]:
    with Cache(name) as cache:
        for _ in range(2):
            found = present(cache, range(20))
            cache.remember(MARK, items(range(10, 20)))
        notes = [note.replace(name, "CACHE") for note in cache.notes]
        try:
            cleared = cache.clear()
        except CacheError as error:
            cleared = error.message.replace(name, "CACHE")
        print(len(found), *notes, cleared, sep=" | ")
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX ones")
def test_real_permissions():
    """In a process without privileges, since nothing is forbidden to root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("readable.db", "writable.db", "secret.db", "old.db", "broken.db"):
            with Cache(folder / file) as cache:
                cache.remember(MARK, items(range(10)))
            sql(folder / file, "UPDATE analyses SET used = 7")
        (folder / "readable.db").chmod(0o444)
        (folder / "writable.db").chmod(0o666)
        (folder / "secret.db").chmod(0)
        (folder / "broken.db").write_bytes(b"x" * 5000)
        sql(folder / "old.db", "PRAGMA user_version = 9")
        (folder / "own").mkdir()
        (folder / "own").chmod(0o777)
        (folder / "own" / "c.db").write_bytes((folder / "readable.db").read_bytes())
        (folder / "own" / "c.db").chmod(0o444)
        folder.chmod(0o555)
        before = {file: file.read_bytes() for file in folder.glob("*.db")}
        names = ["readable.db", "writable.db", "secret.db", "old.db", "broken.db", "new.db", "sub/c.db", "own/c.db"]
        environment = {**os.environ, "PYTHONPATH": str(Path(newsmine.__file__).parents[1])}
        command = [sys.executable, "-c", AS_NOBODY, str(Path(__file__).parent), *(str(folder / name) for name in names)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        after = {file: file.read_bytes() for file in folder.glob("*.db*")}
        folder.chmod(0o755)
    cannot, neither = "cannot use the cache CACHE", "results are neither looked up nor kept"
    reading, access, system = "it can only be read", "no permission for the file or its folder", "Permission denied"
    assert [line.split(" | ") for line in done.stdout.splitlines()] == [
        ["10", f"{cannot}: {reading}; results are not kept", f"{cannot}: {reading}"],
        ["10", f"{cannot}: {reading}; results are not kept", f"{cannot}: {reading}"],
        ["0", f"{cannot}: {access}; {neither}", f"{cannot}: {access}"],
        ["0", f"{cannot}: {system}; {neither}", f"{cannot}: {system}"],
        ["0", f"{cannot}: {system}; {neither}", f"{cannot}: {system}"],
        ["0", f"{cannot}: {access}; results are not kept", "0"],
        ["0", f"{cannot}: {system}; results are not kept", "0"],
        ["10", f"{cannot}: {reading}; results are not kept", f"{cannot}: {reading}"],
    ]
    assert before == after
