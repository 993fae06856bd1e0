"""Vocabulary: every term declared and used as declared, literals of datatypes that OWL 2 knows, labels for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph.checks.finding import Data, Finding
from kg.graph.vocabulary import OWL, OWL_SAME_AS, RDF, RDF_LANG_STRING, RDFS, XSD

BUILT_IN = (RDF, RDFS, OWL)
OWL_DATATYPES = frozenset(
    XSD + name
    for name in (
        "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean", "decimal", "integer",
        "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger", "long", "int", "short", "byte", "unsignedLong",
        "unsignedInt", "unsignedShort", "unsignedByte", "double", "float", "hexBinary", "base64Binary", "anyURI", "dateTime",
        "dateTimeStamp",
    )
) | {RDF_LANG_STRING, RDF + "PlainLiteral", RDF + "XMLLiteral"}  # fmt: skip
"""The datatype map of OWL 2: reasoners refuse data properties with others (xsd:date, xsd:gYear, geo:wktLiteral)."""
_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)?\Z")
UNLABELLED = ("Passage", "Mention", "Repair")
"""Classes whose members need no label: their texts say what they are."""


def declared(data: Data) -> Iterator[Finding]:
    """Every predicate and class in use is declared; undeclared ones silently become annotation properties in OWL tools."""
    kinds = data.kinds
    properties = kinds["ObjectProperty"] | kinds["DatatypeProperty"] | kinds["AnnotationProperty"]
    for (predicate,) in data.texts_of("SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } }"):
        if predicate not in properties and not predicate.startswith(BUILT_IN):
            yield Finding("declared", "violation", predicate, "the property is used and nowhere declared")
    for (class_,) in data.texts_of("SELECT DISTINCT ?c { GRAPH ?g { ?s a ?c FILTER(ISIRI(?c)) } }"):
        if class_ not in kinds["Class"] and not class_.startswith(BUILT_IN):
            yield Finding("declared", "violation", class_, "the class is used and nowhere declared")


def property_kinds(data: Data) -> Iterator[Finding]:
    """Object properties point to things, datatype properties to literals."""
    query = "SELECT ?p ?lit (SAMPLE(?s) AS ?x) { GRAPH ?g { ?s ?p ?o BIND(ISLITERAL(?o) AS ?lit) } } GROUP BY ?p ?lit"
    for predicate, literal, subject in data.texts_of(query):
        if literal == "true" and (predicate in data.kinds["ObjectProperty"] or predicate == OWL_SAME_AS):
            yield Finding("property-kinds", "violation", subject, f"the object property {predicate} holds a literal")
        if literal == "false" and predicate in data.kinds["DatatypeProperty"]:
            yield Finding("property-kinds", "violation", subject, f"the datatype property {predicate} points to a thing")


def datatypes(data: Data) -> Iterator[Finding]:
    """Literals of data properties have datatypes of the OWL 2 map, and that of the property's range; dateTimes at most milliseconds."""
    ranges = data.pairs("SELECT ?p ?r { GRAPH ?g { ?p a owl:DatatypeProperty ; rdfs:range ?r FILTER(ISIRI(?r)) } }")
    query = """SELECT ?p ?d (SAMPLE(?s) AS ?x) { GRAPH ?g { ?s ?p ?o FILTER(ISLITERAL(?o)) BIND(DATATYPE(?o) AS ?d) } } GROUP BY ?p ?d"""
    for predicate, datatype, subject in data.texts_of(query):
        if predicate not in data.kinds["DatatypeProperty"]:
            continue
        if datatype not in OWL_DATATYPES:
            yield Finding("datatypes", "violation", subject, f"{predicate} has the datatype {datatype}, which OWL 2 reasoners refuse")
        elif ranges.get(predicate, datatype) != datatype:
            yield Finding("datatypes", "violation", subject, f"{predicate} has the datatype {datatype}; its range is {ranges[predicate]}")
    times = "SELECT ?s ?o { GRAPH ?g { ?s ?p ?o FILTER(ISLITERAL(?o) && DATATYPE(?o) = xsd:dateTime) } }"
    for subject, text in data.texts_of(times):
        if not _DATE_TIME.match(text):
            yield Finding("datatypes", "violation", subject, f"the dateTime {text!r} has more than three fractional digits, or is none")


def labels(data: Data) -> Iterator[Finding]:
    """Everything that people meet has an rdfs:label; our terms have English and French labels and an English definition."""
    skipped = ", ".join(f"dek:{name}" for name in UNLABELLED)
    query = f"""SELECT DISTINCT ?s {{ GRAPH ?g {{ ?s a ?c FILTER(ISIRI(?s) && STRSTARTS(STR(?c), "{data.iris.term("")}")) }}
        FILTER(?c NOT IN ({skipped})) FILTER NOT EXISTS {{ GRAPH ?h {{ ?s rdfs:label ?label }} }} }}"""
    for (subject,) in data.texts_of(query):
        yield Finding("labels", "violation", subject, "it has no label")
    own = data.iris.term("")
    terms = f"""SELECT DISTINCT ?t ?what {{ GRAPH ?g {{ ?t a ?k }}
        FILTER(?k IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty) && STRSTARTS(STR(?t), "{own}"))
        VALUES (?p ?l ?what) {{ (rdfs:label "en" "English label") (rdfs:label "fr" "French label")
            (skos:definition "en" "English definition") }}
        FILTER NOT EXISTS {{ GRAPH ?h {{ ?t ?p ?text FILTER(LANGMATCHES(LANG(?text), ?l)) }} }} }}"""
    for term, what in data.texts_of(terms):
        yield Finding("labels", "violation", term, f"the term has no {what}")
