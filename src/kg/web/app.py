"""The application factory: services, pages, the SPARQL endpoint beside Flask, headers and errors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
from flask import Flask, Response, request

from kg import __version__
from kg.endpoint.wsgi import SparqlApp
from kg.settings import Settings
from kg.web import data, entities, home, query, reports, sources
from kg.web.errors import register_errors
from kg.web.filters import register_filters
from kg.web.services import KEY, Services, static_version

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(settings: Settings | None = None, *, queries: Path | None = None) -> Flask:
    """The DEK web application over the store that ``settings`` names (default: from the environment).

    ``queries`` is the folder of reports (default: the shipped one). Raises StoreError when there is no published version to serve.
    """
    settings = settings or Settings.from_environment()
    app = Flask("kg.web")
    app.url_map.strict_slashes = False  # /reports/ is /reports, /data is /data/
    app.extensions[KEY] = Services.start(settings, queries)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    register_filters(app)
    register_errors(app)
    for blueprint in (home.pages, query.pages, reports.pages, sources.pages, entities.pages, data.pages):
        app.register_blueprint(blueprint)
    app.after_request(_headers)
    app.context_processor(_context)
    _mount_endpoint(app)
    return app


def _mount_endpoint(app: Flask) -> None:
    """Answer /sparql before Flask sees it: the endpoint is plain WSGI and streams."""
    found: Services = app.extensions[KEY]
    endpoint = SparqlApp(found.public, union=found.settings.default_graph == "union", form="/query")
    pages = app.wsgi_app

    def dispatch(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/sparql":
            return endpoint(environ, start_response)
        return pages(environ, start_response)

    app.wsgi_app = dispatch  # type: ignore[method-assign]


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    if request.path.startswith(("/data/", "/reports", "/healthz")):
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
    return response


def _context() -> dict[str, object]:
    from flask import current_app

    found: Services = current_app.extensions[KEY]
    folder = Path(current_app.static_folder or "")

    def static(name: str) -> str:
        path = folder / name
        return f"/static/{name}?v={static_version(str(path), path.stat().st_mtime)}"

    return {"static": static, "version": found.current.snapshot().name, "dek_version": __version__}
