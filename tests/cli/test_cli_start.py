"""How a run starts and what the help says."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli_process import SEED, environment, failed, newsmine

from newsmine.cli.app import COMMANDS, load_command

GROUPS = {"names": ["suggest", "check", "apply"], "corpus": ["info", "check"], "cache": ["info", "clear"]}
LEAVES = [c for c in COMMANDS if c not in GROUPS] + [f"{group} {leaf}" for group in GROUPS for leaf in GROUPS[group]]
HEAVY = ("spacy", "pandas", "numpy", "rich", "rapidfuzz", "sqlite3")


def loaded_modules(*arguments: object, cwd: Path) -> set[str]:
    code = (
        "import sys; from newsmine.cli.app import run; run(sys.argv[1:]); "
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_the_help_imports_nothing_heavy(tmp_path):
    found = loaded_modules("--help", cwd=tmp_path)
    assert "typer" in found
    assert not found.intersection(HEAVY)


def test_headlines_imports_neither_spacy_nor_pandas(tmp_path):
    found = loaded_modules("headlines", SEED, cwd=tmp_path)
    assert "typer" in found
    assert not found & {"spacy", "pandas", "numpy", "rich"}


def test_no_command_shows_the_help(tmp_path):
    alone, asked = newsmine(cwd=tmp_path), newsmine("--help", cwd=tmp_path)
    assert (alone.status, alone.out) == (2, "")
    assert (asked.status, asked.err) == (0, "")
    assert alone.err.strip() == asked.out.strip()
    assert all(f"\n  {name} " in asked.out for name in COMMANDS)
    assert [newsmine(group, cwd=tmp_path).status for group in GROUPS] == [2] * len(GROUPS)


@pytest.mark.parametrize("command", LEAVES)
def test_the_help_lists_every_option(command, tmp_path):
    result = newsmine(*command.split(), "--help", cwd=tmp_path)
    group, _, leaf = command.partition(" ")
    parsed = load_command(group).commands[leaf] if leaf else load_command(group)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(f"Usage: newsmine {command} [OPTIONS]")
    words = result.out.replace(",", " ").split()
    options = [option for param in parsed.params for option in (*param.opts, *param.secondary_opts)]
    assert len(options) >= 8
    assert not {option for option in options if option.startswith("-")}.difference(words)
    short = newsmine(*command.split(), "-h", cwd=tmp_path)
    assert short.out == result.out


def test_the_version(tmp_path):
    assert newsmine("--version", cwd=tmp_path).out.startswith("newsmine 0.")


@pytest.mark.parametrize(("arguments", "words"), [
    (["nope"], ["no such command 'nope'", "known: articles, cache, cooccur, corpus"]),
    (["headlines", "--since-when", "x"], ["no such option: --since-when", "newsmine headlines --help"]),
    (["corpus", "nope"], ["no such command 'nope'", "known: check, info"]),
    (["cache", "nope"], ["no such command 'nope'", "known: clear, info"]),
    (["load"], ["missing argument 'PATH'", "newsmine load --help"]),
    (["headlines", "--since"], ["'--since' requires an argument", "--help"]),
])  # fmt: skip
def test_a_wrong_call_says_what_is_known(arguments, words, tmp_path):
    result = newsmine(*arguments, cwd=tmp_path)
    failed(result, 2)
    assert all(word in result.err for word in words), result.err


def test_without_paths_and_corpus_the_hint_is_load(tmp_path):
    result = newsmine("headlines", cwd=tmp_path)
    failed(result, 1)
    assert "hint: newsmine load PATH" in result.err
    assert not list(tmp_path.iterdir())


def test_models_lists_the_default(tmp_path):
    rows = newsmine("models", cwd=tmp_path).rows
    assert rows[0]["name"] == "en_news_sm"
    assert rows[0]["used"] == "default"
    assert rows[0]["licence"] == "CC BY-SA 4.0"
    assert all(rows[0][column] for column in ("version", "date", "figures"))


def test_the_module_runs_as_the_script_does(tmp_path):
    script = Path(sys.executable).with_name("newsmine")
    if not script.exists():
        pytest.skip("newsmine is not installed")
    done = subprocess.run([script, "--version"], cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert done.stdout == newsmine("--version", cwd=tmp_path).out
