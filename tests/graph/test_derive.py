from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pyoxigraph as ox
import pytest
from tests.graph import sample

from kg.extract.reading import Entity, Indicator, Measurement, Period, Reading
from kg.graph import article_quads, derived_quads
from kg.graph.curated import indicator_triples
from kg.graph.derive import sums
from kg.graph.stated import stated
from kg.lexicon import Lexicon, shipped
from kg.settings import Settings

ONTOLOGY = "https://w3id.org/dek/ontology#"


def article(values: list[str], name: str = "un", **more: dict[int, object]) -> bytes:
    """The graph of an article that lists these values; ``more`` changes fields of the measurement with that number."""
    text = name + "\n" + "\n".join(f"Il y en a {value}." for value in values) + "\n"
    items = []
    start = 0
    for number, value in enumerate(values):
        start = text.index(f" {value}.", start) + 1
        quote = sample.Quote(start, start + len(value), value)
        item = Measurement(
            quote, Decimal(value), "count", "exactly", "actual", "level", Indicator(None, f"chose {number}", f"chose {number}"), quote,
            "body", ("r",), 0.9,
        )  # fmt: skip
        items.append(replace(item, **{field: by[number] for field, by in more.items() if number in by}))  # type: ignore[arg-type]
    places = (Entity("place/lhasa", "place", "Lhasa", gazetteer="lhasa"),)
    return article_quads(sample.article(text, name), Reading("x", places, (), tuple(items)), shipped(), Settings())


def findings(blobs: list[bytes], lexicon: Lexicon) -> list[tuple[str, str]]:
    """Kind and text of each finding."""
    kinds: dict[str, str] = {}
    texts: dict[str, str] = {}
    for quad in ox.parse(derived_quads(blobs, lexicon, Settings()), ox.RdfFormat.N_QUADS):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        if quad.predicate.value == ONTOLOGY + "findingKind":
            kinds[quad.subject.value] = quad.object.value.rsplit("/", 1)[1]
        elif quad.predicate.value == ONTOLOGY + "findingText":
            texts[quad.subject.value] = quad.object.value
    return sorted((kind, texts[node]) for node, kind in kinds.items())


def test_parts_that_the_source_names_are_added_up(lexicon: Lexicon) -> None:
    blob = article(["50", "30", "20"], part_of={1: 0, 2: 0})
    assert findings([blob], lexicon) == [("sum-confirmed", "30 + 20 = 50; stated total: exactly 50")]


def test_parts_above_their_total_are_told(lexicon: Lexicon) -> None:
    blob = article(["50", "30", "29"], part_of={1: 0, 2: 0})
    assert [kind for kind, _ in findings([blob], lexicon)] == ["sum-differs"]


def test_parts_below_their_total_prove_nothing(lexicon: Lexicon) -> None:
    assert findings([article(["50", "30", "5"], part_of={1: 0, 2: 0})], lexicon) == []


def test_more_than_is_confirmed_by_a_sum_that_reaches_it(lexicon: Lexicon) -> None:
    blob = article(["450", "138", "316"], part_of={1: 0, 2: 0}, comparator={0: "more-than"})
    assert findings([blob], lexicon) == [("sum-confirmed", "138 + 316 = 454; stated total: more-than 450")]


def test_a_sum_that_no_word_announces_is_found_before_and_after_its_total(lexicon: Lexicon) -> None:
    for values in (["137", "268", "405"], ["405", "137", "268"]):
        (found,) = sums(stated([article(values)], lexicon, Settings()))
        assert found[0].written == 405
        assert sorted(part.written for part in found[1]) == [137, 268]


@pytest.mark.parametrize("values", [["2", "3", "5"], ["137", "999", "268", "405"], ["137", "268", "406"]])
def test_what_may_be_chance_is_no_sum(values: list[str], lexicon: Lexicon) -> None:
    assert findings([article(values)], lexicon) == []


def test_a_confirmed_sum_is_a_measurement_of_our_own(lexicon: Lexicon) -> None:
    quads = list(ox.parse(derived_quads([article(["137", "268", "405"])], lexicon, Settings()), ox.RdfFormat.N_QUADS))
    (node,) = {quad.subject for quad in quads if quad.predicate.value == ONTOLOGY + "derivationText"}
    mine = {quad.predicate.value.removeprefix(ONTOLOGY): quad for quad in quads if quad.subject == node}
    assert str(mine["value"].object).startswith('"405"')
    assert str(mine["value"].graph_name) == "<https://w3id.org/dek/graph/derived>"
    assert sum(quad.subject == node and quad.predicate.value == ONTOLOGY + "derivedFrom" for quad in quads) == 2
    assert "statedIn" not in mine


