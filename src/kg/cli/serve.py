"""``kg serve``: the web front and the SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import settings_of, store_option


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on (0: any free one).")
def serve(store: Path | None, host: str, port: int) -> int:
    """Serve the store: pages, query form, SPARQL endpoint, reports, dumps. A new version is picked up while it runs.

    \b
    Examples:
      kg serve
      kg serve --store data --host 0.0.0.0 --port 8080
    """
    from kg.web import serve as run_server

    run_server(settings_of(store), host, port)
    return 0
