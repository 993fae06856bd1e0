"""Corpus files (``corpus/KIND.LANGUAGE.txt``): sentences with the readings expected of them, tests and documentation in one.

A line is a sentence; ``⟦words|value unit comparator⟧`` marks what must be found, with ``lower..upper`` for a range and ``exactly``
left out. A sentence without marks must give nothing. Lines that begin with ``#`` are comments, ``##`` heads a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.errors import LexiconError
from kg.tables import read_utf8

MARK = re.compile(r"⟦([^|⟧]+)\|([^⟧]+)⟧")
READING = re.compile(r"(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))? ([\w-]+)(?: ([a-z-]+))?")


@dataclass(frozen=True, slots=True)
class Expected:
    """One quantity: its span in the sentence, value (and upper value of a range) in ``unit``, model key of the comparator."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    comparator: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without marks, where it stands, and what it must give, in order."""

    path: Path
    line: int
    language: str
    group: str
    text: str
    expected: tuple[Expected, ...]


def load_corpus(path: Path) -> tuple[Sentence, ...]:
    """The sentences of one file, whose name ends in ``.LANGUAGE.txt``. Raises LexiconError naming file and line for an unreadable mark."""
    language, group, sentences = path.name.split(".")[-2], "", []
    for number, line in enumerate(read_utf8(path).splitlines(), start=1):
        if line.startswith("#") or not line.strip():
            group = line.lstrip("# ") if line.startswith("##") else group
            continue
        text, position, expected = "", 0, []
        for mark in MARK.finditer(line):
            text += line[position : mark.start()]
            reading = READING.fullmatch(mark.group(2))
            if reading is None:
                raise LexiconError(
                    f"the mark {mark.group()!r} is no reading",
                    where=f"{path}, line {number}",
                    remedy="write it as ⟦words|value unit comparator⟧",
                )
            value, upper, unit, comparator = reading.groups()
            expected.append(
                Expected(
                    start=len(text),
                    end=len(text) + len(mark.group(1)),
                    value=Decimal(value),
                    upper=Decimal(upper) if upper else None,
                    unit=unit,
                    comparator=comparator or "exactly",
                )
            )
            text += mark.group(1)
            position = mark.end()
        text += line[position:]
        if "⟦" in text or "⟧" in text:
            raise LexiconError("a mark is not closed", where=f"{path}, line {number}", remedy="write it as ⟦words|value unit comparator⟧")
        sentences.append(Sentence(path, number, language, group, text, tuple(expected)))
    return tuple(sentences)
