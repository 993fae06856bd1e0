"""Achieved, aimed at, forecast: cues and their reach."""

from __future__ import annotations

import pytest
from tests.extract.reading_helper import read

ZH = "云南省数字产业发展情况\n2022年5月10日\n"
FR = "Yunnan : les services numériques\nKUNMING, 10 mai 2022 -- La province a publié ses chiffres.\n"


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        (ZH + "全省已建成充电桩8300个。\n", "8300个", "actual"),
        (ZH + "全省力争建成充电桩9000个。\n", "9000个", "target"),
        (ZH + "到2025年，全省充电桩达到9000个。\n", "9000个", "target"),
        (ZH + "截至2021年底，全省充电桩达到8000个。\n", "8000个", "actual"),
        (ZH + "全省物流收入有望达到12亿元。\n", "12亿元", "forecast"),
        (ZH + "项目建成后可容纳机架6000个。\n", "6000个", "forecast"),
        (ZH + "《云南省物流发展规划》显示，全省有仓库310座。\n", "310座", "actual"),
        (ZH + "初步核算，全省物流收入11亿元。\n", "11亿元", "preliminary"),
        (FR + "La province compte 84 parcs logistiques.\n", "84", "actual"),
        (FR + "La province vise 120 parcs logistiques.\n", "120", "target"),
        (FR + "Le nombre de parcs devrait dépasser 150 en 2023.\n", "150", "forecast"),
        (FR + "La ville construira 12 entrepôts.\n", "12", "target"),
        (FR + "La ville entend former 300 livreurs, et elle compte déjà 45 ateliers.\n", "45", "actual"),
        (FR + "L'opéra accueille 900 visiteurs.\n", "900", "actual"),
    ],
)
def test_status(text: str, quote: str, status: str) -> None:
    assert read(text)[quote].status == status


def test_a_period_ahead_of_publication_is_no_achievement() -> None:
    figures = read(FR + "En 2030, 500 villages auront une antenne.\n")
    assert figures["500"].status in ("target", "forecast")
