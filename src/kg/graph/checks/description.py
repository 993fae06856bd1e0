"""The description of the data set, and links outwards: counts equal what COUNT queries give, ids look as their owners write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph.checks.finding import Data, Finding

LINK_PATTERNS = {
    "http://www.wikidata.org/": r"http://www\.wikidata\.org/entity/Q[1-9][0-9]*",
    "https://www.wikidata.org/": r"(?!)",
    "https://sws.geonames.org/": r"https://sws\.geonames\.org/[1-9][0-9]*/",
    "http://sws.geonames.org/": r"(?!)",
    "http://dbpedia.org/": r"http://dbpedia\.org/resource/[^\s<>\"{}|\\^`]+",
    "http://qudt.org/": r"http://qudt\.org/vocab/unit/[A-Za-z0-9_-]+",
    "http://www.ontology-of-units-of-measure.org/": r"http://www\.ontology-of-units-of-measure\.org/resource/om-2/[A-Za-z0-9_-]+",
    "http://publications.europa.eu/": r"http://publications\.europa\.eu/resource/authority/[a-z-]+/[A-Z0-9_]+",
}
"""Start of a link → the whole form that its owner uses; ``(?!)`` matches nothing: the other scheme is the owner's."""


def counts(data: Data) -> Iterator[Finding]:
    """Each VoID number equals the COUNT query it stands for."""
    meta = data.iris.graph("meta")
    dataset = f"{data.settings.base}dataset"
    own, outside = f'STRSTARTS(STR(?s), "{data.settings.base}id/")', f"FILTER(?g != <{meta}>)"
    queries = {
        "triples": f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {outside} }}",
        "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o FILTER({own}) }} {outside} }}",
        "distinctSubjects": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o FILTER(ISIRI(?s)) }} {outside} }}",
        "properties": f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {outside} }}",
        "classes": f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ GRAPH ?g {{ ?s a ?c FILTER(ISIRI(?c)) }} {outside} }}",
        "documents": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a dek:SourceDocument }} {outside} }}",
    }
    for name, query in queries.items():
        stated = [value for (value,) in data.texts_of(f"SELECT ?n {{ GRAPH <{meta}> {{ <{dataset}> void:{name} ?n }} }}")]
        counted = next(data.texts_of(query))[0]
        if stated != [counted]:
            yield Finding("counts", "violation", dataset, f"void:{name} is {', '.join(stated) or 'missing'}; the graphs hold {counted}")
    yield from _parts(data, meta, dataset)


def _parts(data: Data, meta: str, dataset: str) -> Iterator[Finding]:
    outside = f"FILTER(?g != <{meta}>)"
    parts = {
        "subset": (
            "?key . ?key void:triples ?n FILTER NOT EXISTS { ?key a void:Linkset }",
            f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {outside} }} GROUP BY ?g",
        ),
        "propertyPartition": (
            "?part . ?part void:property ?key ; void:triples ?n",
            f"SELECT ?p (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {outside} }} GROUP BY ?p",
        ),
        "classPartition": (
            "?part . ?part void:class ?key ; void:entities ?n",
            f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a ?c FILTER(ISIRI(?c)) }} {outside} }} GROUP BY ?c",
        ),
    }
    for link, (pattern, query) in parts.items():
        stated = data.pairs(f"SELECT ?key ?n {{ GRAPH <{meta}> {{ <{dataset}> void:{link} {pattern} }} }}")
        counted = data.pairs(query)
        for key in sorted(stated.keys() | counted.keys()):
            if stated.get(key) != counted.get(key):
                message = f"void:{link} states {stated.get(key, 'nothing')}; the graphs hold {counted.get(key, 'nothing')}"
                yield Finding("counts", "violation", key, message)


def links(data: Data) -> Iterator[Finding]:
    """Links outwards have the form that their owner uses; a link to somebody unknown is a warning."""
    query = f"""SELECT DISTINCT ?s ?o {{ GRAPH ?g {{ ?s ?p ?o }}
        FILTER(?p IN (owl:sameAs, skos:exactMatch, skos:closeMatch, skos:broadMatch, skos:narrowMatch, skos:relatedMatch))
        FILTER(!STRSTARTS(STR(?o), "{data.settings.base}")) }}"""
    for subject, target in data.texts_of(query):
        pattern = next((form for start, form in LINK_PATTERNS.items() if target.startswith(start)), None)
        if pattern is None:
            yield Finding("links", "warning", subject, f"it links to {target}, which is no known data set")
        elif not re.fullmatch(pattern, target):
            yield Finding("links", "violation", subject, f"the link {target} does not have the form that its owner uses")
