"""The scheme of known indicators (``indicators.ttl``, SKOS): loading, and finding the concept that some words name.

A wrong concept is worse than none (unknown indicators become candidates with their own words), so every step of :meth:`Indicators.match`
accepts a concept only if it is the only one that fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

import ahocorasick
import pyoxigraph as ox

from kg.errors import LexiconError
from kg.lexicon.gazetteer import Gazetteer
from kg.lexicon.units import Unit
from kg.lexicon.wording import Form, Wording
from kg.tables import read_utf8

FILE = "indicators.ttl"
STATISTICS = ("level", "flow", "cumulative", "increment", "growth-rate", "share", "rank")
REQUIRED = ("en", "fr", "zh-Hans")
LANGUAGE_OF_TAG = {"en": "en", "fr": "fr", "zh-hans": "zh", "zh-hant": "zh", "zh": "zh"}
TAGS = {"en": "en", "fr": "fr", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "zh": "zh"}
"""Language tags as written, by their lower-case form (the RDF parser lower-cases tags)."""

LONGEST = 240
"""Characters: what is longer is a sentence and no name, and is not looked up."""
REMEMBERED = 16384
"""Names whose concept is kept in memory: the same few come back in every article."""

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DEK = "ontology#"
_CONCEPT = "/id/indicator/"
_UNIT = "/id/unit/"
_STATISTIC = "/id/statistic/"
_CONTINUOUS = frozenset({"flow", "cumulative"})
_DIFFERENT = ({"person", "household"}, {"person-time", "household"})
"""Counts that are never of the same thing; ``count`` goes with all of them."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One known indicator. ``labels`` are all (language tag, label) pairs, preferred ones first; ``unit`` is a key of the units table.

    ``heading`` marks the top concepts, which order the scheme and measure nothing. ``minimum`` and ``maximum`` are in ``unit``.
    """

    key: str
    pref: Mapping[str, str]
    labels: tuple[tuple[str, str], ...]
    broader: tuple[str, ...]
    unit: str | None = None
    statistic: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    definition: Mapping[str, str] = field(default_factory=dict)
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The concept that some words name. ``how`` is the step that found it: exact, alternative, lemma, bare, core, words, head, spelling."""

    key: str
    label: str
    score: float
    how: str


