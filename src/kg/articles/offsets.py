"""Building the exact way back: edits applied stage by stage, breakpoints kept between repaired and source text."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern

from kg.articles.article import OffsetMap, Repair


@dataclass(frozen=True, slots=True)
class Edit:
    """A wish to change ``text[start:end]`` of one stage's text into ``after``; ``start < end``, so nothing is ever invented alone.

    An edit whose ``after`` equals what is there is a *suspicion* (see :class:`kg.articles.Repair`). A ``variant`` (white space,
    composed letters, line ends) changes how something is written, not what: it moves the map but is no event.
    """

    start: int
    end: int
    after: str
    rule: str
    confidence: float
    candidate: str | None = None
    variant: bool = False


class _Runs:
    """Growing breakpoints, neighbouring copies merged; eight bytes a number, so long texts stay small."""

    __slots__ = ("clean", "length", "source", "width")

    def __init__(self) -> None:
        self.clean, self.source, self.length, self.width = array("q"), array("q"), array("q"), array("q")

    def add(self, source: int, length: int, width: int) -> None:
        if not length:
            return
        if self.clean:
            copied = length == width and self.length[-1] == self.width[-1]
            if copied and self.source[-1] + self.width[-1] == source:
                self.length[-1] += length
                self.width[-1] += width
                return
            start = self.clean[-1] + self.length[-1]
        else:
            start = 0
        self.clean.append(start)
        self.source.append(source)
        self.length.append(length)
        self.width.append(width)


class Revision:
    """A text on its way from source to clean: what it is now, how it maps back, and which repairs were made."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self.repairs: list[Repair] = []
        self._runs = _Runs()
        self._runs.add(0, len(source), len(source))

    def recode(self, text: str) -> None:
        """Take over ``text``, which writes every character at its old position in another form.

        Raises ValueError when the length differs, since positions would no longer correspond.
        """
        if len(text) != len(self.text):
            raise ValueError(f"a recoding changed the length from {len(self.text)} to {len(text)}")
        self.text = text

    def apply(self, edits: Sequence[Edit]) -> None:
        """Apply one stage's edits (offsets in the present text). Of two that overlap the one that starts first wins."""
        kept: list[Edit] = []
        for edit in sorted(edits, key=lambda item: (item.start, item.end)):
            whole = self._whole_runs(edit)
            if not kept or whole.start >= kept[-1].end:
                kept.append(whole)
        if not kept:
            return
        runs, pieces, position, index = _Runs(), [], 0, 0
        for edit in kept:
            begin, finish = self._span(edit.start, edit.end)
            if not edit.variant:
                before = intern(self.source[begin:finish])  # the same bracket comes thousands of times
                suspicion = edit.after == self.text[edit.start : edit.end]
                after = before if suspicion else edit.after
                self.repairs.append(Repair(begin, finish, before, after, edit.rule, edit.confidence, edit.candidate))
                if suspicion:
                    continue
            index = self._copy(runs, position, edit.start, index)
            pieces.append(self.text[position : edit.start])
            pieces.append(edit.after)
            runs.add(begin, len(edit.after), finish - begin)
            position = edit.end
        self._copy(runs, position, len(self.text), index)
        pieces.append(self.text[position:])
        self.text = "".join(pieces)
        self._runs = runs

    def offset_map(self) -> OffsetMap:
        """The breakpoints as they stand."""
        runs = self._runs
        return OffsetMap(tuple(runs.clean), tuple(runs.source), tuple(runs.length), tuple(runs.width))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        runs = self._runs
        first, last = bisect_right(runs.clean, start) - 1, bisect_right(runs.clean, end - 1) - 1
        begin = runs.source[first] + (start - runs.clean[first] if runs.length[first] == runs.width[first] else 0)
        copied = runs.length[last] == runs.width[last]
        return begin, runs.source[last] + (end - runs.clean[last] if copied else runs.width[last])

    def _whole_runs(self, edit: Edit) -> Edit:
        """The edit widened so that it never cuts a replacement in two: half of a replacement has no source span of its own."""
        runs = self._runs
        start, end = edit.start, edit.end
        first, last = bisect_right(runs.clean, start) - 1, bisect_right(runs.clean, end - 1) - 1
        if runs.length[first] != runs.width[first]:
            start = runs.clean[first]
        if runs.length[last] != runs.width[last]:
            end = runs.clean[last] + runs.length[last]
        if (start, end) == (edit.start, edit.end):
            return edit
        after = self.text[start : edit.start] + edit.after + self.text[edit.end : end]
        return Edit(start, end, after, edit.rule, edit.confidence, edit.candidate, edit.variant)

    def _copy(self, target: _Runs, start: int, end: int, index: int) -> int:
        """Copy the runs of the clean range to ``target``; returns the index of the run that holds ``end``."""
        runs = self._runs
        while index < len(runs.clean) and start < end:
            stop = runs.clean[index] + runs.length[index]
            if stop <= start:
                index += 1
                continue
            part = min(stop, end) - start
            if runs.length[index] == runs.width[index]:
                target.add(runs.source[index] + start - runs.clean[index], part, part)
            else:
                target.add(runs.source[index], part, runs.width[index])
            start += part
            if start >= stop:
                index += 1
        return index
