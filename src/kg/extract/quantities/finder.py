"""Finds the quantities of a text: numbers, what stands next to them, traps out, ranges and lists joined."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.extract.mentions import QuantityMention
from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.combine import count_occurrences, join_ranges, set_signs, share_scaled_units, share_units, tie_restatements
from kg.extract.quantities.damage import doubt_amounts, mend_points
from kg.extract.quantities.fold import fold, lower
from kg.extract.quantities.grammar import Grammar, grammar
from kg.extract.quantities.phrases import find_phrases
from kg.extract.quantities.reader import number_end, read_after, read_before
from kg.extract.quantities.traps import Traps, glued, is_year
from kg.lexicon import Lexicon

WORD = re.compile(r"[ ]?((?:d'|l')?[^\W\d_]+)")
LAST_WORD = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?'?)[ ]?$")
PLURAL_LENGTH = 4
ROUND, LARGE = 100, 10_000
"""A Chinese number word without measure word is a count from ROUND on after a qualifier (近百), from LARGE on after 达 (达百万)."""
OPENING = tuple("“«《「『‘〈【")


def find_quantities(
    text: str, language: str, lexicon: Lexicon, *, blocked: Sequence[tuple[int, int]] = (), damaged: bool = False
) -> list[QuantityMention]:
    """Quantities of a clean text, in order, none overlapping another; ``blocked`` are spans (dates) that hold none.

    ``damaged`` allows readings of damage that have no sure sign in the text. A language without a number format gives an empty list.
    """
    if language not in lexicon.number_formats:
        return []
    rules = grammar(lexicon, language)
    folded = fold(text)
    small = lower(folded)
    numbers = [match.span() for match in rules.number.finditer(small)]
    starts = [start for start, _ in numbers]
    phrases = list(find_phrases(rules, folded, small, starts))
    traps = Traps(rules, small, starts, blocked)
    found = _choose([phrase for phrase in phrases if not traps.catches(phrase)], _numbers(rules, folded, small, numbers))
    mend_points(rules, small, found)
    found = [item for item in found if "phrase" in item.flags or not (traps.catches(item) or glued(folded, item))]
    found = [item for item in found if not (_dates(rules, folded, small, item) or _denominator(rules, small, item) or _title(small, item))]
    found = join_ranges(rules, small, found)
    share_units(rules, small, found)
    share_scaled_units(rules, small, found)
    found = [item for item in found if not item.bare or _counts(rules, folded, small, item)]
    if damaged:
        doubt_amounts(rules, small, found)
    count_occurrences(rules, small, found)
    set_signs(rules, small, found)
    tie_restatements(rules, small, found)
    for item in found:
        if "phrase" in item.flags:
            item.flags.remove("phrase")
    order = {id(item): index for index, item in enumerate(found)}
    return [item.mention(order) for item in found]


def _numbers(rules: Grammar, text: str, small: str, spans: Sequence[tuple[int, int]]) -> list[Candidate]:
    found: list[Candidate] = []
    reached = 0
    for start, end in spans:
        position = max(start, reached)
        while position < end:
            known = rules.read_number(small[position : number_end(rules, text, small, position, end)])
            if known is None:
                break
            reading, spelled, article = known
            item = Candidate(
                start=position,
                end=position + reading.length,
                number_start=position,
                number_end=position + reading.length,
                number=reading.value,
                spelled=spelled,
                article=article,
            )
            read_after(rules, text, small, item)
            if reading.upper is not None:
                item.upper = reading.upper * item.scale * item.factor
                item.flags.append("range")
            read_before(rules, small, item)
            item.bare = not item.unit
            if item.bare and item.article and item.scaled:
                item.article = False
            if item.unit:
                item.counts_next = item.classifier and rules.kinds[item.unit] == "count" and not (rules.spaced and item.unit != "count")
            found.append(item)
            reached = item.end
            if not (rules.spaced and spelled):
                break
            position += reading.length
            while position < end and small[position] in " -":
                position += 1
    return found


def _choose(phrases: list[Candidate], numbers: list[Candidate]) -> list[Candidate]:
    """Phrases, longest first, then the numbers that none of them touches; in order of text."""
    taken: list[Candidate] = []
    for phrase in sorted(phrases, key=lambda item: (item.start - item.end, item.start)):
        place = bisect_right(taken, phrase.start, key=lambda item: item.start)
        if (not place or taken[place - 1].end <= phrase.start) and (place == len(taken) or phrase.end <= taken[place].start):
            phrase.flags.append("phrase")
            taken.insert(place, phrase)
    result, index = list(taken), 0
    for number in numbers:
        while index < len(taken) and taken[index].end <= number.number_start:
            index += 1
        if index < len(taken) and taken[index].start < number.number_end:
            continue
        if index < len(taken) and number.end > taken[index].start:
            number.end = number.number_end
        result.append(number)
    result.sort(key=lambda item: (item.start, item.end))
    return result


def _counts(rules: Grammar, text: str, small: str, item: Candidate) -> bool:
    """Whether a number without unit states a quantity; sets what it is then."""
    if item.article and not item.scaled:
        return False
    if rules.spaced:
        return _counts_spaced(rules, text, small, item)
    return _counts_unspaced(rules, small, item)


def _dates(rules: Grammar, text: str, small: str, item: Candidate) -> bool:
    """Whether the number is a year: four digits that nothing makes a count."""
    if not is_year(item) or item.comparator:
        return False
    if not rules.spaced:
        return not item.unit or item.unit == "a"
    if item.unit:
        return False
    following, previous = _neighbours(small, item)
    plural = len(following) >= PLURAL_LENGTH and following[-1] in "sx" and following not in rules.cue("function")
    return not plural or previous in rules.cue("year-before")


def _neighbours(small: str, item: Candidate) -> tuple[str, str]:
    """The word after and the word before."""
    after = WORD.match(small, item.end)
    before = LAST_WORD.search(small, max(0, item.start - 30), item.start)
    return after.group(1) if after else "", before.group(1) if before else ""


def _title(small: str, item: Candidate) -> bool:
    """A number word right after an opening quotation mark begins a name: “三个课堂”, « Deux centres »."""
    return item.spelled and item.start > 0 and small[max(0, item.start - 2) : item.start].rstrip(" ")[-1:] in OPENING


def _denominator(rules: Grammar, small: str, item: Candidate) -> bool:
    """*pour 10 000 habitants*, *per 100 people*: what a rate is counted against."""
    if not rules.spaced or item.comparator or item.number < 10 or not _power_of_ten(item):
        return False
    return _neighbours(small, item)[1] in rules.cue("denominator") and (not item.unit or rules.kinds[item.unit] == "count")


def _counts_spaced(rules: Grammar, text: str, small: str, item: Candidate) -> bool:
    following, _ = _neighbours(small, item)
    written = text[item.number_start : item.number_end]
    if written[0] == "0" and len(written) > 1 and written[1].isdigit():
        return False
    item.unit = "one" if item.value != item.value.to_integral_value() else "count"
    item.counts_next = bool(following)
    return True


def _counts_unspaced(rules: Grammar, small: str, item: Candidate) -> bool:
    follows = small[item.end : item.end + 1]
    reached = rules.cue("reaches").ending(small, item.start, word=False)
    large = item.scaled or not item.spelled or item.number >= ROUND
    whole = item.value == item.value.to_integral_value()
    if (item.comparator and large and whole) or (item.scaled and not item.spelled) or (reached and item.value >= LARGE):
        item.unit = "count"
    elif not item.spelled and not whole:
        item.unit = "one"
    else:
        return False
    item.counts_next = bool(follows) and follows.isalpha()
    return True


def _power_of_ten(item: Candidate) -> bool:
    number = item.value
    while number > 1 and number % 10 == 0:
        number /= 10
    return number == 1
