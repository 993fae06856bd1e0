"""Numbers that state no quantity: by table (5G, 第三届, *18 juin*) and by form (years, codes, telephone numbers)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kg.extract.quantities.candidate import Candidate
from kg.extract.quantities.grammar import Grammar


class Traps:
    """Spans of one text that state no quantity."""

    def __init__(self, grammar: Grammar, small: str, starts: Iterable[int], blocked: Sequence[tuple[int, int]]) -> None:
        spans = list(grammar.literal_traps(small))
        spans += [match.span() for _, match in grammar.traps.find(small, starts)]
        self.spans = sorted(set(spans))
        self.starts = [start for start, _ in self.spans]
        self.longest = max((end - start for start, end in self.spans), default=0)
        self.blocked = sorted(blocked)
        self.blocked_starts = [start for start, _ in self.blocked]
        self.longest_blocked = max((end - start for start, end in self.blocked), default=0)

    def catches(self, found: Candidate) -> bool:
        """Whether a trap holds the number and is not itself wholly a part of what was read; or a blocked span touches the number."""
        for start, end in _around(self.blocked, self.blocked_starts, self.longest_blocked, found.number_start, found.number_end):
            if start < found.number_end and found.number_start < end:
                return True
        for start, end in _around(self.spans, self.starts, self.longest, found.number_start, found.number_start + 1):
            if start <= found.number_start < end:
                inside = found.start <= start and end <= found.end and end - start < found.end - found.start
                if not inside:
                    return True
        return False


def _around(spans: list[tuple[int, int]], starts: list[int], longest: int, start: int, end: int) -> list[tuple[int, int]]:
    return spans[bisect_right(starts, start - longest - 1) : bisect_right(starts, end)]


def is_year(found: Candidate) -> bool:
    """Four digits without separators that are a year of the last or this century."""
    length = found.number_end - found.number_start
    return length == 4 and not found.spelled and not found.scaled and 1900 <= found.number <= 2100


def glued(text: str, found: Candidate) -> bool:
    """Whether letters, digits or joining signs stand against the number so that it is part of a code (G318, COVID-19, 010-6536)."""
    before = text[found.number_start - 1 : found.number_start]
    if before and (before.isascii() and before.isalnum() or before in "_@#№\\"):
        return True
    if before and before in "-/." and found.number_start >= 2 and text[found.number_start - 2].isascii() and text[found.number_start - 2].isalnum():
        return True
    if found.unit or found.scaled:
        return False
    after = text[found.number_end : found.number_end + 1]
    if after and after.isascii() and (after.isalpha() or after in "_@\\"):
        return True
    follows = text[found.number_end + 1 : found.number_end + 2]
    return bool(after) and after in "-/" and follows.isascii() and follows.isalnum()
