"""All named things of an article: candidates from every source of names, overlaps settled, names of one thing brought together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import ahocorasick

from kg.articles import Article
from kg.extract.entities.candidate import Candidate, is_outside
from kg.extract.entities.chinese import Ground, find_by_head, find_plus
from kg.extract.entities.english import find_english
from kg.extract.entities.french import find_french
from kg.extract.entities.grouping import as_entity, group, normal
from kg.extract.entities.known import find_branches, find_known
from kg.extract.entities.overlap import settle
from kg.extract.entities.persons import find_chinese_persons, find_latin_persons
from kg.extract.entities.quoted import find_quoted_chinese
from kg.extract.entities.sources import find_sources
from kg.extract.entities.titles import find_titles
from kg.extract.mentions import EntityMention, PlaceMention
from kg.extract.reading import Entity
from kg.lexicon import Lexicon

_KEPT_OUTSIDE = ("source-line", "role-line")


def find_entities(
    article: Article, place_mentions: Sequence[PlaceMention], place_entities: Sequence[Entity], lexicon: Lexicon
) -> tuple[list[Entity], list[EntityMention]]:
    """Entities of all types, the given places first, and every mention of them with its clean span, in text order."""
    text = article.text
    short = lexicon.entity_words.pattern(article.language, "short_form")
    candidates = [_with_short_form(text, one, short) for one in settle(_candidates(article, place_mentions, lexicon), place_mentions)]
    entities: dict[str, Entity] = {entity.key: entity for entity in place_entities}
    mentions = _place_mentions(place_mentions, entities)
    by_place = sorted(place_mentions, key=lambda mention: mention.start)
    place_starts = [mention.start for mention in by_place]
    for members in group(text, candidates):
        near = [
            mention for one in members for mention in by_place[bisect_left(place_starts, one.start) : bisect_left(place_starts, one.end)]
        ]
        entity = _labelled(as_entity(text, members, near, entities), members, lexicon)
        entities[entity.key] = entity
        mentions.extend(EntityMention(one.start, one.end, entity.key, one.rule, one.confidence) for one in members)
    mentions.extend(_repeated(article, list(entities.values()), mentions))
    mentions.sort(key=lambda mention: (mention.start, -mention.end, mention.entity))
    return list(entities.values()), mentions


def _candidates(article: Article, places: Sequence[PlaceMention], lexicon: Lexicon) -> list[Candidate]:
    text, words, language = article.text, lexicon.entity_words, article.language
    known = find_known(text, words, language)
    found = [*known, *find_sources(text, words, language)]
    if language == "zh":
        ground = Ground(text, words, places, known)
        found += find_titles(text, words)
        found += find_by_head(ground)
        found += find_plus(text, words)
        found += find_quoted_chinese(ground, words)
        found += find_chinese_persons(text, words, places)
    else:
        found += find_french(text, words, places, known) if language == "fr" else find_english(text, words)
        found += find_branches(text, places, known)
        found += find_latin_persons(text, words, language, places)
    found += _publisher(article)
    return [one for one in found if one.rule in _KEPT_OUTSIDE or not is_outside(article, one.start)]


def _publisher(article: Article) -> list[Candidate]:
    """The publisher, where the text names it at the head of the article or in a line about the page."""
    name = article.metadata.publisher
    at = article.text.find(name) if name and len(name) >= 3 else -1
    segment = article.segment_at(at) if at >= 0 else None
    if not name or at < 0 or (segment is not None and segment.kind in ("body", "teaser")):
        return []
    return [Candidate(at, at + len(name), "organisation", "media", "source-line", 0.9)]


def _labelled(entity: Entity, members: Sequence[Candidate], lexicon: Lexicon) -> Entity:
    """With an English label where the name is nothing but a known place and a head (甘肃日报 → Gansu Daily)."""
    head = next((one.label_en for one in members if one.label_en), "")
    if entity.labels or not head or entity.container is None or entity.container not in lexicon.gazetteer:
        return entity
    return replace(entity, labels=(("en", f"{lexicon.gazetteer[entity.container].name_en} {head}"),))


def _with_short_form(text: str, one: Candidate, form: re.Pattern[str]) -> Candidate:
    """A short form announced in brackets behind the name becomes its alias."""
    match = form.match(text, one.end) or form.match(text, one.end + 1)
    return replace(one, alias=match[1]) if match and not one.alias else one


def _place_mentions(places: Sequence[PlaceMention], entities: dict[str, Entity]) -> list[EntityMention]:
    """Mentions of the places that are entities of this article."""
    found = []
    for place in places:
        key = next((key for key in (f"place/{place.place}", place.place) if key in entities), None)
        if key is not None:
            found.append(EntityMention(place.start, place.end, key, place.rule or "place", place.confidence))
    return found


def _repeated(article: Article, entities: Sequence[Entity], mentions: Sequence[EntityMention]) -> list[EntityMention]:
    """Later occurrences of a name or alias that no other rule saw (“雪域办” without its head word)."""
    machine: ahocorasick.Automaton = ahocorasick.Automaton()
    for entity in entities:
        if entity.type in ("place", "technology"):
            continue
        for name in (entity.name, *entity.aliases):
            if _is_telling(name):
                machine.add_word(name, (len(name), entity.key))
    if not len(machine):
        return []
    machine.make_automaton()
    taken = bytearray(len(article.text) + 1)
    for mention in mentions:
        if not mention.entity.startswith(("place/", "technology/")):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    found = []
    for last, (length, key) in machine.iter_long(article.text):
        start, end = last + 1 - length, last + 1
        if any(taken[start:end]) or is_outside(article, start) or not _is_whole(article.text, start, end):
            continue
        taken[start:end] = b"\1" * length
        found.append(EntityMention(start, end, key, "repeated-name", 0.8))
    return found


def _is_telling(name: str) -> bool:
    if any("\u4e00" <= char <= "\u9fff" for char in name):
        return len(normal(name)) >= 3
    return len(name) >= 4 and any(char.isupper() for char in name)


def _is_whole(text: str, start: int, end: int) -> bool:
    def letter(char: str) -> bool:
        return char.isalnum() and not "\u2e80" <= char <= "\U0003ffff"

    return not (letter(text[start]) and letter(text[start - 1 : start])) and not (letter(text[end - 1]) and letter(text[end : end + 1]))
