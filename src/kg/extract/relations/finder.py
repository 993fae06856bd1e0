"""All relations of an article: every rule on every sentence, each relation once, in source offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.articles import Article
from kg.extract.mentions import EntityMention, PeriodMention
from kg.extract.reading import Entity, Relation
from kg.extract.relations.agents import agent_does, by_agent, counted_somewhere
from kg.extract.relations.names import from_names
from kg.extract.relations.parts import members_counted, memberships, ranks, support
from kg.extract.relations.places import places_in_places, things_in_places
from kg.extract.relations.scene import Scene, Statement, scenes
from kg.extract.relations.times import beginnings, lasting
from kg.lexicon import Lexicon


def find_relations(
    article: Article, entities: Sequence[Entity], mentions: Sequence[EntityMention], periods: Sequence[PeriodMention], lexicon: Lexicon
) -> list[Relation]:
    """Relations between the given entities (or an entity and a literal), each with the shortest quote that states it.

    A relation stated several times is given once, at its first statement.
    """
    found: dict[tuple[str, str, str | None, str | None], Relation] = {}
    located: set[str] = set()
    for scene in scenes(article, entities, mentions, periods, lexicon.gazetteer, lexicon.relation_cues, lexicon.name_patterns):
        for statement in _read(scene, lexicon, located):
            identity = (statement.subject, statement.predicate, statement.object, statement.literal)
            if identity in found or statement.subject == statement.object:
                continue
            if statement.predicate == "locatedIn":
                located.add(statement.subject)
            found[identity] = _as_relation(article, scene, statement)
    return list(found.values())


def _read(scene: Scene, lexicon: Lexicon, located: set[str]) -> Iterator[Statement]:
    yield from places_in_places(scene)
    yield from from_names(scene)
    yield from by_agent(scene)
    yield from things_in_places(scene)
    yield from agent_does(scene)
    yield from counted_somewhere(scene, located)
    yield from beginnings(scene)
    yield from lasting(scene)
    yield from memberships(scene)
    yield from members_counted(scene, lambda place: _english_name(place, lexicon))
    yield from support(scene)
    yield from ranks(scene, lambda words: _indicator_label(words, scene.language, lexicon))


def _english_name(place: Entity, lexicon: Lexicon) -> str:
    if place.gazetteer and place.gazetteer in lexicon.gazetteer:
        return lexicon.gazetteer[place.gazetteer].name_en
    return dict(place.labels).get("en", place.name)


def _indicator_label(words: str, language: str, lexicon: Lexicon) -> str:
    """The English label of the first known indicator that ``words`` name (what the sentence is about), empty if there is none."""
    found = lexicon.indicators.find(words, language)
    if not found:
        return ""
    concept = lexicon.indicators[found[0][2]]
    return concept.pref["en"].lower()


def _as_relation(article: Article, scene: Scene, statement: Statement) -> Relation:
    segment = article.segments[scene.sentence.segment]
    return Relation(
        subject=statement.subject,
        predicate=statement.predicate,
        object=statement.object,
        literal=statement.literal,
        status=statement.status,
        quote=article.quote(statement.start, statement.end),
        sentence=article.quote(scene.sentence.start, scene.sentence.end),
        section=segment.kind,
        rule=statement.rule,
        confidence=statement.confidence,
    )
