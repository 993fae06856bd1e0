"""The units table: keys, report codes, factors, labels and external ids (``units.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from kg.tables import read_table

COLUMNS = (
    "key", "code", "factor", "label_en", "label_fr", "label_zh", "ucum", "iso4217", "qudt", "om", "eu_authority", "wikidata", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. A value in this unit times ``factor`` is the value in the unit that reports print as ``code``."""

    key: str
    code: str
    factor: Fraction
    labels: tuple[tuple[str, str], ...]
    kind: str
    ucum: str
    iso4217: str
    qudt: str
    om: str
    eu_authority: str
    wikidata: str
    notes: str


def load_units(directory: Path) -> dict[str, Unit]:
    """Units by key, in file order. Raises LexiconError naming file and row."""
    units: dict[str, Unit] = {}
    for row in read_table(directory / "units.csv", COLUMNS):
        key = row.required("key")
        if key in units:
            raise row.error(f"the key {key!r} is there twice")
        chinese = tuple(("zh-Hans", label.strip()) for label in row["label_zh"].split("；") if label.strip())
        units[key] = Unit(
            key=key,
            code=row.required("code"),
            factor=row.parsed("factor", Fraction, "number or fraction"),
            labels=(("en", row.required("label_en")), ("fr", row.required("label_fr")), *chinese),
            kind=row.required("kind"),
            ucum=row["ucum"],
            iso4217=row["iso4217"],
            qudt=row["qudt"],
            om=row["om"],
            eu_authority=row["eu_authority"],
            wikidata=row["wikidata"],
            notes=row.cells.get("notes", ""),
        )
    return units
