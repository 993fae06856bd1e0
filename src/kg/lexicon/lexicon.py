"""The lexicon: every table that extraction and the graph read, loaded once from one folder of data files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from kg.lexicon.comparators import Comparator, load_comparators
from kg.lexicon.cues import StatisticCues, StatusCues, load_statistic_cues, load_status_cues
from kg.lexicon.entity_words import EntityWords, load_entity_words
from kg.lexicon.gazetteer import Gazetteer
from kg.lexicon.indicators import Indicators
from kg.lexicon.name_patterns import load_name_patterns
from kg.lexicon.number_rules import Cue, Phrase, Trap, load_cues, load_phrases, load_traps
from kg.lexicon.numerals import NumberFormat, Numeral, Scale, load_formats, load_numerals, load_scales
from kg.lexicon.period_patterns import PeriodLexicon, load_periods
from kg.lexicon.phrase_words import PhraseWords, load_phrase_words
from kg.lexicon.place_names import PlaceNames
from kg.lexicon.place_words import PlaceWords, load_place_words
from kg.lexicon.relation_cues import RelationCue, load_relation_cues
from kg.lexicon.resolution_cues import ResolutionCues, load_resolution_cues
from kg.lexicon.unit_forms import UnitForm, load_unit_forms
from kg.lexicon.units import Unit, load_units

DATA = Path(__file__).parent / "data"


class Lexicon:
    """All tables of one folder (default: the shipped ones). Tables load on first use; each raises LexiconError naming file and row."""

    def __init__(self, directory: Path = DATA) -> None:
        self.directory = directory

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by key."""
        return load_units(self.directory)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Known places."""
        return Gazetteer(self.directory)

    @cached_property
    def indicators(self) -> Indicators:
        """Known indicators: the concepts of ``indicators.ttl`` and the look-up of names among them."""
        return Indicators(self.directory, self.units, self.gazetteer)

    @cached_property
    def status_cues(self) -> dict[str, StatusCues]:
        """Cues of status by language."""
        return load_status_cues(self.directory)

    @cached_property
    def statistic_cues(self) -> dict[str, StatisticCues]:
        """Cues of the kind of statistic by language."""
        return load_statistic_cues(self.directory)

    @cached_property
    def phrase_words(self) -> PhraseWords:
        """Words that steer attachment, by language and role."""
        return load_phrase_words(self.directory)

    @cached_property
    def periods(self) -> PeriodLexicon:
        """Forms of time expressions by language, and festival dates."""
        return load_periods(self.directory)

    @cached_property
    def number_formats(self) -> dict[str, NumberFormat]:
        """How numbers are written, by language."""
        return load_formats(self.directory)

    @cached_property
    def numerals(self) -> tuple[Numeral, ...]:
        """Number words."""
        return load_numerals(self.directory)

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """Words that multiply a number (million, 亿)."""
        return load_scales(self.directory)

    @cached_property
    def unit_forms(self) -> tuple[UnitForm, ...]:
        """Units and measure words as written."""
        return load_unit_forms(self.directory, self.units)

    @cached_property
    def comparators(self) -> tuple[Comparator, ...]:
        """Qualifiers of numbers."""
        return load_comparators(self.directory)

    @cached_property
    def number_phrases(self) -> tuple[Phrase, ...]:
        """Fractions, ranks, ratios and multiples with a fixed reading."""
        return load_phrases(self.directory, self.units)

    @cached_property
    def number_cues(self) -> tuple[Cue, ...]:
        """Words around numbers that say how to read them."""
        return load_cues(self.directory)

    @cached_property
    def number_traps(self) -> tuple[Trap, ...]:
        """Forms that hold a number but state no quantity."""
        return load_traps(self.directory)

    @cached_property
    def entity_words(self) -> EntityWords:
        """Known entities, head words of names, cues and persons' names."""
        return load_entity_words(self.directory)

    @cached_property
    def relation_cues(self) -> Mapping[tuple[str, str], tuple[RelationCue, ...]]:
        """Words that state relations, by language and form."""
        return load_relation_cues(self.directory)

    @cached_property
    def place_names(self) -> PlaceNames:
        """All known places and the automata that find their names."""
        return PlaceNames(self.directory, self.gazetteer)

    @cached_property
    def place_words(self) -> dict[str, PlaceWords]:
        """Class words, collective forms and surroundings of places, by language."""
        return load_place_words(self.directory)

    @cached_property
    def name_patterns(self) -> Mapping[tuple[str, str], re.Pattern[str]]:
        """Forms around named things that hold words of a language, by language and name."""
        return load_name_patterns(self.directory)

    @cached_property
    def resolution_cues(self) -> ResolutionCues:
        """Cues that decide which time and place a figure takes."""
        return load_resolution_cues(self.directory)


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with DEK."""
    return Lexicon()
