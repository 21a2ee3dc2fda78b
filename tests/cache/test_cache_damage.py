"""Whatever stands in the cache's place, a run goes on, with right results or none, and what is not ours is kept."""

import os
import random
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from shutil import rmtree

import pytest
from cache_samples import MARK, items, present, sound, sql
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.cache import Cache, files, tables
from newsmine.errors import CacheError

NUMBERS = range(400)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound cache, to be left as it is."""
    path = tmp_path_factory.mktemp("whole") / "c.db"
    with Cache(path) as cache:
        cache.remember(MARK, items(NUMBERS))
        cache.remember("another", items(range(9)))
    return path


@pytest.fixture
def image(whole: Path) -> bytes:
    """Return the bytes of a sound cache."""
    return whole.read_bytes()


def works(path: Path, told: str | None) -> Cache:
    """Assert that the cache at the path finds nothing, tells so, and remembers from then on."""
    with Cache(path, timeout=0.1) as cache:
        assert present(cache, NUMBERS) == []
        if told:
            assert len(cache.notes) == 1
            assert told in cache.notes[0]
            assert str(path) in cache.notes[0]
        cache.remember(MARK, items(NUMBERS))
        assert present(cache, NUMBERS) == list(NUMBERS)
        assert len(cache.notes) == bool(told)
    assert sound(path)
    with Cache(path) as cache:
        assert present(cache, NUMBERS) == list(NUMBERS)
        assert cache.notes == []
    return cache


def test_an_empty_file_is_no_damage(tmp_path: Path):
    (tmp_path / "c.db").touch()
    works(tmp_path / "c.db", None)
    assert [file.name for file in tmp_path.iterdir()] == ["c.db"]


@pytest.mark.parametrize(
    "content", [b"x", b"x" * 511, b"x" * 600, b"a,b\n" * 3000, b"\x00" * 9000, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_what_is_no_database_is_moved_and_kept(tmp_path: Path, content: bytes):
    path = tmp_path / "c.db"
    path.write_bytes(content)
    works(path, "is no cache of newsmine: moved to c.db.moved")
    assert (tmp_path / "c.db.moved").read_bytes() == content
    path.write_bytes(content + b"second")
    works(path, "moved to c.db.moved1")
    assert (tmp_path / "c.db.moved").read_bytes() == content
    assert (tmp_path / "c.db.moved1").read_bytes() == content + b"second"


def test_a_folder_and_a_pipe_are_moved_and_kept(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("mine")
    works(tmp_path / "folder", "moved to folder.moved")
    assert (tmp_path / "folder.moved" / "file").read_text() == "mine"
    os.mkfifo(tmp_path / "pipe")
    works(tmp_path / "pipe", "moved to pipe.moved")
    assert (tmp_path / "pipe.moved").is_fifo()


def test_a_link_is_moved_and_not_what_it_leads_to(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "c.db").symlink_to("notes.txt")
    works(tmp_path / "c.db", "moved to c.db.moved")
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("sql_", ["CREATE TABLE analyses (id)", "PRAGMA application_id = 7; CREATE TABLE t (x)"])
@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_anothers_database_is_moved_whole(tmp_path: Path, sql_: str, journal: str):
    path = tmp_path / "c.db"
    with closing(sqlite3.connect(tmp_path / "source.db", isolation_level=None)) as db:
        db.execute(f"PRAGMA journal_mode = {journal}")
        db.executescript(sql_)
        contents = {
            suffix: (tmp_path / f"source.db{suffix}").read_bytes()
            for suffix in ("", "-wal")
            if (tmp_path / f"source.db{suffix}").exists()
        }
    assert len(contents) == 1 + (journal == "wal")
    for suffix, content in contents.items():
        path.with_name(path.name + suffix).write_bytes(content)
    works(path, "moved to c.db.moved")
    assert {suffix: (tmp_path / f"c.db.moved{suffix}").read_bytes() for suffix in contents} == contents


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE analyses",
        "DROP TABLE fingerprints",
        "ALTER TABLE analyses DROP COLUMN checksum",
        "ALTER TABLE analyses RENAME COLUMN id TO number",
        "ALTER TABLE fingerprints RENAME COLUMN name TO title",
        "CREATE TRIGGER t BEFORE INSERT ON analyses BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE UNIQUE INDEX once ON analyses (used)",
        "PRAGMA user_version = 99",
        "PRAGMA user_version = 0",
    ],
)
def test_a_cache_with_other_tables_starts_anew(tmp_path: Path, image: bytes, change: str):
    path = tmp_path / "c.db"
    path.write_bytes(image)
    sql(path, "DELETE FROM analyses", change)
    works(path, "starts anew") if "CREATE" not in change else works_after_write(path)
    assert [file.name for file in tmp_path.iterdir()] == ["c.db"]


def works_after_write(path: Path) -> None:
    with Cache(path) as cache:
        cache.remember(MARK, iter(items(NUMBERS)))
        assert [note for note in cache.notes if "starts anew" in note] == cache.notes != []
        assert present(cache, NUMBERS) == list(NUMBERS)


def test_a_cache_without_any_table_gets_them(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    path.write_bytes(image)
    sql(path, "DROP TABLE analyses", "DROP TABLE fingerprints")
    works(path, None)


def test_a_cache_truncated_anywhere(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    sizes = [*range(0, len(image), 4096), *random.Random(1).sample(range(len(image)), 40), len(image) - 1]
    for size in sizes:
        path.write_bytes(image[:size])
        harmless(path)


# The first bytes of pages say what stands where: damage to these is the worst.
PLACE = st.tuples(st.integers(0, 999), st.integers(0, 120) | st.integers(0, 4095))
CONTENT = st.binary(min_size=1, max_size=9) | st.sampled_from([b"\x00" * 4096, b"\xff" * 512])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(PLACE, CONTENT), min_size=1, max_size=4))
def test_a_cache_with_bytes_overwritten_anywhere(whole: Path, damage: list[tuple[tuple[int, int], bytes]]):
    image = whole.read_bytes()
    damaged = bytearray(image)
    for (page, offset), content in damage:
        start = page * 4096 % len(image) + offset
        damaged[start : start + len(content)] = content
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "c.db").write_bytes(damaged[: len(image)])
        harmless(Path(folder) / "c.db")


def test_damage_of_which_sqlite_speaks_in_other_words(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    written_by_the_future = image[:18] + b"\x03" + image[19:]
    name_that_is_no_text = image.replace(b"analyses_by_use", b"analyses\x80by_use", 1)
    for content in (written_by_the_future, name_that_is_no_text):
        path.write_bytes(content)
        with Cache(path) as cache:
            present(cache, NUMBERS)
            cache.remember(MARK, items(NUMBERS))
            assert present(cache, NUMBERS) == list(NUMBERS)
            assert ["starts anew" in note for note in cache.notes] == [True]


def harmless(path: Path) -> None:
    """Assert that a damaged cache gives right results or none, ends no run, and works again when it is cleared."""
    with Cache(path, timeout=0.1) as cache:
        present(cache, NUMBERS)
        cache.remember(MARK, items(range(1000, 1020)))
        with suppress(CacheError):
            cache.info()
        present(cache, range(1020))
        cache.clear()
    with Cache(path) as cache:
        cache.remember(MARK, items(range(1000, 1020)))
        assert present(cache, range(1020)) == list(range(1000, 1020))
        assert cache.notes == []
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


@pytest.mark.parametrize("content", [b"", b"x" * 5000, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00\x00\x00\x02" * 999])
def test_a_stray_journal_does_no_harm(tmp_path: Path, image: bytes, content: bytes):
    path = tmp_path / "c.db"
    path.write_bytes(image)
    (tmp_path / "c.db-journal").write_bytes(content)
    harmless(path)


def test_a_journal_of_a_damaged_cache_is_not_left_for_the_next(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    path.write_bytes(image[:4096])
    (tmp_path / "c.db-journal").write_bytes(b"x" * 5000)
    works(path, "starts anew")
    assert [file.name for file in tmp_path.iterdir()] == ["c.db"]


def overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


def replace(path: Path) -> None:
    path.unlink()
    with Cache(path) as cache:
        cache.remember(MARK, items([1]))


def rename(path: Path) -> None:
    path.rename(path.with_name("old.db"))


def remove_folder(path: Path) -> None:
    rmtree(path.parent)


@pytest.mark.parametrize("change", [overwrite, Path.unlink, replace, rename, remove_folder])
def test_what_happens_to_the_file_during_a_run(tmp_path: Path, image: bytes, change: Callable[[Path], object]):
    path = tmp_path / "new" / "c.db"
    path.parent.mkdir()
    path.write_bytes(image)
    with Cache(path) as cache:
        assert present(cache, NUMBERS) == list(NUMBERS)
        change(path)
        present(cache, NUMBERS)
        cache.remember(MARK, items(NUMBERS))
        assert present(cache, NUMBERS) == list(NUMBERS)
        assert len(cache.notes) == (change is overwrite)
    with Cache(path) as cache:
        assert present(cache, NUMBERS) == list(NUMBERS)
    assert sound(path)


def test_one_that_has_seen_the_damage_does_not_remove_what_another_has_made_since(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    path.write_bytes(image)
    tried = []

    def work(db: sqlite3.Connection) -> int:
        tried.append(db)
        if len(tried) == 1:
            overwrite(path)
            with Cache(path) as early:
                early.remember(MARK, items(range(5)))
                assert "starts anew" in early.notes[0]
            raise tables.UnusableError(damaged=True)
        return db.execute("SELECT count(*) FROM analyses").fetchone()[0]

    with Cache(path) as late:
        assert late._do(work) == 5
        assert len(tried) == 2
        assert late.notes == []


def test_what_another_has_put_right_is_not_put_away(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    for content in (image, b""):
        path.write_bytes(content)
        assert files.put_away(path, damaged=False) is None
        assert path.read_bytes() == content
    path.unlink()
    assert files.put_away(path, damaged=False) is None


def test_a_cache_whose_list_of_tables_is_wiped_out(tmp_path: Path, image: bytes):
    path = tmp_path / "c.db"
    path.write_bytes(image[:101] + bytes(3995) + image[4096:])
    works(path, "starts anew")


def test_a_mistake_in_the_statements_would_not_pass_for_damage_unseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(db: sqlite3.Connection, *rest: object) -> None:
        db.execute("no SQL")

    with Cache(tmp_path / "c.db") as cache:
        monkeypatch.setattr(tables, "store", broken)
        cache.remember(MARK, items([1]))
        assert cache.notes[-1].startswith(f"the cache {tmp_path / 'c.db'} cannot be repaired; results are not kept")
