"""graph/reconciliation: which measurements of different sources speak of one quantity, and whether they can all be right."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import combinations

import pyoxigraph as ox

from kg.graph.curated import indicator_triples
from kg.graph.iris import Iris
from kg.graph.nquads import GraphWriter
from kg.graph.stated import Stated, compatible
from kg.graph.vocabulary import SKOS
from kg.lexicon.lexicon import Lexicon
from kg.settings import Settings

PREFERRED = SKOS + "prefLabel"
NEAR = Fraction(1, 2)
"""A precise value refines 'more than v' only when it lies within this part of v: five times v is no more precise way to say it."""


def reconciliation_quads(measurements: list[Stated], lexicon: Lexicon, settings: Settings) -> bytes:
    """Sorted N-Quads of graph/reconciliation: a Fact for each cluster, its agreement, ``contradicts`` and ``refines`` between members.

    A cluster is: same indicator, place, period, statistic, kind of unit, kind of status and subject. A measurement without place or
    period is in none (what it would be compared with is unknown), nor is one whose indicator could not be read, nor a part of a total (it
    measures less than the indicator says).
    Values are compared between sources only and within one report unit, by the intervals that their comparators and their rounding allow.
    """
    iris = Iris.of(settings)
    writer = GraphWriter(iris.graph("reconciliation"))
    names = _names(lexicon, settings)
    for key, members in sorted(clusters(measurements, iris).items()):
        _write_fact(writer, iris, key, members, names)
    return writer.bytes()


def clusters(measurements: list[Stated], iris: Iris) -> dict[tuple[str, ...], list[Stated]]:
    """Measurements that speak of one quantity, by what they have in common."""
    found: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    unread = iris.candidate_indicator("")
    for item in measurements:
        dated = item.period and "_--" not in item.period and "/--" not in item.period
        if item.place and dated and not item.part_of and item.indicator != unread:
            found[item.indicator, item.place, item.period, item.statistic, item.kind, item.status, item.subject].append(item)
    return found


def refines(one: Stated, other: Stated) -> bool:
    """Whether ``one`` says the same as ``other`` more precisely."""
    if not compatible(one, other) or one.low is None or one.high is None:
        return False
    if not (other.low is None or other.low <= one.low + one.resolution) or not (
        other.high is None or one.high - one.resolution <= other.high
    ):
        return False
    if other.low is None or other.high is None:
        return abs(one.value - other.value) <= abs(other.value) * NEAR
    return one.high - one.low < other.high - other.low


def _names(lexicon: Lexicon, settings: Settings) -> dict[str, str]:
    """English names of known indicators and places, by IRI."""
    iris = Iris.of(settings)
    names = {iris.place(place.key): place.name_en for place in lexicon.gazetteer}
    for s, p, o in indicator_triples(lexicon, settings):
        if p.value == PREFERRED and isinstance(s, ox.NamedNode) and isinstance(o, ox.Literal) and o.language == "en":
            names[s.value] = o.value
    return names


def _write_fact(writer: GraphWriter, iris: Iris, key: tuple[str, ...], members: list[Stated], names: dict[str, str]) -> None:
    node = iris.fact(*key)
    writer.type(node, iris.term("Fact"))
    indicator, place, period, statistic = key[:4]
    what = names.get(indicator) or members[0].words or indicator.rsplit("/", 1)[1]
    where = names.get(place) or place.rsplit("/", 1)[1]
    writer.label(node, f"{what} · {where} · {period.rsplit('/', 1)[1].replace('_', '/')} · {statistic}", "en")
    for item in members:
        writer.add(node, iris.term("reportedBy"), item.node)
    conflict = False
    for one, other in combinations(members, 2):
        if one.document == other.document or one.code != other.code:
            continue
        if not compatible(one, other):
            conflict = True
            writer.add(one.node, iris.term("contradicts"), other.node)
            writer.add(other.node, iris.term("contradicts"), one.node)
        elif refines(one, other):
            writer.add(one.node, iris.term("refines"), other.node)
        elif refines(other, one):
            writer.add(other.node, iris.term("refines"), one.node)
    several = len({item.document for item in members}) > 1
    agreement = "conflicting" if conflict else "consistent" if several else "single-source"
    writer.add(node, iris.term("agreement"), iris.id("agreement", agreement))
