"""Measurements read back from source graphs, in the form that computations over all sources need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pyoxigraph as ox

from kg.graph.iris import Iris
from kg.lexicon.lexicon import Lexicon
from kg.settings import Settings

ABOUT = Fraction(1, 20)
"""'About v' allows v ± this part of it."""
NEARLY = Fraction(1, 10)
"""'Nearly v' allows v less at most this part of it."""
KINDS_OF_STATUS = {"actual": "actual", "preliminary": "actual", "estimate": "actual", "forecast": "forecast", "target": "target"}


@dataclass(frozen=True, slots=True)
class Stated:
    """One measurement of a source. IRIs are full; ``place``, ``period``, ``subject`` are empty when not stated.

    ``value``, ``low`` and ``high`` are in the report unit ``code``; ``low``/``high`` are None when open. ``resolution`` is the last
    place that the number gives (three significant figures of 1 250 000 → 10 000, at least two figures), in the report unit.
    """

    node: str
    document: str
    start: int
    indicator: str
    candidate: bool
    place: str
    period: str
    subject: str
    statistic: str
    status: str
    comparator: str
    unit: str
    code: str
    kind: str
    factor: Fraction
    written: Decimal
    value: Fraction
    resolution: Fraction
    low: Fraction | None
    high: Fraction | None
    part_of: str
    equivalent_of: str
    words: str
    """The indicator as written."""


def resolution(value: Decimal) -> Decimal:
    """What one step of the last significant figure is worth; trailing zeros are not significant, but two figures always are.

    2 847 → 1, 2 800 → 100, 400 → 10, 0.5 → 0.01 (two figures), 31.40 → 0.1.
    """
    if value == 0:
        return Decimal(1)
    plain = value.normalize()
    return Decimal(1).scaleb(min(int(plain.as_tuple().exponent), plain.adjusted() - 1))


def interval(
    comparator: str, value: Fraction, step: Fraction, low: Fraction | None, high: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """The closed interval that a statement allows the quantity, None for open; exact values get half a step of rounding on each side."""
    if comparator == "exactly":
        return value - step / 2, value + step / 2
    if comparator == "about":
        margin = max(abs(value) * ABOUT, step / 2)
        return value - margin, value + margin
    if comparator == "nearly":
        return value - max(abs(value) * NEARLY, step / 2), value
    if comparator == "between":
        return low, high
    return (value, None) if comparator in ("more-than", "at-least") else (None, value)


def stated(blobs: Iterable[bytes], lexicon: Lexicon, settings: Settings) -> list[Stated]:
    """All measurements in these blobs of source graphs (sorted N-Quads as :func:`kg.graph.article_quads` gives them), by IRI."""
    found = []
    head = f"<{settings.base}id/measurement/".encode()
    for blob in blobs:
        lines = b"\n".join(line for line in blob.splitlines() if line.startswith(head))
        edges: dict[str, dict[str, str]] = {}
        for quad in ox.parse(lines, ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                edges.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
        found += [_stated(node, edges[node], lexicon, settings) for node in edges]
    return sorted(found, key=lambda item: item.node)


def _stated(node: str, edges: dict[str, str], lexicon: Lexicon, settings: Settings) -> Stated:
    iris = Iris.of(settings)

    def get(name: str) -> str:
        return edges.get(iris.term(name), "")

    def key(name: str) -> str:
        return get(name).rsplit("/", 1)[-1]

    def bound(name: str) -> Fraction | None:
        return Fraction(get(name)) * unit.factor if get(name) else None

    unit = lexicon.units[key("unit")]
    written = Decimal(get("value"))
    value, step = Fraction(written) * unit.factor, Fraction(resolution(written)) * unit.factor
    comparator = key("comparator")
    low, high = interval(comparator, value, step, bound("lowerBound"), bound("upperBound"))
    document, start, _, _ = node.rsplit("/", 1)[1].split("-")
    return Stated(
        node=node,
        document=document,
        start=int(start),
        indicator=get("indicator"),
        candidate=key("indicator").startswith("candidate-"),
        place=get("place"),
        period=get("period"),
        subject=get("programme"),
        statistic=key("statistic"),
        status=KINDS_OF_STATUS[key("hasStatus")],
        comparator=comparator,
        unit=unit.key,
        code=unit.code,
        kind=unit.kind,
        factor=unit.factor,
        written=written,
        value=value,
        resolution=step,
        low=low,
        high=high,
        part_of=get("partOfTotal"),
        equivalent_of=get("equivalentOf"),
        words=get("indicatorText"),
    )


def compatible(one: Stated, other: Stated) -> bool:
    """Whether both statements can be true of one quantity: their intervals meet."""
    below = one.low is not None and other.high is not None and one.low > other.high
    above = one.high is not None and other.low is not None and one.high < other.low
    return not below and not above
