"""What is found in the clean text of an article before anything is attached to anything. All offsets are *clean*."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with its qualifier and unit: the shortest span that holds all three.

    ``value`` is in ``unit`` (a key of the units table: ``CNY``, ``percent``, ``count``, ``km`` …) with scale words expanded. ``lower``
    and ``upper`` are set for ranges. ``comparator`` is a model key: ``exactly about nearly more-than at-least less-than at-most
    between``. ``number_start``/``number_end`` is the bare number. ``measure_word`` is the classifier or unit word as written (个, 家, 户,
    ``km``), empty if none. ``counts_next`` says that the counted noun follows the span (``27 | comtés``). ``restates`` is the index, in
    the list of mentions of the article, of the quantity that this one gives again in another currency (in brackets). ``candidate`` is
    what a damaged value probably was. ``rule`` names the reading; ``confidence`` is in (0, 1]; ``flags`` are as in the gold: ``range``
    ``range_upper`` ``shared_unit`` ``fraction`` ``ratio`` ``implied`` ``decrease`` ``lost_decimal_point`` ``lost_unit`` ``implausible`` …
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    unit: str
    comparator: str = "exactly"
    lower: Decimal | None = None
    upper: Decimal | None = None
    measure_word: str = ""
    counts_next: bool = False
    restates: int | None = None
    candidate: Decimal | None = None
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time expression. ``period_start``/``period_end`` are ISO dates, the last day inclusive; both equal for a point in time.

    ``""`` is an open end; ``--06-01`` is a day of an unknown year. ``basis`` says how it was resolved: ``explicit``, ``relative`` (to the
    publication date), ``carried`` (year taken from an earlier expression), ``unknown-year``. ``role`` is ``period`` or, for 同比,
    "par rapport à 2018", "contre 87 % fin 2018", ``base``; ``by`` for "d'ici à 2025", 到2025年; ``now`` for 截至目前, "à ce jour"
    (period_start == period_end == publication date, both ``""`` if that is unknown); ``name`` for a date inside a title
    (《…(2020-2022年)》), which dates no measurement; ``same`` for "pendant la même période", 届时 (dates ``""``, the antecedent's hold);
    ``from`` and ``contrast`` date only the number beside them (由2015年的38%提高到…; "contre 87,5 % fin 2018"); ``reported`` (1月29日公布),
    ``event`` (今年5月启用, "lancé en 2017") and ``vague`` (近年来, 日前, "à l'avenir") date no measurement.
    """

    start: int
    end: int
    period_start: str
    period_end: str
    basis: str = "explicit"
    role: str = "period"
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text. ``place`` is the key of a gazetteer row or of a LocalPlace of this article.

    ``collective`` marks 全区, 我区, "la région", "la ville": the place is the one the context gives.
    """

    start: int
    end: int
    place: str
    rule: str = ""
    confidence: float = 1.0
    collective: bool = False


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A named entity in the text; ``entity`` is the key of an Entity of the same Reading."""

    start: int
    end: int
    entity: str
    rule: str = ""
    confidence: float = 1.0
