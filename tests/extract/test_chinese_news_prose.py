"""Turns of Chinese news prose that a first set of unseen articles was misread in."""

from __future__ import annotations

import pytest
from tests.extract.reading_helper import read

from kg.extract.reading import Measurement

HEAD = "甘肃物流业发展情况\n2022年5月10日\n"


def _starts(measurement: Measurement) -> str:
    return (measurement.period.start or "") if measurement.period else ""


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("到2025年，全省仓库达到9000座。", "9000座", "target"),
        ("全省力争新建仓库300座，机械化率由目前的41%提升至60%以上。", "60%以上", "target"),
        ("全省力争新建仓库300座，机械化率由目前的41%提升至60%以上。", "41%", "actual"),
        ("业内人士预测，到2030年，全省仓库将超过9000座。", "超过9000座", "forecast"),
        ("人均预期寿命提高到73.1岁。", "73.1岁", "actual"),
        ("“以前送一趟货要跑82公里。”司机张大海说。", "82公里", "actual"),
        ("今年仓库预计新增210座；依托兰州市建成的32个站点，货物当天送到。", "32个", "actual"),
        ("全省提前完成规划目标，建成仓库410座。", "410座", "actual"),
    ],
)
def test_status(text: str, quote: str, status: str) -> None:
    assert read(HEAD + text + "\n")[quote].status == status


@pytest.mark.parametrize(
    ("text", "quote", "words"),
    [
        ("去年仓储面积为61万平方米，货运量8万吨，两项指标同比分别增长4.5%和6.1%。", "6.1%", "货运量"),
        ("去年出口轿车9600辆，货值14亿元，分别是上年的2.7倍和3.4倍。", "3.4倍", "货值"),
        ("公司仓库92座，员工人数较2019年增长21%，达到84人。", "84人", "员工人数"),
        ("公司先后派出12批共386名技术员。", "12批", "技术员"),
        ("全省实施“清风”“暖阳”等项目147个。", "147个", "项目"),
        ("头天的货送进2摄氏度的冷藏间。", "2摄氏度", "冷藏间"),
        ("轿车产量连续5年保持在3万辆以上。", "3万辆以上", "轿车产量"),
        ("前8个月，全省开行的货运班列达4986列。", "4986列", "货运班列"),
    ],
)
def test_indicator(text: str, quote: str, words: str) -> None:
    found = read(HEAD + text + "\n")[quote].indicator.text
    assert words in found
    assert "等项目" not in found


@pytest.mark.parametrize(
    ("text", "quote", "statistic"),
    [
        ("货运量由3000吨增加到1.15万吨。", "1.15万吨", "flow"),
        ("每公斤运输成本下降0.6元。", "0.6元", "increment"),
        ("居民人均可支配收入年均增长8%左右，突破2万元。", "突破2万元", "level"),
        ("全省有加工贸易企业73家。", "73家", "level"),
    ],
)
def test_statistic(text: str, quote: str, statistic: str) -> None:
    assert read(HEAD + text + "\n")[quote].statistic == statistic


def test_a_quotation_is_said_of_the_place_of_the_speaker() -> None:
    text = HEAD + "甘肃省加快建设物流体系。\n“一间仓库从280元涨到420元。”天水市秦州区村民张大海说。\n"
    assert read(text)["420元"].place == read(HEAD + "天水市秦州区有仓库12座。\n")["12座"].place


def test_a_goal_is_no_place_of_a_figure() -> None:
    text = HEAD + "天水市医院就诊31万人次，转往兰州的患者比例下降到12%。\n"
    assert read(text)["12%"].place == read(text)["31万人次"].place


def test_a_paragraph_that_breaks_a_total_down_has_its_period() -> None:
    text = HEAD + "2021年全省货物进出口831亿元。\n从产品看，轿车出口36亿元，增长5%。\n"
    figures = read(text)
    assert _starts(figures["36亿元"]) == "2021-01-01"


def test_now_ends_what_the_sentence_before_dated() -> None:
    text = HEAD + "2015年，全省每千人口床位1.1张，入园率72%。如今，这两个数字分别为2.6张和98%。\n"
    assert _starts(read(text)["98%"]) != "2015-01-01"


def test_the_year_after_next_is_not_read_into_built_and_yearly() -> None:
    assert _starts(read(HEAD + "项目建成后年产值将达20亿元。\n")["20亿元"]) != "2024-01-01"


def test_a_byline_does_not_hide_the_date_line_below_it() -> None:
    text = "甘肃物流业发展情况\n本报记者　张大海　李小雨\n《甘肃商报》（2022年5月10日　第02版）\n今年前4个月，全省货运量8万吨。\n"
    assert _starts(read(text)["8万吨"]) == "2022-01-01"


def test_a_noun_of_the_sea_after_a_comparison_is_no_city() -> None:
    text = "山东海洋牧场发展情况\n2022年5月10日\n山东省省级以上海洋牧场增至134处。\n"
    assert read(text)["134处"].place == read("山东海洋牧场发展情况\n2022年5月10日\n山东省有仓库12座。\n")["12座"].place
