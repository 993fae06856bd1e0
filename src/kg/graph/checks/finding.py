"""What a check reports, and what checks look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.graph.iris import Iris
from kg.graph.modules import MODULES
from kg.graph.vocabulary import OWL, RDF_TYPE, prefixes
from kg.settings import Settings

SEVERITIES = ("violation", "warning")
Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: which check found it, how bad it is (one of SEVERITIES), about what (an IRI or empty), in words."""

    check: str
    severity: str
    subject: str
    message: str


class Data:
    """A graph under check: a pyoxigraph store, the source texts by SHA-256 of their document (64 hex digits), the settings."""

    def __init__(self, store: ox.Store, texts: Mapping[str, str], settings: Settings) -> None:
        self.store, self.texts, self.settings = store, texts, settings
        self.iris = Iris.of(settings)
        self._prologue = "".join(f"PREFIX {name}: <{space}>\n" for name, space in prefixes(settings.base).items())

    def rows(self, query: str) -> Iterator[tuple[Term | None, ...]]:
        """Rows of a SELECT query whose patterns all name their graph; prefixes of dumps are known."""
        solutions = self.store.query(self._prologue + query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("not a SELECT query")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield tuple(solution[name] for name in names)

    def texts_of(self, query: str) -> Iterator[tuple[str, ...]]:
        """Rows as plain strings: the value of each term, empty for unbound."""
        for row in self.rows(query):
            yield tuple("" if term is None else term.value for term in row)

    def pairs(self, query: str) -> dict[str, str]:
        """Rows of a query for two things, as a mapping from the first to the second."""
        return {row[0]: row[1] for row in self.texts_of(query)}

    @cached_property
    def kinds(self) -> dict[str, frozenset[str]]:
        """IRIs that the graphs of ontology modules declare, by OWL kind (``Class``, ``ObjectProperty`` …)."""
        result = {}
        for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"):
            result[kind] = frozenset(
                quad.subject.value
                for graph in sorted(set(MODULES.values()))
                for quad in self.store.quads_for_pattern(
                    None, ox.NamedNode(RDF_TYPE), ox.NamedNode(OWL + kind), ox.NamedNode(self.iris.graph(graph))
                )
                if isinstance(quad.subject, ox.NamedNode)
            )
        return result


def shown(term: object) -> str:
    """A term in a message."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
