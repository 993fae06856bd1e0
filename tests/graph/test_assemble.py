from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.graph import sample

from kg.articles import Quote, Repair
from kg.errors import KgError
from kg.extract.reading import Entity, Indicator, Mention, Reading
from kg.graph import article_quads
from kg.graph.assemble import report_value
from kg.lexicon import Lexicon
from kg.settings import Settings

ONTOLOGY = "https://w3id.org/dek/ontology#"
ID = "https://w3id.org/dek/id/"


class Graph:
    """The triples of one source with short names: ``graph["bornes", "value"]``."""

    def __init__(self, blob: bytes) -> None:
        self.triples: list[tuple[str, str, str]] = []
        for quad in ox.parse(blob, ox.RdfFormat.N_QUADS):
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            self.triples.append((short(quad.subject.value), short(quad.predicate.value), short(quad.object.value)))

    def of(self, subject: str, predicate: str) -> set[str]:
        return {o for s, p, o in self.triples if s == subject and p == predicate}

    def one(self, subject: str, predicate: str) -> str:
        (value,) = self.of(subject, predicate)
        return value

    def subjects(self, predicate: str, target: str) -> list[str]:
        return sorted(s for s, p, o in self.triples if p == predicate and o == target)

    def measurement(self, text: str) -> str:
        (node,) = self.subjects("valueText", text)
        return node


def short(iri: str) -> str:
    return iri.removeprefix(ONTOLOGY).removeprefix(ID)


@pytest.fixture(scope="module")
def graph(article_blob: bytes) -> Graph:
    return Graph(article_blob)


def quads(reading: Reading, lexicon: Lexicon, **article: object) -> bytes:
    return article_quads(replace(sample.article(), **article), reading, lexicon, Settings())  # type: ignore[arg-type]


def test_all_is_in_the_graph_of_the_source_and_no_node_is_blank(article_blob: bytes) -> None:
    key = sample.article().source.sha256[:12]
    for quad in ox.parse(article_blob, ox.RdfFormat.N_QUADS):
        assert quad.graph_name == ox.NamedNode(f"https://w3id.org/dek/graph/source/{key}")
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)


def test_document_tells_what_is_known_about_the_article(graph: Graph) -> None:
    (node,) = graph.subjects("documentName", "essai")
    assert graph.one(node, "fileName") == "essai.txt"
    assert graph.one(node, "publishedDay") == "2031-12-24"
    assert graph.one(node, "publishedOn") == "2031-12-24T00:00:00Z"
    assert graph.one(node, "url") == "https://example.org/a?b=1"
    assert graph.one(node, "damaged") == "true"
    assert graph.one(graph.one(node, "publishedBy"), "http://www.w3.org/2000/01/rdf-schema#label") == 'Agence "Écho"'


def test_measurement_has_value_bounds_unit_and_its_exact_passage(graph: Graph) -> None:
    node = graph.measurement("plus de 640")
    assert graph.one(node, "value") == graph.one(node, "lowerBound") == graph.one(node, "reportValue") == "640"
    assert graph.one(node, "comparator") == "comparator/more-than"
    assert graph.one(node, "place").startswith("place/bourg-de-valmont-")
    passage = graph.one(node, "statedIn")
    start, end = int(graph.one(passage, "startOffset")), int(graph.one(passage, "endOffset"))
    assert sample.TEXT[start:end] == graph.one(passage, "exactText") == "plus de 640"
    assert sample.TEXT[:start].endswith(graph.one(passage, "prefixText"))
    assert sample.TEXT[end:].startswith(graph.one(passage, "suffixText"))


def test_parts_restatements_and_readings_are_kept(graph: Graph) -> None:
    total = graph.measurement("plus de 640")
    assert graph.subjects("partOfTotal", total) == sorted([graph.measurement("400"), graph.measurement("240")])
    euros = graph.measurement("0,5 milliard d?euros")
    assert graph.one(euros, "equivalentOf") == graph.one(euros, "derivedFrom") == graph.measurement("3,5 milliards de yuans")
    assert graph.of(total, "confidencePart") == {"rule=0.95", "place=0.9"}
    assert graph.one(total, "confidence") == "0.855"
    assert graph.one(graph.measurement("3,5 milliards de yuans"), "flag") == "carried"


def test_a_range_is_reported_by_its_lower_bound(graph: Graph) -> None:
    node = graph.measurement("entre 10 et 12 %")
    assert (graph.one(node, "reportValue"), graph.one(node, "reportUpperBound")) == ("10", "12")
    assert graph.one(node, "candidateValue") == "1.2"
    assert graph.one(graph.one(node, "period"), "lastDay") == "2035-12-31"
    assert graph.one(node, "basePeriod") == "period/2031-01-01_2031-12-31"
    assert graph.one(node, "attributedTo").startswith("organisation/societe-lumen-")


def test_mentions_name_their_entity_and_passage(graph: Graph) -> None:
    (mention,) = graph.subjects("nameAsWritten", "Lhassa")
    assert graph.one(mention, "mentions") == "place/lhasa"
    assert graph.one(graph.one(mention, "mentionPassage"), "exactText") == "Lhassa"


