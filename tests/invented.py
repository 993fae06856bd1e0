"""A small built store of invented articles, for tests of what reads a store. No name or figure of it comes from a real article."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.graph.sample import article, reading

from kg.articles import Article, Quote
from kg.extract.reading import Entity, Indicator, Measurement, Mention, Period, Reading
from kg.graph import article_quads, core_quads
from kg.graph.derive import derived_quads
from kg.lexicon import shipped
from kg.settings import Settings
from kg.store import Document, Version, publish

SETTINGS = Settings()
CHINESE = (
    "云谷县数字服务报告\n"
    "截至2033年底，云谷县累计建成智慧站点730个，<script>alert(1)</script>覆盖率达到88.5%。\n"
    "到2040年，力争建成站点900个以上。\n"
)
HOSTILE = "<b onmouseover=alert(2)>云谷县"


def find(text: str) -> Quote:
    start = CHINESE.index(text)
    return Quote(start, start + len(text), text)


def chinese_reading() -> Reading:
    line = CHINESE.splitlines()[1]
    end = Period("2033-12-31", "2033-12-31")
    first = Measurement(
        quote=find("730个"),
        value=Decimal(730),
        unit="count",
        comparator="exactly",
        status="actual",
        statistic="cumulative",
        indicator=Indicator(None, "智慧站点", "智慧站点", "站点"),
        sentence=find(line),
        section="body",
        rules=("number-then-measure-word",),
        confidence=0.9,
        place="place/yungu",
        period=end,
    )
    return Reading(
        extractor="sample 1",
        entities=(Entity("place/yungu", "place", HOSTILE, ("云谷",), (("en", "Yungu County"),), "lhasa", None, "county"),),
        mentions=(Mention("place/yungu", find("云谷县"), "title", "class-word", 0.9),),
        measurements=(
            first,
            replace(first, quote=find("88.5%"), value=Decimal("88.5"), unit="percent", statistic="share", flags=("lost_unit",)),
            replace(
                first,
                quote=find("900个以上"),
                value=Decimal(900),
                comparator="at-least",
                status="target",
                sentence=find("到2040年，力争建成站点900个以上。"),
                period=Period("", "2040-12-31"),
                confidence=0.2,
            ),
        ),
    )


def shards() -> list[bytes]:
    lexicon = shipped()
    sources = [
        article_quads(article(), reading(), lexicon, SETTINGS),
        article_quads(chinese_article(), chinese_reading(), lexicon, SETTINGS),
    ]
    return [core_quads(lexicon, SETTINGS), *sources, derived_quads(sources, lexicon, SETTINGS)]


def chinese_article() -> Article:
    return replace(article(CHINESE, "yungu", "zh", "Hans"), damaged=False)


def build(store: Path) -> Version:
    """Publish the invented articles into ``store``."""
    documents = [Document.from_article(article()), Document.from_article(chinese_article())]
    return publish(store, shards(), documents)
