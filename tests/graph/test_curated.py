from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import LexiconError
from kg.graph.curated import core_quads, decimal_of, indicator_triples
from kg.lexicon import DATA, Lexicon
from kg.settings import Settings

BASE = "https://w3id.org/dek/"


@pytest.fixture(scope="module")
def core(core_blob: bytes) -> ox.Store:
    store = ox.Store()
    store.load(core_blob, ox.RdfFormat.N_QUADS)
    return store


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    quads = store.quads_for_pattern(ox.NamedNode(BASE + subject), ox.NamedNode(predicate), None)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)}


def test_four_graphs_and_blank_nodes_in_the_ontology_only(core: ox.Store) -> None:
    names = ("ontology", "scheme", "gazetteer", "alignment")
    assert {str(name) for name in core.named_graphs()} == {f"<{BASE}graph/{name}>" for name in names}
    blank = {str(quad.graph_name) for quad in core if ox.BlankNode in (type(quad.subject), type(quad.object))}
    assert blank == {f"<{BASE}graph/ontology>"}


def test_every_place_of_the_gazetteer_is_there_with_its_identities(core: ox.Store, lexicon: Lexicon) -> None:
    for place in lexicon.gazetteer:
        same = values(core, f"id/place/{place.key}", "http://www.w3.org/2002/07/owl#sameAs")
        expected = set()
        if place.wikidata:
            expected.add(f"http://www.wikidata.org/entity/{place.wikidata}")
        if place.geonames:
            expected.add(f"https://sws.geonames.org/{place.geonames}/")
        if place.dbpedia:
            expected.add(place.dbpedia)
        assert same == expected
        assert (f"{BASE}id/place/{place.parent}" in values(core, f"id/place/{place.key}", BASE + "ontology#partOf")) == bool(place.parent)


def test_a_seat_is_never_the_same_as_its_area(core: ox.Store, lexicon: Lexicon) -> None:
    place = next(place for place in lexicon.gazetteer if place.seat_geonames)
    seat = f"https://sws.geonames.org/{place.seat_geonames}/"
    assert values(core, f"id/place/{place.key}", BASE + "ontology#administrativeSeat") == {seat}
    assert seat not in values(core, f"id/place/{place.key}", "http://www.w3.org/2002/07/owl#sameAs")


def test_units_have_codes_factors_and_matches(core: ox.Store) -> None:
    assert values(core, "id/unit/mu", BASE + "ontology#reportCode") == {"ha"}
    assert values(core, "id/unit/mu", BASE + "ontology#reportFactor") == {"0.066666666666666667"}
    assert "http://qudt.org/vocab/unit/CCY_CNY" in values(core, "id/unit/CNY", "http://www.w3.org/2004/02/skos/core#exactMatch")
    assert "http://qudt.org/vocab/unit/INDIV" in values(core, "id/unit/person", "http://www.w3.org/2004/02/skos/core#closeMatch")


def test_indicators_have_plain_labels_too(core: ox.Store, lexicon: Lexicon) -> None:
    triples = indicator_triples(lexicon, Settings())
    indicator = next(s for s, p, o in triples if isinstance(s, ox.NamedNode) and str(o).endswith("#Indicator>"))
    assert isinstance(indicator, ox.NamedNode)
    key = indicator.value.removeprefix(BASE)
    preferred = values(core, key, "http://www.w3.org/2004/02/skos/core#prefLabel")
    assert preferred
    assert values(core, key, "http://www.w3.org/2000/01/rdf-schema#label") == preferred


def test_another_base_leaves_nothing_of_ours(lexicon: Lexicon) -> None:
    blob = core_quads(lexicon, Settings(base="https://data.example.org/dek/"))
    assert b"w3id.org/dek" not in blob
    assert b"<https://data.example.org/dek/id/indicator/" in blob


def test_decimal_of_rounds_half_to_even() -> None:
    assert str(decimal_of(Fraction(1, 3), 4)) == "0.3333"
    assert str(decimal_of(Fraction(5, 1000), 2)) == "0.00"
    assert str(decimal_of(Fraction(15, 1000), 2)) == "0.02"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@prefix dek: <https://w3id.org/dek/ontology#> .\n\ndek:x dek:y .", "not Turtle"),
        ('<https://w3id.org/dek/id/indicator/x> <https://w3id.org/dek/ontology#expectedUnit> "furlong" .', "furlong"),
        ("<https://w3id.org/dek/id/indicator/x> <https://w3id.org/dek/ontology#expectedUnit> [] .", "blank node"),
        ("<https://w3id.org/dek/x> a <http://www.w3.org/2002/07/owl#Ontology> .", "header"),
        ("# caf\udce9", "not UTF-8"),
        (None, "missing"),
    ],
)
def test_a_wrong_scheme_of_indicators_is_named(tmp_path: Path, text: str | None, message: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "indicators.ttl").unlink()
    if text is not None:
        (folder / "indicators.ttl").write_text(text, errors="surrogateescape")
    with pytest.raises(LexiconError, match=message) as caught:
        indicator_triples(Lexicon(folder), Settings())
    assert str(folder / "indicators.ttl") in str(caught.value)


def test_expected_units_may_be_keys(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "indicators.ttl").write_text('<https://w3id.org/dek/id/indicator/x> <https://w3id.org/dek/ontology#expectedUnit> "CNY" .')
    (triple,) = indicator_triples(Lexicon(folder), Settings())
    assert triple.object == ox.NamedNode("https://w3id.org/dek/id/unit/CNY")
