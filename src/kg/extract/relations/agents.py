"""Who does what: 由 A 承建, exploité par A, A 运营 O, P 建成 O, A soutient O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.relations.scene import DOERS, THINGS, Named, Scene, Statement
from kg.lexicon.relation_cues import RelationCue

_AGENT_GAP = 6
_VERB_REACH = 10
_OBJECT_REACH = {"zh": 40, "fr": 90, "en": 90}
_CLAUSE_END = {"zh": "，。；！？", "fr": ".;!?", "en": ".;!?"}
_SUBJECT_REACH = 64
_FRONTED, _FRONTED_REACH = 8, 100
"""Characters between comma and subject after an opening participle, and from the participle to that comma, at most."""


@lru_cache(maxsize=64)
def _verbs(cues: tuple[RelationCue, ...], language: str, participle: bool) -> tuple[re.Pattern[str], dict[str, RelationCue]]:
    table: dict[str, RelationCue] = {}
    for cue in cues:
        table.setdefault(cue.text, cue)
    alternation = "|".join(re.escape(text) for text in sorted(table, key=len, reverse=True)) or "(?!)"
    if language == "zh":
        return re.compile(f"(?=({alternation}))"), table
    if participle and language == "fr":  # créé, créée, créés, créées; entrée en service
        inflected = {
            re.sub(r"^(\S+?[éistu])( |$)", rf"\1{ending}\2", text): cue for text, cue in table.items() for ending in ("", "e", "s", "es")
        }
        table = inflected
        alternation = "|".join(re.escape(text) for text in sorted(table, key=len, reverse=True))
    return re.compile(rf"(?<!\w)({alternation})(?!\w)", re.I), table


def find_verbs(scene: Scene, form: str) -> Iterator[tuple[int, int, RelationCue]]:
    """Occurrences of a form's cues in the sentence: start, end, cue."""
    pattern, table = _verbs(scene.forms(form), scene.language, form in ("by_agent", "start"))
    reached = -1
    for match in pattern.finditer(scene.text, scene.sentence.start, scene.sentence.end):
        cue = table.get(match[1]) or table.get(match[1].lower())
        start, end = match.start(1), max(match.end(1), match.end())
        if cue is None or start < reached or any(one.start < end and start < one.end for one in scene.named if not one.is_place):
            continue
        reached = end
        yield start, end, cue


def by_agent(scene: Scene) -> Iterator[Statement]:
    """Rule ``by-agent``."""
    yield from _chinese_by_agent(scene) if scene.language == "zh" else _latin_by_agent(scene)


def _chinese_by_agent(scene: Scene) -> Iterator[Statement]:
    outer, text = scene.outer(), scene.text
    verbs = list(find_verbs(scene, "by_agent"))
    for by in scene.pattern("by").finditer(text, scene.sentence.start, scene.sentence.end):
        agents = _following(scene, outer, by.end(), (*DOERS, "place"))
        if not agents:
            continue
        last = agents[-1]
        verb = next(((s, e, cue) for s, e, cue in verbs if last.end <= s <= last.end + _VERB_REACH and _clear(scene, last.end, s)), None)
        if verb is None:
            continue
        begin, end, cue = verb
        if last.is_place and begin > last.end + 1:
            continue  # 由成都某中心运营: the place is part of a name that was not seen
        thing = next((one for one in outer if one.is_thing and end <= one.start <= end + 2 and text[end : end + 1] == "的"), None)
        if thing is None:
            thing = _topic(scene, outer, by.start())
        if thing is None:
            continue
        for agent in agents:
            span = min(thing.start, by.start()), max(thing.end, end)
            if thing.end < scene.sentence.start:
                span = by.start(), end
            status = scene.planned(by.start() - 4, end) if cue.status == "" else cue.status
            yield Statement(thing.entity.key, cue.predicate, agent.entity.key, None, *span, "by-agent", 0.9, status)


def _latin_by_agent(scene: Scene) -> Iterator[Statement]:
    outer = scene.outer()
    for start, end, cue in find_verbs(scene, "by_agent"):
        doers = (*DOERS, "place", *THINGS) if cue.predicate == "supports" else (*DOERS, "place")
        agent = next((one for one in outer if one.start > end and one.entity.type in doers), None)
        frame = "passive_to" if cue.text.endswith((" à", " au", " aux")) else "passive_by"
        if agent is None or not scene.pattern(frame).fullmatch(scene.text, end + 1, agent.start):
            continue
        agents = [agent]
        for other in outer[outer.index(agent) + 1 :]:
            gap = scene.pattern("and_by").match(scene.text, agents[-1].end)
            if gap is None or not gap.end() - 2 <= other.start <= gap.end() + 2 or other.entity.type not in DOERS:
                break
            agents.append(other)
        thing = fronted_subject(scene, outer, start, agents[-1].end) or _nearest_thing(scene, outer, start, cue.predicate == "supports")
        if thing is None:
            continue
        for one in agents:
            if cue.predicate == "supports" and one.entity.key != thing.entity.key:
                span = min(thing.start, one.start), max(thing.end, one.end)
                yield Statement(one.entity.key, "supports", thing.entity.key, None, *span, "by-agent", 0.8, _ahead(scene, start, cue))
            elif one.entity.key != thing.entity.key:
                span = (min(thing.start, start), max(thing.end, one.end)) if thing.start >= scene.sentence.start else (start, one.end)
                yield Statement(thing.entity.key, cue.predicate, one.entity.key, None, *span, "by-agent", 0.88, _ahead(scene, start, cue))


