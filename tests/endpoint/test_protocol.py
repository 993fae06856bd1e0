"""SPARQL 1.1 Protocol §2.1 (query operation): each accepted way of asking, each refusal with its status."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.endpoint.problems import HttpError, syntax_problem
from kg.endpoint.protocol import DIRECT, FORM, UPDATE, parse_query_request

ASK = "ASK {}"


def status(method="GET", query_string="", content_type="", body=b""):
    with pytest.raises(HttpError) as caught:
        parse_query_request(method, query_string, content_type, body)
    return caught.value.status


def test_2_1_1_query_via_get():
    request = parse_query_request("GET", "query=ASK%20%7B%7D&default-graph-uri=http://e/a&default-graph-uri=http://e/b", "", b"")
    assert (request.query, request.default_graphs, request.named_graphs) == (ASK, ("http://e/a", "http://e/b"), ())


def test_2_1_2_query_via_post_form():
    request = parse_query_request("POST", "", f"{FORM}; charset=UTF-8", b"query=ASK+%7B%7D&named-graph-uri=urn:x:y")
    assert (request.query, request.named_graphs) == (ASK, ("urn:x:y",))


def test_2_1_3_query_via_post_directly():
    request = parse_query_request("POST", "default-graph-uri=http%3A%2F%2Fe%2Fa", DIRECT, "SELECT '北京' {}".encode())
    assert (request.query, request.default_graphs) == ("SELECT '北京' {}", ("http://e/a",))


def test_format_is_taken_from_the_parameters():
    assert parse_query_request("GET", "query=x&format=csv", "", b"").format == "csv"


def test_a_get_without_query_asks_for_the_service():
    assert parse_query_request("GET", "", "", b"") is None
    assert parse_query_request("GET", "output=x", "", b"") is None


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"query_string": "query=a&query=b"}, 400),
        ({"query_string": "query="}, 400),
        ({"query_string": "default-graph-uri=http://e/"}, 400),
        ({"query_string": "query=ASK%20%7B%7D&default-graph-uri=relative"}, 400),
        ({"query_string": "query=ASK%20%7B%7D&named-graph-uri=http://e/%20x"}, 400),
        ({"query_string": "query=%ff"}, 400),
        ({"query_string": "update=CLEAR%20ALL"}, 400),
        ({"method": "POST", "content_type": FORM, "body": b""}, 400),
        ({"method": "POST", "content_type": FORM, "body": b"update=CLEAR+ALL"}, 403),
        ({"method": "POST", "content_type": UPDATE, "body": b"CLEAR ALL"}, 403),
        ({"method": "POST", "content_type": DIRECT, "body": b"\xff"}, 400),
        ({"method": "POST", "content_type": DIRECT, "body": b"ASK {}", "query_string": "query=x"}, 400),
        ({"method": "POST", "content_type": "text/plain", "body": b"ASK {}"}, 415),
        ({"method": "POST", "content_type": "", "body": b"ASK {}"}, 415),
        ({"method": "POST", "content_type": f"{DIRECT}; charset=utf-16", "body": b"ASK {}"}, 415),
        ({"method": "PUT"}, 405),
        ({"method": "DELETE"}, 405),
    ],
)
def test_refusals(arguments, expected):
    assert status(**arguments) == expected


@given(st.binary(max_size=60))
def test_any_form_is_read_or_refused(body):
    outcome = 200
    try:
        parse_query_request("POST", "", FORM, body)
    except HttpError as problem:
        outcome = problem.status
    assert outcome in (200, 400, 403)


def test_a_syntax_error_points_into_the_query_and_says_what_was_expected():
    problem = syntax_problem("error at 2:4: expected one of \"(\", WHERE, ['a'..='z']", "SELECT *\nWHER { }")
    assert (problem.status, problem.line, problem.column) == (400, 2, 4)
    assert problem.excerpt() == "WHER { }\n   ^"
    assert "WHERE" in problem.detail
    assert "a'..=" not in problem.detail


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s e:x ?o }", "the prefix 'e:' is not declared"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y }", "The SELECT contains a variable that is unbound"),
        ("PREFIX e: <http://e/>\nSELECT ?x ?x2 WHER { ?x e:p ?y }", "line 2"),
    ],
)
def test_oxigraphs_complaints_are_told_in_words(query, words):
    with pytest.raises(SyntaxError) as caught:
        pyoxigraph.Store().query(query)
    assert words in syntax_problem(str(caught.value), query).detail


def test_problems_are_json_for_those_who_ask_and_text_for_others():
    problem = HttpError(400, "naïve 北", line=1, column=2, query="ab")
    assert problem.body(None)[0].startswith("text/plain")
    assert problem.body("text/html,*/*;q=0.8")[0].startswith("text/plain")
    kind, body = problem.body("application/sparql-results+json")
    assert kind == "application/problem+json"
    assert b'"line": 1' in body
    assert "naïve 北" in problem.body("image/png")[1].decode()
