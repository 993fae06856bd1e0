"""Turns of French news prose that a first set of unseen articles was misread in; sentences of our own with other figures."""

from __future__ import annotations

import pytest
from tests.extract.reading_helper import read

HEAD = "Yunnan : l'économie progresse\nKUNMING, 10 mai 2022 -- La province a publié ses chiffres.\n"


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        (
            "Les ventes de miel, qui avaient plafonné à 3 millions de yuans en 2019, se sont élevées à 8 millions de yuans.",
            "8 mil",
            "ventes de miel",
        ),
        ("Le taux de panne, de 17 % auparavant, est passé à 6 %.", "6 %", "taux de panne"),
        ("La société a vu ses livraisons bondir de 23 %.", "23 %", "livraisons"),
        ("Le maire entend porter à 9 le nombre de ses gares routières.", "9", "nombre de ses gares routières"),
        ("Les ateliers ont réussi à réduire de 14 % en moyenne leur facture d'eau.", "14 %", "facture d'eau"),
        ("L'an dernier, 41 millions de yuans y ont été consacrés à la lutte contre les crues.", "41 millions", "consacrés … lutte"),
        ("Les guichets, au nombre de 36, sont ouverts.", "36", "guichets"),
        ("Les pompes fournissent une pression de 3 à 5 degrés.", "3 à 5 degrés", "pression"),
        ("Les usines ont pour leur part dépensé 7 millions de yuans.", "7 millions", "usines"),
        ("Le salaire moyen a grimpé de 300 yuans en un an, pour atteindre 4 100 yuans.", "4 100 yuans", "salaire moyen"),
        ("Le verger, étendu sur 85 hectares et doté d'un canal, prospère.", "85 hectares", "verger"),
    ],
)
def test_indicator(text: str, quote: str, words: str) -> None:
    said = read(HEAD + text + "\n")[quote].indicator.text
    assert all(word in said for word in words.split(" … ")), said


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        ("La ville a reçu 2 millions de visiteurs en 2021, soit 19 % de plus qu'en 2020.", "19 %", "growth-rate"),
        ("Les importations se sont repliées de 4,2 %.", "4,2 %", "growth-rate"),
        ("Le taux de chômage a reculé à 5,5 %.", "5,5 %", "share"),
        ("La puissance installée atteint 12 gigawatts en énergies nouvelles.", "12 gigawatts", "level"),
        ("Le tarif est tombé à 0,41 yuan par kilowattheure.", "0,41 yuan", "level"),
    ],
)
def test_statistic(text: str, quote: str, kind: str) -> None:
    assert read(HEAD + text + "\n")[quote].statistic == kind


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        ("À Dali, 33 lycées suivent en direct des cours donnés à Kunming ; quelque 900 élèves en profitent.", "900", "dali"),
        ("La ville de Lijiang, reliée par un train rapide à Kunming en trois heures, compte 28 musées.", "28", "lijiang"),
        ("Dans le Sichuan voisin, la ville de Leshan envisage de bâtir un port. Elle recrutera 60 dockers.", "60", "leshan"),
        ("Dali et Lijiang, qui attirent les touristes, ont vendu 5 et 4 millions de billets.", "4 millions", "lijiang"),
        ("À Dali comme à Lijiang, les bornes sont au nombre de 70 et de 55 respectivement.", "70", "dali"),
        ("À Leshan, les loyers sont inférieurs de 20 % à ceux de Chengdu.", "20 %", "leshan"),
        ("À Leshan, 410 trains Chine-Europe sont partis.", "410", "leshan"),
    ],
)
def test_place(text: str, quote: str, place: str) -> None:
    assert read(HEAD + text + "\n")[quote].place == f"place/{place}"


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        ("Fin 2021, 64 % des bourgs étaient raccordés, contre 39 % quatre ans auparavant.", "39 %", "2017-12-31"),
        ("La moitié du parc sera électrique dès 2026, soit 7 000 autobus.", "moitié", "2026-01-01"),
        ("Le taux d'échec, qui était de 22 % en 2017, a reculé à 9 %.", "9 %", ""),
    ],
)
def test_period(text: str, quote: str, start: str) -> None:
    period = read(HEAD + text + "\n")[quote].period
    assert ((period.start or "") if period else "") == start


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("La ville envisage de construire 14 écoles.", "14", "target"),
        ("Chaque atelier pourra traiter 70 tonnes de fruits.", "70 tonnes", "target"),
        ("Le marché devrait grandir : les autorités ambitionnent de raccorder 5 000 foyers.", "5 000", "target"),
    ],
)
def test_status(text: str, quote: str, status: str) -> None:
    assert read(HEAD + text + "\n")[quote].status == status


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("Le plan a coûté 60 millions de yuans, dont 25 millions provenant de la province.", "25 millions", 25_000_000, "CNY"),
        ("Les deux villes visent une production de 30 et de 20 milliards de yuans.", "30", 30_000_000_000, "CNY"),
        ("La capacité sera multipliée par trois et une part des coûts disparaîtra.", "par trois", 3, "times"),
    ],
)
def test_quantity(text: str, quote: str, value: int, unit: str) -> None:
    read_as = read(HEAD + text + "\n")[quote]
    assert (read_as.value, read_as.unit) == (value, unit)
