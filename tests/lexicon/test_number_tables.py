"""The tables about numbers: their forms, their examples, and what is said about a wrong row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.extract.quantities import find_quantities
from kg.extract.quantities.grammar import evaluate, grammar
from kg.lexicon import DATA, Lexicon, shipped
from kg.lexicon.corpus import load_corpus
from kg.lexicon.number_rules import Trap
from kg.lexicon.templates import expand

LANGUAGES = ("fr", "zh", "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_expand_gives_all_choices_once() -> None:
    assert expand("{a,b}-{c,}") == ["a-c", "a-", "b-c", "b-"]
    with pytest.raises(ValueError, match="unpaired"):
        expand("{a,b")


@pytest.mark.parametrize("trap", shipped().number_traps, ids=lambda trap: f"{trap.language}:{trap.form[:20]}")
def test_example_of_a_trap_states_no_quantity(trap: Trap) -> None:
    assert trap.example
    language = LANGUAGES[0] if trap.language == "*" else trap.language
    assert find_quantities(trap.example, language, shipped()) == []


def test_phrase_values_are_products_of_their_numbers() -> None:
    from decimal import Decimal

    assert evaluate("@2*100/@1", {1: Decimal(4), 2: Decimal(3)}) == 75
    assert evaluate("@1*10+5", {1: Decimal(7)}) == 75
    assert evaluate("@2*100/@1", {1: Decimal(0), 2: Decimal(3)}) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_compiles(language: str) -> None:
    assert grammar(shipped(), language).numerals


def test_a_new_unit_is_a_row(folder: Path) -> None:
    with (folder / "unit_forms.csv").open("a", encoding="utf-8") as table:
        table.write("fr,furlong,m,201.168,,any\n")
    (mention,) = find_quantities("une piste de 2 furlong", "fr", Lexicon(folder))
    assert (float(mention.value), mention.unit) == (402.336, "m")


def test_a_new_trap_is_a_row(folder: Path) -> None:
    assert find_quantities("le dossier vert 77 avance", "fr", shipped())
    with (folder / "number_traps.csv").open("a", encoding="utf-8") as table:
        table.write("fr,dossier vert #,name,dossier vert 12\n")
    assert find_quantities("le dossier vert 77 avance", "fr", Lexicon(folder)) == []


@pytest.mark.parametrize(
    ("name", "row", "what"),
    [
        ("unit_forms.csv", "fr,furlong,nounit,1,,any", "nounit"),
        ("unit_forms.csv", "fr,furlong,m,much,,any", "much"),
        ("comparators.csv", "fr,about,sortof,before", "sortof"),
        ("number_cues.csv", "fr,nocue,word", "nocue"),
        ("number_phrases.csv", "fr,all,100,nounit,,,x", "nounit"),
        ("numerals.csv", "fr,onze,eleven,add", "eleven"),
        ("scales.csv", 'fr,"{mille",1000', "{mille"),
    ],
)
def test_a_wrong_row_is_named(folder: Path, name: str, row: str, what: str) -> None:
    path = folder / name
    with path.open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    line = len(path.read_text(encoding="utf-8").splitlines())
    lexicon = Lexicon(folder)
    with pytest.raises(LexiconError) as caught:
        grammar(lexicon, "fr")
    assert what in str(caught.value)
    assert f"{name}, row {line}" in str(caught.value)


def test_a_wrong_mark_in_a_corpus_is_named(tmp_path: Path) -> None:
    path = tmp_path / "quantities.fr.txt"
    path.write_text("# note\nIl y a ⟦12 ponts|twelve⟧.\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="line 2"):
        load_corpus(path)
