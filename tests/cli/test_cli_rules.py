"""--rules, --demonyms and --model, as a user meets them."""

from pathlib import Path

import pytest
from cli_process import newsmine

TEXT = """Ministers meet in Baku

The Secretary of State met Azerbaijani officials in Baku on Tuesday, said NATO. France and Azerbaijan were there.
"""
FRENCH = """Emmanuel Macron reçoit Olaf Scholz à Paris

Le président Emmanuel Macron a reçu mardi le chancelier allemand Olaf Scholz. M. Macron a déclaré que la France \
soutiendrait Kiev. La Banque centrale européenne (BCE) n'a pas commenté.

Ursula von der Leyen se rendra à Berlin. Mme von der Leyen est satisfaite.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def rows(*arguments: str | Path, cwd: Path) -> list[dict[str, str]]:
    result = newsmine(*arguments, cwd=cwd)
    assert (result.status, result.err) == (0, "")
    return list(result.rows)


def test_rules_can_be_left_out(page: Path, tmp_path: Path) -> None:
    assert {row["rule"] for row in rows("mentions", page, "--rules", "none", cwd=tmp_path)} == {"model"}
    without = rows("mentions", page, "--rules=-lexicon,-gazetteer", cwd=tmp_path)
    assert not {"lexicon", "gazetteer"} & {row["rule"] for row in without}
    assert "NATO" in {row["text"] for row in rows("mentions", page, cwd=tmp_path)}


def test_a_rule_that_is_none_is_an_error_that_lists_them(page: Path, tmp_path: Path) -> None:
    result = newsmine("entities", page, "--rules", "limit", cwd=tmp_path)
    assert result.status == 2
    assert "'limit'" in result.err
    assert "limits" in result.err
    assert result.out == ""


def test_demonyms_count_for_their_country(page: Path, tmp_path: Path) -> None:
    counts = {row["name"]: int(row["mentions"]) for row in rows("entities", page, cwd=tmp_path)}
    with_demonyms = {row["name"]: int(row["mentions"]) for row in rows("entities", page, "--demonyms", cwd=tmp_path)}
    assert with_demonyms["Azerbaijan"] == counts["Azerbaijan"] + 1
    assert "Azerbaijani" not in with_demonyms
    assert with_demonyms["France"] == counts["France"]


def test_another_language_by_its_own_model(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(FRENCH, encoding="utf-8")
    found = rows("entities", path, "--model", "fr_core_news_sm", cwd=tmp_path)
    counts = {(row["name"], row["kind"]): int(row["mentions"]) for row in found}
    assert counts["Emmanuel Macron", "person"] == 3
    assert counts["Olaf Scholz", "person"] == 2
    assert counts["Ursula von der Leyen", "person"] == 2
    assert counts["Berlin", "place"] == 1
    mentions = rows("mentions", path, "--model", "fr_core_news_sm", cwd=tmp_path)
    assert {row["rule"] for row in mentions} <= {"model", "case", "limits", "surname", "document"}
