"""What the pages share: the current version, query engines, reports, and local addresses of our IRIs."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from flask import current_app

from kg.endpoint.engines import EnginePool, default_size
from kg.errors import KgError
from kg.graph import Iris
from kg.graph.dump import dump
from kg.graph.vocabulary import prefixes
from kg.reports import Report, load_reports
from kg.settings import Settings, share
from kg.store import Current, Snapshot

KEY = "kg"
DUMPS = "dek-dumps-"
SHOWN_PREFIXES = ("dek", "rdf", "rdfs", "owl", "xsd", "skos", "dct", "prov", "graph", "wd", "gns")


@dataclass(slots=True)
class Services:
    """One per application. ``public`` engines run what visitors write, ``own`` engines run reports, so that neither waits for the other.

    Reports ask the merge of all graphs, also where the settings make the public default graph ``strict``.
    """

    settings: Settings
    current: Current
    public: EnginePool
    own: EnginePool
    reports: dict[str, Report]
    report_problems: list[KgError]
    iris: Iris
    prefixes: dict[str, str]
    dumps: Dumps = field(init=False)

    def __post_init__(self) -> None:
        self.dumps = Dumps(self.settings)

    @classmethod
    def start(cls, settings: Settings, queries: Path | None = None) -> Services:
        """Open the store and prepare engines. Raises StoreError when there is nothing to serve."""
        current = Current(settings.store, union=settings.default_graph == "union", base=settings.base)
        names = prefixes(settings.base)
        used = {name: names[name] for name in SHOWN_PREFIXES if name in names} | {n: s for n, s in names.items() if n.startswith("id-")}
        reports, problems = load_reports(queries or share("queries"), settings.base)
        return cls(
            settings=settings,
            current=current,
            public=EnginePool(current, size=default_size(), timeout=settings.query_timeout, prefixes=used),
            own=EnginePool(current, size=2, timeout=settings.query_timeout, prefixes=used, union=True),
            reports=reports,
            report_problems=problems,
            iris=Iris.of(settings),
            prefixes=used,
        )

    def close(self) -> None:
        """End all engines."""
        self.public.close()
        self.own.close()
        self.dumps.close()

    # ---- addresses

    def local(self, iri: str) -> str | None:
        """The path on this server that shows what an IRI of ours names; None for anything else."""
        base = self.settings.base
        if iri.startswith(base + "id/document/"):
            return "/sources/" + iri.removeprefix(base + "id/document/")
        if iri.startswith(base + "id/"):
            return "/page/" + iri.removeprefix(base + "id/")
        if iri.startswith(base + "graph/source/"):
            return "/sources/" + iri.removeprefix(base + "graph/source/")
        if iri.startswith(base + "ontology#") or iri == base + "ontology":
            return "/ontology" + iri.removeprefix(base + "ontology")
        return None

    def short(self, iri: str) -> str:
        """An IRI as people read it: with a prefix where one fits."""
        best = max((space for space in self.prefixes.values() if iri.startswith(space)), key=len, default="")
        if not best or len(best) == len(iri):
            return iri
        name = next(name for name, space in self.prefixes.items() if space == best)
        return f"{name.removeprefix('id-')}:{iri.removeprefix(best)}"


class Dumps:
    """Dump files of the current version, made when first asked for and kept until the next version."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        _remove_orphans()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{DUMPS}{os.getpid()}-"))
        self._lock = threading.Lock()
        self._version = ""

    def path(self, snapshot: Snapshot, format: str) -> Path:
        """The file with the dump of a version in a format. Raises UsageError for an unknown one."""
        if format == "nq":
            return snapshot.version.quads_file
        with self._lock:
            if snapshot.name != self._version:
                for old in self._folder.iterdir():
                    old.unlink()
                self._version = snapshot.name
            target = self._folder / f"{snapshot.name}.{format}"
            if not target.exists():
                pieces = dump(snapshot.quads(), format, self._settings)
                part = target.with_suffix(".part")
                with part.open("wb") as out:
                    out.writelines(pieces)
                part.replace(target)
            return target

    def close(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _remove_orphans() -> None:
    """Remove the dump folders of servers that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{DUMPS}*-*"):
        owner = folder.name.removeprefix(DUMPS).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def services() -> Services:
    """The services of the application that handles this request."""
    found = current_app.extensions[KEY]
    assert isinstance(found, Services)
    return found


@lru_cache(maxsize=32)
def static_version(path: str, modified: float) -> str:
    """A short hash of a static file, put into its address so that browsers fetch it again when it changed."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]
