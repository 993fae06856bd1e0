"""Malformed rows of the period and place tables are refused with file and row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import DATA, Lexicon

BROKEN = [
    # table, row to append, attribute that loads it, words of the complaint
    ("period_patterns.csv", "zh-x,zh,{monat}月,period,,1月,,2020-01-01/2020-01-31", "periods", "no slot 'monat'"),
    ("period_patterns.csv", "zh-x,zh,{YEAR}月,period,,1月,,2020-01-01/2020-01-31", "periods", "no row 'YEAR'"),
    ("period_patterns.csv", "zh-x,zh,(月,period,,1月,,2020-01-01/2020-01-31", "periods", "no regular expression"),
    ("period_patterns.csv", "zh-x,zh,月?,period,,月,,2020-01-01/2020-01-31", "periods", "matches nothing"),
    ("period_patterns.csv", "zh-x,zh,月,sometimes,,月,,2020-01-01/2020-01-31", "periods", "'sometimes'"),
    ("months.csv", "fr,13,treizième", "periods", "no month 13"),
    ("festival_dates.csv", "new-year,2020,13-01,13-02", "periods", "day of the form MM-DD"),
    ("festivals.csv", "fr,Noël,christmas", "periods", "'christmas'"),
    ("period_context.csv", "base,zh,beside,比,比", "periods", "'beside'"),
    ("place_classes.csv", "fr,vallée,before,valley,Valley", "place_words", "'valley'"),
    ("place_collectives.csv", "fr,la vallée,valley,la vallée", "place_words", "'valley'"),
    ("place_collectives.csv", "fr,la vallée,zone,le pic", "place_words", "does not match its example"),
    ("place_aliases.csv", "atlantis,Atlantide", "place_names", "no place 'atlantis'"),
    ("zones.csv", "x1,X,,,,,zone,atlantis", "place_names", "'atlantis'"),
    ("zones.csv", "gui-an,X,,,,,zone,guizhou", "place_names", "twice"),
    ("counties.csv", "999999,某县,Mou County,county,atlantis", "place_names", "'atlantis'"),
    ("resolution_cues.csv", "money,fr,livre,kilo", "resolution_cues", "does not match its example"),
    ("resolution_cues.csv", "cash,fr,livre,livre", "resolution_cues", "'cash'"),
]


@pytest.mark.parametrize(("table", "row", "attribute", "complaint"), BROKEN)
def test_malformed_row(table: str, row: str, attribute: str, complaint: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    path = data / table
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    lines = len(path.read_text(encoding="utf-8").splitlines())
    with pytest.raises(LexiconError) as caught:
        getattr(Lexicon(data), attribute)
    assert complaint in caught.value.what
    assert table in caught.value.where
    assert f"row {lines}" in caught.value.where
