"""Workbooks and Parquet files: the header wherever it stands, dates as dates, and what is damaged."""

import builtins
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from load_written import Loaded

from newsmine.errors import MissingError

MOMENT = datetime(2024, 5, 3, 10, 0)


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def test_a_workbook(tmp_path: Path) -> None:
    rows = [
        ["Export of 3 May"],
        [],
        ["Title", "Text", "Date", "URL", "Rank"],
        ["Bridge", "One\nTwo", MOMENT, "https://www.a.example/1", 1],
        [None] * 5,
        ["Ferry", None, datetime(2024, 5, 4), None, 2],
        [None, None, MOMENT, None, 3],
    ]
    loaded = Loaded(tmp_path, workbook(rows, [["a", "b"], [1, 2]], []))
    one, two = loaded.articles
    assert (one.title, one.paragraphs, one.line, one.source.publisher) == ("Bridge", ("One", "Two"), 4, "a.example")
    assert [a.published and a.published.iso for a in (one, two)] == ["2024-05-03T10:00:00", "2024-05-04"]
    assert loaded.skipped == [(":7", "no-text"), (":Sheet2", "no-text")]
    assert loaded.readers == {"xlsx"}


@pytest.mark.parametrize("rows", [[], [["Title", "Text"]]])
def test_a_workbook_without_rows(tmp_path: Path, rows: list[list[str]]) -> None:
    assert Loaded(tmp_path, workbook(rows)).skipped == [("", "empty")]


def test_columns_that_the_caller_names(tmp_path: Path) -> None:
    data = workbook([["kop", "jaar"], ["Brug", 2024]])
    [article] = Loaded(tmp_path, data, columns={"title": "kop", "date": "jaar"}).articles
    assert (article.title, article.published and article.published.iso) == ("Brug", "2024")
    loaded = Loaded(tmp_path, data, columns={"title": "kopp"})
    assert loaded.skipped == [(":Sheet1", "no-column")]
    assert "kop, jaar" in loaded.hints[0]


def test_a_number_that_excel_does_not_show_as_a_date_is_none(tmp_path: Path) -> None:
    assert Loaded(tmp_path, workbook([["title", "date"], ["Bridge", 45415.4]])).articles[0].published is None


def test_a_damaged_workbook(tmp_path: Path) -> None:
    data = workbook([["title"], *[["Bridge"]] * 50])
    start = data.index(b"xl/worksheets/sheet1.xml") + 60
    loaded = Loaded(tmp_path, data[:start] + b"\xff" * 40 + data[start + 40 :])
    assert [reason for _, reason in loaded.skipped] == ["broken-file"]


TABLE = pa.table(
    {
        "title": ["Bridge", "Ferry", None],
        "text": ["One\nTwo", None, None],
        "date": [MOMENT, MOMENT, None],
        "authors": [["Anna Berg", "Jan Novak"], [], None],
        "meta": [{"link": "https://a.example/1"}] * 3,
        "rank": [1, 2, 3],
    }
)


def test_parquet(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, parquet(TABLE))
    one, two = loaded.articles
    assert (one.title, one.paragraphs, one.authors) == ("Bridge", ("One", "Two"), ("Anna Berg", "Jan Novak"))
    assert (one.line, two.title, one.published and one.published.iso) == (1, "Ferry", "2024-05-03T10:00:00")
    assert (loaded.readers, loaded.skipped) == ({"parquet"}, [(":3", "no-text")])
    mapped = Loaded(tmp_path, parquet(TABLE), columns={"title": "title", "url": "meta.link"})
    assert [article.url for article in mapped.articles] == ["https://a.example/1"] * 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (parquet(TABLE)[:-50], "broken-file"),
        (parquet(TABLE)[:60] + b"\xff" * 40 + parquet(TABLE)[100:], "broken-file"),
        (b"PAR1", "broken-file"),
        (parquet(TABLE.slice(0, 0)), "empty"),
        (parquet(pa.table({"a": [1]})), "no-text"),
    ],
    ids=["cut off", "damaged", "only its sign", "no rows", "no text"],
)
def test_parquet_that_cannot_be_read(tmp_path: Path, data: bytes, reason: str) -> None:
    assert [found for _, found in Loaded(tmp_path, data).skipped] == [reason]


@pytest.mark.parametrize(("package", "extra"), [("openpyxl", "xlsx"), ("pyarrow", "parquet")])
def test_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, extra: str) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name.split(".")[0] == package:
            raise ImportError(name)
        return real(name, *args)

    data = workbook([["title"], ["Bridge"]]) if extra == "xlsx" else parquet(TABLE)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingError) as raised:
        Loaded(tmp_path, data)
    assert raised.value.hint == f'pip install "newsmine[{extra}]"'
