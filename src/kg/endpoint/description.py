"""SPARQL 1.1 Service Description: what a client learns that asks the endpoint without a query."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.endpoint.formats import FORMATS, Format

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def service_description(endpoint: str, chosen: Format, *, union: bool) -> bytes:
    """The description of the service at the absolute IRI ``endpoint``, in an RDF format."""
    if chosen.rdf is None:
        raise ValueError(f"{chosen.key} carries no RDF")
    prefixes = {"sd": SD, "formats": "http://www.w3.org/ns/formats/"}
    keep = prefixes if chosen.rdf.supports_datasets or chosen.key == "ttl" else None
    return ox.serialize(_triples(endpoint, union), format=chosen.rdf, prefixes=keep) or b""


def _triples(endpoint: str, union: bool) -> Iterator[ox.Triple]:
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default-graph")
    yield ox.Triple(service, RDF_TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if union:
        yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, RDF_TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield ox.Triple(default, RDF_TYPE, _sd("Graph"))
    for entry in FORMATS:
        iri = entry.rdf.iri if entry.rdf is not None else entry.results.iri if entry.results is not None else None
        if iri is not None:
            yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(iri))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
