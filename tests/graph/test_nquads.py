from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.graph.nquads import GraphWriter, decimal_text, iri, literal, merge, sorted_quads, split_line

GRAPH = "http://example.org/g"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def one_quad(blob: bytes) -> ox.Quad:
    quads = list(ox.parse(blob, ox.RdfFormat.N_QUADS))
    assert len(quads) == 1
    return quads[0]


@given(TEXT)
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    writer = GraphWriter(GRAPH)
    writer.text("http://example.org/s", "http://example.org/p", text)
    assert one_quad(writer.bytes()).object == ox.Literal(text)
    assert writer.bytes().count(b"\n") == 1


@given(TEXT)
def test_lines_are_what_a_library_would_write(text: str) -> None:
    writer = GraphWriter(GRAPH)
    writer.text("http://example.org/s", "http://example.org/p", text, "zh-Hans")
    written = ox.serialize([one_quad(writer.bytes())], format=ox.RdfFormat.N_QUADS)
    assert written is not None
    assert list(ox.parse(written, ox.RdfFormat.N_QUADS)) == [one_quad(writer.bytes())]


@given(TEXT)
def test_a_text_is_an_iri_or_refused(text: str) -> None:
    value = "http://example.org/" + text
    try:
        term = iri(value)
    except KgError:
        return
    writer = GraphWriter(GRAPH)
    writer.add("http://example.org/s", "http://example.org/p", value)
    assert one_quad(writer.bytes()).object == ox.NamedNode(value)
    assert term == f"<{value}>"


NO_IRIS = (
    *("", "relative", "http://e.org/a b", "http://e.org/<x>", 'http://e.org/"', "http://e.org/\n", "http://e.org/[", "http://e.org/%zz"),
    *("1:x", "a:\ud800", "http://e.org/\x7f"),
)


@pytest.mark.parametrize("value", NO_IRIS)
def test_what_is_no_iri_is_refused(value: str) -> None:
    with pytest.raises(KgError, match="no absolute IRI"):
        iri(value)


def test_a_chinese_iri_is_an_iri() -> None:
    assert iri("https://example.org/北京") == "<https://example.org/北京>"


def test_lone_surrogates_and_wrong_tags_are_refused() -> None:
    with pytest.raises(KgError, match="surrogate"):
        literal("a\ud800")
    with pytest.raises(KgError, match="language tag"):
        literal("a", language="fr fr")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**19), max_value=10**19, places=9))
def test_decimals_are_spelt_as_the_store_spells_them(value: Decimal) -> None:
    text = decimal_text(value)
    assert Decimal(text) == value
    store = ox.Store()
    node = ox.NamedNode("http://example.org/s")
    store.add(ox.Quad(node, node, ox.Literal(text, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")), node))
    assert [quad.object.value for quad in store] == [text]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.50", "1.5"), ("3.5E+9", "3500000000"), ("-0", "0"), ("0.00", "0"), ("100", "100"), ("1E-7", "0.0000001")],
)
def test_decimal_text(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


def test_infinity_is_refused() -> None:
    with pytest.raises(KgError, match="no finite number"):
        decimal_text(Decimal("Infinity"))


def test_quads_are_sorted_unique_lines() -> None:
    assert sorted_quads(["b", "a", "b"]) == b"a\nb\n"
    assert sorted_quads([]) == b""
    assert merge([b"b\nc\n", b"a\nb\n", b""]) == b"a\nb\nc\n"


def test_split_line_parts_the_terms_of_a_line() -> None:
    writer = GraphWriter(GRAPH)
    writer.text("http://example.org/s", "http://example.org/p", 'a " b <c> .', "fr")
    subject, predicate, obj, graph = split_line(writer.bytes().rstrip(b"\n"))
    assert subject == b"<http://example.org/s>"
    assert predicate == b"<http://example.org/p>"
    assert obj == b'"a \\" b <c> ."@fr'
    assert graph == b"<http://example.org/g>"
