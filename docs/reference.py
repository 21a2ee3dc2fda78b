"""Write docs/cli.md from the help of every command; with --check, fail if it is not what the help says."""

import os
import sys
from pathlib import Path

os.environ["TERMINAL_WIDTH"] = "100"
PAGE = Path(__file__).with_name("cli.md")
COMMANDS = (
    "load", "articles", "headlines", "entities", "mentions", "cooccur", "names suggest", "names check",
    "names apply", "corpus info", "corpus check", "cache info",
    "cache clear", "models",
)  # fmt: skip


def page() -> str:
    """Return the reference as Markdown."""
    import typer.testing

    from newsmine.cli.app import app

    runner = typer.testing.CliRunner()
    parts = ["# The command line\n\nWritten by `nox -s docs` from the help of each command.\n"]
    for command in ("", *COMMANDS):
        text = runner.invoke(app, [*command.split(), "--help"], prog_name="newsmine", terminal_width=100).output
        lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
        parts.append(f"## `{' '.join(['newsmine', *command.split()])}`\n")
        parts.append(f"```text\n{lines}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page() and "docs/cli.md is out of date: run nox -s docs")
    PAGE.write_text(page(), encoding="utf-8")
