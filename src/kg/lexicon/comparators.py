"""Qualifiers of numbers: about, more than, at least … (``comparators.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.lexicon.templates import expand
from kg.tables import read_table

COMPARATORS = ("exactly", "about", "nearly", "more-than", "at-least", "less-than", "at-most", "between")
POSITIONS = ("before", "inside", "after", "never")


@dataclass(frozen=True, slots=True)
class Comparator:
    """A qualifier as written. ``position``: ``before`` the number, ``inside`` (70多万, 余 between number and unit), ``after`` the unit;
    ``never``: a longer word that only looks like one (附近), with an empty ``comparator``.
    """  # fmt: skip

    language: str
    form: str
    comparator: str
    position: str


def load_comparators(directory: Path) -> tuple[Comparator, ...]:
    """All qualifiers, in file order. Raises LexiconError naming file and row."""
    found: list[Comparator] = []
    for row in read_table(directory / "comparators.csv", ("language", "form", "comparator", "position")):
        position = row.one_of("position", POSITIONS)
        comparator = row.one_of("comparator", ("",) if position == "never" else COMPARATORS)
        language = row.required("language")
        forms = row.parsed("form", expand, "form with paired braces")
        found += [Comparator(language, form.strip(), comparator, position) for form in forms]
    return tuple(found)
