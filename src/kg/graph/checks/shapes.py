"""The SHACL shapes of ``ontology/shapes.ttl``, run by pySHACL over batches of sources."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.checks.finding import Data, Finding
from kg.graph.modules import module_text

BATCH = 50
"""Sources validated together: pySHACL holds a batch in memory and is slow, so that one huge graph would not do."""
_SH = "http://www.w3.org/ns/shacl#"


def shapes(data: Data) -> Iterator[Finding]:
    """Every node of a class that has a shape fits it."""
    import pyshacl  # takes a second to import, which other commands need not wait for
    import rdflib

    shape_graph = rdflib.Graph().parse(data=module_text("shapes", data.settings.base), format="turtle")
    for batch in _batches(data):
        graph = rdflib.Graph().parse(data=batch, format="nt")
        _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph, advanced=False, inference="none", abort_on_first=False)
        if isinstance(report, rdflib.Graph):
            yield from _findings(report)


def _batches(data: Data) -> Iterator[bytes]:
    """N-Triples of sources, each batch with the classes and members of the curated graphs that it refers to."""
    graphs = sorted(name.value for name in data.store.named_graphs() if isinstance(name, ox.NamedNode))
    start = data.iris.source_graph("")
    sources = [name for name in graphs if name.startswith(start)]
    computed = [data.iris.graph(name) for name in ("reconciliation", "derived")]
    curated = [name for name in graphs if name not in sources and name not in computed and name != data.iris.graph("meta")]
    context = _triples(data, curated)
    yield b"".join([context, _triples(data, computed), _triples(data, sources[:BATCH])])
    for index in range(BATCH, len(sources), BATCH):
        yield context + _triples(data, sources[index : index + BATCH])


def _triples(data: Data, graphs: list[str]) -> bytes:
    quads = (quad for name in graphs for quad in data.store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
    return b"".join(f"{quad.triple} .\n".encode() for quad in quads)


def _findings(report: object) -> Iterator[Finding]:
    import rdflib

    if not isinstance(report, rdflib.Graph):
        return
    sh = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
        message = str(report.value(result, sh.resultMessage) or "the shape is not met")
        detail = " ".join(f"({name}: {term})" for name, term in (("path", path), ("value", value)) if term is not None)
        subject = str(report.value(result, sh.focusNode) or "")
        severity = "violation" if report.value(result, sh.resultSeverity) == sh.Violation else "warning"
        yield Finding("shapes", severity, subject, f"{message} {detail}".strip())
