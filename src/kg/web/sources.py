"""Articles: a list, and each one with its quotes marked, how they were read, and what was repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, render_template

from kg.endpoint.problems import HttpError
from kg.reports.parameters import bind
from kg.reports.run import text_of
from kg.store import Snapshot
from kg.web.marking import Mark, Span, mark, windows
from kg.web.services import services

pages = Blueprint("sources", __name__)

FIGURES = """
PREFIX dek: <BASEontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?node ?start ?end ?quote ?value ?unit ?comparator ?status ?statistic ?indicator ?place ?first ?last ?confidence ?s ?e ?candidate
       (GROUP_CONCAT(DISTINCT ?rule; separator=" · ") AS ?rules) (GROUP_CONCAT(DISTINCT ?flag; separator=" · ") AS ?flags) {
  ?passage dek:inDocument ?document ; dek:startOffset ?start ; dek:endOffset ?end ; dek:exactText ?quote .
  ?node a dek:Measurement ; dek:statedIn ?passage ; dek:reportValue ?value ; dek:unit/dek:reportCode ?unit ; dek:confidence ?confidence ;
    dek:comparator/dek:reportCode ?comparator ; dek:hasStatus/dek:reportCode ?status ; dek:statistic/dek:reportCode ?statistic .
  OPTIONAL { ?node dek:sentence ?sentence . ?sentence dek:startOffset ?s ; dek:endOffset ?e }
  OPTIONAL { ?node dek:indicatorText ?indicator }
  OPTIONAL { ?node dek:place/rdfs:label ?place FILTER(LANGMATCHES(LANG(?place), "en")) }
  OPTIONAL { ?node dek:period/dek:firstDay ?first }
  OPTIONAL { ?node dek:period/dek:lastDay ?last }
  OPTIONAL { ?node dek:extractionRule ?rule }
  OPTIONAL { ?node dek:flag ?flag }
  OPTIONAL { ?node dek:candidateValue ?candidate }
}
GROUP BY ?node ?start ?end ?quote ?value ?unit ?comparator ?status ?statistic ?indicator ?place ?first ?last ?confidence ?s ?e ?candidate
ORDER BY ?start ?end ?node
"""
CLAIMS = """
PREFIX dek: <BASEontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?node ?start ?end ?quote ?subject ?subject_label ?predicate ?object ?object_label ?literal ?status ?s ?e {
  ?passage dek:inDocument ?document ; dek:startOffset ?start ; dek:endOffset ?end ; dek:exactText ?quote .
  ?node a dek:EntityClaim ; dek:statedIn ?passage ; dek:claimSubject ?subject ; dek:claimPredicate/dek:reportCode ?predicate ;
    dek:hasStatus/dek:reportCode ?status .
  OPTIONAL { ?node dek:sentence ?sentence . ?sentence dek:startOffset ?s ; dek:endOffset ?e }
  OPTIONAL { ?node dek:claimLiteral ?literal }
  { SELECT ?subject (MIN(STR(?label)) AS ?subject_label) { ?any dek:claimSubject ?subject . ?subject rdfs:label ?label } GROUP BY ?subject }
  OPTIONAL {
    ?node dek:claimObject ?object
    { SELECT ?object (MIN(STR(?label)) AS ?object_label) { ?any dek:claimObject ?object . ?object rdfs:label ?label } GROUP BY ?object }
  }
}
ORDER BY ?start ?end ?node
"""
MENTIONS = """
PREFIX dek: <BASEontology#>
SELECT ?start ?end ?entity (MIN(?code) AS ?type) {
  ?passage dek:inDocument ?document ; dek:startOffset ?start ; dek:endOffset ?end .
  ?mention dek:mentionPassage ?passage ; dek:mentions ?entity .
  ?entity a/dek:reportType ?code
}
GROUP BY ?start ?end ?entity
ORDER BY ?start ?end ?entity
"""
REPAIRS = """
PREFIX dek: <BASEontology#>
SELECT ?start ?end ?before ?after ?rule ?candidate ?confidence {
  ?repair dek:repairOf ?document ; dek:startOffset ?start ; dek:endOffset ?end ; dek:beforeText ?before ; dek:afterText ?after ;
    dek:extractionRule ?rule ; dek:confidence ?confidence .
  OPTIONAL { ?repair dek:candidateText ?candidate }
}
ORDER BY ?start ?end ?rule
"""
ABOUT = (
    "title", "publishedDay", "publishedFrom", "author", "url", "rights", "languageCode", "damaged", "extractor", "readingNote",
    "textLength",
)  # fmt: skip
"""Properties of a document that its page shows."""


OPEN_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses/by(?:-sa)?/|publicdomain/)")
"""Licences under which anybody may show the whole text, as a sidecar's ``license`` names them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A shown stretch of the text; ``gap`` says that text before it is left out."""

    parts: list[Mark | str]
    gap: bool


