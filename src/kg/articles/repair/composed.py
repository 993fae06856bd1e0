"""Letters written as base and combining accent become one letter: a variant, so the map moves but nothing is recorded."""

from __future__ import annotations

import re
import unicodedata

from kg.articles.offsets import Edit

_COMBINED = re.compile("[A-Za-zÀ-ɏ][\u0300-\u036f]{1,3}")


def find(text: str) -> list[Edit]:
    """Edits to the composed form where there is one."""
    edits = []
    for match in _COMBINED.finditer(text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            edits.append(Edit(match.start(), match.end(), composed, "composed", 1.0, variant=True))
    return edits
