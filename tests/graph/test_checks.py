"""A good graph passes every check; for each check there is damage that it must find."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from tests.graph import sample

from kg.errors import UsageError
from kg.graph.checks import CHECKS, Finding, run_checks
from kg.settings import Settings

BASE = "https://w3id.org/dek/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SOURCE = f"{BASE}graph/source/{sample.article().source.sha256[:12]}"
DOCUMENT = f"{BASE}id/document/{sample.article().source.sha256[:12]}"
CURATED = {"ontology", "scheme", "gazetteer", "alignment", "reconciliation", "derived", "meta"}


def node(name: str) -> ox.NamedNode:
    """``dek:x``, ``id:x``, ``graph:x`` or a whole IRI."""
    for prefix, space in (("dek:", "ontology#"), ("id:", "id/"), ("graph:", "graph/")):
        if name.startswith(prefix):
            return ox.NamedNode(BASE + space + name.removeprefix(prefix))
    return ox.NamedNode(name)


def the(store: ox.Store, predicate: str, value: str) -> ox.NamedNode:
    """The subject in the source graph that has this plain value."""
    for quad in store.quads_for_pattern(None, node(predicate), None, ox.NamedNode(SOURCE)):
        if isinstance(quad.object, ox.Literal | ox.NamedNode) and quad.object.value in (
            value,
            node(value).value if ":" in value else value,
        ):
            assert isinstance(quad.subject, ox.NamedNode)
            return quad.subject
    raise AssertionError(f"nothing has {predicate} {value}")


def add(subject: str, predicate: str, target: object, graph: str = SOURCE) -> Callable[[ox.Store], None]:
    def change(store: ox.Store) -> None:
        object_ = target if isinstance(target, ox.Literal | ox.BlankNode) else node(str(target))
        store.add(ox.Quad(node(subject), node(predicate), object_, node(graph)))

    return change


def drop(predicate: str, value: str, gone: str) -> Callable[[ox.Store], None]:
    """Remove what the subject that has ``value`` says with ``gone``."""

    def change(store: ox.Store) -> None:
        found = list(store.quads_for_pattern(the(store, predicate, value), node(gone), None, ox.NamedNode(SOURCE)))
        assert found
        for quad in found:
            store.remove(quad)

    return change


def swap(predicate: str, value: str, changed: str, target: object) -> Callable[[ox.Store], None]:
    def change(store: ox.Store) -> None:
        subject = the(store, predicate, value)
        drop(predicate, value, changed)(store) if changed != predicate else None
        if changed == predicate:
            for quad in list(store.quads_for_pattern(subject, node(changed), None)):
                store.remove(quad)
        add(subject.value, changed, target)(store)

    return change


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


def unlabel_term(store: ox.Store) -> None:
    for quad in list(store.quads_for_pattern(node("dek:covers"), None, None, node("graph:ontology"))):
        if isinstance(quad.object, ox.Literal) and quad.object.language == "fr":
            store.remove(quad)


def only_default(store: ox.Store) -> None:
    store.add(ox.Quad(node("id:x"), node("dek:kind"), ox.Literal("x")))


def move_passage(store: ox.Store) -> None:
    for quad in list(store.quads_for_pattern(the(store, "dek:exactText", "240"), None, None)):
        store.remove(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object, node("graph:source/000000000000")))


def wrong_sum(store: ox.Store) -> None:
    for quad in list(store.quads_for_pattern(None, node("dek:reportValue"), None, node("graph:derived"))):
        store.remove(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, typed("641", "decimal"), quad.graph_name))


DAMAGE: list[tuple[str, str, Callable[[ox.Store], None]]] = [
    ("default-graph", "no named graph", only_default),
    ("blank-nodes", "blank nodes", add("id:x", "dek:kind", ox.BlankNode("b"))),
    ("dangling", "nothing describes it", add(DOCUMENT, "dek:publishedBy", "id:organisation/nobody")),
    ("dangling", "id/indicator/unheard-of", swap("dek:valueText", "400", "dek:indicator", "id:indicator/unheard-of")),
    ("declared", "property is used", add(DOCUMENT, "dek:colour", ox.Literal("blue"))),
    ("declared", "class is used", add(DOCUMENT, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "dek:Novel")),
    ("property-kinds", "holds a literal", add(DOCUMENT, "dek:publishedBy", ox.Literal("Agence"))),
    ("property-kinds", "points to a thing", add(DOCUMENT, "dek:rights", "id:x")),
    ("datatypes", "reasoners refuse", add(DOCUMENT, "dek:publishedOn", typed("2031-12-24", "date"))),
    ("datatypes", "its range is", add(DOCUMENT, "dek:fileName", typed("7", "integer"))),
    ("datatypes", "three fractional digits", add(DOCUMENT, "dek:publishedOn", typed("2031-12-24T00:00:00.123456Z", "dateTime"))),
    ("labels", "it has no label", add("id:event/x", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "dek:Event")),
    ("labels", "no French label", unlabel_term),
    ("offsets", "the source has", swap("dek:exactText", "400", "dek:exactText", ox.Literal("401", language="fr"))),
    ("offsets", "context", swap("dek:exactText", "400", "dek:prefixText", ox.Literal("autre chose"))),
    ("offsets", "does not stand at", swap("dek:beforeText", "?", "dek:beforeText", ox.Literal("!"))),
    ("provenance", "no passage", drop("dek:valueText", "400", "dek:statedIn")),
    ("provenance", "and is of", move_passage),
    ("provenance", "own computing", add("id:measurement/x", "dek:derivationText", ox.Literal("1 + 1"))),
    ("provenance", "recorded in", swap("dek:valueText", "400", "dek:recordedIn", typed(BASE + "graph/other", "anyURI"))),
    ("provenance", "does not say", drop("dek:valueText", "400", "dek:recordedIn")),
    ("provenance", "does not stand in its passage", swap("dek:valueText", "400", "dek:valueText", ox.Literal("401"))),
    ("derived-sums", "parts add up to 640", wrong_sum),
    ("counts", "void:triples", add(DOCUMENT, "dek:rights", ox.Literal("one more"))),
    ("counts", "void:propertyPartition", add(DOCUMENT, "dek:rights", ox.Literal("one more"))),
    ("counts", "void:classPartition", add("id:event/x", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "dek:Event")),
    ("counts", "void:subset", add("id:event/x", "dek:kind", ox.Literal("fair"), "graph:source/new")),
    ("links", "does not have the form", add("id:place/lhasa", "http://www.w3.org/2002/07/owl#sameAs", "https://www.wikidata.org/entity/Q5869")),
    ("links", "does not have the form", add("id:place/lhasa", "http://www.w3.org/2002/07/owl#sameAs", "http://www.wikidata.org/entity/5869")),
    ("links", "no known data set", add("id:place/lhasa", "http://www.w3.org/2002/07/owl#sameAs", "http://example.org/lhasa")),
    ("shapes", "reportValue", drop("dek:valueText", "400", "dek:reportValue")),
    ("shapes", "maxCount|More than 1", add(DOCUMENT, "dek:sha256", ox.Literal("0" * 64))),
    ("shapes", "claim", drop("dek:claimLiteral", "2031-05", "dek:statedIn")),
    ("shapes", "bounds", swap("dek:valueText", "entre 10 et 12 %", "dek:upperBound", typed("3", "decimal"))),
    ("shapes", "AndConstraint|and", drop("dek:valueText", "plus de 640", "dek:lowerBound")),
]  # fmt: skip


def test_a_good_graph_passes_every_check(store: ox.Store, texts: dict[str, str], settings: Settings) -> None:
    assert run_checks(store, texts, settings) == []


@pytest.mark.parametrize(("check", "message", "damage"), DAMAGE, ids=[f"{check}-{number}" for number, (check, _, _) in enumerate(DAMAGE)])
def test_damage_is_found(
    check: str, message: str, damage: Callable[[ox.Store], None], store: ox.Store, texts: dict[str, str], settings: Settings
) -> None:
    damage(store)
    findings = run_checks(store, texts, settings, [check])
    assert findings
    assert all(finding.check == check for finding in findings)
    if check != "shapes":
        assert any(message in f"{finding.subject} {finding.message}" for finding in findings), findings


def test_every_check_has_a_test_of_its_damage_and_a_docstring() -> None:
    assert set(CHECKS) - {"flat-header"} == {check for check, _, _ in DAMAGE}
    assert all(check.__doc__ for check in CHECKS.values())


def test_a_second_header_in_the_flat_dump_is_found(
    store: ox.Store, texts: dict[str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = node("http://example.org/other")
    extra = {
        ox.Triple(header, node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), node("http://www.w3.org/2002/07/owl#Ontology")),
        ox.Triple(header, node("http://www.w3.org/2002/07/owl#imports"), node("http://example.org/more")),
    }
    monkeypatch.setattr("kg.graph.checks.structure.flat_triples", lambda quads, settings: extra)
    messages = [finding.message for finding in run_checks(store, texts, settings, ["flat-header"])]
    assert len(messages) == 2
    assert any("http://example.org/other" in message for message in messages)


def test_a_text_that_is_not_stored_is_missed(store: ox.Store, settings: Settings) -> None:
    assert run_checks(store, {}, settings, ["offsets"]) == [Finding("offsets", "violation", DOCUMENT, "its source text is not stored")]


def test_a_text_that_was_changed_is_found(store: ox.Store, texts: dict[str, str], settings: Settings) -> None:
    changed = {sha256: "x" + text for sha256, text in texts.items()}
    assert len(run_checks(store, changed, settings, ["offsets"])) > 10


def test_an_unknown_link_is_a_warning_only(store: ox.Store, texts: dict[str, str], settings: Settings) -> None:
    add("id:place/lhasa", "http://www.w3.org/2002/07/owl#sameAs", "http://example.org/lhasa")(store)
    assert [finding.severity for finding in run_checks(store, texts, settings, ["links"])] == ["warning"]


def test_a_union_in_the_default_graph_is_no_fault(store: ox.Store, texts: dict[str, str], settings: Settings) -> None:
    store.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store])
    assert run_checks(store, texts, settings, [name for name in CHECKS if name != "shapes"]) == []


def test_an_unknown_check_is_refused_by_name(store: ox.Store, texts: dict[str, str], settings: Settings) -> None:
    with pytest.raises(UsageError, match="'spelling' is no check"):
        run_checks(store, texts, settings, ["spelling"])


def test_another_base_is_checked_as_well(texts: dict[str, str]) -> None:
    from kg.graph import article_quads, core_quads, derived_quads, meta_quads
    from kg.lexicon import shipped

    settings = Settings(base="https://data.example.org/")
    blobs = [core_quads(shipped(), settings), article_quads(sample.article(), sample.reading(), shipped(), settings)]
    blobs.append(derived_quads(blobs[1:], shipped(), settings))
    blobs.append(meta_quads(blobs, settings))
    store = ox.Store()
    for blob in blobs:
        store.load(blob, ox.RdfFormat.N_QUADS)
    assert not any(b"w3id.org" in blob for blob in blobs[1:3])
    assert run_checks(store, texts, settings) == []