@pages.get("/sources")
def index() -> str:
    """All articles, with what each gives."""
    found = services()
    snapshot = found.current.snapshot()
    report = found.reports.get("sources")
    rows = list(found.own.select(report.bound({}))) if report else []
    by_name = {text_of(row["doc"]): row for row in rows}
    articles = [(entry, by_name.get(entry.name, {})) for entry in snapshot.documents.values()]
    return render_template("sources.html", articles=articles)


@pages.get("/sources/<path:key>")
def source(key: str) -> str:
    """One article. Raises HttpError 404 naming where the list is."""
    found = services()
    snapshot = found.current.snapshot()
    entry = snapshot.find_document(key)
    if entry is None:
        raise HttpError(404, f"there is no article {key!r}; /sources lists those there are")
    base = found.settings.base
    node = ox.NamedNode(found.iris.document(entry.id))

    def ask(query: str) -> list[dict[str, str]]:
        solutions = snapshot.select(bind(query.replace("BASE", base), {"document": node}))
        return [{name: text_of(term) for name, term in row.items()} for row in solutions]

    figures, claims, mentions = ask(FIGURES), ask(CLAIMS), ask(MENTIONS)
    spans = [
        *(_span(row, f"figure {row['status']}", f"{row['value']} {row['unit']} · {row['indicator']}") for row in figures),
        *(_span(row, "claim", f"{row['predicate']}") for row in claims),
        *(_span(row, f"entity {row['type']}", row["type"]) for row in mentions),
    ]
    sentences = [(int(row["s"]), int(row["e"])) for row in (*figures, *claims) if row["s"] and row["e"]]
    text = snapshot.text(entry.id)
    context = shown_of(_values(snapshot, node, base, "rights"), found.settings.quote_context)
    shown, position = [], 0
    for begin, end in windows(text, context, spans, sentences):
        shown.append(Piece(mark(text, spans, begin, end), begin > position))
        position = end
    return render_template(
        "source.html",
        entry=entry,
        iri=node.value,
        about=_about(snapshot, node, base),
        pieces=shown,
        cut=position < len(text),
        language=_language(snapshot, node, base),
        figures=figures,
        claims=claims,
        mentions=len(mentions),
        repairs=ask(REPAIRS),
        context=context,
    )


def shown_of(rights: list[str], setting: str) -> str:
    """How much of an article is shown: all of it when its own licence allows that, else what the setting says."""
    return "whole" if any(OPEN_LICENCE.match(right) for right in rights) else setting


def _span(row: dict[str, str], kind: str, title: str) -> Span:
    return Span(int(row["start"]), int(row["end"]), kind, title)


def _values(snapshot: Snapshot, node: ox.NamedNode, base: str, name: str) -> list[str]:
    return sorted(text_of(triple.object) for triple in snapshot.triples(node, ox.NamedNode(f"{base}ontology#{name}")))


def _language(snapshot: Snapshot, node: ox.NamedNode, base: str) -> str:
    language = "".join(_values(snapshot, node, base, "languageCode")[:1])
    script = "".join(_values(snapshot, node, base, "script")[:1])
    return f"{language}-{script}" if language == "zh" and script else language


def _about(snapshot: Snapshot, node: ox.NamedNode, base: str) -> dict[str, str]:
    """What is known about the article itself."""
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    about = {name: "; ".join(_values(snapshot, node, base, name)) for name in ABOUT}
    publishers = [triple.object for triple in snapshot.triples(node, ox.NamedNode(f"{base}ontology#publishedBy"))]
    names = {text_of(named.object) for one in publishers if isinstance(one, ox.NamedNode) for named in snapshot.triples(one, label)}
    about["publisher"] = "; ".join(sorted(names))
    return about
