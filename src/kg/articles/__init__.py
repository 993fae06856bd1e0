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
from kg.articles.find import ArticleFile, Found, find_articles
from kg.articles.reader import MAX_BYTES, read_article, read_source

__all__ = [
    "MAX_BYTES",
    "Article",
    "ArticleFile",
    "Found",
    "Metadata",
    "OffsetMap",
    "Quote",
    "Repair",
    "Segment",
    "Sentence",
    "SourceText",
    "find_articles",
    "read_article",
    "read_source",
]
