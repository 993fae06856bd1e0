"""How well articles are read, from the reports of the built graphs; floors stand a little under what was reached."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import opencc
import pytest

from kg.reports import load_reports, run_report, write_table
from kg.settings import share
from kg.store import open_current

TESTS = Path(__file__).parent
PLACES = TESTS.parent / "src" / "kg" / "lexicon" / "data" / "places.csv"
GOLD = {
    "seeds": (TESTS / "gold" / "seeds.jsonl",),
    "devset": (TESTS / "devset" / "gold.jsonl",),
    "fieldset": tuple(sorted((TESTS / "fieldset").glob("gold-*.jsonl"))),
}
DAMAGED = ("fr04", "fr06", "fr09", "zd0")

FLOORS = {
    "seeds": {
        "quantity_f1": 0.99,
        "tuple_f1": 0.97,
        "statement_f1": 0.97,
        "comparator_accuracy": 0.98,
        "status_accuracy": 0.98,
        "measure_type_accuracy": 0.98,
        "entity_f1": 0.94,
        "entity_type_accuracy": 0.97,
        "relation_f1": 0.77,
    },
    "devset": {
        "quantity_f1": 0.985,
        "tuple_f1": 0.94,
        "statement_f1": 0.915,
        "comparator_accuracy": 0.99,
        "status_accuracy": 0.98,
        "measure_type_accuracy": 0.98,
        "entity_f1": 0.96,
        "entity_type_accuracy": 0.99,
        "relation_f1": 0.91,
    },
    "fieldset": {
        "quantity_f1": 0.985,
        "tuple_f1": 0.945,
        "statement_f1": 0.935,
        "comparator_accuracy": 0.99,
        "status_accuracy": 0.98,
        "measure_type_accuracy": 0.98,
        "entity_f1": 0.905,
        "entity_type_accuracy": 0.99,
        "relation_f1": 0.69,
    },
}


@cache
def scorer() -> ModuleType:
    """The scorer, comparing Chinese words whatever their script, as its command line does."""
    spec = importlib.util.spec_from_file_location("score_extraction", TESTS / "score" / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    convert, plain = opencc.OpenCC("t2s").convert, module.tokens
    module.tokens = lambda text: plain(convert(text or ""))
    return module


def rows_of(store: Path, name: str) -> list[dict[str, str]]:
    """A report's rows as a user gets them: through its CSV."""
    reports, broken = load_reports(share("queries"))
    assert not broken
    snapshot = open_current(store)
    try:
        text = write_table(run_report(reports[name], snapshot), "csv")
    finally:
        snapshot.close()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def gold_rows(collection: str) -> list[dict[str, object]]:
    """The annotated facts of a collection, all its files together."""
    texts = [file.read_text(encoding="utf-8") for file in GOLD[collection]]
    return [json.loads(line) for text in texts for line in text.splitlines() if line.strip()]


def score(store: Path, collection: str, only: Callable[[str], bool] = lambda doc: True) -> dict[str, float]:
    """All scores of a store against annotated facts, for the documents that ``only`` lets through."""
    module = scorer()
    gold = [row for row in gold_rows(collection) if only(str(row["doc"]))]
    places = module.load_places(PLACES)
    docs = {row["doc"] for row in gold}

    def rows(name: str) -> list[dict[str, str]]:
        return [row for row in rows_of(store, name) if row["doc"] in docs]

    result = dict(module.score(gold, rows("measurements"), places)[0])
    result.update(module.score_entities(gold, rows("entities"))[0])
    result.update(module.score_relations(gold, rows("relations"))[0])
    return result


@pytest.fixture(scope="module")
def scores(seeds_store: Path, devset_store: Path, fieldset_store: Path) -> dict[str, dict[str, float]]:
    stores = {"seeds": seeds_store, "devset": devset_store, "fieldset": fieldset_store}
    return {collection: score(store, collection) for collection, store in stores.items()}


@pytest.mark.parametrize(("collection", "measure"), [(name, measure) for name, floors in FLOORS.items() for measure in floors])
def test_score_stays_above_its_floor(scores: dict[str, dict[str, float]], collection: str, measure: str) -> None:
    reached = scores[collection][measure]
    print(f"{collection} {measure} {reached:.3f}")
    assert reached >= FLOORS[collection][measure]


def test_damaged_articles_read_almost_as_well_as_clean_ones(devset_store: Path) -> None:
    damaged = score(devset_store, "devset", lambda doc: doc.startswith(DAMAGED))
    clean = score(devset_store, "devset", lambda doc: not doc.startswith(DAMAGED))
    assert damaged["quantity_f1"] >= clean["quantity_f1"] - 0.03


def test_the_annotation_scores_full_marks_against_itself() -> None:
    module = scorer()
    gold = gold_rows("devset")
    measured = [{**row, "indicator": row["indicator_text"]} for row in gold if row["kind"] == "measurement"]
    assert module.score(gold, measured, module.load_places(PLACES))[0]["tuple_f1"] == 1.0
