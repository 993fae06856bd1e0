"""Names of known places compiled for matching: the gazetteer, counties of all China, well-known zones, countries and cities abroad."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import ahocorasick

from kg.lexicon.gazetteer import ADMIN_LEVELS, LEVELS, Gazetteer
from kg.tables import read_table

EXTRA_LEVELS = ("city", "region", "landmark")
_COLUMNS = ("key", "name_en", "name_zh_hans", "name_zh_hant", "name_fr", "aliases", "level", "parent")
_HAN = re.compile(r"[一-鿿]")
_CHINESE_CLASS = {
    "prefecture_level_city": ("市", "地区"),
    "autonomous_prefecture": ("州", "自治州"),
    "prefecture": ("地区",),
    "league": ("盟",),
    "county": ("县", "自治县"),
    "district": ("区", "县"),
    "county_level_city": ("市", "县"),
    "province": ("省",),
    "municipality": ("市",),
    "autonomous_region": ("自治区",),
}
"""Class characters that Chinese adds to the short name of a place of this level, today or before its last renaming."""


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place that a table names. ``key`` is the gazetteer key, or ``x-`` and a stable id for a place outside it.

    ``container`` is the key of the place it lies in (empty for none); ``gazetteer`` says whether ``key`` is a gazetteer key.
    """

    key: str
    name_en: str
    names: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    level: str
    container: str
    gazetteer: bool

    @property
    def admin_level(self) -> str | None:
        """Rank in the administrative order, None for zones, cities abroad, regions and landmarks."""
        return ADMIN_LEVELS.get(self.level)


@dataclass(frozen=True, slots=True)
class NamedForm:
    """One surface form: the places it may mean, the likeliest first, and whether it holds the place's class word (拉萨市, not 拉萨)."""

    form: str
    places: tuple[str, ...]
    full: bool


def fold(text: str) -> str:
    """``text`` in lower case without diacritics, character by character: same length, so that offsets stay."""
    return "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    if character < "\x80":
        return character.lower()
    if character == "’":
        return "'"
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)).lower()
    return plain if len(plain) == 1 else character


