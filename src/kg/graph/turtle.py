"""Turtle for people: prefixes, one block a subject, its type first, anonymous nodes and lists written in place, order fixed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.vocabulary import RDF, RDF_LANG_STRING, RDF_TYPE, XSD_STRING

Node = ox.NamedNode | ox.BlankNode
Edges = dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal]]
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_NIL = ox.NamedNode(RDF + "nil")
_FIRST = ox.NamedNode(RDF + "first")
_REST = ox.NamedNode(RDF + "rest")
_TYPE = ox.NamedNode(RDF_TYPE)


def turtle(
    triples: Iterable[ox.Triple], prefixes: Mapping[str, str], first: Callable[[str], object] = lambda subject: 0
) -> Iterator[bytes]:
    """Turtle text in pieces, one subject each; the same triples give the same text whatever their order.

    ``first`` gives a sort key by subject IRI that goes before the IRI itself. Blank nodes must already have stable names: those used
    as object exactly once are written in place, the others keep their name.
    """
    writer = _Turtle(triples, prefixes)
    yield writer.head()
    for subject in sorted(writer.subjects(), key=lambda node: (isinstance(node, ox.BlankNode), first(node.value), node.value)):
        yield writer.block(subject)


class _Turtle:
    def __init__(self, triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(sorted(prefixes.items()))
        self.names = {space: prefix for prefix, space in self.prefixes.items()}
        self.edges: dict[Node, Edges] = defaultdict(lambda: defaultdict(list))
        uses: dict[ox.BlankNode, int] = defaultdict(int)
        for s, p, o in set(triples):
            if not isinstance(s, Node) or isinstance(o, ox.Triple):
                raise TypeError("triple terms have no place in this data")
            self.edges[s][p].append(o)
            if isinstance(o, ox.BlankNode):
                uses[o] += 1
        self.uses = uses
        self.inline = {node for node, count in uses.items() if count == 1 and not self._in_cycle(node)}

    def _in_cycle(self, start: ox.BlankNode) -> bool:
        seen: set[Node] = set()
        stack: list[Node] = [start]
        while stack:
            for objects in self.edges.get(stack.pop(), {}).values():
                for o in objects:
                    if o == start:
                        return True
                    if isinstance(o, ox.BlankNode) and o not in seen:
                        seen.add(o)
                        stack.append(o)
        return False

    def head(self) -> bytes:
        return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in self.prefixes.items()).encode()

    def subjects(self) -> list[Node]:
        return [node for node in self.edges if node not in self.inline]

    def block(self, subject: Node) -> bytes:
        name = "[]" if isinstance(subject, ox.BlankNode) and subject not in self.uses else self.term(subject)
        return f"\n{name} {self._body(self.edges[subject], 1)} .\n".encode()

    def _body(self, edges: Edges, depth: int) -> str:
        indent = "  " * depth
        ordered = sorted(edges, key=lambda p: (p != _TYPE, p.value))
        return f" ;\n{indent}".join(f"{self._verb(p)} {self._objects(edges[p], depth)}" for p in ordered)

    def _objects(self, objects: list[ox.NamedNode | ox.BlankNode | ox.Literal], depth: int) -> str:
        return " , ".join(sorted(self._object(o, depth) for o in objects))

    def _object(self, node: ox.NamedNode | ox.BlankNode | ox.Literal, depth: int) -> str:
        if isinstance(node, ox.BlankNode) and node in self.inline:
            items = self._list(node)
            if items is not None:
                return "( " + " ".join(self._object(item, depth) for item in items) + " )"
            return "[ " + self._body(self.edges[node], depth + 1) + " ]"
        return self.term(node)

    def _list(self, node: ox.NamedNode | ox.BlankNode | ox.Literal) -> list[ox.NamedNode | ox.BlankNode | ox.Literal] | None:
        items: list[ox.NamedNode | ox.BlankNode | ox.Literal] = []
        while node != _NIL:
            edges = self.edges.get(node) if isinstance(node, ox.BlankNode) and node in self.inline else None
            if edges is None or set(edges) != {_FIRST, _REST} or len(edges[_FIRST]) != 1 or len(edges[_REST]) != 1:
                return None
            items.append(edges[_FIRST][0])
            node = edges[_REST][0]
        return items

    def _verb(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate == _TYPE else self.term(predicate)

    def term(self, node: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
        if isinstance(node, ox.NamedNode):
            return self._name(node.value)
        if isinstance(node, ox.Literal) and node.datatype.value not in (XSD_STRING, RDF_LANG_STRING):
            plain = str(ox.Literal(node.value))
            return f"{plain}^^{self._name(node.datatype.value)}"
        return str(node)

    def _name(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.names.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix is not None and _LOCAL.match(iri[cut:]) else f"<{iri}>"
