"""Decimal points and scale words that are gone for good: suspicions with a candidate, the text is left as it is.

``里程达3 75万公里`` was probably 3.75万, ``资金到位3元`` probably 3亿元; neither can be known, so nothing is changed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.articles.offsets import Edit
from kg.articles.script import to_simplified
from kg.tables import read_table

POINT_RULE = "lost-decimal-point"
UNIT_RULE = "lost-unit"
CHARACTER_RULE = "lost-character"
_POINT = re.compile(r"(?<![0-9.,])(?<![0-9][ .,])([0-9]{1,3}) ([0-9]{1,2}|[0-9]{4})(?=[万亿萬億])")
_UNIT = re.compile(r"(?<![0-9.,万亿萬億])(?<![0-9] )([0-9]{1,3})(?=元(?![/每一件套]))")
_CHARACTER = re.compile("\ufffd+")
_CLAUSE = re.compile(r"[，,。；;！？!?\n]")


def find(text: str) -> list[Edit]:
    """Suspicions: edits whose ``after`` is what is there already."""
    edits = [
        Edit(match.start(), match.end(), match[0], POINT_RULE, 0.5, candidate=f"{match[1]}.{match[2]}") for match in _POINT.finditer(text)
    ]
    for match in _UNIT.finditer(text):
        clause = to_simplified(_CLAUSE.split(text[max(0, match.start() - 24) : match.start()])[-1])
        context = clause + _CLAUSE.split(to_simplified(text[match.end() : match.end() + 4]))[0]
        if _words()["sum"].search(clause) and not _words()["excluding"].search(context):
            edits.append(Edit(match.start(), match.end(), match[0], UNIT_RULE, 0.5, candidate=f"{match[1]}亿"))
    return edits


def find_characters(text: str) -> list[Edit]:
    """Replacement characters that nothing could restore, as suspicions without a candidate."""
    return [Edit(match.start(), match.end(), match[0], CHARACTER_RULE, 1.0) for match in _CHARACTER.finditer(text)]


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = {"sum": [], "excluding": []}
    for row in read_table(Path(__file__).parent.parent / "data" / "lost_units.csv", ("kind", "words")):
        words[row.one_of("kind", words)].extend(row.several("words"))
    return {kind: re.compile("|".join(map(re.escape, found))) for kind, found in words.items()}
