"""Tables about numbers in text: phrases with a fixed reading, cues around numbers, and traps that state no quantity.

``number_phrases.csv`` (*un tiers*, 七成, 第三位), ``number_cues.csv`` (*en recul de*, 分别为, 约合), ``number_traps.csv`` (5G, 第三届,
*18 juin*). The forms are as in :mod:`kg.lexicon.templates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.lexicon.comparators import COMPARATORS
from kg.lexicon.templates import expand
from kg.lexicon.units import Unit
from kg.tables import read_table

CUES = (
    "decrease", "decrease-after", "minus", "minus-degrees", "change-from", "restate", "range-open", "range-open-and", "range-mid",
    "range-mid-and", "list", "link", "half", "half-before-unit", "rate", "rate-unit", "denominator", "per-head", "implausible",
    "year-before", "function", "reaches", "ratio-after",
)  # fmt: skip
"""Kinds of cue: ``decrease`` before or after a number gives it a minus (``minus``: part of the number, 零下); ``change-from`` makes *de X
à Y* two values of two times; ``restate`` introduces the same amount in another currency; ``range-…`` and ``list`` join numbers; ``link``
stands between number and unit (*de*); ``half`` adds a half; ``rate`` and ``rate-unit`` name what a rate is per; ``denominator`` introduces
what a rate is counted against; ``implausible`` and ``per-head`` judge small amounts; ``year-before`` and ``function`` tell years from
counts; ``reaches`` comes before a bare round number (达百万); ``ratio-after`` confirms that *fois* compares (1,8 fois
le montant), where without it occurrences are counted (*900 fois aux usagers*)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A form with a fixed reading: ``value`` is a number or a product such as ``@2*100/@1`` of the numbers in the form."""

    language: str
    form: str
    value: str
    unit: str
    flags: tuple[str, ...]
    comparator: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase next to a number that says how to read it; ``kind`` is one of CUES."""

    language: str
    kind: str
    form: str


@dataclass(frozen=True, slots=True)
class Trap:
    """A form that holds a number but states no quantity; ``example`` is text that it must match."""

    language: str
    form: str
    kind: str
    example: str


def load_phrases(directory: Path, units: Mapping[str, Unit]) -> tuple[Phrase, ...]:
    """Phrases in file order. Raises LexiconError naming file and row."""
    return tuple(
        Phrase(
            language=row.required("language"),
            form=row.required("form"),
            value=row.required("value"),
            unit=row.one_of("unit", units),
            flags=row.several("flags"),
            comparator=row.one_of("comparator", ("", *COMPARATORS)),
            rule=row.required("rule"),
        )
        for row in read_table(directory / "number_phrases.csv", ("language", "form", "value", "unit", "flags", "comparator", "rule"))
    )


def load_cues(directory: Path) -> tuple[Cue, ...]:
    """Cues in file order, alternatives expanded. Raises LexiconError naming file and row."""
    return tuple(
        Cue(row.required("language"), row.one_of("kind", CUES), form)
        for row in read_table(directory / "number_cues.csv", ("language", "kind", "form"))
        for form in row.parsed("form", expand, "form with paired braces")
    )


def load_traps(directory: Path) -> tuple[Trap, ...]:
    """Traps in file order. Raises LexiconError naming file and row."""
    return tuple(
        Trap(row.required("language"), row.required("form"), row.required("kind"), row["example"])
        for row in read_table(directory / "number_traps.csv", ("language", "form", "kind", "example"))
    )
