"""Run a report: bind its parameters, ask, and put the answer in one fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.reports.parameters import XSD
from kg.reports.report import Report
from kg.store import Querier, Term

NUMERIC = frozenset(XSD + name for name in ("decimal", "integer", "nonNegativeInteger", "double", "float"))


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a report: column names, and rows of terms (None where there is nothing)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as texts: names, IRIs without brackets, plain decimals; empty where there is nothing."""
        return [tuple(text_of(term) for term in row) for row in self.rows]


def run_report(report: Report, querier: Querier, parameters: Mapping[str, str] | None = None) -> Table:
    """Run a report with parameters given as texts.

    Rows come in the order of the query's ORDER BY, which the shipped reports make total; several values in one cell are sorted and each
    given once. Raises UsageError for an unknown or missing parameter or a wrong value.
    """
    solutions = querier.select(report.bound(parameters or {}))
    joined = [solutions.variables.index(name) for name in report.joined]
    rows = []
    for row in solutions.rows:
        cells = list(row)
        for index in joined:
            cells[index] = _sorted_parts(cells[index])
        rows.append(tuple(cells))
    return Table(solutions.variables, tuple(dict.fromkeys(rows)))


def text_of(term: Term | None) -> str:
    """A term as a cell shows it."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return str(term)


def _sorted_parts(term: Term | None) -> Term | None:
    """``b|a|b`` becomes ``a|b``: the order of GROUP_CONCAT is whatever the store finds first."""
    if not isinstance(term, ox.Literal):
        return term
    parts = sorted({part for part in term.value.split("|") if part})
    return ox.Literal("|".join(parts)) if parts else None
