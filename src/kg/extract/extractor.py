"""The built-in extractor: mentions, attachment by named rules, resolution of place, period and status, statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg import __version__
from kg.articles import Article
from kg.extract import gate
from kg.extract.attachment import attach
from kg.extract.entities import find_entities
from kg.extract.mentions import EntityMention, PeriodMention, PlaceMention, QuantityMention
from kg.extract.periods import find_periods
from kg.extract.places import find_places
from kg.extract.quantities import find_quantities
from kg.extract.reading import Entity, Measurement, Mention, Reading, Relation
from kg.extract.relations import find_relations
from kg.extract.statements import Measurer, Trace
from kg.lexicon import Lexicon

NAME = f"dek-rules {__version__}"
SUPPORTED = ("fr", "zh", "en")
READ_KINDS = frozenset({"title", "body", "caption", "teaser"})


class Extractor(Protocol):
    """Reads one article. ``name`` goes into the provenance of every statement."""

    @property
    def name(self) -> str:
        """Name and version."""

    def read(self, article: Article, lexicon: Lexicon) -> Reading:
        """What the article says."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that was found in one article on the way to its reading (clean offsets in mentions, source offsets in the reading)."""

    reading: Reading
    quantities: tuple[QuantityMention, ...] = ()
    periods: tuple[PeriodMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    entities: tuple[EntityMention, ...] = ()
    traces: tuple[Trace, ...] = ()


class RuleExtractor:
    """The built-in extractor (rules and lexicon, no model)."""

    name = NAME

    def read(self, article: Article, lexicon: Lexicon) -> Reading:
        """What the article says, past the gate. Raises ArticleError for a reading that does not hold together."""
        return self.explain(article, lexicon).reading

    def explain(self, article: Article, lexicon: Lexicon) -> Explanation:
        """The reading with everything that led to it."""
        if article.language not in SUPPORTED:
            return Explanation(Reading(self.name, notes=(_unsupported(article.language),)))
        periods = find_periods(article, lexicon)
        places, place_entities = find_places(article, lexicon)
        blocked = [(mention.start, mention.end) for mention in periods]
        quantities = _readable(article, find_quantities(article.text, article.language, lexicon, blocked=blocked, damaged=article.damaged))
        found, mentions = find_entities(article, places, place_entities, lexicon)
        entities = _contained(found, lexicon)
        relations = find_relations(article, entities, mentions, periods, lexicon)
        attachments = attach(article, quantities, periods, places, lexicon)
        measurer = Measurer(article, lexicon, quantities, periods, places, entities, mentions)
        traces = []
        for quantity, attachment in zip(quantities, attachments, strict=True):
            sentence, segment = article.sentence_at(quantity.start), article.segment_at(quantity.start)
            assert sentence is not None  # _readable let it through
            assert segment is not None
            traces.append(measurer.measure(quantity, attachment, sentence, segment.kind))
        measurements = _numbered(_with_references(traces))
        reading = Reading(
            extractor=self.name,
            entities=tuple(entities),
            mentions=tuple(_mentions(article, mentions)),
            measurements=tuple(measurements),
            relations=tuple(_distinct(relations, {entity.key for entity in entities})),
            notes=() if measurements else ("no figure was found in this article",),
        )
        gate.check(article, reading, lexicon)
        shown = tuple(replace(trace, measurement=measurement) for trace, measurement in zip(traces, measurements, strict=True))
        return Explanation(reading, tuple(quantities), tuple(periods), tuple(places), tuple(mentions), shown)


def _unsupported(language: str) -> str:
    what = "the language could not be told" if language == "und" else f"the language {language!r} is not supported"
    return f"{what}, so that nothing was read (supported are {', '.join(SUPPORTED)}; a sidecar's inLanguage says it outright)"


def _is_read(article: Article, position: int) -> bool:
    segment = article.segment_at(position)
    return segment is not None and segment.kind in READ_KINDS and article.sentence_at(position) is not None


def _readable(article: Article, found: Sequence[QuantityMention]) -> list[QuantityMention]:
    """Quantities that stand in a segment that is read; ``restates`` then counts among these."""
    kept = [index for index, quantity in enumerate(found) if _is_read(article, quantity.start)]
    place = {index: position for position, index in enumerate(kept)}
    return [
        quantity if quantity.restates is None else replace(quantity, restates=place.get(quantity.restates))
        for quantity in (found[index] for index in kept)
    ]


def _contained(entities: Sequence[Entity], lexicon: Lexicon) -> list[Entity]:
    """Containers as keys of the gazetteer: one that is a place of this article only is replaced by the known place it lies in."""
    local = {entity.key.removeprefix("place/"): entity for entity in entities if entity.type == "place"}

    def known(container: str | None) -> str | None:
        for _ in range(len(local) + 1):
            if container is None or container in lexicon.gazetteer:
                return container
            holder = local.get(container.removeprefix("place/"))
            container = (holder.gazetteer or holder.container) if holder is not None else None
        return None

    return [
        entity if entity.container is None or entity.container in lexicon.gazetteer else replace(entity, container=known(entity.container))
        for entity in entities
    ]


def _with_references(traces: Sequence[Trace]) -> list[Measurement]:
    """A restatement in another currency has place, period, status and kind of what it restates."""
    measurements: list[Measurement] = []
    for trace in traces:
        measurement, restated = trace.measurement, trace.quantity.restates
        if restated is not None and restated < len(measurements):
            original = measurements[restated]
            measurement = replace(
                measurement,
                equivalent_of=restated,
                status=original.status,
                statistic=original.statistic,
                place=original.place,
                place_from=original.place_from,
                period=original.period,
                period_from=original.period_from,
            )
        measurements.append(measurement)
    return measurements


def _numbered(measurements: Sequence[Measurement]) -> list[Measurement]:
    """Several readings of one span get numbers, so that each has an identity of its own."""
    seen: dict[tuple[int, int], int] = {}
    result = []
    for measurement in measurements:
        span = (measurement.quote.start, measurement.quote.end)
        number = seen.get(span, 0)
        seen[span] = number + 1
        result.append(replace(measurement, reading=number) if number else measurement)
    return result


def _mentions(article: Article, mentions: Sequence[EntityMention]) -> list[Mention]:
    result = []
    for mention in mentions:
        segment = article.segment_at(mention.start)
        kind = segment.kind if segment is not None else "boilerplate"
        result.append(Mention(mention.entity, article.quote(mention.start, mention.end), kind, mention.rule, mention.confidence))
    return result


def _distinct(relations: Sequence[Relation], keys: set[str]) -> list[Relation]:
    """Relations between entities of the reading, each once."""
    found: dict[tuple[str, str, str | None, str | None, int, int], Relation] = {}
    for relation in relations:
        if relation.subject in keys and (relation.object is None or relation.object in keys):
            identity = (relation.subject, relation.predicate, relation.object, relation.literal, relation.quote.start, relation.quote.end)
            found.setdefault(identity, relation)
    return list(found.values())
