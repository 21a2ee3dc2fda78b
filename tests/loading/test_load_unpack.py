import bz2
import gzip
import importlib
import io
import json
import lzma
import os
import random
import struct
import sys
import tarfile
import threading
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from newsmine.errors import MissingError
from newsmine.loading import pages
from newsmine.loading.inputs import Input, inputs
from newsmine.records import Page, Skipped

LIMITS = importlib.import_module("newsmine.loading.limits")
UNPACK = importlib.import_module("newsmine.loading.unpack")
STORY = (
    "Harbour bridge opens after ten years\n\n3 May 2024 - 10:00\n\n"
    "The mayor of Port Ellery opened the harbour bridge on Friday morning.\n"
)
DATA = STORY.encode()


def zstd(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").ZstdCompressor(write_checksum=True).compress(data)  # type: ignore[no-any-return]


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": lambda data: bz2.compress(data, 1),  # in the smallest blocks
    "xz": lzma.compress,
    "zst": zstd,
}


def tar(members: dict[str, bytes], **options: object) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", **options) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def contents(path: Path) -> list[tuple[str, bytes | str]]:
    """Return for each source its path below the folder, and its bytes or why they were skipped."""
    found: list[tuple[str, bytes | str]] = []
    for item in inputs([path]):
        name = item.path if isinstance(item, Input) else item.source
        short = name.removeprefix(str(path.parent)).lstrip("/")
        if isinstance(item, Skipped):
            assert item.hint
            found.append((short, item.reason))
            continue
        try:
            found.append((short, item.whole() or b""))
        except OSError as error:
            skipped = importlib.import_module("newsmine.loading.inputs").unreadable(name, error)
            found.append((short, skipped.reason))
    return found


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", PACK)
def test_a_compressed_file_is_read_under_its_own_name(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, "page.txt", PACK[kind](DATA))
    [page] = pages([path])
    assert isinstance(page, Page)
    assert (page.source.path, page.size) == (str(path), len(DATA))
    assert page.articles[0].title == "Harbour bridge opens after ten years"


@pytest.mark.parametrize("kind", PACK)
def test_several_stretches_in_a_row(tmp_path: Path, kind: str) -> None:
    large = random.Random(1).randbytes(50_000) * 3
    data = PACK[kind](large) + PACK[kind](b"") + PACK[kind](DATA)
    assert contents(written(tmp_path, "page", data)) == [("page", large + DATA)]


def test_padding_after_compressed_data(tmp_path: Path) -> None:
    assert contents(written(tmp_path, "page", gzip.compress(DATA) + bytes(1000))) == [("page", DATA)]


@pytest.mark.parametrize("kind", PACK)
def test_something_else_after_compressed_data(tmp_path: Path, kind: str) -> None:
    data = PACK[kind](DATA) + b"and a note in plain text"
    assert contents(written(tmp_path, "page", data)) == [("page", DATA), ("page", "damaged")]


