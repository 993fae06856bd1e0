"""The ontology modules and a dump load through the OWL API, which Protégé is built on, without loss and within OWL 2 DL."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.graph.owlapi import owl_check

from kg.graph import dump
from kg.graph.modules import MODULES, canonical
from kg.settings import Settings, share
from kg.store import open_current

IMPORTS = {
    "https://w3id.org/dek/ontology": share("ontology") / "core.ttl",
    "https://w3id.org/dek/schemes": share("ontology") / "schemes.ttl",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, blobs: list[bytes], settings: Settings) -> tuple[dict[str, dict[str, int]], str]:
    folder = tmp_path_factory.mktemp("owlapi")
    store = ox.Store()
    for blob in blobs:
        store.load(blob, ox.RdfFormat.N_QUADS)
    (folder / "dump.ttl").write_bytes(b"".join(dump(store, "ttl", settings)))
    broken = (
        "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "<http://example.org/> a owl:Ontology . :p a owl:DatatypeProperty . :q a owl:ObjectProperty . :A a owl:Class .\n"
        ':x a :A ; :p "2018-01-01"^^xsd:date ; :undeclared :x . [] a owl:AllDisjointClasses .\n'
    )
    (folder / "broken.ttl").write_text(broken)
    files = [share("ontology") / f"{name}.ttl" for name in MODULES]
    return owl_check([*files, folder / "dump.ttl", folder / "broken.ttl"], IMPORTS)


@pytest.mark.parametrize("name", [*(f"{name}.ttl" for name in MODULES), "dump.ttl"])
def test_file_loads_whole_and_is_owl_2_dl(loaded: tuple[dict[str, dict[str, int]], str], name: str) -> None:
    results, output = loaded
    assert results[name]["unparsed"] == 0, output
    assert results[name]["violations"] == 0, output
    assert results[name]["axioms"] > 50


def test_dump_is_one_ontology_whose_individuals_are_all_there(
    loaded: tuple[dict[str, dict[str, int]], str], blobs: list[bytes], settings: Settings
) -> None:
    results, _ = loaded
    assert results["dump.ttl"]["imports"] == 0
    store = ox.Store()
    for blob in blobs:
        store.load(blob, ox.RdfFormat.N_QUADS)
    flat = ox.Store()
    flat.load(b"".join(dump(store, "nt", settings)), ox.RdfFormat.N_TRIPLES)
    named = flat.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a <http://www.w3.org/2002/07/owl#NamedIndividual> }")
    assert isinstance(named, ox.QuerySolutions)
    assert results["dump.ttl"]["individuals"] == int(next(named)["n"].value)


def test_the_dump_of_the_five_articles_loads_whole_and_is_owl_2_dl(seeds_store: Path, tmp_path: Path, settings: Settings) -> None:
    snapshot = open_current(seeds_store)
    try:
        (tmp_path / "seeds.ttl").write_bytes(b"".join(dump(snapshot.quads(), "ttl", settings)))
    finally:
        snapshot.close()
    results, output = owl_check([tmp_path / "seeds.ttl"], {})
    assert (results["seeds.ttl"]["unparsed"], results["seeds.ttl"]["violations"], results["seeds.ttl"]["imports"]) == (0, 0, 0), output
    assert results["seeds.ttl"]["individuals"] > 1000


def test_the_check_itself_sees_what_is_wrong(loaded: tuple[dict[str, dict[str, int]], str]) -> None:
    results, output = loaded
    assert results["broken.ttl"]["violations"] > 0, output
    assert results["broken.ttl"]["unparsed"] > 0, output


HERMIT = """
import sys, owlready2
world = owlready2.World()
ontology = world.get_ontology("file://" + sys.argv[1]).load()
with ontology:
    owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
print("unsatisfiable", sorted(str(c) for c in world.inconsistent_classes()))
for name in ("TargetMeasurement", "ActualMeasurement", "ForecastMeasurement", "DerivedMeasurement"):
    print(name, sum(1 for _ in world["https://w3id.org/dek/ontology#" + name].instances(world=world)))
"""


def test_hermit_finds_the_model_consistent_and_classifies_measurements(tmp_path: Path, article_blob: bytes, settings: Settings) -> None:
    lines = [f"{triple} .".encode() for triple in canonical(("core",), settings.base)]
    lines += [f"{quad.triple} .".encode() for quad in ox.parse(article_blob, ox.RdfFormat.N_QUADS)]
    measured = {
        line.split(b" ", 1)[0]
        for line in lines
        if line.endswith(b"<https://w3id.org/dek/ontology#Measurement> .") and b"id/measurement" in line
    }
    individual = b" <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#NamedIndividual> ."
    path = tmp_path / "sample.nt"
    path.write_bytes(b"\n".join([*lines, *(node + individual for node in measured)]) + b"\n")
    done = subprocess.run(
        [sys.executable, "-c", HERMIT, str(path)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "unsatisfiable []" in done.stdout
    assert "TargetMeasurement 1" in done.stdout
    assert "ActualMeasurement 5" in done.stdout
    assert "DerivedMeasurement 1" in done.stdout
