"""Bytes to text: decoding, repair with an exact way back, segments, sentences, metadata."""

from kg.articles.article import (
    Article,
    Metadata,
    OffsetMap,
    Quote,
    Repair,
    Segment,
    Sentence,
    SourceText,
)

__all__ = ["Article", "Metadata", "OffsetMap", "Quote", "Repair", "Segment", "Sentence", "SourceText"]
