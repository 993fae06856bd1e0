"""Vocabularies as data: units, places, indicators, cues. Users extend the files in ``data``; no word of a language is in code."""

from kg.lexicon.lexicon import DATA, Lexicon, shipped

__all__ = ["DATA", "Lexicon", "shipped"]
