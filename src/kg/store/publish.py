"""Publishing: N-Quads and documents in, one new immutable version out, switched on atomically or not at all."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph

from kg import __version__
from kg.errors import StoreError
from kg.store import version as layout
from kg.store.documents import Document, DocumentEntry, index_lines, read_index, read_raw, read_text, write_document
from kg.store.locks import FileLock, exclusive, held
from kg.store.quads import write_sorted, write_with_union
from kg.store.version import Manifest, Version, current_version, read_version

NAME_LENGTH = 16
_counter = itertools.count()


def publish(
    store: Path,
    shards: Iterable[bytes | Path],
    documents: Iterable[Document] = (),
    *,
    keep_versions: int = 3,
    inputs: str = "",
) -> Version:
    """Make the version that holds exactly these quads and documents, and serve it from now on.

    ``shards`` are N-Quads (bytes or files), in any order; ``documents`` are the articles they came from. ``inputs`` is a fingerprint of
    what the build read, given back by :func:`last_inputs`. The same content again is the same version: nothing is loaded or switched.
    After the switch the ``keep_versions`` versions that were served last remain; older ones go unless somebody has them open.

    A process killed at any moment leaves the served version as it was; what it left behind is removed by the next publication.
    Raises StoreError naming the directory when the quads are refused or the disk is full.
    """
    with _Building(store) as building:
        try:
            content = _write_content(building.path, shards, documents)
            name = content.content[:NAME_LENGTH]
            if _already_served(store, name):
                version = Version((store / layout.VERSIONS / name).resolve(), current_version(store).manifest, fresh=False)
                _remember(store, name, inputs)
                return version
            _load(building.path, content)
            return _switch(store, building, content, keep_versions, inputs)
        except OSError as error:
            raise StoreError(
                f"the version could not be written: {error.strerror or error}",
                where=str(store),
                remedy="free space or correct the permissions, then build again; what was served is still served",
            ) from error


def replace_graph(store: Path, graph: str, quads: bytes, *, documents: Iterable[Document] = (), keep_versions: int = 3) -> Version:
    """Publish the current version with the content of one named graph (its IRI) replaced by ``quads`` (N-Quads of that graph).

    ``documents`` are added, replacing those of the same id; empty ``quads`` remove the graph. Raises StoreError.
    """
    base = current_version(store)
    suffix = f" <{graph}> .\n".encode()
    if any(not line.endswith(suffix) for line in (line.strip() + b"\n" for line in quads.split(b"\n") if line.strip())):
        raise StoreError(f"a replacement for graph {graph} holds quads of another graph", where=str(store))

    def rest() -> Iterator[bytes]:
        with base.quads_file.open("rb") as lines:
            yield from (line for line in lines if not line.endswith(suffix))

    added = {document.id: document for document in documents}
    folder = base.path / layout.DOCUMENTS
    kept = (
        Document(entry.id, entry.name, entry.file, entry.sha256, entry.encoding, read_raw(folder, entry.id), read_text(folder, entry.id))
        for entry in read_index(base.path / layout.INDEX)
        if entry.id not in added
    )
    return publish(store, itertools.chain(rest(), [quads]), itertools.chain(kept, added.values()), keep_versions=keep_versions)


def last_inputs(store: Path) -> str | None:
    """The ``inputs`` fingerprint of the last publication, if its version is the one served and sound; else None."""
    try:
        current = current_version(store)
    except StoreError:
        return None
    last = next(reversed(_history(store)), None)
    if last is None or last["version"] != current.name or not _is_sound(current.path):
        return None
    return last["inputs"]


@dataclass(slots=True)
class _Content:
    """What a building directory holds so far."""

    content: str
    quads: int
    quads_sha256: str
    documents: int


class _Building:
    """A fresh ``building-…`` directory, locked by this process and removed at the end whatever happens."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.path = store
        self.lock: FileLock | None = None

    def __enter__(self) -> _Building:
        try:
            (self.store / layout.VERSIONS).mkdir(parents=True, exist_ok=True)
            with held(self.store / layout.LOCK):  # nobody cleans up between making the directory and locking it
                _remove_leftovers(self.store)
                self.path = self.store / f"{layout.BUILDING}{os.getpid()}-{next(_counter)}"
                self.path.mkdir()
                self.lock = exclusive(self.path / layout.IN_USE, wait=False)
        except OSError as error:
            raise StoreError(
                f"the store directory cannot be written: {error.strerror or error}",
                where=str(self.store),
                remedy="choose another with --store, or correct its permissions",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self.lock is not None:
            self.lock.release()


def _remove_leftovers(store: Path) -> None:
    """Remove building directories whose process is gone. Call with the store's lock held."""
    for path in sorted(store.glob(f"{layout.BUILDING}*")):
        if not path.is_dir():
            continue
        lock = exclusive(path / layout.IN_USE, wait=False)
        if lock is not None:
            shutil.rmtree(path, ignore_errors=True)
            lock.release()
    for link in store.glob(f".{layout.CURRENT}-*"):
        link.unlink(missing_ok=True)


def _write_content(path: Path, shards: Iterable[bytes | Path], documents: Iterable[Document]) -> _Content:
    folder = path / layout.DOCUMENTS
    folder.mkdir()
    quads, quads_sha256 = write_sorted(shards, path / layout.QUADS)
    entries: dict[str, DocumentEntry] = {}
    for document in documents:
        entry = write_document(folder, document)
        entries[entry.id] = entry
    digest = hashlib.sha256(quads_sha256.encode())
    with (path / layout.INDEX).open("wb") as index:
        for line in index_lines(list(entries.values())):
            index.write(line)
            digest.update(line)
    return _Content(digest.hexdigest(), quads, quads_sha256, len(entries))


def _load(path: Path, content: _Content) -> None:
    """Bulk-load once into a new Oxigraph directory, reopen it read-only and compare the counts."""
    source = path / "load.nq"
    triples = write_with_union(path / layout.QUADS, source)
    try:
        fresh = pyoxigraph.Store(str(path / layout.OXIGRAPH))
        fresh.bulk_load(path=str(source), format=pyoxigraph.RdfFormat.N_QUADS)
        fresh.flush()
        del fresh
    except SyntaxError as error:
        line = _line(source, error.lineno)
        raise StoreError(
            f"the graph holds a line that is no N-Quads: {error.msg}: {line}", where=str(path.parent), remedy="nothing was changed"
        ) from None
    source.unlink()
    loaded = len(pyoxigraph.Store.read_only(str(path / layout.OXIGRAPH)))
    if loaded != content.quads + triples:
        raise StoreError(
            f"some of {content.quads} quads were lost in loading: they differ in spelling only (1.0 and 1)",
            where=str(path.parent),
            remedy="write numbers and language tags in one spelling",
        )


def _line(path: Path, number: int | None) -> str:
    if number is None:
        return ""
    with path.open("rb") as lines:
        return next(itertools.islice(lines, number - 1, None), b"").decode("utf-8", "replace").strip()[:300]


def _already_served(store: Path, name: str) -> bool:
    try:
        version = current_version(store)
    except StoreError:
        return False
    return version.name == name and _is_sound(version.path)


def _is_sound(path: Path) -> bool:
    """Whether a version is complete and Oxigraph opens it: a damaged one is made again, not taken up again."""
    try:
        read_version(path)
        pyoxigraph.Store.read_only(str(path / layout.OXIGRAPH))
    except (StoreError, OSError, RuntimeError):
        return False
    return True


def _switch(store: Path, building: _Building, content: _Content, keep_versions: int, inputs: str) -> Version:
    manifest = Manifest(layout.FORMAT, content.content, content.quads, content.quads_sha256, content.documents, __version__)
    (building.path / layout.MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    _sync_tree(building.path)
    name = content.content[:NAME_LENGTH]
    target = store / layout.VERSIONS / name
    with held(store / layout.LOCK):
        if not _is_sound(target):  # an older version of the same content is taken up again as it is
            if target.exists():
                shutil.rmtree(target)
            building.path.rename(target)
            _sync(target.parent)
        _point(store, name)
        _append_history(store, name, inputs)
        _prune(store, keep_versions)
    return Version(target.resolve(), manifest, fresh=True)


def _point(store: Path, name: str) -> None:
    link = store / f".{layout.CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(layout.VERSIONS) / name)
    pointer = store / layout.CURRENT
    if pointer.is_dir() and not pointer.is_symlink():
        raise StoreError("'current' is a directory, not a link to a version", where=str(pointer), remedy="move it away and build again")
    link.replace(pointer)
    _sync(store)


def _remember(store: Path, name: str, inputs: str) -> None:
    with held(store / layout.LOCK):
        if last_inputs(store) != inputs:
            _append_history(store, name, inputs)


def _append_history(store: Path, name: str, inputs: str) -> None:
    """Times stand here and nowhere inside a version, whose bytes depend on its content only."""
    entry = {"version": name, "published": datetime.now(UTC).isoformat(timespec="seconds"), "inputs": inputs}
    with (store / layout.HISTORY).open("a", encoding="utf-8") as history:
        history.write(json.dumps(entry, sort_keys=True) + "\n")
        history.flush()
        os.fsync(history.fileno())


def _history(store: Path) -> list[dict[str, str]]:
    """Publications, oldest first; a line torn by a crash is passed over."""
    entries: list[dict[str, str]] = []
    try:
        lines = (store / layout.HISTORY).read_text(encoding="utf-8").splitlines()
    except OSError:
        return entries
    for line in lines:
        try:
            entry = json.loads(line)
            entries.append({"version": str(entry["version"]), "inputs": str(entry.get("inputs", ""))})
        except (ValueError, KeyError, TypeError):
            continue
    return entries


def _prune(store: Path, keep_versions: int) -> None:
    """Keep the ``keep_versions`` versions served last, and any that somebody has open. Call with the store's lock held."""
    served = dict.fromkeys(entry["version"] for entry in reversed(_history(store)))
    kept = set(itertools.islice(served, keep_versions))
    for path in sorted((store / layout.VERSIONS).iterdir()):
        if path.name in kept or not path.is_dir():
            continue
        lock = exclusive(path / layout.IN_USE, wait=False)
        if lock is not None:
            shutil.rmtree(path, ignore_errors=True)
            lock.release()


def _sync_tree(path: Path) -> None:
    for folder, _, files in os.walk(path):
        for name in files:
            _sync(Path(folder, name))
        _sync(Path(folder))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
