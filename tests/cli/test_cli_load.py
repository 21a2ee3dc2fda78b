"""`newsmine load`: what each input is, the account of all files, and runs that are killed and repeated."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from cli_process import NEWSMINE, SEED, environment, failed, newsmine

CONTENT = {
    "sources": "path, digest, bytes, publisher, reader, encoding, lines, body_lines, item_lines",
    "article_texts": "id, title, subtitle",
    "paragraphs": "article_id, number, text",
    "headlines": "number, list, position, line, text, raw, published",
    "furniture": "number, line, text",
    "copies": "path",
    "files": "path, bytes",
    "skipped": "file, source, reason, hint",
}


def page(number: int) -> str:
    """Return an article in HTML, unlike any other."""
    place = ("Ellery", "Marlow", "Tarn", "Quay", "Bexley")[number % 5]
    text = "".join(
        f"<p>The council of Port {place} voted on measure {number} and on paragraph {n} of it on Friday evening, after "
        f"a long debate in which {number + n} residents spoke about the harbour and its future.</p>"
        for n in range(4)
    )
    return (
        f'<!doctype html><html lang="en"><head><title>Port {place} votes on measure {number}</title>'
        f'<meta property="article:published_time" content="2024-05-{number % 28 + 1:02}T10:00:00+02:00"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Port {place} votes on measure {number}</h1>{text}"
        "</article><footer>All rights reserved</footer></body></html>"
    )


def folder(path: Path, pages: int) -> Path:
    path.mkdir()
    for number in range(pages):
        (path / f"{number:04}.html").write_text(page(number), encoding="utf-8")
    return path


def content(corpus: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(corpus)) as db:
        return {
            table: sorted(db.execute(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in CONTENT.items()
        }


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    (path / "a.txt").write_bytes(SEED.read_bytes())
    (path / "b.html").write_text(page(1), encoding="utf-8")
    (path / "c.html").write_text(page(1), encoding="utf-8")
    (path / "d.jsonl").write_text('{"title": "Harbour bridge opens", "text": "It took ten years."}\n{"x": 1}\n')
    (path / "e.bin").write_bytes(bytes(range(256)) * 8)
    (path / "f.txt").write_bytes(b"")
    return path


def test_a_dry_run_tells_what_each_input_is_and_loads_nothing(mixed: Path) -> None:
    result = newsmine("load", "--dry-run", mixed, cwd=mixed.parent)
    assert [(Path(row["source"]).name, row["format"]) for row in result.rows] == [
        ("a.txt", "text"), ("b.html", "html"), ("c.html", "html"), ("d.jsonl", "jsonl"), ("e.bin", ""), ("f.txt", ""),
    ]  # fmt: skip
    assert all(row["why"] for row in result.rows)
    assert result.rows[4]["why"].startswith("binary: ")
    assert not (mixed.parent / "data").exists()


def test_every_file_is_loaded_unchanged_or_skipped(mixed: Path) -> None:
    first = newsmine("load", mixed, cwd=mixed.parent)
    assert first.status == 3
    assert "6 files = 3 loaded (3 articles, 46 headlines) + 1 unchanged + 2 skipped; " in first.err
    assert "not read: 1 binary, 1 empty, 1 no-text\n" in first.err
    again = newsmine("load", mixed, cwd=mixed.parent)
    assert "6 files = 0 loaded (0 articles, 0 headlines) + 4 unchanged + 2 skipped" in again.err
    listed = newsmine("corpus", "skipped", cwd=mixed.parent)
    assert [(Path(row["source"]).name, row["reason"]) for row in listed.rows] == [
        ("d.jsonl:2", "no-text"), ("e.bin", "binary"), ("f.txt", "empty"),
    ]  # fmt: skip
    assert [Path(row[0]).name for row in content(mixed.parent / "data" / "corpus.db")["copies"]] == ["c.html"]


def test_what_is_mended_is_no_longer_skipped(mixed: Path) -> None:
    newsmine("load", mixed, cwd=mixed.parent)
    for name in ("d.jsonl", "e.bin", "f.txt"):
        (mixed / name).write_text(f"Mended news of {name}\n\n3 May 2024\n\nThe harbour of Port Ellery opened today.\n")
    assert newsmine("load", mixed, cwd=mixed.parent).status == 0
    assert newsmine("corpus", "skipped", cwd=mixed.parent).out == "source,reason,hint\n"


def test_a_known_file_is_not_opened(mixed: Path) -> None:
    newsmine("load", mixed / "a.txt", cwd=mixed.parent)
    before = (mixed / "a.txt").stat()
    (mixed / "a.txt").write_bytes(b"x" * before.st_size)
    os.utime(mixed / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (
        "1 file = 0 loaded (0 articles, 0 headlines) + 1 unchanged"
        in newsmine("load", mixed / "a.txt", cwd=mixed.parent).err
    )
    (mixed / "new.txt").write_text(
        "Harbour opens in Ellery\n\n3 May 2024\n\nThe harbour of Port Ellery opened today.\n"
    )
    assert "2 files = 1 loaded" in newsmine("load", mixed / "a.txt", mixed / "new.txt", cwd=mixed.parent).err


def test_the_corpus_is_not_loaded_into_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SEED.read_bytes())
    for _ in range(2):
        result = newsmine("load", ".", "--corpus", "here.db", cwd=tmp_path)
        assert result.status == 0
        assert "1 file = " in result.err


def test_processes_change_nothing(tmp_path: Path) -> None:
    folder(tmp_path / "pages", 60)
    for jobs in ("1", "2"):
        result = newsmine("load", "pages", "-j", jobs, "--corpus", f"{jobs}.db", cwd=tmp_path)
        assert "60 files = 60 loaded (60 articles, " in result.err
    assert content(tmp_path / "1.db") == content(tmp_path / "2.db")


def test_a_killed_load_that_is_repeated_gives_the_corpus_of_one_run(tmp_path: Path) -> None:
    folder(tmp_path / "pages", 300)
    newsmine("load", "pages", "--corpus", "clean.db", cwd=tmp_path)
    process = subprocess.Popen(
        [*NEWSMINE, "load", "pages", "--corpus", "killed.db", "-q"],
        cwd=tmp_path, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and not _pages(tmp_path / "killed.db"):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert 0 < _pages(tmp_path / "killed.db") < 300
    newsmine("load", "pages", "--corpus", "killed.db", cwd=tmp_path)
    assert newsmine("corpus", "check", "--corpus", "killed.db", cwd=tmp_path).status == 0
    assert content(tmp_path / "killed.db") == content(tmp_path / "clean.db")


def _pages(corpus: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{corpus}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM sources").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_zones_by_source(tmp_path: Path) -> None:
    (tmp_path / "azernews-2023-09-20.txt").write_bytes(SEED.read_bytes())
    (tmp_path / "zones.csv").write_text("source,zone\nother*,Europe/Paris\nazernews,Asia/Baku\n")
    newsmine("load", "azernews-2023-09-20.txt", "--source-tz", "zones.csv", "--tz", "Asia/Tokyo", cwd=tmp_path)
    assert newsmine("articles", "--columns", "date", "--no-headers", cwd=tmp_path).out == "2023-09-20T08:51+04:00\n"
    (tmp_path / "zones.csv").write_text("name,zone\n")
    failed(newsmine("load", ".", "--source-tz", "zones.csv", cwd=tmp_path), 2)


def test_a_mapping_that_is_none(tmp_path: Path) -> None:
    failed(newsmine("articles", SEED, "--map", "title", cwd=tmp_path), 2)


def test_a_table_with_columns_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "krant.csv").write_text("kop;tekst;datum\nBrug open;De brug is open.;3 mei 2024\n", encoding="utf-8")
    mapping = ("--map", "title=kop", "--map", "text=tekst", "--map", "date=datum")
    result = newsmine("articles", "krant.csv", *mapping, "--columns", "date,title", cwd=tmp_path)
    assert result.out == "date,title\n2024-05-03,Brug open\n"
