"""The gate refuses every reading that does not hold together, and says what is wrong."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.extract.reading_helper import read

from kg.articles import Article, Quote, read_source
from kg.errors import ArticleError
from kg.extract import gate
from kg.extract.extractor import RuleExtractor
from kg.extract.reading import Entity, Mention, Reading, Relation
from kg.lexicon import shipped

TEXT = "KUNMING, 10 mai 2022 -- La ville de Dali compte 84 parcs logistiques, exploités par China Mobile.\n"


@pytest.fixture(scope="module")
def article() -> Article:
    return read_source("sample", "sample.txt", TEXT.encode())


@pytest.fixture(scope="module")
def reading(article: Article) -> Reading:
    return RuleExtractor().read(article, shipped())


def broken(article: Article, reading: Reading) -> str:
    with pytest.raises(ArticleError) as caught:
        gate.check(article, reading, shipped())
    assert "sample.txt" in str(caught.value)
    return caught.value.what


def test_a_sound_reading_passes(article: Article, reading: Reading) -> None:
    assert gate.check(article, reading, shipped()) is reading
    assert reading.measurements


def test_a_quote_that_is_not_there(article: Article, reading: Reading) -> None:
    wrong = replace(reading.measurements[0], quote=Quote(0, 3, "xyz"))
    assert "xyz" in broken(article, replace(reading, measurements=(wrong,)))


def test_a_quote_outside_the_text(article: Article, reading: Reading) -> None:
    end = len(article.source.text)
    wrong = replace(reading.measurements[0], quote=Quote(end, end + 2, "84"))
    assert "is not what stands at" in broken(article, replace(reading, measurements=(wrong,)))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"unit": "furlong"}, "furlong"),
        ({"comparator": "exact"}, "comparator"),
        ({"status": "planned"}, "planned"),
        ({"statistic": "count"}, "statistic"),
        ({"value": Decimal("NaN")}, "finite"),
        ({"confidence": 0.0}, "confidence"),
        ({"place": "place/atlantis"}, "atlantis"),
        ({"equivalent_of": 99}, "outside"),
    ],
)
def test_a_measurement_with_a_wrong_code(article: Article, reading: Reading, change: dict[str, object], word: str) -> None:
    wrong = replace(reading.measurements[0], **change)
    assert word in broken(article, replace(reading, measurements=(wrong,)))


def test_one_statement_twice(article: Article, reading: Reading) -> None:
    assert "twice" in broken(article, replace(reading, measurements=(reading.measurements[0],) * 2))


def test_entities_and_relations(article: Article, reading: Reading) -> None:
    quote = Quote(0, 7, article.source.text[:7])
    assert "one key" in broken(article, replace(reading, entities=(*reading.entities, reading.entities[0])))
    assert "gadget" in broken(article, replace(reading, entities=(*reading.entities, Entity("x", "gadget", "x"))))
    assert "nowhere" in broken(article, replace(reading, entities=(*reading.entities, Entity("x", "place", "x", container="nowhere"))))
    assert "ghost" in broken(article, replace(reading, mentions=(Mention("ghost", quote, "body", "r", 1.0),)))
    key = reading.entities[0].key
    odd = Relation(key, "locatedIn", None, None, "actual", quote, quote, "body", "r", 1.0)
    assert "object or a literal" in broken(article, replace(reading, relations=(odd,)))
    assert "predicate" in broken(article, replace(reading, relations=(replace(odd, predicate="likes", literal="x"),)))


def test_an_unsupported_language_is_reported_and_nothing_invented() -> None:
    figures = read("Сегодня в городе открылись 12 новых школ и 45 магазинов.\n")
    assert not figures.explanation.reading.measurements
    assert "supported are fr, zh, en" in figures.explanation.reading.notes[0]
