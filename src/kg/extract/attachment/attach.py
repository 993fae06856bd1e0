"""Run the rules of the article's language over every quantity, sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.articles import Article
from kg.extract.attachment.chinese import RULES as CHINESE
from kg.extract.attachment.latin import RULES as LATIN
from kg.extract.attachment.scene import Attachment, Scene
from kg.extract.mentions import PeriodMention, PlaceMention, QuantityMention
from kg.lexicon import Lexicon

Rule = Callable[[Scene, int], Attachment | None]
RULES: dict[str, tuple[Rule, ...]] = {"zh": CHINESE, "fr": LATIN, "en": LATIN}
MEMORY = 12
"""How many quantities of earlier sentences a rule may look back to."""


def attach(
    article: Article,
    quantities: Sequence[QuantityMention],
    periods: Sequence[PeriodMention],
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
) -> list[Attachment]:
    """One attachment a quantity, in the order given (which must be that of the text). Quantities nothing fits get no parts."""
    rules = RULES.get(article.language, ())
    found: list[Attachment] = []
    starts = [quantity.start for quantity in quantities]
    before: list[tuple[QuantityMention, Attachment]] = []
    segment = -1
    position = 0
    for sentence in article.sentences:
        first, last = bisect_left(starts, sentence.start, position), bisect_left(starts, sentence.end, position)
        found.extend(Attachment((), "none", confidence=0.3) for _ in range(position, first))  # between sentences
        position = last
        if sentence.segment != segment:
            segment, before = sentence.segment, []
        if first == last:
            continue
        scene = Scene(
            article,
            lexicon,
            sentence,
            quantities[first:last],
            _within(periods, sentence.start, sentence.end),
            _within(places, sentence.start, sentence.end),
            before[-MEMORY:],
        )
        for index in range(last - first):
            scene.done.append(_first(rules, scene, index))
        found.extend(scene.done)
        before.extend(zip(scene.quantities, scene.done, strict=True))
    found.extend(Attachment((), "none", confidence=0.3) for _ in range(position, len(quantities)))
    return found


def _first(rules: Sequence[Rule], scene: Scene, index: int) -> Attachment:
    passed: list[str] = []
    for rule in rules:
        attachment = rule(scene, index)
        if attachment is not None:
            return replace(attachment, passed=tuple(passed))
        passed.append(rule.__name__)
    return Attachment((), "none", confidence=0.3, passed=tuple(passed))


M = TypeVar("M", PeriodMention, PlaceMention)


def _within(mentions: Sequence[M], start: int, end: int) -> list[M]:
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    last = bisect_right(mentions, end, key=lambda mention: mention.end, lo=first)
    return list(mentions[first:last])
