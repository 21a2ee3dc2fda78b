"""Tables for people: Markdown, plain text, and the one that Rich draws on a terminal."""

import io

import pytest
from rich.text import Text

from newsmine.table import Table
from newsmine.text import width
from newsmine.write import write

HOSTILE = (
    "[bold]a",
    "a[/b]",
    "\x1b[31mred",
    "\x1b]52;c;aGk=\x07",
    "\x9b2J\x9d52;c;\x9c",
    "\u202egpj.exe\u2066\u200f",
    "nul\x00\x7f",
    "a\nb\r\x0bc\u2028d",
    "\ud800",
    ":smile: [link=https://evil.example]x[/link]",
)
SMALL = Table(("name", "count", "score"), (("Qax", 12, 0.5), ("東京", None, -1.25), (None, 3, 10.0)))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(table: Table, format: str, file: io.StringIO | None = None, **options) -> str:
    file = file or io.StringIO()
    write(table, file, format=format, **options)
    return file.getvalue()


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_markdown_golden():
    assert written(SMALL, "md") == (
        "| name | count | score |\n| --- | ---: | ---: |\n| Qax | 12 | 0.5 |\n| 東京 |  | -1.25 |\n|  | 3 | 10.0 |\n"
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (r"a|b\|c\\", r"a\|b\\\|c\\\\"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("[x](javascript:1) ![y](z)", r"\[x\](javascript:1) !\[y\](z)"),
        ("`a` *b* _c_ ~d~ $e$", r"\`a\` \*b\* \_c\_ \~d\~ \$e\$"),
        ("see https://evil.example, WWW.evil.example", r"see https\://evil.example, WWW\.evil.example"),
        ("mail a@b.example", r"mail a\@b.example"),
        ("a\nb\x1b\u202e", "a b␛␚"),
    ],
)
def test_markdown_brings_in_no_markup(cell, expected):
    assert written(Table(("a",), ((cell,),)), "md") == f"| a |\n| --- |\n| {expected} |\n"


def test_plain_golden():
    assert written(SMALL, "table") == (
        "name  count  score\n"
        "----  -----  -----\n"
        "Qax      12    0.5\n"
        "東京         -1.25\n"
        "          3   10.0\n"
    )  # fmt: skip
    assert written(SMALL, "table", headers=False).splitlines()[0] == "Qax   12    0.5"


def test_plain_cuts_nothing_and_shows_no_control():
    long = "word " * 100 + "end"
    table = Table(("a", "b"), ((long, 1), *((cell, 2) for cell in HOSTILE)))
    lines = written(table, "table", width=20).splitlines()
    assert lines[2] == long + "  1"
    assert len(lines) == 2 + len(table.rows)
    assert {width(line) for line in lines} == {len(long) + 3}
    assert all(line.isprintable() for line in lines)


def test_terminal_golden():
    output = written(SMALL, "table", Terminal(), width=40)
    assert [line.rstrip() for line in output.splitlines()] == [
        "name  count  score",
        "──────────────────",
        "Qax      12    0.5",
        "東京         -1.25",
        "          3   10.0",
    ]
    assert "name" not in written(SMALL, "table", Terminal(), width=40, headers=False)


@pytest.mark.parametrize("color", [False, True])
def test_terminal_shows_data_as_text_only(color):
    table = Table((*HOSTILE[:4], "n"), tuple((*[cell] * 4, i) for i, cell in enumerate(HOSTILE)))
    output = written(table, "table", Terminal(), width=400, color=color)
    shown = Text.from_ansi(output).plain if color else output
    assert all(char.isprintable() or char == "\n" for char in shown)
    for part in (
        "[bold]a",
        "a[/b]",
        "␛]52;c;aGk=␇",
        "␚gpj.exe␚␚",
        ":smile: [link=https://evil.example]x[/link]",
    ):
        assert part in shown
    escapes = output.split("\x1b")[1:]
    assert all(escape.startswith(("[1m", "[0m")) for escape in escapes)
    assert bool(escapes) is color


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_terminal_honours_the_environment(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert "\x1b" not in written(SMALL, "table", Terminal(), color=True, width=40)


def test_force_color_alone_brings_no_escape(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in written(SMALL, "table", Terminal(), width=40)
    assert "\x1b" not in written(SMALL, "table")


@pytest.mark.parametrize("columns", [10, 25, 60])
def test_terminal_folds_and_loses_nothing(columns):
    word, number = "x" * 90, 12345678901234
    output = written(Table(("text", "number"), ((word, number),)), "table", Terminal(), width=columns)
    assert output.count("x") == 90 + 1  # the header has one more
    assert str(number) in output


def test_terminal_width_is_that_of_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    lines = written(Table(("a",), (("word " * 20,),)), "table", Terminal()).splitlines()
    assert max(map(len, lines)) <= 30 < len("word " * 20)


def test_empty_tables_have_a_header():
    empty = Table(("a", "b"), ())
    assert written(empty, "table") == "a  b\n-  -\n"
    assert written(empty, "table", Terminal(), width=20).split() == ["a", "b", "────"]
    assert written(empty, "md") == "| a | b |\n| --- | --- |\n"
