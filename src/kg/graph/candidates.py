"""Preferred labels of candidate indicators: several articles word one candidate differently, and a concept has one name a language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.iris import Iris
from kg.graph.nquads import GraphWriter
from kg.graph.vocabulary import SKOS
from kg.settings import Settings

ALTERNATIVE, PREFERRED = SKOS + "altLabel", SKOS + "prefLabel"


def candidate_label_quads(blobs: Iterable[bytes], settings: Settings) -> bytes:
    """Sorted N-Quads of graph/derived: for each candidate and language the wording most sources use, then the shortest, then the first."""
    iris = Iris.of(settings)
    prefix = f"<{iris.id('indicator', 'candidate')}".encode()
    worded: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for blob in blobs:
        lines = b"\n".join(line for line in blob.split(b"\n") if line.startswith(prefix) and f"<{ALTERNATIVE}>".encode() in line)
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                worded[quad.subject.value, quad.object.language or "und"][quad.object.value] += 1
    writer = GraphWriter(iris.graph("derived"))
    for (node, language), wordings in sorted(worded.items()):
        label = min(wordings, key=lambda text: (-wordings[text], len(text), text))
        writer.label(node, label, language)
        writer.text(node, PREFERRED, label, language)
    return writer.bytes()
