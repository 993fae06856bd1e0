"""Cues that say whether a value is achieved, aimed at or forecast (``status_cues.csv``) and what kind of statistic it is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from kg.tables import Row, read_table

STATUSES = ("actual", "preliminary", "estimate", "forecast", "target")
STATISTICS = ("level", "flow", "cumulative", "increment", "growth-rate", "share", "rank")
REACHES = ("onward", "number", "sentence")
"""``onward``: from the cue to the next cue of the sentence; ``number``: to the next number only; ``sentence``: the whole sentence."""
WHERES = ("clause", "indicator", "right", "measure")
"""Where a statistic cue is looked for: left of the value in its clause, in the indicator's words, right of the value, as measure word."""


@dataclass(frozen=True, slots=True)
class StatusCues:
    """All status cues of one language. Each reach has a pattern a cue status."""

    onward: tuple[tuple[re.Pattern[str], str], ...]
    number: tuple[tuple[re.Pattern[str], str], ...]
    sentence: tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class StatisticCues:
    """All statistic cues of one language, by place, in the order of the file."""

    cues: tuple[tuple[str, re.Pattern[str], str], ...]

    def find(self, where: str, text: str) -> str | None:
        """The statistic of the first cue for that place that matches, or None."""
        for place, pattern, statistic in self.cues:
            if place == where and pattern.search(text):
                return statistic
        return None


def _compiled(row: Row) -> re.Pattern[str]:
    try:
        return re.compile(row.required("pattern"), re.IGNORECASE)
    except re.error as error:
        raise row.error(f"the pattern {row['pattern']!r} is no regular expression: {error}") from None


def load_status_cues(directory: Path) -> dict[str, StatusCues]:
    """Status cues by language. Raises LexiconError naming file and row."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {reach: defaultdict(lambda: defaultdict(list)) for reach in REACHES}
    for row in read_table(directory / "status_cues.csv", ("language", "status", "reach", "pattern")):
        pattern = _compiled(row).pattern
        language, status, reach = row.required("language"), row.one_of("status", STATUSES), row.one_of("reach", REACHES)
        found[reach][language][status].append(pattern)
    return {
        language: StatusCues(
            *(
                tuple((re.compile("|".join(patterns), re.IGNORECASE), status) for status, patterns in found[reach][language].items())
                for reach in REACHES
            )
        )
        for language in sorted({language for languages in found.values() for language in languages})
    }


def load_statistic_cues(directory: Path) -> dict[str, StatisticCues]:
    """Statistic cues by language. Raises LexiconError naming file and row."""
    cues: dict[str, list[tuple[str, re.Pattern[str], str]]] = defaultdict(list)
    for row in read_table(directory / "statistic_cues.csv", ("language", "statistic", "where", "pattern")):
        pattern = _compiled(row)
        where = row.one_of("where", WHERES)
        if where == "measure":
            pattern = re.compile(rf"\A(?:{pattern.pattern})\Z", re.IGNORECASE)
        cues[row.required("language")].append((where, pattern, row.one_of("statistic", STATISTICS)))
    return {language: StatisticCues(tuple(rows)) for language, rows in cues.items()}
