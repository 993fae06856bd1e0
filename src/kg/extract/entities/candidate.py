"""A stretch of text that may name something, before overlaps are settled and names of one thing are brought together."""

from __future__ import annotations

from dataclasses import dataclass

from kg.articles import Article
from kg.lexicon.entity_words import KnownEntity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name, ``text[start:end]`` (clean offsets).

    ``type`` and ``kind`` are as in Entity. ``core`` is the span of the bare name
    inside (the words within quotation marks), if there is one.
    ``known`` is the well-known thing it names. ``alias`` is another name given right beside it (an acronym in brackets).
    ``label_en`` is an English head that makes a label when a place's name is set before it, for names of nothing but place and head.
    """

    start: int
    end: int
    type: str
    kind: str
    rule: str
    confidence: float
    core: tuple[int, int] | None = None
    known: KnownEntity | None = None
    alias: str = ""
    label_en: str = ""


OUTSIDE = ("boilerplate",)
"""Kinds of segments whose text is not the article's own."""


def is_outside(article: Article, position: int) -> bool:
    """Whether the position lies in boilerplate (or in no segment at all)."""
    segment = article.segment_at(position)
    return segment is None or segment.kind in OUTSIDE
