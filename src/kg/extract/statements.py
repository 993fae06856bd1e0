"""From a quantity and what it measures to a statement: place, period, status, statistic, indicator, confidence with its parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.articles import Article, Sentence
from kg.extract.attachment import Attachment
from kg.extract.mentions import EntityMention, PeriodMention, PlaceMention, QuantityMention
from kg.extract.period_resolution import PeriodResolver
from kg.extract.place_resolution import PlaceResolver, align_places
from kg.extract.reading import Entity, Indicator, Measurement, Period
from kg.extract.statistic import read_statistic
from kg.extract.status import StatusReading, check_against_date, read_status
from kg.lexicon import Lexicon

PROGRAMME_TYPES = frozenset({"programme", "project", "policy"})
CANDIDATE_FACTOR = 0.7
"""An indicator that no known concept names: its words may be cut wrongly, so it counts less."""
HEAD_FACTOR = 0.85
"""A known indicator named by the head of the words only."""
DAMAGE_FACTOR = 0.97


@dataclass(frozen=True, slots=True)
class Trace:
    """How one figure was read, for people: the mention, its attachment and every choice with its rule."""

    quantity: QuantityMention
    attachment: Attachment
    period_rule: str
    place_rule: str
    status: StatusReading
    statistic_rule: str
    measurement: Measurement


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of an earlier figure, for a sentence that goes on with it."""

    sentence: Sentence
    status: StatusReading
    period: PeriodMention | None


