"""A quantity while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kg.extract.mentions import QuantityMention

PLACES = 8
"""Decimal places that a value with an endless fraction (two thirds as percent) is rounded to."""
DIGITS = 20
"""More digits than this come from a division, not from a text."""


@dataclass(slots=True)
class Candidate:
    """A number with what was found around it so far; ``unit`` is empty while nothing says what it counts.

    ``number`` is the number as written, ``scale`` the product of its scale words, ``factor`` that of the unit form.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    number: Decimal
    scale: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    unit: str = ""
    comparator: str = ""
    upper: Decimal | None = None
    measure_word: str = ""
    classifier: bool = False
    counts_next: bool = False
    spelled: bool = False
    article: bool = False
    rule: str = "number"
    confidence: float = 1.0
    flags: list[str] = field(default_factory=list)
    negative: bool = False
    restates: Candidate | None = None
    probable: Decimal | None = None
    bare: bool = False
    scaled: bool = False

    @property
    def value(self) -> Decimal:
        """The value in the unit, without sign."""
        return self.number * self.scale * self.factor

    def mention(self, order: dict[int, int]) -> QuantityMention:
        """The finished mention; ``order`` gives the index of each candidate by ``id``."""
        sign = -1 if self.negative else 1
        upper = None if self.upper is None else sign * self.upper
        value = sign * self.value
        comparator = self.comparator or "exactly"
        if upper is not None:
            comparator = "between"
        return QuantityMention(
            start=self.start,
            end=self.end,
            number_start=self.number_start,
            number_end=self.number_end,
            value=plain(value),
            unit=self.unit,
            comparator=comparator,
            lower=plain(value) if upper is not None else None,
            upper=plain(upper) if upper is not None else None,
            measure_word=self.measure_word,
            counts_next=self.counts_next,
            restates=order.get(id(self.restates)) if self.restates is not None else None,
            candidate=plain(self.probable) if self.probable is not None else None,
            rule=self.rule,
            confidence=self.confidence,
            flags=tuple(dict.fromkeys(self.flags)),
        )


def plain(value: Decimal) -> Decimal:
    """The same number without exponent or trailing zeros, an endless fraction rounded to PLACES."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES and len(value.as_tuple().digits) > DIGITS:
        value = value.quantize(Decimal(1).scaleb(-PLACES))
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal.as_tuple().exponent > 0 else normal  # type: ignore[operator]
