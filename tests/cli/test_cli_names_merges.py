"""`names suggest`, `names check`, `names apply`, and what the merge file does to the tables."""

import pytest
from cli_process import failed, newsmine


@pytest.fixture
def run(tmp_path, corpus):
    """Return a function that runs a command on the corpus."""
    return lambda *arguments: newsmine(*arguments, "--corpus", corpus, cwd=tmp_path)


def test_suggestions(run):
    result = run("names", "suggest")
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines()[0] == "variant,canonical,kind,score,reason"
    found = {row["variant"]: row for row in result.rows}
    assert found["Aliyev"]["canonical"] == "Ilham Aliyev"
    assert found["US"]["canonical"] == "United States"
    scores = [float(row["score"]) for row in result.rows]
    assert scores == sorted(scores, reverse=True)
    assert {row["kind"] for row in run("names", "suggest", "--kind", "place").rows} == {"place"}


@pytest.mark.parametrize("command", [["entities"], ["mentions"], ["cooccur"]])
def test_what_is_automatic_changes_nothing(run, tmp_path, command):
    assert run("names", "suggest", "--min-score", "0.8", "-o", "merges.csv").status == 0
    assert run(*command, "--merges", "merges.csv").out == run(*command).out


def test_a_line_that_was_edited_holds(run, tmp_path):
    path = tmp_path / "merges.csv"
    path.write_text(
        "variant,canonical,kind,score,reason\nAliyev,Aliyev,person,1,\nKremlin,,drop,,\nBaku,Azerbaijan,,,\n"
    )
    names = {row["name"]: int(row["mentions"]) for row in run("entities", "--merges", "merges.csv").rows}
    before = {row["name"]: int(row["mentions"]) for row in run("entities").rows}
    assert names["Aliyev"] + names["Ilham Aliyev"] == before["Ilham Aliyev"]
    assert names["Azerbaijan"] == before["Azerbaijan"] + before["Baku"]
    assert "Kremlin" not in names
    moved = run("names", "apply", "merges.csv").rows
    assert list(moved[0]) == ["variant", "from", "canonical", "kind", "mentions"]
    assert {row["variant"]: row["canonical"] for row in moved} == {
        "Aliyev": "Aliyev",
        "Kremlin": "",
        "Baku": "Azerbaijan",
    }
    assert [row["kind"] for row in moved if row["variant"] == "Kremlin"] == ["drop"]


def test_check(run, tmp_path):
    path = tmp_path / "merges.csv"
    path.write_text("variant,canonical,kind\nA,B,person\nB,A,person\nC,D,\nC,E,\n")
    result = newsmine("names", "check", "merges.csv", cwd=tmp_path)
    assert result.status == 1
    assert result.out == (
        "line,severity,problem,variant,hint\n"
        "2,error,circle,A,A → B → A: remove one\n"
        "3,error,circle,B,A → B → A: remove one\n"
        "5,error,conflict,C,line 4 says D (any kind): remove one\n"
    )
    failed(newsmine("entities", "--merges", "merges.csv", "-", cwd=tmp_path, given="A\n"), 2)


def test_check_against_a_corpus(run, tmp_path):
    (tmp_path / "merges.csv").write_text("variant,canonical,kind\nBaku,Azerbaijan,place\nAtlantis,Sea,place\n")
    result = run("names", "check", "merges.csv")
    assert (result.status, result.column("problem"), result.column("line")) == (0, ["unused"], ["3"])
    alone = newsmine("names", "check", "merges.csv", cwd=tmp_path)
    assert (alone.status, alone.rows, alone.err) == (0, [], "newsmine: merges.csv: no warnings, no error\n")


def test_what_is_wrong(tmp_path):
    failed(newsmine("names", "check", "none.csv", cwd=tmp_path), 1)
    (tmp_path / "merges.csv").write_text("a,b\n")
    failed(newsmine("names", "check", "merges.csv", cwd=tmp_path), 2)
    failed(newsmine("names", "suggest", "--merges", "merges.csv", "merges.csv", cwd=tmp_path), 2)
    assert newsmine("names", cwd=tmp_path).status == 2
