"""Named things: organisations, programmes, policies, infrastructure, events, products, technologies, persons, with the places given."""

from kg.extract.entities.finder import find_entities

__all__ = ["find_entities"]
