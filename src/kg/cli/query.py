"""``kg query``: a SPARQL query against the store, without a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pyoxigraph as ox

from kg.cli.options import settings_of, store_option
from kg.endpoint.formats import GRAPH, SOLUTIONS, by_key, formats_for
from kg.endpoint.lexer import outline
from kg.endpoint.problems import syntax_problem
from kg.errors import UsageError
from kg.reports import Table, write_table
from kg.store import Snapshot, open_current

TABLES = ("table", *(entry.key for entry in formats_for(SOLUTIONS)))
GRAPHS = tuple(entry.key for entry in formats_for(GRAPH))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@store_option
@click.option(
    "--format",
    "format_",
    type=click.Choice([*TABLES, *GRAPHS]),
    default=None,
    help="Format (default: table for SELECT and ASK, ttl for CONSTRUCT and DESCRIBE).",
)
def query(file: Path, store: Path | None, format_: str | None) -> int:
    """Run the SPARQL query in FILE (- for standard input). Queries see all named graphs merged, or each by GRAPH.

    \b
    Examples:
      kg query question.rq --format csv
      echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | kg query -
    """
    settings = settings_of(store)
    text = _text(file)
    snapshot = open_current(settings.store, base=settings.base, union=settings.default_graph == "union")
    try:
        _answer(snapshot, text, format_, "standard input" if str(file) == "-" else str(file))
    finally:
        snapshot.close()
    return 0


def _text(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError("there is no such query file", where=str(file), remedy="check the path, or give - for standard input") from None
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"the query cannot be read: {what}", where=str(file), remedy="give a text file with one SPARQL query") from None


def _answer(snapshot: Snapshot, text: str, format_: str | None, where: str) -> None:
    shape = outline(text)
    if shape.form == "UPDATE":
        raise UsageError("this is an update, and a version never changes", where=where, remedy="ask by SELECT, ASK, CONSTRUCT or DESCRIBE")
    if shape.calls_out:
        raise UsageError("SERVICE is not allowed: no other service is asked", where=where, remedy="ask that service itself")
    allowed = GRAPHS if shape.form in ("CONSTRUCT", "DESCRIBE") else TABLES
    wanted = format_ or allowed[0]
    if wanted not in allowed:
        what = f"a result of this kind has no form {wanted!r}"
        raise UsageError(what, where="--format", remedy=f"choose one of {', '.join(allowed)}")
    try:
        _write(snapshot.query(text, names_graphs=shape.names_graphs), wanted)
    except SyntaxError as error:
        problem = syntax_problem(str(error), text)
        what = "\n".join(part for part in (problem.detail, problem.excerpt()) if part)
        raise UsageError(what, where=where, remedy="correct the query at that place") from None
    except RuntimeError as error:
        raise UsageError(f"the query cannot be evaluated: {error}", where=where) from None


def _write(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, wanted: str) -> None:
    stream = sys.stdout.buffer
    chosen = by_key(wanted)
    if isinstance(result, ox.QueryTriples):
        result.serialize(stream, format=chosen.rdf if chosen else None)
    elif chosen is not None:
        result.serialize(stream, format=chosen.results)
        stream.write(b"\n")
    elif isinstance(result, ox.QueryBoolean):
        click.echo("yes" if result else "no")
    else:
        variables = tuple(variable.value for variable in result.variables)
        rows = tuple(tuple(solution[index] for index in range(len(variables))) for solution in result)
        click.echo(write_table(Table(variables, rows), "table"), nl=False)
    stream.flush()
