"""A plus sign written twice between Chinese words: ``互联网++政务`` → ``互联网+政务`` (``C++`` stays, its neighbours are Latin)."""

from __future__ import annotations

import re

from kg.articles.offsets import Edit

RULE = "doubled-plus"
_DOUBLED = re.compile('(?<=[\u4e00-\u9fff])[+＋]{2,3}(?=[\u4e00-\u9fff“”"「」])')


def find(text: str) -> list[Edit]:
    """Edits that leave one plus sign."""
    return [Edit(match.start(), match.end(), "+", RULE, 0.95) for match in _DOUBLED.finditer(text)]
