"""Ranges, lists with one unit, restatements in brackets, signs."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.grammar import Grammar

MIDDLE = 6
"""Characters between the two numbers of a range, at most."""
ROUND = (Decimal(1000), Decimal(100))
SMALL = 100
"""In *de 20 à 8,7 milliards* a first number below this has the scale of the second though it is greater."""
BRACKET = re.compile(r"[ ]*\([^()]{0,24}$")
MILLION = 10**6
NEARBY = 100
"""Characters between an amount and one that goes without its unit, at most."""
SENTENCE_END = re.compile(r"[.;!?](?:\s|$)|\n")
COMMA = re.compile(r"[ ]*[,，][ ]*$")


def join_ranges(grammar: Grammar, small: str, found: list[Candidate]) -> list[Candidate]:
    """*15 à 20 %*, *entre 15 et 20 %*, 30%至40%: one candidate with a lower and an upper value; not *passer de 52 % à 60 %*."""
    result: list[Candidate] = []
    for second in found:
        first = result[-1] if result else None
        if first is not None and _from_to(grammar, small, first, second):
            _share(first, second, SMALL)
            first.unit, first.measure_word, first.bare = second.unit, second.measure_word, second.bare
        elif first is not None and first.upper is None and second.upper is None and _is_range(grammar, small, first, second):
            _share(first, second)
            first.upper = second.value
            first.end = second.end
            first.unit, first.measure_word = second.unit, second.measure_word
            first.classifier, first.counts_next, first.bare = second.classifier, second.counts_next, second.bare
            first.flags.append("range")
            first.rule = "range"
            opening = _opening(grammar, small, first)
            if opening is not None:
                first.start = opening
            continue
        result.append(second)
    return result


def _from_to(grammar: Grammar, small: str, first: Candidate, second: Candidate) -> bool:
    """*passer de 8,7 à 20 millions de yuans*, 由5提高到8亿元: two values of two times that share a unit."""
    if first.unit or not (second.scaled or (second.unit and not second.bare)) or first.upper is not None or second.upper is not None:
        return False
    if small[first.end : second.start].strip(" ") not in grammar.cue("range-mid") or second.start - first.end > MIDDLE:
        return False
    return _changes(grammar, small, first)


def _is_range(grammar: Grammar, small: str, first: Candidate, second: Candidate) -> bool:
    between = small[first.end : second.start]
    if len(between) > MIDDLE or (not between.strip() and between):
        return False
    middle = between.strip(" ")
    joined = middle in grammar.cue("range-mid-and") and _opening(grammar, small, first, "range-open-and") is not None
    if not (joined or middle in grammar.cue("range-mid")):
        return False
    if first.comparator and not second.comparator and first.end != first.number_end:
        return False
    if second.bare and grammar.spaced is False and not first.unit:
        return False
    if first.unit and (first.unit, first.factor) != (second.unit, second.factor) and not (first.classifier and second.classifier):
        return False
    if first.unit and not first.bare:
        low, high = first.value, second.value
    else:
        low = (
            first.number * (first.scale if first.scaled else second.scale if first.number <= second.number else Decimal(1)) * second.factor
        )
        high = second.value
    if low >= high:
        return False
    return not _changes(grammar, small, first)


def _share(first: Candidate, second: Candidate, below: int = 0) -> None:
    """The unit and scale of the last item of a range or list hold for an earlier one that has none."""
    if not first.unit or first.bare:
        first.factor = second.factor
        if not first.scaled and second.scaled and (first.number <= second.number or first.number < below):
            first.scale = second.scale
        elif first.spelled and second.spelled and not first.scaled:
            round_part = next((part for part in ROUND if second.number >= part and second.number % part == 0), Decimal(1))
            if first.number < second.number / round_part:
                first.scale = round_part  # *cinq à six mille*
        if second.unit and (second.scaled or not second.bare):
            first.flags.append("shared_unit")


def _opening(grammar: Grammar, small: str, first: Candidate, kind: str = "range-open") -> int | None:
    """Where the word that opens a range before ``first`` begins, or None."""
    if not grammar.spaced:
        return None
    position = first.start
    while position and small[position - 1] == " ":
        position -= 1
    hit = grammar.cue(kind).ending(small, position, word=True)
    return hit[0] if hit else None


def _changes(grammar: Grammar, small: str, first: Candidate) -> bool:
    """*passé de 52 % à 60 %*, 由52%提升至60%: two values of two times, no range."""
    if grammar.spaced:
        opening = _opening(grammar, small, first)
        if opening is None:
            return False
        head = small[max(0, opening - 40) : opening].rstrip(" ")
        words = re.findall(r"\w+", re.split(r"[.;:!?()]", head)[-1])[-4:]
        return any(word in grammar.cue("change-from") for word in words)
    return grammar.cue("change-from").ending(small, first.start, word=False) is not None


def share_units(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """*47,6, 31,2 et 18,9 millions de yuans*, 3.2、2.1万元: bare numbers of a list take the unit and scale of its last item."""
    for index in range(len(found) - 2, -1, -1):
        item, after = found[index], found[index + 1]
        if not item.bare or item.unit or item.upper is not None or (after.bare and not after.flags.count("shared_unit")):
            continue
        if after.unit == "" or after.rule not in ("number", "list"):
            continue
        between = small[item.end : after.start]
        if len(between) > 8:
            continue
        separator = between.strip(" ")
        words = separator.replace(",", " ").split() if grammar.spaced else [separator]
        if len(words) > 1 and words[-1] in grammar.cue("link"):
            words.pop()  # *de 300 et de 250 milliards*: the preposition said again
        if not separator or not all(word in grammar.cue("list") for word in words):
            continue
        if separator == "," and grammar.spaced and not after.flags.count("shared_unit"):
            continue
        item.unit, item.factor, item.measure_word = after.unit, after.factor, after.measure_word
        if not item.scaled:
            item.scale = after.scale
        item.classifier, item.counts_next = after.classifier, False
        item.flags.append("shared_unit")
        item.rule, item.bare = "list", False


def share_scaled_units(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """*620 millions de yuans, dont 210 millions provenant de l'État*: millions without "de" and a noun are of the unit named before."""
    link = grammar.cue("link")
    if not grammar.spaced or not link:
        return
    for first, item in pairwise(found):
        amount = first.unit and not first.bare and grammar.kinds.get(first.unit) not in ("count", "ratio", "rank", "time")
        if item.unit or not item.scaled or item.scale < MILLION or not amount or item.start - first.end > NEARBY:
            continue
        between = small[first.end : item.start]
        after = item.end + 1 if small[item.end : item.end + 1] == " " else item.end
        if SENTENCE_END.search(between) or not between.strip() or link.starting(small, after, word=True) is not None:
            continue
        item.unit, item.factor, item.measure_word, item.bare = first.unit, first.factor, first.measure_word, False
        item.flags.append("shared_unit")


