"""Accents a keyboard or page software lacked: ``à l'heure actuelle`` at a sentence's start → ``À``, ``grace à`` → ``grâce à``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.articles.offsets import Edit
from kg.articles.sentences import abbreviations, is_hard_wrapped
from kg.tables import read_table

CAPITAL_RULE = "initial-a-grave"
ACCENT_RULE = "missing-accent"
_INITIAL = re.compile(r"(?:^|(?P<before>[^\s.!]{0,15})(?P<mark>[.!…][»”\")]?)) *(?P<letter>à)(?= )", re.MULTILINE)
_ENDING = re.compile(r"[.!?…:;»”\")]\s*$")


def find(text: str) -> list[Edit]:
    """Edits that set the missing accent; nothing is changed in the middle of a sentence but the words of the table."""
    return [*_capitals(text), *_accents(text)]


def _capitals(text: str) -> list[Edit]:
    wrapped = is_hard_wrapped(text)
    always, _ = abbreviations("fr")
    edits = []
    for match in _INITIAL.finditer(text):
        position = match.start("letter")
        if match["mark"] is None:
            line = text.rfind("\n", 0, max(0, match.start()))
            above = text[max(0, text.rfind("\n", 0, max(0, line)) + 1) : max(0, match.start())]
            if wrapped and above.strip() and not _ENDING.search(above):
                continue  # the line goes on a sentence
        elif match["mark"] == ".":
            word = re.sub(r"^\W+", "", match["before"]).lower()
            if word in always or len(word) == 1 or (match["before"][-1:].isdigit() and len(match["before"]) <= 2):
                continue
        edits.append(Edit(position, position + 1, "À", CAPITAL_RULE, 0.97))
    return edits


def _accents(text: str) -> list[Edit]:
    pattern, meant = _table()
    edits = []
    for match in pattern.finditer(text):
        written = match["written"]
        after = meant[written.lower()]
        for index, (old, new) in enumerate(zip(written, after, strict=True)):
            if old.lower() != new:
                start = match.start("written") + index
                edits.append(Edit(start, start + 1, new if old.islower() else new.upper(), ACCENT_RULE, 0.95))
    return edits


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    meant, alternatives = {}, []
    for row in read_table(Path(__file__).parent.parent / "data" / "typing.csv", ("written", "meant", "followed")):
        written = row.required("written")
        if len(written) != len(row.required("meant")):
            raise row.error("both words must have the same number of letters")
        meant[written] = row["meant"]
        words = (re.escape(word) + ("" if word.endswith("'") else r"(?!\w)") for word in row.several("followed"))
        following = rf"(?= (?:{'|'.join(words)}))" if row["followed"] else ""
        alternatives.append(rf"{re.escape(written)}(?!\w){following}")
    return re.compile(rf"(?<![\w@./-])(?P<written>{'|'.join(alternatives)})", re.IGNORECASE), meant
