"""Downloads: the whole graph in several formats, and what they are good for."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, send_file

from kg.endpoint.formats import by_key
from kg.endpoint.problems import HttpError
from kg.graph.dump import FLAT
from kg.graph.dump import FORMATS as DUMP_FORMATS
from kg.web.services import services

pages = Blueprint("data", __name__)

USES = {
    "ttl": "One flat ontology for Protégé and other OWL tools; also the easiest to read.",
    "rdf": "The same as RDF/XML, for owlready2 and older tools.",
    "nt": "The same line by line, for scripts.",
    "nq": "Every statement with the graph it comes from, line by line: the complete record.",
    "trig": "The complete record in blocks, one a graph.",
    "jsonld": "The complete record as JSON-LD.",
}


@pages.get("/data/")
def index() -> str:
    """What can be downloaded."""
    found = services()
    dumps = [(key, by_key(key), USES[key], key in FLAT) for key in USES if key in DUMP_FORMATS]
    meta = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{found.iris.graph('meta')}> {{ ?s ?p ?o }} }}"
    return render_template(
        "data.html",
        dumps=dumps,
        description="/sparql?" + urlencode({"query": meta, "format": "ttl"}),
        manifest=found.current.snapshot().version.manifest,
        base=found.settings.base,
    )


@pages.get("/data/dump.<format>")
def whole(format: str) -> Response:
    """The whole graph. Raises HttpError 404 naming the formats."""
    chosen = by_key(format, "graph")
    if chosen is None or format not in DUMP_FORMATS:
        raise HttpError(404, f"there is no dump .{format}; there are {', '.join('.' + key for key in DUMP_FORMATS)}")
    found = services()
    snapshot = found.current.snapshot()
    response = send_file(
        found.dumps.path(snapshot, format).resolve(), mimetype=chosen.media_type, download_name=f"dek-{snapshot.name}.{format}", etag=False
    )
    response.set_etag(f"{snapshot.name}-{format}")
    response.headers["Content-Type"] = chosen.content_type
    response.make_conditional(request)
    return response
