"""The tables of one language compiled for matching: dictionaries for words next to numbers, patterns for numbers and templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Generic, TypeVar

import ahocorasick

from kg.extract.quantities.fold import fold
from kg.extract.quantities.numbers import Reading, digits_pattern, read_additive, read_digits, read_positional
from kg.lexicon import Lexicon
from kg.lexicon.comparators import Comparator
from kg.lexicon.number_rules import Phrase
from kg.lexicon.numerals import Numeral
from kg.lexicon.templates import beginnings, expand, is_template, to_pattern
from kg.lexicon.unit_forms import ANY, UnitForm

T = TypeVar("T")
UNGROUP = re.compile(r"(?<!\\)\((?:\?P<\w+>|(?!\?))")
MOST_WORDS = 11
"""Words of one number after the first."""


class Forms(dict[str, T]):
    """Values by literal form; finds the longest form that begins or ends at a position."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        super().__init__()
        for form, value in pairs:
            self.setdefault(form, value)
        self.lengths_from: dict[str, tuple[int, ...]] = self._lengths(0)
        self.lengths_to: dict[str, tuple[int, ...]] = self._lengths(-1)

    def _lengths(self, end: int) -> dict[str, tuple[int, ...]]:
        lengths: dict[str, set[int]] = {}
        for form in self:
            lengths.setdefault(form[end], set()).add(len(form))
        return {character: tuple(sorted(found, reverse=True)) for character, found in lengths.items()}

    def starting(self, text: str, position: int, *, word: bool) -> tuple[int, T] | None:
        """(end, value) of the longest form at ``position``; with ``word``, only where no letter or digit follows."""
        if position >= len(text):
            return None
        for length in self.lengths_from.get(text[position], ()):
            end = position + length
            value = self.get(text[position:end]) if end <= len(text) else None
            if value is not None and not (word and text[end - 1].isalnum() and end < len(text) and text[end].isalnum()):
                return end, value
        return None

    def ending(self, text: str, position: int, *, word: bool) -> tuple[int, T] | None:
        """(start, value) of the longest form that ends at ``position``; with ``word``, only where no letter or digit stands before."""
        if position <= 0:
            return None
        for length in self.lengths_to.get(text[position - 1], ()):
            start = position - length
            if start < 0:
                continue
            value = self.get(text[start:position])
            if value is not None and not (word and text[start].isalnum() and start and text[start - 1].isalnum()):
                return start, value
        return None


class Spotter(Generic[T]):
    """Templates of one language with a value each, sorted by how they begin so that most positions of a text cost one look."""

    def __init__(self, rows: Iterable[tuple[str, T]], number: str, qualifier: str = "", *, spaced: bool) -> None:
        self.at_number: list[tuple[re.Pattern[str], T]] = []
        self.elsewhere: list[tuple[re.Pattern[str], T]] = []
        sources: tuple[list[str], list[str]] = ([], [])
        first: set[str] = set()
        for form, value in rows:
            source = to_pattern(form, number, qualifier, spaced=spaced)
            begins = beginnings(form)
            leads = begins <= {"@", "#"}
            (self.at_number if leads else self.elsewhere).append((re.compile(source), value))
            sources[not leads].append(UNGROUP.sub("(?:", source))
            if not leads:
                first |= begins - {"@", "#"} | (set("0123456789") if begins & {"@", "#"} else set())
        self.glance = re.compile("|".join(sources[0])) if sources[0] else None
        scan = "(?=[" + "".join(re.escape(character) for character in sorted(first)) + "])(?=" + "|".join(sources[1]) + ")"
        self.scan = re.compile((r"(?<!\w)" if spaced and all(map(str.isalnum, first)) else "") + scan) if sources[1] else None

    def find(self, text: str, numbers: Iterable[int]) -> Iterator[tuple[T, re.Match[str]]]:
        """Every match of every template; ``numbers`` are the positions at which numbers begin."""
        if self.glance is not None:
            for start in numbers:
                if self.glance.match(text, start):
                    yield from self._each(self.at_number, text, start)
        if self.scan is not None:
            for spot in self.scan.finditer(text):
                yield from self._each(self.elsewhere, text, spot.start())

    @staticmethod
    def _each(templates: list[tuple[re.Pattern[str], T]], text: str, start: int) -> Iterator[tuple[T, re.Match[str]]]:
        for pattern, value in templates:
            match = pattern.match(text, start)
            if match:
                yield value, match


