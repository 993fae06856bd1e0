"""The text of an article cut into nested marks: each quote one element with an address, overlaps split where they must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text to be marked: code points ``start`` to ``end``; ``kind`` becomes a class, ``title`` a tooltip."""

    start: int
    end: int
    kind: str
    title: str = ""


@dataclass(slots=True)
class Mark:
    """A marked piece: nested marks and texts. ``anchor`` is its address on the page; empty for the later pieces of a split span."""

    kind: str
    title: str
    anchor: str
    parts: list[Mark | str] = field(default_factory=list)


def mark(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> list[Mark | str]:
    """``text[start:end]`` as texts and nested marks. Together they hold exactly those characters.

    Of several spans with one place the first gives kind and title. A span that overlaps another without lying in it is split at the
    other's end; its first piece carries the address ``m-START-END``.
    """
    end = len(text) if end is None else end
    unique: dict[tuple[int, int], Span] = {}
    for span in spans:
        if start <= span.start < span.end <= end:
            unique.setdefault((span.start, span.end), span)
    root = Mark("", "", "")
    open_: list[tuple[Mark, int]] = [(root, end)]
    position = start
    waiting = sorted(((span.start, -span.end, span, True) for span in unique.values()), key=lambda entry: entry[:2])
    while waiting:
        begin, negative, span, first = waiting.pop(0)
        while len(open_) > 1 and open_[-1][1] <= begin:
            position = _fill(text, position, *open_.pop())
        position = _fill(text, position, open_[-1][0], begin)
        stop = min(-negative, open_[-1][1])
        piece = Mark(span.kind, span.title, f"m-{span.start}-{span.end}" if first else "")
        open_[-1][0].parts.append(piece)
        open_.append((piece, stop))
        if stop < -negative:
            _insert(waiting, (stop, negative, span, False))
    while open_:
        position = _fill(text, position, *open_.pop())
    return root.parts


def _fill(text: str, position: int, owner: Mark, until: int) -> int:
    if until > position:
        owner.parts.append(text[position:until])
    return max(position, until)


def _insert(waiting: list[tuple[int, int, Span, bool]], entry: tuple[int, int, Span, bool]) -> None:
    index = next((index for index, other in enumerate(waiting) if other[:2] > entry[:2]), len(waiting))
    waiting.insert(index, entry)


def plain(parts: Sequence[Mark | str]) -> str:
    """The characters of marked parts."""
    return "".join(part if isinstance(part, str) else plain(part.parts) for part in parts)


def windows(text: str, context: str, spans: Sequence[Span], sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Which pieces of the text a page may show: all of it, the paragraphs (lines) that hold a quote, or only the sentences of quotes."""
    if context == "whole":
        yield 0, len(text)
        return
    wanted: list[tuple[int, int]] = []
    if context == "paragraph":
        position = 0
        for line in text.splitlines(keepends=True):
            if any(span.start < position + len(line) and span.end > position for span in spans):
                wanted.append((position, position + len(line)))
            position += len(line)
    else:
        wanted = sorted({*sentences, *((span.start, span.end) for span in spans)})
    merged: list[list[int]] = []
    for begin, end in sorted(wanted):
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    yield from ((begin, end) for begin, end in merged)
