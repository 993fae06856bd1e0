"""Which place a quantity is about: named rules, nearest evidence first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.articles import Article
from kg.articles.article import Sentence
from kg.extract.mentions import PlaceMention
from kg.extract.places import main_place
from kg.lexicon import Lexicon, shipped

_CLAUSE_END = {"zh": re.compile(r"[，。；！？：\n]"), "fr": re.compile(r"[,;:.!?\n](?!\d)"), "en": re.compile(r"[,;:.!?\n](?!\d)")}
_NUMBER = re.compile(r"\d(?![A-Za-z])|%")
_HEAD = 4
"""A place that begins within so many characters of its sentence heads it."""


def resolve_place(
    mentions: Sequence[PlaceMention], quantity_start: int, quantity_end: int, article: Article, lexicon: Lexicon
) -> tuple[PlaceMention | None, str]:
    """The mention that says which place the quantity at the clean span is about, and the rule that chose it; (None, "") if none does.

    ``mentions`` are all of the article in order (:func:`kg.extract.places.find_places`).
    """
    return PlaceResolver(mentions, article, lexicon).resolve(quantity_start, quantity_end)


def align_places(
    mentions: Sequence[PlaceMention], quantities: Sequence[tuple[int, int]], article: Article, lexicon: Lexicon | None = None
) -> dict[tuple[int, int], PlaceMention]:
    """For quantities (clean spans) of a list with 分别, 依次, "respectivement": the i-th place of the list of places for the i-th quantity.

    Only quantities of one sentence that follow the word and are as many as the places of the list are aligned; the others are left out.
    """
    cues = (lexicon or shipped()).resolution_cues
    respective, link = cues(article.language, "respective"), cues(article.language, "list-link")
    aligned: dict[tuple[int, int], PlaceMention] = {}
    mentions = [mention for mention in mentions if not mention.rule.endswith(("+object", "+organisation"))]
    for sentence in article.sentences:
        body = article.text[sentence.start : sentence.end]
        for match in respective.finditer(body):
            at = sentence.start + match.start()
            clause = re.compile(r"[；。;]|(?<!\d)[.](?!\d)")
            stop = clause.search(article.text, at, sentence.end)
            end = stop.start() if stop else sentence.end
            if not any(at <= start < end for start, _ in quantities):
                first = max(article.text.rfind(mark, sentence.start, at) for mark in ";；") + 1
                span = [q for q in quantities if max(sentence.start, first) <= q[0] < at]
            else:
                span = [q for q in quantities if at <= q[0] < end]
            listed = _list_before(mentions, span[0][0] if span and span[0][0] < at else at, sentence, article, link)
            if listed and len(listed) <= len(span) and len(listed) > 1:
                aligned.update(zip(span, listed, strict=False))
    return aligned


def _list_before(
    mentions: Sequence[PlaceMention], at: int, sentence: Sentence, article: Article, link: re.Pattern[str]
) -> list[PlaceMention]:
    """The places that stand side by side (、, "et") nearest before a position of the sentence."""
    before = [m for m in mentions if sentence.start <= m.start and m.end <= at]
    listed: list[PlaceMention] = []
    for mention in reversed(before):
        if listed and not link.fullmatch(article.text[mention.end : listed[0].start]):
            break
        listed.insert(0, mention)
    return listed


class PlaceResolver:
    """Resolution for one article."""

    def __init__(self, mentions: Sequence[PlaceMention], article: Article, lexicon: Lexicon) -> None:
        self._cues = lexicon.resolution_cues
        self.article, self.text, self.names = article, article.text, lexicon.place_names
        self.mentions = tuple(mentions)
        self.subjects = [m for m in mentions if not m.rule.endswith(("+object", "+organisation"))]
        self.clause_end = _CLAUSE_END.get(article.language, _CLAUSE_END["en"])
        self._index = {sentence.start: index for index, sentence in enumerate(article.sentences)}
        self._main = main_place(article, mentions, self.names, {})

    def resolve(self, start: int, end: int) -> tuple[PlaceMention | None, str]:
        """As :func:`resolve_place`."""
        sentence = self.article.sentence_at(start)
        if sentence is None:
            return self._of_article(start)
        if self._cue("no-place").search(self.text[max(sentence.start, start - 30) : start] + "|" + self.text[end : end + 10]):
            return None, "no-place"
        inside = [m for m in self.mentions if sentence.start <= m.start and m.end <= sentence.end and not (m.start < end and start < m.end)]
        here = [m for m in inside if m in self.subjects and self._counts(m, sentence)]
        here = [m for m in here if not self._is_landmark(m)] or here
        return (
            self._national(inside, start, end)
            or self._modified(here, end)
            or self._in_clause(here, start, end)
            or self._in_sentence(here, start)
            or self._fronted(here, end)
            or self._carried(sentence)
            or self._of_article(start)
        )

    def _cue(self, name: str) -> re.Pattern[str]:
        return self._cues(self.article.language, name)

    def _counts(self, mention: PlaceMention, sentence: Sentence) -> bool:
        """A whole country is meant where it is the subject or the article is about it; elsewhere it only locates or compares."""
        if not self._is_country(mention.place):
            return True
        return mention.start - sentence.start <= _HEAD or (not mention.collective and self._main == mention.place)

    def _is_landmark(self, mention: PlaceMention) -> bool:
        known = self.names.places.get(mention.place)
        return mention.rule.startswith("local-landmark") or (known is not None and known.level == "landmark")

    def _is_country(self, key: str) -> bool:
        return key in self.names.places and self.names.places[key].level == "country"

    def _national(self, inside: list[PlaceMention], start: int, end: int) -> tuple[PlaceMention, str] | None:
        """The national average beside a place's own figure, and "one of the eight national …"."""
        for mention in inside:
            if mention.place != "cn":
                continue
            lead, follow = self.text[max(0, mention.start - 12) : mention.start], self.text[mention.end : mention.end + 14]
            averaged = self._cue("average").search(lead) or self._cue("average-after").match(follow)
            near = mention.end <= start and not self.clause_end.search(self.text[mention.end : start]) and start - mention.end < 30
            if averaged and near:
                return mention, "national-average"
            if mention.start >= end and not self.clause_end.search(self.text[end : mention.start]):
                if self._cue("average").search(lead) and mention.start - end < 30:
                    return mention, "national-average"
                if self._cue("one-of").search(self.text[max(0, start - 14) : start]) and mention.start - end < 30:
                    return mention, "national-set"
        return None

    def _modified(self, here: list[PlaceMention], end: int) -> tuple[PlaceMention, str] | None:
        """海拔4200米的红原县, "à 4 500 mètres d'altitude, dans la préfecture de Ngari": said of the place that follows."""
        for mention in here:
            if mention.start >= end and self._cue("height").fullmatch(self.text[end : mention.start]):
                return mention, "modifies-place"
            if mention.start >= end and self._cue("modified").fullmatch(self.text[end : mention.start].strip()):
                return self._chain_end(mention, here), "modifies-place"
        return None

    def _chain_end(self, mention: PlaceMention, here: list[PlaceMention]) -> PlaceMention:
        """The narrowest of places written one after the other (四川省阿坝州红原县)."""
        for following in here:
            if following.start == mention.end:
                mention = following
        return mention

    def _in_clause(self, here: list[PlaceMention], start: int, end: int) -> tuple[PlaceMention, str] | None:
        before = [m for m in here if m.end <= start and not self.clause_end.search(self.text[m.end : start])]
        after = [m for m in here if m.start >= end and not self.clause_end.search(self.text[end : m.start])]
        if self.article.language != "zh" and after:
            mention = after[0]
            linked = not _NUMBER.search(self.text[end : mention.start]) and not mention.collective and "authority" not in mention.rule
            taken = bool(before) and self._has_number(before[-1])
            if linked and (not before or taken or self.names_within(mention.place, before[-1].place)):
                return mention, "clause-after"
        if before:
            return self._first_of_list(before[-1], before), "clause"
        return None

    def _fronted(self, here: list[PlaceMention], end: int) -> tuple[PlaceMention, str] | None:
        """ "Avec 5 millions d'habitants, le Qinghai …": the subject follows what is said of it."""
        if self.article.language != "zh":
            for mention in here:
                if mention.start >= end and self._heads_clause(mention):
                    return mention, "fronted"
        return None

    def _heads_clause(self, mention: PlaceMention) -> bool:
        return bool(self._cue("clause-head").search(self.text[max(0, mention.start - 6) : mention.start]))

    def names_within(self, key: str, container: str) -> bool:
        """Whether a known place lies in another, and is not the same."""
        return key != container and key in self.names.places and self.names.within(key, container)

    def _has_number(self, mention: PlaceMention) -> bool:
        """Whether a number stands before the mention in its clause ("97 % des commerces de Lhasa"), so that the place is that number's."""
        stop = max((m.end() for m in self.clause_end.finditer(self.text, max(0, mention.start - 80), mention.start)), default=0)
        return bool(_NUMBER.search(self.text[max(stop, mention.start - 80) : mention.start]))

    def _in_sentence(self, here: list[PlaceMention], start: int) -> tuple[PlaceMention, str] | None:
        before = [m for m in here if m.end <= start]
        return (self._subject_of(self._first_of_list(before[-1], before), before), "sentence") if before else None

    def _subject_of(self, mention: PlaceMention, before: list[PlaceMention]) -> PlaceMention:
        """ "le comté de Dongxiang, dans le Gansu, a …": the place that the larger ones only locate."""
        chosen = mention
        for earlier in reversed([m for m in before if m.end <= mention.start]):
            larger = earlier.rule.startswith("local-") or self.names_within(earlier.place, chosen.place)
            if not larger or not self._cue("apposition").fullmatch(self.text[earlier.end : chosen.start]):
                break
            chosen = earlier
        return chosen

    def _first_of_list(self, mention: PlaceMention, before: list[PlaceMention]) -> PlaceMention:
        """Of a list of places the first stands for all (甘孜、阿坝、凉山三州)."""
        chosen = mention
        for earlier in reversed([m for m in before if m.end <= mention.start]):
            if not self._cue("siblings").fullmatch(self.text[earlier.end : chosen.start]):
                break
            chosen = earlier
        return chosen

    def _carried(self, sentence: Sentence) -> tuple[PlaceMention, str] | None:
        """The place that heads the nearest sentence before in the paragraph; a list of places heads nothing."""
        index = self._index[sentence.start]
        for earlier in reversed(self.article.sentences[:index]):
            if earlier.segment != sentence.segment or "\n" in self.text[earlier.end : sentence.start]:
                break
            heads = [m for m in self.subjects if earlier.start <= m.start and m.end <= earlier.end and self._counts(m, earlier)]
            heads = [m for m in heads if not _NUMBER.search(self.text[earlier.start : m.start]) or self._heads_late(m, heads)]
            if not heads:
                continue
            head = self._chain_end(heads[0], heads)
            if any(self._cue("siblings").fullmatch(self.text[head.end : m.start]) for m in heads if m.start > head.end):
                continue
            return head, "carried"
        return None

    def _heads_late(self, mention: PlaceMention, others: list[PlaceMention]) -> bool:
        """Whether a place after a number is the sentence's subject: it heads its clause and is the first place named."""
        return self.article.language != "zh" and mention is others[0] and self._heads_clause(mention)

    def _of_article(self, start: int) -> tuple[PlaceMention | None, str]:
        """The article's own place, at its first mention; in a teaser the first place of the teaser."""
        segment = self.article.segment_at(start)
        if segment is not None and segment.kind == "teaser":
            first = next((m for m in self.subjects if segment.start <= m.start < segment.end), None)
            if first is not None:
                return first, "teaser"
        first = next((m for m in self.subjects if m.place == self._main), None)
        return (replace(first, confidence=0.6), "article") if first is not None else (None, "")
