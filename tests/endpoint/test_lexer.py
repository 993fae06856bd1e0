"""What is known of a query before it is run: its form, FROM, and SERVICE however it is hidden or imitated."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.endpoint.lexer import outline, tokens


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("select ?x {}", "SELECT"),
        ("# ASK\nPREFIX construct: <http://x/>\nBASE <http://ask/> DESCRIBE construct:x", "DESCRIBE"),
        ("CONSTRUCT WHERE { ?s ?p 'SELECT' }", "CONSTRUCT"),
        ("ASK{}", "ASK"),
        ("INSERT DATA {}", "UPDATE"),
        ("PREFIX x: <y> DELETE WHERE { ?s ?p ?o }", "UPDATE"),
        ("", ""),
        ("hello", ""),
    ],
)
def test_the_form_of_a_query(query, form):
    assert outline(query).form == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { service SILENT ?x { } }",
        "SELECT * { ?s ?p ?o.SERVICE<http://e/>{} }",
        "SELECT * { ?s ?p true.SeRvIcE <http://e/> {} }",
        "SELECT * { ?s ?p 1.SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p 1e3SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p 'x'SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p 'x'@en.SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p '''a'b'''SERVICE <http://e/> {} }",
        "SELECT * { ?s ?p _:b.SERVICE <http://e/> {} }".replace(".S", " . S"),
        "SELECT * { # comment\rSERVICE <http://e/> {} }",
        "SELECT * { { SELECT * { SERVICE <http://e/> {} } } }",
        "SELECT * { FILTER EXISTS { SERVICE <http://e/> {} } }",
    ],
)
def test_a_service_clause_is_seen(query):
    assert outline(query).calls_out


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT * { ?s ?p 'it\\'s SERVICE' }",
        "SELECT * { <http://e/SERVICE> x:SERVICE SERVICE:x }",
        "SELECT * { ?s ?p 'x'@service } # SERVICE <http://e/>",
        "SELECT * { _:SERVICE ?p $service }",
        "PREFIX a.service: <http://e/> SELECT * { ?s a.service:x-SERVICE ?o }",
    ],
)
def test_a_look_alike_is_no_service_clause(query):
    assert not outline(query).calls_out


@pytest.mark.parametrize(
    ("query", "names"),
    [("SELECT * FROM <g> {}", True), ("SELECT * from named <g> {}", True), ("SELECT ?from { ?from x:FROM 'FROM' }", False)],
)
def test_from_clauses(query, names):
    assert outline(query).names_graphs is names


@given(st.text(max_size=80))
def test_tokens_give_back_the_whole_text(text):
    assert "".join(token.text for token in tokens(text, spaces=True)) == text


PIECES = st.sampled_from(
    [
        "?x",
        "<http://e/a>",
        "e:a",
        "e:",
        "'s'",
        '"s"@en',
        "'''l'''",
        "1",
        "1.5",
        "true",
        ".",
        ";",
        " ",
        "\n",
        "# c\n",
        "{",
        "}",
        "SERVICE",
        "_:b",
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_whatever_oxigraph_takes_for_a_service_clause_is_seen(pieces):
    """Oxigraph itself is the judge: it evaluates a SERVICE to an error, which no other part of these queries can cause."""
    query = "PREFIX e: <http://e/> SELECT * { VALUES ?v { 1 } " + "".join(pieces) + " <http://127.0.0.1:9/> { ?x ?p ?o } }"
    try:
        list(pyoxigraph.Store().query(query))
    except SyntaxError:
        return
    except OSError:
        assert outline(query).calls_out
