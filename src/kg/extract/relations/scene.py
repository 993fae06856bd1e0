"""One sentence with the named things in it, and what a rule says about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.articles import Article, Sentence
from kg.extract.mentions import EntityMention, PeriodMention
from kg.extract.reading import Entity
from kg.lexicon.gazetteer import Gazetteer
from kg.lexicon.relation_cues import RelationCue

THINGS = ("infrastructure", "programme", "project", "policy", "event", "product")
"""Types that someone can run, found or support."""
_NOTHING = re.compile("(?!)")
MOST_NAMED = 60
"""Most named things that are related to each other within one sentence; keeps the work linear in the text."""
DOERS = ("organisation", "person")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention with its entity. ``inside`` says that the mention lies within another one (a place in an organisation's name)."""

    start: int
    end: int
    entity: Entity
    rule: str
    inside: bool

    @property
    def is_place(self) -> bool:
        """Whether it names a place."""
        return self.entity.type == "place"

    @property
    def core_quoted(self) -> bool:
        """Whether the name stands in quotation marks here."""
        return self.rule.startswith("quoted")

    @property
    def is_thing(self) -> bool:
        """Whether it names something that can be run, founded or supported."""
        return self.entity.type in THINGS


@dataclass(frozen=True, slots=True)
class Statement:
    """What a rule read, in clean offsets: ``[start, end)`` is the shortest span that states it."""

    subject: str
    predicate: str
    object: str | None
    literal: str | None
    start: int
    end: int
    rule: str
    confidence: float
    status: str = "actual"


@dataclass(slots=True)
class Scene:
    """A sentence, its named things in text order, its time expressions, and the things named in the sentences before it."""

    article: Article
    sentence: Sentence
    named: list[Named]
    periods: list[PeriodMention]
    before: list[Named]
    entities: Mapping[str, Entity]
    gazetteer: Gazetteer
    cues: Mapping[tuple[str, str], tuple[RelationCue, ...]]
    patterns: Mapping[tuple[str, str], re.Pattern[str]]
    within: dict[str, str] = field(default_factory=dict)
    """Entity key of a place → entity key of the place that this sentence puts it in."""

    @property
    def text(self) -> str:
        """The whole clean text (offsets are the article's)."""
        return self.article.text

    def forms(self, form: str) -> tuple[RelationCue, ...]:
        """The cues of one form in the article's language."""
        return self.cues.get((self.article.language, form), ())

    @property
    def language(self) -> str:
        """The article's language."""
        return self.article.language

    def pattern(self, name: str) -> re.Pattern[str]:
        """A pattern of the article's language; one that matches nothing where the language has none."""
        return self.patterns.get((self.article.language, name), _NOTHING)

    def ends_with(self, name: str, start: int, end: int) -> re.Match[str] | None:
        """A match of the pattern that ends at ``end`` and begins at ``start`` or later."""
        found = None
        for match in self.pattern(name).finditer(self.text, start, end):
            if match.end() == end:
                found = match
        return found

    def member_label(self, word: str) -> str:
        """The English plural of a class word (县 → counties), empty if unknown."""
        return next((cue.status for cue in self.forms("member") if cue.text == word), "")

    def outer(self) -> list[Named]:
        """Mentions that lie in no other mention."""
        return [one for one in self.named if not one.inside]

    def recent(self, *types: str) -> Named | None:
        """The thing of one of these types that the sentences before named last."""
        return next((one for one in reversed(self.before) if one.entity.type in types), None)

    def between(self, first: Named | int, second: Named | int) -> str:
        """The text between two mentions (or positions)."""
        start = first.end if isinstance(first, Named) else first
        end = second.start if isinstance(second, Named) else second
        return self.text[start:end]

    def planned(self, start: int, end: int) -> str:
        """The status that the words of ``[start, end)`` give: ``target``, ``forecast`` or ``actual``."""
        words = self.text[start:end]
        for cue in self.forms("plan"):
            at = words.find(cue.text)
            while at >= 0:
                latin = cue.text[0].isascii() or (cue.text[0].isalpha() and not "\u4e00" <= cue.text[0] <= "\u9fff")
                whole = not latin or not (words[at - 1 : at].isalpha() or words[at + len(cue.text) : at + len(cue.text) + 1].isalpha())
                if whole:
                    return cue.status
                at = words.find(cue.text, at + 1)
        return "actual"


def _windows(sentence: Sentence, named: list[Named]) -> Iterator[tuple[Sentence, list[Named]]]:
    """The sentence whole, or in parts where it names more things than any prose does (lists, tables, text without a full stop)."""
    if len(named) <= MOST_NAMED:
        yield sentence, named
        return
    for at in range(0, len(named), MOST_NAMED):
        things = named[at : at + MOST_NAMED]
        yield Sentence(things[0].start, max(one.end for one in things), sentence.segment), things


def scenes(
    article: Article,
    entities: Sequence[Entity],
    mentions: Sequence[EntityMention],
    periods: Sequence[PeriodMention],
    gazetteer: Gazetteer,
    cues: Mapping[tuple[str, str], tuple[RelationCue, ...]],
    patterns: Mapping[tuple[str, str], re.Pattern[str]],
) -> Iterator[Scene]:
    """The sentences that name something, in text order."""
    by_key = {entity.key: entity for entity in entities}
    ordered = sorted((mention for mention in mentions if mention.entity in by_key), key=lambda one: (one.start, -one.end))
    times = sorted(periods, key=lambda one: one.start)
    at = time_at = 0
    before: list[Named] = []
    segment = -1
    for sentence in article.sentences:
        if article.segments[sentence.segment].kind == "boilerplate":
            continue
        if sentence.segment != segment:
            before, segment = [], sentence.segment
        while at < len(ordered) and ordered[at].start < sentence.start:
            at += 1
        while time_at < len(times) and times[time_at].start < sentence.start:
            time_at += 1
        named: list[Named] = []
        open_end = -1
        while at < len(ordered) and ordered[at].end <= sentence.end:
            one = ordered[at]
            named.append(Named(one.start, one.end, by_key[one.entity], one.rule, one.end <= open_end))
            open_end = max(open_end, one.end)
            at += 1
        here: list[PeriodMention] = []
        while time_at < len(times) and times[time_at].start < sentence.end:
            here.append(times[time_at])
            time_at += 1
        if named:
            for part, things in _windows(sentence, named):
                yield Scene(article, part, things, here, before, by_key, gazetteer, cues, patterns)
                before = [*before[-12:], *(one for one in things if not one.inside)][-MOST_NAMED:]
        elif here:
            yield Scene(article, sentence, [], here, before, by_key, gazetteer, cues, patterns)
