"""``kg dump``: the whole graph in one file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import settings_of, store_option
from kg.graph.dump import FORMATS
from kg.graph.dump import dump as run_dump
from kg.store import open_current


@click.command()
@store_option
@click.option("--format", "format_", type=click.Choice(sorted(FORMATS)), default="ttl", show_default=True, help="Format of the dump.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="File to write (default: standard output).")
def dump(store: Path | None, format_: str, out: Path | None) -> int:
    """Write the whole graph.

    ttl, nt and rdf are one flat ontology for Protégé and other OWL tools (one header, no imports, every individual declared); nq, trig
    and jsonld keep the named graphs, one a source.

    \b
    Examples:
      kg dump --format ttl --out dek.ttl
      kg dump --format nq | gzip > dek.nq.gz
    """
    settings = settings_of(store)
    snapshot = open_current(settings.store, base=settings.base)
    try:
        pieces = run_dump(snapshot.quads(), format_, settings)
        if out is None:
            stream = sys.stdout.buffer
            for piece in pieces:
                stream.write(piece)
            return 0
        partial = out.with_name(out.name + ".part")
        out.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        partial.replace(out)
        click.echo(f"wrote {out} ({out.stat().st_size} bytes)", err=True)
    finally:
        snapshot.close()
    return 0
