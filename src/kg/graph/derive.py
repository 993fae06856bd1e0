"""graph/derived: what we compute over the statements. Findings judge statements; sums that hold become derived measurements.

Nothing here changes a statement or adds a number to a source's graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pyoxigraph as ox

from kg.graph.candidates import candidate_label_quads
from kg.graph.curated import decimal_of, indicator_triples
from kg.graph.iris import Iris
from kg.graph.nquads import GraphWriter, decimal_text, merge
from kg.graph.reconcile import reconciliation_quads
from kg.graph.stated import Stated, stated
from kg.lexicon.lexicon import Lexicon
from kg.settings import Settings

RATE_BAND = Fraction(3, 20)
"""A currency restatement is implausible when its rate is further than this part from the median of all of them."""
RATES_NEEDED = 3
"""Fewer restatements between two currencies say nothing about a rate."""
SAME_LENGTH = 5
"""Days by which periods of one length may differ: halves and quarters of a year, leap years."""
SUM_FLOOR = 20
"""Totals that no wording calls a total are only looked for among values above this: small numbers add up by accident."""
SUM_PARTS = 4
SUM_REACH = 600
"""Characters between the first part and the total of a sum that no wording announces."""


def derived_quads(blobs: Iterable[bytes], lexicon: Lexicon, settings: Settings) -> bytes:
    """Sorted N-Quads of graph/reconciliation and graph/derived over the source graphs ``blobs``, in whatever order these come."""
    blobs = list(blobs)
    measurements = stated(blobs, lexicon, settings)
    return merge(
        [
            reconciliation_quads(measurements, lexicon, settings),
            finding_quads(measurements, lexicon, settings),
            candidate_label_quads(blobs, settings),
        ]
    )


def finding_quads(measurements: list[Stated], lexicon: Lexicon, settings: Settings) -> bytes:
    """Sorted N-Quads of graph/derived: sums, currency restatements, values outside the range expected of their indicator,
    targets below what had been reached before."""
    writer = _Findings(Iris.of(settings))
    for total, parts in sums(measurements):
        writer.sum(total, parts)
    _restatements(writer, measurements)
    _ranges(writer, measurements, lexicon, settings)
    _aims(writer, measurements)
    return writer.graph.bytes()


class _Findings:
    def __init__(self, iris: Iris) -> None:
        self.iris = iris
        self.graph = GraphWriter(iris.graph("derived"))

    def finding(self, kind: str, about: Sequence[Stated], text: str) -> None:
        nodes = [item.node for item in about]
        node = self.iris.finding(kind, *nodes)
        self.graph.type(node, self.iris.term("Finding"))
        self.graph.label(node, text, "en")
        self.graph.add(node, self.iris.term("findingKind"), self.iris.id("finding-kind", kind))
        self.graph.text(node, self.iris.term("findingText"), text)
        for about_node in nodes:
            self.graph.add(node, self.iris.term("findingAbout"), about_node)

    def sum(self, total: Stated, parts: Sequence[Stated]) -> None:
        low, high = _sum_interval(parts)
        text = _sum_text(total, parts)
        if total.high is not None and low > total.high:
            self.finding("sum-differs", [total, *parts], text)
            return
        if not _confirms(total, low, high):
            return
        self.finding("sum-confirmed", [total, *parts], text)
        self._derived_sum(total, parts, text)

    def _derived_sum(self, total: Stated, parts: Sequence[Stated], text: str) -> None:
        w, iris = self.graph, self.iris
        node = iris.derived("sum", *(part.node for part in parts))
        value = sum((part.value for part in parts), Fraction(0)) / total.factor
        exact = all(part.comparator == "exactly" for part in parts)
        w.type(node, iris.term("Measurement"))
        w.label(node, text)
        w.typed(node, iris.term("recordedIn"), iris.graph("derived"), "anyURI")
        w.add(node, iris.term("indicator"), total.indicator)
        for name, target in (("place", total.place), ("period", total.period), ("programme", total.subject)):
            if target:
                w.add(node, iris.term(name), target)
        w.add(node, iris.term("unit"), iris.id("unit", total.unit))
        w.add(node, iris.term("statistic"), iris.id("statistic", total.statistic))
        w.add(node, iris.term("hasStatus"), iris.id("status", "estimate" if total.status == "actual" else total.status))
        w.add(node, iris.term("comparator"), iris.id("comparator", "exactly" if exact else "about"))
        w.decimal(node, iris.term("value"), decimal_of(value, 12))
        w.decimal(node, iris.term("reportValue"), decimal_of(value * total.factor, 12))
        w.add(node, iris.term("derivation"), iris.id("derivation", "sum"))
        w.text(node, iris.term("derivationText"), text)
        for part in parts:
            w.add(node, iris.term("derivedFrom"), part.node)


def _plain(value: Fraction) -> str:
    return decimal_text(decimal_of(value, 12))


def _sum_text(total: Stated, parts: Sequence[Stated]) -> str:
    added = _plain(sum((part.value for part in parts), Fraction(0)))
    stated_total = f"{total.comparator} {_plain(total.value)} {'' if total.code == '1' else total.code}".rstrip()
    return f"{' + '.join(_plain(part.value) for part in parts)} = {added}; stated total: {stated_total}"


def _sum_interval(parts: Sequence[Stated]) -> tuple[Fraction, Fraction]:
    """Least and greatest sum; open bounds count as the value itself, since a sum of open bounds would confirm anything."""
    low = sum((part.value if part.low is None else part.low for part in parts), Fraction(0))
    return low, sum((part.value if part.high is None else part.high for part in parts), Fraction(0))


def _confirms(total: Stated, low: Fraction, high: Fraction) -> bool:
    """Whether sums from ``low`` to ``high`` reach the stated total, allowing 'more than v' to be the rounding down of the sum."""
    margin = total.resolution
    return low <= total.value + margin and high >= total.value - margin / 2


def sums(measurements: list[Stated]) -> list[tuple[Stated, list[Stated]]]:
    """Totals with at least two parts: as the source says (``partOfTotal``), and, within a document, runs of values that add up exactly."""
    by_node = {item.node: item for item in measurements}
    announced: dict[str, list[Stated]] = defaultdict(list)
    for item in measurements:
        if item.part_of in by_node and item.code == by_node[item.part_of].code:
            announced[item.part_of].append(item)
    found = [(by_node[node], sorted(parts, key=_position)) for node, parts in sorted(announced.items()) if len(parts) > 1]
    taken = {item.node for total, parts in found for item in (total, *parts)}
    groups: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    for item in measurements:
        if item.node not in taken and item.value > SUM_FLOOR and not item.equivalent_of and item.kind != "ratio" and item.kind != "rank":
            groups[item.document, item.code, item.status].append(item)
    for key in sorted(groups):
        found += _unannounced(sorted(groups[key], key=_position))
    return found


def _position(item: Stated) -> tuple[int, str]:
    return item.start, item.node


def _unannounced(run: list[Stated]) -> list[tuple[Stated, list[Stated]]]:
    """Each value that equals the sum of the two or more values directly before or after it in the text."""
    found = []
    for index, total in enumerate(run):
        for step in (-1, 1):
            for count in range(2, SUM_PARTS + 1):
                near = run[index + 1 : index + 1 + count] if step > 0 else run[max(index - count, 0) : index]
                reach = max((abs(part.start - total.start) for part in near), default=0)
                if len(near) == count and reach <= SUM_REACH and sum(part.value for part in near) == total.value:
                    found.append((total, near))
    return found


def _restatements(writer: _Findings, measurements: list[Stated]) -> None:
    by_node = {item.node: item for item in measurements}
    pairs: dict[tuple[str, str], list[tuple[Stated, Stated]]] = defaultdict(list)
    for item in measurements:
        original = by_node.get(item.equivalent_of)
        if original is not None and item.kind == original.kind == "currency" and item.code != original.code and original.value:
            pairs[original.code, item.code].append((original, item))
    for (source, target), group in sorted(pairs.items()):
        if len(group) < RATES_NEEDED:
            continue
        middle = median(item.value / original.value for original, item in group)
        for original, item in group:
            low, high = _rates(original, item)
            fits = high >= middle * (1 - RATE_BAND) and low <= middle * (1 + RATE_BAND)
            rate, usual = _rate(item.value / original.value), _rate(Fraction(middle))
            text = f"1 {source} = {rate} {target}; median of {len(group)} restatements: {usual}"
            writer.finding("restatement-plausible" if fits else "restatement-implausible", [original, item], text)


def _rate(value: Fraction) -> str:
    return decimal_text(decimal_of(value, 4))


def _rates(original: Stated, item: Stated) -> tuple[Fraction, Fraction]:
    """Least and greatest rate, when both amounts may be rounded or cut by one step of their last figure."""
    low = max(item.value - item.resolution, Fraction(0)) / (original.value + original.resolution)
    least = original.value - original.resolution
    return low, (item.value + item.resolution) / least if least > 0 else item.value + item.resolution


def _ranges(writer: _Findings, measurements: list[Stated], lexicon: Lexicon, settings: Settings) -> None:
    iris = Iris.of(settings)
    expected: dict[str, dict[str, str]] = defaultdict(dict)
    for s, p, o in indicator_triples(lexicon, settings):
        if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode | ox.Literal) and p.value.startswith(iris.term("expected")):
            expected[s.value][p.value.removeprefix(iris.term("expected"))] = o.value
    for item in measurements:
        rule = expected.get(item.indicator, {})
        unit = lexicon.units.get(rule.get("Unit", "").rsplit("/", 1)[-1])
        statistic = rule.get("Statistic", "").rsplit("/", 1)[-1]
        if unit is None or unit.code != item.code or item.statistic != (statistic or item.statistic):
            continue
        for name, sign, word in (("Minimum", -1, "below"), ("Maximum", 1, "above")):
            if name in rule and (item.value - Fraction(Decimal(rule[name])) * unit.factor) * sign > 0:
                limit = _plain(Fraction(Decimal(rule[name])) * unit.factor)
                writer.finding("out-of-range", [item], f"{_plain(item.value)} {item.code} is {word} {limit}, the limit expected")


def _aims(writer: _Findings, measurements: list[Stated]) -> None:
    """Targets that lie below a value reached in an earlier period of the same length: a slip, a change of scope, or news."""
    reached: dict[tuple[str, ...], list[tuple[date, date, Stated]]] = defaultdict(list)
    for item in measurements:
        days = _days(item)
        if item.status == "actual" and days is not None and item.place and not item.candidate:
            reached[item.indicator, item.place, item.statistic, item.code, item.subject].append((*days, item))
    for item in measurements:
        days = _days(item)
        if item.status != "target" or days is None or item.high is None:
            continue
        start, end = days
        for first, last, before in reached.get((item.indicator, item.place, item.statistic, item.code, item.subject), ()):
            alike = abs((last - first).days - (end - start).days) <= SAME_LENGTH
            if last < start and alike and before.low is not None and item.high < before.low:
                aimed, had = f"{_plain(item.value)} {item.code}", f"{_plain(before.value)} {before.code}"
                text = f"the target {aimed} is below {had}, reached by {last.isoformat()}"
                writer.finding("target-below-reached", [item, before], text)


def _days(item: Stated) -> tuple[date, date] | None:
    """First and last day of a measurement's period; None where an end is open or the year unknown."""
    try:
        first, last = (date.fromisoformat(day) for day in item.period.rsplit("/", 1)[-1].split("_", 1))
    except ValueError:
        return None
    return first, last
