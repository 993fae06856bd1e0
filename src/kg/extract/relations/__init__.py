"""Relations between named things: where they are, who runs them, what they belong to, when they begin."""

from kg.extract.relations.finder import find_relations

__all__ = ["find_relations"]
