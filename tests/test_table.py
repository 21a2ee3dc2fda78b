import pytest

from newsmine.errors import UnknownNameError
from newsmine.table import Table, ranked

TABLE = Table(("name", "count", "note"), (("b", 2, None), ("A", 10, "x"), ("c", 2, "y")), shown=("name", "count"))


def test_select_takes_the_shown_columns_or_those_named() -> None:
    assert TABLE.select().columns == ("name", "count")
    assert TABLE.select(["note", "name"]).rows[1] == ("x", "A")
    with pytest.raises(UnknownNameError) as error:
        TABLE.select(["nothing"])
    assert error.value.hint == "known: count, name, note"


def test_sort_puts_numbers_from_the_highest_and_text_from_a() -> None:
    assert [row[0] for row in TABLE.sort("count").rows] == ["A", "b", "c"]
    assert [row[0] for row in TABLE.sort("-count").rows] == ["b", "c", "A"]
    assert [row[0] for row in TABLE.sort("name").rows] == ["A", "b", "c"]
    assert [row[0] for row in TABLE.sort("-name").rows] == ["c", "b", "A"]
    assert [row[2] for row in TABLE.sort("note").rows] == ["x", "y", None]
    assert [row[2] for row in TABLE.sort("-note").rows] == ["y", "x", None]


def test_ranked_is_a_total_order() -> None:
    rows = [("b", 1), ("B", 1), ("a", 1), ("z", 3)]
    assert ranked(rows, by=1, text=(0,)) == (("z", 3), ("a", 1), ("B", 1), ("b", 1))
    assert ranked(reversed(rows), by=1, text=(0,)) == ranked(rows, by=1, text=(0,))


def test_to_frame() -> None:
    frame = TABLE.to_frame()
    assert list(frame.columns) == ["name", "count"]
    assert frame["count"].tolist() == [2, 10, 2]
