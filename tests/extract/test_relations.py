"""Relations: subject, predicate, object or literal, status, and the quote that states them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import Article, read_source
from kg.extract.entities import find_entities
from kg.extract.periods import find_periods
from kg.extract.places import find_places
from kg.extract.reading import PREDICATES, STATUSES, Relation
from kg.extract.relations import find_relations
from kg.lexicon import shipped

ZH = "本报讯 2022年3月4日 去年当地经济平稳增长，居民收入继续增加，市场供应充足。"
FR = "Le marché a progressé cette année dans le pays, ont indiqué les autorités. "
EN = "The market has grown this year, the authorities of the country said. "


def read(text: str) -> tuple[Article, list[tuple[str, str, str, str]], list[Relation]]:
    article = read_source("a", "a.txt", text.encode())
    places, place_entities = find_places(article, shipped())
    entities, mentions = find_entities(article, places, place_entities, shipped())
    relations = find_relations(article, entities, mentions, find_periods(article, shipped()), shipped())
    names = {entity.key: entity.name for entity in entities}
    rows = [(names[one.subject], one.predicate, names[one.object] if one.object else one.literal or "", one.status) for one in relations]
    return article, rows, relations


@pytest.mark.parametrize(
    ("text", "subject", "predicate", "target", "status"),
    [
        (ZH + "海东市民和县销量上升。", "民和县", "locatedIn", "海东市", "actual"),
        (ZH + "位于海东市的河湟云仓由云岭数字科技有限公司运营。", "河湟云仓", "implementedBy", "云岭数字科技有限公司", "actual"),
        (ZH + "由青海移动承建的“云端果园”项目投入使用。", "“云端果园”项目", "implementedBy", "青海移动", "actual"),
        (ZH + "在海东市，青海电信建成“祁连办”平台。", "“祁连办”平台", "locatedIn", "海东市", "actual"),
        (ZH + "青海省政府印发《数据流通若干措施》。", "数据流通若干措施", "establishedBy", "青海省政府", "actual"),
        (ZH + "《青海省数据产业规划（2022-2026年）》公布。", "青海省数据产业规划（2022-2026年）", "hasPeriod", "2022/2026", "actual"),
        (ZH + "海东市人民医院开展“云问诊”试点。", "海东市人民医院", "pilotOf", "“云问诊”试点", "actual"),
        (ZH + "江苏省援青资金支持的“云端果园”项目受到欢迎。", "江苏省", "supports", "“云端果园”项目", "actual"),
        (ZH + "“云端果园”项目2019年5月启动。", "“云端果园”项目", "hasStartDate", "2019-05", "actual"),
        (FR + "Le parc « Soleil bleu », géré par China Unicom, avance.", "parc « Soleil bleu »", "implementedBy", "China Unicom", "actual"),
        (FR + "Le projet « Verger connecté », lancé en 2019, avance.", "projet « Verger connecté »", "hasStartDate", "2019", "actual"),
        (FR + "À Lanzhou, le « Cerveau vert » règle les feux.", "« Cerveau vert »", "locatedIn", "Lanzhou", "actual"),
        (FR + "Le plan « Route » (2022-2026) avance.", "plan « Route » (2022-2026)", "hasPeriod", "2022/2026", "actual"),
        (FR + "Le Gansu veut construire un parc logistique agricole.", "parc logistique agricole", "implementedBy", "Gansu", "target"),
        (FR + "Le Gansu compte 31 centres de formation rurale.", "centres de formation rurale", "locatedIn", "Gansu", "actual"),
        (FR + "Le ministère des Finances soutiendra le Gansu.", "ministère des Finances", "supports", "Gansu", "target"),
        (EN + "The Hexi Data Center in Lanzhou is run by ZTE.", "Hexi Data Center", "implementedBy", "ZTE", "actual"),
        (EN + 'The "Smart Orchard" project was launched in 2019.', '"Smart Orchard" project', "hasStartDate", "2019", "actual"),
    ],
)  # fmt: skip
def test_relations_are_read(text: str, subject: str, predicate: str, target: str, status: str) -> None:
    _, rows, _ = read(text)
    assert (subject, predicate, target, status) in rows, rows


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        (ZH + "青海与四川在成都签署数据商贸合作协议。", "locatedIn"),
        (ZH + "截至6月底，全省建成5G基站3000个。", "hasStartDate"),
        (FR + "Le Gansu compte 31 centres de formation, indique un rapport publié par China Unicom.", "establishedBy"),
        (FR + "Lanzhou et Xining se développent.", "locatedIn"),
    ],
)
def test_what_is_not_said_is_not_read(text: str, predicate: str) -> None:
    assert [row for row in read(text)[1] if row[1] == predicate] == []


def test_rank_is_an_english_literal() -> None:
    _, rows, _ = read(FR + "Le Gansu se classe au troisième rang national.")
    assert ("Gansu", "ranks", "3rd in China", "actual") in rows


def test_members_of_a_place_in_a_programme_are_counted() -> None:
    _, rows, _ = read(ZH + "海东市6个县中已有4个县列入国家电子商务进农村综合示范县。")
    assert any(row[1] == "covers" and row[2] == "4 counties of Haidong" for row in rows), rows


def test_the_quote_holds_both_ends_and_lies_in_the_source() -> None:
    article, _, relations = read(ZH + "由青海移動承建的「雲端果園」項目投入使用。".replace("移動", "移动"))
    relation = next(one for one in relations if one.predicate == "implementedBy")
    assert article.source.text[relation.quote.start : relation.quote.end] == relation.quote.text
    assert "承建" in relation.quote.text
    assert relation.quote.text in relation.sentence.text


PIECES = st.lists(
    st.sampled_from(
        [
            "青海省", "海东市", "由", "承建", "的", "“云端果园”项目", "中国移动", "，", "。", "、", "2019年5月", "启动", "位于", "在",
            "列入", "全国第一", "6个县", "Lanzhou", " exploité par ", "China Mobile", ", ", "à ", "\n", "《规划（2020-2022年）》", "\ufffd",
        ]
    ),
    max_size=80,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_text_gives_relations_that_hold_together(pieces: list[str]) -> None:
    article, _, relations = read(ZH + "".join(pieces))
    seen = set()
    for one in relations:
        assert one.predicate in PREDICATES
        assert one.status in STATUSES
        assert (one.object is None) != (one.literal is None)
        assert one.subject != one.object
        assert 0 < one.confidence <= 1
        assert article.source.text[one.quote.start : one.quote.end] == one.quote.text
        identity = (one.subject, one.predicate, one.object, one.literal)
        assert identity not in seen
        seen.add(identity)
