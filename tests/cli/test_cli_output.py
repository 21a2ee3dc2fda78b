"""What a result looks like: formats, columns, order, and where it goes."""

import csv
import fcntl
import io
import json
import os
import pty
import sqlite3
import struct
import subprocess
import termios
from contextlib import closing

import pytest
from cli_process import NEWSMINE, SEED, environment, failed, newsmine, shell

from newsmine.text import visible

HEADLINES = ("headlines", SEED, "--since", "2024-02-28T21:05")


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return newsmine(*HEADLINES, cwd=tmp_path_factory.mktemp("rows")).rows


def test_text_formats(tmp_path, rows):
    out = {f: newsmine(*HEADLINES, f"--{f}", cwd=tmp_path).out for f in ("csv", "tsv", "json", "jsonl", "table")}
    assert list(csv.DictReader(io.StringIO(out["csv"]))) == rows
    assert list(csv.DictReader(io.StringIO(out["tsv"]), delimiter="\t")) == rows
    values = [{**row, "copies": int(row["copies"]), "url": row["url"] or None} for row in rows]
    assert json.loads(out["json"]) == values
    assert [json.loads(line) for line in out["jsonl"].splitlines()] == values
    assert out["table"].splitlines()[0].split() == list(rows[0])
    assert len(out["table"].splitlines()) == len(rows) + 2
    assert not any("\r" in text for text in out.values())
    assert newsmine(*HEADLINES, "-f", "jsonl", cwd=tmp_path).out == out["jsonl"]
    markdown = newsmine(*HEADLINES, "-f", "md", cwd=tmp_path).out.splitlines()
    assert markdown[0] == "| date | source | headline | copies | url |"
    assert len(markdown) == len(rows) + 2


def test_files_by_suffix(tmp_path, rows):
    for suffix in ("csv", "json", "md", "xlsx", "parquet"):
        result = newsmine(*HEADLINES, "-o", f"x.{suffix}", cwd=tmp_path)
        assert (result.status, result.out, result.err) == (0, "", "")
    assert list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text()))) == rows
    assert len(json.loads((tmp_path / "x.json").read_text())) == len(rows)
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert [cell.value for cell in sheet["C"]] == ["headline", *(row["headline"] for row in rows)]
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(tmp_path / "x.parquet").column("headline").to_pylist() == [r["headline"] for r in rows]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.csv", "x.json", "x.md", "x.parquet", "x.xlsx"]


@pytest.mark.parametrize("formats", [
    ["--csv", "--json"],
    ["-f", "csv", "--tsv"],
    ["--json", "-o", "x.csv"],
])  # fmt: skip
def test_two_formats_at_once(formats, tmp_path):
    result = newsmine(*HEADLINES, *formats, cwd=tmp_path)
    failed(result, 2)
    assert "two formats at once" in result.err
    assert not list(tmp_path.iterdir())


def test_columns_sort_limit_and_headers(tmp_path, rows):
    asked = newsmine(*HEADLINES, "--columns", "headline,list,date", "-n", "1", cwd=tmp_path)
    assert asked.out == f"headline,list,date\n{rows[0]['headline']},Latest news,2024-02-28T23:00\n"
    titles = [row["headline"] for row in rows]
    by_title = newsmine(*HEADLINES, "--sort", "headline", "--no-headers", cwd=tmp_path).out.splitlines()
    assert [next(csv.reader([line]))[2] for line in by_title] == sorted(titles, key=str.casefold)
    oldest_first = newsmine(*HEADLINES, "--sort", "date", "--limit", "2", cwd=tmp_path).column("date")
    assert oldest_first == sorted(row["date"] for row in rows)[:2]
    assert newsmine(*HEADLINES, "--sort", "-date", cwd=tmp_path).rows == rows
    assert newsmine(*HEADLINES, "-n", "0", cwd=tmp_path).rows == []


def test_excel(tmp_path):
    (tmp_path / "page-2024-02-28.txt").write_text(
        'Latest news\n\n=HYPERLINK("https://evil.example") is no headline of ours\n\n28 February 2024 - 10:00\n'
    )
    plain, excel = (newsmine("headlines", "page-2024-02-28.txt", *more, cwd=tmp_path).out for more in ([], ["--excel"]))
    assert excel.startswith("\ufeffdate,source,headline,copies,url\r\n")
    assert "'=HYPERLINK" in excel
    assert "=HYPERLINK" in plain
    assert "'=HYPERLINK" not in plain


def test_an_empty_result_is_no_failure_unless_asked(tmp_path):
    nothing = ("headlines", SEED, "--match", "zzzz")
    for form, out in (("csv", "date,source,headline,copies,url\n"), ("json", "[]\n"), ("jsonl", "")):
        result = newsmine(*nothing, "-f", form, cwd=tmp_path)
        assert (result.status, result.out, result.err) == (0, out, "")
    assert newsmine(*nothing, "--fail-empty", cwd=tmp_path).status == 1
    assert newsmine(*HEADLINES, "--fail-empty", cwd=tmp_path).status == 0


def test_color_changes_no_format(tmp_path, rows):
    plain = newsmine(*HEADLINES, cwd=tmp_path).out
    assert newsmine(*HEADLINES, "--color", "always", cwd=tmp_path, env={"FORCE_COLOR": "1"}).out == plain
    assert "\x1b" not in newsmine(*HEADLINES, "--table", "--color", "always", cwd=tmp_path).out


def test_a_reader_that_goes_away(tmp_path):
    result = shell('newsmine headlines "$SEED" | head -1', cwd=tmp_path)
    assert (result.status, result.out, result.err) == (0, "date,source,headline,copies,url\n", "")