@pytest.mark.parametrize("kind", PACK)
def test_what_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path, kind: str) -> None:
    text = bytes(random.Random(2).choices(b"abcdefgh \n", k=400_000))
    packed = PACK[kind](text)
    [(_, data), loss] = contents(written(tmp_path, "page", packed[: len(packed) * 2 // 3]))
    assert isinstance(data, bytes)
    assert text.startswith(data)
    assert len(data) > 100_000
    assert loss == ("page", "truncated")


@pytest.mark.parametrize("cut", [1, 4, 8, 9])
def test_a_small_gzip_file_that_lacks_its_end(tmp_path: Path, cut: int) -> None:
    found = contents(written(tmp_path, "page", gzip.compress(DATA)[:-cut]))
    assert found[1] == ("page", "truncated")
    assert cut > 8 or found[0] == ("page", DATA)


def test_a_wrong_checksum(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(DATA))
    data[-5] ^= 1
    assert contents(written(tmp_path, "page", bytes(data))) == [("page", DATA), ("page", "damaged")]


@pytest.mark.parametrize("kind", PACK)
def test_data_that_is_corrupt(tmp_path: Path, kind: str) -> None:
    data = bytearray(PACK[kind](random.Random(3).randbytes(300_000)))
    data[200_000:200_050] = bytes(50)
    found = contents(written(tmp_path, "page", bytes(data)))
    assert found[1:] == [("page", "damaged")]


def test_pages_before_the_damage_are_loaded_and_the_loss_is_said(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"title": f"Title {n}", "text": "A text."}).encode() + b"\n" for n in range(2000))
    path = written(tmp_path, "a.jsonl.gz", gzip.compress(lines)[:-500])
    *loaded, broken, lost = pages([path])
    assert len(loaded) > 100
    assert all(isinstance(page, Page) for page in loaded)
    assert isinstance(broken, Skipped)
    assert broken.reason == "broken-json"
    assert isinstance(lost, Skipped)
    assert (lost.source, lost.reason) == (str(path), "truncated")


def test_a_compressed_stream_is_never_held_whole(tmp_path: Path) -> None:
    line = json.dumps({"title": "A title", "text": random.Random(4).randbytes(30_000).hex()}).encode() + b"\n"
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", 1) as file:
        for _ in range(120):
            file.write(line)
    tracemalloc.start()
    count = sum(isinstance(page, Page) for page in pages([path]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 120
    assert peak < 6 * 2**20 < 120 * len(line)


def test_zstd_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "page.zst", b"\x28\xb5\x2f\xfd and so on")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingError) as caught:
        list(pages([path]))
    assert caught.value.hint == "pip install 'newsmine[zstd]'"


MEMBERS = {"a.txt": DATA, "sub/b.txt": DATA * 2, ".hidden": b"x", "__MACOSX/a.txt": b"x", "sub/.git/c": b"x"}


@pytest.mark.parametrize(
    "data",
    [zipped(MEMBERS), zipped(MEMBERS, zipfile.ZIP_STORED), zipped(MEMBERS, zipfile.ZIP_BZIP2), tar(MEMBERS)],
    ids=["deflated", "stored", "bzip2", "tar"],
)
def test_the_members_of_an_archive(tmp_path: Path, data: bytes) -> None:
    path = written(tmp_path, "archive", data)
    assert contents(path) == [("archive:a.txt", DATA), ("archive:sub/b.txt", DATA * 2)]
    assert [page.source.path for page in pages([path]) if isinstance(page, Page)] == [
        f"{path}:a.txt",
        f"{path}:sub/b.txt",
    ]


@pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
@pytest.mark.parametrize("name", ["é" * 90 + "/" + "b" * 200 + ".txt", "ö.txt", "a" * 100, "x" * 99 + "/y"])
def test_long_names_in_tar(tmp_path: Path, name: str, format: int) -> None:
    data = tar({name: DATA, "b.txt": b"b"}, format=format)
    assert contents(written(tmp_path, "a.tar", data)) == [(f"a.tar:{name}", DATA), ("a.tar:b.txt", b"b")]


@pytest.mark.parametrize("kind", PACK)
def test_a_compressed_tar(tmp_path: Path, kind: str) -> None:
    path = written(tmp_path, "a.tgz", PACK[kind](tar(MEMBERS)))
    assert contents(path) == [("a.tgz:a.txt", DATA), ("a.tgz:sub/b.txt", DATA * 2)]


def test_tars_in_a_row(tmp_path: Path) -> None:
    path = written(tmp_path, "a.tar", tar({"a": b"1"}) + tar({"b": b"2"}))
    assert contents(path) == [("a.tar:a", b"1"), ("a.tar:b", b"2")]


def test_containers_in_containers(tmp_path: Path) -> None:
    data = zipped({"a.gz": gzip.compress(DATA), "b.zip": zipped({"c.txt": b"c"}), "d.tar": tar({"e": b"e"})})
    assert contents(written(tmp_path, "a.zip", data)) == [
        ("a.zip:a.gz", DATA),
        ("a.zip:b.zip:c.txt", b"c"),
        ("a.zip:d.tar:e", b"e"),
    ]


def test_a_zip_in_a_stream(tmp_path: Path) -> None:
    assert contents(written(tmp_path, "a.zip.gz", gzip.compress(zipped({"c.txt": b"c"})))) == [("a.zip.gz:c.txt", b"c")]


def test_containers_too_deep(tmp_path: Path) -> None:
    data = DATA
    for _ in range(3):
        data = gzip.compress(data)
    assert contents(written(tmp_path, "page", data)) == [("page", DATA)]
    assert contents(written(tmp_path, "page", gzip.compress(data))) == [("page", "too-deep")]


def test_standard_input_may_be_a_container(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, path in ((gzip.compress(DATA), "-"), (zipped({"a": DATA}), "-:a"), (tar({"a": DATA}), "-:a")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        [page] = pages(["-"])
        assert isinstance(page, Page)
        assert page.source.path == path


@pytest.mark.parametrize("name", ["[Content_Types].xml", "mimetype"])
@pytest.mark.parametrize("cut", [0, 30])
def test_documents_that_are_zip_archives_are_not_taken_apart(tmp_path: Path, name: str, cut: int) -> None:
    whole = zipped({name: b"<Types/>", "word/document.xml": b"<document/>"})
    data = whole[: len(whole) - cut]
    assert contents(written(tmp_path, "a.docx", data)) == [("a.docx", data)]
    assert contents(written(tmp_path, "a.docx.gz", gzip.compress(data))) == [("a.docx.gz", data)]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\news\\page.txt", "news/page.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("a\x1b]52;c\x07.txt", "a␛]52;c␇.txt"),
        ("\u202etxt.exe", "\u241atxt.exe"),
        ("..", "1"),
    ],
)
@pytest.mark.parametrize("pack", [zipped, tar])
def test_names_that_lead_elsewhere(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes], name: str, shown: str
) -> None:
    assert contents(written(tmp_path, "archive", pack({name: DATA}))) == [(f"archive:{shown}", DATA)]
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_links_and_devices_in_archives(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for number, kind in enumerate([tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE]):
            info = tarfile.TarInfo(f"m{number}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        info = tarfile.TarInfo("page")
        info.size = len(DATA)
        archive.addfile(info, io.BytesIO(DATA))
    found = contents(written(tmp_path, "a.tar", file.getvalue()))
    assert found == [*((f"a.tar:m{number}", "not-a-file") for number in range(4)), ("a.tar:page", DATA)]
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive2:
        archive2.writestr(link, "/etc/passwd")
        archive2.mkdir("folder")
    assert contents(written(tmp_path, "a.zip", file.getvalue())) == [("a.zip:link", "not-a-file")]


def test_an_encrypted_member(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": DATA, "b.txt": DATA}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert contents(written(tmp_path, "a.zip", bytes(data))) == [("a.zip:a.txt", "encrypted"), ("a.zip:b.txt", DATA)]


def test_a_method_that_is_not_known(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({"a.txt": DATA}, zipfile.ZIP_LZMA))
    assert contents(path) == [("a.zip:a.txt", "unsupported-compression")]


def test_a_member_with_a_wrong_checksum(tmp_path: Path) -> None:
    data = zipped({"a.txt": DATA, "b.txt": b"b"}).replace(struct.pack("<I", zlib.crc32(DATA)), b"\0\0\0\0")
    found = contents(written(tmp_path, "a.zip", data))
    assert found == [("a.zip:a.txt", DATA), ("a.zip:a.txt", "damaged"), ("a.zip:b.txt", b"b")]


class Pipe(io.BytesIO):
    """A file that cannot be wound back, so that sizes are written after the members."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


@pytest.mark.parametrize("piped", [False, True])
def test_a_zip_archive_that_is_cut_off(tmp_path: Path, piped: bool) -> None:
    file = Pipe() if piped else io.BytesIO()
    large = random.Random(5).randbytes(10_000).hex().encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"a.txt": DATA, "b.txt": b"b", "c.txt": large}.items():
            archive.writestr(name, data)
    whole = file.getvalue()
    path = written(tmp_path, "a.zip", whole[: whole.index(b"PK\x01\x02")])
    expected = [("a.zip:a.txt", DATA), ("a.zip:b.txt", b"b"), ("a.zip:c.txt", large), ("a.zip", "truncated")]
    assert contents(path) == expected
    path.write_bytes(whole[:5000])
    found = contents(path)
    assert found[:2] == expected[:2]
    name, data = found[2]
    assert name == "a.zip:c.txt"
    assert isinstance(data, bytes)
    assert len(data) > 5000
    assert large.startswith(data)
    assert found[3:] == [("a.zip:c.txt", "truncated"), ("a.zip", "truncated")]


def test_a_tar_archive_that_is_cut_off(tmp_path: Path) -> None:
    whole = tar({"a.txt": DATA, "b.txt": DATA * 100})
    path = written(tmp_path, "a.tar", whole[:3000])
    a, b, *rest = contents(path)
    assert a == ("a.tar:a.txt", DATA)
    assert b == ("a.tar:b.txt", (DATA * 100)[: 3000 - 1536])
    assert rest == [("a.tar:b.txt", "truncated"), ("a.tar", "truncated")]
    path.write_bytes(whole[:1024])
    assert contents(path) == [("a.tar:a.txt", DATA), ("a.tar", "truncated")]
    path.write_bytes(gzip.compress(whole)[:150])
    assert contents(path)[-1] == ("a.tar", "truncated")
    assert sum(name == "a.tar" for name, _ in contents(path)) == 1


def test_a_tar_archive_with_a_broken_header(tmp_path: Path) -> None:
    data = bytearray(tar({"a.txt": DATA, "b.txt": DATA}))
    data[1024 + 150] ^= 1
    assert contents(written(tmp_path, "a.tar", bytes(data))) == [("a.tar:a.txt", DATA), ("a.tar", "damaged")]


def test_archives_without_a_file(tmp_path: Path) -> None:
    assert contents(written(tmp_path, "a.zip", zipped({}))) == [("a.zip", "empty-archive")]


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIMITS, "FREE_BYTES", 3 * 2**20)
    monkeypatch.setattr(importlib.import_module("newsmine.loading.archives"), "FREE_BYTES", 3 * 2**20)


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("kind", PACK)
def test_a_bomb(tmp_path: Path, kind: str) -> None:
    bomb = PACK[kind](bytes(5_000_000))
    path = written(tmp_path, "page", bomb)
    assert contents(path) == [("page", "bomb")]
    [skipped] = pages([path])
    assert isinstance(skipped, Skipped)


@pytest.mark.usefixtures("small_limits")
def test_bombs_in_archives(tmp_path: Path) -> None:
    bomb = bytes(5_000_000)
    path = written(tmp_path, "a.zip", zipped({"a": bomb, "b": DATA}))
    assert contents(path) == [("a.zip:a", "bomb"), ("a.zip:b", DATA)]
    inner = zipped({"a": gzip.compress(bomb), "b": DATA})
    assert contents(written(tmp_path, "a.zip", inner)) == [("a.zip:a", "bomb"), ("a.zip", "bomb")]
    outer = gzip.compress(tar({"a": DATA, "b": bomb, "c": DATA}))
    assert contents(written(tmp_path, "a.tgz", outer)) == [("a.tgz:a", DATA), ("a.tgz:b", "bomb"), ("a.tgz", "bomb")]


@pytest.mark.usefixtures("small_limits")
def test_a_member_that_is_larger_than_it_says(tmp_path: Path) -> None:
    whole = zipped({"a": random.Random(8).randbytes(20_000).hex().encode()})
    lying = whole.replace(struct.pack("<I", 40_000), struct.pack("<I", 1000))
    found = contents(written(tmp_path, "a.zip", lying))
    assert found[-1] == ("a.zip:a", "damaged")
    assert len(found[0][1]) <= 1000


def test_members_that_overlap(tmp_path: Path) -> None:
    """A directory that names the same bytes again and again: each read is cheap to ask for."""
    whole = zipped({"a": random.Random(6).randbytes(10_000)})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[start:end]
    entries = b"".join(entry[:46] + bytes([98 + n]) + entry[47:] for n in range(20))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 20, 20, len(entries), start, 0)
    [found] = contents(written(tmp_path, "a.zip", whole[:start] + entries + tail))
    assert found == ("a.zip", "bomb")


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UNPACK, "MAX_MEMBERS", 3)
    path = written(tmp_path, "a.zip", zipped({str(n): DATA for n in range(5)}))
    assert [name for name, _ in contents(path)] == ["a.zip:0", "a.zip:1", "a.zip:2", "a.zip"]
    assert contents(path)[-1] == ("a.zip", "too-many-members")


def test_random_damage_never_raises(tmp_path: Path) -> None:
    source = random.Random(7)
    wholes = [zipped(MEMBERS), tar(MEMBERS), gzip.compress(tar(MEMBERS)), lzma.compress(zipped(MEMBERS))]
    for _ in range(200):
        data = bytearray(source.choice(wholes))
        for _ in range(source.randint(1, 5)):
            data[source.randrange(len(data))] = source.randrange(256)
        path = written(tmp_path, "x", bytes(data[: source.randint(20, len(data))]))
        assert contents(path)


def test_a_text_that_comes_line_by_line_is_not_waited_for() -> None:
    """The first record is given before the second is there: containers are told by the first line that comes."""
    read, write = os.pipe()
    os.write(write, b'{"title": "One", "text": "A."}\n')
    first_is_read = threading.Event()

    def go_on() -> None:
        first_is_read.wait(5)
        os.write(write, b'{"title": "Two", "text": "B."}\n')
        os.close(write)

    writer = threading.Thread(target=go_on)
    writer.start()
    found = pages([f"/dev/fd/{read}"])
    start = time.monotonic()
    next(found)
    assert time.monotonic() - start < 4
    first_is_read.set()
    assert len(list(found)) == 1
    writer.join()
    os.close(read)


def test_what_is_corrupt_among_several_gzip_files_in_one_costs_only_itself(tmp_path: Path) -> None:
    """The next one begins on a new line, so that no record is joined to half of another."""
    members = [gzip.compress(b'{"title": "Bridge %d", "text": "It opened."}\n' % n) for n in range(4)]
    damaged = bytearray(members[1])
    damaged[10] ^= 0xFF
    members[1] = bytes(damaged)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"".join(members))
    loaded = list(pages([path]))
    assert [page.articles[0].title for page in loaded if isinstance(page, Page)] == ["Bridge 0", "Bridge 2", "Bridge 3"]
    assert [page.reason for page in loaded if isinstance(page, Skipped)][-1] == "damaged"


def test_what_looks_like_gzip_throughout_takes_no_quadratic_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expand = importlib.import_module("newsmine.loading.expand")
    monkeypatch.setattr(expand, "_MOST_CORRUPT", 10)
    blocks = expand.expanded([b"\x1f\x8b\x08\0" * 5000], expand.GZIP, LIMITS.Meter(), counted=True)
    assert len(list(blocks)) <= 10
