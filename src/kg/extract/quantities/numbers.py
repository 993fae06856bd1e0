"""Digits and number words to decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.lexicon.numerals import NumberFormat, Numeral

MOST_DIGITS = 15
"""A longer run of digits is a number of a document, a telephone or a licence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number says, how many characters (digits) or words it takes, and the upper end where it names two (三四百)."""

    value: Decimal
    length: int
    upper: Decimal | None = None


def digits_pattern(form: NumberFormat) -> str:
    """A pattern without groups for a number in digits."""
    marks = "".join(re.escape(mark) for mark in form.thousands)
    return rf"(?:[0-9]{{1,3}}(?:[{marks}][0-9]{{3}})++(?![0-9])(?:{re.escape(form.decimal)}[0-9]++)?|[0-9]++(?:[.,][0-9]++)?)"


def read_digits(text: str, form: NumberFormat) -> Decimal | None:
    """The value of a number in digits, or None if it is too long to be a quantity."""
    bare = text.replace(" ", "")
    other = "." if form.decimal == "," else ","
    if sum(character.isdigit() for character in bare) > MOST_DIGITS:
        return None
    groups = bare.split(other)
    if len(groups) > 1:
        grouped = 1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(group.split(form.decimal)[0]) == 3 for group in groups[1:])
        bare = "".join(groups) if grouped and other in form.thousands else bare.replace(other, ".")
    bare = bare.replace(form.decimal, ".")
    if bare.count(".") > 1:
        return None
    return Decimal(bare)


def read_additive(words: Sequence[str], numerals: Mapping[str, Numeral]) -> Reading:
    """The longest beginning of ``words`` that is one number: *deux mille trois cents*, *vingt et un*, *ninety-six*.

    Values add up while each fits into the zeros of the last; a multiplier below 1000 multiplies what stands since the last thousand.
    """
    total, current, length, pending = Decimal(0), Decimal(0), 0, 0
    multiplied = False
    for index, word in enumerate(words):
        numeral = numerals[word]
        if numeral.kind == "join":
            pending = 1
            continue
        if numeral.kind == "times":
            if pending or (numeral.value >= 1000 and multiplied) or (numeral.value < 1000 and current >= 100):
                break
            if numeral.value >= 1000:
                total, current, multiplied = max(current, Decimal(1)) * numeral.value, Decimal(0), True
            else:
                current = max(current, Decimal(1)) * numeral.value
        else:
            rest = current % 100
            room = rest == 0 or (rest in (60, 80) and 10 <= numeral.value < 20) or (rest % 10 == 0 and rest >= 20 and numeral.value < 10)
            if numeral.value >= 100 or not room or (pending and not (current or total)):
                break
            if pending and not (rest >= 20 and numeral.value in (1, 11)) and not (current >= 100 and rest == 0):
                break
            current += numeral.value
        pending = 0
        length = index + 1
    return Reading(total + current, length)


def read_positional(text: str, numerals: Mapping[str, Numeral]) -> Reading | None:
    """The value of number characters: 三千二百, 一万二, 两百零五, 八点二五万, 三四百 (with an upper end).

    None for a string of digits (二〇二三), which is a year or a code.
    """
    whole, point, decimals = text, -1, ""
    for index, character in enumerate(text):
        if numerals[character].kind == "point":
            point = index
            break
    scale = Decimal(1)
    if point >= 0:
        whole, rest = text[:point], text[point + 1 :]
        cut = len(rest)
        while cut and numerals[rest[cut - 1]].kind == "times":
            cut -= 1
            scale *= numerals[rest[cut]].value
        decimals = "".join(str(numerals[character].value) for character in rest[:cut])
    section = amount = digit = Decimal(0)
    upper_digit: Decimal | None = None
    total, last, zero, plain = Decimal(0), Decimal(1), False, 0
    upper_total: Decimal | None = None
    for character in whole:
        numeral = numerals[character]
        if numeral.kind in ("digit", "article"):
            if numeral.value == 0:
                zero, plain = True, plain + 1
                continue
            if plain and not zero:
                if upper_digit is not None or not (numeral.value == digit + 1 or (digit == 3 and numeral.value == 5)):
                    return None
                upper_digit = numeral.value
                continue
            digit, plain = numeral.value, 1
            continue
        if numeral.kind != "times":
            return None
        factor = numeral.value
        if factor < 10000:
            if not digit and plain:
                return None
            section += (digit or Decimal(1)) * factor
            if upper_digit is not None:
                upper_total = total + section - digit * factor + upper_digit * factor
        else:
            amount = section + digit
            if upper_digit is not None:
                upper_total = (section + upper_digit) * factor
            if total and total < factor:
                total = (total + amount) * factor
            else:
                total += (amount or Decimal(1)) * factor
            section = Decimal(0)
        digit, upper_digit, plain, last, zero = Decimal(0), None, 0, factor, False
    if digit:
        colloquial = last >= 100 and not zero and upper_digit is None
        low = digit * (last / 10 if colloquial else 1)
        if upper_digit is not None:
            upper_total = total + section + upper_digit
        total += low
    value = total + section
    if len(whole) > 2 and last == 1 and value < 10:
        return None
    if whole and all(numerals[character].kind in ("digit", "article") for character in whole) and (zero and len(whole) > 1):
        return None
    if decimals:
        value += Decimal("0." + decimals)
    return Reading(value * scale, len(text), upper_total * scale if upper_total is not None else None)
