"""Reads a few words as the whole chain reads an article, for tests that look at single figures."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kg.articles import read_source
from kg.extract.extractor import Explanation, RuleExtractor
from kg.extract.reading import Measurement
from kg.lexicon import shipped


@dataclass(frozen=True)
class Figures:
    """Measurements of a text by the words that state them."""

    explanation: Explanation

    def __getitem__(self, quote: str) -> Measurement:
        found = [m for m in self.explanation.reading.measurements if quote in m.quote.text]
        assert found, f"{quote!r} was not read; read were {[m.quote.text for m in self.explanation.reading.measurements]}"
        return found[0]

    def rule(self, quote: str) -> str:
        """Name of the attachment rule that fired."""
        return next(trace.attachment.rule for trace in self.explanation.traces if quote in trace.measurement.quote.text)


def read(text: str, *, published: str = "2022-05-10", language: str | None = None) -> Figures:
    """The figures of a text published on a day (sidecar)."""
    sidecar = {"@type": "NewsArticle", "datePublished": published}
    if language:
        sidecar["inLanguage"] = language
    article = read_source("sample", "sample.txt", text.encode(), sidecar=json.dumps(sidecar).encode())
    return Figures(RuleExtractor().explain(article, shipped()))


def assert_indicator(figures: Figures, quote: str, held: list[str], absent: list[str], rule: str | None) -> None:
    """The indicator of a figure holds some words, lacks others, and was found by a rule (if one is named)."""
    words = figures[quote].indicator.text
    assert all(word in words for word in held), words
    assert not any(word in words for word in absent), words
    if rule is not None:
        assert figures.rule(quote) == rule
