import codecs
import importlib
import io
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from newsmine.errors import UsageError
from newsmine.loading import load, pages
from newsmine.loading.decode import decode
from newsmine.loading.inputs import Input, inputs
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.records import Article, Page, Skipped

MODULE = importlib.import_module("newsmine.loading.inputs")
STORY = (
    "Harbour bridge opens after ten years\n\n3 May 2024 - 10:00\n\n"
    "The mayor of Port Ellery opened the harbour bridge on Friday morning.\n"
)
RUSSIAN = (
    "Мост через реку открыли в городе\n\n3 мая 2024 - 10:00\n\n"
    "Мэр города открыл новый мост через реку в пятницу утром, сообщили журналистам.\n"
    "Строительство продолжалось десять лет и обошлось дороже, чем ожидали власти области.\n"
)


def _paths(*paths: object) -> list[str]:
    return [item.path if isinstance(item, Input) else item.source for item in inputs(map(str, paths))]


def _only(path: Path, **options: object) -> Page | Skipped:
    [page] = pages([path], **options)  # type: ignore[arg-type]
    return page


def _reason(path: Path, **options: object) -> str:
    page = _only(path, **options)
    assert isinstance(page, Skipped)
    assert page.source == str(path)
    assert page.hint
    return page.reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "sub/c.txt", "sub/.hidden.txt", ".git/d.txt", ".e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    return tmp_path


def test_a_folder_is_searched_in_order_without_hidden_entries(folder: Path) -> None:
    assert _paths(folder) == [str(folder / name) for name in ("a.txt", "b.txt", "sub/c.txt")]


def test_a_hidden_file_that_is_named_is_read(folder: Path) -> None:
    assert _paths(folder / ".e.txt") == [str(folder / ".e.txt")]


def test_globs(folder: Path) -> None:
    assert _paths(folder / "?.txt") == [str(folder / "a.txt"), str(folder / "b.txt")]
    assert _paths(folder / "**" / "c.txt") == [str(folder / "sub/c.txt")]


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    path = tmp_path / "page[1].txt"
    path.write_text(STORY, encoding="utf-8")
    assert isinstance(_only(path), Page)


def test_a_file_named_twice_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "link.txt").symlink_to(folder / "a.txt")
    monkeypatch.chdir(folder)
    assert _paths("a.txt", "./a.txt", folder / "a.txt", "link.txt", "*.txt") == ["a.txt", "b.txt"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    [article] = load("-", "-")
    assert isinstance(article, Article)
    assert article.source.label == "-"
    assert article.title == "Harbour bridge opens after ten years"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none.txt", "not-found"), ("*.none", "no-match"), ("void", "empty-folder"), ("dangling", "not-found")],
)
def test_paths_that_lead_to_nothing(folder: Path, name: str, reason: str) -> None:
    (folder / "void").mkdir()
    (folder / "dangling").symlink_to(folder / "gone")
    assert _reason(folder / name) == reason


