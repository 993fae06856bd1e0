"""Canned reports as pages and downloads: ``/reports``, ``/reports/NAME``, ``/reports/NAME.csv|.json|.tsv``."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from kg.endpoint.negotiate import best_media_type
from kg.endpoint.problems import HttpError
from kg.errors import UsageError
from kg.reports import Report, Table, report_named, run_report, write_table
from kg.reports.run import text_of
from kg.reports.writers import MEDIA_TYPES
from kg.web.filters import path_quote
from kg.web.services import services

pages = Blueprint("reports", __name__)
SHOWN_ROWS = 500
EVIDENCE = ("doc", "start", "end")


@pages.get("/reports")
def index() -> str:
    """All reports."""
    found = services()
    groups: dict[str, list[Report]] = {}
    for report in found.reports.values():
        groups.setdefault(report.tags[0] if report.tags else "other", []).append(report)
    return render_template("reports.html", groups=groups, problems=found.report_problems)


@pages.get("/reports/<name>")
def report(name: str) -> Response:
    """One report as a page, or as a file by suffix or Accept header."""
    found = services()
    stem, _, suffix = name.rpartition(".")
    if not stem:
        stem, suffix = name, ""
    if suffix and suffix not in MEDIA_TYPES:
        raise HttpError(404, f"there is no format .{suffix}; there are {', '.join('.' + known for known in MEDIA_TYPES)}")
    try:
        chosen = report_named(found.reports, stem)
    except UsageError as error:
        raise HttpError(404, error.in_a_line) from None
    snapshot_name = found.current.snapshot().name
    if not suffix:
        suffix = _negotiated()
    given = _given(chosen)
    if suffix:
        table = run_report(chosen, found.own, given)
        about = {"report": chosen.name, "version": snapshot_name, "parameters": given}
        response = make_response(write_table(table, suffix, about))
        response.headers["Content-Type"] = MEDIA_TYPES[suffix]
        response.headers["Content-Disposition"] = f'inline; filename="{chosen.name}.{suffix}"'
        response.headers["Vary"] = "Accept"
        return response
    problem, table = "", Table((), ())
    try:
        table = run_report(chosen, found.own, given)
    except UsageError as error:
        problem = error.in_a_line
    page = render_template("report.html", problem=problem, **_view(chosen, table, given))
    response = make_response(page, 400 if problem else 200)
    response.headers["Vary"] = "Accept"
    return response


def _given(report: Report) -> dict[str, str]:
    """The parameters of the address. Raises UsageError for one given twice; unknown names are for the report to refuse."""
    given = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise UsageError(f"the parameter {name!r} is given {len(values)} times", where=f"report {report.name}", remedy="give it once")
        if values[0].strip():
            given[name] = values[0]
    return given


def _negotiated() -> str:
    """The format that the Accept header asks for; empty for the page. Raises HttpError 406."""
    plain = {media.partition(";")[0]: key for key, media in MEDIA_TYPES.items()}
    best = best_media_type(request.headers.get("Accept"), ["text/html", *plain])
    if best is None:
        raise HttpError(406, f"a report can be had as text/html, {', '.join(plain)}")
    return plain.get(best, "")


def _view(report: Report, table: Table, given: dict[str, str]) -> dict[str, object]:
    found = services()
    shown_columns = list(report.shown) or [
        name for name in table.columns if name not in report.links.values() and name not in ("start", "end")
    ]
    place = {name: index for index, name in enumerate(table.columns)}
    rows = []
    for row in table.rows[:SHOWN_ROWS]:
        evidence = ""
        if report.evidence:
            doc, start, end = (text_of(row[place[name]]) for name in EVIDENCE)
            evidence = f"/sources/{path_quote(doc)}#m-{start}-{end}"
        cells = []
        for name in shown_columns:
            target = None
            if name in report.links:
                iri = row[place[report.links[name]]]
                target = found.local(text_of(iri)) if iri is not None else None
            if name == "quote" or (name == "doc" and evidence):
                target = evidence or target
            cells.append((row[place[name]], target))
        rows.append(cells)
    described = {parameter.name: parameter for parameter in report.parameters.values()}
    unfiltered = [name for name in given if name in described]
    try:
        bound = report.bound(given)
    except UsageError:
        bound = report.query
    return {
        "report": report,
        "columns": shown_columns,
        "rows": rows,
        "total": len(table.rows),
        "limit": SHOWN_ROWS,
        "given": given,
        "filters": unfiltered,
        "query_string": "?" + urlencode(given) if given else "",
        "form": "/query?" + urlencode({"example": report.name, **given}),
        "bound": bound,
    }
