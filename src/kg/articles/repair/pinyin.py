"""Bracketed readings that a script converter left behind: ``數(shù)字`` → ``數字``.

Each site brackets its own set of characters, so there is no list: a bracket counts when it holds a reading of the character
before it (pypinyin's table of all readings). Whether the readings are damage or an author's gloss (``重(zhòng)要``) is decided by
the document: a broken converter brackets a character again and again, and characters whose simplified form differs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg.articles.offsets import Edit
from kg.articles.script import is_traditional

RULE = "bracketed-pinyin"
_LETTERS = "a-zāáǎàēéěèêếềīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡ"
_BRACKET = re.compile(f"([\u3400-\u4dbf\u4e00-\u9fff])[(（]([{_LETTERS}\u0300-\u030c]{{1,8}})[)）]")
_MANY = 3
"""From this many distinct bracketed characters on a document counts as damaged if half of them bear the marks of damage."""


def find(text: str) -> list[Edit]:
    """Edits ``數(shù)`` → ``數`` for every bracket that is damage; the character is part of the edit, so that it maps to all of it."""
    bracketed = Counter(match[1] for match in _readings_in(text))
    occurrences = {character: text.count(character) for character in bracketed}
    marked = [character for character, count in bracketed.items() if count > 1 or is_traditional(character)]
    if len(bracketed) >= _MANY:
        damaged = 2 * len(marked) >= len(bracketed)
    else:
        damaged = any(bracketed[character] > 1 and bracketed[character] == occurrences[character] for character in bracketed)
    if not damaged:
        return []
    edits = []
    for match in _readings_in(text):
        character = match[1]
        always = bracketed[character] == occurrences[character]
        if not always and bracketed[character] == 1:
            continue  # a converter that brackets a character does so every time: one bracket among bare ones is a gloss
        if len(bracketed) < _MANY and not (bracketed[character] > 1 or is_traditional(character)):
            continue
        confidence = (0.99 if always else 0.9) if len(bracketed) >= _MANY else 0.8
        edits.append(Edit(match.start(), match.end(), character, RULE, confidence))
    return edits


def _readings_in(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _BRACKET.finditer(text) if _is_reading(match[1], match[2]))


def _is_reading(character: str, bracket: str) -> bool:
    return _plain(bracket) in _readings(character)


@cache
def _readings(character: str) -> frozenset[str]:
    """All readings of the character, each with its tone mark and without."""
    from pypinyin.pinyin_dict import pinyin_dict

    found = {_plain(reading) for reading in pinyin_dict.get(ord(character), "").split(",") if reading}
    return frozenset(found | {_toneless(reading) for reading in found})


def _plain(reading: str) -> str:
    return unicodedata.normalize("NFC", reading).replace("ɡ", "g").replace("v", "ü")


def _toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading)
    kept = "".join(mark for mark in decomposed if mark == "\u0308" or not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", kept)
