"""The tables of names: what they hold, and how a wrong row is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.lexicon import DATA, shipped
from kg.lexicon.entity_words import load_entity_words
from kg.lexicon.relation_cues import load_relation_cues

FILES = ("entity_heads.csv", "entity_cues.csv", "known_entities.csv", "person_names.csv", "name_patterns.csv", "relation_cues.csv")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def add(path: Path, row: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + row + "\n", encoding="utf-8")


def test_every_known_thing_is_found_by_one_name_only() -> None:
    owners: dict[str, str] = {}
    for entity in shipped().entity_words.known:
        for name in entity.names:
            assert owners.setdefault(name.lower(), entity.key) == entity.key, f"{name}: {owners[name.lower()]} and {entity.key}"


def test_heads_stand_once_a_language() -> None:
    for heads in shipped().entity_words.heads.values():
        names = [head.head for head in heads]
        assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)


@pytest.mark.parametrize(
    ("file", "row", "part"),
    [
        ("entity_heads.csv", "zh,样板,organisation,body,sometimes,,", "sometimes"),
        ("entity_heads.csv", "zh,样板,thing,body,open,,", "thing"),
        ("entity_cues.csv", "zh,gossip,样板,", "gossip"),
        ("known_entities.csv", "huawei,organisation,company,Twice,,,", "'huawei' is there twice"),
        ("known_entities.csv", "unnamed,organisation,company,,Sans nom,,", "label_en"),
        ("person_names.csv", "zh,nickname,小王", "nickname"),
        ("name_patterns.csv", "fr,broken,(", "regular expression"),
        ("name_patterns.csv", "fr,known:nothing,rien", "no key of known_entities.csv"),
        ("relation_cues.csv", "fr,marriedTo,by_agent,uni,", "marriedTo"),
    ],
)
def test_a_wrong_row_is_told_with_file_and_reason(tables: Path, file: str, row: str, part: str) -> None:
    add(tables / file, row)
    load = load_relation_cues if file == "relation_cues.csv" else load_entity_words
    with pytest.raises(LexiconError) as error:
        load(tables)
    assert file in str(error.value)
    assert part in str(error.value)
