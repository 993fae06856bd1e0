"""Every sentence of the corpus files gives exactly the quantities marked in it."""

from __future__ import annotations

import pytest

from kg.extract.quantities import find_quantities
from kg.lexicon import DATA, shipped
from kg.lexicon.corpus import Expected, Sentence, load_corpus

FILES = sorted((DATA / "corpus").glob("quantities.*.txt")) + sorted((DATA / "corpus").glob("none.*.txt"))
SENTENCES = [sentence for path in FILES for sentence in load_corpus(path)]
LANGUAGES = {"fr", "zh", "en"}


def found(text: str, language: str) -> list[Expected]:
    return [
        Expected(mention.start, mention.end, mention.value, mention.upper, mention.unit, mention.comparator)
        for mention in find_quantities(text, language, shipped())
    ]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: f"{sentence.path.stem}-{sentence.line}")
def test_sentence(sentence: Sentence) -> None:
    assert found(sentence.text, sentence.language) == list(sentence.expected)


def test_every_language_has_both_corpora() -> None:
    assert {sentence.language for sentence in SENTENCES if sentence.expected} == LANGUAGES
    assert {sentence.language for sentence in SENTENCES if not sentence.expected} == LANGUAGES


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_corpora_are_not_small(language: str) -> None:
    assert sum(bool(sentence.expected) for sentence in SENTENCES if sentence.language == language) >= 60


@pytest.mark.parametrize("variant", ["\u00a0", "\u202f", "\u2009"])
@pytest.mark.parametrize("sentence", [s for s in SENTENCES if s.language == "fr"], ids=lambda s: f"{s.path.stem}-{s.line}")
def test_other_spaces_change_nothing(sentence: Sentence, variant: str) -> None:
    assert found(sentence.text.replace(" ", variant), "fr") == list(sentence.expected)


@pytest.mark.parametrize("sentence", [s for s in SENTENCES if s.language == "zh"], ids=lambda s: f"{s.path.stem}-{s.line}")
def test_half_width_punctuation_changes_nothing(sentence: Sentence) -> None:
    narrow = sentence.text.translate(str.maketrans("，：；（）％", ",:;()%"))
    assert found(narrow, "zh") == list(sentence.expected)
