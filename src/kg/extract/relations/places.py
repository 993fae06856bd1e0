"""Where things are: places named within places, and things that a phrase locates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.extract.relations.scene import Named, Scene, Statement

_HOSTED = ("infrastructure", "programme", "project", "event")
_REACH = 60
"""How far before a place the words that locate something may begin, in characters."""


def places_in_places(scene: Scene) -> Iterator[Statement]:
    """Rule ``place-chain``: 那曲市|色尼区, "district de X, à Y", "Y, où se trouve X". Fills ``scene.within``."""
    places = [one for one in scene.named if one.is_place]
    for first, second in pairwise(places):
        if second.start < first.end or first.entity.key == second.entity.key:
            continue
        gap = scene.between(first, second)
        if scene.language == "zh":
            pair = (second, first) if not gap else None
        elif scene.pattern("place_in_place").fullmatch(gap):
            pair = (first, second)
        else:
            pair = (second, first) if scene.pattern("place_holds").fullmatch(gap) else None
        if pair is None or not _may_hold(scene, *pair):
            continue
        inner, holder = pair
        scene.within[inner.entity.key] = holder.entity.key
        yield Statement(inner.entity.key, "locatedIn", holder.entity.key, None, first.start, second.end, "place-chain", 0.92)


def _may_hold(scene: Scene, inner: Named, holder: Named) -> bool:
    """Known places must lie within each other; of unknown ones nothing speaks against it."""
    small, large = inner.entity.gazetteer, holder.entity.gazetteer
    if small and large:
        return small != large and scene.gazetteer.within(small, large)
    return small is None


def things_in_places(scene: Scene) -> Iterator[Statement]:
    """Rules ``situated`` (位于 P 的 S), ``locating-phrase`` (在 P，…S; "À P, le « S »"), ``place-of`` (P 的 S, P“S”), ``held-at``."""
    text, outer = scene.text, scene.outer()
    for position, place in enumerate(outer):
        if not place.is_place:
            continue
        chain = _chain_end(outer, position)
        last, rest = outer[chain], outer[chain + 1 :]
        if scene.ends_with("situated", max(scene.sentence.start, place.start - _REACH), place.start):
            thing = _situated_thing(scene, outer, position, chain)
            if thing is not None and thing.entity.key != last.entity.key:
                start, end = min(thing.start, place.start), max(thing.end, last.end)
                yield Statement(thing.entity.key, "locatedIn", last.entity.key, None, start, end, "situated", 0.9)
            continue
        lead = text[scene.sentence.start : place.start].lstrip()
        if scene.language == "zh":
            lead = lead[max(lead.rfind(mark) for mark in "，；") + 1 :]
        if scene.pattern("opening").fullmatch(lead):
            thing = next((one for one in rest if one.entity.type in _HOSTED), None)
            if thing is not None and thing.rule != "counted-class":
                yield Statement(thing.entity.key, "locatedIn", last.entity.key, None, place.start, thing.end, "locating-phrase", 0.8)
                continue
        if scene.language == "zh":
            yield from _chinese_neighbours(scene, outer, position, chain)


def _chain_end(outer: list[Named], position: int) -> int:
    """The index of the last place of a chain without anything between (阿里地区|噶尔县)."""
    while position + 1 < len(outer) and outer[position + 1].is_place and outer[position + 1].start == outer[position].end:
        position += 1
    return position


def _situated_thing(scene: Scene, outer: list[Named], position: int, chain: int) -> Named | None:
    after = outer[chain + 1] if chain + 1 < len(outer) else None
    beside = after is not None and scene.language == "zh" and scene.between(outer[chain], after) in ("的", "的“", "")
    if after is not None and beside and (after.is_thing or after.is_place):
        return after
    before = [one for one in outer[:position] if one.entity.type in (*_HOSTED, "organisation")]
    if before:
        return before[0] if scene.language == "zh" else before[-1]
    return scene.recent("infrastructure")


def _chinese_neighbours(scene: Scene, outer: list[Named], position: int, chain: int) -> Iterator[Statement]:
    if position and outer[position - 1].is_place and outer[position - 1].end == outer[position].start:
        return  # the chain was read from its first place
    place, last = outer[position], outer[chain]
    after = outer[chain + 1] if chain + 1 < len(outer) else None
    if (
        after is not None
        and after.entity.type in ("infrastructure", "programme", "project")
        and scene.between(last, after) in ("的", "", "的“")
    ):
        if after.entity.kind == "pilot":
            yield Statement(last.entity.key, "pilotOf", after.entity.key, None, place.start, after.end, "place-of", 0.85)
        elif after.entity.type == "infrastructure":
            yield Statement(after.entity.key, "locatedIn", last.entity.key, None, place.start, after.end, "place-of", 0.8)
    held = scene.pattern("held").match(scene.text, last.end)
    if held and scene.pattern("opening").fullmatch(scene.text, place.start - 1, place.start):
        events = [one for one in outer[:position] if one.entity.type == "event" or (one.is_thing and one.end == place.start - 1)]
        if events:
            event = events[-1]
            status = scene.planned(event.end, held.end())
            yield Statement(event.entity.key, "locatedIn", last.entity.key, None, event.start, held.end(), "held-at", 0.8, status)
