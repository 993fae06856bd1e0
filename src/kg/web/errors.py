"""Errors towards people with a browser (a friendly page) and towards programs (problem+json or plain text)."""

from __future__ import annotations

import logging

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from kg.endpoint.negotiate import best_media_type
from kg.endpoint.problems import TITLES, HttpError
from kg.errors import KgError, StoreError, UsageError

log = logging.getLogger("kg.web")
OUR_FAULT = "Something went wrong on our side. The error is in the server's log."


def register_errors(app: Flask) -> None:
    """Give every error of ``app`` a page or a plain answer."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(HttpError, _problem)
    app.register_error_handler(KgError, _for_people)
    app.register_error_handler(Exception, _unexpected)


def _wants_page() -> bool:
    return best_media_type(request.headers.get("Accept"), ["*/*", "text/plain", "application/json", "text/html"]) == "text/html"


def _problem(problem: HttpError) -> Response:
    if _wants_page():
        page = render_template("error.html", status=problem.status, title=problem.title, detail=problem.detail, excerpt=problem.excerpt())
        response = Response(page, problem.status, mimetype="text/html")
    else:
        content_type, body = problem.body(request.headers.get("Accept"))
        response = Response(body, problem.status, content_type=content_type)
    response.headers.update(problem.headers)
    response.headers["Vary"] = "Accept"
    return response


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(error.get_body(), status, dict(error.get_headers()))
    headers = {name: value for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")}
    if status not in TITLES:
        return Response(f"{error.name}\n", status, headers, mimetype="text/plain")
    return _problem(HttpError(status, _detail(error, status), headers=headers))


def _detail(error: HTTPException, status: int) -> str:
    """What was asked for and what can be asked for instead."""
    if status == 404:
        return f"nothing is at {request.path}; the start page / leads to everything that is"
    if isinstance(error, MethodNotAllowed):
        return f"{request.method} means nothing at {request.path}; it takes {', '.join(sorted(error.valid_methods or ()))}"
    return OUR_FAULT if status == 500 else error.description or error.name


def _for_people(error: KgError) -> Response:
    """UsageError: what was asked for is wrong. StoreError: we cannot answer now. Anything else is our fault."""
    status = 400 if isinstance(error, UsageError) else 503 if isinstance(error, StoreError) else 500
    if status == 500:
        log.error("%s", error)
        return _problem(HttpError(500, OUR_FAULT))
    if status == 503:
        return _problem(HttpError(503, error.what))  # where the store lies is no business of a visitor's
    return _problem(HttpError(400, f"{error.where}: {error.in_a_line}" if error.where else error.in_a_line))


def _unexpected(error: Exception) -> Response:
    log.exception("request failed: %s %s", request.method, request.path)
    return _problem(HttpError(500, OUR_FAULT))
