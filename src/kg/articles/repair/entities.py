"""HTML character references left in plain text: ``&nbsp;`` ``&eacute;`` ``&#8217;`` become what they stand for."""

from __future__ import annotations

import html
import re

from kg.articles.offsets import Edit

RULE = "html-entity"
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});")


def find(text: str) -> list[Edit]:
    """Edits for known references; unknown ones, and those of what cannot stand in a text, stay."""
    edits = []
    for match in _REFERENCE.finditer(text):
        meant = html.unescape(match[0])
        if meant != match[0] and len(meant) == 1 and meant != "\ufffd" and (meant.isprintable() or meant.isspace()):
            edits.append(Edit(match.start(), match.end(), meant, RULE, 0.99))
    return edits
