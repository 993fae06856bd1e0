"""Cues that decide which time and place a figure takes (``resolution_cues.csv``).

A ``|`` in ``timeless`` and ``no-place`` stands for the quantity itself. Blanks in a pattern are one blank, ``'`` is either apostrophe.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from kg.tables import read_table

CUES = {
    "ahead": "the clause speaks of what is to come",
    "money": "the figure is an amount of money",
    "percent": "the figure is a share or a rate",
    "growth": "the figure is a change",
    "endowment": "the amount is a budget or an investment, which belongs to a project and not to the period under discussion",
    "own-time": "the figure is said per time or over a time of its own",
    "timeless": "the figure is a lasting property of a place (its height)",
    "points-back": "the sentence goes on with the matter of the one before",
    "breakdown": "opens a paragraph that takes the matter of the one before apart, and so has its period",
    "speaker": "follows the place of somebody quoted",
    "respective": "aligns a list of values with a list of names",
    "average": "stands before a place whose average is meant",
    "average-after": "stands after a place whose average is meant",
    "one-of": "stands before a number that counts a national set",
    "no-place": "the figure counts countries, and is said of no place",
    "height": "stands between a height and the place that has it",
    "siblings": "stands between places of one list",
    "list-link": "stands between places of a list that values are aligned with",
    "modified": "stands between a figure and the place that it is an attribute of",
    "apposition": "stands between a place and the larger one it lies in",
    "years-before": "follows a figure and moves its period back (group n: how many, group u: the unit, a… for years)",
    "inserted": "a relative clause set off by commas, up to its date",
    "frame": "what stands before a place that opens a sentence for all that follows; | is the place itself",
    "owned": "stands between a figure's noun and a place named by its class (18 districts de la préfecture)",
    "located": "stands between something and the place where it is",
    "clause-head": "what may stand before a place that heads its clause",
}
_NEVER = re.compile(r"(?!)")


class ResolutionCues:
    """Patterns by language and cue."""

    def __init__(self, patterns: dict[tuple[str, str], re.Pattern[str]]) -> None:
        self._patterns = patterns

    def __call__(self, lang: str, cue: str) -> re.Pattern[str]:
        """The pattern of one cue; one that never matches where the language has none."""
        if cue not in CUES:
            raise KeyError(cue)
        return self._patterns.get((lang, cue), _NEVER)


def load_resolution_cues(directory: Path) -> ResolutionCues:
    """Read the table. Raises LexiconError naming file and row; each pattern must match its example."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_table(directory / "resolution_cues.csv", ("cue", "lang", "pattern", "example")):
        cue, lang = row.one_of("cue", CUES), row.required("lang")
        text = row.required("pattern").replace("'", "['’]")
        row.parsed("pattern", re.compile, "regular expression")
        if not re.search(text, row["example"], re.IGNORECASE) and not re.search(text, row["example"] + " ", re.IGNORECASE):
            raise row.error(f"the pattern does not match its example {row['example']!r}")
        found[lang, cue].append(text)
    return ResolutionCues({key: re.compile("|".join(f"(?:{text})" for text in texts), re.IGNORECASE) for key, texts in found.items()})
