from __future__ import annotations

import json
import random
from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import FORMATS, dump
from kg.graph.dump import flat_triples, header_iri
from kg.graph.turtle import turtle
from kg.graph.vocabulary import prefixes
from kg.settings import Settings

OWL = "http://www.w3.org/2002/07/owl#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def canonical(triples: object) -> ox.Dataset:
    dataset = ox.Dataset(triples)  # type: ignore[arg-type]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def written(quads: object, format_: str) -> bytes:
    return b"".join(dump(quads, format_, Settings()))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["nq", "trig", "jsonld"])
def test_dumps_with_graphs_hold_all_quads(store: ox.Store, name: str) -> None:
    back = canonical(ox.parse(written(store, name), FORMATS[name]))
    assert back == canonical(store)


@pytest.mark.parametrize("name", ["ttl", "rdf"])
def test_flat_dumps_say_the_same(store: ox.Store, name: str) -> None:
    one = canonical(ox.parse(written(store, name), FORMATS[name]))
    assert one == canonical(ox.parse(written(store, "nt"), ox.RdfFormat.N_TRIPLES))


def test_the_flat_dump_has_one_header_and_no_imports(store: ox.Store) -> None:
    triples = flat_triples(store, Settings())
    headers = [s for s, p, o in triples if p == TYPE and o == ox.NamedNode(OWL + "Ontology")]
    assert headers == [ox.NamedNode(header_iri(Settings()))]
    assert not any(p.value == OWL + "imports" for _, p, _ in triples)
    assert any(s == headers[0] and p.value.endswith("license") for s, p, _ in triples)


def test_the_flat_dump_declares_every_individual_links_outwards_too(store: ox.Store) -> None:
    named = {s for s, p, o in flat_triples(store, Settings()) if p == TYPE and o == ox.NamedNode(OWL + "NamedIndividual")}
    targets = {quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(OWL + "sameAs"), None)}
    measurement = ox.NamedNode("https://w3id.org/dek/ontology#Measurement")
    measured = {quad.subject for quad in store.quads_for_pattern(None, TYPE, measurement)}
    assert targets
    assert measured
    assert targets | measured <= named
    assert measurement not in named


def test_nothing_but_headers_is_lost_by_flattening(store: ox.Store) -> None:
    flat = {(s, p, o) for s, p, o in flat_triples(store, Settings())}
    headers = {quad.subject for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(OWL + "Ontology"))}
    plain = {
        (quad.subject, quad.predicate, quad.object)
        for quad in store
        if quad.subject not in headers and ox.BlankNode not in (type(quad.subject), type(quad.object))
    }
    assert plain <= flat


def test_a_union_in_the_default_graph_is_not_dumped_twice(store: ox.Store) -> None:
    before = written(store, "nq"), written(store, "ttl")
    store.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store])
    assert (written(store, "nq"), written(store, "ttl")) == before


@pytest.mark.parametrize("name", list(FORMATS))
def test_order_does_not_matter(store: ox.Store, name: str) -> None:
    quads = list(store)
    first = written(quads, name)
    random.Random(7).shuffle(quads)
    assert written(quads, name) == first


def test_n_quads_are_sorted_lines(store: ox.Store) -> None:
    lines = written(store, "nq").splitlines()
    assert lines == sorted(lines)
    assert len(set(lines)) == len(lines) == len(store)


def test_the_turtle_is_for_people(store: ox.Store) -> None:
    text = written(store, "ttl").decode()
    assert "dek:Measurement a owl:Class" in text.replace("\n", " ")
    assert "id-place:lhasa a dek:AdministrativeArea" in text
    assert "_:" not in text
    assert text.index("<https://w3id.org/dek/ontology/full>") < text.index("\ndek:Measurement") < text.index("\nid-place:lhasa")


def test_json_ld_is_json(store: ox.Store) -> None:
    assert len(json.loads(written(store, "jsonld"))) > 5


def test_control_characters_do_not_break_xml() -> None:
    node = ox.NamedNode("https://w3id.org/dek/x")
    text = written([ox.Quad(node, ox.NamedNode("http://example.org/p"), ox.Literal("a\x01b\x0bc"), node)], "rdf")
    (triple,) = [quad for quad in ox.parse(text, ox.RdfFormat.RDF_XML) if quad.predicate.value == "http://example.org/p"]
    assert triple.object == ox.Literal("a\ufffdb\ufffdc")


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"'doc' is no dump format\n.*ttl, nt, rdf, nq, trig, jsonld"):
        list(dump([], "doc", Settings()))


NODES = st.sampled_from([ox.NamedNode(f"https://w3id.org/dek/id/place/{key}") for key in ("a", "b.c", "d.", "e,f", "-g", "北京", "")])
BLANKS = st.sampled_from([ox.BlankNode(f"b{number}") for number in range(5)])
LITERALS = st.builds(ox.Literal, st.text(st.characters(exclude_categories=["Cs"]))) | st.builds(
    lambda number: ox.Literal(number), st.integers(-(10**6), 10**6)
)
PREDICATES = st.sampled_from(
    [
        TYPE,
        *(ox.NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}") for name in ("first", "rest")),
        ox.NamedNode("http://e.org/p"),
    ]
)
TRIPLES = st.builds(ox.Triple, NODES | BLANKS, PREDICATES, NODES | BLANKS | LITERALS)


@given(st.lists(TRIPLES, max_size=15))
def test_any_graph_comes_back_from_our_turtle(triples: list[ox.Triple]) -> None:
    text = b"".join(turtle(triples, prefixes("https://w3id.org/dek/")))
    back = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    assert canonical(ox.Quad(s, p, o) for s, p, o in back) == canonical(ox.Quad(s, p, o) for s, p, o in triples)
    assert Counter(map(type, back)).total() == len(set(triples))
