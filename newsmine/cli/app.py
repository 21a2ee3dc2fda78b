"""The `newsmine` command: which subcommands there are, and how a run ends.

A subcommand's module is imported when it is called, so that `newsmine --help` takes no longer than Typer does.
"""

import os
import signal
import sys
import traceback
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from newsmine.cli.reporter import Reporter
from newsmine.errors import NewsmineError, UsageError

COMMANDS = {
    "load": "Read sources into the corpus, each once.",
    "articles": "List the articles that are there.",
    "headlines": "List the headlines, near-identical ones merged.",
    "entities": "Count people, places and organisations.",
    "mentions": "List each mention of a name with its place in the text.",
    "cooccur": "Count which names appear together.",
    "names": "Review and edit which names are merged.",
    "corpus": "Look into the corpus and check it.",
    "cache": "Look into the cache of results and clear it.",
    "models": "List the installed models, and which one is used.",
}
PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "add_completion": False}
_INTERRUPTED = 130
HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


class _Commands(TyperGroup):
    """The subcommands, imported on call; the overview takes their one-line help from the table above."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return load_command(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def load_command(name: str) -> Any:
    """Return the parsed subcommand of that name."""
    app: typer.Typer = import_module(f"newsmine.cli.{name}").app
    command = typer.main.get_command(app)
    command.name = name
    return command


app = typer.Typer(cls=_Commands, no_args_is_help=True, context_settings=HELP_OPTIONS, **PLAIN)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"newsmine {version('newsmine')}")
        raise typer.Exit


@app.callback()
def newsmine(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Text mining for news: who, where and what, and every number traced to its sentence.

    PATH is a file, a folder, a glob or "-"; without one, a command reads what was piped into it, else the corpus.
    """


def run(arguments: list[str]) -> int:
    """Run the command line and return its exit status; every error ends here, as a line and a hint."""
    if hasattr(signal, "SIGPIPE"):
        # `newsmine … | head -1` ends as quietly as any other filter, also under `set -o pipefail`.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    reporter = Reporter(as_json=_wants_json(arguments))
    try:
        status = int(app(arguments, prog_name="newsmine", standalone_mode=False, obj=reporter) or 0)
        if status == _INTERRUPTED:  # which is what Typer makes of Ctrl-C
            raise KeyboardInterrupt
        _flush()
        return status
    except typer.Exit as stop:
        return int(stop.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        reporter.line("newsmine: interrupted")
        return _INTERRUPTED
    except Exception as error:
        status = _failed(error, reporter)
        if reporter.verbosity >= 2:
            for line in traceback.format_exc().splitlines():
                reporter.line(line)
        return status


def _failed(error: Exception, reporter: Reporter) -> int:
    """Report what ended the run, and return the status to end with."""
    if isinstance(error, typer.TyperException):
        return _usage(error, reporter)
    if isinstance(error, OSError):
        error = NewsmineError(f"{error.strerror or error}", hint="see the message; -vv shows where")
    elif not isinstance(error, NewsmineError):
        error = NewsmineError(f"unexpected: {type(error).__name__}: {error}", hint="run again with -vv and report it")
    reporter.error(error)
    return error.exit_status


def _usage(error: typer.TyperException, reporter: Reporter) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(context.get_help() if context else "", err=True)
        return 2
    message = error.format_message().strip().rstrip(".")
    path = context.command_path if context else "newsmine"
    hint = f"see {path} --help"
    if context and message.startswith("No such command"):
        hint = f"known: {', '.join(sorted(context.command.list_commands(context)))}"
    first, _, rest = message.partition("\n")
    reporter.error(UsageError(" ".join([first[:1].lower() + first[1:], *rest.split()]), hint=hint))
    return 2


def _wants_json(arguments: list[str]) -> bool:
    """Tell whether errors are asked for in JSON, also where the arguments are wrong and never get parsed."""
    return "--errors=json" in arguments or ("--errors", "json") in pairwise(arguments)


def _flush() -> None:
    """Write out what is left, so that a full disk is an error here and not a traceback at exit."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise
