"""What a quantity mention says beyond value and unit: flags, ties, damage, blocked spans; and what holds for any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.mentions import QuantityMention
from kg.extract.quantities import find_quantities
from kg.lexicon import shipped
from kg.lexicon.comparators import COMPARATORS


def one(text: str, language: str, *, damaged: bool = False) -> QuantityMention:
    (mention,) = find_quantities(text, language, shipped(), damaged=damaged)
    return mention


def test_bare_number_and_measure_word() -> None:
    mention = one("超过1200余座水库", "zh")
    assert (mention.number_start, mention.number_end) == (2, 6)
    assert (mention.measure_word, mention.counts_next, mention.unit) == ("座", True, "count")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("un coût de 640 millions de yuans (environ 88 millions de dollars)", "fr"),
        ("un coût de 640 millions de yuans, soit 88 millions de dollars", "fr"),
        ("总投资6.4亿元（约合8800万美元）", "zh"),
        ("总投资6.4亿元，约合8800万美元", "zh"),
        ("a cost of 640 million yuan (about 88 million U.S. dollars)", "en"),
    ],
)
def test_restatement_in_another_currency(text: str, language: str) -> None:
    first, second = find_quantities(text, language, shipped())
    assert (first.restates, second.restates) == (None, 0)
    assert (first.unit, second.unit) == ("CNY", "USD")


def test_two_currencies_side_by_side_are_no_restatement() -> None:
    mentions = find_quantities("进口3亿元，吸引外资2000万美元", "zh", shipped())
    assert [mention.restates for mention in mentions] == [None, None]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("用电量下降了近4.2%", "zh", "-4.2"),
        ("时限压缩70%以上", "zh", "-70"),
        ("成本降至4.2元", "zh", "4.2"),
        ("en recul de 4,2 %", "fr", "-4.2"),
        ("ont baissé de plus de 4,2 %", "fr", "-4.2"),
        ("en hausse de 4,2 %", "fr", "4.2"),
        ("fell by 4.2 percent", "en", "-4.2"),
    ],
)
def test_sign_comes_from_the_verb(text: str, language: str, value: str) -> None:
    mention = one(text, language)
    assert mention.value == Decimal(value)
    assert ("decrease" in mention.flags) == (mention.value < 0)


def test_range_has_bounds_and_lower_value() -> None:
    mention = one("entre 15 et 20 % des foyers", "fr")
    assert (mention.value, mention.lower, mention.upper) == (15, 15, 20)
    assert (mention.comparator, "range" in mention.flags) == ("between", True)


def test_two_values_of_two_times_are_no_range() -> None:
    assert [m.value for m in find_quantities("la part est passée de 15 à 20 %", "fr", shipped())] == [15, 20]
    assert [m.value for m in find_quantities("占比由15%到20%", "zh", shipped())] == [15, 20]


def test_list_shares_the_unit_of_its_last_item() -> None:
    mentions = find_quantities("分别为7.1、6.4和5.9亿元", "zh", shipped())
    assert [m.value for m in mentions] == [710_000_000, 640_000_000, 590_000_000]
    assert [("shared_unit" in m.flags) for m in mentions] == [True, True, False]


def test_lost_decimal_point_keeps_the_other_reading() -> None:
    mention = one("通车里程7 35万公里", "zh")
    assert (mention.value, mention.candidate, mention.unit) == (73500, 7350000, "km")
    assert mention.confidence <= 0.5
    assert "lost_decimal_point" in mention.flags
    assert "通车里程7 35万公里"[mention.start : mention.end] == "7 35万公里"


def test_space_between_thousands_is_no_lost_point() -> None:
    assert one("投资1 200万元", "zh").value == 12_000_000


@pytest.mark.parametrize(
    ("text", "damaged", "lost"), [("落实项目投资7元", True, True), ("落实项目投资7元", False, False), ("人均收入7元", True, False)]
)
def test_implausible_amount_is_kept_and_flagged_in_damaged_texts_only(text: str, damaged: bool, lost: bool) -> None:
    mention = one(text, "zh", damaged=damaged)
    assert mention.value == 7
    assert mention.candidate == (700_000_000 if lost else None)
    assert ({"lost_unit", "implausible"} <= set(mention.flags)) is lost


def test_nothing_is_found_inside_blocked_spans() -> None:
    text = "约300家企业和5座桥"
    (mention,) = find_quantities(text, "zh", shipped(), blocked=[(1, 5)])
    assert text[mention.start : mention.end] == "5座"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三所", 23), ("一百零五个", 105), ("两千三百四十户", 2340), ("一万二千人", 12000), ("三万五千亿元", 3_500_000_000_000),
        ("十五条", 15), ("八点五亿元", 850_000_000), ("两万三人", 23000),
    ],
)  # fmt: skip
def test_chinese_number_words(text: str, value: int) -> None:
    assert one(text, "zh").value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vingt-trois écoles", 23), ("quatre-vingt-dix-sept villages", 97), ("soixante et onze bourgs", 71),
        ("mille deux cents lits", 1200), ("deux mille trois cent quarante lits", 2340), ("cent cinq routes", 105),
        ("quatre-vingts ponts", 80),
    ],
)  # fmt: skip
def test_french_number_words(text: str, value: int) -> None:
    assert one(text, "fr").value == value


def test_unknown_language_gives_nothing() -> None:
    assert find_quantities("12 Prozent", "de", shipped()) == []


PIECES = st.sampled_from(
    [
        "1", "12", "3,5", "1 200", "2020", "0", "亿", "万", "元", "%", " ", ",", ".", "、", "（", "）", "(", ")", "-", "至", "到", "近",
        "超过", "三", "百", "千", "半", "几", "多", "余", "个", "分之", "成", "第", "每", "下降", "deux", "cent", "mille", "et", "de", "à",
        "entre", "millions", "yuans", "euros", "plus de", "un", "tiers", "\n", "\u00a0", "\ud800", "İ", "é", "x", "km", "GB", "/", "人",
        "年", "月",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=30), language=st.sampled_from(["fr", "zh", "en"]), damaged=st.booleans())
def test_any_text_gives_ordered_spans_with_sound_values(pieces: list[str], language: str, damaged: bool) -> None:
    text = "".join(pieces)
    mentions = find_quantities(text, language, shipped(), damaged=damaged)
    assert mentions == find_quantities(text, language, shipped(), damaged=damaged)
    previous = 0
    for index, mention in enumerate(mentions):
        assert previous <= mention.start <= mention.number_start < mention.number_end <= mention.end <= len(text)
        previous = mention.end
        assert mention.value.is_finite()
        assert mention.unit in shipped().units
        assert mention.comparator in COMPARATORS
        assert 0 < mention.confidence <= 1
        assert mention.restates is None or 0 <= mention.restates < index
        assert (mention.upper is None) == (mention.comparator != "between")


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(["fr", "zh", "en"]))
def test_free_text_never_fails(text: str, language: str) -> None:
    for mention in find_quantities(text, language, shipped()):
        assert text[mention.start : mention.end].strip()
