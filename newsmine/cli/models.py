"""`newsmine models`."""

from newsmine.cli.bundles import command
from newsmine.cli.options import OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter
from newsmine.nlp.models import model_table


def models(output: OutputOptions, run: RunOptions, reporter: Reporter) -> None:
    """List the bundled model and the installed spaCy pipelines, and which one is used and why.

    The one used is that of --model, else of NEWSMINE_MODEL, else the one that newsmine installs with.
    """
    run.apply(reporter)
    output.check()
    emit(model_table(), output, reporter)


app = command(models)
