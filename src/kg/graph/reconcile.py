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

    A cluster is: same indicator, place, period, statistic, kind of unit, kind of status and subject. A measurement without place
    is in none (what it would be compared with is unknown), nor is one whose indicator could not be read, nor a part of a total (it
    measures less than the indicator says); see :func:`clusters` for undated ones.
    Values are compared between sources only and within one report unit, by the intervals that their comparators and their rounding allow.
    """
    iris = Iris.of(settings)
    writer = GraphWriter(iris.graph("reconciliation"))
    names = _names(lexicon, settings)
    for key, members in sorted(clusters(measurements, iris).items()):
        _write_fact(writer, iris, key, members, names)
    return writer.bytes()


def clusters(measurements: list[Stated], iris: Iris) -> dict[tuple[str, ...], list[Stated]]:
    """Measurements that speak of one quantity, by what they have in common.

    Undated ones join the one dated cluster that they agree with, or others of other documents that say the same: agreement is evidence
    that they speak of one quantity, disagreement is none, so that undated measurements never contradict.
    """
    dated: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    undated: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    unread = iris.candidate_indicator("")
    for item in measurements:
        if not item.place or item.part_of or item.indicator == unread:
            continue
        rest = (item.statistic, item.kind, item.status, item.subject)
        if item.period and "_--" not in item.period and "/--" not in item.period:
            dated[item.indicator, item.place, item.period, *rest].append(item)
        else:
            undated[item.indicator, item.place, *rest].append(item)
    found = dict(dated)
    for key, items in sorted(undated.items()):
        same = [members for other, members in sorted(dated.items()) if (*other[:2], *other[3:]) == key]
        left = []
        for item in items:
            fitting = [members for members in same if all(_says_the_same(item, member) for member in members)]
            if len(fitting) == 1:
                fitting[0].append(item)
            else:
                left.append(item)
        for group in _groups(left):
            found[key[0], key[1], "", *key[2:], str(group[0].value)] = group
    return found


def _says_the_same(one: Stated, other: Stated) -> bool:
    return one.document != other.document and one.code == other.code and compatible(one, other)


def _groups(items: list[Stated]) -> list[list[Stated]]:
    """Groups of two or more items that all say the same, each from another document."""
    groups: list[list[Stated]] = []
    for item in sorted(items, key=lambda item: (item.value, item.node)):
        home = next((group for group in groups if all(_says_the_same(item, member) for member in group)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return [group for group in groups if len(group) > 1]


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
    when = period.rsplit("/", 1)[1].replace("_", "/") if period else "undated"
    writer.label(node, f"{what} · {where} · {when} · {statistic}", "en")
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
