"""Cue tables: patterns compile, wrong rows are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import shipped
from kg.lexicon.cues import load_statistic_cues, load_status_cues


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ("fr,planned,onward,x,\n", "planned"),
        ("fr,target,always,x,\n", "always"),
        ("fr,target,onward,(x,\n", "regular expression"),
        ("fr,target,onward,,\n", "empty"),
    ],
)
def test_a_wrong_status_row_is_named(tmp_path: Path, rows: str, word: str) -> None:
    (tmp_path / "status_cues.csv").write_text("language,status,reach,pattern,example\n" + rows, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_status_cues(tmp_path)
    assert "row 2" in caught.value.where
    assert word in caught.value.what


def test_a_wrong_statistic_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "statistic_cues.csv").write_text("language,statistic,where,pattern\nfr,flow,nowhere,x\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_statistic_cues(tmp_path)
    assert "nowhere" in caught.value.what


def test_a_user_adds_a_cue_with_one_row(tmp_path: Path) -> None:
    text = (shipped().directory / "status_cues.csv").read_text(encoding="utf-8")
    (tmp_path / "status_cues.csv").write_text(text + "fr,target,onward,\\bcaresse l'espoir\\b,\n", encoding="utf-8")
    pattern = {status: cue for cue, status in load_status_cues(tmp_path)["fr"].onward}["target"]
    assert pattern.search("la ville caresse l'espoir de compter 12 ateliers")


@pytest.mark.parametrize("language", ["fr", "zh", "en"])
def test_shipped_cues(language: str) -> None:
    assert {status for _, status in shipped().status_cues[language].onward} >= {"actual", "target", "forecast"}
    assert shipped().statistic_cues[language].cues
