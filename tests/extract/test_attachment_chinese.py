"""Which words a Chinese number measures: one case a class of phenomenon, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.reading_helper import assert_indicator, read

HEAD = "云南省数字产业发展情况\n2022年5月10日\n"

CASES = [
    # text, quote, words the indicator must hold, words it must not hold, rule
    ("截至3月底，昆明市建成充电桩8300个。", "8300个", ["充电桩"], ["建成"], "zh-indicator-left"),
    ("昆明市有46家软件企业进入园区。", "46家", ["软件企业"], ["进入"], "zh-counted-right"),
    ("大理州物流业务收入达5.7亿元，同比增长9.4%。", "5.7亿元", ["物流业务收入"], ["大理"], "zh-indicator-left"),
    ("大理州物流业务收入达5.7亿元，同比增长9.4%。", "9.4%", ["同比增长", "物流业务收入"], [], "zh-growth-of-previous"),
    ("全省咖啡产量年均增长7.5%。", "7.5%", ["咖啡产量"], [], "zh-growth-own"),
    ("全省快递业务收入31亿元，占全国的比重为1.9%。", "1.9%", ["比重", "快递业务收入"], [], "zh-share-of-previous"),
    ("已有64%的乡镇开通公交。", "64%", ["乡镇"], ["开通"], "zh-counted-right"),
    ("茶叶、咖啡和花卉分别为12吨、30吨和45吨。", "30吨", ["咖啡"], ["茶叶", "花卉"], "zh-respective"),
    ("风电装机320万千瓦，光伏装机150万千瓦，分别增长11%和26%。", "11%", ["风电装机"], ["光伏"], None),
    ("风电装机320万千瓦，光伏装机150万千瓦，分别增长11%和26%。", "26%", ["光伏装机"], ["风电"], None),
    ("全州花卉交易额8.1亿元（约合1.2亿美元）。", "1.2亿美元", ["花卉交易额"], [], "zh-restated"),
    ("全省投放共享单车4.2万辆，其中大理州3100辆。", "3100辆", ["共享单车"], [], None),
    ("财政部门发放3.3亿元消费券。", "3.3亿元", ["消费券"], ["发放"], None),
    ("全州9个重点项目总投资7.3亿元。", "9个", ["重点项目"], ["总投资"], "zh-counted-right"),
    ("全州电信业务总量完成6.8亿元。", "6.8亿元", ["电信业务总量"], [], "zh-indicator-left"),
    ("机房设有服务器5200台。", "5200台", ["服务器"], [], None),
]


@pytest.mark.parametrize(("text", "quote", "held", "absent", "rule"), CASES)
def test_indicator(text: str, quote: str, held: list[str], absent: list[str], rule: str | None) -> None:
    assert_indicator(read(HEAD + text + "\n"), quote, held, absent, rule)


def test_every_indicator_is_verbatim() -> None:
    figures = read(HEAD + "".join(text + "\n" for text, *_ in CASES))
    for trace in figures.explanation.traces:
        measurement = trace.measurement
        assert measurement is not None
        assert measurement.indicator.text == " … ".join(quote.text for quote in measurement.indicator_from)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="全省5G基站达到12.3万个，同比增长分别为和、的其中占比（）“”《》。约家元%亿 ", max_size=80))
def test_free_text_never_breaks(text: str) -> None:
    for measurement in read(HEAD + text, language="zh").explanation.reading.measurements:
        assert measurement.quote.text
        assert 0 < measurement.confidence <= 1
