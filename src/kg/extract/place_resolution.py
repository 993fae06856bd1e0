"""Which place a quantity is about: named rules, nearest evidence first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.articles import Article
from kg.articles.article import Sentence
from kg.extract.mentions import PlaceMention
from kg.extract.places import main_place
from kg.lexicon import Lexicon, shipped

_CLAUSE_END = {"zh": re.compile(r"[，。；！？：\n]"), "fr": re.compile(r"[,;:.!?\n](?!\d)"), "en": re.compile(r"[,;:.!?\n](?!\d)")}
_NUMBER = re.compile(r"\d(?![A-Za-z])|%")
_OWNED = 25
"""Characters between a figure and "la préfecture" that it is about ("18 districts de la préfecture"), at most."""
_BESIDE = 6
"""Characters between a figure and the place right after it, at most ("80 % à Shigatse")."""
_SIDE_BY_SIDE = re.compile(r"\s?(?:,|et|and)\s(?:(?:de|d['’]|à|of|to)\s?)?")
_PART_END = re.compile(r"[；。;]|(?<!\d)[.](?!\d)")
_NEAR = 40
"""How many mentions on either side of a quantity are looked at."""
_BACK = 12
"""How many sentences back a place may be carried from."""
_QUOTATION = 150
"""How many characters a quotation may have before and after a figure in it."""
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

    Only quantities of one sentence are aligned: those after the word, or before it where none follows ("18 % et 12 % respectivement").
    There must be at least two places and as many quantities; what goes beyond the places (，同比增长…) is left out.
    """
    cues = (lexicon or shipped()).resolution_cues
    respective, link = cues(article.language, "respective"), cues(article.language, "list-link")
    aligned: dict[tuple[int, int], PlaceMention] = {}
    subjects = [mention for mention in mentions if _is_subject(mention)]
    place_starts = [mention.start for mention in subjects]
    values = sorted(quantities)
    value_starts = [start for start, _ in values]
    for match in respective.finditer(article.text):
        at, sentence = match.start(), article.sentence_at(match.start())
        if sentence is None:
            continue
        stop = _PART_END.search(article.text, at, sentence.end)
        end = stop.start() if stop else sentence.end
        span = values[bisect_left(value_starts, at) : bisect_left(value_starts, end)]
        if not span:
            first = max(sentence.start, *(article.text.rfind(mark, sentence.start, at) + 1 for mark in ";；"))
            span = values[bisect_left(value_starts, first) : bisect_left(value_starts, at)]
        limit = min([at, *(start for start, _ in span[:1])])
        before = subjects[bisect_left(place_starts, sentence.start) : bisect_left(place_starts, limit)]
        listed = _last_list(before, article.text, link)
        if 1 < len(listed) <= len(span):
            aligned.update(zip(span, listed, strict=False))
    if article.language != "zh":
        _align_silently(article, values, subjects, place_starts, link, aligned)
    return aligned


def _align_silently(
    article: Article,
    values: Sequence[tuple[int, int]],
    subjects: Sequence[PlaceMention],
    place_starts: Sequence[int],
    link: re.Pattern[str],
    aligned: dict[tuple[int, int], PlaceMention],
) -> None:
    """ "Baotou et Ordos espèrent 300 et 250 milliards de yuans": as many figures side by side as places head the sentence."""
    for at, first in enumerate(values):
        sentence = article.sentence_at(first[0])
        if sentence is None or first in aligned:
            continue
        span = [first]
        for following in values[at + 1 :]:
            if not _SIDE_BY_SIDE.fullmatch(article.text[span[-1][1] : following[0]]):
                break
            span.append(following)
        before = subjects[bisect_left(place_starts, sentence.start) : bisect_left(place_starts, first[0])]
        if len(span) < 2 or len(before) != len(span) or before[0].start - sentence.start > _HEAD:
            continue
        if len(_last_list(before, article.text, link)) == len(span):
            aligned.update(zip(span, before, strict=True))


def _last_list(mentions: Sequence[PlaceMention], text: str, link: re.Pattern[str]) -> list[PlaceMention]:
    """The last of the mentions and those that stand side by side with it (、, "et")."""
    listed: list[PlaceMention] = []
    for mention in reversed(mentions):
        if listed and not link.fullmatch(text[mention.end : listed[0].start]):
            break
        listed.insert(0, mention)
    return listed


def _is_subject(mention: PlaceMention) -> bool:
    """Whether a figure may be about the place: not a goal, donor or comparison, nor part of a company's name."""
    return not mention.rule.endswith(("+object", "+organisation"))