def tie_restatements(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """*5 milliards de yuans (environ 0,7 milliard d'euros)*: an amount in another currency right after one, in brackets or after a cue."""
    for first, second in pairwise(found):
        kinds = (grammar.kinds.get(first.unit), grammar.kinds.get(second.unit))
        if kinds != ("currency", "currency") or first.unit == second.unit:
            continue
        between = small[first.end : second.start]
        if len(between) > 40:
            continue
        cue = grammar.cue("restate").ending(small, len(small[: second.start].rstrip(" ")), word=grammar.spaced)
        if BRACKET.match(between) or (cue is not None and cue[0] >= first.end and COMMA.match(small[first.end : cue[0]] or ",")):
            second.restates = first.restates or first


def _joins(grammar: Grammar, before: str) -> bool:
    """Whether a hyphen after ``before`` joins it to the number (COVID-19), rather than being a minus sign (气温-5℃)."""
    return before.isalnum() and (grammar.spaced or before.isascii())


def set_signs(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """A verb or noun of decrease right before (下降1.2%, *en recul de 3,4 %*) or words right after make the value negative."""
    for item in found:
        if item.unit in ("rank",) or "implied" in item.flags:
            continue
        position = item.start
        while grammar.spaced and position and small[position - 1] == " ":
            position -= 1
        below = grammar.cue("minus").ending(small, position, word=grammar.spaced)
        if below is None and grammar.kinds[item.unit] == "temperature":
            below = grammar.cue("minus-degrees").ending(small, position, word=grammar.spaced)
        if below is not None:
            item.negative, item.start = True, below[0]
            continue
        hit = grammar.cue("decrease").ending(small, position, word=grammar.spaced)
        if hit is None and item.upper is not None:  # the *de* of *réduit de 30 à 50 %* opens the range too
            hit = grammar.cue("decrease").ending(small, len(small[: item.number_start].rstrip(" ")), word=grammar.spaced)
        if hit is None and grammar.spaced:
            after = item.end + 1 if small[item.end : item.end + 1] == " " else item.end
            hit = grammar.cue("decrease-after").starting(small, after, word=True)
        minus = small[item.start - 1 : item.start] == "-" and not _joins(grammar, small[max(0, item.start - 2) : item.start - 1])
        if hit is not None or minus:
            item.negative = True
            if grammar.kinds[item.unit] != "temperature":
                item.flags.append("decrease")
            if minus and hit is None:
                item.start -= 1


def count_occurrences(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """*Helped 900 times*: a whole number of times that compares nothing counts occurrences, and is no ratio."""
    if not grammar.cue("ratio-after"):
        return
    for item in found:
        if item.unit == "times" and item.rule == "number" and item.value == item.value.to_integral_value():
            after = item.end + 1 if small[item.end : item.end + 1] == " " else item.end
            if grammar.cue("ratio-after").starting(small, after, word=False) is None:
                item.unit = "person-time"
