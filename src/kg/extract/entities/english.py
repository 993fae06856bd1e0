"""English names: capitalised phrases around a head word (Ministry of Commerce, Communications Administration), quoted names with a head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.entities.candidate import Candidate
from kg.extract.entities.quoted import is_title_like, latin_quotes
from kg.lexicon.entity_words import EntityHead, EntityWords

_YEARS = re.compile(r" \((?:\d{4}(?: ?[-–—] ?\d{4})?)\)")


@lru_cache(maxsize=4)
def _pattern(heads: tuple[EntityHead, ...]) -> tuple[re.Pattern[str], dict[str, EntityHead]]:
    table = {head.head: head for head in heads}
    alternation = "|".join(re.escape(head).replace(r"\ ", " ") for head in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<![\w\-])(?:{alternation})(?![\w\-])", re.I), table


def _phrases(text: str, words: EntityWords, heads: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Capitalised phrases; one that joins two names by "and" is cut behind the head word of the first."""
    for match in words.pattern("en", "capital_phrase").finditer(text):
        start = match.start()
        for joint in words.pattern("en", "joining").finditer(text, match.start(), match.end()):
            before = [found for found in heads.finditer(text, start, joint.start()) if found.end() == joint.start()]
            if before:
                yield start, joint.start()
                start = joint.end()
        yield start, match.end()


def find_english(text: str, words: EntityWords) -> Iterator[Candidate]:
    """Capitalised phrases that hold a head word; “X” beside a head word."""
    pattern, table = _pattern(words.heads["en"])
    for start, end in _phrases(text, words, pattern):
        while leading := words.pattern("en", "leading").match(text, start, end):
            start = leading.end()
        heads = [found for found in pattern.finditer(text, start, end) if found[0][0].isupper()]
        if not heads or " " not in text[start:end]:
            continue
        head = table[heads[-1][0].lower()] if heads[-1].end() == end else table[heads[0][0].lower()]
        if "caps" not in head.modes:
            continue
        end -= 2 if text.endswith(("'s", "’s"), start, end) else 0
        years = _YEARS.match(text, end)
        yield Candidate(start, years.end() if years else end, head.type, head.kind, "capital-head", 0.85)
    for start, end, inner, inner_end in latin_quotes(text):
        content = text[inner:inner_end].rstrip(",")
        after = pattern.match(text, end + 1)
        before = next((found for found in pattern.finditer(text, max(0, start - 20), start) if found.end() >= start - 1), None)
        near = after or before
        if near is None:
            continue
        head = table[near[0].lower()]
        if "quoted" in head.modes and is_title_like(content):
            begin, finish = (start, after.end()) if after else (before.start() if before else start, end)
            yield Candidate(begin, finish, head.type, head.kind, "quoted-head", 0.85, core=(inner, inner + len(content)))