class Indicators:
    """The known indicators of one lexicon folder. Raises LexiconError naming file, line and concept."""

    def __init__(self, directory: Path, units: Mapping[str, Unit], gazetteer: Gazetteer) -> None:
        self._units = units
        self._wording = Wording(directory, gazetteer)
        self.concepts: dict[str, Concept] = load_concepts(directory / FILE, units)
        self._compiled: dict[str, _Index] = {}
        self._match = lru_cache(REMEMBERED)(self._find_concept)

    def __getitem__(self, key: str) -> Concept:
        return self.concepts[key]

    def __contains__(self, key: object) -> bool:
        return key in self.concepts

    def __len__(self) -> int:
        return len(self.concepts)

    def match(self, text: str, language: str, *, unit: str | None = None) -> Match | None:
        """The concept that ``text`` (words of an article, clean, maybe in parts joined by spaces or ``…``) names, or None.

        ``language`` is fr, zh or en; ``unit`` the key of the unit the figure has: a concept whose expected unit cannot go with it is
        passed over. Steps and scores: exact 1, alternative label .97, lemmas equal .95, bare form equal .94, core equal .92, same words
        .88, head whose complement is an owner or a place .85, one long word spelled differently .75.
        """
        return self._match(text, language, unit) if len(text) <= LONGEST else None

    def _find_concept(self, text: str, language: str, unit: str | None) -> Match | None:
        form = self._wording.form(text, language)
        index = self._index(language)
        if not form.exact:
            return None
        found = self._only(index.exact.get(form.exact), unit, form.cues)
        if found:
            preferred = found[1]
            return Match(found[0], found[2], 1.0 if preferred else 0.97, "exact" if preferred else "alternative")
        for how, score, table, keys in (
            ("lemma", 0.95, index.lemma, (form.lemma,)),
            ("bare", 0.94, index.bare, (form.bare,)),
            ("core", 0.92, index.core, (form.core,)),
            ("words", 0.88, index.words, form.words),
        ):
            entries = [entry for key in keys for entry in table.get(key, ())]
            found = self._only(entries, unit, form.cues)
            if found:
                return Match(found[0], found[2], score, how)
            if len({entry[0] for entry in entries}) > 1:
                return None
        for head, owned in self._wording.heads(text, language):
            if owned or _speaks(head, language):
                found = self._only(index.bare.get(head), unit, form.cues)
                if found and (_speaks(head, language) or self._is_owned(found[0])):
                    return Match(found[0], found[2], 0.85, "head")
        return self._misspelled(form.words[0], language, unit, form.cues)

    def find(self, text: str, language: str) -> list[tuple[int, int, str]]:
        """Every place where running text names a known indicator: (start, end, key), offsets in ``text``, longest names, no overlaps."""
        index = self._index(language)
        normal, starts, ends = self._wording.normal_text(text, language)
        spaced = 0 if language == "zh" else 1
        hits = []
        for last, (length, key) in index.automaton.iter(normal):
            first = last - length + 1
            hits.append((first + spaced, last - spaced, key))
        hits.sort(key=lambda hit: (hit[0], -hit[1], hit[2]))
        found: list[tuple[int, int, str]] = []
        taken = -1
        for first, last, key in hits:
            if first > taken:
                found.append((starts[first], ends[last], key))
                taken = last
        return found

    def normal_form(self, text: str, language: str) -> str:
        """What a candidate's IRI is made from: lemmas (Chinese: simplified characters) without determiners, places, dates, modifiers.

        The same for singular and plural, for both scripts, with and without the place; never empty unless ``text`` has no letter.
        """
        form = self._wording.form(text, language)
        return form.core or form.lemma or form.exact

    def nearest(self, text: str, language: str, limit: int = 3) -> list[tuple[str, float]]:
        """The concepts whose names look most like ``text``, for people who review candidates: (key, Jaccard of trigrams in 0…1)."""
        wanted = _grams(self._wording.form(text, language).core, 2 if language == "zh" else 3)
        best: dict[str, float] = {}
        for core, entries in self._index(language).core.items():
            grams = _grams(core, 2 if language == "zh" else 3)
            score = len(wanted & grams) / len(wanted | grams) if wanted | grams else 0.0
            for key, _, _ in entries:
                if score > best.get(key, 0.0):
                    best[key] = score
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def accepts(self, key: str, unit: str, cues: Iterable[str] = ()) -> bool:
        """Whether a figure in ``unit`` can be a measurement of the concept.

        Kinds of unit must agree. Ratios (percent, points, times) and ranks go with everything that flows or is money: they are its growth
        or its place among others; a ratio goes with a stock of things only if the words speak of growth or number (``cues``), for
        otherwise "83 % of the villages" would become the number of villages.
        """
        concept = self.concepts[key]
        if concept.unit is None or unit not in self._units:
            return True
        expected, given = self._units[concept.unit].kind, self._units[unit].kind
        if expected == given:
            return {concept.unit, unit} not in _DIFFERENT
        if given == "rank":
            return True
        if given != "ratio" or concept.statistic == "share":
            return False
        return expected != "count" or concept.statistic in _CONTINUOUS or bool({"growth", "number"} & set(cues))

    def _is_owned(self, key: str) -> bool:
        """Whether an owner before a short name says whose it is (the project's investment) and not of what kind (platform enterprises)."""
        unit = self.concepts[key].unit
        return unit is not None and self._units[unit].kind != "count"

    def _only(self, entries: Iterable[_Entry] | None, unit: str | None, cues: frozenset[str]) -> _Entry | None:
        fitting = [entry for entry in entries or () if unit is None or self.accepts(entry[0], unit, cues)]
        return fitting[0] if len({entry[0] for entry in fitting}) == 1 else None

    def _misspelled(self, words: str, language: str, unit: str | None, cues: frozenset[str]) -> Match | None:
        """The concept whose name differs in one letter of one long word (French and English: in Chinese every character counts)."""
        if language == "zh":
            return None
        spelled = words.split(" ")
        entries = [
            entry
            for at, word in enumerate(spelled)
            if len(word) >= _LONG_WORD and len(spelled) > 1
            for other, entry in self._index(language).lacking.get(" ".join(spelled[:at] + spelled[at + 1 :]), ())
            if _one_letter_apart(word, other)
        ]
        found = self._only(entries, unit, cues)
        return Match(found[0], found[2], 0.75, "spelling") if found else None

    def _index(self, language: str) -> _Index:
        """The labels of one language compiled for look-up, on first use."""
        if language not in self._compiled:
            index = _Index()
            for concept in self.concepts.values():
                seen: set[str] = set()
                for tag, label in () if concept.heading else concept.labels:
                    if LANGUAGE_OF_TAG[tag.lower()] != language:
                        continue
                    form = self._wording.form(label, language)
                    if form.exact not in seen:
                        seen.add(form.exact)
                        index.add((concept.key, concept.pref.get(tag) == label, label), form)
                        index.pattern(self._wording.pattern(label, language), concept.key)
            index.close()
            self._compiled[language] = index
        return self._compiled[language]


