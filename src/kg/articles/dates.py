"""Dates of publication as pages print them.

``2020-07-29``, ``2021年06月30日``, ``le 3 mars 2024``, ``August 14, 2021``, ``12-05-2021`` (day first).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kg.tables import read_table

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date with year and where it stands; ``end`` includes a time of day that follows."""

    start: int
    end: int
    day: date


def page_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[PageDate]:
    """Full dates (day, month, year) in ``text[start:end]`` from left to right; impossible ones are passed over."""
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        parts = match.groupdict()
        year = parts["y1"] or parts["y2"] or parts["y3"] or parts["y4"]
        month = parts["m1"] or parts["m4"] or _months()[(parts["m2"] or parts["m3"]).lower()]
        number = parts["d1"] or parts["d2"] or parts["d3"] or parts["d4"]
        try:
            yield PageDate(match.start(), match.end(), date(int(year), int(month), int(number)))
        except ValueError:
            continue


@cache
def _months() -> dict[str, int]:
    return {
        name: row.parsed("month", int, "number of a month")
        for row in read_table(_DATA / "months.csv", ("month", "language", "names"))
        for name in row.several("names")
    }


@cache
def month_names() -> str:
    """All month names as one alternation for a pattern, longest first."""
    return "|".join(re.escape(name) for name in sorted(_months(), key=lambda name: (-len(name), name)))


@cache
def _pattern() -> re.Pattern[str]:
    names = month_names()
    clock = (
        r"(?:[ T,，]{0,3}(?:à |at )?[0-2]?[0-9](?::|h|：)[0-5][0-9](?:(?::|：)[0-5][0-9])?(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
    )
    numeric = r"(?P<y1>(?:19|20)[0-9]{2})(?:-|/|\.|年) ?(?P<m1>[01]?[0-9])(?:-|/|\.|月) ?(?P<d1>[0-3]?[0-9])(?![0-9])日?"
    french = rf"(?P<d2>[0-3]?[0-9])(?:er|st|nd|rd|th)? (?P<m2>{names})\.?,? (?P<y2>(?:19|20)[0-9]{{2}})(?![0-9])"
    english = rf"(?P<m3>{names})\.? (?P<d3>[0-3]?[0-9])(?:st|nd|rd|th)?, ?(?P<y3>(?:19|20)[0-9]{{2}})(?![0-9])"
    day_first = r"(?P<d4>[0-3]?[0-9])(?P<sep>[-/.])(?P<m4>[01]?[0-9])(?P=sep)(?P<y4>(?:19|20)[0-9]{2})(?![0-9])"
    return re.compile(rf"(?<![0-9A-Za-z])(?:{numeric}|{french}|{english}|{day_first}){clock}", re.IGNORECASE)
