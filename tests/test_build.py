"""Articles in, one published version out: determinism, broken articles, nothing lost."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import BuildResult, build
from kg.errors import InputError, LexiconError
from kg.lexicon import DATA
from kg.settings import Settings
from kg.store import open_current

FRENCH = "KUNMING, 10 mai 2022 -- La ville de Dali compte 84 parcs logistiques. Les ventes ont atteint 5 millions de yuans en 2021.\n"
CHINESE = "云南省数字产业发展情况\n2022年5月10日\n截至3月底，昆明市建成充电桩8300个，同比增长12%。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "dali.txt").write_text(FRENCH, encoding="utf-8")
    (articles / "kunming.txt").write_text(CHINESE, encoding="gb18030")
    sidecar = {"@type": "NewsArticle", "headline": "Dali", "datePublished": "2022-05-10", "inLanguage": "fr"}
    (articles / "dali.jsonld").write_text(json.dumps(sidecar), encoding="utf-8")
    return articles


def run(folder: Path, tmp_path: Path, name: str = "store", **options: object) -> BuildResult:
    return build([folder], replace(Settings(), store=tmp_path / name), **options)  # type: ignore[arg-type]


def quads_of(store: Path) -> bytes:
    snapshot = open_current(store)
    try:
        return snapshot.version.quads_file.read_bytes()
    finally:
        snapshot.close()


def test_the_version_holds_what_the_articles_say(folder: Path, tmp_path: Path) -> None:
    result = run(folder, tmp_path)
    assert not result.refused
    assert result.version.manifest.documents == 2
    lines = quads_of(tmp_path / "store").splitlines()
    assert lines == sorted(set(lines))
    blank = [line for line in lines if b"_:" in line.split(b'"')[0]]
    assert all(line.endswith((b"/graph/ontology> .", b"/graph/alignment> .")) for line in blank)  # the ontology's own, canonical
    assert all(line.rstrip(b" .").endswith(b">") and b" <https://w3id.org/dek/graph/" in line for line in lines)
    assert any("8300个".encode() in line for line in lines)


def test_same_bytes_whatever_the_workers(folder: Path, tmp_path: Path) -> None:
    one, two = run(folder, tmp_path, "one", jobs=1), run(folder, tmp_path, "two", jobs=2)
    assert one.version.name == two.version.name
    assert quads_of(tmp_path / "one") == quads_of(tmp_path / "two")


def test_same_bytes_whatever_the_hash_seed(folder: Path, tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "77"):
        store = tmp_path / f"seed{seed}"
        subprocess.run(
            [sys.executable, "-m", "kg", "build", str(folder), "--store", str(store), "--jobs", "1"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        digests.add(hashlib.sha256(quads_of(store)).hexdigest())
    assert len(digests) == 1


def test_a_broken_article_is_reported_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(50 * 2**20)
    (folder / "bad.txt").write_text(FRENCH + "Encore 7 parcs.\n", encoding="utf-8")
    (folder / "bad.jsonld").write_text("{", encoding="utf-8")
    result = run(folder, tmp_path)
    assert sorted(outcome.name for outcome in result.refused) == ["bad", "empty", "huge", "noise"]
    assert all(outcome.path.name in outcome.error for outcome in result.refused if outcome.name != "bad")
    assert result.version.manifest.documents == 2


def test_an_article_without_a_figure_is_kept_and_noted(folder: Path, tmp_path: Path) -> None:
    (folder / "calm.txt").write_text("Dali est une ville agréable du Yunnan. Elle se visite au printemps avec plaisir.\n", encoding="utf-8")
    result = run(folder, tmp_path)
    (calm,) = [outcome for outcome in result.outcomes if outcome.name == "calm"]
    assert calm.measurements == 0
    assert any("no figure" in note for note in calm.notes)


def test_two_files_with_the_same_bytes_are_one_document(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "kunming.txt", folder / "twin.txt")
    result = run(folder, tmp_path)
    assert [outcome.name for outcome in result.refused] == ["twin"]
    assert "kunming.txt" in result.refused[0].error


def test_two_articles_with_one_name_are_refused_whole(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "dali.txt").write_text(FRENCH + "Fin.\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        build([folder, other], replace(Settings(), store=tmp_path / "store"))
    assert str(folder / "dali.txt") in caught.value.what
    assert str(other / "dali.txt") in caught.value.what


def test_nothing_readable_leaves_what_was_served(folder: Path, tmp_path: Path) -> None:
    before = run(folder, tmp_path).version.name
    empty = tmp_path / "only-empty"
    empty.mkdir()
    (empty / "a.txt").write_bytes(b"")
    with pytest.raises(InputError, match="none of the 1 articles"):
        run(empty, tmp_path)
    snapshot = open_current(tmp_path / "store")
    assert snapshot.name == before
    snapshot.close()


def test_a_malformed_lexicon_row_stops_the_build_and_names_the_row(folder: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon"
    shutil.copytree(DATA, lexicon)
    with (lexicon / "places.csv").open("a", encoding="utf-8") as file:
        file.write("atlantis,Atlantis\n")
    with pytest.raises(LexiconError) as caught:
        run(folder, tmp_path, lexicon_directory=lexicon)
    assert "places.csv, row " in caught.value.where
    assert not (tmp_path / "store" / "current").exists()


def test_an_unknown_parent_in_the_gazetteer_is_named(folder: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon"
    shutil.copytree(DATA, lexicon)
    text = (lexicon / "places.csv").read_text(encoding="utf-8")
    (lexicon / "places.csv").write_text(
        text.replace(",prefecture_level_city,tibet,", ",prefecture_level_city,tibbet,", 1), encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="tibbet"):
        run(folder, tmp_path, lexicon_directory=lexicon)


def test_nothing_is_done_when_nothing_changed(folder: Path, tmp_path: Path) -> None:
    first = run(folder, tmp_path, only_if_changed=True)
    again = run(folder, tmp_path, only_if_changed=True)
    assert not first.unchanged
    assert again.unchanged
    assert again.version.name == first.version.name
    (folder / "dali.txt").write_text(FRENCH + "Elle compte 12 quartiers.\n", encoding="utf-8")
    changed = run(folder, tmp_path, only_if_changed=True)
    assert not changed.unchanged
    assert changed.version.name != first.version.name


def test_the_base_iri_is_one_setting(folder: Path, tmp_path: Path) -> None:
    settings = replace(Settings(base="https://example.org/graph-of-mine/"), store=tmp_path / "store")
    build([folder], settings)
    assert b"w3id.org/dek" not in quads_of(tmp_path / "store")


@pytest.mark.parametrize("date", ["yesterday", "99999999999999", "1.5"])
def test_a_wrong_date_of_the_build_is_refused_and_nothing_is_published(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH"):
        run(folder, tmp_path)
    assert not (tmp_path / "store" / "current").exists()


def test_jobs_below_one_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="worker"):
        run(folder, tmp_path, jobs=0)
