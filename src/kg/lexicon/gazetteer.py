"""The gazetteer of known places (``places.csv``): names in all languages and scripts, hierarchy, external ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.tables import read_table

COLUMNS = (
    "key", "name_en", "name_zh_hans", "name_zh_hant", "name_fr", "name_bo", "aliases", "level", "parent", "gb2260", "iso3166",
    "wikidata", "geonames", "dbpedia", "bdrc", "lat", "lon", "coord_of", "seat_geonames", "sources",
)  # fmt: skip
LEVELS = (
    "country", "province", "autonomous_region", "municipality", "prefecture_level_city", "prefecture", "autonomous_prefecture",
    "league", "district", "county", "county_level_city", "township", "town", "village", "community", "zone",
)  # fmt: skip
ADMIN_LEVELS = {
    "country": "country",
    "province": "province", "autonomous_region": "province", "municipality": "province",
    "prefecture_level_city": "prefecture", "prefecture": "prefecture", "autonomous_prefecture": "prefecture", "league": "prefecture",
    "district": "county", "county": "county", "county_level_city": "county",
    "township": "township", "town": "township",
    "village": "village", "community": "village",
}  # fmt: skip
"""Level of a row → rank in the administrative order; a zone has none."""


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer row; ids are empty where no source gave one. ``parent`` is empty for a country."""

    key: str
    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    name_fr: str
    name_bo: str
    aliases: tuple[str, ...]
    level: str
    parent: str
    gb2260: str
    iso3166: str
    wikidata: str
    geonames: str
    dbpedia: str
    bdrc: str
    lat: str
    lon: str
    seat_geonames: str

    @property
    def admin_level(self) -> str | None:
        """``country``, ``province``, ``prefecture``, ``county``, ``township`` or ``village``; None for a zone."""
        return ADMIN_LEVELS.get(self.level)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the preferred ones first."""
        preferred = (self.name_en, self.name_zh_hans, self.name_zh_hant, self.name_fr, self.name_bo)
        return tuple(dict.fromkeys(name for name in (*preferred, *self.aliases) if name))


class Gazetteer:
    """Places by key, with the hierarchy. Raises LexiconError on load for unknown parents, cycles and duplicate keys."""

    def __init__(self, directory: Path) -> None:
        self.places: dict[str, Place] = {}
        rows = {}
        for row in read_table(directory / "places.csv", COLUMNS):
            key = row.required("key")
            if key in self.places:
                raise row.error(f"the key {key!r} is there twice")
            row.one_of("level", LEVELS)
            rows[key] = row
            self.places[key] = Place(
                key=key,
                aliases=row.several("aliases"),
                **{name: row[name] for name in Place.__dataclass_fields__ if name not in ("key", "aliases")},
            )
        for key, place in self.places.items():
            if place.parent and place.parent not in self.places:
                raise rows[key].error(f"the parent {place.parent!r} is no key of this table")
        for key in self.places:
            seen = {key}
            for ancestor in self.ancestors(key):
                if ancestor in seen:
                    raise rows[key].error(f"{key!r} lies within itself")
                seen.add(ancestor)

    def __getitem__(self, key: str) -> Place:
        return self.places[key]

    def __contains__(self, key: object) -> bool:
        return key in self.places

    def __iter__(self) -> Iterator[Place]:
        return iter(self.places.values())

    def __len__(self) -> int:
        return len(self.places)

    def ancestors(self, key: str) -> Iterator[str]:
        """Keys of the places that hold this one, nearest first."""
        steps = 0
        parent = self.places[key].parent
        while parent and steps <= len(self.places):
            yield parent
            parent = self.places[parent].parent
            steps += 1

    def within(self, key: str, container: str) -> bool:
        """Whether ``key`` is ``container`` or lies in it."""
        return key == container or container in self.ancestors(key)
