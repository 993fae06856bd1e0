"""Named things: what is found, of which type, under which names — and what is no name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles import Article, read_source
from kg.extract.entities import find_entities
from kg.extract.mentions import EntityMention
from kg.extract.places import find_places
from kg.extract.reading import ENTITY_TYPES, Entity
from kg.lexicon import shipped

ZH = "本报讯 去年当地经济平稳增长，居民收入继续增加，市场供应充足。"
FR = "Le marché a progressé cette année dans la région, ont indiqué les autorités du pays. "
EN = "The market has grown this year in the region, the authorities of the country said. "


def read(text: str) -> tuple[Article, list[Entity], list[EntityMention]]:
    article = read_source("a", "a.txt", text.encode())
    places, place_entities = find_places(article, shipped())
    entities, mentions = find_entities(article, places, place_entities, shipped())
    return article, entities, mentions


def named(text: str, type_: str) -> list[str]:
    return [entity.name for entity in read(text)[1] if entity.type == type_]


@pytest.mark.parametrize(
    ("text", "type_", "name"),
    [
        (ZH + "记者从青海省商务厅获悉，网上零售额增长。", "organisation", "青海省商务厅"),
        (ZH + "海东市经济和信息化局日前发布数据。", "organisation", "海东市经济和信息化局"),
        (ZH + "自治区通信管理局介绍，基站数量增加。", "organisation", "自治区通信管理局"),
        (ZH + "该项目由云岭数字科技有限公司承建。", "organisation", "云岭数字科技有限公司"),
        (ZH + "云南移动今年新建站点。", "organisation", "云南移动"),
        (ZH + "中国电信甘肃分公司负责运营。", "organisation", "中国电信甘肃分公司"),
        (ZH + "县商务局提供的数据显示，销量上升。", "organisation", "县商务局"),
        (ZH + "按照《甘肃省数据产业发展行动方案（2023-2025年）》，投资将增加。", "policy", "甘肃省数据产业发展行动方案（2023-2025年）"),
        (ZH + "“十四五”期间，投资将增加。", "policy", "“十四五”"),
        (ZH + "“云端果园”项目去年启动。", "project", "“云端果园”项目"),
        (ZH + "村里开展了“智慧粮仓”试点。", "programme", "“智慧粮仓”试点"),
        (ZH + "“祁连办”平台注册用户增加。", "infrastructure", "“祁连办”平台"),
        (ZH + "海东市民和县建成首个乡村智算中心。", "infrastructure", "乡村智算中心"),
        (ZH + "西宁市湟中区政务服务大厅里人来人往。", "infrastructure", "政务服务大厅"),
        (ZH + "位于西宁的河湟云计算产业园对外开放。", "infrastructure", "河湟云计算产业园"),
        (ZH + "第三届丝路数字贸易博览会将举办。", "event", "丝路数字贸易博览会"),
        (ZH + "当地卖出牦牛肉干和藏香。", "product", "藏香"),
        (ZH + "牧民才仁用手机卖出奶酪。", "person", "才仁"),
        (ZH + "（责任编辑：赵立）", "person", "赵立"),
        (ZH + "局长旦真说，销量翻番。", "person", "旦真"),
        (ZH + "当地推广区块链和物联网。", "technology", "区块链"),
        (FR + "Selon le Bureau du commerce de Xining, les ventes augmentent.", "organisation", "Bureau du commerce de Xining"),
        (FR + "Le ministère de la Culture a publié ces chiffres.", "organisation", "ministère de la Culture"),
        (FR + "Le parc est géré par la société Yunling.", "organisation", "société Yunling"),
        (FR + "China Mobile Qinghai a investi.", "organisation", "China Mobile Qinghai"),
        (FR + "Le projet « Verger connecté » avance.", "project", "projet « Verger connecté »"),
        (FR + "Le programme « Routes propres » (2022-2026) avance.", "programme", "programme « Routes propres » (2022-2026)"),
        (FR + "Le 15e Plan quinquennal pour le développement rural au Gansu prévoit des aides.", "policy", "15e Plan quinquennal"),
        (FR + "La région compte 31 centres de formation rurale.", "infrastructure", "centres de formation rurale"),
        (FR + "Une plateforme de télésurveillance du Gansu a ouvert.", "infrastructure", "plateforme de télésurveillance du Gansu"),
        (FR + "Il a parlé au Forum sur les technologies vertes de Lanzhou.", "event", "Forum sur les technologies vertes de Lanzhou"),
        (FR + "Liu Gang, directeur du marché, a confirmé.", "person", "Liu Gang"),
        (FR + "\n(Rédactrice : Marie ZHAO)", "person", "Marie ZHAO"),
        (EN + "The Gansu Communications Administration published the data.", "organisation", "Gansu Communications Administration"),
        (EN + 'The "Smart Orchard" project was launched.', "project", '"Smart Orchard" project'),
        (EN + "Alibaba Group and Hexi Cloud Technologies signed a deal.", "organisation", "Hexi Cloud Technologies"),
    ],
)
def test_names_are_found_with_their_type(text: str, type_: str, name: str) -> None:
    assert any(name in found for found in named(text, type_)), read(text)[1]


@pytest.mark.parametrize(
    "text",
    [
        ZH + "多家科技公司入驻，本地物流公司增收。",
        ZH + "全县建成县级公共服务中心3个、村级服务点70个。",
        ZH + "他笑着说：“以前打电话要爬山。”",
        ZH + "“土特产”越卖越远。",
        ZH + "两地商务部门签了字。",
        FR + "Les plateformes de réservation se multiplient et le projet avance.",
        FR + "« Avant, il fallait attendre le marchand », dit-elle.",
        FR + "Le produit descend du haut plateau vers les villes.",
        EN + "The company said its new platform would open soon.",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert [entity for entity in read(text)[1] if entity.type != "place"] == []


def test_the_same_thing_under_several_names_is_one_entity() -> None:
    _, entities, mentions = read(ZH + "“云端果园”项目去年启动。如今，云端果园已有收益。")
    project = [entity for entity in entities if entity.type == "project"]
    assert [entity.aliases for entity in project] == [("云端果园",)]
    assert len([one for one in mentions if one.entity == project[0].key]) == 2


def test_a_short_form_in_brackets_is_an_alias() -> None:
    _, entities, _ = read(ZH + "甘肃省政府印发《促进数据流通若干措施》（简称“数据十条”）。")
    assert [entity.aliases for entity in entities if entity.type == "policy"] == [("数据十条",)]


def test_a_known_thing_has_one_key_and_labels_in_every_language() -> None:
    chinese = next(entity for entity in read(ZH + "国家统计局公布了数据。")[1] if entity.type == "organisation")
    french = next(entity for entity in read(FR + "Le Bureau national des statistiques le confirme.")[1] if entity.type == "organisation")
    assert chinese.key == french.key
    assert dict(chinese.labels)["fr"] == "Bureau national des statistiques"
    assert dict(french.labels)["zh-Hans"] == "国家统计局"


def test_a_name_holds_its_place_as_container() -> None:
    _, entities, _ = read(ZH + "海东市商务局公布了数据。")
    bureau = next(entity for entity in entities if entity.type == "organisation")
    assert bureau.container == "haidong"


def test_place_and_head_make_an_english_label() -> None:
    _, entities, _ = read(ZH + "据《规划》，海东市人民医院已接入网络。")
    assert dict(next(entity for entity in entities if entity.type == "organisation").labels) == {"en": "Haidong People's Hospital"}


def test_names_in_damaged_text_lead_back_to_the_damaged_source() -> None:
    text = "記者從海東市經(jīng)濟和信息化局獲悉,今年全市電子商務企業(yè)增加。數(shù)字產(chǎn)業(yè)發(fā)展較快,農村網(wǎng)絡銷售增長。"
    article, entities, mentions = read(text)
    bureau = next(entity for entity in entities if entity.type == "organisation")
    assert bureau.name == "海东市经济和信息化局"
    mention = next(one for one in mentions if one.entity == bureau.key)
    assert article.quote(mention.start, mention.end).text == "海東市經(jīng)濟和信息化局"


def test_boilerplate_gives_only_who_made_the_page() -> None:
    text = "青海网络销售增长\n\n来源：河湟新闻网   时间：2021-03-04\n\n" + ZH * 3 + "\n\n版权所有：示范科技有限公司 京ICP备00000001号\n"
    found = [entity.name for entity in read(text)[1] if entity.type == "organisation"]
    assert found == ["河湟新闻网"]


PIECES = st.lists(
    st.sampled_from(
        [
            "青海省", "商务厅", "“", "”", "《", "》", "项目", "平台", "由", "的", "中国移动", "（", "）", "，", "。", "5G",
            "« ", " »", "ministère ", "de la ",
            "projet ", "Centre ", "Xining ", "(2020-2022)", "\n", "記者", "王", "+", "123", "\ufffd", "\u200b", "a",
        ]
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_any_text_gives_mentions_that_lie_in_it(pieces: list[str]) -> None:
    article, entities, mentions = read(ZH + "".join(pieces))
    keys = {entity.key for entity in entities}
    assert len(keys) == len(entities)
    assert all(entity.type in ENTITY_TYPES and entity.name for entity in entities)
    for mention in mentions:
        assert mention.entity in keys
        assert 0 < mention.confidence <= 1
        quote = article.quote(mention.start, mention.end)
        assert article.source.text[quote.start : quote.end] == quote.text


def test_reading_twice_gives_the_same() -> None:
    text = ZH + "海东市商务局与中国移动青海公司签署“云端果园”项目合作协议，局长王立介绍了《行动方案》。"
    assert read(text)[1:] == read(text)[1:]
