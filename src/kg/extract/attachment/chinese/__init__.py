"""Attachment in Chinese."""

from kg.extract.attachment.chinese.rules import RULES

__all__ = ["RULES"]
