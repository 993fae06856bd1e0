"""Accept headers as clients really send them, and which format each must get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.endpoint.formats import FORMATS, GRAPH, GRAPH_FORMATS, RESULT_FORMATS, SOLUTIONS, by_key
from kg.endpoint.negotiate import best_format, best_media_type, parse_accept


@pytest.mark.parametrize(
    ("accept", "key"),
    [
        (None, "ttl"),
        ("", "ttl"),
        ("*/*", "ttl"),
        ("text/turtle", "ttl"),
        ("text/turtle; charset=utf-8", "ttl"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/turtle; q=0.2, */*; q=0.1", "rdf"),
        ("text/html;q=0, */*", "ttl"),
        ("text/turtle;q=0, */*;q=0.5", "nt"),
        ("application/n-triples;q=0.4, application/trig;q=0.41", "trig"),
        ("TEXT/TURTLE", "ttl"),
        ("text/*", "ttl"),
        ("text/plain", "nt"),
        ("application/json", "jsonld"),
        ("application/n-quads, */*;q=0.1", "nq"),
        ("text/x-nquads", "nq"),
        ("text/n3", "n3"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("garbage", None),
        (";", None),
        (";q=1", None),
        ("text/turtle;q=nan", None),
        ("text/turtle;;q=0.5;", "ttl"),
    ],
)
def test_graph_formats(accept, key):
    chosen = best_format(accept, GRAPH_FORMATS)
    assert (chosen.key if chosen else None) == key


@pytest.mark.parametrize(
    ("accept", "key"),
    [
        (None, "json"),
        ("application/json", "json"),
        ("application/sparql-results+json;q=0, application/json", None),
        ("application/sparql-results+xml, */*;q=0.1", "xml"),
        ("text/csv;q=0.9, text/tab-separated-values", "tsv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml"),
    ],
)
def test_result_formats(accept, key):
    chosen = best_format(accept, RESULT_FORMATS)
    assert (chosen.key if chosen else None) == key


def test_an_exact_range_beats_a_wider_one_whatever_their_order():
    assert best_media_type("text/*;q=0.9, text/html;q=0.1, application/json;q=0.5", ["text/html", "application/json"]) == "application/json"


def test_quoted_commas_do_not_part_an_element():
    assert [entry.subtype for entry in parse_accept('text/turtle;x="a,b;c", text/csv')] == ["turtle", "csv"]


@given(st.text(max_size=60) | st.text('a/*;q=0.1, "\\', max_size=40))
def test_any_header_is_read_without_failing(header):
    assert best_format(header, GRAPH_FORMATS) in (None, *GRAPH_FORMATS)


def test_keys_name_one_format_each():
    assert len({entry.key for entry in FORMATS}) == len(FORMATS)
    assert by_key("ttl", SOLUTIONS) is None
    assert by_key("ttl", GRAPH) is by_key("ttl")