def test_a_reader_that_goes_away_while_much_is_written(tmp_path):
    many = "".join(f"Headline number {n} of a long list\n\n28 February 2024 - 10:00\n\n" for n in range(2500))
    (tmp_path / "many.txt").write_text("Latest news\n\n" + many)
    result = shell("newsmine headlines many.txt --no-dedupe | head -1", cwd=tmp_path)
    # SIGPIPE: what every filter dies of, and no shell says a word about.
    assert result.out == "date,source,headline,copies,url\n"
    assert result.err == ""
    assert result.status in (0, 141)


def test_a_full_disk(tmp_path):
    for command in ('headlines "$SEED"', "--help", "headlines --help"):
        result = shell(f"newsmine {command} > /dev/full", cwd=tmp_path)
        assert result.status == 1, (command, result)
        assert result.err.startswith("newsmine: error: ")
        assert "No space left on device" in result.err
        assert "Traceback" not in result.err
        assert len(result.err.splitlines()) == 2


def test_pipes_into_other_tools(tmp_path, rows):
    out = shell('newsmine headlines "$SEED" --tsv --no-headers | cut -f 1 | sort -u | tail -1', cwd=tmp_path)
    assert (out.status, out.out) == (0, "2024-02-28T23:00\n")
    newsmine("headlines", SEED, "-o", "x.csv", cwd=tmp_path)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE h (date, source, headline, copies, url)")
        table = csv.reader(io.StringIO((tmp_path / "x.csv").read_text()))
        next(table)
        db.executemany("INSERT INTO h VALUES (?, ?, ?, ?, ?)", table)
        assert db.execute("SELECT count(*) FROM h WHERE date > '2024-02-28T21:05'").fetchone() == (len(rows),)


HOSTILE = (
    "[bold]Prices[/bold] rise [/b] [link=https://evil.example]everywhere[/link]",
    "\x1b[31mRed alert\x1b[0m as \x1b]52;c;aGVsbG8=\x07 clipboard is written",
    "\x9b31mControl sequences \x9d52;c;aGk=\x9c of one character appear",
    "\u202egnp.exe\u202c turns \u2066around\u2069 the line",
    "=cmd|' /C calc'!A0 opens a calculator",
    "@SUM(1+1) adds up what it should not",
    "A null \x00 byte stands in this headline",
    "<script>alert(1)</script> runs in no browser",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    items = "".join(f"{text}\n\n28 February 2024 - 10:{n:02}\n\n" for n, text in enumerate(HOSTILE))
    (folder / "page-2024-02-28.txt").write_text("Latest news\n\n" + items, encoding="utf-8")
    return folder


def harmless(text: str) -> bool:
    """Tell whether there is no control but the line feed and the tab, and nothing that turns the line around."""
    return all(piece == visible(piece, bidi=True) for line in text.split("\n") for piece in line.split("\t"))


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "table", "md"])
def test_hostile_headlines_in_a_pipe(form, hostile):
    result = newsmine("headlines", "page-2024-02-28.txt", "--no-dedupe", "-f", form, cwd=hostile)
    assert (result.status, result.err) == (0, "")
    assert harmless(result.out)
    if form == "csv":
        assert len(result.rows) == len(HOSTILE)
    if form != "md":
        assert HOSTILE[0] in result.out
    raw = newsmine("headlines", "page-2024-02-28.txt", "--columns", "raw,headline", "-f", form, cwd=hostile)
    assert "\x1b" not in raw.out
    assert "\x9b" not in raw.out
    assert "\x00" not in raw.out


def on_a_terminal(arguments, *, cwd, width=100, **env):
    """Return what the command writes to a pseudo-terminal of that width, and its status."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, width, 0, 0))
    process = subprocess.Popen(
        [*NEWSMINE, *map(str, arguments)],
        cwd=cwd, env=environment(**{"TERM": "xterm-256color", **env}), stdin=slave, stdout=slave, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    parts = []
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux reports the end of a terminal as an error.
            break
        if not part:
            break
        parts.append(part)
    os.close(master)
    return b"".join(parts).decode().replace("\r\n", "\n"), process.wait(timeout=30)


def test_hostile_headlines_on_a_terminal(hostile):
    arguments = ("headlines", "page-2024-02-28.txt", "--columns", "headline,raw", "--no-dedupe")
    plain, status = on_a_terminal([*arguments, "--color", "never"], cwd=hostile)
    assert status == 0
    assert harmless(plain)
    assert "[bold]Prices[/bold]" in plain
    colored, _ = on_a_terminal(arguments, cwd=hostile)
    assert "\x1b[1m" in colored
    assert harmless(colored.replace("\x1b[1m", "").replace("\x1b[0m", ""))


def test_a_terminal_gets_a_table_and_no_prompt(tmp_path):
    shown, status = on_a_terminal([*HEADLINES, "--color", "never"], cwd=tmp_path)
    assert status == 0
    lines = shown.splitlines()
    assert lines[0].split() == ["date", "source", "headline", "copies", "url"]
    assert set(lines[1]) == {"─"}
    assert max(map(len, lines)) <= 100
    assert lines[2].split()[:2] == ["2024-02-28T23:00", "azernews"]
    nothing, status = on_a_terminal(["headlines"], cwd=tmp_path, NO_COLOR="1")
    assert status == 1
    assert "hint: newsmine load PATH" in nothing


def test_a_date_is_never_folded(tmp_path, rows):
    narrow, _ = on_a_terminal([*HEADLINES, "--color", "never"], cwd=tmp_path, width=50)
    assert all(row["date"] in narrow for row in rows)
    assert not any(row["headline"] in narrow for row in rows)


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_in_the_environment(env, tmp_path):
    assert "\x1b[1m" in on_a_terminal(HEADLINES, cwd=tmp_path)[0]
    assert "\x1b" not in on_a_terminal(HEADLINES, cwd=tmp_path, **env)[0]
