"""Time expressions: every row of the table by its example, resolution of years, roles, and any input at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.article_helper import article

from kg.extract.mentions import PeriodMention
from kg.extract.periods import find_periods
from kg.lexicon import shipped
from kg.lexicon.period_patterns import PeriodPattern

PATTERNS = [pattern for grammar in shipped().periods.grammars.values() for pattern in grammar.patterns]


def periods(text: str, published: str | None, language: str) -> list[PeriodMention]:
    return find_periods(article(text, published=published, language=language), shipped())


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.rule)
def test_example_of_every_row(pattern: PeriodPattern) -> None:
    text = pattern.example
    published = pattern.published.isoformat() if isinstance(pattern.published, date) else None
    found = periods(text, published, pattern.lang)
    assert [(text[m.start : m.end], f"{m.period_start}/{m.period_end}") for m in found] == [(text, pattern.expected)]
    assert found[0].rule.split("+")[0] == pattern.rule


CASES = [
    # language, published, text, expression, start/end, role, basis
    ("zh", "2022-03-10", "昆明3月9日讯 去年底全省建成充电桩8300个。", "去年底", "2021-12-31/2021-12-31", "period", "relative"),
    ("zh", "2022-08-10", "2020年，全省开通班列70列，6月底达40列。", "6月底", "2020-06-30/2020-06-30", "period", "carried"),
    ("zh", None, "全省6月1日至18日销售茶叶30吨。", "6月1日至18日", "--06-01/--06-18", "period", "unknown-year"),
    ("zh", None, "今年全省销售茶叶30吨。", "今年", "/", "period", "unknown-year"),
    ("zh", "2022-03-10", "预计下半年投产，年产茶叶30吨。", "下半年", "2022-07-01/2022-12-31", "event", "relative"),
    ("zh", "2022-03-10", "下半年茶叶出口3.5亿元。", "下半年", "2021-07-01/2021-12-31", "period", "relative"),
    ("zh", "2022-03-10", "《云南省茶产业规划（2021—2025年）》印发。", "2021—2025年", "2021-01-01/2025-12-31", "name", "explicit"),
    ("zh", "2022-03-10", "云南省统计局2月28日发布的数据显示，产量30吨。", "2月28日", "2022-02-28/2022-02-28", "reported", "relative"),
    ("zh", "2022-09-10", "中转仓今年5月启用，占地12亩。", "今年5月", "2022-05-01/2022-05-31", "event", "relative"),
    ("zh", "2022-09-10", "普及率由2015年的31%提高到72%。", "2015年", "2015-01-01/2015-12-31", "from", "explicit"),
    ("zh", "2022-09-10", "普及率提高到2021年的72%。", "到2021年", "2021-01-01/2021-12-31", "period", "explicit"),
    ("zh", "2022-09-10", "交易额是2018年的6.4倍。", "2018年", "2018-01-01/2018-12-31", "base", "explicit"),
    ("zh", "2024-03-01", "二〇二三年全省产量30吨。", "二〇二三年", "2023-01-01/2023-12-31", "period", "explicit"),
    ("fr", "2022-03-10", "Le réseau comptait 512 bornes fin juin.", "fin juin", "2021-06-30/2021-06-30", "period", "relative"),
    ("fr", None, "Le réseau comptait 512 bornes fin juin.", "fin juin", "--06-30/--06-30", "period", "unknown-year"),
    ("fr", "2022-03-10", "L'usine, ouverte en 2017, emploie 90 personnes.", "en 2017", "2017-01-01/2017-12-31", "event", "explicit"),
    ("fr", "2022-03-10", "C'est deux fois plus qu'en 2018.", "en 2018", "2018-01-01/2018-12-31", "base", "explicit"),
    (
        "fr",
        "2022-03-10",
        "Les chiffres montrent qu'en 2018, 31 bourgs ont ouvert.",
        "en 2018",
        "2018-01-01/2018-12-31",
        "period",
        "explicit",
    ),
    ("fr", "2022-03-10", "Le plan « Routes » (2021-2025) prévoit 31 ponts.", "(2021-2025)", "2021-01-01/2025-12-31", "name", "explicit"),
    (
        "fr",
        "2022-03-10",
        "De décembre 2020 à mars 2021, 31 ponts.",
        "De décembre 2020 à mars 2021",
        "2020-12-01/2021-03-31",
        "period",
        "explicit",
    ),
    ("en", "2022-03-10", "Exports rose to 31 tonnes in December.", "in December", "2021-12-01/2021-12-31", "period", "relative"),
    ("en", "2022-03-10", "Sales were three times more than in 2018.", "in 2018", "2018-01-01/2018-12-31", "base", "explicit"),
]


@pytest.mark.parametrize(("language", "published", "text", "words", "dates", "role", "basis"), CASES)
def test_resolution(language: str, published: str | None, text: str, words: str, dates: str, role: str, basis: str) -> None:
    source = article(text, published=published, language=language)
    found = {source.text[m.start : m.end]: m for m in find_periods(source, shipped())}
    assert words in found, sorted(found)
    mention = found[words]
    assert (f"{mention.period_start}/{mention.period_end}", mention.role, mention.basis) == (dates, role, basis)


TRAPS = [
    ("zh", "电话0871-12345678，12345热线已开通，采用5G技术。"),
    ("zh", "文号为云府发〔2022〕14号，建成4A级景区3家。"),
    ("fr", "La plateforme compte 2024 abonnés et le taux est de 20,18 %."),
    ("en", "The site has 2,020 users and 4A rating."),
]


@pytest.mark.parametrize(("language", "text"), TRAPS)
def test_no_time_expression(language: str, text: str) -> None:
    assert periods(text, "2022-03-10", language) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789年月日一二三十五至到底末上半第季度去今《》（）“” .,-'àdeuinfl\n"), max_size=80))
def test_any_text_gives_ordered_disjoint_valid_dates(text: str) -> None:
    for language in ("zh", "fr", "en"):
        source = article("x" + text, published="2024-02-29", language=language)
        end = 0
        for mention in find_periods(source, shipped()):
            assert end <= mention.start < mention.end <= len(source.text)
            end = mention.end
            for day in (mention.period_start, mention.period_end):
                assert not day or day.startswith("--") or date.fromisoformat(day)


@pytest.mark.parametrize("text", ["十季度", "前九个季度", "前十五个月", "13月", "第零季度", "0月5日"])
@pytest.mark.parametrize("published", [None, "2024-05-03"])
def test_what_no_year_has_is_no_period(text: str, published: str | None) -> None:
    for mention in periods(f"全省{text}收入增长。", published, "zh"):
        for day in (mention.period_start, mention.period_end):
            assert not day or date.fromisoformat(day.replace("--", "2000-"))
