"""Articles from a few words, and gold rows of the development sets with their clean spans, for tests of single extractors."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg.articles import Article, read_article, read_source

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS / "score"))


def article(text: str, *, published: str | None = None, language: str | None = None) -> Article:
    """An article of the text, published on a day that its sidecar says."""
    sidecar: dict[str, str] = {"@type": "NewsArticle"}
    if published:
        sidecar["datePublished"] = published
    if language:
        sidecar["inLanguage"] = language
    return read_source("sample", "sample.txt", text.encode(), sidecar=json.dumps(sidecar).encode())


@cache
def gold_rows() -> tuple[dict[str, Any], ...]:
    """All gold rows, seeds first."""
    files = (TESTS / "gold" / "seeds.jsonl", TESTS / "devset" / "gold.jsonl")
    return tuple(json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


@cache
def document(name: str) -> Article:
    """A gold article by the name of its file."""
    for folder in (TESTS.parent / "seeds", TESTS / "devset" / "texts"):
        if (folder / f"{name}.txt").exists():
            return read_article(folder / f"{name}.txt")
    raise FileNotFoundError(name)


@cache
def _starts(name: str) -> tuple[list[int], list[int]]:
    spans = [document(name).offsets.span(position, position + 1) for position in range(len(document(name).text))]
    return [start for start, _ in spans], [end for _, end in spans]


def measurements(prefixes: tuple[str, ...] = ("",)) -> Iterator[tuple[Article, dict[str, Any], int, int]]:
    """Required gold measurements of articles whose name begins with a prefix: article, row, clean start, clean end."""
    for row in gold_rows():
        if row["kind"] == "measurement" and not row.get("optional") and row["doc"].startswith(prefixes):
            starts, ends = _starts(row["doc"])
            yield document(row["doc"]), row, bisect_right(ends, row["start"]), bisect_left(starts, row["end"])
