"""Text to statements: mentions (quantities, periods, places, entities), attachment by named rules, one gate for all extractors."""
