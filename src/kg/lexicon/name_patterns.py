"""Forms with words of a language in them, as regular expressions (``name_patterns.csv``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.tables import read_table


def load_name_patterns(directory: Path) -> Mapping[tuple[str, str], re.Pattern[str]]:
    """(language, name) → pattern. Raises LexiconError naming file and row for a pattern that does not compile or stands twice."""
    patterns: dict[tuple[str, str], re.Pattern[str]] = {}
    for row in read_table(directory / "name_patterns.csv", ("language", "name", "pattern")):
        at = (row.one_of("language", ("fr", "zh", "en")), row.required("name"))
        if at in patterns:
            raise row.error(f"the pattern {at[1]!r} for {at[0]!r} is there twice")
        try:
            patterns[at] = re.compile(row.required("pattern"))
        except re.error as error:
            raise row.error(f"column 'pattern' is no regular expression: {error}") from None
    return patterns
