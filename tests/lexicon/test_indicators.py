"""The scheme of known indicators: what the loader refuses, which words name a concept and which do not, and free text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.lexicon import shipped
from kg.lexicon.indicators import LANGUAGE_OF_TAG, LONGEST, TAGS, Indicators, load_concepts

INDICATORS = shipped().indicators
UNITS = shipped().units

PREFIXES = """@prefix dek: <https://w3id.org/dek/ontology#> .
@prefix ind: <https://w3id.org/dek/id/indicator/> .
@prefix sch: <https://w3id.org/dek/id/scheme/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stt: <https://w3id.org/dek/id/statistic/> .
@prefix un: <https://w3id.org/dek/id/unit/> .
"""
TOP = """ind:field a dek:Indicator ; skos:topConceptOf sch:indicator ;
  skos:prefLabel "field"@en , "domaine"@fr , "领域"@zh-Hans .
"""
BOATS = """ind:boats a dek:Indicator ;
  skos:prefLabel "boats"@en , "bateaux"@fr , "船只"@zh-Hans ;
  skos:broader ind:field ; dek:expectedUnit un:count ; dek:expectedStatistic stt:level .
"""


def scheme(folder: Path, *blocks: str) -> Path:
    path = folder / "indicators.ttl"
    path.write_text(PREFIXES + "".join(blocks), encoding="utf-8")
    return path


# ---- loading


def test_a_small_scheme_loads(tmp_path: Path) -> None:
    concepts = load_concepts(scheme(tmp_path, TOP, BOATS), UNITS)
    assert list(concepts) == ["boats", "field"]
    assert [concept.heading for concept in concepts.values()] == [False, True]
    assert (concepts["boats"].unit, concepts["boats"].statistic, concepts["boats"].broader) == ("count", "level", ("field",))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("ind:field ;", "ind:fleet ;"), "skos:broader names 'fleet'"),
        (("ind:field ;", "ind:boats ;"), "broader than itself"),
        (("skos:broader ind:field ;", ""), "where it belongs"),
        (("un:count", "un:knot"), "dek:expectedUnit names 'knot'"),
        (("stt:level", "stt:depth"), "dek:expectedStatistic names 'depth'"),
        (("un:count", "un:count , un:person"), "more than one dek:expectedUnit"),
        (("un:count", '"count"'), "must be an IRI"),
        ((', "bateaux"@fr', ""), "no skos:prefLabel in fr"),
        ((', "bateaux"@fr', ', "bateaux"@fr , "barques"@fr'), "two preferred labels"),
        ((', "bateaux"@fr', ', "bateaux"'), "needs a text and one of the language tags"),
        ((', "bateaux"@fr', ', "domaine"@fr'), "already belongs to"),
        (("stt:level", "stt:level ; dek:expectedMinimum 9 ; dek:expectedMaximum 3"), "is above dek:expectedMaximum"),
        (("stt:level", 'stt:level ; dek:expectedMinimum "few"'), "dek:expectedMinimum is no number"),
    ],
)
def test_a_wrong_concept_is_named_with_file_and_line(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    assert change[0] in BOATS
    path = scheme(tmp_path, TOP, BOATS.replace(*change))
    with pytest.raises(LexiconError) as caught:
        load_concepts(path, UNITS)
    where = re.fullmatch(r"(.+), line (\d+), concept (\S+)", caught.value.where)
    assert where is not None
    assert where[1] == str(path)
    assert path.read_text(encoding="utf-8").splitlines()[int(where[2]) - 1].startswith(f"ind:{where[3]} ")
    assert complaint in caught.value.what


def test_broken_turtle_names_the_line(tmp_path: Path) -> None:
    path = scheme(tmp_path, TOP, "ind:boats a ;\n")
    with pytest.raises(LexiconError, match=rf"line {len(PREFIXES.splitlines()) + len(TOP.splitlines()) + 1}\b"):
        load_concepts(path, UNITS)


def test_a_missing_and_a_misencoded_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "indicators.ttl"
    with pytest.raises(LexiconError, match=r"indicators\.ttl.*missing"):
        load_concepts(path, UNITS)
    path.write_bytes(PREFIXES.encode() + b"# \xff\n")
    with pytest.raises(LexiconError, match="not UTF-8"):
        load_concepts(path, UNITS)


def test_a_wrong_word_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "indicators.ttl").write_text(PREFIXES + TOP + BOATS, encoding="utf-8")
    (tmp_path / "indicator_words.csv").write_text("language,word,role,where\nfr,le,function,\nfr,la,grammar,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"indicator_words\.csv, row 3"):
        Indicators(tmp_path, UNITS, shipped().gazetteer)


# ---- the shipped scheme


def test_every_shipped_concept_is_complete() -> None:
    assert len(INDICATORS) > 300
    for concept in INDICATORS.concepts.values():
        assert set(concept.pref) == {"en", "fr", "zh-Hans", "zh-Hant"}, concept.key
        assert set(concept.definition) == {"en", "fr"}, concept.key
        assert concept.heading or (concept.unit and concept.statistic and concept.broader), concept.key


def test_every_label_names_its_own_concept() -> None:
    for concept in INDICATORS.concepts.values():
        for tag, label in () if concept.heading else concept.labels:
            match = INDICATORS.match(label, LANGUAGE_OF_TAG[tag.lower()], unit=concept.unit)
            assert (match.key if match else None) == concept.key, (tag, label)


def test_no_name_of_a_concept_is_the_normal_form_of_another() -> None:
    for language in ("fr", "zh", "en"):
        owners: dict[str, str] = {}
        for concept in INDICATORS.concepts.values():
            for tag, label in () if concept.heading else concept.labels:
                if LANGUAGE_OF_TAG[tag.lower()] == language:
                    form = INDICATORS._wording.form(label, language).lemma
                    assert owners.setdefault(form, concept.key) == concept.key, (label, concept.key, owners[form])


# ---- matching


@pytest.mark.parametrize(
    ("text", "language", "unit", "key"),
    [
        # exact, alternative, inflected, with determiners, place and year
        ("基站", "zh", "count", "base-stations"),
        ("Les stations de base", "fr", "count", "base-stations"),
        ("le nombre de boutiques en ligne", "fr", "count", "online-shops"),
        ("Le revenu disponible par habitant des ruraux du Yunnan", "fr", "CNY", "rural-disposable-income"),
        ("云南省农村网络零售额", "zh", "CNY", "rural-online-retail-sales"),
        ("2019年全省快递业务量", "zh", "count", "express-parcels"),
        ("the number of online shops in Yunnan", "en", "count", "online-shops"),
        # both scripts
        ("雲南省農產品網絡零售額", "zh", "CNY", "agricultural-online-retail-sales"),
        # growth is a statistic, not a concept
        ("农产品网络零售额同比增长", "zh", "percent", "agricultural-online-retail-sales"),
        ("la croissance des ventes en ligne", "fr", "percent", "online-retail-sales"),
        ("较上年增长 … 电信业务总量", "zh", "percent", "telecom-business-volume"),
        # parts in the order of the article
        ("营业收入 … 软件和信息技术服务业", "zh", "CNY", "software-revenue"),
        ("营业收入 软件和信息技术服务业", "zh", "CNY", "software-revenue"),
        ("entreprises … intelligence artificielle", "fr", "count", "ai-enterprises"),
        # the head after an owner
        ("示例（昆明）数据中心二期项目总投资", "zh", "CNY", "project-total-investment"),
        ("某某科技产业园年产值", "zh", "CNY", "output-value"),
        ("云杉物流园项目投资", "zh", "CNY", "investment"),
        ("l'investissement total du projet de pont numérique", "fr", "CNY", "project-total-investment"),
        ("la superficie du campus", "fr", "m2", "area"),
        ("the total investment of the second phase", "en", "CNY", "project-total-investment"),
        # one letter wrong
        ("entreprises de commerce électroniqe", "fr", "count", "e-commerce-enterprises"),
    ],
)
def test_words_name_a_concept(text: str, language: str, unit: str, key: str) -> None:
    match = INDICATORS.match(text, language, unit=unit)
    assert (match.key if match else None) == key


@pytest.mark.parametrize(
    ("text", "language", "unit"),
    [
        ("", "fr", None),
        ("…", "zh", None),
        ("Yunnan", "fr", None),
        ("同比增长", "zh", "percent"),
        ("feux de circulation", "fr", "count"),
        ("habitants", "fr", "person"),  # people served are not the population
        ("平台企业", "zh", "count"),  # a kind of enterprise, not the enterprises of a platform
        ("districts et arrondissements raccordés", "fr", "count"),  # a head after a conjunction only
        ("entreprises de tissage", "fr", "count"),
        ("羊毛编织企业", "zh", "count"),
        ("率", "zh", "percent"),
        ("占生产总值", "zh", "percent"),  # of what, the words do not say
        ("les ventes en ligne de sel gemme", "fr", "CNY"),  # a kind of goods, not an owner
    ],
)
def test_other_words_name_none(text: str, language: str, unit: str | None) -> None:
    assert INDICATORS.match(text, language, unit=unit) is None


@pytest.mark.parametrize(
    ("text", "language", "unit", "fits"),
    [
        ("基站", "zh", "count", True),
        ("基站", "zh", "base-station", True),
        ("基站", "zh", "CNY", False),
        ("基站", "zh", "percent", False),  # a share of the stations, not their number
        ("基站增长", "zh", "percent", True),
        ("ventes en ligne", "fr", "EUR", True),
        ("ventes en ligne", "fr", "times", True),
        ("ventes en ligne", "fr", "count", False),
        ("ventes en ligne", "fr", "rank", True),
        ("贫困户", "zh", "household", True),
        ("贫困户", "zh", "person", False),
        ("agriculteurs", "fr", "household", False),
        ("taux de couverture 5G", "fr", "percent", True),
        ("taux de couverture 5G", "fr", "km", False),
    ],
)
def test_the_unit_decides(text: str, language: str, unit: str, fits: bool) -> None:
    assert (INDICATORS.match(text, language, unit=unit) is not None) == fits


def test_number_words_tell_the_whole_from_the_flow() -> None:
    whole, part = INDICATORS.match("全县总投资", "zh", unit="CNY"), INDICATORS.match("全县投资", "zh", unit="CNY")
    assert [match.key if match else None for match in (whole, part)] == ["project-total-investment", "investment"]


def test_the_digit_in_a_name_is_never_a_misspelling() -> None:
    for language, text in (("fr", "stations de base 6G"), ("zh", "6G基站")):
        match = INDICATORS.match(text, language, unit="count")
        assert match is None or match.key not in ("4g-base-stations", "5g-base-stations")


def test_scores_fall_with_each_step() -> None:
    texts = ("stations de base", "stations de base mobiles", "les stations de base du Yunnan", "stations de base du projet")
    matches = [INDICATORS.match(text, "fr", unit="count") for text in texts]
    scores = [match.score for match in matches if match]
    assert len(scores) == len(texts)
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0


# ---- running text


def test_find_gives_exact_spans_and_the_longest_names() -> None:
    text = "Les ventes en ligne de produits agricoles ont crû ; les stations de base 5G aussi."
    found = [(text[start:end], key) for start, end, key in INDICATORS.find(text, "fr")]
    assert found == [
        ("ventes en ligne de produits agricoles", "agricultural-online-retail-sales"),
        ("stations de base 5G", "5g-base-stations"),
    ]
    text = "农产品网络零售额增长，5G 基站\n增加"
    found = [(text[start:end], key) for start, end, key in INDICATORS.find(text, "zh")]
    assert found == [("农产品网络零售额", "agricultural-online-retail-sales"), ("5G 基站", "5g-base-stations")]


def test_a_name_does_not_cross_punctuation() -> None:
    assert INDICATORS.find("stations. De base", "fr") == []


# ---- normal form


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "fr",
            ("caravane de sel", "Les caravanes de sel", "le nombre de caravanes de sel du Yunnan", "la croissance des caravanes de sel"),
        ),
        ("zh", ("盐商队伍", "鹽商隊伍", "云南省盐商队伍", "新增盐商队伍", "盐商队伍总数")),
        ("en", ("salt caravan", "the salt caravans", "number of salt caravans in Yunnan")),
    ],
)
def test_the_normal_form_is_the_same_for_all_ways_to_write_a_name(language: str, texts: tuple[str, ...]) -> None:
    assert len({INDICATORS.normal_form(text, language) for text in texts}) == 1


LANGUAGES = st.sampled_from(("fr", "zh", "en"))
LABELS = [label for concept in INDICATORS.concepts.values() for tag, label in concept.labels if tag in TAGS.values()][::7]
ODDITIES = ["…", " ", "，", "的", "de la ", "Lhassa", "云南", "2020年", "(shù)", "\u200b", "é", "e\u0301", "ß", "İ", "㎞", "🙂", "'", "\n"]
PIECES = st.sampled_from([*LABELS, *ODDITIES])
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join), st.lists(PIECES, max_size=8).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES, st.sampled_from([None, *UNITS]))
def test_free_text_is_matched_or_not_and_nothing_breaks(text: str, language: str, unit: str | None) -> None:
    match = INDICATORS.match(text, language, unit=unit)
    if match is not None:
        assert 0 < match.score <= 1
        assert match.label in {label for _, label in INDICATORS[match.key].labels}
        assert unit is None or INDICATORS.accepts(match.key, unit, ("growth", "number"))
    assert INDICATORS.match(text, language, unit=unit) == match


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_found_spans_are_names_in_order(text: str, language: str) -> None:
    last = 0
    for start, end, key in INDICATORS.find(text, language):
        assert last <= start < end <= len(text)
        last = end
        form = INDICATORS._wording.pattern(text[start:end], language).strip()
        names = {
            INDICATORS._wording.pattern(label, language).strip()
            for tag, label in INDICATORS[key].labels
            if LANGUAGE_OF_TAG[tag.lower()] == language
        }
        assert form in names, (text[start:end], key)


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_a_normal_form_is_there_whenever_there_is_a_letter(text: str, language: str) -> None:
    form = INDICATORS.normal_form(text, language)
    assert INDICATORS.normal_form(text, language) == form
    if any("a" <= c.casefold() <= "z" or "一" <= c <= "鿿" for c in text):
        assert form


def test_long_input_is_read_to_its_end() -> None:
    sentence = "stations de base. "
    assert len(INDICATORS.find(sentence * 5000, "fr")) == 5000
    assert len(INDICATORS.find("基站，" * 5000, "zh")) == 5000
    assert INDICATORS.match("基站" * LONGEST, "zh") is None
    for text, language in (("累计" * 50_000, "zh"), ("的" * 50_000, "zh"), ("a" * 1_000_000, "fr"), ("de " * 20_000, "fr")):
        assert INDICATORS.normal_form(text, language)
