from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from tests.graph import sample

from kg.extract.reading import Entity, Indicator, Measurement, Period, Reading
from kg.graph import article_quads, derived_quads
from kg.graph.stated import Stated, compatible, resolution, stated
from kg.lexicon import Lexicon
from kg.settings import Settings

YEAR = Period("2030-01-01", "2030-12-31")
INDICATOR = Indicator("mobile-users", "usagers", "usager")
ONTOLOGY = "https://w3id.org/dek/ontology#"
PHRASES = {"exactly": "", "about": "environ ", "nearly": "près de ", "more-than": "plus de ", "less-than": "moins de "}


def said(value: str, comparator: str = "exactly", name: str = "un", **more: object) -> bytes:
    """The graph of an article that says just this about one indicator, place and year."""
    text = f"{name}\nOn compte {PHRASES[comparator]}{value} usagers.\n"
    quote = sample.quote(f"{PHRASES[comparator]}{value}", source=text)
    line = sample.quote(text.splitlines()[1], source=text)
    item = Measurement(
        quote, Decimal(value.replace(" ", "")), "person", comparator, "actual", "level", INDICATOR, line, "body", ("r",), 0.9,
        place="place/lhasa", period=YEAR,
    )  # fmt: skip
    reading = Reading("x", (Entity("place/lhasa", "place", "Lhassa", gazetteer="lhasa"),), (), (replace(item, **more),))  # type: ignore[arg-type]
    from kg.lexicon import shipped

    return article_quads(sample.article(text, name), reading, shipped(), Settings())


def outcome(blobs: list[bytes], lexicon: Lexicon) -> tuple[list[str], int, list[tuple[str, str]]]:
    """Agreements, number of contradicting pairs, and who refines whom (by document)."""
    agreements, contradictions, refinements = [], 0, []
    for quad in ox.parse(derived_quads(blobs, lexicon, Settings()), ox.RdfFormat.N_QUADS):
        name = quad.predicate.value.removeprefix(ONTOLOGY)
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            if name == "agreement":
                agreements.append(quad.object.value.rsplit("/", 1)[1])
            elif name == "contradicts":
                contradictions += 1
            elif name == "refines":
                refinements.append((quad.subject.value, quad.object.value))
    return sorted(agreements), contradictions, refinements


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (("1229", "exactly"), ("1200", "more-than"), "consistent"),
        (("1229", "exactly"), ("1300", "more-than"), "conflicting"),
        (("1229", "exactly"), ("1200", "exactly"), "consistent"),
        (("1229", "exactly"), ("1250", "exactly"), "conflicting"),
        (("430", "exactly"), ("400", "exactly"), "conflicting"),
        (("284", "exactly"), ("290", "about"), "consistent"),
        (("284", "exactly"), ("340", "about"), "conflicting"),
        (("284", "exactly"), ("300", "nearly"), "consistent"),
        (("284", "exactly"), ("280", "less-than"), "conflicting"),
        (("100", "more-than"), ("90", "less-than"), "conflicting"),
        (("100", "less-than"), ("90", "more-than"), "consistent"),
    ],
)
def test_two_sources_agree_within_bounds_and_rounding(
    one: tuple[str, str], other: tuple[str, str], agreement: str, lexicon: Lexicon
) -> None:
    agreements, contradictions, _ = outcome([said(*one, name="un"), said(*other, name="deux")], lexicon)
    assert agreements == [agreement]
    assert contradictions == (2 if agreement == "conflicting" else 0)


def test_the_precise_statement_refines_the_rough_one(lexicon: Lexicon) -> None:
    precise, rough = said("1229", name="un"), said("1200", "more-than", name="deux")
    (pair,) = outcome([precise, rough], lexicon)[2]
    assert pair[0] in precise.decode()
    assert pair[1] in rough.decode()


def test_a_far_value_does_not_refine_a_lower_bound(lexicon: Lexicon) -> None:
    assert outcome([said("9000", name="un"), said("1200", "more-than", name="deux")], lexicon)[2] == []


def test_one_source_is_a_single_source(lexicon: Lexicon) -> None:
    assert outcome([said("1229")], lexicon)[0] == ["single-source"]


@pytest.mark.parametrize(
    "change",
    [
        {"period": Period("2031-01-01", "2031-12-31")},
        {"status": "target"},
        {"statistic": "increment"},
        {"indicator": Indicator("broadband-users", "x", "x")},
        {"unit": "percent"},
        {"place": None},
        {"period": None},
        {"period": Period("--06-01", "--06-18")},
        {"indicator": Indicator(None, "", "")},
    ],
)
def test_statements_of_different_things_are_not_compared(change: dict[str, object], lexicon: Lexicon) -> None:
    agreements, contradictions, _ = outcome([said("1229", name="un"), said("99", name="deux", **change)], lexicon)
    assert "conflicting" not in agreements
    assert "consistent" not in agreements
    assert contradictions == 0


def test_order_of_sources_does_not_matter(lexicon: Lexicon) -> None:
    blobs = [said("1229", name="un"), said("1200", "more-than", name="deux"), said("1500", name="trois")]
    assert derived_quads(blobs, lexicon, Settings()) == derived_quads(blobs[::-1], lexicon, Settings())


@pytest.mark.parametrize(
    ("value", "step"),
    [("1229", "1"), ("1200", "100"), ("400", "10"), ("0.5", "0.01"), ("25.10", "0.1"), ("0", "1"), ("3.5E9", "1E8")],
)
def test_resolution(value: str, step: str) -> None:
    assert resolution(Decimal(value)) == Decimal(step)


def test_compatible_is_symmetric(lexicon: Lexicon) -> None:
    blobs = [said(value, comparator, name=f"a{value}{comparator}") for value in ("90", "100", "104", "1000") for comparator in PHRASES]
    items: list[Stated] = stated(blobs, lexicon, Settings())
    assert len(items) == len(blobs)
    for one in items:
        assert compatible(one, one)
        assert all(compatible(one, other) == compatible(other, one) for other in items)
