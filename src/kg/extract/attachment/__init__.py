"""Which words does this number measure? An ordered list of small named rules per family of languages."""

from kg.extract.attachment.attach import attach
from kg.extract.attachment.scene import Attachment, Scene, Span

__all__ = ["Attachment", "Scene", "Span", "attach"]
