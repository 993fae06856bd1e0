"""The one table of formats: media types, file name extensions, what they can carry, and how Oxigraph calls them."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

SOLUTIONS, GRAPH = "solutions", "graph"
"""What a query gives: rows or a boolean (SELECT, ASK), or triples (CONSTRUCT, DESCRIBE)."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``key`` is its name in ``?format=`` and after the dot of a file name; ``media_type`` is what it is sent as;
    ``aliases`` are other media types that ask for it; ``quads`` says whether it keeps named graphs.
    """

    key: str
    media_type: str
    label: str
    carries: str
    aliases: tuple[str, ...] = ()
    quads: bool = False
    rdf: ox.RdfFormat | None = None
    results: ox.QueryResultsFormat | None = None

    @property
    def content_type(self) -> str:
        """The Content-Type header, with the character set where the media type is text."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


RESULT_FORMATS = (
    Format("json", "application/sparql-results+json", "JSON", SOLUTIONS, ("application/json",), results=ox.QueryResultsFormat.JSON),
    Format("xml", "application/sparql-results+xml", "XML", SOLUTIONS, ("application/xml", "text/xml"), results=ox.QueryResultsFormat.XML),
    Format("csv", "text/csv", "CSV", SOLUTIONS, results=ox.QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", "TSV", SOLUTIONS, results=ox.QueryResultsFormat.TSV),
)
GRAPH_FORMATS = (
    Format("ttl", "text/turtle", "Turtle", GRAPH, ("application/x-turtle",), rdf=ox.RdfFormat.TURTLE),
    Format("nt", "application/n-triples", "N-Triples", GRAPH, ("text/plain",), rdf=ox.RdfFormat.N_TRIPLES),
    Format("rdf", "application/rdf+xml", "RDF/XML", GRAPH, ("application/xml", "text/xml"), rdf=ox.RdfFormat.RDF_XML),
    Format("jsonld", "application/ld+json", "JSON-LD", GRAPH, ("application/json",), quads=True, rdf=ox.RdfFormat.JSON_LD),
    Format("trig", "application/trig", "TriG", GRAPH, ("application/x-trig",), quads=True, rdf=ox.RdfFormat.TRIG),
    Format("nq", "application/n-quads", "N-Quads", GRAPH, ("text/x-nquads",), quads=True, rdf=ox.RdfFormat.N_QUADS),
    Format("n3", "text/n3", "N3", GRAPH, rdf=ox.RdfFormat.N3),
)
FORMATS = (*RESULT_FORMATS, *GRAPH_FORMATS)


def formats_for(carries: str) -> tuple[Format, ...]:
    """The formats that can carry what a query gives, the default one first."""
    return RESULT_FORMATS if carries == SOLUTIONS else GRAPH_FORMATS


def by_key(key: str, carries: str | None = None) -> Format | None:
    """The format with this key, if it can carry that."""
    return next((entry for entry in FORMATS if entry.key == key and carries in (None, entry.carries)), None)
