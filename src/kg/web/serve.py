"""Serve the application with waitress, a WSGI server that breaks a connection visibly when a stream fails."""

from __future__ import annotations

import errno
import logging
import signal
from pathlib import Path
from types import FrameType

from waitress.server import create_server

from kg.endpoint.wsgi import MAX_BODY
from kg.errors import PortInUseError, UsageError
from kg.settings import Settings
from kg.web.app import create_app
from kg.web.services import KEY

THREADS = 16
HELLO = """DEK serves version {version} of the graph ({quads} statements) at
  {address}/

Try:
  {address}/                      what is in here
  {address}/query                 ask in SPARQL
  {address}/reports/measurements  every figure with the words that state it
  {address}/data/dump.ttl         the whole graph for Protégé

Stop with Ctrl-C."""


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8000, *, queries: Path | None = None) -> None:
    """Serve until SIGINT or SIGTERM. Port 0 takes a free one; the address is printed.

    Raises StoreError when there is nothing to serve, PortInUseError when the address is taken, UsageError when there is no such host.
    """
    app = create_app(settings, queries=queries)
    found = app.extensions[KEY]
    try:
        try:
            server = create_server(
                app,
                host=host,
                port=port,
                threads=THREADS,
                ident="DEK",
                channel_request_lookahead=1,
                max_request_body_size=2 * MAX_BODY,
                clear_untrusted_proxy_headers=True,
            )
        except ValueError as error:  # how waitress tells that a host name cannot be resolved
            raise UsageError(f"{host!r} is no address to listen on: {error}", where="--host", remedy="give one like 127.0.0.1") from None
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
                raise PortInUseError(
                    f"{host}:{port} cannot be listened on: {error.strerror}",
                    remedy="choose another with --port (0 takes any free one), or stop the program that has it",
                ) from None
            raise
        for problem in found.report_problems:
            logging.getLogger("kg.web").warning("%s", problem)
        bound = getattr(server, "effective_port", port)
        shown = f"[{host}]" if ":" in host else host
        manifest = found.current.snapshot().version
        print(HELLO.format(address=f"http://{shown}:{bound}", version=manifest.name, quads=manifest.manifest.quads), flush=True)
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            server.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
    finally:
        found.close()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
