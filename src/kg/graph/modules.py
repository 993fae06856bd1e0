"""The edited ontology modules, read from the shipped folder ``ontology`` with our base IRI put in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import LexiconError
from kg.settings import DEFAULT_BASE, share

MODULES = {
    "core": "ontology",
    "description": "ontology",
    "schemes": "scheme",
    "alignment": "alignment",
}
"""Module → the named graph it goes to."""


def module_text(name: str, base: str) -> str:
    """Turtle text of ``ontology/{name}.ttl``, every IRI of ours below ``base``. Raises LexiconError when the file is missing."""
    path = share("ontology") / f"{name}.ttl"
    try:
        return path.read_text(encoding="utf-8").replace(DEFAULT_BASE, base)
    except FileNotFoundError:
        raise LexiconError("the ontology module is missing", where=str(path), remedy="install DEK again") from None


def parse_turtle(text: str, where: str) -> list[ox.Triple]:
    """Triples of Turtle text. Raises LexiconError naming ``where`` and the line."""
    try:
        return [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise LexiconError(
            f"not Turtle: {error.msg}", where=f"{where}, line {error.lineno}", remedy="correct that line and run the command again"
        ) from None


@lru_cache(maxsize=32)
def module(name: str, base: str) -> tuple[ox.Triple, ...]:
    """Triples of one module. Blank nodes are named by the parser: canonicalise before you compare or store."""
    return tuple(parse_turtle(module_text(name, base), f"ontology/{name}.ttl"))


@lru_cache(maxsize=8)
def canonical(names: tuple[str, ...], base: str) -> tuple[ox.Triple, ...]:
    """Triples of several modules together, their blank nodes named by RDFC-1.0, sorted: the same on every run."""
    dataset = ox.Dataset(ox.Quad(s, p, o, ox.DefaultGraph()) for name in names for s, p, o in module(name, base))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in dataset), key=str))


def nquads(triples: Iterable[ox.Triple], graph: str) -> bytes:
    """The triples as sorted N-Quads of one graph."""
    lines = sorted({f"{s} {p} {o} <{graph}> .".encode() for s, p, o in triples})
    return b"\n".join(lines) + b"\n" if lines else b""


@lru_cache(maxsize=32)
def members(name: str, class_: str, base: str) -> frozenset[str]:
    """IRIs of what a module types as our class ``class_`` (its local name)."""
    wanted = f"{base}ontology#{class_}"
    return frozenset(
        s.value
        for s, p, o in module(name, base)
        if isinstance(s, ox.NamedNode) and p.value.endswith("#type") and isinstance(o, ox.NamedNode) and o.value == wanted
    )
