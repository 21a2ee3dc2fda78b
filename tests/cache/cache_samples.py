"""Results to fill a cache with, what is left in one, and a process that uses one: PATH FIRST END LIMIT, started by a
line on stdin."""

import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

from newsmine.cache import Cache

MARK = "model 1.0 rules abc"
BATCH = 20


def digest(number: int) -> str:
    return blake2b(str(number).encode(), digest_size=16).hexdigest()


def result(number: int, size: int = 300) -> bytes:
    return (blake2b(b"result %d" % number, digest_size=32).digest() * (size // 32 + 1))[:size]


def items(numbers: Iterable[int], size: int = 300) -> list[tuple[str, bytes]]:
    return [(digest(number), result(number, size)) for number in numbers]


def present(cache: Cache, numbers: Iterable[int], size: int = 300) -> list[int]:
    """Return the numbers whose results are remembered, each as it was."""
    numbers = list(numbers)
    found = cache.analyses(MARK, [digest(number) for number in numbers])
    left = [number for number in numbers if digest(number) in found]
    assert found == dict(items(left, size))
    return left


def sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Change the file by hand, and return what the last statement yields."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        return [db.execute(statement).fetchall() for statement in statements][-1]


def sound(path: Path) -> bool:
    return sql(path, "PRAGMA integrity_check") == [("ok",)]


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    first, end, limit = map(int, sys.argv[2:])
    with Cache(sys.argv[1], limit=limit, timeout=60) as cache:
        for start in range(first, end, BATCH):
            batch = range(start, min(start + BATCH, end))
            cache.remember(MARK, items(batch))
            sys.stdout.write(f"{start}\n")
            sys.stdout.flush()
            present(cache, range(0, end, 7))
        sys.stdout.writelines(f"note: {note}\n" for note in cache.notes)
