"""A version: an immutable directory named by the hash of its content.

Layout of a store directory::

    STORE/
      current -> versions/HASH     the version that is served; switched atomically
      versions/HASH/
        manifest.json              format number, counts, hashes, the DEK version that built it
        data.nq                    all quads, sorted, without duplicates
        documents.jsonl            one line a source article
        documents/ab/ab….raw .txt  its bytes as given, and its source text in UTF-8
        oxigraph/                  the same in Oxigraph's own form; there the default graph is the merge of all graphs
        in-use                     locked (shared) by whoever has the version open
      building-…/                  a build under way, locked by its process
      history.jsonl                one line a publication: version, time, fingerprint of the inputs
      lock                         held for the short moments of starting, switching and pruning
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError

FORMAT = 1
"""Number of this layout; a version of another number is refused, not guessed at."""

CURRENT, VERSIONS, BUILDING, HISTORY, LOCK = "current", "versions", "building-", "history.jsonl", "lock"
MANIFEST, QUADS, INDEX, DOCUMENTS, OXIGRAPH, IN_USE = (
    "manifest.json",
    "data.nq",
    "documents.jsonl",
    "documents",
    "oxigraph",
    "in-use",
)

REBUILD = "run 'kg build' to make it again"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says about itself. ``content`` is the sha256 that names it, ``quads_sha256`` that of ``data.nq`` alone."""

    format: int
    content: str
    quads: int
    quads_sha256: str
    documents: int
    dek: str

    def to_json(self) -> str:
        """The text of ``manifest.json``."""
        return json.dumps(asdict(self), indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. ``fresh`` tells, of the answer of ``publish``, whether that call changed what is served."""

    path: Path
    manifest: Manifest
    fresh: bool = False

    @property
    def name(self) -> str:
        """16 hexadecimal digits: the start of the content hash."""
        return self.path.name

    @property
    def quads_file(self) -> Path:
        """All quads as sorted N-Quads."""
        return self.path / QUADS


def read_version(path: Path) -> Version:
    """The version in directory ``path``. Raises StoreError naming it when it is missing, half-built or of another format."""
    if not path.is_dir():
        raise StoreError("there is no such version", where=str(path), remedy=REBUILD)
    try:
        fields = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        number = fields["format"]
        if number != FORMAT:
            raise StoreError(f"the version has format {number}, this DEK reads format {FORMAT}", where=str(path), remedy=REBUILD)
        manifest = Manifest(**fields)
    except FileNotFoundError:
        raise StoreError("the version is incomplete: manifest.json is missing", where=str(path), remedy=REBUILD) from None
    except (ValueError, KeyError, TypeError):
        raise StoreError("the version is damaged: manifest.json cannot be read", where=str(path), remedy=REBUILD) from None
    missing = [name for name in (QUADS, INDEX, DOCUMENTS, OXIGRAPH, IN_USE) if not (path / name).exists()]
    if missing:
        raise StoreError(f"the version is incomplete: {', '.join(missing)} missing", where=str(path), remedy=REBUILD)
    return Version(path, manifest)


def current_path(store: Path) -> Path:
    """The directory that ``current`` points to. Raises StoreError saying what is wrong with the store directory and what to do."""
    build = f"build it with 'kg build --store {store}', or name another with --store"
    pointer = store / CURRENT
    if not store.exists():
        raise StoreError("there is no such store directory", where=str(store), remedy=build)
    if not store.is_dir():
        raise StoreError("this is a file, a store is a directory", where=str(store), remedy=build)
    if not pointer.is_symlink():
        if pointer.exists():
            raise StoreError("'current' is no link to a version", where=str(store), remedy="remove it and run 'kg build'")
        if any(store.glob(f"{BUILDING}*")):
            what = "no version has been published yet: a build is under way or was broken off"
        elif any(store.iterdir()):
            what = "this directory holds no published version"
        else:
            what = "the store directory is empty"
        raise StoreError(what, where=str(store), remedy=build)
    target = pointer.resolve()
    if not target.is_dir():
        raise StoreError(f"'current' points to {target.name}, which is not there", where=str(store), remedy=build)
    return target


def current_version(store: Path) -> Version:
    """The version that is served. Raises StoreError."""
    return read_version(current_path(store))
