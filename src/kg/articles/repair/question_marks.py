"""Question marks that stand for what GBK lacks: ``r?le`` → ``rôle``, ``le ? big data ?`` → ``le « big data »``, ``52?%`` → ``52 %``.

French text that went through GBK keeps é è ê à ù ü but loses â ç ë î ï ô û œ, « », capitals with accents and no-break spaces.
A text in which such letters survive never went through it: there only marks between two letters are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.articles.offsets import Edit
from kg.tables import read_table

LETTER_RULE = "lost-letter"
QUOTE_RULE = "lost-guillemets"
SPACE_RULE = "lost-space"
_DATA = Path(__file__).parent.parent / "data"
_SURVIVOR = re.compile("[âçëîïôûœÿÀÂÇÈÉÊËÎÏÔÙÛŒŸ«»]")
_TOKEN = re.compile(r"[^\s'’\"()/=&.,;:!«»“”\d]+")
_LONGEST = 60
"""No word is longer; the bound keeps the search for its parts linear."""
_SPACE = re.compile(r"(?<=[0-9])\?(?=[0-9]{3}(?![0-9]))|(?<=[0-9])\?(?=[%°€$])|(?<=[0-9])\?(?=[^\W\d_]{2})|(?<=[^\W_])\?(?=[:;!] )")
_ADDRESS = re.compile(r"://|www\.|=")
_UNSPACED = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W\d_]")
_DOUBLE_OPEN = re.compile(r"(?<![\w?])\?\?(?=\w)")
_DOUBLE_CLOSE = re.compile(r"(?<=\w)\?\?(?![\w?])")
_INVERSION = re.compile(r"-(?:t-)?(?:il|elle|ils|elles|on|vous|nous|ce|je|tu)\b", re.IGNORECASE)
_MOST_MARKS = 400
"""More marks than this in one line are no prose; they are left alone."""


def find(text: str) -> list[Edit]:
    """Edits for every mark that the evidence says is none; isolated real question marks stay."""
    if "?" not in text:
        return []
    taken = _addresses(text)
    letters = [edit for edit in _letters(text) if edit.start not in taken]
    inside = sum(1 for edit in letters if _between_letters(text, edit))
    if inside <= len(_SURVIVOR.findall(text)) > 0:
        return [edit for edit in letters if _between_letters(text, edit)]
    taken.update(edit.start for edit in letters)
    edits = list(letters)
    for match in _SPACE.finditer(text):
        if match.start() not in taken:
            edits.append(Edit(match.start(), match.end(), " ", SPACE_RULE, 0.9))
            taken.add(match.start())
    edits.extend(_double_quotes(text, taken))
    position = 0
    for line in text.split("\n"):
        if "?" in line:
            free = [position + match.start() for match in re.finditer(r"\?", line) if position + match.start() not in taken]
            if len(free) <= _MOST_MARKS:
                edits.extend(_quotes(text, position, position + len(line), free, bool(inside)))
        position += len(line) + 1
    return edits


def _addresses(text: str) -> set[int]:
    """Where marks stand in web addresses and the like."""
    return {
        word.start() + mark.start()
        for word in _UNSPACED.finditer(text)
        if "?" in word[0] and _ADDRESS.search(word[0])
        for mark in re.finditer(r"\?", word[0])
    }


def _letters(text: str) -> Iterator[Edit]:
    for match in _TOKEN.finditer(text):
        token = match[0]
        if "?" not in token or len(token) > _LONGEST or not _LETTER.search(token):
            continue
        for offset, part in _parts(token):
            meant = _word(part, _starts_sentence(text, match.start() + offset))
            if meant is None:
                continue
            word, confidence = meant
            for index, (old, new) in enumerate(zip(part, word, strict=True)):
                if old == "?":
                    start = match.start() + offset + index
                    yield Edit(start, start + 1, new, LETTER_RULE, confidence)


def _parts(token: str) -> Iterator[tuple[int, str]]:
    """The token whole or without marks at its ends, if the table has it, else its parts between hyphens likewise."""
    if _lookup(token) or "-" not in token:
        pieces = [(0, token)]
    else:
        pieces, offset = [], 0
        for piece in token.split("-"):
            pieces.append((offset, piece))
            offset += len(piece) + 1
    for offset, piece in pieces:
        for left, right in ((0, 0), (0, 1), (1, 0), (1, 1)):
            shorter = piece[left : len(piece) - right]
            dropped = piece[:left] + piece[len(piece) - right :]
            if "?" in shorter and set(dropped) <= {"?"} and _lookup(shorter):
                yield offset + left, shorter
                break


def _word(pattern: str, sentence_start: bool) -> tuple[str, float] | None:
    found = _lookup(pattern)
    if found is None:
        return None
    word, others = found
    if pattern.isupper() and len(pattern) > 2:
        word = word.upper()
    elif pattern[0].isupper() or (pattern[0] == "?" and sentence_start):
        word = word[0].upper() + word[1:]
    if len(word) != len(pattern):
        return None
    return word, 0.9 if others else 0.98


def _lookup(pattern: str) -> tuple[str, bool] | None:
    return _patterns().get(pattern) or _patterns().get(pattern.lower())


def _between_letters(text: str, edit: Edit) -> bool:
    return bool(edit.start and edit.end < len(text) and _LETTER.match(text[edit.start - 1]) and _LETTER.match(text[edit.end]))


def _starts_sentence(text: str, position: int) -> bool:
    before = text[max(0, position - 4) : position].rstrip(" ")
    return not before or before[-1] in ".!\n"


def _double_quotes(text: str, taken: set[int]) -> list[Edit]:
    """``??big data??``: guillemets whose no-break spaces were lost with them."""
    edits: list[Edit] = []
    for opening in _DOUBLE_OPEN.finditer(text):
        if opening.start() in taken:
            continue
        stop = text.find("\n", opening.end(), opening.end() + 200)
        closing = _DOUBLE_CLOSE.search(text, opening.end(), stop if stop >= 0 else opening.end() + 200)
        if closing:
            for match, after in ((opening, "« "), (closing, " »")):
                edits.append(Edit(match.start(), match.end(), after, QUOTE_RULE, 0.9))
                taken.update(range(match.start(), match.end()))
    return edits


@dataclass(frozen=True, slots=True)
class _Scores:
    """How well a mark fits each part it may play; None where it cannot."""

    opens: float | None
    closes: float | None
    grave: float | None
    asks: float


def _quotes(text: str, start: int, end: int, marks: list[int], proven: bool) -> Iterator[Edit]:
    """The likeliest parts of the marks of one line: a question, one of a pair « », or a lost ``À`` at a sentence's start.

    A dynamic programme over two states (inside and outside a quotation); a quotation must close in the same line.
    """
    outside: tuple[float, tuple[tuple[int, str], ...]] = (0.0, ())
    inside: tuple[float, tuple[tuple[int, str], ...], int] | None = None
    for mark in marks:
        scores = _score(text, start, end, mark, proven)
        stay = (outside[0] + scores.asks, outside[1])
        if scores.grave is not None and outside[0] + scores.grave > stay[0]:
            stay = (outside[0] + scores.grave, (*outside[1], (mark, "À")))
        closed = None
        if inside is not None and scores.closes is not None:
            far = max(0, mark - inside[2] - 100) * 0.02
            closed = (inside[0] + scores.closes - far, (*inside[1], (mark, "»")))
        within = (inside[0] + scores.asks, inside[1], inside[2]) if inside is not None else None
        if scores.opens is not None and (within is None or outside[0] + scores.opens > within[0]):
            within = (outside[0] + scores.opens, (*outside[1], (mark, "«")), mark)
        outside = closed if closed is not None and closed[0] > stay[0] else stay
        inside = within
    for mark, after in outside[1]:
        glued = (after == "«" and text[mark + 1 : mark + 2] != " ") or (after == "»" and text[mark - 1] != " ")
        spaced = {"«": "« ", "»": " »"}[after] if glued else after
        confidence = 0.7 if after == "À" else 0.95 if proven else 0.85
        yield Edit(mark, mark + 1, spaced, LETTER_RULE if after == "À" else QUOTE_RULE, confidence)


def _score(text: str, start: int, end: int, mark: int, proven: bool) -> _Scores:
    before = text[max(start, mark - 200) : mark]
    after = text[mark + 1 : min(end, mark + 40)]
    left, right = before[-1:], after[:1]
    first = after.lstrip(" ")[:1]
    lower, capital, last = first.islower(), first.isupper(), not first
    sentence = re.split(r"[.!?] ", before)[-1]
    begins = not before.strip() or (bool(re.search(r"[.!?:] *$", before)) and not re.search(r"\? *$", before))
    words = re.findall(r"[\w-]+", sentence)
    word = re.findall(r"[^\W\d_]+", before[-20:])[-1:] if left in " '’" else []
    follows = bool(word) and word[0].lower() in _question_words()["opening"]
    bonus = 0.5 if proven else 0.0

    opens = closes = grave = None
    if (not left or left in " '’(-\"") and (right == " " or _LETTER.match(right or " ") or right.isdigit()) and not last:
        opens = bonus
        if begins:
            opens += 1.0 if lower else 3.0
        elif lower or first.isdigit():
            opens += 3.0
        else:
            opens += 0.5
        if follows or (left and left in "'’("):
            opens += 3.0
    if before.strip() and not begins and (left == " " or left.isalnum() or left in ".!%)") and (not right or not right.isalnum()):
        closes = bonus
        if first and first in ",.;:)…":
            closes += 3.0
        elif lower:
            closes += 2.0
        elif last:
            closes += 0.5
    if begins and right == " " and (lower or capital):
        grave = 3.5 if lower else 1.0
    asks = 0.0
    if begins:
        asks -= 3.0
    if capital or last:
        asks += 2.0
    if lower or (first and first in ",;:"):
        asks -= 2.0
    if follows:
        asks -= 2.0
    if words and (words[0].lower() in _question_words()["asking"] or _INVERSION.search(sentence)):
        asks += 3.0
    return _Scores(opens, closes, grave, asks)


@cache
def _patterns() -> dict[str, tuple[str, bool]]:
    rows = read_table(_DATA / "lost_letters.csv", ("pattern", "meant", "others"))
    return {row.required("pattern"): (row.required("meant"), bool(row["others"])) for row in rows}


@cache
def _question_words() -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {"opening": set(), "asking": set()}
    for row in read_table(_DATA / "question_words.csv", ("kind", "words")):
        words[row.one_of("kind", words)].update(row.several("words"))
    return {kind: frozenset(found) for kind, found in words.items()}
