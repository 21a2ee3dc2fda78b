"""JSON Lines on the command line: piped in, loaded once, and told apart by the line."""

import json
from pathlib import Path

from cli_process import failed, newsmine

RECORDS = [
    {"title": f"Harbour bridge number {n} opens", "text": "It took ten years.", "date": f"2024-05-0{n}", "lang": "en"}
    for n in (1, 2, 3)
]
LINES = [json.dumps(record) for record in RECORDS]


def test_records_from_standard_input(tmp_path: Path) -> None:
    result = newsmine(
        "articles", "--columns", "date,title,line", given="\n".join([*LINES, '{"title": "cut']), cwd=tmp_path
    )
    assert result.status == 3
    assert result.out == (
        "date,title,line\n"
        "2024-05-03,Harbour bridge number 3 opens,3\n"
        "2024-05-02,Harbour bridge number 2 opens,2\n"
        "2024-05-01,Harbour bridge number 1 opens,1\n"
    )
    assert result.err.startswith("newsmine: skipped standard input:4: broken-json: repair or remove the line: ")


def test_only_records_that_cannot_be_read(tmp_path: Path) -> None:
    result = newsmine("articles", "-", given='{"title": ""}\n[]\n', cwd=tmp_path)
    failed(result, 1)
    assert "nothing could be read: 1 no-text, 1 not-an-object" in result.err


def test_each_record_is_loaded_once(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(LINES[:2]))
    assert newsmine("load", path, cwd=tmp_path).err.endswith(
        "1 loaded (2 articles, 0 headlines) + 0 unchanged + 0 skipped\n"
    )
    path.write_text("\n".join(["", *reversed(LINES)]))
    assert newsmine("load", path, cwd=tmp_path).err.endswith(
        "1 loaded (1 article, 0 headlines) + 0 unchanged + 0 skipped\n"
    )
    assert newsmine("corpus", "check", cwd=tmp_path).status == 0
    assert newsmine("articles", "--columns", "title", "--no-headers", cwd=tmp_path).out.splitlines() == [
        "Harbour bridge number 3 opens",
        "Harbour bridge number 2 opens",
        "Harbour bridge number 1 opens",
    ]
    assert len(newsmine("articles", path, "--lang", "en", cwd=tmp_path).rows) == 3
