"""Attachment in French and English."""

from kg.extract.attachment.latin.rules import RULES

__all__ = ["RULES"]
