"""Bytes to text: decoding, repair with an exact way back, segments, sentences, metadata.

:func:`find_articles` lists files, :func:`read_article` (from a path) and :func:`read_source` (from bytes) read one. The way inside:
``decode`` → (``html``) → ``language`` and ``script`` → ``repair/`` on an ``offsets.Revision`` → ``segments`` → ``sentences`` and
``metadata``. Words of a language stand in ``data/*.csv``.

In :attr:`Article.text` Chinese is simplified and has full-width marks ``，：；（）！？“”`` next to Chinese, ASCII digits, letters and
``%`` everywhere, plain spaces, ``\\n`` as line end; French and English have ``'`` as apostrophe. :attr:`Article.repairs` holds real
damage and suspicions only; those conversions move the offset map and are no events. A character that nothing could restore is
U+FFFD.
"""

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
