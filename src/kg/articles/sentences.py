"""Sentences of the segments: Chinese by its own marks, French and English with abbreviations, initials and quotes in mind.

A Chinese or French semicolon parts clauses inside a sentence and ends none. A sentence never crosses a segment or a blank line; a
single line end ends it too, unless the text is broken into lines of one width. What has no end within LONGEST characters is parted at a
clause mark: whatever looks through a sentence then takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.articles.article import Segment, Sentence
from kg.tables import read_table

_CLOSERS = "»”’\"')）\\]】》〉」』"
_CHINESE = re.compile(f"[。！？!?…]+[{_CLOSERS}]*")
_LATIN = re.compile(f"(?<![.!?…])(?P<mark>[.!?…]+)(?P<closers> ?»|[{_CLOSERS}]{{0,8}})(?=\\s)")
_OPENS = re.compile(r"\s+[«“\"'(\[—–-]*\s*[«“\"(]*\s*(?P<first>\S)")
_LAST_WORD = re.compile(r"(?:^|[\s(«“\"'’/-])([^\s(«“\"'’/-]{1,12})$")
LONGEST = 1000
"""Characters a sentence may have; the longest of real articles have about half."""
_PARTS = (re.compile(r"[，；;,](?=\D)"), re.compile(r"\s"))
"""Where an overlong sentence is parted: at a clause mark, else at a space."""
_WRAP_WIDTH = range(40, 121)
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def find_sentences(text: str, segments: Sequence[Segment], language: str) -> tuple[Sentence, ...]:
    """The sentences of a clean text, ascending, trimmed of white space; every word of every segment lies in one."""
    wrapped = is_hard_wrapped(text)
    found: list[Sentence] = []
    for index, segment in enumerate(segments):
        for start, end in _paragraphs(text, segment, wrapped and segment.kind == "body"):
            for low, high in _split(text, start, end, language):
                found.extend(Sentence(a, b, index) for a, b in _bounded(text, low, high))
    return tuple(found)


def is_hard_wrapped(text: str) -> bool:
    """Whether line ends are a matter of width: most lines that another follows are of typewriter width and stop mid-sentence."""
    lines = [line.strip() for line in text[:50_000].split("\n")]
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    if len(pairs) < 3:
        return False
    broken = sum(1 for line, after in pairs if len(line) in _WRAP_WIDTH and not re.search(f"[.!?:;。！？：；…][{_CLOSERS}]*$", line))
    return broken >= 0.6 * len(pairs) and not _HAN.search("".join(lines[:10]))


def _paragraphs(text: str, segment: Segment, wrapped: bool) -> Iterator[tuple[int, int]]:
    pattern = re.compile(r"\n[ \n]*\n" if wrapped else r"\n")
    start = segment.start
    for match in pattern.finditer(text, segment.start, segment.end):
        yield start, match.start()
        start = match.end()
    yield start, segment.end


def _split(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    begin = start
    pattern = _CHINESE if language == "zh" else _LATIN
    for match in pattern.finditer(text, start, end):
        if match.start() < begin or match.end() >= end:
            continue
        if language == "zh":
            if not _chinese_end(text, match, end):
                continue
        elif not _latin_end(text, match, begin, end, language):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence itself, or pieces of it of at most LONGEST characters that end at a clause mark or a space where there is one."""
    while end - start > LONGEST:
        ends = ([match.end() for match in part.finditer(text, start + LONGEST // 2, start + LONGEST)] for part in _PARTS)
        cut = next((found[-1] for found in ends if found), start + LONGEST)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _chinese_end(text: str, match: re.Match[str], end: int) -> bool:
    marks = match[0].strip("»”’\"')）]】》〉」』")
    if set(marks) <= {"…"} and not re.match(r"\s", text[match.end() : match.end() + 1]):
        return False  # an ellipsis inside a sentence
    if text[match.end() : match.end() + 1] in ("，", "、", "；", "：", "。"):
        return False  # a quoted sentence that the outer one goes on after
    bracket = match[0][-1:]
    return not (bracket in "）)》" and text[match.end() : match.end() + 1] not in ("", " ", "\n"))


def _latin_end(text: str, match: re.Match[str], begin: int, end: int, language: str) -> bool:
    after = _OPENS.match(text, match.end(), end)
    if after is None:
        return True
    first = after["first"]
    if first.islower():
        return False
    if match["mark"] != "." or match["closers"].strip():
        return True
    word = _LAST_WORD.search(text, max(begin, match.start() - 16), match.start())
    last = word[1] if word else ""
    if len(last) == 1 and last.isalpha() and last.isupper():
        return False  # an initial: "J. Dupont"
    always, numbered = abbreviations(language)
    key = last.lower()
    return not (key in always or (key in numbered and first.isdigit()))


@cache
def abbreviations(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Shortened words whose stop ends no sentence: always, and only before a number."""
    words: dict[str, set[str]] = {"always": set(), "numbered": set()}
    for row in read_table(Path(__file__).parent / "data" / "abbreviations.csv", ("language", "kind", "words")):
        if row.required("language") == language:
            words[row.one_of("kind", words)].update(row.several("words"))
    return frozenset(words["always"]), frozenset(words["numbered"])


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
