from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.iris import SLUG_LENGTH, Iris, normalised_name, slug
from kg.graph.nquads import iri
from kg.settings import Settings

IRIS = Iris("https://data.example.org/x/")


@given(st.text())
def test_slugs_are_short_plain_path_segments(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
    assert len(slug(text)) <= SLUG_LENGTH


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_a_thing_is_called_it_gets_an_iri(name: str, container: str) -> None:
    assert iri(IRIS.named("organisation", name, container)).startswith("<https://data.example.org/x/id/organisation/")
    assert iri(IRIS.place(name))
    assert iri(IRIS.candidate_indicator(name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Société Générale d’Électricité", "societe-generale-d-electricite"),
        ("拉萨高新区", "la-sa-gao-xin-qu"),
        ("5G基站", "5g-ji-zhan"),
        ("Œuvre", "oeuvre"),
        ("པོད", ""),
        ("plan d'action pour le développement numérique des campagnes", "plan-d-action-pour-le-developpement"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_names_that_differ_in_dress_only_name_one_thing() -> None:
    assert normalised_name("  « Projet Ａ »\n2 ") == normalised_name("projet A 2")
    assert IRIS.named("project", "《东数西算》", None) == IRIS.named("project", "东数西算", None)


def test_kind_and_container_tell_apart_what_has_one_name() -> None:
    same = IRIS.named("place", "高新区", "lhasa")
    assert same != IRIS.named("place", "高新区", "beijing")
    assert same != IRIS.named("organisation", "高新区", "lhasa")
    assert same == IRIS.named("place", "高新区", "lhasa")


def test_a_measurement_is_named_by_document_span_and_reading_only() -> None:
    assert IRIS.measurement("0123456789ab", 5, 9, 0) == "https://data.example.org/x/id/measurement/0123456789ab-5-9-0"


def test_claims_of_one_sentence_are_told_apart_by_what_they_claim() -> None:
    claims = {
        IRIS.claim("d", 1, 2, subject, predicate, target)
        for subject, predicate, target in [("a", "p", "b"), ("a", "p", "c"), ("a", "q", "b"), ("b", "p", "a"), ("ab", "p", "")]
    }
    assert len(claims) == 5


def test_the_base_is_the_one_of_the_settings() -> None:
    assert Iris.of(Settings(base="http://localhost:1/")).source_graph("abc") == "http://localhost:1/graph/source/abc"


def test_a_key_with_odd_characters_is_percent_encoded() -> None:
    assert IRIS.place("a b/c") == "https://data.example.org/x/id/place/a%20b%2Fc"
