"""Chinese names that end in a head word (厅 局 公司 集团 中心 平台 产业园 项目 …), with their left end found by words that bound names.

There is no word segmentation: verbs, particles, measure words and the like (cue kind ``stop``) are walls, unless they lie inside a word
that is known to belong to names (``protect``, places, known organisations). Between the wall and the head, a place, an administrative
level or a known organisation marks where the name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from kg.extract.entities.candidate import Candidate
from kg.extract.mentions import PlaceMention
from kg.lexicon.entity_words import EntityHead, EntityWords

REACH = 30
"""How far left of its head a name may begin, in characters."""
_WEAK = (
    "company",
    "service_centre",
    "cooperative",
    "centre",
    "platform",
    "system",
    "base",
    "park",
    "project",
    "service_point",
    "programme",
)
"""Kinds whose heads, with general words alone before them (科技公司, 服务平台), name nothing even behind a place."""
_CONJUNCTIONS = ("与", "和", "及", "或")
_MARK = re.compile(r"\d*[A-Za-z][A-Za-z0-9.\-]*\+*|[A-Za-z]*\+")
_COUNT = re.compile(r"[0-9一二三四五六七八九十百千万余多]+[个家座处项条批]$")
_BRACKETED = re.compile(r"（[\u4e00-\u9fff]{2,6}）")


@dataclass(frozen=True, slots=True)
class _Tables:
    stops: ahocorasick.Automaton
    heads: ahocorasick.Automaton
    levels: ahocorasick.Automaton
    short_levels: frozenset[str]
    generic: re.Pattern[str]
    first: tuple[str, ...]
    class_marks: tuple[str, ...]


def automaton(words: Sequence[tuple[str, object]]) -> ahocorasick.Automaton:
    """Words and what each stands for, ready to be found in one pass."""
    machine: ahocorasick.Automaton = ahocorasick.Automaton()
    for word, meaning in words:
        machine.add_word(word, (len(word), meaning))
    machine.make_automaton()
    return machine


@lru_cache(maxsize=4)
def _tables_of(
    stop: tuple[str, ...], protect: tuple[str, ...], heads: tuple[EntityHead, ...], other: tuple[tuple[str, ...], ...]
) -> _Tables:
    generic = sorted(other[1], key=len, reverse=True)
    return _Tables(
        stops=automaton([(word, False) for word in stop] + [(word, True) for word in protect]),
        heads=automaton([(head.head, head) for head in heads]),
        levels=automaton([(level, level) for level in other[0] if len(level) > 1]),
        short_levels=frozenset(level for level in other[0] if len(level) == 1),
        generic=re.compile("|".join(map(re.escape, generic)) or "(?!)"),
        first=other[2],
        class_marks=other[3],
    )


def _tables(words: EntityWords) -> _Tables:
    other = (words.cue("zh", "level"), words.cue("zh", "generic"), words.cue("zh", "first"), words.cue("zh", "class_mark"))
    return _tables_of(words.cue("zh", "stop"), words.cue("zh", "protect"), words.heads["zh"], other)


class Ground:
    """What is known of a Chinese text before heads are looked at: walls, and where names may begin."""

    def __init__(self, text: str, words: EntityWords, places: Sequence[PlaceMention], known: Sequence[Candidate]) -> None:
        self.text = text
        self.tables = _tables(words)
        self.place_starts = {place.start: place.end for place in sorted(places, key=lambda place: place.end) if not place.collective}
        self.place_ends = {place.end for place in places}
        self.known_starts = {one.start: one.end for one in known if one.type == "organisation"}
        self.level_starts: dict[int, int] = {}
        for last, (length, _) in self.tables.levels.iter(text):
            start = last + 1 - length
            self.level_starts[start] = max(last + 1, self.level_starts.get(start, 0))
        guarded = bytearray(len(text) + 1)
        stops: list[tuple[int, int]] = []
        for last, (length, protects) in self.tables.stops.iter(text):
            if protects:
                guarded[last + 1 - length : last + 1] = b"\1" * length
            else:
                stops.append((last + 1 - length, last + 1))
        for start, end in (*self.place_starts.items(), *self.known_starts.items()):
            guarded[start:end] = b"\1" * (end - start)
        self.wall_at = bytearray(len(text) + 1)
        """1 at a position that a name cannot begin before: a stop word ends there."""
        for start, end in stops:
            if not all(guarded[start:end]):
                self.wall_at[end] = 1

    def left_end(self, head: int) -> int:
        """Where a name whose head begins at ``head`` begins at the earliest."""
        text, position = self.text, head
        while position > 0 and head - position < REACH and not self.wall_at[position]:
            char = text[position - 1]
            if "\u4e00" <= char <= "\u9fff":
                position -= 1
            elif char == "）":
                opening = text.rfind("（", max(0, position - 8), position)
                if opening < 0 or not _BRACKETED.fullmatch(text, opening, position):
                    break
                position = opening
            elif char.isascii() and (char.isalnum() or char in "+-"):
                begin = position
                while begin > 0 and text[begin - 1].isascii() and (text[begin - 1].isalnum() or text[begin - 1] in "+-.%"):
                    begin -= 1
                if not _MARK.fullmatch(text, begin, position):
                    break
                position = begin
            else:
                break
        return position

    def anchor(self, left: int, head: int) -> tuple[int, int] | None:
        """Where the leftmost place, known organisation or level word in ``[left, head)`` begins, and where the last of its chain ends."""
        for position in range(left, head):
            end = self._anchor_end(position, left)
            if end is not None and end <= head:
                begin = position
                while (further := self._anchor_end(end, -1)) is not None and further <= head:
                    end = further
                return begin, end
        return None

    def _anchor_end(self, position: int, left: int) -> int | None:
        ends = [starts[position] for starts in (self.place_starts, self.known_starts) if position in starts]
        if ends:
            return max(ends)
        if position in self.level_starts:
            return self.level_starts[position]
        return position + 1 if position == left and self.text[position] in self.tables.short_levels else None

    def follows_place(self, left: int) -> bool:
        """Whether a place and 的 stand right before ``left`` (位于拉萨高新区的…)."""
        return self.text[left - 1 : left] == "的" and left - 1 in self.place_ends

    def is_first(self, left: int) -> bool:
        """Whether the words before ``left`` announce the first of its kind."""
        return any(self.text.endswith(cue, 0, left) for cue in self.tables.first)

    def is_counted(self, left: int) -> bool:
        """Whether a number with a measure word stands right before ``left``."""
        return bool(_COUNT.search(self.text, max(0, left - 8), left))

    def is_listed(self, left: int, end: int) -> bool:
        """Whether the name is an item of a list: 、 or 等 beside it."""
        return self.text[end : end + 1] in ("、", "等") and self.text[left - 1 : left] in ("", "，", "。", "、", "；", "\n", "\u3000", " ")

    def specific(self, left: int, head: int) -> int:
        """How many characters of the modifier are left when words that name nothing are taken out."""
        return len(self.tables.generic.sub("", self.text[left:head]))


def find_by_head(ground: Ground) -> Iterator[Candidate]:
    """Candidates for every head word of the text that has what its modes ask for; one for each head's end, the longest head first."""
    best: dict[int, EntityHead] = {}
    for last, (_, head) in ground.tables.heads.iter(ground.text):
        end = last + 1
        if ground.text[end : end + 1] in head.not_before and end < len(ground.text):
            continue
        if end not in best or len(head.head) > len(best[end].head):
            best[end] = head
    for end, head in sorted(best.items()):
        candidate = _named(ground, head, end)
        if candidate is not None:
            yield candidate


