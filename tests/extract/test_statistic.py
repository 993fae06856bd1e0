"""Levels, flows, increments, growth rates, shares, ranks."""

from __future__ import annotations

import pytest
from tests.extract.reading_helper import read

ZH = "云南省数字产业发展情况\n2022年5月10日\n"
FR = "Yunnan : les services numériques\nKUNMING, 10 mai 2022 -- La province a publié ses chiffres.\n"


@pytest.mark.parametrize(
    ("text", "quote", "statistic"),
    [
        (ZH + "全省充电桩达到8300个。\n", "8300个", "level"),
        (ZH + "全省新增充电桩500个。\n", "500个", "increment"),
        (ZH + "全省物流收入11亿元。\n", "11亿元", "flow"),
        (ZH + "全省物流收入11亿元，同比增长6%。\n", "6%", "growth-rate"),
        (ZH + "行政村公交通达率达93%。\n", "93%", "share"),
        (ZH + "全省接待游客320万人次。\n", "320万人次", "flow"),
        (ZH + "全省就业人数达到4.1万人。\n", "4.1万人", "level"),
        (FR + "Le taux de raccordement atteint 91 %.\n", "91 %", "share"),
        (FR + "Les ventes ont augmenté de 14 %.\n", "14 %", "growth-rate"),
        (FR + "Les recettes ont atteint 5 millions de yuans.\n", "5 millions", "flow"),
        (FR + "La ligne mesure 420 kilomètres.\n", "420", "level"),
        (FR + "La ville dispose de 30 bus de plus qu'en 2020.\n", "30", "increment"),
    ],
)
def test_statistic(text: str, quote: str, statistic: str) -> None:
    assert read(text)[quote].statistic == statistic
