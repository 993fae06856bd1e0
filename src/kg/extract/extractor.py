"""The built-in extractor: mentions, attachment by named rules, resolution of place, period and status, statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from kg import __version__
from kg.articles import Article, Sentence
from kg.extract import gate
from kg.extract.attachment import Attachment, attach
from kg.extract.entities import find_entities
from kg.extract.mentions import EntityMention, PeriodMention, PlaceMention, QuantityMention
from kg.extract.period_resolution import resolve_period
from kg.extract.periods import find_periods
from kg.extract.place_resolution import resolve_place
from kg.extract.places import find_places
from kg.extract.quantities import find_quantities
from kg.extract.reading import Entity, Indicator, Measurement, Mention, Period, Reading, Relation
from kg.extract.relations import find_relations
from kg.extract.statistic import read_statistic
from kg.extract.status import StatusReading, check_against_date, read_status
from kg.lexicon import Lexicon

NAME = f"dek-rules {__version__}"
SUPPORTED = ("fr", "zh", "en")
READ_KINDS = frozenset({"title", "body", "caption", "teaser"})
PROGRAMME_TYPES = frozenset({"programme", "project", "policy"})


class Extractor(Protocol):
    """Reads one article. ``name`` goes into the provenance of every statement."""

    @property
    def name(self) -> str:
        """Name and version."""

    def read(self, article: Article, lexicon: Lexicon) -> Reading:
        """What the article says."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How one figure was read, for people: the mention, its attachment and every choice with its rule."""

    quantity: QuantityMention
    attachment: Attachment
    period_rule: str
    place_rule: str
    status: StatusReading
    statistic_rule: str
    measurement: Measurement | None
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that was found in one article on the way to its reading."""

    reading: Reading
    quantities: tuple[QuantityMention, ...]
    periods: tuple[PeriodMention, ...]
    places: tuple[PlaceMention, ...]
    entities: tuple[EntityMention, ...]
    traces: tuple[Trace, ...]


class RuleExtractor:
    """The built-in extractor (rules and lexicon, no model)."""

    name = NAME

    def read(self, article: Article, lexicon: Lexicon) -> Reading:
        """What the article says, past the gate. Raises ArticleError for a reading that does not hold together."""
        return self.explain(article, lexicon).reading

    def explain(self, article: Article, lexicon: Lexicon) -> Explanation:
        """The reading with everything that led to it."""
        if article.language not in SUPPORTED:
            note = f"the language {article.language!r} is not supported: nothing was read"
            return Explanation(Reading(self.name, notes=(note,)), (), (), (), (), ())
        periods = find_periods(article, lexicon)
        places, place_entities = find_places(article, lexicon)
        blocked = [(mention.start, mention.end) for mention in periods]
        quantities = _readable(article, find_quantities(article.text, article.language, lexicon, blocked=blocked, damaged=article.damaged))
        entities, entity_mentions = find_entities(article, places, place_entities, lexicon)
        entities = _contained(entities, lexicon)
        attachments = attach(article, quantities, periods, places, lexicon)
        relations = find_relations(article, entities, entity_mentions, periods, lexicon)
        keys = {entity.key for entity in entities}
        traces: list[Trace] = []
        position: dict[int, int] = {}
        measurements: list[Measurement] = []
        for index, (quantity, attachment) in enumerate(zip(quantities, attachments, strict=True)):
            trace = _measure(article, lexicon, quantity, attachment, periods, places, entities, entity_mentions, keys)
            if trace.measurement is not None:
                restated = position.get(quantity.restates) if quantity.restates is not None else None
                measurement = _with_reference(trace.measurement, restated, measurements)
                position[index] = len(measurements)
                measurements.append(measurement)
            traces.append(trace)
        notes = () if measurements else ("no figure was found in this article",)
        reading = Reading(
            extractor=self.name,
            entities=tuple(entities),
            mentions=tuple(_mentions(article, entity_mentions)),
            measurements=tuple(_distinct(measurements)),
            relations=tuple(_valid_relations(relations, keys)),
            notes=notes,
        )
        gate.check(article, reading, lexicon)
        return Explanation(reading, tuple(quantities), tuple(periods), tuple(places), tuple(entity_mentions), tuple(traces))


def _is_read(article: Article, position: int) -> bool:
    segment = article.segment_at(position)
    return segment is not None and segment.kind in READ_KINDS and article.sentence_at(position) is not None


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


def _readable(article: Article, found: Sequence[QuantityMention]) -> list[QuantityMention]:
    """Quantities that stand in a segment that is read; ``restates`` then counts among these."""
    kept = [index for index, quantity in enumerate(found) if _is_read(article, quantity.start)]
    place = {index: position for position, index in enumerate(kept)}
    return [
        quantity if quantity.restates is None else replace(quantity, restates=place.get(quantity.restates))
        for quantity in (found[index] for index in kept)
    ]


def _measure(
    article: Article,
    lexicon: Lexicon,
    quantity: QuantityMention,
    attachment: Attachment,
    periods: Sequence[PeriodMention],
    places: Sequence[PlaceMention],
    entities: Sequence[Entity],
    entity_mentions: Sequence[EntityMention],
    keys: set[str],
) -> Trace:
    sentence = article.sentence_at(quantity.start)
    segment = article.segment_at(quantity.start)
    assert sentence is not None  # _is_read let it through
    assert segment is not None
    status = read_status(article, sentence, quantity, lexicon)
    period, period_rule = resolve_period(periods, quantity.start, quantity.end, article, status=status.status)
    status = check_against_date(status, period, article)
    place, place_rule = resolve_place(places, quantity.start, quantity.end, article, lexicon)
    indicator, match_factor = _indicator(article, lexicon, quantity, attachment)
    concept = lexicon.indicators.concepts.get(indicator.key) if indicator.key else None
    statistic, statistic_rule = read_statistic(
        article, sentence, quantity, attachment, lexicon, concept.statistic if concept is not None else None
    )
    place_key = _place_key(place, keys)
    programme = _programme(quantity, sentence, entities, entity_mentions)
    factors = (
        ("quantity", round(quantity.confidence, 3)),
        ("attachment", round(attachment.confidence, 3)),
        ("indicator", match_factor),
        ("damage", 0.97 if article.damaged else 1.0),
        ("place", _evidence(place_rule, place is not None)),
        ("period", _evidence(period_rule, period is not None)),
    )
    confidence = 1.0
    for _, factor in factors:
        confidence *= factor
    measurement = Measurement(
        quote=article.quote(quantity.start, quantity.end),
        value=quantity.value,
        unit=quantity.unit,
        comparator=quantity.comparator,
        status=status.status,
        statistic=statistic,
        indicator=indicator,
        sentence=article.quote(sentence.start, sentence.end),
        section=segment.kind,
        rules=(quantity.rule or "quantity", attachment.rule, period_rule, place_rule, status.rule, statistic_rule),
        confidence=round(max(confidence, 0.001), 4),
        factors=factors,
        lower=_lower(quantity),
        upper=_upper(quantity),
        place=place_key,
        place_from=article.quote(place.start, place.end) if place is not None and place_key is not None else None,
        period=_period(period),
        period_from=article.quote(period.start, period.end) if period is not None and _period(period) is not None else None,
        indicator_from=tuple(article.quote(start, end) for start, end in attachment.parts),
        programme=programme,
        candidate_value=quantity.candidate,
        flags=quantity.flags,
    )
    return Trace(quantity, attachment, period_rule, place_rule, status, statistic_rule, measurement)


def _indicator(article: Article, lexicon: Lexicon, quantity: QuantityMention, attachment: Attachment) -> tuple[Indicator, float]:
    """The indicator's words as written, the known concept they name, and how sure that is."""
    pieces = [article.text[start:end] for start, end in attachment.parts]
    written = " … ".join(article.quote(start, end).text for start, end in attachment.parts)
    counted = article.quote(*attachment.counted).text if attachment.counted else ""
    joined = ("" if article.language == "zh" else " ").join(pieces)
    match = None
    for candidate in dict.fromkeys([joined, *reversed(pieces)]):
        if candidate.strip():
            match = lexicon.indicators.match(candidate, article.language, unit=quantity.unit)
            if match is not None:
                break
    normal = lexicon.indicators.normal_form(joined, article.language) if joined.strip() else ""
    if match is not None:
        return Indicator(match.key, written, normal, counted), round(match.score, 3)
    return Indicator(None, written, normal or "unnamed", counted), 0.7