def restated(pairs: list[tuple[str, str]]) -> bytes:
    values = [value for pair in pairs for value in pair]
    count = len(values)
    return article(
        values,
        unit={number: ("CNY", "EUR")[number % 2] for number in range(count)},
        equivalent_of={number: number - 1 for number in range(1, count, 2)},
    )


def test_a_restatement_far_from_the_others_is_implausible(lexicon: Lexicon) -> None:
    blob = restated([("1000", "125"), ("2100", "262"), ("350", "44"), ("8100", "101")])
    kinds = [kind for kind, _ in findings([blob], lexicon)]
    assert kinds == ["restatement-implausible", "restatement-plausible", "restatement-plausible", "restatement-plausible"]


def test_a_coarse_restatement_is_no_fault(lexicon: Lexicon) -> None:
    kinds = {kind for kind, _ in findings([restated([("1000", "125"), ("2100", "262"), ("41", "5")])], lexicon)}
    assert kinds == {"restatement-plausible"}


def test_two_restatements_say_nothing_about_a_rate(lexicon: Lexicon) -> None:
    assert findings([restated([("1000", "125"), ("2100", "999")])], lexicon) == []


def test_values_outside_the_range_of_their_indicator_are_told(lexicon: Lexicon) -> None:
    bounds: dict[str, dict[str, str]] = {}
    for s, p, o in indicator_triples(lexicon, Settings()):
        if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode | ox.Literal):
            bounds.setdefault(s.value.rsplit("/", 1)[1], {})[p.value.removeprefix(ONTOLOGY)] = o.value
    key, rule = next(
        (key, rule) for key, rule in sorted(bounds.items()) if {"expectedMaximum", "expectedUnit", "expectedStatistic"} <= set(rule)
    )
    too_much = str(int(Decimal(rule["expectedMaximum"])) * 2 + 1)
    unit, statistic = rule["expectedUnit"].rsplit("/", 1)[1], rule["expectedStatistic"].rsplit("/", 1)[1]
    changes = {"unit": {0: unit}, "statistic": {0: statistic}, "indicator": {0: Indicator(key, "x", "x")}}
    ((kind, text),) = findings([article([too_much], **changes)], lexicon)
    assert kind == "out-of-range"
    assert "above" in text
    assert findings([article([rule["expectedMaximum"].split(".")[0]], **changes)], lexicon) == []


def test_findings_are_in_the_derived_graph_only(article_blob: bytes, lexicon: Lexicon) -> None:
    graphs = {line.rsplit(b" ", 2)[1] for line in derived_quads([article_blob], lexicon, Settings()).splitlines()}
    assert graphs == {b"<https://w3id.org/dek/graph/derived>", b"<https://w3id.org/dek/graph/reconciliation>"}
    lines = derived_quads([article_blob], lexicon, Settings()).splitlines()
    assert all(one < other for one, other in pairwise(lines))


FIRST_HALF, SECOND_HALF = Period("2031-01-01", "2031-06-30"), Period("2031-07-01", "2031-12-31")
KNOWN = Indicator("5g-base-stations", "stations", "station")


def aim(reached: str, aimed: str, **more: dict[int, object]) -> bytes:
    """An article with a value reached in a first half-year and one aimed at for the second."""
    fields: dict[str, dict[int, object]] = {
        "status": {1: "target"},
        "period": {0: FIRST_HALF, 1: SECOND_HALF},
        "place": {0: "place/lhasa", 1: "place/lhasa"},
        "indicator": {0: KNOWN, 1: KNOWN},
    }
    return article([reached, aimed], **{**fields, **more})


def test_a_target_below_what_was_reached_before_is_told(lexicon: Lexicon) -> None:
    found = findings([aim("770", "640")], lexicon)
    assert found == [("target-below-reached", "the target 640 1 is below 770 1, reached by 2031-06-30")]


@pytest.mark.parametrize(
    "blob",
    [
        aim("640", "770"),
        aim("770", "640", comparator={1: "more-than"}),
        aim("770", "640", period={0: Period("2030-01-01", "2030-12-31"), 1: SECOND_HALF}),
        aim("770", "640", period={0: SECOND_HALF, 1: FIRST_HALF}),
        aim("770", "640", period={0: FIRST_HALF}),
        aim("770", "640", place={0: "place/lhasa"}),
        aim("770", "640", status={}),
    ],
    ids=["above", "open", "other length", "earlier", "undated", "no place", "no aim"],
)
def test_other_targets_are_no_finding(blob: bytes, lexicon: Lexicon) -> None:
    assert "target-below-reached" not in [kind for kind, _ in findings([blob], lexicon)]
