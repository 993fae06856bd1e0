"""What a rule of attachment sees: one sentence, its quantities in order, and what was attached so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.articles import Article, Sentence
from kg.extract.mentions import PeriodMention, PlaceMention, QuantityMention
from kg.lexicon import Lexicon
from kg.lexicon.phrase_words import PhraseWords

Span = tuple[int, int]
"""Clean offsets, end exclusive."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What one quantity measures.

    ``parts`` are the indicator's words in order of the text they are read in (clean spans); ``base`` are those of them that a later
    quantity inherits (without cue words such as 同比增长). ``kind`` is ``of`` (a value of the indicator), ``growth`` (a change of
    it) or ``share`` (a part of it). ``counted`` is the counted noun. ``rule`` names the rule; ``passed`` the rules tried before it.
    ``aligned`` is the position in a "respectively" list (0, 1, …) with ``of`` items, or None.
    """

    parts: tuple[Span, ...]
    rule: str
    kind: str = "of"
    base: tuple[Span, ...] = ()
    counted: Span | None = None
    confidence: float = 0.9
    aligned: tuple[int, int] | None = None
    passed: tuple[str, ...] = ()


@dataclass(slots=True)
class Scene:
    """One sentence with its quantities; ``done`` holds their attachments as they are found, ``before`` those of earlier sentences."""

    article: Article
    lexicon: Lexicon
    sentence: Sentence
    quantities: Sequence[QuantityMention]
    periods: Sequence[PeriodMention]
    places: Sequence[PlaceMention]
    before: Sequence[tuple[QuantityMention, Attachment]]
    done: list[Attachment] = field(default_factory=list)
    _masks: tuple[Span, ...] | None = None

    @property
    def text(self) -> str:
        """The clean text of the whole article; all offsets count in it."""
        return self.article.text

    @property
    def language(self) -> str:
        """Language of the article."""
        return self.article.language

    @property
    def words(self) -> PhraseWords:
        """The words that steer attachment."""
        return self.lexicon.phrase_words

    def masks(self) -> Sequence[Span]:
        """Spans of time and place in the sentence, in order: they are never part of what is measured at its edges."""
        if self._masks is None:
            mentions: list[PeriodMention | PlaceMention] = [*self.periods, *self.places]
            self._masks = tuple(sorted((mention.start, mention.end) for mention in mentions))
        return self._masks

    def previous(self, index: int, *, unit_kind: str | None = None) -> tuple[QuantityMention, Attachment] | None:
        """The nearest earlier quantity with its attachment: of the same kind of unit if there is one, changes passed over."""
        earlier = [*self.before, *zip(self.quantities[:index], self.done, strict=False)]
        nearest = None
        for quantity, attachment in reversed(earlier):
            if not attachment.base:
                continue
            if nearest is None:
                nearest = (quantity, attachment)
            fits = unit_kind is None or self.unit_kind(quantity) == unit_kind
            if fits and (attachment.kind != "growth" or unit_kind == "ratio"):
                return quantity, attachment
        return nearest

    def unit_kind(self, quantity: QuantityMention) -> str:
        """Kind of the quantity's unit as the units table has it (currency, ratio, count, length …)."""
        unit = self.lexicon.units.get(quantity.unit)
        return unit.kind if unit else ""
