"""A small invented article and what an extractor would read in it, for the tests of this folder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kg.articles import Article, Metadata, OffsetMap, Quote, Repair, Segment, Sentence, SourceText
from kg.extract.reading import Entity, Indicator, Measurement, Mention, Period, Reading, Relation

TEXT = (
    "Essai : le réseau de la vallée\n"
    "Le bourg de Valmont compte plus de 640 bornes numériques en 2031, dont 400 au nord et 240 au sud.\n"
    "L'investissement a atteint 3,5 milliards de yuans (soit 0,5 milliard d?euros) du 3 au 9 mai.\n"
    "Le plan Horizon, mis en œuvre par la société Lumen, doit couvrir Lhassa entre 10 et 12 % d'ici à 2035.\n"
)


def quote(text: str, nth: int = 0, source: str = TEXT) -> Quote:
    """The nth place where ``text`` stands."""
    start = -1
    for _ in range(nth + 1):
        start = source.index(text, start + 1)
    return Quote(start, start + len(text), text)


def article(text: str = TEXT, name: str = "essai", language: str = "fr", script: str = "Latn") -> Article:
    raw = text.encode()
    title_end = text.index("\n")
    damage = text.find("d?euros")
    repairs = (Repair(damage + 1, damage + 2, "?", "’", "question-mark-apostrophe", 0.9),) if damage >= 0 else ()
    return Article(
        name=name,
        file=name + ".txt",
        source=SourceText(raw, hashlib.sha256(raw).hexdigest(), "utf-8", text),
        text=text,
        offsets=OffsetMap((0,), (0,), (len(text),), (len(text),)),
        repairs=repairs,
        segments=(Segment("title", 0, title_end), Segment("body", title_end + 1, len(text))),
        sentences=(Sentence(0, title_end, 0),),
        language=language,
        script=script,
        metadata=Metadata(
            title="Essai : le réseau de la vallée",
            published=date(2031, 12, 24),
            published_from="sidecar",
            publisher='Agence "Écho"',
            url="https://example.org/a?b=1",
            license="CC0",
            author="A. Nonyme",
        ),
        damaged=True,
    )


def measurement(text: str, value: str, measured_in: str, **more: object) -> Measurement:
    found = quote(text)
    line = TEXT[TEXT.rindex("\n", 0, found.start) + 1 : TEXT.index("\n", found.end)]
    base = Measurement(
        quote=found,
        value=Decimal(value),
        unit=measured_in,
        comparator="exactly",
        status="actual",
        statistic="level",
        indicator=Indicator(None, "bornes numériques", "borne numerique", "bornes"),
        sentence=quote(line),
        section="body",
        rules=("number-then-noun",),
        confidence=0.855,
        factors=(("rule", 0.95), ("place", 0.9)),
        place="place/valmont",
    )
    return replace(base, **more)  # type: ignore[arg-type]


def relation(subject: str, predicate: str, target: str | None = None, **more: object) -> Relation:
    last = quote("Le plan Horizon, mis en œuvre par la société Lumen, doit couvrir Lhassa entre 10 et 12 % d'ici à 2035.")
    base = Relation(subject, predicate, target, None, "actual", last, last, "body", "rule-name", 0.8)
    return replace(base, **more)  # type: ignore[arg-type]


def reading() -> Reading:
    year = Period("2031-01-01", "2031-12-31")
    week = Period("--05-03", "--05-09")
    money = Indicator(None, "investissement", "investissement")
    return Reading(
        extractor="sample 1",
        entities=(
            Entity("place/valmont", "place", "bourg de Valmont", ("Valmont",), (("en", "Valmont Town"),), "lhasa", None, "town"),
            Entity("place/lhasa", "place", "Lhassa", gazetteer="lhasa"),
            Entity("policy/horizon", "policy", "plan Horizon"),
            Entity("organisation/lumen", "organisation", "société Lumen", kind="company"),
            Entity("infrastructure/reseau", "infrastructure", "réseau de la vallée", kind="network"),
        ),
        mentions=(
            Mention("place/valmont", quote("bourg de Valmont"), "body", "class-word", 0.9),
            Mention("place/lhasa", quote("Lhassa"), "body", "gazetteer", 1.0),
            Mention("infrastructure/reseau", quote("réseau de la vallée"), "title", "class-word", 0.8),
        ),
        measurements=(
            measurement("plus de 640", "640", "count", comparator="more-than", period=year, period_from=quote("2031")),
            measurement("400", "400", "count", period=year, part_of=0, place_from=quote("bourg de Valmont")),
            measurement("240", "240", "count", period=year, part_of=0, indicator_from=(quote("bornes numériques"),)),
            measurement("3,5 milliards de yuans", "3500000000", "CNY", statistic="flow", indicator=money, period=week, flags=("carried",)),
            measurement("0,5 milliard d?euros", "500000000", "EUR", statistic="flow", indicator=money, period=week, equivalent_of=3),
            measurement(
                "entre 10 et 12 %",
                "10",
                "percent",
                comparator="between",
                lower=Decimal(10),
                upper=Decimal(12),
                status="target",
                statistic="share",
                indicator=Indicator(None, "", ""),
                place="place/lhasa",
                period=Period("", "2035-12-31"),
                base_period=year,
                programme="policy/horizon",
                attributed_to="organisation/lumen",
                candidate_value=Decimal("1.20"),
            ),
        ),
        relations=(
            relation("policy/horizon", "implementedBy", "organisation/lumen", quote=quote("mis en œuvre par la société Lumen")),
            relation("policy/horizon", "covers", "place/lhasa", status="target", quote=quote("doit couvrir Lhassa")),
            relation("infrastructure/reseau", "establishedBy", "place/lhasa"),
            relation("infrastructure/reseau", "hasStartDate", literal="2031-05"),
            relation("place/valmont", "locatedIn", "place/lhasa"),
        ),
    )
