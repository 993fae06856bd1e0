"""Publishers named in source lines: 来源：…, 转自：…, "Source : …", "Photo : …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.entities.candidate import Candidate
from kg.lexicon.entity_words import EntityWords


@lru_cache(maxsize=8)
def _pattern(language: str, cues: tuple[str, ...]) -> re.Pattern[str]:
    any_cue = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True)) or "(?!)"
    if language == "zh":
        return re.compile(rf"(?:{any_cue})[：:]\s?([^\s：:，,。；;（）()【】《》“”|]{{2,20}})")
    return re.compile(rf"(?:^|[(\n]\s?)(?:{any_cue})\s?[:：]\s?([A-ZÀ-Ý][^\n:：;(),|]{{1,40}}?)(?=\s*(?:$|[\n.;(),|/]))", re.M)


def find_sources(text: str, words: EntityWords, language: str) -> Iterator[Candidate]:
    """One candidate a source line."""
    for match in _pattern(language, words.cue(language, "source_line")).finditer(text):
        yield Candidate(*match.span(1), "organisation", "media", "source-line", 0.9)
