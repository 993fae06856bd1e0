"""The output contract of extraction: what one article says. Every extractor gives this; ``graph`` turns it into quads.

All offsets are *source* offsets; every :class:`~kg.articles.Quote` satisfies ``source.text[start:end] == text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kg.articles import Quote

ENTITY_TYPES = (
    "place",
    "programme",
    "project",
    "policy",
    "infrastructure",
    "organisation",
    "event",
    "product",
    "technology",
    "person",
)
"""``project`` is a bounded undertaking; reports print it as ``programme`` (the gold has one type for both)."""

PREDICATES = (
    "locatedIn",
    "implementedBy",
    "partOf",
    "supports",
    "pilotOf",
    "establishedBy",
    "hasStartDate",
    "hasPeriod",
    "covers",
    "ranks",
)
COMPARATORS = ("exactly", "about", "nearly", "more-than", "at-least", "less-than", "at-most", "between")
STATUSES = ("actual", "preliminary", "estimate", "forecast", "target")
STATISTICS = ("level", "flow", "cumulative", "increment", "growth-rate", "share", "rank")


@dataclass(frozen=True, slots=True)
class Period:
    """ISO dates, last day inclusive; both equal for a point in time; ``""`` open; ``--06-01`` year unknown."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in the article, once a reading. ``key`` is unique within the Reading.

    For a place of the gazetteer ``key`` is ``place/`` + the gazetteer key and ``gazetteer`` holds that key. ``name`` is the main name as
    written in clean text; ``aliases`` are other names the article uses; ``labels`` are (language tag, label) pairs beyond the name, such
    as an English label from a table of class words. ``container`` is the gazetteer key of the place it lies in, or None.
    ``kind`` refines the type (admin level of a place, kind of infrastructure), empty if unknown.
    """

    key: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    container: str | None = None
    gazetteer: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the article names an entity."""

    entity: str
    quote: Quote
    section: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured. ``key`` is a concept key of the indicator scheme, or None for a candidate minted from ``text``.

    ``text`` is the indicator's words as written (parts joined by " … "), ``counted`` the counted noun as written or empty;
    ``normal`` is the normalised text a candidate's IRI is made from, ``label`` its name for people: the clean words without cues such as
    同比增长 (empty: ``text`` serves).
    """

    key: str | None
    text: str
    normal: str
    counted: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure the article states. ``quote`` holds number, qualifier and unit; ``reading`` tells apart several readings of one span.

    ``value`` is in ``unit`` (key of the units table). ``place`` and ``programme`` are keys of Entities of the same Reading.
    ``equivalent_of`` and ``part_of`` are indexes into :attr:`Reading.measurements`. ``sentence`` is the whole sentence; the ``…_from``
    quotes are where place, period and indicator were read, when that is not inside ``quote``. ``factors`` are the parts of ``confidence``,
    whose product it is.
    """

    quote: Quote
    value: Decimal
    unit: str
    comparator: str
    status: str
    statistic: str
    indicator: Indicator
    sentence: Quote
    section: str
    rules: tuple[str, ...]
    confidence: float
    factors: tuple[tuple[str, float], ...] = ()
    lower: Decimal | None = None
    upper: Decimal | None = None
    place: str | None = None
    place_from: Quote | None = None
    period: Period | None = None
    period_from: Quote | None = None
    base_period: Period | None = None
    indicator_from: tuple[Quote, ...] = ()
    programme: str | None = None
    attributed_to: str | None = None
    equivalent_of: int | None = None
    part_of: int | None = None
    candidate_value: Decimal | None = None
    flags: tuple[str, ...] = ()
    reading: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """A sourced statement between two entities, or an entity and a literal (ISO date, period, rank text).

    ``subject`` and ``object`` are Entity keys; exactly one of ``object`` and ``literal`` is set.
    """

    subject: str
    predicate: str
    object: str | None
    literal: str | None
    status: str
    quote: Quote
    sentence: Quote
    section: str
    rule: str
    confidence: float
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one extractor read in one article. ``extractor`` is its name and version."""

    extractor: str
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    relations: tuple[Relation, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What the extractor wants people to know about this article (unsupported language, no figure found …)."""
