"""What can go wrong with a request, as HTTP says it: status, title, detail, and line and column for wrong queries (RFC 9457)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kg.endpoint.lexer import undeclared_prefixes
from kg.endpoint.negotiate import best_media_type

TITLES = {
    400: "Bad request",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    413: "Request too large",
    415: "Unsupported media type",
    500: "Internal error",
    503: "Busy",
    504: "Query took too long",
    507: "Query needs too much memory",
}
STATUS_LINES = {
    200: "200 OK",
    204: "204 No Content",
    303: "303 See Other",
    400: "400 Bad Request",
    403: "403 Forbidden",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    406: "406 Not Acceptable",
    413: "413 Content Too Large",
    415: "415 Unsupported Media Type",
    500: "500 Internal Server Error",
    503: "503 Service Unavailable",
    504: "504 Gateway Timeout",
    507: "507 Insufficient Storage",
}
PROBLEM, TEXT = "application/problem+json", "text/plain"
_JSON_RELATIVES = ("application/json", "application/sparql-results+json", "application/ld+json")


class HttpError(Exception):
    """A request that gets no result. ``line`` and ``column`` count from 1; ``query`` is the text they point into."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        line: int | None = None,
        column: int | None = None,
        query: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.line, self.column, self.query = status, detail, line, column, query
        self.headers = dict(headers or {})

    @property
    def title(self) -> str:
        """The kind of problem in a few words."""
        return TITLES[self.status]

    def excerpt(self) -> str:
        """The line of the query that is wrong, with a caret below the place; empty if the place is unknown."""
        if self.line is None or self.column is None:
            return ""
        lines = self.query.split("\n")
        if not 0 < self.line <= len(lines):
            return ""
        text = lines[self.line - 1].rstrip("\r")
        first = max(0, self.column - 61)
        return f"{text[first : first + 120]}\n{' ' * (self.column - 1 - first)}^"

    def body(self, accept: str | None) -> tuple[str, bytes]:
        """(content type, body): problem+json for those who ask for JSON, plain text for everyone else."""
        if best_media_type(accept, (TEXT, PROBLEM, *_JSON_RELATIVES)) in (PROBLEM, *_JSON_RELATIVES):
            members: dict[str, object] = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
            if self.line is not None:
                members |= {"line": self.line, "column": self.column}
            return PROBLEM, json.dumps(members, ensure_ascii=False).encode()
        excerpt = self.excerpt()
        text = f"{self.title}: {self.detail}\n" + (f"\n{excerpt}\n" if excerpt else "")
        return f"{TEXT}; charset=utf-8", text.encode("utf-8", "replace")


_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_EXPECTED = re.compile(r"expected (?:one of )?(.*)", re.DOTALL)
_CLASS = re.compile(r"\[[^\[\]]*(?:'\['|'\]')?[^\[\]]*\]")


def syntax_problem(message: str, query: str) -> HttpError:
    """A 400 from Oxigraph's message (``error at LINE:COLUMN: expected one of …``), with the expectations a person can use."""
    place = _PLACE.search(message)
    if place is None:
        return HttpError(400, f"the query is no SPARQL: {message}")
    line, column, rest = int(place[1]), int(place[2]), place[3]
    detail = f"syntax error at line {line}, column {column}"
    return HttpError(400, f"{detail}{_reason(rest, query)}", line=line, column=column, query=query)


def _reason(complaint: str, query: str) -> str:
    """What Oxigraph's complaint says to a person: an undeclared prefix, its sentences, or the words it would have taken."""
    unknown = undeclared_prefixes(query)
    if unknown:
        return f": the prefix {' and '.join(repr(name) for name in unknown)} is not declared"
    expected = _EXPECTED.match(complaint)
    if expected is None:
        return f": {complaint}"
    choices = [choice.strip() for choice in _CLASS.sub("", expected[1]).split(", ")]
    sentences = [choice for choice in choices if re.search(r"[a-z]{2} [a-z]", choice) and choice != "Prefix not found"]
    if sentences:
        return f": {'; '.join(sentences)}"
    useful = [choice for choice in choices if choice and choice not in ("OPTIONAL", "Prefix not found", '","', ",")][:12]
    return f": expected {'one of ' if len(useful) > 1 else ''}{' '.join(useful)}" if useful else ""
