"""Tables that steer attachment: loaded whole, complaints name file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import shipped
from kg.lexicon.phrase_words import ROLES, load_phrase_words


def write(folder: Path, text: str) -> Path:
    (folder / "phrase_words.csv").write_text("language,role,form\n" + text, encoding="utf-8")
    return folder


def test_longest_forms_come_first(tmp_path: Path) -> None:
    words = load_phrase_words(write(tmp_path, "xx,tail,ab\nxx,tail,abcd\nxx,tail,abc\n"))
    assert words.forms("xx", "tail") == ("abcd", "abc", "ab")
    assert words.forms("xx", "lead") == ()
    assert words.languages() == ("xx",)


@pytest.mark.parametrize(
    ("rows", "line", "word"),
    [
        ("xx,tale,ab\n", 2, "tale"),
        ("xx,tail,ab\nxx,tail,\n", 3, "form"),
        ("xx,tail,ab\nxx,tail,ab\n", 3, "twice"),
        ("xx,tail\n", 2, "cells"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, rows: str, line: int, word: str) -> None:
    with pytest.raises(LexiconError) as caught:
        load_phrase_words(write(tmp_path, rows))
    assert f"row {line}" in caught.value.where
    assert "phrase_words.csv" in caught.value.where
    assert word in caught.value.what


def test_every_role_is_used_by_the_shipped_table() -> None:
    words = shipped().phrase_words
    unused = [role for role in ROLES if not any(words.forms(language, role) for language in words.languages())]
    assert unused == []
