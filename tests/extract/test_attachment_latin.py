"""Which words a French number measures: one case a class of phenomenon, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.reading_helper import assert_indicator, read

HEAD = "Yunnan : les services numériques progressent\nKUNMING, 10 mai 2022 -- La province a publié ses chiffres.\n"

CASES = [
    ("La ville compte 84 parcs logistiques.", "84", ["parcs logistiques"], ["compte"], "counted-right"),
    ("Le taux de raccordement des hameaux atteint 91 %.", "91 %", ["taux de raccordement des hameaux"], ["atteint"], "subject"),
    ("Le nombre de taxis électriques dépasse 7 300.", "7 300", ["taxis électriques"], [], "subject"),
    (
        "Les ventes de café ont atteint 35 millions de yuans, en hausse de 8,2 %.",
        "8,2 %",
        ["hausse", "ventes de café"],
        [],
        "growth-of-previous",
    ),
    ("Les exportations de fleurs ont augmenté de 14 %.", "14 %", ["exportations de fleurs", "augmenté"], [], "growth-verb"),
    ("Le site représente un investissement total de 3,4 milliards de yuans.", "3,4 milliards", ["investissement total"], [], None),
    ("Près de 62 % des plantations sont irriguées.", "62 %", ["plantations"], [], "share-of-right"),
    ("Les recettes se sont élevées à 5 millions de yuans (0,7 million d'euros).", "0,7 million", ["recettes"], [], "restated"),
    ("Le port a traité 43 conteneurs au niveau du district, 252 au niveau du canton.", "252", ["conteneurs"], [], "inherited"),
    ("Les pertes sont tombées à 12 %, contre 19 % en 2019.", "19 %", ["pertes"], [], "sequel"),
    ("Les opérateurs ont investi 6 millions de yuans dans la rénovation des lignes.", "6 millions", ["rénovation des lignes"], [], None),
    ("La région a réalisé 9 millions de yuans de recettes touristiques.", "9 millions", ["recettes touristiques"], [], "measured-right"),
    ("Au total, 540 personnes ont suivi la formation.", "540 personnes", ["suivi la formation"], [], None),
    ("Le volume des colis a atteint 1,4 million d'unités.", "1,4 million", ["volume des colis"], [], None),
    ("Sur place, 19 hameaux sur 45 disposent d'une antenne.", "45", ["hameaux"], ["antenne"], "sequel"),
    ("La zone pilote, ouverte en 2015, en assure 18 %.", "18 %", [], ["ouverte"], None),
]


@pytest.mark.parametrize(("text", "quote", "held", "absent", "rule"), CASES)
def test_indicator(text: str, quote: str, held: list[str], absent: list[str], rule: str | None) -> None:
    assert_indicator(read(HEAD + text + "\n"), quote, held, absent, rule)


def test_restatement_is_tied_to_its_original() -> None:
    figures = read(HEAD + "Les recettes se sont élevées à 5 millions de yuans (0,7 million d'euros) en 2021.\n")
    restated = figures["0,7 million"]
    assert restated.equivalent_of is not None
    original = figures.explanation.reading.measurements[restated.equivalent_of]
    assert original.quote.text.startswith("5 millions")
    assert (restated.period, restated.place, restated.status) == (original.period, original.place, original.status)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abeélinostru ''’-,.;:()«»0123456789%", max_size=120))
def test_free_text_never_breaks(text: str) -> None:
    for measurement in read(HEAD + text, language="fr").explanation.reading.measurements:
        assert measurement.quote.text
        assert 0 < measurement.confidence <= 1
