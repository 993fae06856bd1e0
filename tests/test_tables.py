"""CSV tables: every complaint names file and row."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.tables import read_table


def test_comments_blank_lines_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('# a comment\nkey,names\n\n# another\n a , "x | y,z " \n', encoding="utf-8")
    path.write_text('# a comment\nkey,names\n\n# another\na,"x | y,z "\n', encoding="utf-8")
    (row,) = read_table(path, ["key"])
    assert row["key"] == "a"
    assert row.several("names") == ("x", "y,z")
    assert row.line == 5


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"key\n\xff\n", "UTF-8"),
        (b"", "header"),
        (b"name\nx\n", "lacks key"),
        (b"key,b\nx\n", "1 cells"),
        (b'key\n"x\n', "not CSV"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(LexiconError) as caught:
        list(read_table(path, ["key"]))
    assert str(path) in caught.value.where
    assert word in caught.value.what


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="missing"):
        list(read_table(tmp_path / "none.csv", ["key"]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120))
def test_any_bytes_give_rows_or_a_complaint(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"key,value\n" + content)
    try:
        rows = list(read_table(path, ["key", "value"]))
    except LexiconError as error:
        where = error.where
    else:
        where = str(path)
        assert all(set(row.cells) == {"key", "value"} for row in rows)
    assert str(path) in where
