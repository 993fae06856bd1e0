"""Phrases with a fixed reading: fractions, ratios, ranks, multiples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.grammar import Grammar, evaluate
from kg.extract.quantities.reader import read_after, read_before
from kg.lexicon.number_rules import Phrase

COLLECTIVE = "collective"


def find_phrases(grammar: Grammar, text: str, small: str, starts: Iterable[int]) -> Iterator[Candidate]:
    """A candidate for every phrase row that matches, overlapping ones included; ``starts`` is where numbers begin."""
    for row, match in grammar.phrases.find(small, starts):
        found = _read(grammar, text, small, row, match)
        if found is not None:
            yield found


def _read(grammar: Grammar, text: str, small: str, row: Phrase, match: re.Match[str]) -> Candidate | None:
    numbers: dict[int, Decimal] = {}
    cut = 0
    for index, group in enumerate(_numbers(match.groupdict(), match.groups()), start=1):
        reading = grammar.read_number(group)
        if reading is None:
            return None
        if reading[0].length != len(group):  # *multipliée par quatre et une part …*: the number ends before "et une"
            if not match.group().endswith(group):
                return None
            cut = len(group) - reading[0].length
        numbers[index] = reading[0].value
    value = evaluate(row.value, numbers)
    if value is None or (row.unit == "rank" and value != value.to_integral_value()):
        return None
    found = Candidate(
        start=match.start(),
        end=match.end() - cut,
        number_start=match.start(),
        number_end=match.end() - cut,
        number=value,
        unit=row.unit,
        comparator=row.comparator,
        rule=row.rule,
        flags=list(row.flags),
        spelled=not any(character.isdigit() and character.isascii() for character in match.group()),
    )
    qualifier = match.groupdict().get("q")
    if qualifier:
        known = grammar.before.get(qualifier.strip())
        found.comparator = known.comparator if known else found.comparator
    if row.rule == COLLECTIVE:
        found.unit = ""
        read_after(grammar, text, small, found, link=True)
        found.unit = found.unit or "count"
        found.counts_next = found.unit == "count" or found.classifier
    elif row.unit != "rank":
        closing = Candidate(found.start, found.end, found.start, found.end, Decimal(0))
        read_after(grammar, text, small, closing)
        if not closing.unit and not closing.scaled and closing.comparator:
            found.end, found.comparator = closing.end, closing.comparator
    if row.unit != "rank":
        read_before(grammar, small, found)
    return found


def _numbers(named: dict[str, str | None], groups: tuple[str | None, ...]) -> list[str]:
    qualifier = named.get("q")
    found = [group for group in groups if group is not None]
    if qualifier is not None:
        found.remove(qualifier)
    return found
