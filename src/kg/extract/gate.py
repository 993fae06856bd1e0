"""The gate every Reading passes, whoever made it: quotes are verbatim, references resolve, codes are known."""

from __future__ import annotations

from collections.abc import Iterator

from kg.articles import Article, Quote
from kg.errors import ArticleError
from kg.extract.reading import COMPARATORS, ENTITY_TYPES, PREDICATES, STATISTICS, STATUSES, Reading
from kg.lexicon import Lexicon


def check(article: Article, reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading itself if nothing is wrong. Raises ArticleError that names the first fault and the extractor."""
    for fault in faults(article, reading, lexicon):
        raise ArticleError(
            fault, where=article.file, remedy=f"this is a fault of the extractor {reading.extractor}: report it with the article"
        )
    return reading


def faults(article: Article, reading: Reading, lexicon: Lexicon) -> Iterator[str]:
    """Everything that is wrong with a reading, in words."""
    text = article.source.text
    for what, quote in _quotes(reading):
        if not 0 <= quote.start < quote.end <= len(text) or text[quote.start : quote.end] != quote.text:
            yield f"the {what} {quote.text!r} is not what stands at {quote.start}..{quote.end} of the source text"
    keys = [entity.key for entity in reading.entities]
    known = set(keys)
    if len(known) != len(keys):
        yield "two entities have one key"
    for entity in reading.entities:
        if entity.type not in ENTITY_TYPES:
            yield f"the entity {entity.key!r} has the unknown type {entity.type!r}"
        for place in (entity.gazetteer, entity.container):
            if place is not None and place not in lexicon.gazetteer:
                yield f"the entity {entity.key!r} names {place!r}, which is no key of the gazetteer"
    for mention in reading.mentions:
        if mention.entity not in known:
            yield f"a mention names the unknown entity {mention.entity!r}"
    seen = set()
    for measurement in reading.measurements:
        where = f"the measurement {measurement.quote.text!r}"
        for value, allowed, what in (
            (measurement.unit, lexicon.units, "unit"),
            (measurement.comparator, COMPARATORS, "comparator"),
            (measurement.status, STATUSES, "status"),
            (measurement.statistic, STATISTICS, "statistic"),
        ):
            if value not in allowed:
                yield f"{where} has the unknown {what} {value!r}"
        if not measurement.value.is_finite():
            yield f"{where} has no finite value"
        if not 0 < measurement.confidence <= 1:
            yield f"{where} has a confidence of {measurement.confidence}"
        for reference in (measurement.place, measurement.programme, measurement.attributed_to):
            if reference is not None and reference not in known:
                yield f"{where} names the unknown entity {reference!r}"
        for index in (measurement.equivalent_of, measurement.part_of):
            if index is not None and not 0 <= index < len(reading.measurements):
                yield f"{where} points outside the reading"
        identity = (measurement.quote.start, measurement.quote.end, measurement.reading)
        if identity in seen:
            yield f"{where} is there twice"
        seen.add(identity)
    for relation in reading.relations:
        where = f"the relation {relation.subject} {relation.predicate}"
        if relation.predicate not in PREDICATES:
            yield f"{where} has an unknown predicate"
        if relation.subject not in known or (relation.object is not None and relation.object not in known):
            yield f"{where} names an unknown entity"
        if (relation.object is None) == (relation.literal is None):
            yield f"{where} needs an object or a literal, not both or none"
        if relation.status not in STATUSES:
            yield f"{where} has the unknown status {relation.status!r}"


def _quotes(reading: Reading) -> Iterator[tuple[str, Quote]]:
    for mention in reading.mentions:
        yield "mention", mention.quote
    for measurement in reading.measurements:
        yield "quote", measurement.quote
        yield "sentence", measurement.sentence
        for what, quote in (("place", measurement.place_from), ("period", measurement.period_from)):
            if quote is not None:
                yield what, quote
        for quote in measurement.indicator_from:
            yield "indicator", quote
    for relation in reading.relations:
        yield "quote", relation.quote
        yield "sentence", relation.sentence
