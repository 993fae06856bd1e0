"""Readings to quads: IRIs, named graphs, N-Quads, reconciliation, description, dumps and checks."""

from kg.graph.assemble import article_quads
from kg.graph.curated import core_quads
from kg.graph.derive import derived_quads
from kg.graph.describe import meta_quads
from kg.graph.dump import FORMATS, dump
from kg.graph.iris import Iris

__all__ = ["FORMATS", "Iris", "article_quads", "core_quads", "derived_quads", "dump", "meta_quads"]
