"""The endpoint as a WSGI application: one request to one answer, streamed, with the right status."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import request_uri

from kg.endpoint.description import service_description
from kg.endpoint.engines import EnginePool
from kg.endpoint.formats import GRAPH, GRAPH_FORMATS, SOLUTIONS, Format, by_key, formats_for
from kg.endpoint.lexer import outline
from kg.endpoint.negotiate import best_format, best_media_type
from kg.endpoint.problems import STATUS_LINES, HttpError
from kg.endpoint.protocol import ALLOW, QueryRequest, parse_query_request

log = logging.getLogger("kg.endpoint")
MAX_BODY = 16 * 1024 * 1024
CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "DEK-Version, Retry-After"),
    ("X-Content-Type-Options", "nosniff"),
)
StartResponse = Callable[[str, list[tuple[str, str]]], Callable[[bytes], object]]
Environ = dict[str, Any]


class SparqlApp:
    """SPARQL queries over a pool of engines. ``form`` is the path of a page for people, to which browsers are sent."""

    def __init__(self, pool: EnginePool, *, union: bool, form: str | None = None) -> None:
        self._pool, self._union, self._form = pool, union, form

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """WSGI."""
        accept = environ.get("HTTP_ACCEPT")
        try:
            return self._answer(environ, accept, start_response)
        except HttpError as problem:
            return _refuse(environ, problem, start_response)
        except ConnectionAbortedError:  # nobody reads this any more
            start_response(STATUS_LINES[503], [("Content-Length", "0")])
            return []
        except Exception:
            log.exception("the endpoint failed: %s", environ.get("REQUEST_METHOD"))
            return _refuse(environ, HttpError(500, "something went wrong on our side; the server's log says what"), start_response)

    def _answer(self, environ: Environ, accept: str | None, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            allowed = [("Allow", ALLOW), ("Access-Control-Allow-Methods", ALLOW), ("Access-Control-Allow-Headers", "Accept, Content-Type")]
            start_response(STATUS_LINES[204], [*allowed, ("Access-Control-Max-Age", "86400"), *CORS])
            return []
        request = parse_query_request(method, environ.get("QUERY_STRING", ""), environ.get("CONTENT_TYPE", ""), _body(environ))
        if method in ("GET", "HEAD") and self._form and _wants_page(accept) and (request is None or request.format is None):
            target = environ.get("SCRIPT_NAME", "") + self._form + ("?" + urlencode({"query": request.query}) if request else "")
            start_response(STATUS_LINES[303], [("Location", target), ("Vary", "Accept"), ("Content-Length", "0")])
            return []
        if request is None:
            return self._describe(environ, accept, start_response)
        chosen = _choose(request, accept)
        answer = self._pool.run(request, chosen, gone=environ.get("waitress.client_disconnected"))
        headers = [("Content-Type", chosen.content_type), ("Vary", "Accept"), ("DEK-Version", answer.version), *CORS]
        start_response(STATUS_LINES[200], headers)
        if method == "HEAD":
            answer.close()
            return []
        return answer

    def _describe(self, environ: Environ, accept: str | None, start_response: StartResponse) -> Iterable[bytes]:
        chosen = best_format(accept, GRAPH_FORMATS)
        if chosen is None:
            raise _not_acceptable(GRAPH)
        body = service_description(request_uri(environ, include_query=False), chosen, union=self._union)
        headers = [("Content-Type", chosen.content_type), ("Content-Length", str(len(body))), ("Vary", "Accept"), *CORS]
        start_response(STATUS_LINES[200], headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _refuse(environ: Environ, problem: HttpError, start_response: StartResponse) -> list[bytes]:
    content_type, body = problem.body(environ.get("HTTP_ACCEPT"))
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("Vary", "Accept"), *CORS]
    start_response(STATUS_LINES[problem.status], headers + list(problem.headers.items()))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _body(environ: Environ) -> bytes:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise HttpError(400, "Content-Length is no number") from None
    if length > MAX_BODY:
        raise HttpError(413, f"the request body has {length} bytes; at most {MAX_BODY} are read")
    return bytes(environ["wsgi.input"].read(length)) if length > 0 else b""


def _wants_page(accept: str | None) -> bool:
    """Whether a person with a browser is asking: text/html is liked better than any result format."""
    results = [entry.media_type for entry in (*formats_for(SOLUTIONS), *formats_for(GRAPH))]
    return best_media_type(accept, ["*/*", *results, "text/html"]) == "text/html"


def _choose(request: QueryRequest, accept: str | None) -> Format:
    """The format of the answer, from ``format=`` or the Accept header. Raises HttpError 400 or 406."""
    shape = outline(request.query)
    if shape.form == "UPDATE":
        raise HttpError(403, "this is an update; this service is read-only")
    carries = GRAPH if shape.form in ("CONSTRUCT", "DESCRIBE") else SOLUTIONS
    if request.format is not None:
        chosen = by_key(request.format, carries)
        if chosen is None:
            names = ", ".join(entry.key for entry in formats_for(carries))
            raise HttpError(400, f"there is no format {request.format!r} for the result of {shape.form or 'SELECT'}; there are {names}")
        return chosen
    chosen = best_format(accept, formats_for(carries))
    if chosen is None:
        raise _not_acceptable(carries)
    return chosen


def _not_acceptable(carries: str) -> HttpError:
    names = ", ".join(entry.media_type for entry in formats_for(carries))
    return HttpError(406, f"none of the media types you accept can be given; this can be had as {names}")
