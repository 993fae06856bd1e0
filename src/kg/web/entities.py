"""What an IRI of ours names: 303 to a page or to data, the page, the data; and the ontology's terms."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg.endpoint.formats import GRAPH_FORMATS, Format, by_key
from kg.endpoint.negotiate import best_media_type
from kg.endpoint.problems import HttpError
from kg.graph.vocabulary import ID_KINDS
from kg.reports.run import text_of
from kg.store import Snapshot, Term
from kg.web.filters import path_quote
from kg.web.services import services

pages = Blueprint("entities", __name__)

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SHOWN_INCOMING = 100
DATA_INCOMING = 2000
HIDDEN = (RDF_TYPE, RDFS + "label")
FOREIGN_WORDS = {
    "http://www.w3.org/2002/07/owl#sameAs": "same as",
    SKOS + "altLabel": "other names",
    SKOS + "prefLabel": "preferred name",
    SKOS + "definition": "definition",
    SKOS + "broader": "broader",
    SKOS + "narrower": "narrower",
    SKOS + "inScheme": "in scheme",
    SKOS + "topConceptOf": "top concept of",
    SKOS + "exactMatch": "exactly matches",
    SKOS + "closeMatch": "closely matches",
    SKOS + "notation": "notation",
    RDFS + "seeAlso": "see also",
}
"""What pages call properties of other vocabularies, which have no label in the graph."""
INVERSE_NOISE = ("http://www.w3.org/2002/07/owl#NamedIndividual",)


@pages.get("/id/<kind>/<path:key>")
def identify(kind: str, key: str) -> Response:
    """303 See Other: to the page for browsers, to the data for those who ask for RDF."""
    _known(kind, key)
    tail = f"{kind}/{path_quote(key)}"
    offers = {entry.media_type: entry for entry in GRAPH_FORMATS}
    aliases = {alias: entry for entry in GRAPH_FORMATS for alias in entry.aliases if alias != "text/plain"}
    best = best_media_type(request.headers.get("Accept"), ["text/html", *offers, *aliases])
    if best is None:
        raise HttpError(406, f"this can be had as text/html, {', '.join(offers)}")
    chosen = offers.get(best) or aliases.get(best)
    if chosen is not None:
        target = f"/data/id/{tail}.{chosen.key}"
    elif kind == "document":
        target = f"/sources/{path_quote(key)}"
    else:
        target = f"/page/{tail}"
    return Response(status=303, headers={"Location": target, "Vary": "Accept"})


@pages.get("/page/<kind>/<path:key>")
def page(kind: str, key: str) -> Response:
    """All that the graph says about one thing, and what says something about it."""
    found = services()
    snapshot = found.current.snapshot()
    node = _known(kind, key)
    outgoing: dict[str, list[Term]] = defaultdict(list)
    for triple in snapshot.triples(node):
        outgoing[triple.predicate.value].append(triple.object)
    incoming: dict[str, list[Term]] = defaultdict(list)
    inverse = snapshot.triples(object=node)
    for triple in itertools.islice(inverse, SHOWN_INCOMING):
        incoming[triple.predicate.value].append(triple.subject)
    more = next(inverse, None) is not None
    named = {value for values in (*outgoing.values(), *incoming.values()) for value in values} | {
        ox.NamedNode(predicate) for predicate in (*outgoing, *incoming)
    }
    labels = _labels(snapshot, [term for term in named if isinstance(term, ox.NamedNode)])
    own = sorted(outgoing.get(RDFS + "label", []), key=lambda term: (_language_rank(term), text_of(term)))
    body = render_template(
        "page.html",
        kind=kind,
        key=key,
        iri=node.value,
        title=text_of(own[0]) if own else found.short(node.value),
        names=own,
        types=[term for term in outgoing.get(RDF_TYPE, []) if text_of(term) not in INVERSE_NOISE],
        outgoing=_ordered({name: values for name, values in outgoing.items() if name not in HIDDEN}, labels),
        incoming=_ordered(incoming, labels),
        labels=labels,
        more=more,
        evidence=_evidence(snapshot, outgoing),
        formats=[entry for entry in GRAPH_FORMATS if entry.key != "n3"],
        data=f"/data/id/{kind}/{path_quote(key)}",
    )
    links = ", ".join(
        f'</data/id/{kind}/{path_quote(key)}.{entry.key}>; rel="alternate"; type="{entry.media_type}"' for entry in GRAPH_FORMATS
    )
    return Response(body, mimetype="text/html", headers={"Link": links.encode("ascii", "ignore").decode()})


@pages.get("/data/id/<kind>/<path:name>")
def description(kind: str, name: str) -> Response:
    """The statements that have the thing as subject or object, in the format of the suffix."""
    key, _, suffix = name.rpartition(".")
    chosen = by_key(suffix, "graph")
    if not key or chosen is None:
        raise HttpError(404, f"end the address in one of {', '.join('.' + entry.key for entry in GRAPH_FORMATS)}")
    found = services()
    snapshot = found.current.snapshot()
    return Response(_serialized(snapshot, _known(kind, key), chosen), content_type=chosen.content_type)


@pages.get("/ontology")
def ontology() -> str:
    """Classes and properties with their definitions."""
    found = services()
    snapshot = found.current.snapshot()
    owl = "http://www.w3.org/2002/07/owl#"
    groups = []
    for title, name in (
        ("Classes", "Class"),
        ("Properties between things", "ObjectProperty"),
        ("Properties with values", "DatatypeProperty"),
        ("Annotations", "AnnotationProperty"),
    ):
        nodes = {t.subject for t in snapshot.triples(None, ox.NamedNode(RDF_TYPE), ox.NamedNode(owl + name))}
        own = sorted(
            node.value for node in nodes if isinstance(node, ox.NamedNode) and node.value.startswith(found.settings.base + "ontology#")
        )
        terms = []
        for iri in own:
            facts: dict[str, list[Term]] = defaultdict(list)
            for triple in snapshot.triples(ox.NamedNode(iri)):
                facts[triple.predicate.value].append(triple.object)
            terms.append((iri.rpartition("#")[2], facts))
        groups.append((title, terms))
    return render_template("ontology.html", groups=groups, rdfs=RDFS, skos=SKOS)


def _known(kind: str, key: str) -> ox.NamedNode:
    """The node with this address. Raises HttpError 404 when the graph says nothing about it."""
    found = services()
    if kind not in ID_KINDS:
        raise HttpError(404, f"there is no kind of thing {kind!r}; there are {', '.join(ID_KINDS)}")
    try:
        node = ox.NamedNode(found.iris.id(kind, key))
    except ValueError:
        raise HttpError(404, f"{key!r} names nothing") from None
    snapshot = found.current.snapshot()
    if next(snapshot.triples(node), None) is None and next(snapshot.triples(object=node), None) is None:
        raise HttpError(404, f"the graph says nothing about {kind}/{key}")
    return node


def _serialized(snapshot: Snapshot, node: ox.NamedNode, chosen: Format) -> bytes:
    assert chosen.rdf is not None
    around = [*snapshot.triples(node), *itertools.islice(snapshot.triples(object=node), DATA_INCOMING)]
    unique = sorted(set(around), key=str)
    prefixes = services().prefixes if chosen.key in ("ttl", "trig", "n3") else None
    if chosen.quads:
        quads = [
            ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
            for triple in unique
            for graph in snapshot.graphs_of(triple)
        ]
        return ox.serialize(quads, format=chosen.rdf, prefixes=prefixes) or b""
    return ox.serialize(unique, format=chosen.rdf, prefixes=prefixes) or b""


def _labels(snapshot: Snapshot, nodes: list[ox.NamedNode]) -> dict[str, str]:
    """The English label of each node, or the first of any language."""
    labels = {node.value: FOREIGN_WORDS[node.value] for node in nodes if node.value in FOREIGN_WORDS}
    for node in nodes:
        found = [triple.object for triple in snapshot.triples(node, ox.NamedNode(RDFS + "label"))]
        if found:
            labels[node.value] = text_of(min(found, key=lambda term: (_language_rank(term), text_of(term))))
    return labels


def _language_rank(term: Term) -> int:
    language = term.language if isinstance(term, ox.Literal) else None
    return {"en": 0, None: 1, "fr": 2}.get(language, 3)


def _ordered(facts: dict[str, list[Term]], labels: dict[str, str]) -> list[tuple[str, list[Term]]]:
    """Facts by the label of their property; values sorted by theirs."""
    return [
        (predicate, sorted(values, key=lambda term: labels.get(text_of(term), text_of(term))))
        for predicate, values in sorted(facts.items(), key=lambda fact: (labels.get(fact[0], fact[0]), fact[0]))
    ]


def _evidence(snapshot: Snapshot, facts: dict[str, list[Term]]) -> list[tuple[str, str, str, str]]:
    """(before, quote, after, address) of the passages that this thing is stated in, or of the passage itself."""
    base = services().settings.base + "ontology#"

    def one(node: ox.NamedNode, name: str) -> str:
        return next((text_of(triple.object) for triple in snapshot.triples(node, ox.NamedNode(base + name))), "")

    passages = [term for name in ("statedIn", "mentionPassage") for term in facts.get(base + name, []) if isinstance(term, ox.NamedNode)]
    found = []
    for passage in passages:
        document = one(passage, "inDocument").rpartition("/")[2]
        address = f"/sources/{document}#m-{one(passage, 'startOffset')}-{one(passage, 'endOffset')}"
        found.append((one(passage, "prefixText"), one(passage, "exactText"), one(passage, "suffixText"), address))
    return found
