"""`newsmine articles`."""

from newsmine.analysis.articles import article_table
from newsmine.cli.bundles import command
from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import FilterOptions, OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reading import reading
from newsmine.cli.reporter import Reporter


def articles(
    inputs: InputOptions, filters: FilterOptions, output: OutputOptions, run: RunOptions, reporter: Reporter
) -> None:
    """List the articles that are there.

    With --part listed, the listed headlines of which the article is not known; with --part all, both. More columns
    with --columns: id, kind, path, line, subtitle, paragraphs, agency (the news agency that is credited).
    """
    run.apply(reporter)
    output.check()
    with reading(inputs, filters, run, reporter) as found:
        table = article_table(found.documents(found.part or "article"))
    emit(table, output, reporter)


app = command(articles)
