"""The SPARQL form: a text area, the canned queries as examples, results as a table; works without JavaScript."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox
from flask import Blueprint, Response, make_response, render_template, request

from kg.endpoint.engines import Answer, QueryCutError
from kg.endpoint.formats import GRAPH, SOLUTIONS, Format, by_key, formats_for
from kg.endpoint.lexer import outline
from kg.endpoint.problems import HttpError
from kg.endpoint.protocol import QueryRequest
from kg.errors import UsageError
from kg.reports import Report
from kg.store import Term
from kg.web.services import services

pages = Blueprint("query", __name__)

SHOWN_ROWS = 500
SHOWN_BYTES = 200_000
FIRST_QUERY = """PREFIX dek: <BASEontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

# What the articles count and measure, with the words that say it
SELECT ?figure ?value ?unit ?quote ?article
WHERE {
  ?figure a dek:Measurement ;
    dek:value ?value ;
    dek:unit/rdfs:label ?unit ;
    dek:statedIn ?passage .
  ?passage dek:exactText ?quote ; dek:inDocument/dek:documentName ?article .
  FILTER(LANGMATCHES(LANG(?unit), "en"))
}
ORDER BY DESC(?value)
LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as the page shows it: rows, or yes/no, or Turtle text; ``more`` says that there is more than is shown."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    answer: bool | None = None
    text: str = ""
    more: bool = False


@pages.get("/query")
def query() -> Response:
    """The form; with ``query=`` the result below it, with ``example=`` and its parameters a canned query in it."""
    found = services()
    text = request.args.get("query", "")
    example = request.args.get("example", "")
    example_only = not text and example in found.reports
    if example_only:
        text = _example(found.reports[example])
    problem: HttpError | None = None
    shown: Shown | None = None
    if text.strip() and not example_only:
        try:
            shown = _run(text)
        except HttpError as error:
            problem = error
    carries = GRAPH if outline(text).form in ("CONSTRUCT", "DESCRIBE") else SOLUTIONS
    page = render_template(
        "query.html",
        text=text or FIRST_QUERY.replace("BASE", found.settings.base),
        example=example,
        examples=list(found.reports.values()),
        shown=shown,
        problem=problem,
        formats=formats_for(carries),
        limit=SHOWN_ROWS,
        timeout=found.settings.query_timeout,
        prefixes=found.prefixes,
    )
    return make_response(page, problem.status if problem else 200)


def _example(report: Report) -> str:
    """The query of a report with the parameters of the address bound; as it stands in its file if they do not fit."""
    try:
        return report.bound({name: request.args[name] for name in report.parameters if name in request.args})
    except UsageError:
        return report.query


def _run(text: str) -> Shown:
    """Ask the public engines. Raises HttpError as they do."""
    form = outline(text).form
    if form == "UPDATE":
        raise HttpError(403, "this is an update; this service is read-only")
    chosen = by_key("ttl" if form in ("CONSTRUCT", "DESCRIBE") else "json")
    assert isinstance(chosen, Format)
    answer = services().public.run(QueryRequest(text), chosen, gone=request.environ.get("waitress.client_disconnected"))
    try:
        if chosen.carries == GRAPH:
            return _turtle(answer)
        return _rows(answer)
    except QueryCutError as error:
        raise HttpError(504, str(error)) from None
    finally:
        answer.close()


def _turtle(answer: Answer) -> Shown:
    pieces, size = [], 0
    for piece in answer:
        pieces.append(piece)
        size += len(piece)
        if size > SHOWN_BYTES:
            break
    text = b"".join(pieces)[:SHOWN_BYTES].decode("utf-8", "ignore")
    return Shown(text=text, more=size > SHOWN_BYTES)


def _rows(answer: Answer) -> Shown:
    """The first rows only: the rest of a large result is never computed."""
    result = ox.parse_query_results(io.BufferedReader(cast("io.RawIOBase", _Reader(answer))), format=ox.QueryResultsFormat.JSON)
    if not isinstance(result, ox.QuerySolutions):
        return Shown(answer=bool(result))
    columns = tuple(variable.value for variable in result.variables)
    rows: list[tuple[Term | None, ...]] = []
    for solution in result:
        if len(rows) == SHOWN_ROWS:
            return Shown(columns, tuple(rows), more=True)
        rows.append(tuple(solution[index] for index in range(len(columns))))
    return Shown(columns, tuple(rows))


class _Reader(io.RawIOBase):
    """An answer as a file to read from."""

    def __init__(self, answer: Answer) -> None:
        self._answer, self._left = answer, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._left:
            self._left = next(self._answer, b"")
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