class Measurer:
    """Makes the measurements of one article."""

    def __init__(
        self,
        article: Article,
        lexicon: Lexicon,
        quantities: Sequence[QuantityMention],
        periods: Sequence[PeriodMention],
        places: Sequence[PlaceMention],
        entities: Sequence[Entity],
        mentions: Sequence[EntityMention],
    ) -> None:
        self.article, self.lexicon = article, lexicon
        self._periods = PeriodResolver(periods, article, lexicon)
        self._places = PlaceResolver(places, article, lexicon)
        self._aligned = align_places(places, [(quantity.start, quantity.end) for quantity in quantities], article, lexicon)
        self._before: list[_Read] = []
        self._keys = frozenset(entity.key for entity in entities)
        types = {entity.key: entity.type for entity in entities}
        self._programmes = sorted(
            (mention.start, mention.end, mention.entity) for mention in mentions if types.get(mention.entity) in PROGRAMME_TYPES
        )

    def measure(self, quantity: QuantityMention, attachment: Attachment, sentence: Sentence, section: str) -> Trace:
        """The measurement of a quantity in its sentence; ``section`` is the kind of its segment."""
        article = self.article
        status = read_status(article, sentence, quantity, self.lexicon)
        period, period_rule = self._periods.resolve(quantity.start, quantity.end, status.status)
        status = check_against_date(status, period, article)
        aim = self._aim_before(quantity, sentence, status, period)
        if aim is not None:
            status, period, period_rule = StatusReading("target", "status-carried", aim.status.cue), aim.period, "carried-aim"
        place, place_rule = self._place(quantity)
        indicator, match_factor = self._indicator(quantity, attachment)
        expected = self.lexicon.indicators[indicator.key].statistic if indicator.key else None
        statistic, statistic_rule = read_statistic(article, sentence, quantity, attachment, self.lexicon, expected)
        dates = Period(period.period_start, period.period_end) if period and (period.period_start or period.period_end) else None
        factors = (
            ("quantity", round(quantity.confidence, 3)),
            ("attachment", round(attachment.confidence, 3)),
            ("indicator", match_factor),
            ("damage", DAMAGE_FACTOR if article.damaged else 1.0),
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
            section=section,
            rules=tuple(rule for rule in (quantity.rule, attachment.rule, period_rule, place_rule, status.rule, statistic_rule) if rule),
            confidence=round(max(confidence, 0.001), 4),
            factors=factors,
            lower=_lower(quantity),
            upper=_upper(quantity),
            place=place.place if place is not None else None,
            place_from=article.quote(place.start, place.end) if place is not None else None,
            period=dates,
            period_from=article.quote(period.start, period.end) if period is not None and dates is not None else None,
            indicator_from=tuple(article.quote(start, end) for start, end in attachment.parts),
            programme=self._programme(quantity, sentence),
            candidate_value=quantity.candidate,
            flags=quantity.flags,
        )
        trace = Trace(quantity, attachment, period_rule, place_rule, status, statistic_rule, measurement)
        self._before.append(_Read(sentence, status, period))
        return trace

    def _aim_before(
        self, quantity: QuantityMention, sentence: Sentence, status: StatusReading, period: PeriodMention | None
    ) -> _Read | None:
        """The aim that a sentence without tense, cue or time goes on with: "… 力争达到 5 亿元。就业人数达到 2 万人。" """
        verbs = self.lexicon.phrase_words.forms(self.article.language, "aim_verb")
        if status.rule != "status-default" or period is not None or not verbs or not self._before:
            return None
        last = self._before[-1]
        between = self.article.text[last.sentence.end : sentence.start]
        if last.sentence == sentence or last.sentence.segment != sentence.segment or "\n" in between or between.strip():
            return None
        here = [read for read in self._before if read.sentence == last.sentence]
        opens = self.article.text.startswith(verbs, quantity.start) or self.article.text.endswith(verbs, sentence.start, quantity.start)
        return last if opens and all(read.status.status == "target" for read in here) else None

    def _place(self, quantity: QuantityMention) -> tuple[PlaceMention | None, str]:
        aligned = self._aligned.get((quantity.start, quantity.end))
        place, rule = (aligned, "aligned") if aligned is not None else self._places.resolve(quantity.start, quantity.end)
        if place is None:
            return None, rule
        key = next((key for key in (place.place, f"place/{place.place}") if key in self._keys), None)
        if key is None:
            return None, f"{rule}, no entity"
        return PlaceMention(place.start, place.end, key, place.rule, place.confidence, place.collective), rule

    def _indicator(self, quantity: QuantityMention, attachment: Attachment) -> tuple[Indicator, float]:
        """The indicator's words as written, the known concept they name, and how sure that is.

        A change is a statistic of its indicator, so that the concept is looked up for the words without the cue (``base``). Where the whole
        names no concept its head may (the last part in Chinese, the first in French and English), with less confidence.
        """
        article, known = self.article, self.lexicon.indicators
        written = " … ".join(article.quote(start, end).text for start, end in attachment.parts)
        counted = article.quote(*attachment.counted).text if attachment.counted else ""
        space = "" if article.language == "zh" else " "
        spans = attachment.base if attachment.kind == "growth" and attachment.base else attachment.parts
        pieces = [" ".join(article.text[start:end].split()) for start, end in spans]
        label = space.join(pieces)
        normal = known.normal_form(label, article.language) if label.strip() else ""
        base = space.join(" ".join(article.text[start:end].split()) for start, end in attachment.base)
        head = pieces[-1 if article.language == "zh" else 0] if len(pieces) > 1 else ""
        for name, weight in ((label, 1.0), (base, 0.97), (head, HEAD_FACTOR)):
            match = known.match(name, article.language, unit=quantity.unit) if name.strip() else None
            if match is not None:
                return Indicator(match.key, written, normal, counted, label), round(match.score * weight, 3)
        return Indicator(None, written, normal, counted, label), CANDIDATE_FACTOR

    def _programme(self, quantity: QuantityMention, sentence: Sentence) -> str | None:
        """The programme, project or policy named last before the value in its sentence."""
        at = bisect_left(self._programmes, (quantity.start, 0, ""))
        while at > 0:
            start, end, entity = self._programmes[at - 1]
            if start < sentence.start:
                return None
            if end <= quantity.start:
                return entity
            at -= 1
        return None


def _evidence(rule: str, found: bool) -> float:
    """How near the evidence for place or period stands: same clause 1, a list .97, same sentence .95, title .85, elsewhere .8, none .9."""
    if not found:
        return 0.9
    for word, factor in (("clause", 1.0), ("bound", 1.0), ("align", 0.97), ("sentence", 0.95), ("title", 0.85), ("dateline", 0.85)):
        if word in rule:
            return factor
    return 0.8


def _lower(quantity: QuantityMention) -> Decimal | None:
    if quantity.lower is not None:
        return quantity.lower
    return quantity.value if quantity.comparator in ("more-than", "at-least") else None


def _upper(quantity: QuantityMention) -> Decimal | None:
    if quantity.upper is not None:
        return quantity.upper
    return quantity.value if quantity.comparator in ("less-than", "at-most", "nearly") else None
