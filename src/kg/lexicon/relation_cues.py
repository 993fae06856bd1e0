"""Words that state relations (``relation_cues.csv``), by language and form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.tables import Row, read_table

FORMS = ("by_agent", "agent_does", "place_does", "joined", "reversed", "start", "plan", "part", "member")
PREDICATES = ("", "locatedIn", "implementedBy", "partOf", "supports", "pilotOf", "establishedBy", "hasStartDate", "covers")
STATUSES = ("", "target", "forecast")


@dataclass(frozen=True, slots=True)
class RelationCue:
    """One cue: ``status`` is empty for what is stated as a fact; for a class word (``member``) it is its English plural."""

    predicate: str
    text: str
    status: str


def load_relation_cues(directory: Path) -> Mapping[tuple[str, str], tuple[RelationCue, ...]]:
    """(language, form) → cues in file order. Raises LexiconError naming file and row."""
    cues: dict[tuple[str, str], list[RelationCue]] = defaultdict(list)
    for row in read_table(directory / "relation_cues.csv", ("language", "predicate", "form", "text", "status")):
        at = (row.one_of("language", ("fr", "zh", "en")), row.one_of("form", FORMS))
        cues[at].append(RelationCue(row.one_of("predicate", PREDICATES), row.required("text"), _status(row)))
    return {at: tuple(found) for at, found in cues.items()}


def _status(row: Row) -> str:
    return row.required("status") if row["form"] == "member" else row.one_of("status", STATUSES)
