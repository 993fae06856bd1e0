"""Quantities in text: numbers with qualifier and unit, in French, Chinese and English, all words from the lexicon's tables."""

from kg.extract.quantities.finder import find_quantities

__all__ = ["find_quantities"]
