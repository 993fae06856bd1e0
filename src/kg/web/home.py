"""The home page: what is in here, where to start; and the health check."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, jsonify, render_template

from kg import __version__
from kg.store import Snapshot
from kg.web.services import services

pages = Blueprint("home", __name__)

COUNTS = """
PREFIX dek: <BASEontology#>
SELECT ?what (COUNT(DISTINCT ?thing) AS ?count) {
  { ?thing a dek:SourceDocument BIND("articles" AS ?what) }
  UNION { ?thing a dek:Measurement ; dek:statedIn ?passage BIND("figures" AS ?what) }
  UNION { ?thing a dek:Measurement ; dek:hasStatus <BASEid/status/target> BIND("targets" AS ?what) }
  UNION { ?thing a dek:EntityClaim BIND("claims" AS ?what) }
  UNION { ?mention dek:mentions ?thing . ?thing a/dek:reportType ?type BIND(?type AS ?what) }
}
GROUP BY ?what
"""
SPAN = """
PREFIX dek: <BASEontology#>
SELECT ?from ?to {
  { SELECT (MIN(?day) AS ?from) { ?m a dek:Measurement ; dek:period/dek:firstDay ?day FILTER(!STRSTARTS(?day, "-")) } }
  { SELECT (MAX(?day) AS ?to) { ?m a dek:Measurement ; dek:period/dek:lastDay ?day FILTER(!STRSTARTS(?day, "-")) } }
}
"""
ENTITY_TYPES = ("place", "programme", "policy", "infrastructure", "organisation", "event", "product", "technology", "person")


@lru_cache(maxsize=4)
def _numbers(snapshot: Snapshot, base: str) -> tuple[dict[str, int], str, str]:
    """Counts by what is counted, and the first and last year of the figures (empty if none)."""
    counts = {}
    for row in snapshot.select(COUNTS.replace("BASE", base)):
        if row["what"] is not None and row["count"] is not None:
            counts[row["what"].value] = int(row["count"].value)  # type: ignore[union-attr]
    years = ["", ""]
    for row in snapshot.select(SPAN.replace("BASE", base)):
        for index, name in enumerate(("from", "to")):
            text = row[name].value if row[name] is not None else ""  # type: ignore[union-attr]
            years[index] = text[:4] if text[:1].isdigit() else ""
    return counts, years[0], years[1]


@pages.get("/")
def home() -> str:
    """What is in the graph, and where to start."""
    found = services()
    snapshot = found.current.snapshot()
    counts, first, last = _numbers(snapshot, found.settings.base)
    kinds = [(kind, counts[kind]) for kind in ENTITY_TYPES if counts.get(kind)]
    chosen = ("indicators-over-time", "targets", "infrastructure-by-place", "programmes", "suspect-figures", "sources")
    starts = [found.reports[name] for name in chosen if name in found.reports]
    return render_template(
        "home.html", counts=counts, kinds=kinds, first=first, last=last, starts=starts, quads=snapshot.version.manifest.quads
    )


@pages.get("/healthz")
def health() -> Response:
    """Which version is served; ``stale`` when a newer one could not be opened."""
    found = services()
    manifest = found.current.snapshot().version
    problem = found.current.problem
    said = {"status": "ok" if problem is None else "stale", "version": manifest.name, "quads": manifest.manifest.quads, "dek": __version__}
    if problem is not None:
        said["problem"] = problem.what
    return jsonify(said)


@pages.get("/favicon.ico")
def favicon() -> Response:
    """Browsers ask for this whatever the page says."""
    return Response(status=308, headers={"Location": "/static/icon.svg"})
