"""The lexicon: every table that extraction and the graph read, loaded once from one folder of data files."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from kg.lexicon.gazetteer import Gazetteer
from kg.lexicon.units import Unit, load_units

DATA = Path(__file__).parent / "data"


class Lexicon:
    """All tables of one folder (default: the shipped ones). Tables load on first use; each raises LexiconError naming file and row."""

    def __init__(self, directory: Path = DATA) -> None:
        self.directory = directory

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by key."""
        return load_units(self.directory)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Known places."""
        return Gazetteer(self.directory)


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with DEK."""
    return Lexicon()
