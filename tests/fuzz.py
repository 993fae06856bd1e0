"""Read articles spliced together from pieces of real ones until the time is up: ``python tests/fuzz.py --seconds 600 --seed 1``.

Nothing but an ArticleError may be raised, and every quote must be verbatim (the gate and the graph assert it). A text that breaks something
is written to the file named in the last line, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from kg.articles import read_source
from kg.errors import ArticleError
from kg.extract.extractor import RuleExtractor
from kg.graph import article_quads
from kg.lexicon import shipped
from kg.settings import Settings

TESTS = Path(__file__).parent
FOLDERS = (TESTS.parent / "seeds", TESTS / "devset" / "texts", TESTS / "fieldset" / "texts")
SPLINTERS = ("十", "季度", "年", "月", "%", "，", "« ", " »", "（", "）", "《", "》", "为", "分别", "0", "万", "亿", " ", "\n", "à ", "de ")


def spliced(rng: random.Random, texts: list[str]) -> str:
    """Pieces of up to 60 characters, now and then with a splinter between."""
    pieces = []
    for _ in range(rng.randint(3, 25)):
        text = rng.choice(texts)
        start = rng.randrange(len(text))
        pieces.append(text[start : start + rng.randint(1, 60)])
        if rng.random() < 0.3:
            pieces.append(rng.choice(SPLINTERS))
    return "".join(pieces)


def main() -> int:
    """Run until the time is up or something breaks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = [path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.txt"))]
    until, done = time.monotonic() + options.seconds, 0
    while time.monotonic() < until:
        raw = spliced(rng, texts).encode()
        try:
            article = read_source("fuzz", "fuzz.txt", raw)
        except ArticleError:
            continue
        try:
            article_quads(article, RuleExtractor().read(article, shipped()), shipped(), Settings())
        except Exception:
            traceback.print_exc()
            found = Path(tempfile.gettempdir()) / "fuzz-failure.txt"
            found.write_bytes(raw)
            print(f"seed {options.seed}: the text after {done} sound ones broke something: {found}")
            return 1
        done += 1
    print(f"{done} spliced texts read, nothing broke")
    return 0


if __name__ == "__main__":
    sys.exit(main())