def fronted_subject(scene: Scene, outer: Sequence[Named], start: int, end: int) -> Named | None:
    """ "Lancé en 2019 par la commission, le programme …": what a participle that opens a sentence is said of; "il" stands for it too.

    ``start`` is where the participle begins, ``end`` where its phrase does.
    """
    if start - scene.sentence.start > 2:
        return None
    for match in re.finditer(", ", scene.text[end : min(end + _FRONTED_REACH, scene.sentence.end)]):
        at = end + match.end()
        thing = next((one for one in outer if one.is_thing and at <= one.start <= at + _FRONTED), None)
        if thing is not None:
            return thing
        if scene.pattern("anaphor").match(scene.text[at : at + _FRONTED].capitalize()):
            return scene.recent("infrastructure", "programme", "project")
    return None


def _ahead(scene: Scene, verb: int, cue: RelationCue) -> str:
    return cue.status or scene.planned(max(scene.sentence.start, verb - 12), verb)


def _nearest_thing(scene: Scene, outer: Sequence[Named], before: int, or_place: bool = False) -> Named | None:
    kinds = ("zone", "service_centre")
    things = [one for one in outer if one.end <= before and (one.is_thing or one.entity.kind in kinds or (or_place and one.is_place))]
    things = [one for one in things if one.entity.kind != "base_station"]
    if things:
        near = before - things[-1].end <= _SUBJECT_REACH
        return things[-1] if near and not scene.pattern("reporting").search(scene.text, things[-1].end, before) else None
    if or_place or not scene.pattern("anaphor").match(scene.text, scene.sentence.start):
        return None
    return scene.recent("infrastructure", "programme", "project")


def _topic(scene: Scene, outer: Sequence[Named], before: int) -> Named | None:
    things = [
        one for one in outer if one.end <= before and one.is_thing and one.entity.type != "event" and one.entity.kind != "base_station"
    ]
    if things:
        return things[0]
    anaphor = scene.pattern("anaphor")
    known_before = anaphor.match(scene.text, scene.sentence.start, before) or anaphor.fullmatch(scene.text, before - 2, before)
    return scene.recent("infrastructure", "programme", "project", "policy") if known_before else None


def _following(scene: Scene, outer: Sequence[Named], position: int, types: Sequence[str]) -> list[Named]:
    """Doers that begin within a few characters behind ``position``, with those joined to the first."""
    found: list[Named] = []
    at = position
    for one in outer:
        if one.start < at:
            continue
        gap = scene.text[at : one.start]
        if not found:
            if one.start - at > _AGENT_GAP or not _clear(scene, at, one.start) or one.entity.type not in types:
                break
        elif not scene.pattern("and").fullmatch(gap) or one.entity.type not in types:
            break
        found.append(one)
        at = one.end
    return found


def _clear(scene: Scene, start: int, end: int) -> bool:
    return not any(mark in scene.text[start:end] for mark in _CLAUSE_END[scene.language])


def agent_does(scene: Scene) -> Iterator[Statement]:
    """Rules ``agent-does`` (an organisation before the verb) and ``place-does`` (a place before it)."""
    outer = scene.outer()
    for form, types in (("agent_does", ("organisation",)), ("place_does", ("place",))):
        reached = -1
        for start, end, cue in find_verbs(scene, form):
            if start < reached:
                continue
            doers = _doers(scene, outer, start, types)
            if not doers:
                continue
            objects = _objects(scene, outer, end, ("place",) if cue.predicate == "supports" else ())
            for target in objects:
                for doer in doers:
                    statement = _done(scene, cue, form, doer, target, start)
                    if statement is not None:
                        reached = max(reached, target.end)
                        yield statement


def _done(scene: Scene, cue: RelationCue, form: str, doer: Named, target: Named, verb: int) -> Statement | None:
    if doer.entity.key == target.entity.key:
        return None
    start, end = min(doer.start, target.start), max(doer.end, target.end)
    status = cue.status or (scene.planned(doer.end, verb + 4) if form == "agent_does" or scene.language == "zh" else "actual")
    predicate, rule = cue.predicate, form.replace("_", "-")
    if predicate == "pilotOf" and target.entity.kind not in ("pilot", "demonstration", "national_programme"):
        return None
    if predicate == "pilotOf" and scene.pattern("members").search(scene.text, doer.end, verb + 2):
        return None  # so many of its counties, not the place itself
    if predicate == "implementedBy" and doer.is_place and (target.entity.kind == "base_station" or target.rule == "counted-class"):
        predicate = "locatedIn"  # a class of things that a place builds
    if predicate in ("supports", "pilotOf"):
        return Statement(doer.entity.key, predicate, target.entity.key, None, start, end, rule, 0.8, status)
    if target.is_place or (predicate == "locatedIn" and target.entity.type not in ("infrastructure", "project")):
        return None
    if predicate == "establishedBy" and form == "place_does" and target.entity.type == "event":
        return None
    if predicate == "implementedBy" and target.entity.kind == "platform" and target.entity.type == "product":
        return None  # shops opened on a platform, not the platform
    return Statement(target.entity.key, predicate, doer.entity.key, None, start, end, rule, 0.75, status)