_Entry = tuple[str, bool, str]
"""Key of a concept, whether the label is its preferred one, the label."""


class _Index:
    """The labels of one language by form, and an automaton over them."""

    def __init__(self) -> None:
        self.exact: dict[str, list[_Entry]] = {}
        self.lemma: dict[str, list[_Entry]] = {}
        self.bare: dict[str, list[_Entry]] = {}
        self.core: dict[str, list[_Entry]] = {}
        self.words: dict[str, list[_Entry]] = {}
        self.lacking: dict[str, list[tuple[str, _Entry]]] = {}
        """Words of a name without one of them → that one and the name."""
        self.automaton = ahocorasick.Automaton()
        self._patterns: dict[str, set[str]] = {}

    def add(self, entry: _Entry, form: Form) -> None:
        words = form.words[0]
        for table, key in (
            (self.exact, form.exact),
            (self.lemma, form.lemma),
            (self.bare, form.bare),
            (self.core, form.core),
            (self.words, words),
        ):
            if key:
                table.setdefault(key, []).append(entry)
        spelled = words.split(" ")
        for at, word in enumerate(spelled):
            if len(word) >= _LONG_WORD:
                self.lacking.setdefault(" ".join(spelled[:at] + spelled[at + 1 :]), []).append((word, entry))

    def pattern(self, pattern: str, key: str) -> None:
        if len(pattern.strip()) >= 2:
            self._patterns.setdefault(pattern, set()).add(key)

    def close(self) -> None:
        """To be called after the last label. A stripped form that is somebody's own name names nobody else."""
        for table in (self.bare, self.core, self.words):
            for key, entries in table.items():
                for own in (self.exact, self.lemma, self.bare):
                    if table is not own and len({entry[0] for entry in entries}) > 1 and key in own:
                        table[key] = entries = own[key]
        for pattern in sorted(self._patterns):
            keys = self._patterns[pattern]
            if len(keys) == 1:  # a form that two concepts share names neither
                self.automaton.add_word(pattern, (len(pattern), min(keys)))
        if not len(self.automaton):
            self.automaton.add_word(BREAK_ONLY, (1, ""))
        self.automaton.make_automaton()


BREAK_ONLY = "\x1e"
"""A pattern no text holds: an automaton must not be empty."""


def _grams(text: str, size: int) -> frozenset[str]:
    padded = f" {text} " if size > 2 else text
    return frozenset(padded[i : i + size] for i in range(max(1, len(padded) - size + 1))) if text else frozenset()


