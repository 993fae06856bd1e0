"""Stretches of Chinese read one byte late: ``漂洋過?！奔娂娐涞啬岵礌?、`` was ``漂洋過海”紛紛落地尼泊爾、``.

In GBK a character is two bytes. Where a page's software lost one (and printed ``?`` for it), everything after it is paired wrongly
until a byte falls back into step. The way back: encode the stretch as GBK again, shift by one byte, decode. The first character
lost its lead byte, and a stretch that ends in ``?`` lost the trail byte of its last; such a half character is restored when
exactly one word fits round it, else it becomes U+FFFD. A stretch ends in step at a Latin letter, which was a trail byte.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from kg.articles.offsets import Edit
from kg.articles.script import to_simplified
from kg.tables import read_table

RULE = "shifted-bytes"
LOST = "\ufffd"
_MARK = re.compile("[?？\ufffd]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LONGEST = 60
"""A stretch longer than this has never been seen; the bound keeps the search linear."""
_FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000", "~": "～"}
_TRAIL_LETTER = re.compile("[@-~]")
_RARE = 13.5
"""Bits of surprise of a character beyond the 4,000 commonest; the commonest has 1, ordinary prose about 8 on average."""
_SUSPICIOUS = 9.0
"""Least mean surprise of the three characters after the mark for a closer look."""
_MOST_ENDS = 8
_MOST_FAILURES = 1000
"""So many looks in vain and the text is no damaged article; with the bounds above this keeps any input linear and quick."""
_LEAST_GAIN = 2.0
"""Bits a character by which the shifted reading must be the likelier one."""


def find(text: str) -> list[Edit]:
    """Edits that replace a shifted stretch, its question marks included, by what it was."""
    edits: list[Edit] = []
    done = failures = 0
    for match in _MARK.finditer(text):
        if match.start() < done or not _suspicious(text[match.end() : match.end() + 3]):
            continue
        edit = _best(text, match.start())
        if edit is None:
            failures += 1
            if failures > _MOST_FAILURES:
                break
        else:
            edits.append(edit)
            done = edit.end
    return edits


def _suspicious(following: str) -> bool:
    return bool(_HAN.search(following[:2])) and _surprise(following) >= _SUSPICIOUS


def _best(text: str, start: int) -> Edit | None:
    found: tuple[float, Edit] | None = None
    for end, shown, shifted, last in islice(_readings(text, start), _MOST_ENDS):
        gain = _surprise(shown) - _surprise(shifted)
        if gain < _LEAST_GAIN and len(shifted) > 1:
            continue
        edit = _restored(text, start, end, shifted, last)
        filled = LOST not in edit.after
        if len(_HAN.findall(shifted)) < 2 and not (filled and gain > 0):
            continue
        score = gain * math.sqrt(len(shifted)) + (2.0 if filled else 0.0)
        if found is None or score > found[0]:
            found = (score, edit)
    return found[1] if found else None


def _readings(text: str, start: int) -> Iterator[tuple[int, str, str, bytes]]:
    """Every way the stretch after the mark may end: ``(end, as shown, as shifted, bytes)``.

    ``bytes`` are the trail byte of the first character and, when the stretch ends in a mark, the lead byte of the last.
    """
    encoded = bytearray()
    shown: list[str] = []
    for position in range(start + 1, min(len(text), start + _LONGEST)):
        character = text[position]
        if character == "\n":
            return
        if encoded and _TRAIL_LETTER.match(character):
            shifted = _decode(bytes(encoded[1:]) + character.encode("ascii"))
            if shifted:
                yield position + 1, "".join(shown), shifted, bytes(encoded[:1])
        if encoded and _MARK.match(character):
            shifted = _decode(bytes(encoded[1:-1]))
            if shifted:
                yield position + 1, "".join(shown), shifted, bytes((encoded[0], encoded[-1]))
        try:
            pair = _FULL_WIDTH.get(character, character).encode("gbk")
        except UnicodeEncodeError:
            return
        if len(pair) != 2:
            return
        encoded += pair
        shown.append(character)


def _decode(raw: bytes) -> str | None:
    try:
        text = raw.decode("gbk")
    except UnicodeDecodeError:
        return None
    return text if len(text) * 2 == len(raw) else None


def _surprise(text: str) -> float:
    """Mean bits of surprise of the characters; marks count as ordinary, letters and symbols amid Chinese as rare."""
    ranks = _ranks()
    total = 0.0
    for character in to_simplified(text):
        if character in ranks:
            total += math.log2(ranks[character] + 2)
        elif character in "，。、“”‘’；：！？《》（）—…,:;!?()":
            total += 8.0
        else:
            total += _RARE
    return total / max(1, len(text))


def _restored(text: str, start: int, end: int, shifted: str, half: bytes) -> Edit:
    first = _fill(text[max(0, start - 3) : start], shifted[:3], [bytes((lead, half[0])) for lead in range(0x81, 0xFF)])
    last = ""
    if len(half) == 2:
        leads = [bytes((half[1], trail)) for trail in range(0x40, 0xFF) if trail != 0x7F]
        last = _fill(shifted[-3:], text[end : end + 3], leads) or LOST
    whole = bool(first) and last != LOST
    return Edit(start, end, (first or LOST) + shifted + last, RULE, 0.9 if whole else 0.8)


def _fill(before: str, after: str, pairs: list[bytes]) -> str | None:
    """The one character among ``pairs`` that makes a word with its neighbours; the longest word decides, a draw gives None.

    Words of two characters do not count: among the hundred candidates one nearly always makes such a word by chance.
    """
    left, right = _ending_han(to_simplified(before)), _beginning_han(to_simplified(after))
    words = _words()
    found: dict[str, int] = {}
    for pair in pairs:
        character = _decode(pair)
        if not character or not _HAN.match(character):
            continue
        simple = to_simplified(character)
        for size in (4, 3):
            windows = range(max(0, size - 1 - len(right)), min(len(left), size - 1) + 1)
            if any(left[len(left) - count :] + simple + right[: size - 1 - count] in words for count in windows):
                found[character] = size
                break
    if not found:
        return None
    longest = max(found.values())
    best = [character for character, size in found.items() if size == longest]
    return best[0] if len(best) == 1 else None


def _ending_han(text: str) -> str:
    match = re.search(f"{_HAN.pattern}*$", text)
    return match[0] if match else ""


def _beginning_han(text: str) -> str:
    match = re.match(f"{_HAN.pattern}*", text)
    return match[0] if match else ""


@cache
def _ranks() -> dict[str, int]:
    rows = read_table(Path(__file__).parent.parent / "data" / "common_characters.csv", ("characters",))
    return {character: rank for rank, character in enumerate("".join(row.required("characters") for row in rows))}


@cache
def _words() -> frozenset[str]:
    from pypinyin.phrases_dict import phrases_dict

    rows = read_table(Path(__file__).parent.parent / "data" / "words_zh.csv", ("words",))
    return frozenset(phrases_dict) | {word for row in rows for word in row.several("words")}
