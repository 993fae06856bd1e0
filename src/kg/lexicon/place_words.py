"""Words around place names: class words, collective forms, traps, and what a place's surroundings say about its part in the sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.lexicon.gazetteer import LEVELS
from kg.lexicon.place_names import EXTRA_LEVELS
from kg.tables import Row, read_table

CONTEXT_ROLES = ("brand", "organisation", "authority", "object")
_SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class ClassWord:
    """A class word; ``side`` is where it stands beside the name; ``label_en`` its English form in a label (高新区: High-tech Zone)."""

    form: str
    side: str
    level: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Collective:
    """A form such as 全区 or "la région" and the levels of place it may stand for, in order of preference."""

    pattern: re.Pattern[str]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """A neighbourhood and the part that it gives to a place."""

    role: str
    side: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of one language. ``traps`` maps a form to (side, pattern); side ``alone`` means never without a class word."""

    classes: tuple[ClassWord, ...]
    collectives: tuple[Collective, ...]
    context: tuple[PlaceContext, ...]
    traps: dict[str, tuple[tuple[str, re.Pattern[str]], ...]]
    stops_inside: tuple[str, ...]
    stops_whole: frozenset[str]
    compounds: frozenset[str]
    """Words that begin with the last character of a class word (村民, 区别): there it ends no place."""


def _regex(row: Row, column: str, ignore_case: bool) -> re.Pattern[str]:
    return row.parsed(column, lambda text: re.compile(text, re.IGNORECASE if ignore_case else 0), "regular expression")


def load_place_words(directory: Path) -> dict[str, PlaceWords]:
    """Words by language. Raises LexiconError naming file and row."""
    levels = (*LEVELS, *EXTRA_LEVELS)
    classes: dict[str, list[ClassWord]] = defaultdict(list)
    for row in read_table(directory / "place_classes.csv", ("lang", "form", "side", "level", "label_en")):
        word = ClassWord(row.required("form"), row.one_of("side", _SIDES), row.one_of("level", levels), row.required("label_en"))
        classes[row.required("lang")].append(word)
    collectives: dict[str, list[Collective]] = defaultdict(list)
    for row in read_table(directory / "place_collectives.csv", ("lang", "pattern", "levels", "example")):
        wanted = row.several("levels")
        if not wanted or set(wanted) - set(levels):
            raise row.error(f"column 'levels' holds {row['levels']!r}; allowed are {', '.join(levels)}")
        latin = row.required("lang") != "zh"
        if latin:
            row.cells["pattern"] = rf"(?<!\w)(?:{row['pattern']})(?!\w)".replace(" ", r"\s{1,2}").replace("'", "['’]")
            row.cells["pattern"] += r"(?!\s\w+\s(?:de\s|du\s|d['’]|of\s)(?-i:[A-ZÀ-Þ]))"
        pattern = _regex(row, "pattern", ignore_case=latin)
        if not pattern.search(row.required("example")):
            raise row.error(f"the pattern does not match its example {row['example']!r}")
        collectives[row["lang"]].append(Collective(pattern, wanted))
    context: dict[str, list[PlaceContext]] = defaultdict(list)
    for row in read_table(directory / "place_context.csv", ("role", "lang", "side", "pattern", "example")):
        role, side = row.one_of("role", CONTEXT_ROLES), row.one_of("side", _SIDES)
        context[row.required("lang")].append(PlaceContext(role, side, _regex(row, "pattern", ignore_case=False)))
    traps: dict[str, dict[str, list[tuple[str, re.Pattern[str]]]]] = defaultdict(lambda: defaultdict(list))
    for row in read_table(directory / "place_traps.csv", ("lang", "form", "side", "pattern", "note")):
        side = row.one_of("side", (*_SIDES, "alone"))
        if side == "alone" or row["pattern"]:
            traps[row.required("lang")][row.required("form")].append((side, _regex(row, "pattern", ignore_case=False)))
    inside: dict[str, list[str]] = defaultdict(list)
    whole: dict[str, set[str]] = defaultdict(set)
    compounds: dict[str, set[str]] = defaultdict(set)
    for row in read_table(directory / "place_stops.csv", ("lang", "form", "kind")):
        lang, form, kind = row.required("lang"), row.required("form"), row.one_of("kind", ("inside", "whole", "compound"))
        if kind == "inside":
            inside[lang].append(form)
        else:
            (whole if kind == "whole" else compounds)[lang].add(form)
    return {
        lang: PlaceWords(
            classes=tuple(sorted(words, key=lambda word: (-len(word.form), word.form))),
            collectives=tuple(collectives[lang]),
            context=tuple(context[lang]),
            traps={form: tuple(rules) for form, rules in traps[lang].items()},
            stops_inside=tuple(inside[lang]),
            stops_whole=frozenset(whole[lang]),
            compounds=frozenset(compounds[lang]),
        )
        for lang, words in classes.items()
    }
