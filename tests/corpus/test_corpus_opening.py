"""What is not a corpus, or not one to write to, is named in one line; another's database is never touched."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from corpus_worker import page

import newsmine
from newsmine.corpus import Corpus, file_state, files, schema
from newsmine.errors import CorpusError


def refused(path: Path, *, create: bool = True) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        Corpus(path, create=create, timeout=0.1)
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Corpus(tmp_path / "c.db", create=True) as corpus:
        corpus.add(page(1))
        corpus.remember("m", [("aa", b"what was found")])
    return tmp_path / "c.db"


def test_a_missing_corpus_is_made_only_on_demand(tmp_path: Path):
    path = tmp_path / "new" / "folder" / "c #1?%.db"
    assert refused(path, create=False).hint == "newsmine load PATH…"
    assert not path.parent.exists()
    with Corpus(path, create=True):
        pass
    assert [file.name for file in path.parent.iterdir()] == ["c #1?%.db"]
    with Corpus(str(path)) as corpus:
        assert list(corpus.pages()) == []


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_an_empty_file_or_one_without_tables_is_no_corpus_yet(tmp_path: Path, journal: str):
    path = tmp_path / "c.db"
    path.touch()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA journal_mode = {journal}")
    assert "no corpus" in refused(path, create=False).message
    with Corpus(path, create=True) as corpus:
        assert corpus.add(page(1))


def test_a_folder_a_pipe_and_a_file_in_the_way_are_refused(tmp_path: Path):
    assert "is a folder" in refused(tmp_path).message
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in refused(tmp_path / "pipe").message
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file" / "c.db")


@pytest.mark.parametrize(
    "content", [b"x", b"x" * 511, b"x" * 600, b"a,b\n" * 3000, b"SQLite format 3\x00" + b"\xff" * 5000]
)
@pytest.mark.parametrize("create", [True, False])
def test_what_is_not_sqlite_is_refused_and_left_alone(tmp_path: Path, content: bytes, create: bool):
    (tmp_path / "c.db").write_bytes(content)
    assert "not an SQLite file" in refused(tmp_path / "c.db", create=create).message
    assert (tmp_path / "c.db").read_bytes() == content


@pytest.mark.parametrize("sql", ["CREATE TABLE sources (id)", "PRAGMA application_id = 7"])
@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("crashed", [True, False])
def test_anothers_database_is_refused_and_left_alone(tmp_path: Path, sql: str, journal: str, crashed: bool):
    with closing(sqlite3.connect(tmp_path / "source.db", isolation_level=None)) as db:
        db.execute(f"PRAGMA journal_mode = {journal}")
        db.execute(sql)
        if crashed:
            _copy(tmp_path, "source.db", "c.db")
    if not crashed:
        _copy(tmp_path, "source.db", "c.db")
    files = [file for file in tmp_path.glob("c.db*") if not file.name.endswith("-shm")]
    before = {file: file.read_bytes() for file in files}
    assert "another application" in refused(tmp_path / "c.db").message
    assert {file: file.read_bytes() for file in files} == before


def _copy(folder: Path, old: str, new: str) -> None:
    for suffix in ("", "-wal"):
        if (folder / (old + suffix)).exists():
            (folder / (new + suffix)).write_bytes((folder / (old + suffix)).read_bytes())


def test_a_newer_corpus_is_refused(path: Path):
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 99")
    error = refused(path)
    assert "newer newsmine" in error.message
    assert "upgrade" in (error.hint or "")


NEXT = ("ALTER TABLE sources ADD COLUMN note TEXT", "UPDATE sources SET note = 'migrated'")


def test_an_older_corpus_is_migrated_without_loss(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, NEXT))
    for _ in range(2):
        with Corpus(path) as corpus:
            assert dict(corpus.info().rows)["schema version"] == len(schema.MIGRATIONS)
            assert list(corpus.pages()) == [page(1)]
            assert corpus.analyses("m", ["aa"]) == {"aa": b"what was found"}
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT note FROM sources").fetchall() == [("migrated",)]


def test_a_corpus_of_the_first_version_loses_its_analyses_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "c.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        with Corpus(path, create=True) as corpus:
            corpus.add(page(1))
            corpus.add(page(2))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("INSERT INTO analyses (model, text_digest, spans, sentences) VALUES ('m', 'aa', '[]', '[]')")
    with Corpus(path) as corpus:
        values = dict(corpus.info().rows)
        assert (values["schema version"], values["analyses"]) == (4, 0)
        assert list(corpus.pages()) == [page(1), page(2)]
        assert corpus.analyses("m", ["aa"]) == {}
        corpus.remember("m", [("aa", b"new")])
        assert corpus.analyses("m", ["aa"]) == {"aa": b"new"}
        assert corpus.check().rows == ()


def test_a_migration_that_fails_leaves_the_old_corpus(path: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, (*NEXT, "no SQL")))
        refused(path)
    with Corpus(path) as corpus:
        assert dict(corpus.info().rows)["schema version"] == len(schema.MIGRATIONS)
    with closing(sqlite3.connect(path)) as db:
        assert "note" not in {row[1] for row in db.execute("PRAGMA table_info(sources)")}


def test_an_older_corpus_that_cannot_be_written_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "can_write", lambda file: False)
    monkeypatch.setattr(schema, "READABLE", len(schema.MIGRATIONS) + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, NEXT))
    assert "older newsmine" in refused(path).message


@pytest.mark.parametrize("writer_open", [True, False])
def test_a_corpus_that_cannot_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch, writer_open: bool):
    writer = Corpus(path)
    if not writer_open:
        writer.close()
    monkeypatch.setattr(files, "can_write", lambda file: False)
    with Corpus(path) as corpus:
        assert not corpus.writable
        if writer_open:
            writer.add(page(2))
        assert len(list(corpus.pages())) == 1 + writer_open
        assert corpus.check().rows == ()
        corpus.remember("m", [("bb", b"not kept")])
        assert corpus.analyses("m", ["aa", "bb"]) == {"aa": b"what was found"}
        with pytest.raises(CorpusError, match="can only be read"):
            corpus.add(page(3))
    writer.close()
    assert [file.name for file in path.parent.iterdir()] == ["c.db"]


AS_NOBODY = """
import os, sys
from newsmine.corpus import Corpus
from newsmine.errors import CorpusError
if os.getuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
for name in sys.argv[1:]:
    try:
        with Corpus(name, create=True) as corpus:
            print(corpus.writable, len(list(corpus.pages())))
    except CorpusError as error:
        print(error.message)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX ones")
