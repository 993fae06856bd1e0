"""SPARQL 1.1 Protocol, query operation: an HTTP request → what is asked (§2.1). Every refusal is an HttpError with its status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from kg.endpoint.problems import HttpError

ALLOW = "GET, HEAD, POST, OPTIONS"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`]*\Z")


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """What a client asks: the query, the data set of the request (empty: the service's own) and a format key, if it named one."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


def parse_parameters(text: bytes | str, where: str) -> list[tuple[str, str]]:
    """Percent-encoded parameters in order. Raises HttpError 400 when they are not UTF-8."""
    raw = text if isinstance(text, bytes) else text.encode("latin-1", "replace")
    pairs = []
    for part in raw.split(b"&"):
        if part:
            key, _, value = part.replace(b"+", b" ").partition(b"=")
            try:
                pairs.append((unquote_to_bytes(key).decode(), unquote_to_bytes(value).decode()))
            except UnicodeDecodeError:
                raise HttpError(400, f"{where} is not UTF-8") from None
    return pairs


def parse_query_request(method: str, query_string: str, content_type: str, body: bytes) -> QueryRequest | None:
    """The query of a request; None for a GET or HEAD without any (it asks for the service itself).

    Raises HttpError: 405 for another method, 415 for another kind of body, 403 for an update, 400 for anything malformed.
    """
    parameters = parse_parameters(query_string, "the query string")
    if method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in parameters):
            raise HttpError(400, "an update cannot be sent by GET, and this service takes none")
        return _request(parameters) if any(name in ("query", "default-graph-uri", "named-graph-uri") for name, _ in parameters) else None
    if method != "POST":
        raise HttpError(405, f"{method} means nothing here; send queries by GET or POST", headers={"Allow": ALLOW})
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", rest, re.IGNORECASE)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise HttpError(415, f"the character set {charset[1]!r} is not read here; send UTF-8")
    if kind == FORM:
        return _request([*parameters, *parse_parameters(body, "the form")])
    if kind == DIRECT:
        if any(name == "query" for name, _ in parameters):
            raise HttpError(400, "a query in the body and another in the address: send one of them")
        try:
            return _request([*parameters, ("query", body.decode())])
        except UnicodeDecodeError:
            raise HttpError(400, "the query is not UTF-8") from None
    if kind == UPDATE:
        raise HttpError(403, "this service is read-only: it takes no updates")
    named = f"{kind!r} is" if kind else "A body without Content-Type is"
    raise HttpError(415, f"{named} not read here; send {DIRECT} or {FORM}", headers={"Accept-Post": f"{DIRECT}, {FORM}"})


def _request(parameters: list[tuple[str, str]]) -> QueryRequest:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    if all_of("update"):
        raise HttpError(403, "this service is read-only: it takes no updates")
    queries = all_of("query")
    if len(queries) != 1:
        raise HttpError(400, "the parameter 'query' is missing" if not queries else f"{len(queries)} parameters 'query': send one")
    if not queries[0].strip():
        raise HttpError(400, "the query is empty")
    for name in ("default-graph-uri", "named-graph-uri"):
        for value in all_of(name):
            if not _ABSOLUTE.match(value):
                raise HttpError(400, f"{name}: {value!r} is no absolute IRI")
    formats = all_of("format")
    return QueryRequest(queries[0], all_of("default-graph-uri"), all_of("named-graph-uri"), formats[-1] if formats else None)