def test_what_is_no_file_in_a_folder_is_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To open a pipe that nobody writes to would be to wait for ever."""
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(folder)  # the path of a socket is short
        server.bind("socket")
    found = {item.source: item.reason for item in inputs([str(folder)]) if isinstance(item, Skipped)}
    assert found == {str(folder / name): "not-a-file" for name in ("pipe", "zero", "socket")}
    found = {item.source: item.reason for item in inputs([f"{folder}/[ps]*"]) if isinstance(item, Skipped)}
    assert found == {str(folder / name): "not-a-file" for name in ("pipe", "socket")}


def test_a_pipe_that_is_named_is_read(folder: Path) -> None:
    read, write = os.pipe()
    os.write(write, STORY.encode())
    os.close(write)
    page = _only(Path(f"/dev/fd/{read}"))
    os.close(read)
    assert isinstance(page, Page)
    os.mkfifo(folder / "pipe")
    writer = threading.Thread(target=lambda: (folder / "pipe").write_text(STORY, encoding="utf-8"))
    writer.start()
    page = _only(folder / "pipe")
    writer.join()
    assert isinstance(page, Page)


def test_links_to_folders(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "d.txt").write_text(STORY, encoding="utf-8")
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "away").symlink_to(other)
    (folder / "d.txt").symlink_to(other / "d.txt")
    found = [item.reason if isinstance(item, Skipped) else Path(item.path).name for item in inputs([str(folder)])]
    assert found == ["a.txt", "link-to-folder", "b.txt", "d.txt", "c.txt"]
    assert _paths(folder / "away") == [str(folder / "away/d.txt")]


def test_links_that_go_in_circles(folder: Path) -> None:
    (folder / "one").symlink_to(folder / "two")
    (folder / "two").symlink_to(folder / "one")
    found = [item.reason for item in inputs([str(folder)]) if isinstance(item, Skipped)]
    assert found == ["unreadable", "unreadable"]
    assert _reason(folder / "one") == "unreadable"


def test_a_folder_that_cannot_be_searched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def fail(path: str) -> object:
        if path.endswith("sub"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail)
    found = list(inputs([str(folder)]))
    assert [type(item) for item in found] == [Input, Input, Skipped]
    assert isinstance(found[2], Skipped)
    assert (found[2].source, found[2].reason) == (str(folder / "sub"), "no-permission")
    assert _reason(folder / "sub") == "no-permission"


def test_a_file_that_vanishes(folder: Path) -> None:
    found = inputs([str(folder)])
    next(found)
    (folder / "b.txt").unlink()
    vanished = next(found)
    assert isinstance(vanished, Skipped)
    assert (vanished.source, vanished.reason) == (str(folder / "b.txt"), "not-found")


def test_a_name_that_is_not_utf8(folder: Path) -> None:
    name = os.fsencode(folder) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text(STORY, encoding="utf-8")
    assert os.fsdecode(name) in _paths(folder)


def test_a_web_address_is_not_fetched() -> None:
    [page] = pages(["https://news.example/page"])
    assert isinstance(page, Skipped)
    assert page.reason == "web-address"


def test_an_unreadable_file(folder: Path) -> None:
    path = folder / "a.txt"
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user can read every file")
    assert _reason(path) == "no-permission"


ERRORS = [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_while_opening(folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(MODULE, "open", fail, raising=False)
    reason = "no-permission" if isinstance(error, PermissionError) else "unreadable"
    assert _reason(folder / "a.txt") == reason


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("data", [b"", STORY.encode(), b"{"])
def test_an_error_while_reading(monkeypatch: pytest.MonkeyPatch, data: bytes, error: OSError) -> None:
    class Broken(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            if piece := super().read1(5):
                return piece
            raise error

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Broken(data)))
    [skipped] = pages(["-"])
    assert isinstance(skipped, Skipped)
    assert skipped.reason == ("no-permission" if isinstance(error, PermissionError) else "unreadable")


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    [skipped] = pages(["-"])
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251"])
@pytest.mark.parametrize("size", [1, 3, 50])
def test_a_text_that_comes_in_small_pieces(monkeypatch: pytest.MonkeyPatch, encoding: str, size: int) -> None:
    class Slow(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return super().read1(size)

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Slow(RUSSIAN.encode(encoding))))
    [page] = pages(["-"])
    assert isinstance(page, Page)
    assert page.articles[0].title == "Мост через реку открыли в городе"
    assert (page.reader, page.size) == ("text", len(RUSSIAN.encode(encoding)))


def test_a_source_that_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def from_stdin() -> Page | Skipped:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
        [page] = pages(["-"])
        return page

    monkeypatch.setattr(MODULE, "MAX_BYTES", len(STORY) - 1)
    assert _reason(folder / "a.txt") == "too-large"
    piped = from_stdin()
    assert isinstance(piped, Skipped)
    assert piped.reason == "too-large"
    monkeypatch.setattr(MODULE, "MAX_BYTES", len(STORY))
    assert isinstance(_only(folder / "a.txt"), Page)
    assert isinstance(from_stdin(), Page)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (codecs.BOM_UTF8 + b"\n\n", "empty"),
        ("\n\n".encode("utf-16"), "empty"),
        (b"PK\x03\x04 and so on", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (bytes(range(256)), "binary"),
        (("\u200b\u2060\ufeff\n" * 20).encode(), "empty"),
    ],
    ids=repr,
)
def test_content_that_is_no_text_dump(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    assert _reason(path) == reason


def test_good_inputs_beside_bad_ones(folder: Path) -> None:
    (folder / "aa.txt").write_bytes(b"\x00" * 100)
    found = [type(page) for page in pages([folder, folder / "none"])]
    assert found == [Page, Skipped, Page, Page, Skipped]


@pytest.mark.parametrize(
    ("text", "encoding", "used"),
    [
        (STORY, "utf-8", "utf-8"),
        (STORY, "utf-8-sig", "utf-8"),
        (STORY, "utf-16", "utf-16"),
        (STORY, "utf-32", "utf-32"),
        (RUSSIAN, "utf-16", "utf-16"),
        (RUSSIAN, "cp1251", "windows-1251"),
    ],
)
def test_the_encoding_is_detected(text: str, encoding: str, used: str) -> None:
    assert decode(text.encode(encoding)) == (text, used)


def test_a_page_in_cp1251(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    for page in (_only(path), _only(path, encoding="cp1251")):
        assert isinstance(page, Page)
        assert page.articles[0].title == "Мост через реку открыли в городе"
        assert page.articles[0].published is not None
        assert page.articles[0].published.value == "2024-05-03T10:00"


def test_damaged_utf8_shows_its_damage() -> None:
    data = "Łódź opens its first tramway in Świętokrzyskie".encode()
    text, used = decode(data.replace(b"opens", b"op\xffns"))
    assert (text, used) == ("Łódź op\ufffdns its first tramway in Świętokrzyskie", "utf-8 (damaged)")


def test_bytes_that_are_not_utf8_at_all() -> None:
    text, _ = decode(b"The caf\xe9 in Orl\xe9ans re-opened on Friday, the mayor said after the meeting.")
    assert text.startswith("The café in Orléans")


def test_a_wrong_encoding_is_a_reason_to_skip(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(RUSSIAN.encode("cp1251"))
    assert _reason(path, encoding="utf-8") == "wrong-encoding"
    assert _reason(path, encoding="ascii") == "wrong-encoding"


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "undefined\x00"])
def test_an_unknown_encoding_is_a_wrong_call(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="unknown encoding"):
        list(pages([tmp_path], encoding=name))


@pytest.mark.parametrize(
    ("name", "publisher"),
    [
        ("azernews-2023-09-20.txt", "azernews"),
        ("folder/Daily.News_20240503.txt", "daily.news"),
        ("port-ellery-times-2024-05-03-2.txt", "port-ellery-times"),
        ("bbc 2024.05.03.txt", "bbc"),
        ("f24-2024-05-03.txt", "f24"),
        ("page17.txt", None),
        ("2024-05-03.txt", None),
        ("report-2024.txt", None),
        ("x-2024-05-031.txt", None),
        ("pages.zip:folder/times-2024-05-03.html", "times"),
        ("pages.zip:times-2024-05-03.html", "times"),
        ("times-2024-05-03.zip:page.html", "times"),
        ("-", None),
    ],
)
def test_publisher_of(name: str, publisher: str | None) -> None:
    assert publisher_of(name) == publisher


@pytest.mark.parametrize("url", [None, "", "https://[", "https://", "https://www.", "page.txt"])
def test_an_address_without_a_host(url: str | None) -> None:
    assert host_of(url) is None


def test_a_page_with_a_broken_address(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(STORY.replace("10:00\n", "10:00\nhttps://[\n"), encoding="utf-8")
    page = _only(path)
    assert isinstance(page, Page)
    assert page.source.publisher is None
