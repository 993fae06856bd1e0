from __future__ import annotations

import pyoxigraph as ox

from kg.graph import meta_quads
from kg.settings import Settings

VOID = "http://rdfs.org/ns/void#"
DATASET = "https://w3id.org/dek/dataset"


def number(blob: bytes, name: str) -> int:
    (quad,) = [q for q in ox.parse(blob, ox.RdfFormat.N_QUADS) if q.predicate.value == VOID + name and str(q.subject) == f"<{DATASET}>"]
    assert isinstance(quad.object, ox.Literal)
    return int(quad.object.value)


def test_numbers_are_those_of_the_graphs_described(blobs: list[bytes]) -> None:
    described = blobs[:-1]
    lines = [line for blob in described for line in blob.splitlines()]
    assert number(blobs[-1], "triples") == len(lines)
    assert number(blobs[-1], "properties") == len({line.split(b" ")[1] for line in lines})
    assert number(blobs[-1], "documents") == 1


def test_links_are_counted_by_target(blobs: list[bytes]) -> None:
    core = blobs[0]
    wikidata = sum(b"#sameAs> <http://www.wikidata.org/entity/" in line for line in core.splitlines())
    linkset = b"<https://w3id.org/dek/dataset/links/wikidata-sameAs> <http://rdfs.org/ns/void#triples> "
    assert linkset + b'"%d"^^<http://www.w3.org/2001/XMLSchema#integer>' % wikidata in blobs[-1]


def test_the_build_used_each_document_and_tells_no_time(blobs: list[bytes]) -> None:
    assert blobs[-1].count(b"prov#used>") == 1
    assert b"endedAtTime" not in blobs[-1]


def test_a_time_is_told_when_one_is_given(blobs: list[bytes]) -> None:
    assert b'endedAtTime> "2023-11-14T22:13:20Z"^^' in meta_quads(blobs[:1], Settings(), built_at=1_700_000_000)


def test_order_of_blobs_does_not_matter(blobs: list[bytes]) -> None:
    assert meta_quads(reversed(blobs[:-1]), Settings()) == blobs[-1]


def test_each_dump_format_is_a_distribution(blobs: list[bytes]) -> None:
    for name in ("ttl", "nt", "rdf", "nq", "trig", "jsonld"):
        assert f"downloadURL> <https://w3id.org/dek/data/dek.{name}>".encode() in blobs[-1]
