"""Words that named things are made of: known entities, head words, cues, persons' names (``known_entities.csv``, ``entity_…csv``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from kg.errors import LexiconError
from kg.lexicon.name_patterns import load_name_patterns
from kg.tables import read_table

T = TypeVar("T")
_NOTHING = re.compile("(?!)")
LANGUAGES = ("fr", "zh", "en")
TYPES = (
    "place", "programme", "project", "policy", "infrastructure", "organisation", "event", "product", "technology", "person",
)  # fmt: skip
MODES = (
    "anchored", "open", "place", "long", "named", "first", "quoted", "class", "class4", "counted", "title", "caps", "name", "plan",
    "number", "bare", "listed", "adjacent", "brand",
)  # fmt: skip
CUE_KINDS = (
    "stop", "protect", "level", "first", "class_mark", "generic", "role", "role_line", "source_line", "speech", "named_after",
    "named_before", "work", "stop_word", "adjective", "link", "run_on", "strong_speech", "article", "plus", "superlative",
)  # fmt: skip
NAME_KINDS = ("surname", "double", "given", "safe")


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """A well-known thing. ``labels`` are (language tag, label); ``names`` are all names it is recognised by, in file order."""

    key: str
    type: str
    kind: str
    labels: tuple[tuple[str, str], ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityHead:
    """A head word: what a phrase with it names (``type``, ``kind``), and when it is a name (``modes``, see the file's comments)."""

    language: str
    head: str
    type: str
    kind: str
    modes: frozenset[str]
    not_before: str
    label_en: str


@dataclass(frozen=True, slots=True)
class EntityWords:
    """Everything the search for names reads. ``heads`` by language; ``cues`` and ``cue_types`` by (language, kind)."""

    known: tuple[KnownEntity, ...]
    heads: Mapping[str, tuple[EntityHead, ...]]
    cues: Mapping[tuple[str, str], tuple[str, ...]]
    cue_types: Mapping[tuple[str, str], Mapping[str, str]]
    names: Mapping[tuple[str, str], tuple[str, ...]]
    patterns: Mapping[tuple[str, str], re.Pattern[str]]
    _derived: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def cue(self, language: str, kind: str) -> tuple[str, ...]:
        """The texts of one kind of cue, in file order."""
        return self.cues.get((language, kind), ())

    def derived(self, name: str, build: Callable[[EntityWords], T]) -> T:
        """What ``build`` makes of these words (automata, compiled patterns), made once."""
        if name not in self._derived:
            self._derived[name] = build(self)
        return cast(T, self._derived[name])

    def pattern(self, language: str, name: str) -> re.Pattern[str]:
        """A form of ``name_patterns.csv``; one that matches nothing where the language has none of that name."""
        return self.patterns.get((language, name), _NOTHING)


def load_entity_words(directory: Path) -> EntityWords:
    """Read the four tables. Raises LexiconError naming file and row for unknown types, modes or kinds and for duplicate keys."""
    cues: dict[tuple[str, str], list[str]] = defaultdict(list)
    cue_types: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in read_table(directory / "entity_cues.csv", ("language", "kind", "text", "type")):
        at = (row.one_of("language", LANGUAGES), row.one_of("kind", CUE_KINDS))
        cues[at].append(row.required("text"))
        if row["type"]:
            cue_types[at][row["text"]] = row.one_of("type", TYPES)
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in read_table(directory / "person_names.csv", ("language", "kind", "names")):
        names[row.one_of("language", LANGUAGES), row.one_of("kind", NAME_KINDS)] = row.several("names")
    known = _known(directory)
    patterns = load_name_patterns(directory)
    unknown = {name.removeprefix("known:").rstrip("+") for _, name in patterns if name.startswith("known:")} - {one.key for one in known}
    if unknown:
        what = f"a pattern is for {sorted(unknown)[0]!r}, which is no key of known_entities.csv"
        raise LexiconError(what, where=str(directory / "name_patterns.csv"), remedy="correct the name of that pattern")
    return EntityWords(
        known=known,
        heads=_heads(directory),
        cues={at: tuple(dict.fromkeys(texts)) for at, texts in cues.items()},
        cue_types=dict(cue_types),
        names=names,
        patterns=patterns,
    )


def _known(directory: Path) -> tuple[KnownEntity, ...]:
    found: dict[str, KnownEntity] = {}
    for row in read_table(directory / "known_entities.csv", ("key", "type", "kind", "label_en", "label_fr", "label_zh", "aliases")):
        key = row.required("key")
        if key in found:
            raise row.error(f"the key {key!r} is there twice")
        columns = (("en", "label_en"), ("fr", "label_fr"), ("zh-Hans", "label_zh"))
        labels = tuple((tag, row.several(column)[0]) for tag, column in columns if row.several(column))
        if not labels or labels[0][0] != "en":
            raise row.error("column 'label_en' is empty")
        names = [name for _, column in columns for name in row.several(column)] + list(row.several("aliases"))
        found[key] = KnownEntity(key, row.one_of("type", TYPES), row["kind"], labels, tuple(dict.fromkeys(names)))
    return tuple(found.values())


def _heads(directory: Path) -> dict[str, tuple[EntityHead, ...]]:
    found: dict[str, list[EntityHead]] = {language: [] for language in LANGUAGES}
    for row in read_table(directory / "entity_heads.csv", ("language", "head", "type", "kind", "mode", "not_before", "label_en")):
        modes = frozenset(row.several("mode"))
        unknown = sorted(modes - set(MODES))
        if unknown:
            raise row.error(f"column 'mode' holds {unknown[0]!r}; allowed are {', '.join(MODES)}")
        found[row.one_of("language", LANGUAGES)].append(
            EntityHead(
                language=row["language"],
                head=row.required("head"),
                type=row.one_of("type", TYPES),
                kind=row["kind"],
                modes=modes,
                not_before=row["not_before"],
                label_en=row["label_en"],
            )
        )
    return {language: tuple(heads) for language, heads in found.items()}
