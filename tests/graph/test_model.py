"""The ontology says everything the code and the contracts need, in the words that reports print."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.articles.article import SEGMENT_KINDS
from kg.extract.reading import COMPARATORS, ENTITY_TYPES, PREDICATES, STATISTICS, STATUSES
from kg.graph.assemble import CLASSES
from kg.graph.modules import MODULES, canonical, members, module, module_text
from kg.lexicon.gazetteer import ADMIN_LEVELS
from kg.settings import DEFAULT_BASE, share

ONTOLOGY = DEFAULT_BASE + "ontology#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"
PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"


def literals(subject: str, predicate: str) -> dict[str, str]:
    found = {}
    for name in MODULES:
        for s, p, o in module(name, DEFAULT_BASE):
            if isinstance(s, ox.NamedNode) and s.value == subject and p.value == predicate and isinstance(o, ox.Literal | ox.NamedNode):
                found[(o.language or "") if isinstance(o, ox.Literal) else ""] = o.value
    return found


def own_terms() -> list[str]:
    return sorted({s.value for s, _, _ in module("core", DEFAULT_BASE) if isinstance(s, ox.NamedNode) and s.value.startswith(ONTOLOGY)})


@pytest.mark.parametrize(
    ("scheme", "class_", "keys"),
    [
        ("comparator", "Comparator", COMPARATORS),
        ("status", "Status", STATUSES),
        ("statistic", "Statistic", STATISTICS),
        ("predicate", "Predicate", PREDICATES),
        ("section", "Section", SEGMENT_KINDS),
        ("admin-level", "AdminLevel", tuple(set(ADMIN_LEVELS.values()))),
    ],
)
def test_code_lists_hold_exactly_what_readings_may_say(scheme: str, class_: str, keys: tuple[str, ...]) -> None:
    assert members("schemes", class_, DEFAULT_BASE) == {f"{DEFAULT_BASE}id/{scheme}/{key}" for key in keys}


REPORTED = {
    "comparator": (COMPARATORS, "exact approx nearly more_than at_least less_than up_to at_least"),
    "status": (STATUSES, "actual actual actual forecast target"),
    "statistic": (STATISTICS, "level cumulative_flow cumulative_flow change change share rank"),
    "predicate": (PREDICATES, " ".join(PREDICATES)),
}


@pytest.mark.parametrize(
    ("concept", "code"),
    [(f"{list_}/{key}", code) for list_, (keys, codes) in REPORTED.items() for key, code in zip(keys, codes.split(" "), strict=True)],
)
def test_report_codes(concept: str, code: str) -> None:
    assert literals(f"{DEFAULT_BASE}id/{concept}", ONTOLOGY + "reportCode") == {"": code}


def test_every_entity_type_has_a_class_that_reports_know() -> None:
    printed = {"project": "programme"}
    assert {*CLASSES, "place"} == set(ENTITY_TYPES)
    for type_, class_ in {**CLASSES, "place": "Place"}.items():
        assert literals(ONTOLOGY + class_, ONTOLOGY + "reportType") == {"": printed.get(type_, type_)}


@pytest.mark.parametrize("term", own_terms())
def test_every_term_has_labels_in_three_languages_and_a_definition(term: str) -> None:
    assert {"en", "fr", "zh-hans"} <= set(literals(term, LABEL))
    assert literals(term, DEFINITION).get("en", "").endswith((".", ")", "…"))


@pytest.mark.parametrize("concept", sorted({s.value for s, p, _ in module("schemes", DEFAULT_BASE) if p.value == DEFINITION}))  # type: ignore[union-attr]
def test_every_concept_has_labels_in_three_languages(concept: str) -> None:
    assert {"en", "fr", "zh-hans"} <= set(literals(concept, PREFERRED))


def test_data_properties_range_over_datatypes_that_stores_keep_and_reasoners_know() -> None:
    allowed = {f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("string", "decimal", "integer", "boolean", "dateTime", "anyURI")}
    core = module("core", DEFAULT_BASE)
    properties = {s.value for s, _, o in core if str(o).endswith("#DatatypeProperty>") and isinstance(s, ox.NamedNode)}
    ranges = {
        o.value
        for s, p, o in core
        if p.value.endswith("#range") and isinstance(o, ox.NamedNode) and isinstance(s, ox.NamedNode) and s.value in properties
    }
    assert ranges <= allowed
    assert len(ranges) == len(allowed)


def test_no_property_has_two_domains_or_ranges() -> None:
    seen: dict[tuple[str, str], int] = {}
    for s, p, _ in module("core", DEFAULT_BASE):
        if p.value.endswith(("#domain", "#range")):
            seen[str(s), p.value] = seen.get((str(s), p.value), 0) + 1
    assert [key for key, count in seen.items() if count > 1] == []


def test_terms_that_the_code_writes_are_declared() -> None:
    from pathlib import Path

    import kg.graph

    used = set()
    for path in Path(kg.graph.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'\bterm\("([A-Za-z]+)"\)', text)) | set(re.findall(r"\bdek:([A-Za-z]+)\b", text))
    declared = {term.removeprefix(ONTOLOGY) for term in own_terms()}
    assert used - declared - {"expected"} == set()
    assert len(used) > 80


def test_terms_that_the_shapes_name_are_declared() -> None:
    used = set(re.findall(r"\bdek:([A-Za-z]+)\b", module_text("shapes", DEFAULT_BASE)))
    assert used <= {term.removeprefix(ONTOLOGY) for term in own_terms()}


def test_another_base_replaces_ours_everywhere() -> None:
    for name in MODULES:
        assert not any(DEFAULT_BASE in str(triple) for triple in module(name, "https://data.example.org/"))


def test_blank_nodes_get_the_same_names_each_time() -> None:
    first = canonical(("core", "description"), DEFAULT_BASE)
    module.cache_clear()
    canonical.cache_clear()
    assert canonical(("core", "description"), DEFAULT_BASE) == first


def test_the_catalogue_maps_each_module_to_its_file() -> None:
    folder = share("ontology")
    root = ElementTree.parse(folder / "catalog-v001.xml").getroot()
    entries = {entry.attrib["name"]: entry.attrib["uri"] for entry in root}
    headers = {}
    for name in MODULES:
        for s, _, o in module(name, DEFAULT_BASE):
            if str(o).endswith("owl#Ontology>") and isinstance(s, ox.NamedNode):
                headers[s.value] = f"{name}.ttl"
    assert entries == headers
    assert all((folder / uri).is_file() for uri in entries.values())
