"""Reads one number and what stands next to it: scale, qualifiers, unit or measure word."""

from __future__ import annotations

from decimal import Decimal

from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.grammar import Grammar
from kg.lexicon.unit_forms import UnitForm

RATE_SIGNS = "/·"
ONE_IS_ENOUGH = {"currency", "ratio", "length", "area", "mass", "energy", "power", "volume", "information", "data rate"}
"""Kinds of unit before which the word for one is a number; before others (一个, *une année*) it is an article."""


def number_end(grammar: Grammar, text: str, small: str, start: int, end: int) -> int:
    """Where a number in words that was matched as ``start``..``end`` ends: before 千 in 百亿千瓦时, as 千瓦时 is a unit."""
    if grammar.spaced or end - start < 2 or small[start].isascii():
        return end
    unit = _longest(grammar, text, small, end - 1)
    return end - 1 if unit is not None and unit[0] > end else end


def read_after(grammar: Grammar, text: str, small: str, found: Candidate, *, link: bool = False) -> None:
    """Extends ``found`` over inner qualifiers, scale words, unit and final qualifier; ``link``: *de* may come before the unit."""
    position = found.number_end
    position = _inner(grammar, small, found, position)
    scale_at = position + 1 if grammar.spaced and small[position : position + 1] == " " else position
    if link and grammar.spaced:
        scale_at = _past_link(grammar, small, scale_at)
    scale = grammar.scales.starting(small, scale_at, word=grammar.spaced)
    if scale and _scale_ok(grammar, small, scale_at, scale[0]):
        position, factor = scale
        found.scale, found.scaled = factor, True
        position = _inner(grammar, small, found, position)
        second = position + 1 if grammar.spaced and small[position : position + 1] == " " else position
        if link and grammar.spaced:
            second = _past_link(grammar, small, second)
        again = grammar.scales.starting(small, second, word=grammar.spaced)
        if again and grammar.spaced:
            position, factor = again
            found.scale *= factor
        half = _half(grammar, small, position)
        if half:
            found.number += Decimal("0.5")
            position = half
    found.end = position
    form_end = _unit(grammar, text, small, found, position, link=link or found.scaled)
    found.end = form_end
    if found.unit and (half := _half(grammar, small, form_end)) and grammar.kinds[found.unit] in ("time", "ratio"):
        found.number += Decimal("0.5")
        found.end = half
    _rate(grammar, text, small, found)
    _closing(grammar, small, found)


def read_before(grammar: Grammar, small: str, found: Candidate) -> None:
    """Extends ``found`` over a qualifier in front of it; one inside the number or after it holds where none stands in front."""
    position = found.start
    while grammar.spaced and position and small[position - 1] == " ":
        position -= 1
    hit = grammar.before.ending(small, position, word=grammar.spaced)
    if hit and hit[1].comparator:
        found.start = hit[0]
        if hit[1].comparator == "about" and found.comparator:
            return
        found.comparator = hit[1].comparator


def _inner(grammar: Grammar, small: str, found: Candidate, position: int) -> int:
    hit = grammar.inside.starting(small, position, word=False)
    if hit and not grammar.spaced:
        found.comparator = hit[1].comparator
        if found.spelled and hit[1].form == "几":
            found.flags.append("vague")
        return hit[0]
    return position


def _scale_ok(grammar: Grammar, small: str, start: int, end: int) -> bool:
    """千瓦, 百分点, 万里 … : a scale word that begins a unit is the unit's where the whole is a unit form and the rest is none."""
    if grammar.spaced:
        return True
    unit = grammar.units.starting(small, start, word=False)
    if unit is None or unit[0] <= end:
        return True
    rest = grammar.units.starting(small, end, word=False)
    return rest is not None and rest[0] > unit[0]


def _past_link(grammar: Grammar, small: str, position: int) -> int:
    link = grammar.cue("link").starting(small, position, word=False)
    if link is None:
        return position
    if small[link[0] - 1] == "'":
        return link[0]
    return link[0] + 1 if small[link[0] : link[0] + 1] == " " else position


def _half(grammar: Grammar, small: str, position: int) -> int | None:
    at = position + 1 if grammar.spaced and small[position : position + 1] == " " else position
    hit = grammar.cue("half").starting(small, at, word=grammar.spaced)
    return hit[0] if hit else None


def _unit(grammar: Grammar, text: str, small: str, found: Candidate, position: int, *, link: bool) -> int:
    at = position + 1 if grammar.spaced and small[position : position + 1] == " " else position
    if link and grammar.spaced:
        at = _past_link(grammar, small, at)
    halved = grammar.cue("half-before-unit").starting(small, at, word=False)
    if halved:
        timed = _longest(grammar, text, small, halved[0])
        if timed and grammar.kinds[timed[1].unit] == "time":
            found.number += Decimal("0.5")
            at = halved[0]
    hit = _longest(grammar, text, small, at)
    if hit is None:
        return position
    end, form = hit
    if form.digits_only and found.spelled and not found.scaled:
        return position
    if found.article and (form.classifier or grammar.kinds[form.unit] not in ONE_IS_ENOUGH):
        return position
    found.unit, found.factor, found.classifier = form.unit, form.factor, form.classifier
    found.measure_word = text[at:end]
    return end if form.inside else position


def _longest(grammar: Grammar, text: str, small: str, at: int) -> tuple[int, UnitForm] | None:
    # an abbreviation (MW, GB) ends where letters end, in an unspaced language too
    exact = grammar.exact_units.starting(text, at, word=grammar.spaced)
    if exact and not grammar.spaced and text[exact[0] - 1].isascii() and text[exact[0] - 1].isalpha():
        following = text[exact[0] : exact[0] + 1]
        if following.isascii() and following.isalnum():
            exact = None
    word = grammar.units.starting(small, at, word=grammar.spaced)
    if exact and word:
        return exact if exact[0] >= word[0] else word
    return exact or word


def _rate(grammar: Grammar, text: str, small: str, found: Candidate) -> None:
    """元/人, 部/百人, GB/户/月, *yuans par habitant*: the value is in the unit of the numerator, the rate stays in the measure word."""
    if not found.unit:
        return
    position = found.end
    if grammar.spaced:
        hit = grammar.cue("rate").starting(small, position + 1, word=True) if small[position : position + 1] == " " else None
        if hit:
            found.end = hit[0]
            found.measure_word += text[position : hit[0]]
        return
    while text[position : position + 1] in RATE_SIGNS and text[position : position + 1]:
        scale = grammar.scales.starting(small, position + 1, word=False)
        below = scale[0] if scale else position + 1
        unit = _longest(grammar, text, small, below) or grammar.cue("rate-unit").starting(small, below, word=False)
        if unit is None:
            break
        position = unit[0]
    if position > found.end:
        found.measure_word += text[found.end : position]
        found.end = position


def _closing(grammar: Grammar, small: str, found: Candidate) -> None:
    position = found.end
    at = position + 1 if grammar.spaced and small[position : position + 1] == " " else position
    hit = grammar.after.starting(small, at, word=grammar.spaced)
    if hit is None:
        return
    if grammar.spaced and small[hit[0] : hit[0] + 1].isalnum():
        return
    found.end = hit[0]
    if not found.comparator or found.comparator == "about":
        found.comparator = hit[1].comparator
