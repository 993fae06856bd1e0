"""``kg report``: a canned report on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.options import settings_of, store_option
from kg.errors import UsageError
from kg.reports import FORMATS, load_reports, report_named, run_report, write_table
from kg.settings import share
from kg.store import open_current


@click.command()
@click.argument("name", required=False)
@store_option
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), default="table", show_default=True, help="Format of the output.")
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the report; may be repeated.")
def report(name: str | None, store: Path | None, format_: str, parameters: tuple[str, ...]) -> int:
    """Print the report NAME; without a name, list the reports and their parameters.

    \b
    Examples:
      kg report
      kg report measurements --format csv > measurements.csv
      kg report targets -p place=Tibet
    """
    settings = settings_of(store)
    reports, broken = load_reports(share("queries"), settings.base)
    for error in broken:
        click.echo(f"left out: {error}", err=True)
    if name is None:
        for known in reports.values():
            click.echo(f"{known.name:24} {known.summary}")
            for parameter in known.parameters.values():
                click.echo(f"    -p {parameter.name}={'|'.join(parameter.choices) or f'({parameter.label})'}")
        return 0
    chosen = report_named(reports, name)
    given = _given(parameters)
    chosen.terms(given)  # wrong parameters are named before the store is opened
    snapshot = open_current(settings.store, base=settings.base)
    try:
        click.echo(write_table(run_report(chosen, snapshot, given), format_), nl=False)
    finally:
        snapshot.close()
    return 0


def _given(parameters: Sequence[str]) -> dict[str, str]:
    """Texts by parameter name. Raises UsageError for what is no NAME=VALUE and for a name given twice."""
    given: dict[str, str] = {}
    for text in parameters:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"{text!r} is no NAME=VALUE", where="-p", remedy="write it like -p place=Tibet")
        if name in given:
            raise UsageError(f"the parameter {name!r} is given twice", where="-p", remedy="give it once")
        given[name] = value
    return given
