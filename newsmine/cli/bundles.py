"""Options that several commands share, declared once.

A bundle is a dataclass whose fields are Typer parameters. A command asks for one by naming it as the type of an
argument; `command` spreads its fields into the signature that Typer reads, and puts them together again for the call.
"""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_type_hints

import typer
from typer.core import TyperCommand

from newsmine.cli.app import HELP_OPTIONS, PLAIN
from newsmine.cli.reporter import Reporter


class _Command(TyperCommand):
    """A command whose help shows its options under the headings they were declared with."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        # Typer puts a required argument in braces, which mean a choice everywhere else.
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                if param.param_type_name == "argument":
                    sections["Arguments"].append((record[0].partition(" <")[0], record[1]))
                else:
                    panel = getattr(param, "rich_help_panel", None) or "Options"
                    sections.setdefault(panel, []).append(record)
        for name, rows in sections.items():
            if rows:
                with formatter.section(name):
                    formatter.write_dl(rows)


def command(function: Callable[..., None]) -> typer.Typer:
    """Return the Typer application of one command: its function, the bundles among its arguments spread."""
    app = typer.Typer(**PLAIN)
    add(app, function)
    return app


def add(app: typer.Typer, function: Callable[..., None], name: str | None = None) -> None:
    """Add the function to a Typer application as a command."""
    app.command(name, cls=_Command, context_settings=HELP_OPTIONS)(spread(function))


def spread(function: Callable[..., None]) -> Callable[..., None]:
    """Return the function with the fields of its bundles as parameters of their own.

    The reporter of the run, if the function asks for one, is taken from Typer's context.
    """
    hints = get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters
    spread_out: list[inspect.Parameter] = []
    for name, parameter in parameters.items():
        if is_dataclass(hints[name]):
            spread_out += _parameters(hints[name])
        elif hints[name] is not Reporter:
            spread_out.append(parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    signature = inspect.Signature([context, *sorted(spread_out, key=_arguments_first)])

    def call(ctx: typer.Context, **values: Any) -> None:
        given: dict[str, Any] = {}
        for name in parameters:
            if is_dataclass(hints[name]):
                own = {field.name: values[field.name] for field in fields(hints[name])}
                given[name] = hints[name](**own)
            else:
                given[name] = ctx.obj if hints[name] is Reporter else values[name]
        function(**given)

    call.__name__, call.__doc__ = function.__name__, function.__doc__
    call.__signature__ = signature  # type: ignore[attr-defined]
    call.__annotations__ = {p.name: p.annotation for p in signature.parameters.values()}
    return call


def _parameters(bundle: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(bundle, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(bundle)
    ]


def _arguments_first(parameter: inspect.Parameter) -> bool:
    return not any(type(m).__name__ == "ArgumentInfo" for m in getattr(parameter.annotation, "__metadata__", ()))