def test_repairs_keep_what_stood_and_what_was_read(graph: Graph) -> None:
    (repair,) = graph.subjects("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "Repair")
    assert (graph.one(repair, "beforeText"), graph.one(repair, "afterText")) == ("?", "’")


def test_direct_triples_follow_from_what_is_reported_and_not_from_plans(graph: Graph) -> None:
    (plan,) = graph.subjects("http://www.w3.org/2000/01/rdf-schema#label", "plan Horizon")
    assert graph.one(plan, "runBy").startswith("organisation/societe-lumen-")
    assert graph.of(plan, "covers") == set()
    (claim,) = graph.subjects("claimPredicate", "predicate/covers")
    assert (graph.one(claim, "claimObject"), graph.one(claim, "hasStatus")) == ("place/lhasa", "status/target")


def test_what_a_territory_does_its_government_does(graph: Graph) -> None:
    (network,) = graph.subjects("infrastructureType", "infrastructure-type/network")
    government = graph.one(network, "establishedBy")
    assert government == "organisation/government-of-lhasa"
    assert graph.one(government, "governmentOf") == "place/lhasa"
    (claim,) = graph.subjects("claimPredicate", "predicate/establishedBy")
    assert graph.one(claim, "claimObject") == "place/lhasa"


def test_a_start_date_becomes_the_open_period_of_the_entity(graph: Graph) -> None:
    (network,) = graph.subjects("infrastructureType", "infrastructure-type/network")
    assert graph.one(network, "period") == "period/2031-05-01_open"
    (claim,) = graph.subjects("claimLiteral", "2031-05")
    assert graph.one(claim, "claimSubject") == network


def test_candidate_indicators_wait_for_review(graph: Graph) -> None:
    node = graph.one(graph.measurement("240"), "indicator")
    assert node.startswith("indicator/candidate-borne-numerique-")
    assert graph.one(node, "reviewStatus") == "review-status/proposed"


def test_a_known_thing_has_one_iri_and_one_label_whatever_it_is_called(lexicon: Lexicon) -> None:
    known = next(one for one in lexicon.entity_words.known if one.type == "organisation" and len(one.names) > 3)
    node, label = f"organisation/{known.key}", dict(known.labels)["fr"]
    for name in known.names[:4]:
        entity = Entity(f"organisation/{known.key}", "organisation", name, labels=known.labels)
        one = Graph(quads(Reading("x", (entity,)), lexicon))
        assert label in one.of(node, "http://www.w3.org/2000/01/rdf-schema#label")
        assert name in one.of(node, "http://www.w3.org/2000/01/rdf-schema#label") | one.of(
            node, "http://www.w3.org/2004/02/skos/core#altLabel"
        )


def test_a_quote_that_is_not_there_is_an_error(lexicon: Lexicon) -> None:
    wrong = sample.measurement("400", "400", "count", quote=Quote(0, 3, "abc"))
    with pytest.raises(KgError, match=r"essai\.txt: the quote 'abc' does not stand at 0\.\.3"):
        quads(replace(sample.reading(), measurements=(wrong,)), lexicon)


@given(st.integers(-5, 400), st.integers(-5, 400), st.text(max_size=5))
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_span_but_the_exact_one_passes(start: int, end: int, text: str) -> None:
    mention = Mention("place/lhasa", Quote(start, end, text), "body", "rule", 1.0)
    reading = Reading("x", (Entity("place/lhasa", "place", "Lhassa", gazetteer="lhasa"),), (mention,))
    right = 0 <= start < end <= len(sample.TEXT) and sample.TEXT[start:end] == text
    if right:
        assert quads(reading, _shipped())
    else:
        with pytest.raises(KgError, match="does not stand"):
            quads(reading, _shipped())


def _shipped() -> Lexicon:
    from kg.lexicon import shipped

    return shipped()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": "furlong"}, "unknown unit 'furlong'"),
        ({"place": "place/nowhere"}, "does not hold"),
        ({"place": "policy/horizon"}, "a policy"),
        ({"equivalent_of": 99}, "measurement 99"),
        ({"confidence": 0.0}, "confidence"),
        ({"lower": Decimal(5), "upper": Decimal(4)}, "wrong way round"),
    ],
)
def test_what_does_not_hold_together_is_an_error(change: dict[str, object], message: str, lexicon: Lexicon) -> None:
    with pytest.raises(KgError, match=message):
        quads(replace(sample.reading(), measurements=(sample.measurement("400", "400", "count", **change),)), lexicon)


def test_two_statements_must_not_share_an_iri(lexicon: Lexicon) -> None:
    one = sample.measurement("400", "400", "count")
    with pytest.raises(KgError, match="two different statements"):
        quads(replace(sample.reading(), measurements=(one, replace(one, value=Decimal(4)))), lexicon)
    both = quads(replace(sample.reading(), measurements=(one, replace(one, value=Decimal(4), reading=1))), lexicon)
    assert len(Graph(both).subjects("valueText", "400")) == 2


