"""Which time expression dates a figure: the gold, and one sentence a rule."""

from __future__ import annotations

import pytest
from tests.extract.article_helper import article, measurements

from kg.extract.period_resolution import PeriodResolver, resolve_period
from kg.extract.periods import find_periods
from kg.lexicon import shipped


@pytest.mark.parametrize("prefix", ["0", "fr", "z"])
def test_gold_periods(prefix: str) -> None:
    from score_extraction import period_ok

    right = total = 0
    resolvers: dict[str, PeriodResolver] = {}
    for source, row, start, end in measurements((prefix,)):
        if source.name not in resolvers:
            resolvers[source.name] = PeriodResolver(find_periods(source, shipped()), source, shipped())
        mention, _ = resolvers[source.name].resolve(start, end, row["status"])
        dates = (mention.period_start, mention.period_end) if mention else ("", "")
        right += period_ok(row, {"period_start": dates[0], "period_end": dates[1]})
        total += 1
    assert total > 60
    assert right / total >= 0.97


CASES = [
    # language, text, quantity, start/end or None, rule, status
    ("zh", "普及率由2015年的31%提高到72%。", "31%", "2015-01-01/2015-12-31", "bound-before", "actual"),
    ("zh", "截至6月底，普及率由2015年的31%提高到72%。", "72%", "2022-06-30/2022-06-30", "sentence", "actual"),
    ("zh", "截至6月末，充电桩8300个，比上年末净增920个。", "920个", "2022-01-01/2022-06-30", "sentence+since-base", "actual"),
    ("zh", "上半年，全省物流业提速。业务收入31亿元。", "31亿元", "2022-01-01/2022-06-30", "carried-flow", "actual"),
    ("zh", "上半年，全省物流业提速。冷库有41座。", "41座", None, "", "actual"),
    ("zh", "今年上半年，茶叶销售额31亿元。其中红茶4吨。", "4吨", "2022-01-01/2022-06-30", "carried-back-reference", "actual"),
    ("zh", "海拔3120米的茶园今年产茶4吨。", "3120米", None, "", "actual"),
    ("zh", "二期今年年底完工，届时将铺设管道52公里。", "52公里", "2022-12-31/2022-12-31", "clause-before+same", "target"),
    ("fr", "Le taux atteint 91 %, contre 64 % fin 2018.", "64 %", "2018-12-31/2018-12-31", "bound-after", "actual"),
    ("fr", "Le taux atteint 91 %, contre 64 % fin 2018.", "91 %", None, "", "actual"),
    ("fr", "En 2020, la flotte a grandi de 31 bus, soit deux fois plus qu'en 2018.", "31", "2020-01-01/2020-12-31", "sentence", "actual"),
    (
        "fr",
        "Au premier semestre, 12 ponts ont ouvert. Dix tunnels l'ont été pendant la même période.",
        "Dix",
        "2022-01-01/2022-06-30",
        None,
        "actual",
    ),
    ("fr", "D'ici à 2030, la ville vise 40 parcs. Elle plantera 900 arbres.", "900", "2030-01-01/2030-12-31", "carried-aim", "target"),
    ("fr", "D'ici à 2030, la ville vise 40 parcs. Elle compte 900 arbres.", "900", None, "", "actual"),
    ("en", "The rate rose from 64 percent in 2016 to 91 percent in 2021.", "64 percent", "2016-01-01/2016-12-31", "bound-after", "actual"),
]


@pytest.mark.parametrize(("language", "text", "quantity", "dates", "rule", "status"), CASES)
def test_rule(language: str, text: str, quantity: str, dates: str | None, rule: str | None, status: str) -> None:
    source = article(text, published="2022-08-10", language=language)
    start = source.text.index(quantity)
    mention, name = resolve_period(find_periods(source, shipped()), start, start + len(quantity), source, status)
    assert (f"{mention.period_start}/{mention.period_end}" if mention else None) == dates
    if rule is not None:
        assert name == rule