def _doers(scene: Scene, outer: Sequence[Named], verb: int, types: Sequence[str]) -> list[Named]:
    """The nearest doer before the verb, with those joined to it by 和 or "et"; no clause end between."""
    reach = 24 if scene.language == "zh" else 130
    doing = [one for one in outer if one.end <= verb and one.entity.type in (*DOERS, "place") and not _only_locates(scene, one)]
    near = [one for one in doing if verb - one.end <= reach]
    if not near and doing and doing[0].is_place and doing[0].start <= scene.sentence.start + 6 and verb - doing[0].end <= 60:
        near = doing[:1]  # the sentence's topic
    if not near or near[-1].entity.type not in types or not _clear_to_verb(scene, near[-1], verb):
        return []
    doer = near[-1]
    if scene.language != "zh":
        while doer.is_place and (inner := _apposed(scene, near, doer)) is not None:
            doer = inner
    found = [doer]
    for one in reversed(near[: near.index(doer)]):
        gap = scene.between(one, found[0])
        joined = scene.pattern("and").fullmatch(gap) if scene.language == "zh" else scene.pattern("and_by").fullmatch(gap)
        if not joined or one.entity.type not in types or (one.is_place and scene.language != "zh"):
            break
        found.insert(0, one)
    return found


def _only_locates(scene: Scene, one: Named) -> bool:
    """在成都签署: the place where, not who; P 援藏资金…: who pays, not who builds."""
    if any(cue.predicate == "supports" and scene.text.startswith(cue.text, one.end) for cue in scene.forms("reversed")):
        return True
    return scene.language == "zh" and one.is_place and scene.text[one.start - 1 : one.start] in ("在", "于")


def _clear_to_verb(scene: Scene, doer: Named, verb: int) -> bool:
    between = scene.text[doer.end : verb]
    if scene.language == "zh":
        commas = 2 if doer.start <= scene.sentence.start + 6 else 1
        return between.count("，") <= (commas if doer.is_place else 0) and not any(mark in between for mark in "。；")
    return not any(mark in between for mark in ";.!?")


def _apposed(scene: Scene, near: Sequence[Named], doer: Named) -> Named | None:
    """ "La région X, dans l'ouest de la Chine, a construit": the place that the nearest one only locates."""
    for one in near[: near.index(doer)]:
        if scene.within.get(one.entity.key) == doer.entity.key:
            return one
    return None


def _objects(scene: Scene, outer: Sequence[Named], position: int, more: Sequence[str] = ()) -> list[Named]:
    """The things named behind a verb: the first within reach, and those listed with it."""
    found: list[Named] = []
    for one in outer:
        if one.start < position:
            continue
        if not found:
            far = one.start - position > _OBJECT_REACH[scene.language] or not _clear(scene, position, one.start)
            if far:
                break
            if not (one.is_thing or one.entity.type in more):
                if one.is_place or one.entity.type in ("technology", "person"):
                    continue
                break
            found.append(one)
            continue
        gap = scene.between(found[-1], one)
        if one.entity.type == "technology":
            continue
        if not one.is_thing or not _listed(scene, gap):
            break
        found.append(one)
    return found


def _listed(scene: Scene, gap: str) -> bool:
    if scene.language == "zh":
        bare = re.sub(r"[《》“”]", "", gap)
        return not bare or bool(scene.pattern("and").fullmatch(bare))
    return bool(scene.pattern("between_objects").fullmatch(gap)) and not any(mark in gap for mark in ".;")


def counted_somewhere(scene: Scene, located: set[str]) -> Iterator[Statement]:
    """Rule ``counted-in``: a class of things (5G基站) that a sentence counts is where the sentence's place is."""
    outer = scene.outer()
    for one in outer:
        if one.entity.key in located or one.entity.type not in ("infrastructure", "project", "programme"):
            continue
        if one.entity.kind != "base_station" and one.rule != "counted-class":
            continue
        places = [place for place in outer if place.is_place and place.end <= one.start]
        if not places and one.rule == "counted-class" and (earlier := scene.recent("place")) is not None:
            yield Statement(one.entity.key, "locatedIn", earlier.entity.key, None, one.start, one.end, "counted-in-topic", 0.5)
        if not places:
            continue
        place = places[-1]
        if one.entity.type != "infrastructure" and one.start - place.end > 6:
            continue
        while (inner := _apposed(scene, places, place)) is not None:
            place = inner
        yield Statement(one.entity.key, "locatedIn", place.entity.key, None, place.start, one.end, "counted-in", 0.7)
