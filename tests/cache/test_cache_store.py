"""What is remembered comes back as it was, under its own fingerprint and digest only."""

import tempfile
from pathlib import Path

import pytest
from cache_samples import MARK, digest, items, present, result, sound, sql
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmine.cache import Cache, tables

DIGEST = st.binary(min_size=1, max_size=20).map(bytes.hex)
RESULT = st.binary(max_size=400) | st.integers(0, 20_000).map(lambda size: b"\x00\xff" * size)
NAME = st.text(st.characters(), max_size=9) | st.sampled_from(["\ud800", "\x00", "", "a", "A"])


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(NAME, st.dictionaries(DIGEST, RESULT, max_size=6), max_size=3),
    st.lists(DIGEST, max_size=3),
    st.booleans(),
)
def test_results_come_back_under_their_own_fingerprint(made: dict, others: list[str], reopened: bool):
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder) / "c.db") as cache:
        for name, results in made.items():
            cache.remember(name, results.items())
            cache.remember(name, iter(results.items()))
        if reopened:
            cache.close()
        for name, results in made.items():
            assert cache.analyses(name, [*results, *others, *results]) == results
            assert list(cache.analyses(name, list(reversed(results)))) == list(reversed(results))
        assert cache.analyses("another", [key for results in made.values() for key in results]) == {}
        assert cache.notes == []


def test_another_cache_finds_what_one_has_kept(tmp_path: Path):
    with Cache(tmp_path / "c.db") as one, Cache(str(tmp_path / "c.db")) as two:
        assert present(two, range(10)) == []
        one.remember(MARK, items(range(5)))
        assert present(two, range(10)) == list(range(5))
        two.remember(MARK, items(range(5, 10)))
        assert present(one, range(10)) == list(range(10))
        assert one.notes == two.notes == []


def test_the_last_result_counts(tmp_path: Path):
    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, [("aa", b"z"), ("bb", b"b")])
        cache.remember(MARK, [("aa", b"y"), ("aa", b"x")])
        assert cache.analyses(MARK, ["bb", "aa"]) == {"bb": b"b", "aa": b"x"}
        assert dict(cache.info().rows)["entries"] == 2


def test_looking_up_makes_no_file_and_keeping_nothing_does_not_either(tmp_path: Path):
    with Cache(tmp_path / "new" / "c.db") as cache:
        assert cache.analyses(MARK, ["aa"]) == {}
        cache.remember(MARK, iter([]))
        assert cache.clear() == 0
        assert dict(cache.info().rows)["entries"] == 0
        assert not (tmp_path / "new").exists()
        cache.remember(MARK, items([1]))
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["c.db"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_mistake_of_the_caller_is_an_error_and_harms_nothing(tmp_path: Path):
    def broken():
        yield digest(3), result(3)
        raise ZeroDivisionError

    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, items([1]))
        with pytest.raises(ValueError, match="hexadecimal"):
            cache.analyses(MARK, ["no digest"])
        with pytest.raises(ValueError, match="hexadecimal"):
            cache.remember(MARK, [(digest(2), b""), ("no digest", b"")])
        with pytest.raises(TypeError):
            cache.remember(MARK, [(digest(2), None)])
        with pytest.raises(ZeroDivisionError):
            cache.remember(MARK, broken())
        assert present(cache, range(9)) == [1]
        assert cache.notes == []


def test_closing_twice_does_no_harm_and_another_call_opens_it_again(tmp_path: Path):
    cache = Cache(tmp_path / "c.db")
    cache.close()
    cache.remember(MARK, items([1]))
    cache.close()
    cache.close()
    assert present(cache, [1]) == [1]
    cache.close()


def test_nothing_of_texts_or_digits_but_what_is_given_is_stored(tmp_path: Path):
    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, items(range(3)))
    (first, *_) = sql(tmp_path / "c.db", "SELECT name, digest, result FROM analyses, fingerprints ORDER BY analyses.id")
    assert first[0] == MARK
    assert (first[1], first[2]) in [(bytes.fromhex(key), value) for key, value in items(range(3))]
    columns = {row[1] for row in sql(tmp_path / "c.db", "PRAGMA table_info(analyses)")}
    assert columns == {"id", "fingerprint", "digest", "used", "checksum", "result"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE analyses SET result = result || x'00' WHERE id = 2",
        "UPDATE analyses SET result = zeroblob(length(result)) WHERE id = 2",
        "UPDATE analyses SET result = 'text' WHERE id = 2",
        "UPDATE analyses SET result = (SELECT result FROM analyses WHERE id = 1) WHERE id = 2",
        "UPDATE analyses SET result = 1 WHERE id = 2",
        "UPDATE analyses SET checksum = checksum + 1 WHERE id = 2",
        "UPDATE analyses SET checksum = CAST(x'ff' AS TEXT) WHERE id = 2",
        "UPDATE analyses SET checksum = 'x', used = 'y', result = 0.5 WHERE id = 2",
    ],
)
def test_an_altered_result_is_never_found_and_the_cache_starts_anew(tmp_path: Path, change: str):
    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, items(range(4)))
        sql(tmp_path / "c.db", change)
        assert present(cache, range(4)) == []
        assert [note.rpartition(", ")[2] for note in cache.notes] == ["and starts anew"]
        cache.remember(MARK, items(range(4)))
        assert present(cache, range(4)) == list(range(4))