def find_plus(text: str, words: EntityWords) -> Iterator[Candidate]:
    """Pilots named by what is joined (5G+医疗), as items of a list or before a number."""
    before = "|".join(map(re.escape, sorted(words.cue("zh", "plus"), key=len, reverse=True)))
    if not before:
        return
    for match in re.finditer(rf"(?<![A-Za-z\u4e00-\u9fff“「])(?:{before})\+[\u4e00-\u9fff]{{2,4}}(?=[、，。；“”\d]|等)", text):
        yield Candidate(match.start(), match.end(), "programme", "pilot", "plus-compound", 0.7)


def _named(ground: Ground, head: EntityHead, end: int) -> Candidate | None:
    begin = end - len(head.head)
    left = ground.left_end(begin)
    modes = head.modes
    if head.type in ("programme", "project") and ground.text[end : end + 1] in "“「" and end < len(ground.text):
        return None  # 项目“…”: the quoted name is the thing

    def made(start: int, rule: str, confidence: float) -> Candidate:
        label = head.label_en if anchor is not None and (start, begin) == anchor and start in ground.place_starts else ""
        return Candidate(start, end, head.type, head.kind, rule, confidence, label_en=label)

    anchor = ground.anchor(left, begin)
    marked = any(mark in ground.text[left:begin] for mark in ground.tables.class_marks)
    if anchor is not None and ("anchored" in modes or "place" in modes):
        start, anchored = anchor
        named_by_organisation = any(start <= at < anchored for at in ground.known_starts)
        enough = begin - anchored >= 2 and (head.kind not in _WEAK or ground.specific(anchored, begin) >= 1)
        if "anchored" in modes and (enough or named_by_organisation) and not marked:
            return made(start, "anchored-head", 0.9)
        if "place" in modes and (begin - anchored >= 2 or begin == anchored) and not marked:
            return made(start, "anchored-head", 0.85)
    modifier = begin - left
    if "first" in modes and ground.is_first(left) and modifier + len(head.head) >= 4:
        return made(left, "first-of-kind", 0.8)
    if "adjacent" in modes:
        beside = anchor is not None and anchor[1] == begin and anchor[0] in ground.place_starts and anchor[0] not in ground.known_starts
        return made(anchor[0], "place-and-operator", 0.85) if anchor is not None and beside else None
    if "brand" in modes:
        return made(left, "brand", 0.7) if 2 <= modifier <= 4 and (left == 0 or not ground.wall_at[left]) else None
    if "counted" in modes and ground.is_counted(left) and modifier >= 4 and not marked:
        return made(left, "counted-class", 0.6)
    if marked:
        return None
    if "bare" in modes:
        return made(begin, "bare-head", 0.8)
    if "anchored" in modes and ground.follows_place(left) and modifier >= 2 and ground.specific(left, begin) >= 2:
        return made(left, "of-place", 0.75)
    if "open" in modes and ground.specific(left, begin) >= 2:
        return made(left, "open-head", 0.85)
    if "named" in modes and 2 <= modifier <= 8 and ground.specific(left, begin) >= 2:
        return made(left, "named-head", 0.65)
    joined = ground.wall_at[left] and ground.text.endswith(_CONJUNCTIONS, 0, left)
    after_conjunction = joined and "\u4e00" <= ground.text[left - 2 : left - 1] <= "\u9fff"
    if "listed" in modes and modifier >= 4 and ground.is_listed(left, end):
        return made(left, "listed-item", 0.65)
    if "long" in modes and modifier >= 6 and ground.specific(left, begin) >= 3 and not after_conjunction:
        return made(left, "long-modifier", 0.6)
    return None
