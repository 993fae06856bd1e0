"""Graphs: nothing only in the default graph, no blank nodes in data, one header in the flat dump, nothing pointing nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.checks.finding import Data, Finding
from kg.graph.dump import flat_triples, header_iri
from kg.graph.vocabulary import OWL_IMPORTS, OWL_ONTOLOGY, RDF_TYPE


def default_graph(data: Data) -> Iterator[Finding]:
    """Every triple stands in a named graph; a default graph may only repeat them (the union that queries see)."""
    rows = data.texts_of("SELECT ?s ?p { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } LIMIT 100")
    for subject, predicate in rows:
        yield Finding("default-graph", "violation", subject, f"the triple with {predicate} stands in no named graph")


def blank_nodes(data: Data) -> Iterator[Finding]:
    """Blank nodes stand in the ontology's graph only."""
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) } }"
    for (graph,) in data.texts_of(query):
        if graph != data.iris.graph("ontology"):
            yield Finding("blank-nodes", "violation", graph, "the graph holds blank nodes, which no link can name")


def flat_header(data: Data) -> Iterator[Finding]:
    """The flat dump is one ontology: one header, no imports."""
    triples = flat_triples(data.store, data.settings)
    headers = sorted(
        s.value for s, p, o in triples if p.value == RDF_TYPE and o == ox.NamedNode(OWL_ONTOLOGY) and isinstance(s, ox.NamedNode)
    )
    if headers != [header_iri(data.settings)]:
        yield Finding("flat-header", "violation", "", f"the flat dump has {len(headers)} owl:Ontology headers: {', '.join(headers)}")
    for s, p, _ in triples:
        if p.value == OWL_IMPORTS and isinstance(s, ox.NamedNode):
            yield Finding("flat-header", "violation", s.value, "the flat dump has an owl:imports")


def dangling(data: Data) -> Iterator[Finding]:
    """Everything below ``{base}id/`` that something points to is described somewhere."""
    query = f"""SELECT DISTINCT ?o ?p {{ GRAPH ?g {{ ?s ?p ?o FILTER(ISIRI(?o) && STRSTARTS(STR(?o), "{data.settings.base}id/")) }}
        FILTER NOT EXISTS {{ GRAPH ?h {{ ?o a ?class }} }} }}"""
    for target, predicate in data.texts_of(query):
        yield Finding("dangling", "violation", target, f"{predicate} points to it, and nothing describes it")
