"""Dumps of a graph: the named graphs as they are (nq, trig, jsonld), or one flat ontology that OWL tools load whole (ttl, nt, rdf)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph.iris import Iris
from kg.graph.turtle import turtle
from kg.graph.vocabulary import (
    OWL,
    OWL_NAMED_INDIVIDUAL,
    OWL_ONTOLOGY,
    OWL_SAME_AS,
    RDF,
    RDF_TYPE,
    RDFS,
    prefixes,
)
from kg.settings import Settings

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Name of a dump format (and file extension) → format, which knows its media type."""
FLAT = ("ttl", "nt", "rdf")
_PIECE = 1 << 16
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPE = ox.NamedNode(RDF_TYPE)
_INDIVIDUAL = ox.NamedNode(OWL_NAMED_INDIVIDUAL)


def dump(quads: Iterable[ox.Quad], format: str, settings: Settings) -> Iterator[bytes]:
    """The quads (a store, or parsed N-Quads) in a format of FORMATS, in pieces; the same quads give the same bytes in any order.

    ttl, nt and rdf flatten: the named graphs fall together into one ontology with one header and no imports, in which every
    individual, also each target of a link outwards, is declared. XML cannot carry control characters: in rdf they become U+FFFD.

    Raises UsageError for an unknown format.
    """
    if format not in FORMATS:
        raise UsageError(f"{format!r} is no dump format", remedy=f"use one of {', '.join(FORMATS)}")
    if format in FLAT:
        return _flat(quads, format, settings)
    return _named(quads, format, settings)


def canonical_blank_nodes(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads with blank nodes named by RDFC-1.0; only quads that have some are looked at."""
    plain: list[ox.Quad] = []
    blank: list[ox.Quad] = []
    for quad in quads:
        has = isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
        (blank if has else plain).append(quad)
    dataset = ox.Dataset(blank)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return plain + list(dataset)


def _named(quads: Iterable[ox.Quad], format: str, settings: Settings) -> Iterator[bytes]:
    # stores may hold the union of the graphs in their default graph as well; the graphs say it all
    inside = (quad for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph))
    ordered = sorted(canonical_blank_nodes(inside), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    if format == "nq":
        data = _serialized(ordered, ox.RdfFormat.N_QUADS)
        yield from _pieces(b"".join(sorted(data.splitlines(keepends=True))))
        return
    names = prefixes(settings.base) if format == "trig" else None
    yield from _pieces(_serialized(ordered, FORMATS[format], names))


def _flat(quads: Iterable[ox.Quad], format: str, settings: Settings) -> Iterator[bytes]:
    triples = flat_triples(quads, settings)
    if format == "ttl":
        iris = Iris.of(settings)
        terms, header = iris.term(""), header_iri(settings)
        yield from turtle(triples, prefixes(settings.base), lambda subject: (subject != header, not subject.startswith(terms)))
        return
    ordered = sorted(triples, key=str)
    if format == "rdf":
        ordered = [ox.Triple(s, p, _xml_safe(o)) for s, p, o in ordered]
        yield from _pieces(_serialized(ordered, ox.RdfFormat.RDF_XML, prefixes(settings.base)))
        return
    yield from _pieces(_serialized(ordered, ox.RdfFormat.N_TRIPLES))


def _serialized(statements: list[ox.Quad] | list[ox.Triple], format_: ox.RdfFormat, names: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    ox.serialize(statements, buffer, format_, prefixes=names)
    return buffer.getvalue()


def _pieces(data: bytes) -> Iterator[bytes]:
    stream = io.BytesIO(data)
    while piece := stream.read(_PIECE):
        yield piece


def _xml_safe(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    if not isinstance(node, ox.Literal) or not _NOT_XML.search(node.value):
        return node
    text = _NOT_XML.sub("\ufffd", node.value)
    return ox.Literal(text, language=node.language) if node.language else ox.Literal(text, datatype=node.datatype)


def header_iri(settings: Settings) -> str:
    """IRI of the ontology that a flat dump is."""
    return f"{settings.base}ontology/full"


def flat_triples(quads: Iterable[ox.Quad], settings: Settings) -> set[ox.Triple]:
    """All triples as one OWL 2 ontology: one header (the core module's annotations, moved), no imports, every individual declared."""
    inside = (quad for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph))
    triples = {quad.triple for quad in canonical_blank_nodes(inside)}
    kinds: dict[str, set[str]] = {}
    for s, p, o in triples:
        if p == _TYPE and isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode):
            kinds.setdefault(o.value, set()).add(s.value)
    headers = kinds.get(OWL_ONTOLOGY, set())
    core, header = Iris.of(settings).term("").removesuffix("#"), ox.NamedNode(header_iri(settings))
    result: set[ox.Triple] = {ox.Triple(header, _TYPE, ox.NamedNode(OWL_ONTOLOGY))}
    for s, p, o in triples:
        if not isinstance(s, ox.NamedNode) or s.value not in headers:
            result.add(ox.Triple(s, p, o))
        elif s.value == core and p != _TYPE and not (p.value.startswith(OWL) and p.value != OWL + "versionInfo"):
            result.add(ox.Triple(header, p, o))
    linking = kinds.get(OWL + "ObjectProperty", set()) | {OWL_SAME_AS}
    stating = linking | kinds.get(OWL + "DatatypeProperty", set())
    individuals: set[ox.NamedNode] = set()
    for s, p, o in result:
        if isinstance(s, ox.NamedNode) and (p.value in stating or (p == _TYPE and _is_domain_class(o))):
            individuals.add(s)
        if isinstance(o, ox.NamedNode) and p.value in linking:
            individuals.add(o)
    return result | {ox.Triple(node, _TYPE, _INDIVIDUAL) for node in individuals}


def _is_domain_class(node: object) -> bool:
    return isinstance(node, ox.NamedNode) and not node.value.startswith((OWL, RDF, RDFS))