def _evidence(rule: str, found: bool) -> float:
    """How near the evidence for place or period stands: same clause 1, same sentence .95, title .85, elsewhere .8, none .9."""
    if not found:
        return 0.9
    for word, factor in (("clause", 1.0), ("align", 0.97), ("sentence", 0.95), ("title", 0.85), ("dateline", 0.85)):
        if word in rule:
            return factor
    return 0.8


def _place_key(place: PlaceMention | None, keys: set[str]) -> str | None:
    if place is None:
        return None
    for key in (place.place, f"place/{place.place}"):
        if key in keys:
            return key
    return None


def _period(period: PeriodMention | None) -> Period | None:
    if period is None or not (period.period_start or period.period_end):
        return None
    return Period(period.period_start, period.period_end)


def _lower(quantity: QuantityMention) -> Decimal | None:
    if quantity.lower is not None:
        return quantity.lower
    return quantity.value if quantity.comparator in ("more-than", "at-least") else None


def _upper(quantity: QuantityMention) -> Decimal | None:
    if quantity.upper is not None:
        return quantity.upper
    return quantity.value if quantity.comparator in ("less-than", "at-most", "nearly") else None


def _programme(quantity: QuantityMention, sentence: Sentence, entities: Sequence[Entity], mentions: Sequence[EntityMention]) -> str | None:
    """The programme, project or policy named last before the value in its sentence."""
    types = {entity.key: entity.type for entity in entities}
    named = [
        mention
        for mention in mentions
        if types.get(mention.entity) in PROGRAMME_TYPES and sentence.start <= mention.start and mention.end <= quantity.start
    ]
    return max(named, key=lambda mention: mention.end).entity if named else None


