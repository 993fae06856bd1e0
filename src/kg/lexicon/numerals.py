"""Number words, scale words and the way digits are written, by language (``numerals.csv``, ``scales.csv``, ``number_formats.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.lexicon.templates import expand
from kg.tables import read_table

KINDS = ("add", "times", "join", "article", "scale-article", "digit", "point", "half")
SYSTEMS = ("additive", "positional")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a language writes numbers: decimal mark, marks between thousands (``" "`` stands for any space) and its system of words.

    ``additive``: *quatre-vingt-dix mille*, values add up to the next multiplier. ``positional``: 三千二百, each digit has its power.
    ``spaced``: words are set apart by spaces.
    """

    language: str
    decimal: str
    thousands: tuple[str, ...]
    system: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number word. ``kind``: ``add`` | ``times`` (multiplier) | ``join`` (et, and) | ``article`` (one, also the article: no quantity
    by itself) | ``scale-article`` (before a scale word only: *a million*) | ``digit`` | ``point`` (点) | ``half`` (半).
    """  # fmt: skip

    language: str
    form: str
    value: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A word that multiplies the number before it: *millions*, 亿."""

    language: str
    form: str
    factor: Decimal


def load_formats(directory: Path) -> dict[str, NumberFormat]:
    """Number formats by language."""
    formats: dict[str, NumberFormat] = {}
    for row in read_table(directory / "number_formats.csv", ("language", "decimal", "thousands", "system", "spaced")):
        thousands = tuple(" " if mark == "space" else mark for mark in row.several("thousands"))
        formats[row.required("language")] = NumberFormat(
            language=row["language"],
            decimal=row.required("decimal"),
            thousands=thousands,
            system=row.one_of("system", SYSTEMS),
            spaced=row.one_of("spaced", ("yes", "no")) == "yes",
        )
    return formats


def load_numerals(directory: Path) -> tuple[Numeral, ...]:
    """All number words, in file order."""
    return tuple(
        Numeral(row.required("language"), row.required("form"), row.parsed("value", Decimal, "number"), row.one_of("kind", KINDS))
        for row in read_table(directory / "numerals.csv", ("language", "form", "value", "kind"))
    )


def load_scales(directory: Path) -> tuple[Scale, ...]:
    """All scale words, in file order."""
    scales = []
    for row in read_table(directory / "scales.csv", ("language", "form", "factor")):
        factor = row.parsed("factor", Decimal, "number")
        scales += [Scale(row.required("language"), form, factor) for form in row.parsed("form", expand, "form with paired braces")]
    return tuple(scales)
