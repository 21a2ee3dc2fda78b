"""Where a table goes: the format a target implies, whole files or none, standard output, and what fails."""

import errno
import io
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from newsmine.errors import OutputError, UnknownNameError, UsageError
from newsmine.table import Table
from newsmine.write import FORMATS, format_of, write
from newsmine.write.atomic import replacing

TABLE = Table(("name", "count"), (("Bakı", 1),))
CSV = "name,count\nBakı,1\n"
PROGRAM = """
import sys
from newsmine.table import Table
from newsmine.write import write
table = Table(("name", "count"), (("Bak\\u0131", 1),) * int(sys.argv[1]))
write(table, sys.argv[2], format="csv")
"""


def run(*arguments: str, **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", PROGRAM, *arguments], stderr=subprocess.PIPE, **options)


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.csv", "csv"),
        ("a.b.TSV", "tsv"),
        ("a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.md", "md"),
        ("a.parquet", "parquet"),
        ("a.xlsx", "xlsx"),
        (Path("a.txt"), "table"),
    ],
)
def test_suffix_decides(path, format):
    assert format_of(path) == format
    assert format in FORMATS


@pytest.mark.parametrize("path", ["a.pdf", "a", ".csv", ""])
def test_unknown_suffix_lists_the_known(path):
    with pytest.raises(UnknownNameError) as caught:
        format_of(path)
    assert caught.value.hint == "known: .csv, .json, .jsonl, .md, .ndjson, .parquet, .tsv, .txt, .xlsx"


def test_unknown_format_lists_the_known():
    with pytest.raises(UnknownNameError) as caught:
        write(TABLE, "-", format="xml")
    assert caught.value.hint == "known: csv, json, jsonl, md, parquet, table, tsv, xlsx"


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"csv", "tsv"}))
def test_excel_is_for_csv_and_tsv(tmp_path, format):
    with pytest.raises(UsageError) as caught:
        write(TABLE, tmp_path / "t", format=format, excel=True)
    assert ".xlsx" in caught.value.hint


def test_headers_can_be_left_out_where_there_are_any():
    with pytest.raises(UsageError):
        write(TABLE, io.StringIO(), format="md", headers=False)
    file = io.StringIO()
    write(TABLE, file, format="jsonl", headers=False)
    assert file.getvalue() == '{"name": "Bakı", "count": 1}\n'


def test_stream_gets_csv():
    file = io.StringIO()
    write(TABLE, file)
    assert file.getvalue() == CSV


def test_standard_output_gets_csv_or_on_a_terminal_a_table(monkeypatch):
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", output)
    output.write("before\n")
    write(TABLE, "-")
    assert output.buffer.getvalue() == b"before\n" + CSV.encode()
    monkeypatch.setattr(output, "isatty", lambda: True)
    write(TABLE, "-", width=40)
    assert "─" in output.buffer.getvalue().decode()


def test_standard_output_without_a_buffer_or_closed(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    write(TABLE, "-")
    assert sys.stdout.getvalue() == CSV
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="closed"):
        write(TABLE, "-")


def test_broken_pipe_stays_one():
    class Broken(io.StringIO):
        def writelines(self, lines):
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        write(TABLE, Broken(), format="csv")


def test_broken_pipe_of_a_path_stays_one_too(tmp_path):
    with pytest.raises(BrokenPipeError), replacing(tmp_path / "t.csv"):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_stream_that_fails():
    class Full(io.StringIO):
        def writelines(self, lines):
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OutputError, match="Input/output error"):
        write(TABLE, Full(), format="csv")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_standard_output_is_utf8_in_any_locale(encoding):
    done = run("1", "-", stdout=subprocess.PIPE, env={"LC_ALL": "C", "PYTHONIOENCODING": encoding})
    assert (done.stdout, done.stderr) == (CSV.encode(), b"")


@pytest.mark.parametrize("rows", ["1", "50000"])
def test_large_or_small_output_is_whole(rows):
    done = run(rows, "-", stdout=subprocess.PIPE)
    assert done.stdout.count("Bakı,1\n".encode()) == int(rows)


@pytest.fixture
def full(tmp_path):
    """A link, so that code which replaces what it should write through never does it to the device itself."""
    if not Path("/dev/full").is_char_device():
        pytest.skip("needs /dev/full")
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    return link


@pytest.mark.parametrize("rows", ["1", "50000"])
@pytest.mark.parametrize("named", [False, True])
def test_full_device_is_one_error_and_nothing_at_exit(full, rows, named):
    with full.open("wb") as file:
        done = run(rows, str(full) if named else "-", stdout=file)
    assert done.returncode == 1
    assert b"OutputError: cannot write" in done.stderr.splitlines()[-1]
    assert b"No space left on device" in done.stderr.splitlines()[-1]
    assert full.is_symlink()


# In these folders no file can be made, unlike in /dev itself, where a mistake would cost /dev/stdout.
@pytest.mark.parametrize("path", ["/dev/fd/1", "/proc/self/fd/1"])
def test_open_descriptor_adds_to_what_the_shell_appends_to(tmp_path, path):
    if not Path(path).exists():
        pytest.skip(f"needs {path}")
    log = tmp_path / "log"
    log.write_text("kept\n")
    with log.open("ab") as file:
        done = run("1", path, stdout=file)
    assert done.returncode == 0
    assert log.read_text(encoding="utf-8") == "kept\n" + CSV
    assert run("1", path, stdout=subprocess.PIPE).stdout == CSV.encode()


def test_fifo_is_written_through(tmp_path):
    fifo, got = tmp_path / "fifo", []
    os.mkfifo(fifo)
    reader = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
    reader.start()
    write(TABLE, fifo, format="csv")
    reader.join()
    assert got == [CSV.encode()]
    assert fifo.is_fifo()


def test_symbolic_link_is_written_through(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link.csv"
    real.write_text("old and longer than the new content")
    link.symlink_to(real)
    write(TABLE, link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == CSV


def test_error_half_way_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as file:
            file.write(b"half")
            file.flush()
            assert path.read_text() == "old"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_bad_cell_half_way_leaves_the_old_file_alone(tmp_path):
    path = tmp_path / "t.json"
    write(TABLE, path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write(Table(("a",), (("fine",), (b"bytes",))), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_permissions_are_those_of_a_new_file_or_of_the_old(tmp_path, umask, mode):
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.touch()
    old.chmod(0o640)
    before = os.umask(umask)
    try:
        write(TABLE, old)
        write(TABLE, new)
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == mode
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert old.read_text(encoding="utf-8") == CSV


def test_read_only_file_stays(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # a superuser may write anywhere
    with pytest.raises(OutputError, match="Permission denied") as caught:
        write(TABLE, path)
    assert "permissions" in caught.value.hint
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folder_hint_is_the_command_that_makes_it(tmp_path):
    with pytest.raises(OutputError, match="folder does not exist") as caught:
        write(TABLE, tmp_path / "no such" / "t.csv")
    assert caught.value.hint == f"mkdir -p '{tmp_path}/no such'"
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(("name", "reason"), [("folder.csv", "Is a directory"), ("file/t.csv", "Not a directory")])
def test_path_that_cannot_be_a_file(tmp_path, name, reason):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=reason) as caught:
        write(TABLE, tmp_path / name)
    assert caught.value.hint


def test_name_as_long_as_names_can_be(tmp_path):
    path = tmp_path / ("a" * 251 + ".csv")
    write(TABLE, path)
    assert path.read_text(encoding="utf-8") == CSV
    with pytest.raises(OutputError, match="name too long"):
        write(TABLE, tmp_path / ("a" * 252 + ".csv"))
