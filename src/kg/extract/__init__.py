"""Text to statements: mentions (quantities, periods, places, entities), attachment by named rules, one gate for all extractors."""

from kg.extract.reading import Entity, Indicator, Measurement, Mention, Period, Reading, Relation

__all__ = ["Entity", "Indicator", "Measurement", "Mention", "Period", "Reading", "Relation"]
