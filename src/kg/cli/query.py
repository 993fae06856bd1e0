"""``kg query``: a SPARQL query against the store, without a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pyoxigraph as ox

from kg.cli.options import settings_of, store_option
from kg.endpoint.lexer import outline
from kg.errors import UsageError
from kg.reports import Table, write_table
from kg.store import Snapshot, open_current

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@store_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", *RESULTS, *GRAPHS]),
    default=None,
    help="Format (default: table for SELECT and ASK, ttl for CONSTRUCT and DESCRIBE).",
)
def query(file: Path, store: Path | None, format_: str | None) -> int:
    """Run the SPARQL query in FILE (- for standard input). Queries see all named graphs merged, or each by GRAPH.

    \b
    Examples:
      kg query tests/questions/01.rq
      echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | kg query -
    """
    settings = settings_of(store)
    text = _text(file)
    snapshot = open_current(settings.store, union=settings.default_graph == "union")
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
        raise UsageError(f"the query cannot be read: {error}", where=str(file)) from None


def _answer(snapshot: Snapshot, text: str, format_: str | None, where: str) -> None:
    try:
        result = snapshot.query(text, names_graphs=outline(text).names_graphs)
    except SyntaxError as error:
        raise UsageError(f"no SPARQL query: {error}", where=where, remedy="correct the query at that place") from None
    stream = sys.stdout.buffer
    graph = isinstance(result, ox.QueryTriples)
    wanted = format_ or ("ttl" if graph else "table")
    if wanted not in (GRAPHS if graph else {"table": None, **RESULTS}):
        allowed = ", ".join(GRAPHS) if graph else ", ".join(["table", *RESULTS])
        raise UsageError(f"a result of this kind has no form {wanted!r}", where="--format", remedy=f"choose one of {allowed}")
    if isinstance(result, ox.QueryTriples):
        result.serialize(stream, format=GRAPHS[wanted])
    elif wanted != "table":
        result.serialize(stream, format=RESULTS[wanted])
        stream.write(b"\n")
    elif isinstance(result, ox.QueryBoolean):
        click.echo("yes" if result else "no")
    else:
        variables = tuple(variable.value for variable in result.variables)
        rows = tuple(tuple(solution[index] for index in range(len(variables))) for solution in result)
        click.echo(write_table(Table(variables, rows), "table"), nl=False)
    stream.flush()
