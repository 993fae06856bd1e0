"""Which place a quantity is about: named rules, nearest evidence first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.articles import Article
from kg.articles.article import Sentence
from kg.extract.mentions import PlaceMention
from kg.extract.places import main_place
from kg.lexicon import Lexicon

_CLAUSE_END = {"zh": re.compile(r"[，。；！？：\n]"), "fr": re.compile(r"[,;:.!?\n](?!\d)"), "en": re.compile(r"[,;:.!?\n](?!\d)")}
_RESPECTIVE = re.compile(r"分别|依次|各为|respectivement|respectively", re.I)
_LIST_LINK = re.compile(r"\s?(?:[、,，]|和|及|与|以及|et|and)?\s?(?:(?:le|la|les|l['’]|du|de|d['’]|au|aux|à|en|the|in|of)\s?){0,3}$")


def resolve_place(
    mentions: Sequence[PlaceMention], quantity_start: int, quantity_end: int, article: Article, lexicon: Lexicon
) -> tuple[PlaceMention | None, str]:
    """The mention that says which place the quantity at the clean span is about, and the rule that chose it; (None, "") if none does.

    ``mentions`` are all of the article in order (:func:`kg.extract.places.find_places`).
    """
    return PlaceResolver(mentions, article, lexicon).resolve(quantity_start, quantity_end)


def align_places(
    mentions: Sequence[PlaceMention], quantities: Sequence[tuple[int, int]], article: Article
) -> dict[tuple[int, int], PlaceMention]:
    """For quantities (clean spans) of a list with 分别, 依次, "respectivement": the i-th place of the list of places for the i-th quantity.

    Only quantities of one sentence that follow the word and are as many as the places of the list are aligned; the others are left out.
    """
    aligned: dict[tuple[int, int], PlaceMention] = {}
    for sentence in article.sentences:
        body = article.text[sentence.start : sentence.end]
        for match in _RESPECTIVE.finditer(body):
            at = sentence.start + match.start()
            clause = re.compile(r"[；。;]|(?<!\d)[.](?!\d)")
            stop = clause.search(article.text, at, sentence.end)
            end = stop.start() if stop else sentence.end
            if article.text[at : at + 2].lower() == "re" and not any(at <= start < end for start, _ in quantities):
                span = [q for q in quantities if sentence.start <= q[0] < at]
            else:
                span = [q for q in quantities if at <= q[0] < end]
            listed = _list_before(mentions, span[0][0] if span and span[0][0] < at else at, sentence, article)
            if listed and len(listed) <= len(span) and len(listed) > 1:
                aligned.update(zip(span, listed, strict=False))
    return aligned


def _list_before(mentions: Sequence[PlaceMention], at: int, sentence: Sentence, article: Article) -> list[PlaceMention]:
    """The places that stand side by side (、, "et") nearest before a position of the sentence."""
    before = [m for m in mentions if sentence.start <= m.start and m.end <= at]
    listed: list[PlaceMention] = []
    for mention in reversed(before):
        if listed and not _joined(article.text[mention.end : listed[0].start]):
            break
        listed.insert(0, mention)
    return listed


def _joined(between: str) -> bool:
    """Whether two places are items of one list: 、 and what is said of each (白朗县蔬菜、江孜县青稞)."""
    return bool(_LIST_LINK.fullmatch(between)) or bool(re.fullmatch(r"[一-鿿]{0,4}[、和及与][一-鿿]{0,2}", between))


class PlaceResolver:
    """Resolution for one article."""

    def __init__(self, mentions: Sequence[PlaceMention], article: Article, lexicon: Lexicon) -> None:
        self.article, self.text, self.names = article, article.text, lexicon.place_names
        self.mentions = tuple(mentions)
        self.subjects = [m for m in mentions if not m.rule.endswith(("+object", "+organisation"))]
        self.clause_end = _CLAUSE_END.get(article.language, _CLAUSE_END["en"])
        self._main = main_place(article, mentions, self.names, {})

    def resolve(self, start: int, end: int) -> tuple[PlaceMention | None, str]:
        """As :func:`resolve_place`."""
        sentence = self.article.sentence_at(start)
        if sentence is None:
            return self._of_article(start)
        here = [m for m in self.subjects if sentence.start <= m.start and m.end <= sentence.end and not (m.start < end and start < m.end)]
        before = [m for m in here if m.end <= start]
        if before:
            mention = self._narrowest(before[-1], here)
            near = not self.clause_end.search(self.text[mention.end : start])
            return mention, "clause" if near else "sentence"
        return self._carried(sentence, here, start)

    def _narrowest(self, mention: PlaceMention, here: list[PlaceMention]) -> PlaceMention:
        """Of a list of places the first stands for all (甘孜、阿坝、凉山三州)."""
        chosen = mention
        for earlier in reversed([m for m in here if m.end <= mention.start]):
            if not re.fullmatch(r"[、]|[和及与]|,\s|\set\s(?:à\s|de\s|du\s|le\s|la\s)?", self.text[earlier.end : chosen.start]):
                break
            chosen = earlier
        return chosen

    def _carried(self, sentence: Sentence, here: list[PlaceMention], start: int) -> tuple[PlaceMention | None, str]:
        paragraph = max(self.text.rfind("\n", 0, sentence.start), self.article.segments[sentence.segment].start)
        earlier = [m for m in self.subjects if paragraph <= m.start and m.end <= sentence.start]
        if earlier:
            return earlier[-1], "carried"
        following = [m for m in here if m.start >= start]
        if following:
            return following[0], "sentence-after"
        return self._of_article(start)

    def _of_article(self, start: int) -> tuple[PlaceMention | None, str]:
        """The article's own place, at its first mention."""
        first = next((m for m in self.subjects if m.place == self._main), None)
        return (replace(first, confidence=0.6), "article") if first is not None else (None, "")