_LONG_WORD = 6


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter was changed, lost, added or swapped with its neighbour; digits never differ."""
    if one == other or abs(len(one) - len(other)) > 1 or any(c.isdigit() for c in one + other):
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[same:], other[same:]
    return left[1:] in (right, right[1:]) or left == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def _speaks(head: str, language: str) -> bool:
    """Whether a head is telling enough to stand without its complement: two words, or three Chinese characters."""
    return len(head) >= 3 if language == "zh" else " " in head


def load_concepts(path: Path, units: Mapping[str, Unit]) -> dict[str, Concept]:
    """Concepts of a SKOS file by key, in key order.

    Raises LexiconError (file, line, concept) for Turtle errors, a concept without preferred label in English, French or simplified
    Chinese, a label two concepts share, an unknown broader concept, unit or statistic, bounds that are no numbers or the wrong way round.
    """
    text = read_utf8(path)
    complain = _Complaint(path, text)
    facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    try:
        for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE):
            subject, predicate = quad.subject, quad.predicate.value
            if isinstance(subject, ox.NamedNode) and _CONCEPT in subject.value and isinstance(quad.object, ox.NamedNode | ox.Literal):
                name = predicate.removeprefix(_SKOS) if predicate.startswith(_SKOS) else predicate.rsplit("#", 1)[-1]
                facts.setdefault(subject.value.split(_CONCEPT, 1)[1], {}).setdefault(name, []).append(quad.object)
    except SyntaxError as error:
        raise LexiconError(
            f"not Turtle: {error.msg}", where=f"{path}, line {error.lineno}", remedy="correct that line and run the command again"
        ) from None
    concepts = {key: _concept(key, facts[key], complain) for key in sorted(facts)}
    owners: dict[tuple[str, str], str] = {}
    for concept in concepts.values():
        for key in concept.broader:
            if key not in concepts:
                raise complain.about(concept.key, f"skos:broader names {key!r}, which is no concept of this file")
        if concept.unit is not None and concept.unit not in units:
            raise complain.about(concept.key, f"dek:expectedUnit names {concept.unit!r}, which is no key of units.csv")
        for tag, label in dict.fromkeys((tag.lower(), label.casefold()) for tag, label in concept.labels):
            other = owners.setdefault((tag, label), concept.key)
            if other != concept.key:
                raise complain.about(concept.key, f"the label {label!r}@{TAGS.get(tag, tag)} already belongs to {other!r}")
    for key in concepts:
        seen = {key}
        above = list(concepts[key].broader)
        while above:
            nearest = above.pop()
            if nearest == key:
                raise complain.about(key, "the concept is broader than itself")
            if nearest not in seen:
                seen.add(nearest)
                above.extend(concepts[nearest].broader)
    return concepts


@dataclass(frozen=True, slots=True)
class _Complaint:
    path: Path
    text: str

    def about(self, key: str, what: str) -> LexiconError:
        """A LexiconError that names the file, the line where the concept begins, and the concept."""
        line = next(
            (
                number
                for number, line in enumerate(self.text.splitlines(), 1)
                if re.match(rf"(?:\w*:|<\S*/){re.escape(key)}>?(?:\s|$)", line)
            ),
            None,
        )
        where = f"{self.path}, line {line}, concept {key}" if line else f"{self.path}, concept {key}"
        return LexiconError(what, where=where, remedy="correct that concept and run the command again")


def _concept(key: str, facts: Mapping[str, list[ox.NamedNode | ox.Literal]], complain: _Complaint) -> Concept:
    texts: dict[str, list[tuple[str, str]]] = {}
    for name in ("prefLabel", "altLabel", "hiddenLabel", "definition"):
        for value in facts.get(name, ()):
            tag = value.language if isinstance(value, ox.Literal) else None
            if tag is None or tag.lower() not in TAGS or not value.value.strip():
                raise complain.about(
                    key, f"skos:{name} {value.value!r} needs a text and one of the language tags {', '.join(TAGS.values())}"
                )
            texts.setdefault(name, []).append((TAGS[tag.lower()], value.value.strip()))
    pref = dict(texts.get("prefLabel", ()))
    if len(pref) != len(texts.get("prefLabel", ())):
        raise complain.about(key, "two preferred labels in one language")
    for tag in REQUIRED:
        if tag not in pref:
            raise complain.about(key, f"no skos:prefLabel in {tag}")
    labels = [(tag, pref[tag]) for tag in sorted(pref)]
    labels += sorted({*texts.get("altLabel", ()), *texts.get("hiddenLabel", ())} - set(labels))
    bounds = {}
    for name in ("expectedMinimum", "expectedMaximum"):
        try:
            bounds[name] = next((Decimal(value.value) for value in facts.get(name, ())), None)
        except InvalidOperation:
            raise complain.about(key, f"dek:{name} is no number") from None
    minimum, maximum = bounds["expectedMinimum"], bounds["expectedMaximum"]
    if minimum is not None and maximum is not None and minimum > maximum:
        raise complain.about(key, f"dek:expectedMinimum {minimum} is above dek:expectedMaximum {maximum}")
    statistic = _reference(key, facts, "expectedStatistic", _STATISTIC, complain)
    if statistic is not None and statistic not in STATISTICS:
        raise complain.about(key, f"dek:expectedStatistic names {statistic!r}; known are {', '.join(STATISTICS)}")
    heading = bool(facts.get("topConceptOf"))
    broader = tuple(sorted(value.value.rsplit(_CONCEPT, 1)[-1] for value in facts.get("broader", ())))
    if not heading and not broader:
        raise complain.about(key, "neither skos:broader nor skos:topConceptOf says where it belongs")
    return Concept(
        key=key,
        pref=pref,
        labels=tuple(labels),
        broader=broader,
        unit=_reference(key, facts, "expectedUnit", _UNIT, complain),
        statistic=statistic,
        minimum=minimum,
        maximum=maximum,
        definition=dict(texts.get("definition", ())),
        heading=heading,
    )


def _reference(key: str, facts: Mapping[str, list[ox.NamedNode | ox.Literal]], name: str, kind: str, complain: _Complaint) -> str | None:
    values = facts.get(name, [])
    if len(values) > 1:
        raise complain.about(key, f"more than one dek:{name}")
    if not values:
        return None
    if not isinstance(values[0], ox.NamedNode) or kind not in values[0].value:
        raise complain.about(key, f"dek:{name} must be an IRI with {kind!r} in it")
    return values[0].value.split(kind, 1)[1]
