"""Numbers that state no quantity: by table (5G, 第三届, *18 juin*) and by form (years, codes, telephone numbers)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.grammar import Grammar

LONGEST = 80
"""Characters of a trap that are looked at; a longer one is a run of digits, which is no quantity anyway."""


class Traps:
    """Spans of one text that state no quantity."""

    def __init__(self, grammar: Grammar, small: str, starts: Iterable[int], blocked: Sequence[tuple[int, int]]) -> None:
        spans = list(grammar.literal_traps(small))
        spans += [match.span() for _, match in grammar.traps.find(small, starts)]
        self.spans = sorted({(start, min(end, start + LONGEST)) for start, end in spans})
        self.starts = [start for start, _ in self.spans]
        self.blocked = sorted(blocked)
        self.blocked_starts = [start for start, _ in self.blocked]
        self.blocked_ends = list(accumulate((end for _, end in self.blocked), max))

    def catches(self, found: Candidate) -> bool:
        """Whether a trap holds the number and is not itself wholly a part of what was read; or a blocked span touches the number."""
        before = bisect_left(self.blocked_starts, found.number_end)
        if before and self.blocked_ends[before - 1] > found.number_start:
            return True
        near = slice(bisect_left(self.starts, found.number_start - LONGEST), bisect_right(self.starts, found.number_start))
        for start, end in self.spans[near]:
            inside = found.start <= start and end <= found.end and end - start < found.end - found.start
            if found.number_start < end and not inside:
                return True
        return False


def is_year(found: Candidate) -> bool:
    """Four digits without separators that are a year of the last or this century."""
    length = found.number_end - found.number_start
    return length == 4 and not found.spelled and not found.scaled and 1900 <= found.number <= 2100


def glued(text: str, found: Candidate) -> bool:
    """Whether letters, digits or joining signs stand against the number so that it is part of a code (G318, COVID-19, 010-6536)."""
    before = text[found.number_start - 1 : found.number_start]
    if before and ((before.isascii() and before.isalnum()) or before in "_@#№\\"):
        return True
    if (
        before
        and before in "-/."
        and found.number_start >= 2
        and text[found.number_start - 2].isascii()
        and text[found.number_start - 2].isalnum()
    ):
        return True
    if found.unit or found.scaled:
        return False
    after = text[found.number_end : found.number_end + 1]
    if after and after.isascii() and (after.isalpha() or after in "_@\\"):
        return True
    follows = text[found.number_end + 1 : found.number_end + 2]
    return bool(after) and after in "-/" and follows.isascii() and follows.isalnum()
