"""Relations between named things."""

from __future__ import annotations

from collections.abc import Sequence

from kg.articles import Article
from kg.extract.mentions import EntityMention, PeriodMention
from kg.extract.reading import Entity, Relation
from kg.lexicon import Lexicon


def find_relations(
    article: Article, entities: Sequence[Entity], mentions: Sequence[EntityMention], periods: Sequence[PeriodMention], lexicon: Lexicon
) -> list[Relation]:
    """Relations the article states."""
    return []
