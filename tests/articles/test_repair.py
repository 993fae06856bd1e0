"""Damage of each kind, one sentence at a time, and what must be left alone. Sentences are made up for these tests."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.articles.offsets import Revision
from kg.articles.repair import gbk, is_damage, lost, pinyin, question_marks, repair, typing
from kg.articles.script import to_simplified
from kg.errors import LexiconError


def repaired(text, language):
    return repair(text, language).text


def rules(text, language):
    return sorted({event.rule for event in repair(text, language).repairs})


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("數(shù)字經(jīng)濟與產(chǎn)業(yè)發(fā)展", "数字经济与产业发展"),
        ("數（shù）字經（jīng）濟與產（chǎn）業", "数字经济与产业"),
        ("長期的地(de)方，好啊(a)，發(fā)展與發(fā)達，業(yè)務", "长期的地方，好啊，发展与发达，业务"),
        ("發(fā)展帶來發(fā)達", "发展带来发达"),
    ],
)
def test_bracketed_readings_vanish(damaged, clean):
    assert repaired(damaged, "zh") == clean


@pytest.mark.parametrize(
    "text",
    [
        "这很重(zhòng)要",
        "会上，垚(yáo)先生、喆(zhé)先生和彧(yù)先生发言",
        "數(abc)字經(xyz)濟產(kg)業",
        "重庆(chóng qìng)的桥",
    ],
)
def test_glosses_and_other_brackets_stay(text):
    assert pinyin.find(text) == []


def test_one_gloss_amid_damage_stays():
    text = "數(shù)字經(jīng)濟產(chǎn)業(yè)，重(zhòng)要的是重慶與重點"
    assert repaired(text, "zh") == "数字经济产业，重（zhòng）要的是重庆与重点"


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("電商讓產品“翻山?綆X”走出去", "电商让产品“翻山越岭”走出去"),
        ("辦事更加方便?！钡讲芸h工作", "办事更加方便�”到曹县工作"),
    ],
)
def test_shifted_bytes_fall_back_into_step(damaged, clean):
    assert repaired(damaged, "zh") == clean


@pytest.mark.parametrize(
    "text", ["你怎么看这个问题?他说很好X", "真的吗?奔跑吧兄弟?是的", "为什么?优质产品r", "行吗?好?", "难道不是吗？綠色"]
)
def test_questions_in_chinese_stay(text):
    assert gbk.find(text) == []


SENTENCES = [
    "全县的农牧民群众积极参加技能培训",
    "当地群众通过手机销售本地的特色产品",
    "公司负责人介绍了今年的建设情况",
    "我们的产品已经卖到了全国各地",
]
CLOSING = [character for character in "嶺縣專場廠報開關頭領導" if character.encode("gbk")[1] < 0x7F]


@given(st.sampled_from(SENTENCES), st.integers(0, 6), st.integers(3, 9), st.sampled_from(CLOSING), st.sampled_from(SENTENCES))
def test_generated_shifts_are_undone_or_left_alone(sentence, start, length, closing, rest):
    run = sentence[start : start + length] + closing
    raw = run.encode("gbk")
    try:
        shown = raw[1:-1].decode("gbk")
    except UnicodeDecodeError:
        assume(False)
    assume(len(shown) * 2 == len(raw) - 2)
    damaged = f"今天，?{shown}{chr(raw[-1])}，{rest}"
    edits = gbk.find(damaged)
    assert len(edits) <= 1
    for edit in edits:
        assert edit.after[1:] == run[1:]
        assert edit.after[0] in (run[0], gbk.LOST)
        assert damaged[: edit.start] == "今天，"
        assert damaged[edit.end :] == f"，{rest}"


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("La r?gle du r?le est re?ue.", "La r?gle du rôle est reçue."),
        ("Fran?ois va à l'h?pital de la C?te-d'Or, co?te que co?te.", "François va à l'hôpital de la Côte-d'Or, coûte que coûte."),
        ("L'?tat soutient l'?uvre. ?galement, l'?le.", "L'État soutient l'œuvre. Également, l'île."),
        ("Il faut 52?% des 3?400 machines, soit 5?milliards.", "Il faut 52 % des 3 400 machines, soit 5 milliards."),
        ("Le ? big data ? et le ? nuage ?.", "Le « big data » et le « nuage »."),
        ("Le projet ? Nuage Bleu ? avance.", "Le projet « Nuage Bleu » avance."),
        ("? Tout va bien ?, dit Paul.", "« Tout va bien », dit Paul."),
        ("Le ??big data?? avance.", "Le « big data » avance."),
        ("? l'heure actuelle, tout va.", "À l'heure actuelle, tout va."),
        ("Est-ce utile ? Le ? nuage ? domine.", "Est-ce utile ? Le « nuage » domine."),
        ("Le ? nuage ? est-il utile ? Oui.", "Le « nuage » est-il utile ? Oui."),
    ],
)
def test_question_marks_become_what_was_lost(damaged, clean):
    assert repaired(damaged, "fr") == clean


@pytest.mark.parametrize(
    "text",
    [
        "Que faire ? Rien.",
        "Que faire ? Que dire ? Personne ne le sait.",
        "Vraiment? Oui, vraiment.",
        "Pourquoi ? Parce que. Comment ? Ainsi.",
        "Voir http://example.org/page?id=3&tri=r?le pour la suite.",
        "Le « nuage » est utile. Et le prix ? il monte. Et ? rien.",
        "Qui vient demain ?",
    ],
)
def test_real_question_marks_stay(text):
    assert question_marks.find(text) == []


WORDS = ["rôle", "façon", "hôpitaux", "reçoit", "île", "contrôle", "connaître", "dîner", "François", "œuvre", "forêt", "réseau", "État"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_text_through_gbk_comes_back(first, second):
    clean = f"Le {' '.join(first)} et le « {' '.join(second)} » du pays."
    damaged = clean.encode("gbk", "replace").decode("gbk")
    revision = repair(damaged, "fr")
    assert revision.text == clean
    assert all(damaged[event.start : event.end] == "?" for event in revision.repairs)


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("Tout va. à l'avenir, rien.\nà Paris, oui.", "Tout va. À l'avenir, rien.\nÀ Paris, oui."),
        ("Il réussit grace à elle et grace aux autres.", "Il réussit grâce à elle et grâce aux autres."),
        ("GRACE À ELLE", "GRÂCE À ELLE"),
        ("Le role de l'hopital", "Le rôle de l'hôpital"),
    ],
)
def test_missing_accents_are_set(damaged, clean):
    assert repaired(damaged, "fr") == clean


@pytest.mark.parametrize("text", ["De 9 h. à 18 h. env. à Paris.", "La grace du roi.", "Il va à Paris.", "role-playing"])
def test_other_accents_are_left_alone(text):
    assert typing.find(text) == []


def test_a_wrapped_line_is_no_sentence_start():
    lines = [
        "La région autonome a annoncé hier que le nombre de stations",
        "de base a encore augmenté dans la région et que les opérateurs",
    ]
    text = "\n".join([*lines, "à Lhassa ont investi beaucoup dans la fibre, le réseau couvre", "désormais toute la ville et ses environs."])
    assert typing.find(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "candidate"),
    [
        ("公路里程达9 47万公里", "lost-decimal-point", "9.47"),
        ("投資3 5億元", "lost-decimal-point", "3.5"),
        ("完成重点项目投资27元，", "lost-unit", "27亿"),
    ],
)
def test_losses_are_suspected_with_a_candidate(text, rule, candidate):
    revision = repair(text, "zh")
    assert [(event.rule, event.candidate, event.before == event.after) for event in revision.repairs] == [(rule, candidate, True)]
    assert revision.text == to_simplified(text)


@pytest.mark.parametrize("text", ["达1 200万公里", "每亩投入27元", "人均收入90元", "投资3亿元", "2020 12万", "共12 34 56万", "投资1.27元"])
def test_plausible_sums_are_not_suspected(text):
    assert lost.find(text) == []


@pytest.mark.parametrize(
    ("source", "clean", "language"),
    [
        ("建成“互联网++政务”", "建成“互联网+政务”", "zh"),
        ("会用C++的人", "会用C++的人", "zh"),
        ("达1,229亿元,增长5.4%,4G网络(含5G)。时间:10:42", "达1,229亿元，增长5.4%，4G网络（含5G）。时间：10:42", "zh"),
        ("带宽达3Tbps,4个村接入(占比5%),6家企业。", "带宽达3Tbps，4个村接入（占比5%），6家企业。", "zh"),
        ("「数字」发展，５Ｇ達１２％", "“数字”发展，5G达12%", "zh"),
        ("《规划(2020-2025年)》", "《规划（2020-2025年）》", "zh"),
        ("l’eau\u00a0: 3\u202f988\u200b m", "l'eau : 3 988 m", "fr"),
        ("e\u0301te\u0301\r\nfin\rX", "été\nfin\nX", "fr"),
        ("Fish &amp; chips &bogus; &#233;", "Fish & chips &bogus; é", "en"),
    ],
)
def test_variants_take_one_form(source, clean, language):
    assert repaired(source, language) == clean


def test_variants_are_no_events_and_habits_no_damage():
    assert rules("數字經濟，５Ｇ\u3000和\u200b「雲」", "zh") == []
    assert not any(map(is_damage, repair("Tout va. à l'avenir, grace à lui.", "fr").repairs))
    assert all(map(is_damage, repair("Le r?le.", "fr").repairs))


def test_a_character_lost_for_good_is_told():
    assert rules("La soci\ufffdt\ufffd.", "fr") == ["lost-character"]


TRADITIONAL = ["數字經濟發展", "產業規模擴大", "農產品網絡銷售", "醫療與教育", "統計數據顯示", "鄉鎮環境優化"]
READINGS = {
    "數": "shù",
    "經": "jīng",
    "產": "chǎn",
    "業": "yè",
    "發": "fā",
    "網": "wǎng",
    "醫": "yī",
    "統": "tǒng",
    "環": "huán",
    "優": "yōu",
}


@given(st.lists(st.sampled_from(TRADITIONAL), min_size=2, max_size=8), st.sets(st.sampled_from(sorted(READINGS)), min_size=3))
def test_generated_brackets_vanish_and_spans_point_at_the_damage(parts, bracketed):
    clean = "，".join(parts) + "。"
    assume(len(set(clean) & bracketed) >= 3)
    shown = [f"{character}({READINGS[character]})" if character in bracketed else character for character in clean]
    damaged = "".join(shown)
    revision = repair(damaged, "zh")
    assert revision.text == to_simplified(clean)
    offsets = revision.offset_map()
    starts = [sum(map(len, shown[:index])) for index in range(len(shown) + 1)]
    for start in range(len(clean)):
        for end in range(start + 1, len(clean) + 1):
            assert offsets.span(start, end) == (starts[start], starts[end])


def test_a_malformed_row_is_named(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "typing.csv").write_text("written,meant,followed\ngrace,grâces,\n", encoding="utf-8")
    (tmp_path / "repair").mkdir()
    monkeypatch.setattr(typing, "__file__", str(tmp_path / "repair" / "typing.py"))
    typing._table.cache_clear()
    try:
        with pytest.raises(LexiconError, match="row 2"):
            typing.find("grace à")
    finally:
        typing._table.cache_clear()


def test_revision_keeps_the_source():
    revision = Revision("a\u200bb")
    assert revision.source == "a\u200bb"
