"""How units and counted things are written after a number (``unit_forms.csv``, ``classifiers.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.lexicon.templates import expand
from kg.lexicon.units import Unit
from kg.tables import read_table

ANY = "*"


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A unit or measure word as written. A number before it times ``factor`` is the value in ``unit`` (a key of the units table).

    ``exact``: letter case matters (``MB``, ``Mb``). ``digits_only``: not after a number word (度 in 百度). ``classifier``: a measure
    word or counted person, not a unit; the thing counted may follow. ``inside``: belongs to the quote of a quantity.
    """

    language: str
    form: str
    unit: str
    factor: Decimal
    exact: bool = False
    digits_only: bool = False
    classifier: bool = False
    inside: bool = True


def load_unit_forms(directory: Path, units: Mapping[str, Unit]) -> tuple[UnitForm, ...]:
    """Forms of both tables, in file order; language ``*`` is every language. Raises LexiconError naming file and row."""
    forms: list[UnitForm] = []
    for row in read_table(directory / "unit_forms.csv", ("language", "form", "unit", "factor", "case", "numerals")):
        forms += [
            UnitForm(
                language=row.required("language"),
                form=form,
                unit=row.one_of("unit", units),
                factor=row.parsed("factor", Decimal, "number"),
                exact=row.one_of("case", ("", "exact")) == "exact",
                digits_only=row.one_of("numerals", ("any", "digits")) == "digits",
            )
            for form in row.parsed("form", expand, "form with paired braces")
        ]
    for row in read_table(directory / "classifiers.csv", ("language", "form", "unit", "numerals", "inside")):
        forms += [
            UnitForm(
                language=row.required("language"),
                form=form,
                unit=row.one_of("unit", units),
                factor=Decimal(1),
                digits_only=row.one_of("numerals", ("any", "digits")) == "digits",
                classifier=True,
                inside=row.one_of("inside", ("yes", "no")) == "yes",
            )
            for form in row.parsed("form", expand, "form with paired braces")
        ]
    return tuple(forms)
