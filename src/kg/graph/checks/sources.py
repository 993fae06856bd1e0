"""Sources: passages are what the stored texts hold, statements have passages of their own document, our own numbers stay apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from kg.graph.checks.finding import Data, Finding

SUM_TOLERANCE = Decimal("1e-9")


def offsets(data: Data) -> Iterator[Finding]:
    """The stored text of each document holds each passage, its context and each repair's ``before`` at their offsets."""
    documents = data.pairs("SELECT ?d ?h { GRAPH ?g { ?d a dek:SourceDocument ; dek:sha256 ?h } }")
    for document, sha256 in documents.items():
        if sha256 not in data.texts:
            yield Finding("offsets", "violation", document, "its source text is not stored")
    for document, sha256 in data.texts_of("SELECT ?d ?h { GRAPH ?g { ?d dek:textSha256 ?h } }"):
        text = data.texts.get(documents.get(document, ""))
        if text is not None and hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Finding("offsets", "violation", document, "the stored text does not have the hash that the graph states")
    query = """SELECT ?p ?d ?t ?a ?b ?before ?after { GRAPH ?g { ?p dek:inDocument ?d ; dek:exactText ?t ; dek:startOffset ?a ;
        dek:endOffset ?b OPTIONAL { ?p dek:prefixText ?before } OPTIONAL { ?p dek:suffixText ?after } } }"""
    for passage, document, text, start, end, before, after in data.texts_of(query):
        source = data.texts.get(documents.get(document, ""))
        if source is None:
            continue
        begin, finish = int(start), int(end)
        if source[begin:finish] != text:
            found = source[begin:finish]
            yield Finding("offsets", "violation", passage, f"it quotes {text!r}; the source has {found!r} at {start}..{end}")
        elif source[max(begin - len(before), 0) : begin] != before or source[finish : finish + len(after)] != after:
            yield Finding("offsets", "violation", passage, "its context is not what stands around it in the source")
    repairs = "SELECT ?r ?d ?t ?a ?b { GRAPH ?g { ?r dek:repairOf ?d ; dek:beforeText ?t ; dek:startOffset ?a ; dek:endOffset ?b } }"
    for repair, document, text, start, end in data.texts_of(repairs):
        source = data.texts.get(documents.get(document, ""))
        if source is not None and source[int(start) : int(end)] != text:
            yield Finding("offsets", "violation", repair, f"it repairs {text!r}, which does not stand at {start}..{end}")


def provenance(data: Data) -> Iterator[Finding]:
    """In a source's graph each statement has a passage, of that document; no number of our own; and each statement says its graph."""
    start = data.iris.source_graph("")
    inside = f'STRSTARTS(STR(?g), "{start}")'
    without = f"""SELECT DISTINCT ?s {{ GRAPH ?g {{ ?s a ?c FILTER(?c IN (dek:Measurement, dek:EntityClaim))
        FILTER NOT EXISTS {{ ?s dek:statedIn ?p . ?p dek:inDocument ?d }} }} FILTER({inside}) }}"""
    for (subject,) in data.texts_of(without):
        yield Finding("provenance", "violation", subject, "the statement has no passage in its graph")
    unquoted = (
        """SELECT DISTINCT ?m { GRAPH ?g { ?m dek:valueText ?t ; dek:statedIn/dek:exactText ?q } FILTER(!CONTAINS(STR(?q), STR(?t))) }"""
    )
    for (subject,) in data.texts_of(unquoted):
        yield Finding("provenance", "violation", subject, "its value as written does not stand in its passage")
    foreign = f"""SELECT DISTINCT ?p ?g ?d {{ GRAPH ?g {{ ?p dek:inDocument ?d }} FILTER({inside}) }}"""
    for passage, graph, document in data.texts_of(foreign):
        if data.iris.document(graph.removeprefix(start)) != document:
            yield Finding("provenance", "violation", passage, f"it stands in {graph} and is of {document}")
    computed = "SELECT DISTINCT ?m { GRAPH ?g { ?m dek:derivationText ?t } " + f"FILTER({inside}) }}"
    for (subject,) in data.texts_of(computed):
        yield Finding("provenance", "violation", subject, "a number of our own computing stands in a source's graph")
    misplaced = "SELECT DISTINCT ?s ?r ?g { GRAPH ?g { ?s dek:recordedIn ?r } FILTER(STR(?r) != STR(?g)) }"
    for subject, stated, graph in data.texts_of(misplaced):
        yield Finding("provenance", "violation", subject, f"it says it is recorded in {stated} and stands in {graph}")
    nameless = "SELECT DISTINCT ?s { GRAPH ?g { ?s a ?c } FILTER(?c IN (dek:Measurement, dek:EntityClaim)) " + (
        "FILTER NOT EXISTS { GRAPH ?g { ?s dek:recordedIn ?r } } }"
    )
    for (subject,) in data.texts_of(nameless):
        yield Finding("provenance", "violation", subject, "the statement does not say in which graph it is recorded")


def derived_sums(data: Data) -> Iterator[Finding]:
    """A sum that we computed equals its parts (sums that sources state may not: that is a finding about them, not a fault here)."""
    graph, derivation = data.iris.graph("derived"), data.iris.id("derivation", "sum")
    query = f"""SELECT ?m ?v (SUM(?part) AS ?sum) {{ GRAPH <{graph}> {{ ?m dek:derivation <{derivation}> ;
        dek:reportValue ?v ; dek:derivedFrom ?p }} GRAPH ?g {{ ?p dek:reportValue ?part }} }} GROUP BY ?m ?v"""
    for subject, value, total in data.texts_of(query):
        if abs(Decimal(value) - Decimal(total)) > SUM_TOLERANCE:
            yield Finding("derived-sums", "violation", subject, f"it states {value}; its parts add up to {total}")