class Grammar:
    """Everything :func:`kg.extract.quantities.find_quantities` asks of the tables, for one language."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.language = language
        self.format = lexicon.number_formats[language]
        self.spaced = self.format.spaced
        self.numerals: dict[str, Numeral] = {row.form: row for row in lexicon.numerals if row.language == language}
        self.scales = Forms((row.form.lower(), row.factor) for row in lexicon.scales if row.language == language)
        here = [row for row in lexicon.unit_forms if row.language in (language, ANY)]
        here.sort(key=lambda row: row.language == ANY)
        self.exact_units: Forms[UnitForm] = Forms((fold(row.form), row) for row in here if row.exact)
        self.units: Forms[UnitForm] = Forms((fold(row.form.lower()), row) for row in here if not row.exact)
        comparators = [row for row in lexicon.comparators if row.language == language]
        self.before = _by_position(comparators, "before", "never")
        self.inside = _by_position(comparators, "inside")
        self.after = _by_position(comparators, "after")
        self.cues: dict[str, Forms[str]] = {}
        for cue in lexicon.number_cues:
            if cue.language == language and cue.form:
                self.cues.setdefault(cue.kind, Forms(())).update({fold(cue.form.lower()): cue.form})
        self.cues = {kind: Forms((form, form) for form in forms) for kind, forms in self.cues.items()}
        self.kinds = {key: unit.kind for key, unit in lexicon.units.items()}
        self.word = self._word_pattern()
        self.number = re.compile(f"(?:{digits_pattern(self.format)})|{self.word}")
        self.number_source = f"(?:{digits_pattern(self.format)}|{self.word})"
        self.phrases = self._phrases(lexicon)
        self._traps(lexicon)

    def cue(self, kind: str) -> Forms[str]:
        """The forms of one kind of cue (none if the language has none)."""
        return self.cues.get(kind) or Forms(())

    def _word_pattern(self) -> str:
        if self.format.system == "positional":
            point = "".join(form for form, row in self.numerals.items() if row.kind == "point")
            number = "".join(form for form, row in self.numerals.items() if row.kind in ("digit", "times", "article"))
            return f"(?<![{number}])[{number}]++(?:[{point}][{number}]++)?"
        words = sorted((form for form in self.numerals), key=len, reverse=True)
        starters = "|".join(re.escape(form) for form in words if self.numerals[form].kind != "join")
        every = "|".join(re.escape(form) for form in words)
        return rf"(?<!\w)(?:{starters})(?:[ -](?:{every})(?!\w)){{0,{MOST_WORDS}}}+(?!\w)"

    def read_number(self, text: str) -> tuple[Reading, bool, bool] | None:
        """(reading, in words, article only) of a text that matched :attr:`number`; None if it is no quantity."""
        if text[0].isdigit() and text[0].isascii():
            value = read_digits(text, self.format)
            return None if value is None else (Reading(value, len(text)), False, False)
        if self.format.system == "positional":
            reading = read_positional(text, self.numerals)
            return None if reading is None else (reading, True, self.numerals[text].kind == "article" if text in self.numerals else False)
        words, ends, position = [], [], 0
        splitter = self._splitter
        while position < len(text):
            found = splitter.match(text, position)
            if not found:
                break
            words.append(found.group())
            ends.append(found.end())
            position = found.end() + 1
        reading = read_additive(words, self.numerals)
        if not reading.length:
            return None
        article = reading.length == 1 and self.numerals[words[0]].kind in ("article", "scale-article")
        return Reading(reading.value, ends[reading.length - 1]), True, article

    @property
    def _splitter(self) -> re.Pattern[str]:
        return _splitter(tuple(self.numerals))

    def _phrases(self, lexicon: Lexicon) -> Spotter[Phrase]:
        forms = "|".join(re.escape(form) for form in sorted(self.before, key=len, reverse=True))
        qualifier = f"(?:{forms})" + (" ?" if self.spaced else "")
        rows = ((fold(row.form.lower()), row) for row in lexicon.number_phrases if row.language in (self.language, ANY))
        return Spotter(rows, self.number_source, qualifier, spaced=self.spaced)

    def _traps(self, lexicon: Lexicon) -> None:
        rows = [row for row in lexicon.number_traps if row.language in (self.language, ANY)]
        templates = ((fold(row.form.lower()), row) for row in rows if is_template(row.form))
        self.traps = Spotter(templates, self.number_source, spaced=self.spaced)
        self.trap_words = ahocorasick.Automaton()
        for row in rows:
            if not is_template(row.form):
                for word in expand(fold(row.form.lower())):
                    self.trap_words.add_word(word, len(word))
        if len(self.trap_words):
            self.trap_words.make_automaton()

    def literal_traps(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of literal traps in lower-case text."""
        if not len(self.trap_words):
            return
        for last, length in self.trap_words.iter(text):
            start, end = last + 1 - length, last + 1
            if self.spaced and (
                (start and text[start - 1].isalnum() and text[start].isalnum())
                or (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())
            ):
                continue
            yield start, end


@lru_cache(maxsize=32)
def _splitter(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) + r")(?!\w)")


def _by_position(rows: Iterable[Comparator], *positions: str) -> Forms[Comparator]:
    return Forms((fold(row.form.lower()), row) for row in rows if row.position in positions)


FACTOR = re.compile(r"([*/+])?(@\d|\d+(?:\.\d+)?)")


def evaluate(expression: str, numbers: Mapping[int, Decimal]) -> Decimal | None:
    """A phrase's value: numbers and ``@1``, ``@2`` joined by ``*``, ``/`` and ``+`` from left to right; None on division by zero."""
    result = Decimal(0)
    for operator, operand in FACTOR.findall(expression):
        number = numbers[int(operand[1:])] if operand[0] == "@" else Decimal(operand)
        if operator == "*":
            result *= number
        elif operator == "/":
            if not number:
                return None
            result /= number
        else:
            result += number
    return result


@lru_cache(maxsize=16)
def grammar(lexicon: Lexicon, language: str) -> Grammar:
    """The compiled grammar, made once for each lexicon and language. Raises KeyError for a language without a number format."""
    return Grammar(lexicon, language)