def test_what_two_rules_read_alike_is_said_once_by_the_surer(lexicon: Lexicon) -> None:
    reading = sample.reading()
    rules = (("a", 0.3), ("b", 0.8), ("c", 0.8))
    claims = [sample.relation("policy/horizon", "covers", "place/lhasa", rule=rule, confidence=by) for rule, by in rules]
    mentions = [replace(reading.mentions[1], rule=rule, confidence=by) for rule, by in (("a", 0.3), ("b", 0.8))]
    blob = quads(replace(reading, relations=tuple(claims), mentions=tuple(mentions)), lexicon)
    one = Graph(blob)
    (claim,) = one.subjects("claimPredicate", "predicate/covers")
    (mention,) = one.subjects("mentions", "place/lhasa")
    for node in (claim, mention):
        assert (one.one(node, "extractionRule"), one.one(node, "confidence")) == ("b", "0.8")
    turned = replace(reading, relations=tuple(reversed(claims)), mentions=tuple(reversed(mentions)))
    assert quads(turned, lexicon) == blob


def test_two_steps_of_one_repair_are_two_repairs(lexicon: Lexicon) -> None:
    steps = (Repair(199, 200, "?", "a", "rule", 0.5), Repair(199, 200, "?", "b", "rule", 0.5))
    one = Graph(quads(sample.reading(), lexicon, repairs=steps))
    assert len(one.subjects("beforeText", "?")) == 2


def test_a_range_that_falls_keeps_the_order_of_the_words_in_reports(lexicon: Lexicon) -> None:
    item = sample.measurement("entre 10 et 12 %", "-10", "percent", comparator="between", lower=Decimal(-10), upper=Decimal(-12))
    one = Graph(quads(replace(sample.reading(), measurements=(item,)), lexicon))
    node = one.measurement("entre 10 et 12 %")
    assert (one.one(node, "lowerBound"), one.one(node, "upperBound")) == ("-12", "-10")
    assert (one.one(node, "reportValue"), one.one(node, "reportUpperBound")) == ("-10", "-12")


def test_a_relation_needs_an_object_or_a_literal(lexicon: Lexicon) -> None:
    neither = sample.relation("policy/horizon", "covers")
    with pytest.raises(KgError, match="object or a literal"):
        quads(replace(sample.reading(), relations=(neither,)), lexicon)


def test_a_repair_that_does_not_start_from_the_source_is_an_error(lexicon: Lexicon) -> None:
    with pytest.raises(KgError, match="repair"):
        quads(sample.reading(), lexicon, repairs=(Repair(0, 1, "X", "Y", "rule", 0.5),))


def test_an_unread_indicator_is_said_to_be_unread(lexicon: Lexicon) -> None:
    item = sample.measurement("400", "400", "count", indicator=Indicator(None, "", ""))
    one = Graph(quads(replace(sample.reading(), measurements=(item,)), lexicon))
    node = one.one(one.measurement("400"), "indicator")
    assert one.of(node, "http://www.w3.org/2004/02/skos/core#altLabel") == {"indicator not read"}


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("15", "mu", "1"), ("3.2", "GW", "3200000000"), ("7", "jin", "3.5"), ("2", "mu", "0.133333333333")],
)
def test_report_values_are_in_the_report_unit(value: str, unit: str, expected: str, lexicon: Lexicon) -> None:
    assert report_value(Decimal(value), lexicon.units[unit]) == Decimal(expected)


def test_order_of_entities_and_mentions_does_not_matter(article_blob: bytes, lexicon: Lexicon) -> None:
    reading = sample.reading()
    for seed in range(5):
        shuffled = random.Random(seed)
        entities, mentions, relations = list(reading.entities), list(reading.mentions), list(reading.relations)
        for items in (entities, mentions, relations):
            shuffled.shuffle(items)
        again = replace(reading, entities=tuple(entities), mentions=tuple(mentions), relations=tuple(relations))
        assert quads(again, lexicon) == article_blob


PROGRAM = """
import hashlib
from kg.graph import article_quads, core_quads, derived_quads, meta_quads, dump
from kg.lexicon import shipped
from kg.settings import Settings
from tests.graph import sample
import pyoxigraph as ox
settings, lexicon = Settings(), shipped()
blobs = [core_quads(lexicon, settings), article_quads(sample.article(), sample.reading(), lexicon, settings)]
blobs.append(derived_quads(blobs[1:], lexicon, settings))
blobs.append(meta_quads(blobs, settings))
store = ox.Store()
for blob in blobs:
    store.load(blob, ox.RdfFormat.N_QUADS)
dumps = [b"".join(dump(store, name, settings)) for name in ("ttl", "nq", "trig", "jsonld")]
print(" ".join(hashlib.sha256(blob).hexdigest() for blob in [*blobs, *dumps]))
"""


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    outputs = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, env=environment)
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().split()) == 8