def test_real_permissions():
    """In a process without privileges, since nothing is forbidden to root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Corpus(folder / "c.db", create=True) as corpus:
            corpus.add(page(1))
        (folder / "secret.db").write_bytes((folder / "c.db").read_bytes())
        (folder / "secret.db").chmod(0)
        folder.chmod(0o555)
        names = [str(folder / file) for file in ("c.db", "secret.db", "new.db")]
        environment = {**os.environ, "PYTHONPATH": str(Path(newsmine.__file__).parents[1])}
        command = [sys.executable, "-c", AS_NOBODY, *names]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        left = sorted(file.name for file in folder.iterdir())
        folder.chmod(0o755)
    assert done.stdout.splitlines() == [
        "False 1", f"cannot open the corpus {names[1]}", f"cannot open the corpus {names[2]}"
    ]  # fmt: skip
    assert left == ["c.db", "secret.db"]


def test_a_corpus_of_the_third_version_that_can_only_be_read_knows_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.db"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        Corpus(path, create=True).close()
    monkeypatch.setattr(files, "can_write", lambda file: False)
    state = file_state(str(path))
    assert state
    with Corpus(path) as corpus:
        assert not corpus.knows(state)
        assert corpus.skipped().rows == ()
        assert dict(corpus.info().rows)["schema version"] == 3
