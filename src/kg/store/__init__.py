"""Versions of the graph on disk: published whole, never changed, switched atomically. Towards the outside: open, query, replace."""

from kg.store.documents import Document
from kg.store.publish import last_inputs, publish, replace_graph
from kg.store.snapshot import Current, Querier, Snapshot, Solutions, Term, open_current, open_version
from kg.store.version import FORMAT, Manifest, Version, current_version

__all__ = [
    "FORMAT",
    "Current",
    "Document",
    "Manifest",
    "Querier",
    "Snapshot",
    "Solutions",
    "Term",
    "Version",
    "current_version",
    "last_inputs",
    "open_current",
    "open_version",
    "publish",
    "replace_graph",
]