class PlaceNames:
    """All known places and an automaton over their names for each writing system. Raises LexiconError naming file and row."""

    def __init__(self, directory: Path, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        peoples = [row.required("form") for row in read_table(directory / "ethnonyms.csv", ("form", "name_en"))]
        peoples.sort(key=lambda form: (-len(form), form))
        self._ethnonyms = re.compile(f"(?:{'|'.join(map(re.escape, peoples))})+(?=自治)")
        self.places: dict[str, KnownPlace] = {}
        self.counties_in_pinyin: dict[str, list[str]] = {}
        """Folded pinyin of a county without its class word → keys. Too ambiguous to match by itself; "district de Deqing" does."""
        for place in gazetteer:
            names = (("en", place.name_en), ("zh-Hans", place.name_zh_hans), ("zh-Hant", place.name_zh_hant), ("fr", place.name_fr))
            self.places[place.key] = KnownPlace(place.key, place.name_en, names, place.names, place.level, place.parent, gazetteer=True)
        self._load_extra(directory, "countries.csv")
        self._load_extra(directory, "zones.csv")
        self._load_counties(directory)
        self._load_aliases(directory)

    def _load_extra(self, directory: Path, file: str) -> None:
        parents = []
        for row in read_table(directory / file, _COLUMNS):
            key, level = "x-" + row.required("key"), row.one_of("level", (*LEVELS, *EXTRA_LEVELS))
            if key in self.places:
                raise row.error(f"the key {row['key']!r} is there twice")
            parent = row["parent"]
            names = tuple(
                (tag, row[column])
                for tag, column in (("en", "name_en"), ("zh-Hans", "name_zh_hans"), ("zh-Hant", "name_zh_hant"), ("fr", "name_fr"))
                if row[column]
            )
            forms = tuple(dict.fromkeys([name for _, name in names] + list(row.several("aliases"))))
            self.places[key] = KnownPlace(key, row.required("name_en"), names, forms, level, parent, gazetteer=False)
            if parent:
                parents.append((row, key, parent))
        for row, key, parent in parents:
            if parent not in self.places:
                if "x-" + parent not in self.places:
                    raise row.error(f"the parent {parent!r} is neither a gazetteer key nor a key of this table")
                self.places[key] = replace(self.places[key], container="x-" + parent)

    def _load_counties(self, directory: Path) -> None:
        for row in read_table(directory / "counties.csv", ("gb2260", "name_zh_hans", "name_en", "level", "parent")):
            key, name, english = "x-gb" + row.required("gb2260"), row.required("name_zh_hans"), row.required("name_en")
            row.one_of("parent", self.gazetteer.places)
            names = (("en", english), ("zh-Hans", name))
            forms = (name, english)
            self.counties_in_pinyin.setdefault(fold(english.split(" ")[0]), []).append(key)
            self.places[key] = KnownPlace(key, english, names, forms, row.one_of("level", LEVELS), row["parent"], gazetteer=False)

    def _load_aliases(self, directory: Path) -> None:
        for row in read_table(directory / "place_aliases.csv", ("place", "form")):
            place, form = row.required("place"), row.required("form")
            key = next((k for k in (place, f"x-{place}", f"x-gb{place}") if k in self.places), None)
            if key is None:
                raise row.error(f"there is no place {place!r}")
            known = self.places[key]
            self.places[key] = replace(known, forms=(*known.forms, form))

    def ancestors(self, key: str) -> Iterator[str]:
        """Keys of the places that hold this one, nearest first."""
        container = self.places[key].container if key in self.places else ""
        while container:
            yield container
            container = self.places[container].container

    def within(self, key: str, container: str) -> bool:
        """Whether ``key`` is ``container`` or lies in it."""
        return key == container or container in self.ancestors(key)

    @cached_property
    def han(self) -> ahocorasick.Automaton:
        """Chinese names → NamedForm."""
        forms: dict[str, dict[str, bool]] = defaultdict(dict)
        for place in self.places.values():
            for form, full in self._chinese_forms(place):
                forms[form][place.key] = forms[form].get(place.key, False) or full
        return self._automaton(forms)

    @cached_property
    def short_counties(self) -> frozenset[str]:
        """Chinese names of two characters that end in a class word (朗县): parts of many other words."""
        counties = (form for place in self.places.values() if place.admin_level == "county" for form, _ in self._chinese_forms(place))
        return frozenset(form for form in counties if len(form) == 2 and form[-1] in "县市区旗")

    @cached_property
    def latin(self) -> ahocorasick.Automaton:
        """Names in Latin script, folded → NamedForm. Forms without a capital (Wylie) are left out."""
        forms: dict[str, dict[str, bool]] = defaultdict(dict)
        for place in self.places.values():
            for form in place.forms:
                if not _HAN.search(form) and len(form) > 2 and re.search(r"[A-ZÀ-ÞĀ-Ž]", form) and form[0].isascii() | form[0].isalpha():
                    forms[fold(form)][place.key] = False
        return self._automaton(forms)

    def _chinese_forms(self, place: KnownPlace) -> Iterator[tuple[str, bool]]:
        chinese = [form for form in place.forms if _HAN.search(form)]
        for form in chinese:
            short = any(other != form and other.startswith(form) for other in chinese)
            yield form, not short
            plain = self._ethnonyms.sub("", form)
            if plain != form:
                yield plain, True
        for full in chinese[:1]:
            core = self._core(full)
            if core and len(core) > 1:
                for word in _CHINESE_CLASS.get(place.level, ()):
                    yield core + word, True
                if place.key.startswith("x-gb") and len(core) > 2 and place.level != "district":
                    yield core, False

    def _core(self, full: str) -> str:
        plain = self._ethnonyms.sub("", full)
        if plain.startswith("自治"):
            plain = full.replace("族自治", "自治", 1)
        match = re.match(r"(.+?)(?:自治区|自治州|自治县|自治旗|地区|省|市|县|区|旗|盟|州)$", plain)
        return match[1] if match else ""

    def _automaton(self, forms: dict[str, dict[str, bool]]) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for form in sorted(forms):
            keys = sorted(forms[form], key=lambda key: self._rank(key, form))
            automaton.add_word(form, NamedForm(form, tuple(keys), any(forms[form].values())))
        automaton.make_automaton()
        return automaton

    def _rank(self, key: str, form: str) -> tuple[int, int, int, int, str]:
        """Order of the places one form may mean: gazetteer first, preferred names before aliases, higher before lower, well-known first."""
        place = self.places[key]
        preferred = fold(form) in {fold(name) for _, name in place.names}
        order = ("country", "province", "prefecture", "county")
        level = order.index(place.admin_level) if place.admin_level in order else len(order)
        return (0 if place.gazetteer else 1, 0 if preferred else 1, level, key.count("-"), key)