def _mentions(article: Article, mentions: Sequence[EntityMention]) -> list[Mention]:
    result = []
    for mention in mentions:
        segment = article.segment_at(mention.start)
        result.append(
            Mention(
                mention.entity,
                article.quote(mention.start, mention.end),
                segment.kind if segment is not None else "boilerplate",
                mention.rule,
                mention.confidence,
            )
        )
    return result


def _with_reference(measurement: Measurement, restated: int | None, before: Sequence[Measurement]) -> Measurement:
    if restated is None:
        return measurement
    original = before[restated]
    return replace(
        measurement,
        equivalent_of=restated,
        status=original.status,
        statistic=original.statistic,
        place=original.place,
        place_from=original.place_from,
        period=original.period,
        period_from=original.period_from,
    )


def _distinct(measurements: Sequence[Measurement]) -> list[Measurement]:
    """Several readings of one span get numbers, so that each has an identity of its own."""
    seen: dict[tuple[int, int], int] = {}
    result = []
    for measurement in measurements:
        span = (measurement.quote.start, measurement.quote.end)
        number = seen.get(span, 0)
        seen[span] = number + 1
        result.append(replace(measurement, reading=number) if number else measurement)
    return result


def _valid_relations(relations: Sequence[Relation], keys: set[str]) -> list[Relation]:
    distinct: dict[tuple[str, str, str | None, str | None, int, int], Relation] = {}
    for relation in relations:
        identity = (relation.subject, relation.predicate, relation.object, relation.literal, relation.quote.start, relation.quote.end)
        distinct.setdefault(identity, relation)
    return [relation for relation in distinct.values() if relation.subject in keys and (relation.object is None or relation.object in keys)]