def test_a_result_of_another_fingerprint_is_not_found_when_the_names_are_confused(tmp_path: Path):
    with Cache(tmp_path / "c.db") as cache:
        cache.remember("one", items([1]))
        sql(tmp_path / "c.db", "UPDATE fingerprints SET name = 'two'")
        assert cache.analyses("two", [digest(1)]) == {}


def test_info_counts(tmp_path: Path):
    path = tmp_path / "c.db"
    with Cache(path, limit=10**6) as cache:
        cache.remember("one", items(range(5)))
        cache.remember("two", items(range(2)))
        sql(path, "UPDATE analyses SET used = 1700000000 WHERE id = 1", "UPDATE analyses SET used = 0 WHERE id = 2")
        table = cache.info()
    assert table.columns == ("item", "value")
    values = dict(table.rows)
    latest = str(values.pop("latest use"))
    assert values == {
        "file": str(path), "limit": 10**6, "bytes": path.stat().st_size, "entries": 7, "fingerprints": 2,
        "oldest use": "1970-01-01T00:00:00Z",
    }  # fmt: skip
    assert "2026-01-01T00:00:00Z" < latest < "2100"


def test_odd_dates_do_no_harm(tmp_path: Path):
    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, items(range(3)))
        for used in ("9e18", "-9e18", "x'ff'", "'x'"):
            sql(tmp_path / "c.db", f"UPDATE analyses SET used = {used}")
            assert dict(cache.info().rows)["entries"] == 3
            assert present(cache, range(3)) == [0, 1, 2]


def test_clear_removes_all_and_the_file_shrinks(tmp_path: Path):
    path = tmp_path / "c.db"
    with Cache(path) as cache, Cache(path) as other:
        cache.remember(MARK, items([1]))
        small = path.stat().st_size
        cache.remember(MARK, items(range(5000)))
        cache.remember("two", items(range(7)))
        assert path.stat().st_size > 5000 * 300
        assert other.clear() == 5007
        assert path.stat().st_size <= small
        assert cache.clear() == 0
        assert present(cache, range(9)) == []
        assert dict(cache.info().rows)["fingerprints"] == 0
        cache.remember(MARK, items(range(9)))
        assert present(other, range(9)) == list(range(9))
    assert sound(path)


def test_two_hundred_thousand_at_once(tmp_path: Path):
    keys = [number.to_bytes(16, "big").hex() for number in range(200_000)]
    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, ((key, key.encode()) for key in keys))
        found = cache.analyses(MARK, keys)
    assert found == {key: key.encode() for key in keys}
    assert list(found) == keys


def test_a_result_of_unlikely_size_is_not_kept(tmp_path: Path):
    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, [("aa", bytes(2**26 + 1)), ("bb", bytes(2**26)), ("cc", b"")])
        assert set(cache.analyses(MARK, ["aa", "bb", "cc"])) == {"bb", "cc"}
        assert cache.notes == []


def test_an_interrupted_write_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    checksum = tables._checksum

    def interrupted(start: int, key: bytes, value: bytes) -> int:
        if value == result(40):
            raise KeyboardInterrupt
        return checksum(start, key, value)

    with Cache(tmp_path / "c.db") as cache:
        cache.remember(MARK, items([1]))
        with monkeypatch.context() as patch:
            patch.setattr(tables, "_checksum", interrupted)
            with pytest.raises(KeyboardInterrupt):
                cache.remember(MARK, items(range(2, 50)))
        with Cache(tmp_path / "c.db", timeout=0.1) as other:
            assert present(other, range(50)) == [1]
            other.remember(MARK, items([2]))
            assert other.notes == []
        cache.remember(MARK, items([3]))
        assert present(cache, range(50)) == [1, 2, 3]
