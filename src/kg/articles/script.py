"""Chinese script: which one a text is written in, and traditional characters turned into simplified ones, one for one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import opencc

from kg.errors import LexiconError
from kg.tables import read_table

_SAMPLE = 100_000
_DATA = Path(__file__).parent / "data"


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def chinese_script(text: str) -> str:
    """``Hant`` or ``Hans``, by the characters that the other would write differently (the first 100,000 characters decide).

    Simplified ones count half: careless conversion leaves 于, 后, 里 as they are in traditional text, hardly ever the reverse.
    """
    sample = text[:_SAMPLE]
    return "Hant" if 2 * _changed(sample, "t2s") > _changed(sample, "s2t") else "Hans"


def to_simplified(text: str) -> str:
    """``text`` with every traditional character simplified, by OpenCC's ``t2s`` and ``data/variants.csv``; same length.

    A line for which OpenCC gives another length is converted character by character.
    """
    converted = str(_converter("t2s").convert(text))
    if len(converted) != len(text):
        lines = [_same_length(line) for line in text.split("\n")]
        converted = "\n".join(lines)
    for written, meant in _variants():
        if written in converted:
            converted = converted.replace(written, meant)
    return converted


def is_traditional(character: str) -> bool:
    """Whether the character alone has another, simplified form."""
    return bool(_converter("t2s").convert(character) != character)


def _same_length(line: str) -> str:
    converted = str(_converter("t2s").convert(line))
    if len(converted) == len(line):
        return converted
    single = (str(_converter("t2s").convert(character)) for character in line)
    return "".join(new if len(new) == 1 else old for old, new in zip(line, single, strict=True))


def _changed(text: str, config: str) -> int:
    converted = _converter(config).convert(text)
    return sum(1 for old, new in zip(text, converted, strict=False) if old != new)


@cache
def _variants() -> tuple[tuple[str, str], ...]:
    rows = []
    for row in read_table(_DATA / "variants.csv", ("written", "meant")):
        written, meant = row.required("written"), row.required("meant")
        if len(written) != len(meant):
            raise LexiconError("both forms must have the same number of characters", where=f"{row.path}, row {row.line}")
        rows.append((written, meant))
    return tuple(rows)
