"""Is a value achieved, aimed at or forecast? Cue data decide; a date ahead of publication is a last word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.articles import Article, Sentence
from kg.extract.mentions import PeriodMention, QuantityMention
from kg.lexicon import Lexicon

YEAR = re.compile(r"20\d\d")
NUMBER = re.compile(r"\d")
REPORT_END = ("，", "：", ",", ":")
"""What stands between a verb of forecasting and all that is forecast: 机构预测，到2030年…将…."""
TITLE = re.compile(r"《[^》]*》|« [^»]{0,80} »")


@dataclass(frozen=True, slots=True)
class StatusReading:
    """The status, the rule that gave it, and the cue's clean span (None without a cue)."""

    status: str
    rule: str
    cue: tuple[int, int] | None = None


def read_status(article: Article, sentence: Sentence, quantity: QuantityMention, lexicon: Lexicon) -> StatusReading:
    """The nearest cue before the value's end decides; a forecast cue beats a target cue of the same clause; no cue: actual."""
    cues = lexicon.status_cues.get(article.language)
    if cues is None:
        return StatusReading("actual", "status-default")
    text = article.text
    hidden = [match.span() for match in TITLE.finditer(text, sentence.start, sentence.end)]
    found: list[tuple[int, int, str]] = []
    for pattern, status in cues.onward:
        for match in pattern.finditer(text, sentence.start, quantity.end):
            if match.start() >= quantity.number_start or any(low <= match.start() < high for low, high in hidden):
                continue
            if _is_past(match.group(), article):
                continue
            found.append((match.start(), match.end(), status))
    for pattern, status in cues.number:
        for match in pattern.finditer(text, sentence.start, quantity.number_start):
            if not NUMBER.search(text, match.end(), quantity.number_start):
                found.append((match.start(), match.end(), status))
    whole = next(
        (status for pattern, status in cues.sentence if pattern.search(text, sentence.start, sentence.end)),
        None,
    )
    if not found:
        return StatusReading(whole or "actual", "status-sentence" if whole else "status-default")
    found.sort()
    start, end, status = found[-1]
    if status == "target":
        clause_start = max(text.rfind(mark, sentence.start, start) for mark in ("，", "；", ",", ";", " :")) + 1
        for low, high, other in found:
            reported = text[high : high + 1] in REPORT_END and not any(mark in text[high:start] for mark in "；;")
            if other == "forecast" and (reported or low >= max(clause_start, sentence.start)):
                start, end, status = low, high, other
    if status != "actual" and _turned(article, lexicon, end, quantity):
        start, end, status = quantity.start, quantity.end, "actual"
    if status == "actual" and whole:
        return StatusReading(whole, "status-sentence", (start, end))
    return StatusReading(status, "status-cue", (start, end))


def _is_past(cue: str, article: Article) -> bool:
    """到2019年 is no aim in an article of 2020."""
    year = YEAR.search(cue)
    return year is not None and article.metadata.published is not None and int(year.group()) < article.metadata.published.year


def _turned(article: Article, lexicon: Lexicon, cue_end: int, quantity: QuantityMention) -> bool:
    """Whether a new coordinate clause with a verb in the present stands between cue and value (", et la ville compte …")."""
    words = lexicon.phrase_words
    openers = words.forms(article.language, "conjunction")
    infinitive = words.forms(article.language, "infinitive_ending")
    participle = tuple(ending for ending in words.forms(article.language, "participle_ending") if ending[0] not in "iu")
    if not openers or not infinitive:
        return False
    between = article.text[cue_end : quantity.number_start].lower().replace("’", "'")
    breaks = list(re.finditer(rf"[,;] (?:{'|'.join(map(re.escape, openers))}) ", between))
    if not breaks:
        return False
    verbs = set(words.forms(article.language, "value_verb"))
    rest = re.findall(r"[^\W\d_]+", between[breaks[-1].end() :])
    return any(word in verbs and not word.endswith(infinitive) and not word.endswith(participle) for word in rest)


def check_against_date(reading: StatusReading, period: PeriodMention | None, article: Article) -> StatusReading:
    """A period that begins after publication cannot be achieved: then it is aimed at."""
    published = article.metadata.published
    if reading.status != "actual" or period is None or published is None or period.role == "now":
        return reading
    if period.period_start > published.isoformat() and period.period_start[:1].isdigit():
        return StatusReading("target", "status-future-period", (period.start, period.end))
    return reading
