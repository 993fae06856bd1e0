"""The words by which parts of a page are told apart, compiled from ``data/cues.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.tables import read_table

_HAN = "\u3400-\u9fff"
_CUES = ("teaser", "block", "boilerplate", "short", "footer", "caption", "publisher", "date", "author", "licence", "date-text")


@dataclass(frozen=True, slots=True)
class Cues:
    """One pattern a cue. All ignore case; those named ``…_start`` are meant for ``match`` at the start of a line's words."""

    teaser: re.Pattern[str]
    block: re.Pattern[str]
    boilerplate_start: re.Pattern[str]
    short_start: re.Pattern[str]
    footer: re.Pattern[str]
    caption_start: re.Pattern[str]
    publisher: re.Pattern[str]
    date: re.Pattern[str]
    author: re.Pattern[str]
    byline: re.Pattern[str]
    licence: re.Pattern[str]
    date_text: re.Pattern[str]


@cache
def cues() -> Cues:
    """The compiled table; raises LexiconError when the file is malformed."""
    words: dict[str, list[str]] = {cue: [] for cue in _CUES}
    for row in read_table(Path(__file__).parent / "data" / "cues.csv", ("cue", "language", "words")):
        words[row.one_of("cue", _CUES)].extend(row.several("words"))

    def any_of(cue: str) -> str:
        ordered = sorted(set(words[cue]), key=lambda word: (-len(word), word))
        return "|".join(_spaced(word) for word in ordered)

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    label = r"(?<!\w)(?:{words}) ?[:：] ?"
    return Cues(
        teaser=compiled(rf"(?P<heading>{any_of('teaser')})(?!\w)(?P<colon> ?[:：>»-]? *)"),
        block=compiled(rf"(?P<heading>{any_of('block')})(?!\w)(?P<colon> ?[:：>»-]? *)"),
        boilerplate_start=compiled(rf"(?:{any_of('boilerplate')})"),
        short_start=compiled(rf"(?:{any_of('short')})"),
        footer=compiled(any_of("footer")),
        caption_start=compiled(rf"(?:{any_of('caption')})"),
        publisher=compiled(label.format(words=any_of("publisher"))),
        date=compiled(rf"(?<!\w)(?:{any_of('date')})(?: ?[:：] ?| )"),
        author=compiled(label.format(words=any_of("author"))),
        byline=compiled(rf"[{_HAN}]{{0,10}}?(?:{any_of('author')})[ \u3000:：]+[{_HAN}·]{{2,6}}(?:[ \u3000、，,]+[{_HAN}·]{{2,6}}){{0,5}}"),
        licence=compiled(label.format(words=any_of("licence"))),
        date_text=compiled(rf"(?<!\w)(?:{any_of('date-text')})[ :：]{{0,3}}"),
    )


def _spaced(word: str) -> str:
    """The word as a pattern: a Latin word must end at a word boundary, a space may be missing before a colon."""
    pattern = re.escape(word).replace(r"\ :", r"\ ?:").replace("：", " ?[:：]")
    return pattern + r"(?!\w)" if re.search(r"[^\W\d_]$", word) and word.isascii() else pattern
