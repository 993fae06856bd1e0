"""CPU time from bytes to quads against the floor that any system has: decoding the bytes and converting their script.

Rounds are interleaved (floor, chain, floor, chain …) and the median ratio of rounds is printed, so that a busy machine hurts both alike.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import opencc

from kg.articles import read_source
from kg.extract.extractor import RuleExtractor
from kg.graph import article_quads
from kg.lexicon import shipped
from kg.settings import Settings

ROUNDS = 5
SAMPLES = {"French": "fr01", "Chinese": "zh01"}
TEXTS = Path(__file__).resolve().parent.parent / "tests" / "devset" / "texts"


def article_of(name: str, copies: int) -> bytes:
    """The head of a development article and its body repeated."""
    head, body = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n", 1)
    return (head + "\n" + (body + "\n") * copies).encode()


def chain(raw: bytes) -> None:
    """Bytes to quads."""
    article = read_source("bench", "bench.txt", raw)
    article_quads(article, RuleExtractor().read(article, shipped()), shipped(), Settings())


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print one line a language."""
    convert = opencc.OpenCC("t2s").convert
    print(f"{'':8} {'chars/s':>9} {'x floor':>9} {'10x text':>9}")
    for language, name in SAMPLES.items():
        small, large = article_of(name, 4), article_of(name, 40)
        chain(small)  # tables are compiled once
        ratios, speeds, growth = [], [], []
        for _ in range(ROUNDS):
            floor = cpu(lambda raw=large: [convert(raw.decode()) for _ in range(20)]) / 20
            whole, part = cpu(lambda raw=large: chain(raw)), cpu(lambda raw=small: chain(raw))
            ratios.append(whole / floor)
            speeds.append(len(large.decode()) / whole)
            growth.append(whole / part)
        print(f"{language:8} {statistics.median(speeds):9.0f} {statistics.median(ratios):9.0f} {statistics.median(growth):9.1f}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
