"""What kind of figure is it: a level, an amount over a period, a cumulative total, an increment, a growth rate, a share, a rank?"""

from __future__ import annotations

import re

from kg.articles import Article, Sentence
from kg.extract.attachment import Attachment
from kg.extract.mentions import QuantityMention
from kg.lexicon import Lexicon

CLAUSE_MARK = re.compile(r"[，；。]")
SHARE_UNITS = frozenset({"percent", "permille"})
FLOW_KINDS = frozenset({"count", "energy", "mass", "information"})
"""Kinds of unit whose values may be amounts over a period; a length, an area or a temperature is a level."""
HEAD_CHARACTERS, HEAD_WORDS = 5, 3
CHANGE_UNITS = frozenset({"percentage-point", "times"})


def _head(article: Article, attachment: Attachment) -> str:
    """The words that say what kind of thing is counted: the end of a Chinese noun phrase, the beginning of a French or English one."""
    if not attachment.parts:
        return ""
    if article.language == "zh":
        start, end = attachment.parts[-1]
        return article.text[max(start, end - HEAD_CHARACTERS) : end]
    start, end = attachment.counted or attachment.parts[0]
    return " ".join(article.text[start:end].split()[:HEAD_WORDS])


def read_statistic(
    article: Article, sentence: Sentence, quantity: QuantityMention, attachment: Attachment, lexicon: Lexicon, expected: str | None
) -> tuple[str, str]:
    """The statistic and the rule that gave it. ``expected`` is what the known indicator usually is (weaker than a cue)."""
    unit = lexicon.units[quantity.unit]
    cues = lexicon.statistic_cues.get(article.language)
    words = " ".join(article.text[start:end] for start, end in attachment.parts)
    if quantity.unit == "rank":
        return "rank", "statistic-unit"
    if attachment.kind == "growth" or quantity.unit in CHANGE_UNITS:
        return ("growth-rate" if unit.kind == "ratio" else "increment"), "statistic-growth"
    if quantity.unit in SHARE_UNITS:
        if cues and attachment.kind != "share" and cues.find("indicator", words) == "growth-rate":
            return "growth-rate", "statistic-cue"
        if "decrease" in quantity.flags:
            return "growth-rate", "statistic-decrease"
        return "share", "statistic-unit"
    if cues is None:
        return expected or "level", "statistic-default"
    left = article.text[max(sentence.start, quantity.start - 12) : quantity.start]
    if article.language == "zh":
        left = CLAUSE_MARK.split(left)[-1]
    right = article.text[quantity.end : min(sentence.end, quantity.end + 40)]
    found = cues.find("right", right)
    if found:
        return found, "statistic-cue-right"
    found = cues.find("clause", left)
    if found == "increment":
        return found, "statistic-cue"
    if "decrease" in quantity.flags:
        return "increment", "statistic-decrease"
    if unit.kind == "currency":
        named = cues.find("indicator", words)
        return ("level", "statistic-cue") if named == "level" else ("flow", "statistic-currency")
    named = cues.find("indicator", _head(article, attachment) if unit.kind == "count" else words) if unit.kind in FLOW_KINDS else None
    if named:
        return named, "statistic-indicator"
    if quantity.measure_word and cues.find("measure", quantity.measure_word):
        return "flow", "statistic-measure-word"
    if unit.kind == "energy":
        return "flow", "statistic-unit"
    if expected in ("level", "flow", "cumulative", "rank"):
        return expected, "statistic-expected"
    return "level", "statistic-default"