class PlaceResolver:
    """Resolution for one article."""

    def __init__(self, mentions: Sequence[PlaceMention], article: Article, lexicon: Lexicon) -> None:
        self._cues = lexicon.resolution_cues
        self.article, self.text, self.names = article, article.text, lexicon.place_names
        self.mentions = tuple(mentions)
        self.subjects = [m for m in mentions if _is_subject(m)]
        self._starts = [mention.start for mention in self.mentions]
        self._subject_starts = [mention.start for mention in self.subjects]
        self.clause_end = _CLAUSE_END.get(article.language, _CLAUSE_END["en"])
        self._index = {sentence.start: index for index, sentence in enumerate(article.sentences)}
        self._main = main_place(article, mentions, self.names, {})
        self._first = next((m for m in self.subjects if m.place == self._main), None)

    def resolve(self, start: int, end: int) -> tuple[PlaceMention | None, str]:
        """As :func:`resolve_place`."""
        sentence = self.article.sentence_at(start)
        if sentence is None:
            return self._of_article(start)
        if self._cue("no-place").search(self.text[max(sentence.start, start - 30) : start] + "|" + self.text[end : end + 10]):
            return None, "no-place"
        at = bisect_left(self._starts, start)
        first = max(at - _NEAR, bisect_left(self._starts, sentence.start))
        inside = [
            m
            for m in self.mentions[first : min(at + _NEAR, bisect_left(self._starts, sentence.end))]
            if m.end <= sentence.end and not (m.start < end and start < m.end)
        ]
        here = [m for m in inside if _is_subject(m) and self._counts(m, sentence)]
        here = [m for m in here if not self._is_landmark(m)] or here
        here = self._in_frame(here, sentence, start, end)
        return (
            self._national(inside, start, end)
            or self._modified(here, end)
            or self._in_clause(here, start, end)
            or self._in_sentence(here, start)
            or self._fronted(here, end)
            or self._of_speaker(start)
            or self._carried(sentence)
            or self._of_article(start)
        )

    @staticmethod
    def _within(mentions: Sequence[PlaceMention], starts: Sequence[int], sentence: Sentence) -> list[PlaceMention]:
        """The mentions inside a sentence."""
        inside = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        return [m for m in inside if m.end <= sentence.end]

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

    def _in_frame(self, here: list[PlaceMention], sentence: Sentence, start: int, end: int) -> list[PlaceMention]:
        """ "À Litang, 46 écoles suivent des cours dispensés à Chengdu": what heads the sentence holds for it; other places only locate.

        Left out are places that come after such a head, lie outside it and are neither subject of a clause nor in a list with it.
        """
        if self.article.language == "zh" or not here:
            return here
        head = here[0]
        if head.end > start or not self._cue("frame").fullmatch(
            self.text[sentence.start : head.start] + "|" + self.text[head.end : head.end + 1]
        ):
            return here
        led = bool(self._cue("located").search(" " + self.text[sentence.start : head.start].lower()))
        return [
            m
            for m in here
            if m is head
            or m.place == head.place
            or self.names_within(m.place, head.place)
            or m.rule.startswith("local-")
            or ";" in self.text[head.end : m.start]
            or 0 <= m.start - end <= _BESIDE
            or (not led and not self._in_insertion(head, m, start))
            or self._heads_clause(m)
            or not self._cue("located").search(self.text[max(head.end, m.start - 12) : m.start])
            or self._cue("siblings").fullmatch(self.text[head.end : m.start])
        ]

    def _in_insertion(self, head: PlaceMention, mention: PlaceMention, start: int) -> bool:
        """Whether a place stands in what is inserted right after the subject: "La ville, reliée à Beijing, compte 42 centres"."""
        return self.text[head.end : mention.start].count(",") == 1 and "," in self.text[mention.end : start]

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
            between = self.text[end : mention.start]
            owned = len(between) < _OWNED and "," not in between and self._cue("owned").search(between) is not None
            linked = not _NUMBER.search(between) and (not mention.collective or owned) and "authority" not in mention.rule
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
        for earlier in reversed(self.article.sentences[max(0, index - _BACK) : index]):
            if earlier.segment != sentence.segment or "\n" in self.text[earlier.end : sentence.start]:
                break
            heads = [m for m in self._within(self.subjects, self._subject_starts, earlier) if self._counts(m, earlier)]
            heads = [m for m in heads if not _NUMBER.search(self.text[earlier.start : m.start]) or self._heads_late(m, heads)]
            if not heads:
                continue
            head = self._chain_end(self._within_frame(heads, earlier), heads)
            if any(self._cue("siblings").fullmatch(self.text[head.end : m.start]) for m in heads if m.start > head.end):
                continue
            return head, "carried"
        return None

    def _of_speaker(self, start: int) -> tuple[PlaceMention, str] | None:
        """“…”某县某村村民…说: what is quoted is said of the speaker's own place, which follows the quotation."""
        opened = self.text.rfind("“", max(0, start - _QUOTATION), start)
        closed = self.text.find("”", start, start + _QUOTATION)
        if opened < 0 or closed < 0 or "”" in self.text[opened:start] or "\n" in self.text[opened:closed]:
            return None
        at = bisect_left(self._subject_starts, closed)
        if at < len(self.subjects) and self.subjects[at].start == closed + 1:
            following = self.subjects[at : at + 4]
            place = self._chain_end(following[0], following)
            if self._cue("speaker").match(self.text, place.end):
                return place, "speaker"
        return None

    def _within_frame(self, heads: list[PlaceMention], sentence: Sentence) -> PlaceMention:
        """ "Dans le Sichuan, la ville de Panzhihua …": the subject inside the larger place that opens the sentence."""
        lead = self.text[sentence.start : heads[0].start] + "|"
        if self.article.language == "zh" or len(heads) < 2 or not self._cue("frame").match(lead + ","):
            return heads[0]
        inner = heads[1]
        return inner if self.names_within(inner.place, heads[0].place) and self._heads_clause(inner) else heads[0]

    def _heads_late(self, mention: PlaceMention, others: list[PlaceMention]) -> bool:
        """Whether a place after a number is the sentence's subject: it heads its clause and is the first place named."""
        return self.article.language != "zh" and mention is others[0] and self._heads_clause(mention)

    def _of_article(self, start: int) -> tuple[PlaceMention | None, str]:
        """The article's own place, at its first mention; in a teaser the first place of the teaser."""
        segment = self.article.segment_at(start)
        if segment is not None and segment.kind == "teaser":
            at = bisect_left(self._subject_starts, segment.start)
            if at < len(self.subjects) and self.subjects[at].start < segment.end:
                return self.subjects[at], "teaser"
        first = self._first
        return (replace(first, confidence=0.6), "article") if first is not None else (None, "")
