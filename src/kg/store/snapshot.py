"""Reading a version: open it, query it, read its documents. Answers never mix two versions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store import version as layout
from kg.store.documents import DocumentEntry, read_index, read_raw, read_text
from kg.store.locks import FileLock, shared
from kg.store.version import REBUILD, Version, current_path, read_version

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""An RDF term as a query gives it."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """A whole SELECT result: variable names and, a row each, their terms (None where unbound)."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)


class Querier(Protocol):
    """Whatever answers a SELECT query as a whole: an open version, or query engines before it."""

    def select(self, query: str) -> Solutions:
        """All solutions of a SELECT query. Raises SyntaxError for a wrong query."""


class Snapshot:
    """One version, open for reading; valid for as long as it is held, also after newer versions were published.

    Close it with :meth:`close` or by dropping it. It may be used from several threads.
    """

    def __init__(self, version: Version, store: ox.Store, lock: FileLock, *, union: bool = True) -> None:
        self.version = version
        self.union = union
        self._store, self._lock = store, lock

    @property
    def name(self) -> str:
        """The version's name: 16 hexadecimal digits of its content hash."""
        return self.version.name

    def query(self, query: str, *, names_graphs: bool = False) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Run a SPARQL query. The default graph is the merge of all graphs, or empty if the settings say ``strict``.

        ``names_graphs`` says that the query has FROM clauses, which then say what its graphs are. Solutions belong to the calling thread.
        Raises SyntaxError for a wrong query.
        """
        if self.union or names_graphs:
            return self._store.query(query)
        return self._store.query(query, default_graph=[])

    def select(self, query: str) -> Solutions:
        """All solutions of a SELECT query over the merge of all graphs. Raises SyntaxError, or TypeError for another form."""
        result = self._store.query(query)
        if not isinstance(result, ox.QuerySolutions):
            raise TypeError("this is no SELECT query")
        variables = tuple(variable.value for variable in result.variables)
        width = range(len(variables))
        return Solutions(variables, tuple(tuple(solution[index] for index in width) for solution in result))

    def triples(
        self, subject: ox.NamedNode | None = None, predicate: ox.NamedNode | None = None, object: Term | None = None
    ) -> Iterator[ox.Triple]:
        """Triples of the merge of all graphs that fit the pattern, each once; None fits anything."""
        return (quad.triple for quad in self._store.quads_for_pattern(subject, predicate, object, ox.DefaultGraph()))

    def graphs_of(self, triple: ox.Triple) -> list[str]:
        """The IRIs of the named graphs that hold a triple, sorted."""
        quads = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return sorted(quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode))

    def names_graphs_below(self, base: str) -> bool:
        """Whether the IRI of any named graph starts with ``base``."""
        return any(isinstance(graph, ox.NamedNode) and graph.value.startswith(base) for graph in self._store.named_graphs())

    def quads(self) -> Iterator[ox.Quad]:
        """All quads of the named graphs, sorted as N-Quads."""
        return ox.parse(path=str(self.version.quads_file), format=ox.RdfFormat.N_QUADS)

    @property
    def dataset(self) -> ox.Store:
        """The open Oxigraph store itself, read only, for checks over all named graphs."""
        return self._store

    @cached_property
    def documents(self) -> dict[str, DocumentEntry]:
        """The articles of this version by id, in the order of their file names. Raises StoreError if the index is damaged."""
        try:
            entries = read_index(self.version.path / layout.INDEX)
        except (OSError, ValueError, TypeError):
            what = f"the version is damaged: {layout.INDEX} cannot be read"
            raise StoreError(what, where=str(self.version.path), remedy=REBUILD) from None
        return {entry.id: entry for entry in sorted(entries, key=lambda entry: (entry.file, entry.id))}

    def find_document(self, key: str) -> DocumentEntry | None:
        """The article with this id, name or file name; None if there is none."""
        if key in self.documents:
            return self.documents[key]
        return next((entry for entry in self.documents.values() if key in (entry.name, entry.file)), None)

    def text(self, document_id: str) -> str:
        """The source text of an article, in which offsets count. Raises StoreError if it is missing."""
        try:
            return read_text(self.version.path / layout.DOCUMENTS, document_id)
        except OSError:
            raise StoreError(f"the text of document {document_id} is missing", where=str(self.version.path), remedy=REBUILD) from None

    def raw(self, document_id: str) -> bytes:
        """The bytes of an article as given. Raises StoreError if they are missing."""
        try:
            return read_raw(self.version.path / layout.DOCUMENTS, document_id)
        except OSError:
            raise StoreError(f"the bytes of document {document_id} are missing", where=str(self.version.path), remedy=REBUILD) from None

    def close(self) -> None:
        """Let the version go, so that it may be pruned."""
        self._lock.release()


def open_version(path: Path, *, union: bool = True) -> Snapshot:
    """Open the version in directory ``path``. Raises StoreError naming it when it is missing, half-built or of another format."""
    path = path.resolve()
    try:
        lock = shared(path / layout.IN_USE)
    except OSError:
        read_version(path)
        raise StoreError("the version is incomplete", where=str(path), remedy=REBUILD) from None
    try:
        version = read_version(path)
        store = ox.Store.read_only(str(path / layout.OXIGRAPH))
    except (OSError, RuntimeError) as error:  # Oxigraph tells of missing or damaged files by a RuntimeError
        lock.release()
        raise StoreError(f"Oxigraph cannot open the version: {error}", where=str(path), remedy=REBUILD) from None
    except StoreError:
        lock.release()
        raise
    return Snapshot(version, store, lock, union=union)


def open_current(store: Path, *, union: bool = True, base: str | None = None) -> Snapshot:
    """Open the version that ``store`` serves. Raises StoreError saying what is wrong with the directory and what to do.

    With ``base`` also when the version has no graph below that base IRI: every report would then be empty without a word.
    """
    path = current_path(store)
    while True:
        try:
            snapshot = open_version(path, union=union)
        except StoreError:
            newer = current_path(store)  # published and pruned between reading the link and opening?
            if newer == path:
                raise
            path = newer
        else:
            if base is not None and not snapshot.names_graphs_below(base):
                snapshot.close()
                raise StoreError(
                    f"the version was not built with the base IRI {base}",
                    where=str(store),
                    remedy=f"set KG_BASE to the one it was built with, or build again: 'kg build --store {store}'",
                )
            return snapshot


class Current:
    """The version a server answers from: asks the link on each call, opens a newly published version, keeps the old one on failure."""

    def __init__(self, store: Path, *, union: bool = True, base: str | None = None) -> None:
        self._store, self._union, self._base = store, union, base
        self._lock = threading.Lock()
        self._snapshot = open_current(store, union=union, base=base)
        self.problem: StoreError | None = None

    def snapshot(self) -> Snapshot:
        """The current version, open. One system call when nothing changed; requests that hold an older one go on with it."""
        try:
            target = current_path(self._store)
        except StoreError as error:
            self.problem = error
            return self._snapshot
        if target == self._snapshot.version.path:
            self.problem = None
            return self._snapshot
        with self._lock:
            if target != self._snapshot.version.path:
                try:
                    self._snapshot = open_current(self._store, union=self._union, base=self._base)
                    self.problem = None
                except StoreError as error:
                    self.problem = error
            return self._snapshot
