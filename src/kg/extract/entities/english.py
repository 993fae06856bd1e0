"""English names: capitalised phrases around a head word (Tibet Communications Administration, Ministry of Commerce), quoted names with a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.entities.candidate import Candidate
from kg.extract.entities.quoted import is_title_like, latin_quotes
from kg.lexicon.entity_words import EntityHead, EntityWords

_CAPITAL = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th) )?(?:[A-Z][\w’'\-]*|\d+[A-Z]\w*)(?:(?: (?:of|for|on|and|&|in|de|the|of the|for the|on the|in the))? (?:[A-Z][\w’'\-]*|\d+[A-Z]\w*))*"
)
_YEARS = re.compile(r" \((?:\d{4}(?: ?[-–—] ?\d{4})?)\)")
_LEADING = re.compile(r"^(?:The|A|An|In|At|On|By|For|And|But|This|That|These|Its|Their|From|With|As|Since|According|Under|Of|To) ")


@lru_cache(maxsize=4)
def _pattern(heads: tuple[EntityHead, ...]) -> tuple[re.Pattern[str], dict[str, EntityHead]]:
    table = {head.head: head for head in heads}
    alternation = "|".join(re.escape(head).replace(r"\ ", " ") for head in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<![\w\-])(?:{alternation})(?![\w\-])", re.I), table


def find_english(text: str, words: EntityWords) -> Iterator[Candidate]:
    """Capitalised phrases that hold a head word; “X” beside a head word."""
    pattern, table = _pattern(words.heads["en"])
    for match in _CAPITAL.finditer(text):
        start, end = match.span()
        while leading := _LEADING.match(text[start:end]):
            start += leading.end()
        heads = [found for found in pattern.finditer(text, start, end) if found[0][0].isupper()]
        if not heads or " " not in text[start:end]:
            continue
        head = table[heads[-1][0].lower()] if heads[-1].end() == end else table[heads[0][0].lower()]
        if "caps" not in head.modes:
            continue
        years = _YEARS.match(text, end)
        yield Candidate(start, years.end() if years else end, head.type, head.kind, "capital-head", 0.85)
    for start, end, inner, inner_end in latin_quotes(text):
        content = text[inner:inner_end].rstrip(",")
        after = pattern.match(text, end + 1)
        before = next((found for found in pattern.finditer(text, max(0, start - 20), start) if found.end() >= start - 1), None)
        near = after or before
        head = table[near[0].lower()] if near else None
        if head is not None and "quoted" in head.modes and is_title_like(content):
            begin, finish = (start, after.end()) if after else (before.start() if before else start, end)
            yield Candidate(begin, finish, head.type, head.kind, "quoted-head", 0.85, core=(inner, inner + len(content)))
