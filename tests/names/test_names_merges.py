"""The merge file: what its lines do, what is wrong with one, and what is suggested."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from names_samples import documents, ledger

from newsmine.errors import InputError, UnknownNameError, UsageError
from newsmine.names import read_merges, resolve
from newsmine.names.check import effects, has_errors, problems
from newsmine.names.merges import Line, Merges, read_lines
from newsmine.names.near import near_misses
from newsmine.names.suggest import AUTOMATIC, suggestions


def merges(folder: Path, *lines: str) -> Merges:
    path = folder / "merges.csv"
    path.write_text("\n".join(["variant,canonical,kind", *lines, ""]), encoding="utf-8")
    return read_merges(path)


def lines_of(*lines: str) -> list[Line]:
    return [Line(number, *line.split(",")) for number, line in enumerate(lines, start=2)]


@pytest.mark.parametrize(("line", "names"), [
    ("Aliyev,Heydar Aliyev,person", ["Ilham Aliyev", "Heydar Aliyev", "Kremlin"]),
    ("ALIYEV,Heydar Aliyev,", ["Ilham Aliyev", "Heydar Aliyev", "Kremlin"]),
    ("Ilham Aliyev,President Aliyev,person", ["President Aliyev", "President Aliyev", "Kremlin"]),
    ("Aliyev,Aliyev,person", ["Ilham Aliyev", "Aliyev", "Kremlin"]),
    ("Kremlin,Russia,place", ["Ilham Aliyev", "Ilham Aliyev", "Russia"]),
    ("Kremlin,,drop", ["Ilham Aliyev", "Ilham Aliyev"]),
    ("Aliyev,,drop", ["Ilham Aliyev", "Kremlin"]),
    ("Ilham Aliyev,,drop", ["Kremlin"]),
    ("Nobody,Somebody,person", ["Ilham Aliyev", "Ilham Aliyev", "Kremlin"]),
])  # fmt: skip
def test_a_line_decides(tmp_path: Path, line: str, names: list[str]) -> None:
    found = resolve(documents("p Ilham Aliyev, p Aliyev, o Kremlin"), merges=merges(tmp_path, line))
    assert [m.name for m in found.mentions[0]] == names


def test_lines_are_followed(tmp_path: Path) -> None:
    decided = merges(tmp_path, "Kremlin,Moscow,place", "Moscow,Russia,place")
    found = resolve(documents("o Kremlin, l Moscow, l Russia"), merges=decided)
    assert {(m.name, m.kind) for m in found.mentions[0]} == {("Russia", "place")}


@pytest.mark.parametrize(("text", "error", "message"), [
    ("a,b\n1,2\n", UsageError, "is no merge file"),
    ("", UsageError, "is no merge file"),
    ("variant,canonical,kind\nA,B,planet\n", UnknownNameError, "line 2: 'planet'"),
    ("variant,canonical\nA,\n", UsageError, "line 2: variant and canonical are both needed"),
    ("variant,canonical,kind\n,A,drop\n", UsageError, "variant and canonical"),
    ("variant,canonical,kind\nA,B,\na,C,\n", UsageError, "line 3: a has two canonical names"),
    ("variant,canonical,kind\nA,B,\nB,A,\n", UsageError, "leads back to itself"),
])  # fmt: skip
def test_a_file_that_is_wrong(tmp_path: Path, text: str, error: type[Exception], message: str) -> None:
    path = tmp_path / "merges.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=message):
        read_merges(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the merge file"):
        read_merges(tmp_path / "none.csv")


@pytest.mark.parametrize(("lines", "found"), [
    (["A,B,person"], []),
    (["A,A,person", "B,,drop"], []),
    (["A,B,", "a,B,"], [(3, "warning", "duplicate")]),
    (["A,B,", "A,C,"], [(3, "error", "conflict")]),
    (["A,B,person", "A,B,place"], [(3, "error", "conflict")]),
    (["A,B,", "A,,drop"], [(3, "error", "conflict")]),
    (["A,B,", "B,A,"], [(2, "error", "circle"), (3, "error", "circle")]),
    (["X,A,", "A,B,", "B,C,", "C,A,"], [(3, "error", "circle"), (4, "error", "circle"), (5, "error", "circle")]),
    ([",B,"], [(2, "error", "no variant")]),
    (["A,,"], [(2, "error", "no canonical name")]),
    (["A,B,planet"], [(2, "error", "unknown kind planet")]),
])  # fmt: skip
def test_problems(lines: list[str], found: list[tuple[int, str, str]]) -> None:
    table = problems(lines_of(*lines))
    assert [row[:3] for row in table.rows] == found
    assert has_errors(table) == any(severity == "error" for _, severity, _ in found)
    assert all(row[4] for row in table.rows)


NAMES = st.sampled_from(["A", "a", "B", "C", "D", ""])


@given(
    st.lists(st.builds("{},{},{}".format, NAMES, NAMES, st.sampled_from(["", "person", "place", "drop"])), max_size=5)
)
def test_a_file_is_read_if_it_has_no_error(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    try:
        merges(tmp_path_factory.getbasetemp(), *lines)
        is_read = True
    except UsageError:
        is_read = False
    assert is_read == (not has_errors(problems(lines_of(*lines))))


def test_lines_that_are_not_used() -> None:
    table = problems(
        lines_of("Aliyev,X,person", "Kremlin,Y,place", "Ilham Aliyev,Z,"), ledger(documents("p Ilham Aliyev, p Aliyev"))
    )
    assert [row[:4] for row in table.rows] == [(3, "warning", "unused", "Kremlin")]


def test_effects(tmp_path: Path) -> None:
    found = ledger(documents("p Ilham Aliyev, p Aliyev, p Aliyev, o Kremlin, l Baku"))
    decided = merges(tmp_path, "Aliyev,Heydar Aliyev,person", "Kremlin,,drop", "Baku,Baku,place")
    assert effects(decided, found).rows == (
        ("Aliyev", "Ilham Aliyev", "Heydar Aliyev", "person", 2),
        ("Kremlin", "Kremlin", "", "drop", 1),
    )


def test_suggestions() -> None:
    found = ledger(
        documents(
            "p Ilham Aliyev, p Aliyev | p Heydar Aliyev, p Aliyev | p Joe Biden, p Biden, p BIDEN, p Joseph Biden | "
            "p Kristen Wilkins | p Kristin Wilkins | p Wilkins | p K.C. Maurer | p Mauer | p John Key | p John Kerry"
        )
    )
    assert suggestions(found).rows == (
        ("Biden", "Joe Biden", "person", 1.0, "surname in the document"),
        ("Joseph Biden", "Joe Biden", "person", 0.85, "given name"),
        ("Aliyev", "Heydar Aliyev", "person", 0.7, "not merged everywhere: Heydar Aliyev 1, Ilham Aliyev 1"),
        ("Wilkins", "Kristen Wilkins", "person", 0.6, "not merged: one of 2 names: Kristen Wilkins, Kristin Wilkins"),
        ("Mauer", "K.C. Maurer", "person", 0.45, "not merged: 91% alike"),
        ("Kristin Wilkins", "Kristen Wilkins", "person", 0.43, "not merged: 86% alike"),
    )
    assert all(float(str(row[3])) >= AUTOMATIC for row in suggestions(found, least=AUTOMATIC).rows)
    assert not suggestions(found, kinds=("place",)).rows


COLLECTION = (
    "p Ilham Aliyev, p Aliyev, o Aliyev | p Heydar Aliyev, p Aliyev | p I. Aliyev | o EU, o European Union | l US | "
    "o US | l Georgia | p Georgia | p Joe Biden, p Biden, p Joseph Biden | p Biden | o Hamas | l Hamas | p Biden's | "
    "l Karabakh | l Garabagh | o Acme Corp. | o ACME"
)


def test_what_is_automatic_changes_nothing(tmp_path: Path) -> None:
    table = suggestions(ledger(documents(COLLECTION)), least=AUTOMATIC)
    path = tmp_path / "merges.csv"
    table.write(path)
    with_file = resolve(documents(COLLECTION), merges=read_merges(path))
    assert len(table.rows) > 4
    assert [[(m.name, m.kind) for m in found] for found in with_file.mentions] == [
        [(m.name, m.kind) for m in found] for found in resolve(documents(COLLECTION)).mentions
    ]


def test_what_is_suggested_is_done_with_the_file(tmp_path: Path) -> None:
    found = suggestions(ledger(documents(COLLECTION)))
    path = tmp_path / "merges.csv"
    found.write(path)
    assert not has_errors(problems(read_lines(path), ledger(documents(COLLECTION))))
    with_file = resolve(documents(COLLECTION), merges=read_merges(path))
    named = {m.text: (m.name, m.kind) for mentions in with_file.mentions for m in mentions}
    for variant, canonical, kind, _, _ in found.rows:
        assert named[str(variant)] == (canonical, kind)


def test_near_misses_are_close_and_lead_to_the_more_frequent() -> None:
    names = {("Untied Nations", "organisation"): 1, ("United Nations", "organisation"): 5, ("Guayaquil", "place"): 2,
             ("Guyaquil", "place"): 1, ("Iran", "place"): 3, ("Iraq", "place"): 3, ("Kowloon East", "place"): 1,
             ("Kowloon West", "place"): 1, ("Unit 731", "organisation"): 1,
             ("Unit 732", "organisation"): 1}  # fmt: skip
    rows = near_misses(names, 0.5)  # type: ignore[arg-type]
    assert [row[:3] for row in rows] == [
        ("Guyaquil", "Guayaquil", "place"),
        ("Untied Nations", "United Nations", "organisation"),
    ]
    assert all(0 < float(str(row[3])) < 0.5 for row in rows)
