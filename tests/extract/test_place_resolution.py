"""Which place a figure is about: the gold, and one sentence a rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.extract.article_helper import article, gold_rows, measurements

from kg.extract.place_resolution import PlaceResolver, align_places, resolve_place
from kg.extract.places import find_places
from kg.lexicon import DATA, shipped


@pytest.mark.parametrize("prefix", ["0", "fr", "z"])
def test_gold_places(prefix: str) -> None:
    import score_extraction as scorer

    names, known = scorer.load_places(Path(DATA) / "places.csv"), scorer.names_of_entities(gold_rows())
    rows = list(measurements((prefix,)))
    right = 0
    found = {}
    for source, row, start, end in rows:
        if source.name not in found:
            mentions, entities = find_places(source, shipped())
            spans = [(s, e) for other, _, s, e in rows if other is source]
            labels = {e.key: {e.name, *(label for _, label in e.labels)} for e in entities}
            found[source.name] = (PlaceResolver(mentions, source, shipped()), align_places(mentions, spans, source, shipped()), labels)
        resolver, aligned, labels = found[source.name]
        mention = aligned.get((start, end)) or resolver.resolve(start, end)[0]
        said = {scorer.place_key(name, names) for name in labels[f"place/{mention.place}"]} if mention else set()
        accepted = {row.get("place"), *((row.get("alt") or {}).get("place") or [])}
        wanted = {scorer.place_key(n, names) for x in accepted if x for n in known[row["doc"], scorer.fold(x)] | {x}}
        right += bool(said & wanted) or (None in accepted and not said)
    assert len(rows) > 60
    assert right / len(rows) >= 0.96


CASES = [
    # language, text, quantity, key or None, rule
    ("zh", "昆明市茶园31处，大理州茶园42处。", "42处", "dali", "clause"),
    ("zh", "海拔3120米的迪庆州德钦县通车。", "3120米", "x-gb533422", "modifies-place"),
    ("zh", "昆明市茶园面积增加，占全省的比重31%。", "31%", "kunming", "sentence"),
    ("zh", "云南省产茶。昆明市茶园扩大。新增茶园42处。", "42处", "kunming", "carried"),
    ("zh", "云南省产茶。产量增速高于全国2.1个百分点。", "2.1个百分点", "yunnan", "carried"),
    ("zh", "专家来自20个国家。", "20个", None, "no-place"),
    ("fr", "Dans le district de Tonglu, qui dépend de Hangzhou, 31 bus roulent.", "31", "x-gb330122", "sentence"),
    ("fr", "Le Qinghai vise 30 fermes, dont 12 à Golmud.", "12", "x-gb632801", "clause-after"),
    ("fr", "Avec 31 fermes, le Qinghai progresse.", "31", "qinghai", "fronted"),
    ("fr", "Le Qinghai croît de 3 %, contre 2 % pour la moyenne nationale.", "2 %", "cn", "national-average"),
    ("fr", "Le comté de Biru, dans la région autonome du Tibet, compte 31 ponts.", "31", "nagqu-biru", "sentence"),
    ("en", "Qinghai built 31 bridges.", "31", "qinghai", "clause"),
]


@pytest.mark.parametrize(("language", "text", "quantity", "key", "rule"), CASES)
def test_rule(language: str, text: str, quantity: str, key: str | None, rule: str) -> None:
    source = article(text, published="2022-08-10", language=language)
    start = source.text.index(quantity)
    mention, name = resolve_place(find_places(source, shipped())[0], start, start + len(quantity), source, shipped())
    assert (mention.place if mention else None, name) == (key, rule)


LISTS = [
    ("zh", "昆明市、曲靖市和大理州分别为31亿元、42亿元和53亿元。", ["31亿元", "42亿元", "53亿元"], ["kunming", "qujing", "dali"]),
    ("zh", "芒市茶叶、瑞丽市咖啡的销售额分别达到31万元和42万元，同比增长5%。", ["31万元", "42万元", "5%"], ["x-gb533103", "x-gb533102"]),
    (
        "fr",
        "Le Qinghai, le Gansu et le Yunnan ont respectivement vendu 31, 42 et 53 bus.",
        ["31", "42", "53"],
        ["qinghai", "gansu", "yunnan"],
    ),
    ("fr", "Ceux de Ningbo et de Jinhua, 18 % et 12 % respectivement.", ["18 %", "12 %"], ["ningbo", "jinhua"]),
]


@pytest.mark.parametrize(("language", "text", "quantities", "keys"), LISTS)
def test_lists_are_aligned(language: str, text: str, quantities: list[str], keys: list[str]) -> None:
    source = article(text, language=language)
    spans = [(source.text.index(q), source.text.index(q) + len(q)) for q in quantities]
    aligned = align_places(find_places(source, shipped())[0], spans, source, shipped())
    assert [aligned[span].place for span in spans[: len(keys)]] == keys
    assert len(aligned) == len(keys)
