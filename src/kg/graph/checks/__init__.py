"""Everything that can be verified about a built graph: named checks, each a function from the data to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.errors import UsageError
from kg.graph.checks.description import counts, links
from kg.graph.checks.finding import SEVERITIES, Data, Finding
from kg.graph.checks.shapes import shapes
from kg.graph.checks.sources import derived_sums, offsets, provenance
from kg.graph.checks.structure import blank_nodes, dangling, default_graph, flat_header
from kg.graph.checks.terms import datatypes, declared, labels, property_kinds
from kg.settings import Settings

Check = Callable[[Data], Iterator[Finding]]
CHECKS: Mapping[str, Check] = {
    "default-graph": default_graph,
    "blank-nodes": blank_nodes,
    "dangling": dangling,
    "declared": declared,
    "property-kinds": property_kinds,
    "datatypes": datatypes,
    "labels": labels,
    "offsets": offsets,
    "provenance": provenance,
    "derived-sums": derived_sums,
    "counts": counts,
    "links": links,
    "flat-header": flat_header,
    "shapes": shapes,
}
"""Name of a check → the check; its docstring says what it verifies."""

__all__ = ["CHECKS", "SEVERITIES", "Finding", "run_checks"]


def run_checks(store: ox.Store, texts: Mapping[str, str], settings: Settings, only: Iterable[str] | None = None) -> list[Finding]:
    """Findings of all checks, or of those named in ``only``, in the order of CHECKS and then by subject; none means all is well.

    ``store`` holds the named graphs (a default graph may repeat their union); ``texts`` are the source texts by the SHA-256 of their
    document (64 hexadecimal digits). Raises UsageError for an unknown check.
    """
    names = list(CHECKS) if only is None else list(only)
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is no check", remedy=f"use some of {', '.join(CHECKS)}")
    data = Data(store, texts, settings)
    return [finding for name in names for finding in sorted(set(CHECKS[name](data)))]
