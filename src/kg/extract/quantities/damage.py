"""Readings of numbers that were damaged on the way: a lost decimal point, a lost scale word. Never changed silently."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.grammar import Grammar

GAP = re.compile(r"\d{1,4} $")
DOUBT = 0.5
PLAUSIBLE = 1000
NEAR = 10


def mend_points(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """``7 35万``: a space between digits that groups no thousands, before a scale word, was a decimal point; the other reading stays."""
    if grammar.spaced:
        return
    for item in found:
        if not item.scaled or item.spelled or item.number != item.number.to_integral_value():
            continue
        gap = GAP.search(small, max(0, item.number_start - 5), item.number_start)
        if gap is None or (gap.start() and small[gap.start() - 1].isdigit()) or small[gap.start() - 1 : gap.start()] in (".", ","):
            continue
        whole, rest = gap.group().strip(), small[item.number_start : item.number_end]
        if len(rest) == 3 and len(whole) <= 3:
            continue
        item.probable = Decimal(whole + rest) * item.scale * item.factor
        item.number = Decimal(f"{whole}.{rest}")
        item.start = item.number_start = gap.start()
        item.confidence = min(item.confidence, DOUBT)
        item.rule = "lost-decimal-point"
        item.flags.append("lost_decimal_point")


def doubt_amounts(grammar: Grammar, small: str, found: list[Candidate]) -> None:
    """``投资6元`` in a damaged text: an amount far too small for what it is said of; kept as written, with a candidate 亿 times as much."""
    if grammar.spaced:
        return
    for item in found:
        if grammar.kinds.get(item.unit) != "currency" or item.scaled or item.value >= PLAUSIBLE or item.spelled or "/" in item.measure_word:
            continue
        head = re.split(r"[，,。；;]", small[max(0, item.start - NEAR) : item.start])[-1]
        if not any(cue in head for cue in grammar.cue("implausible")) or any(cue in head for cue in grammar.cue("per-head")):
            continue
        item.probable = item.value * 100_000_000
        item.confidence = min(item.confidence, DOUBT)
        item.flags += ["lost_unit", "implausible"]
        item.rule = "lost-unit"
