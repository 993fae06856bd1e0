"""Places: known ones in all scripts, class words, homonyms, traps, collective forms, local places, and any input at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.article_helper import article

from kg.extract.places import find_places
from kg.lexicon import shipped

CASES = [
    # language, text, place as written, key, rule
    ("zh", "四川省阿坝州若尔盖县有牧户920户。", "若尔盖县", "x-gb513232", "name"),
    ("zh", "青海省海南州共和县去年光伏装机增长。", "海南州", "qinghai-hainan", "name"),
    ("zh", "海南岛外，海南旅游收入增长。", "海南", "hainan", "name"),
    ("zh", "青海省海南光伏园投产，共和县受益。", "海南", "qinghai-hainan", "name"),
    ("zh", "长春市朝阳区新建学校。", "朝阳区", "x-gb220104", "name"),
    ("zh", "北京市朝阳区新建学校。", "朝阳区", "beijing-chaoyang", "name"),
    ("zh", "贵州省黔东南州产茶。", "黔东南州", "qiandongnan", "name"),
    ("zh", "甘肃省临夏州东乡县搬迁群众。", "东乡县", "x-gb622926", "name"),
    ("zh", "货物运往尼泊尔。", "尼泊尔", "x-np", "name+object"),
    ("zh", "上海市对口援藏项目开工。", "上海市", "shanghai", "name+object"),
    ("zh", "记者从云南省商务厅获悉。", "云南省", "yunnan", "name+authority"),
    ("zh", "青海银行放款。", "青海", "qinghai", "name+organisation"),
    ("zh", "昌都市左贡县旺达镇有草场。", "旺达镇", "x-旺达镇", "local-township"),
    ("zh", "贵阳高新区软件收入增长。", "贵阳高新区", "x-贵阳高新区", "local-zone"),
    ("zh", "重庆两江新区引进外资。", "两江新区", "x-liangjiang", "name"),
    ("zh", "云南省产茶。全省茶园增加。", "全省", "yunnan", "collective"),
    ("zh", "西藏自治区昌都市卡若区办事大厅启用，全区七成村可代办。", "全区", "chamdo-karub", "collective"),
    ("fr", "Le comté de Biru, au nord.", "comté de Biru", "nagqu-biru", "class"),
    ("fr", "La préfecture autonome tibétaine de Gannan exporte.", "préfecture autonome tibétaine de Gannan", "gannan", "class"),
    ("fr", "À Lhassa, le parc compte 31 bus.", "Lhassa", "lhasa", "name"),
    ("fr", "Dans le district de Tonglu, près de Hangzhou, 31 bus roulent.", "district de Tonglu", "x-gb330122", "class"),
    ("fr", "Le village de Jieba, dans le district de Nedong.", "village de Jieba", "x-village-de-jieba", "local-village"),
    ("fr", "La zone industrielle de Duilong, à Lhassa.", "zone industrielle de Duilong", "x-zone-industrielle-de-duilong", "local-zone"),
    ("fr", "Le Qinghai produit. La province exporte.", "La province", "qinghai", "collective"),
    ("fr", "Les colis partent vers Chengdu.", "Chengdu", "chengdu", "name+object"),
    ("fr", "La Banque de Chine prête.", "Chine", "cn", "name+organisation"),
    ("en", "Bomi County sold mushrooms in Shanghai.", "Bomi County", "nyingchi-bomi", "name"),
    ("en", "Nagqu Prefecture built roads.", "Nagqu Prefecture", "nagqu", "class"),
    ("en", "Tunba Town, Nyemo County, makes incense.", "Tunba Town", "x-tunba-town", "local-township"),
]


@pytest.mark.parametrize(("language", "text", "words", "key", "rule"), CASES)
def test_place(language: str, text: str, words: str, key: str, rule: str) -> None:
    source = article(text, language=language)
    mentions, entities = find_places(source, shipped())
    found = {source.text[m.start : m.end]: m for m in mentions}
    assert words in found, sorted(found)
    assert (found[words].place, found[words].rule) == (key, rule)
    assert any(entity.key == f"place/{key}" for entity in entities)


NOT_A_PLACE = [
    ("zh", "比如，茶叶和咖啡都增长。", "比如"),
    ("zh", "阿里巴巴集团宣布增资。", "阿里"),
    ("zh", "当地日照充足，适合光伏。", "日照"),
    ("zh", "来宾参观了展馆。", "来宾"),
    ("zh", "特色小镇和行政村都通了公路。", "特色小镇"),
    ("zh", "中国移动建成基站31个。", "中国"),
    ("fr", "Ali, un éleveur, vend des yaks.", "Ali"),
    ("fr", "La société China Telecom a posé 31 câbles dans les villages.", "China"),
    ("fr", "Il chante la Tibétaine.", "Tib"),
    ("en", "She went along with Wei and An.", "She"),
]


@pytest.mark.parametrize(("language", "text", "words"), NOT_A_PLACE)
def test_trap(language: str, text: str, words: str) -> None:
    source = article(text, language=language)
    mentions, _ = find_places(source, shipped())
    assert not [m for m in mentions if words in source.text[m.start : m.end]]


def test_entity_of_a_local_place_has_container_kind_and_english_label() -> None:
    _, entities = find_places(article("山南市浪卡子县打隆镇有牧户920户，打隆镇通了公路。", language="zh"), shipped())
    town = next(entity for entity in entities if entity.name == "打隆镇")
    assert (town.container, town.kind, town.gazetteer) == ("shannan-nagarze", "township", None)
    assert ("en", "Dalong Town") in town.labels


def test_entity_of_a_gazetteer_place_lists_the_names_used() -> None:
    _, entities = find_places(article("西藏自治区产茶。西藏茶园增加，全区茶叶外销。", language="zh"), shipped())
    region = next(entity for entity in entities if entity.gazetteer == "tibet")
    assert (region.name, region.aliases, region.kind, region.container) == ("西藏自治区", ("西藏", "全区"), "province", "cn")


def test_zone_of_a_known_place_is_labelled_by_its_class_word() -> None:
    _, entities = find_places(article("拉萨高新区有企业920家。", language="zh"), shipped())
    zone = next(entity for entity in entities if entity.name == "拉萨高新区")
    assert (dict(zone.labels)["en"], zone.container, zone.kind) == ("Lhasa High-tech Zone", "lhasa", "zone")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("西藏拉萨市区县镇乡村全省自治州海南朝阳的在，。 \nLhasaTibetduvillage'"), max_size=80))
def test_any_text_gives_ordered_disjoint_mentions_with_entities(text: str) -> None:
    for language in ("zh", "fr", "en"):
        source = article("x" + text, language=language)
        mentions, entities = find_places(source, shipped())
        end = 0
        for mention in mentions:
            assert end <= mention.start < mention.end <= len(source.text)
            end = mention.end
        assert {f"place/{m.place}" for m in mentions} == {entity.key for entity in entities}


def test_name_of_two_characters_needs_a_boundary() -> None:
    source = article("产品销往印度，爽朗县城人好客；西藏林芝市朗县通车。", language="zh")
    found = [(source.text[m.start : m.end], m.start) for m in find_places(source, shipped())[0]]
    assert ("印度", 4) in found
    assert [start for words, start in found if words == "朗县"] == [source.text.rindex("朗县")]
