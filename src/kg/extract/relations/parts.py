"""Parts, pilots, support, coverage and rank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from kg.extract.reading import Entity
from kg.extract.relations.agents import find_verbs
from kg.extract.relations.scene import Named, Scene, Statement
from kg.extract.relations.times import literal_of

_ORDINALS = {
    "premier": 1, "première": 1, "deuxième": 2, "second": 2, "seconde": 2, "troisième": 3, "quatrième": 4, "cinquième": 5, "sixième": 6,
    "septième": 7, "huitième": 8, "neuvième": 9, "dixième": 10, "plus": 1, "首位": 1, "榜首": 1, "之首": 1,
    "first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}
_WORLD = ("全球", "世界", "mondial", "mondiale", "du monde", "au monde", "in the world", "worldwide", "globally")
_REGION = {"西部": "western China", "全省": "the province", "全区": "the region"}
Labels = Callable[[str], str]
"""Words as written → the English label of the indicator they name, empty if none."""


def memberships(scene: Scene) -> Iterator[Statement]:
    """Rules ``list-of`` (X、Y等N个Z), ``taken-into`` (X 纳入 Z), ``part-of-name`` ("plateformes … du projet Y"), ``one-of``."""
    outer, text = scene.outer(), scene.text
    for position, whole in enumerate(outer):
        if whole.entity.type not in ("programme", "project", "infrastructure"):
            continue
        members: list[Named] = []
        for one in reversed(outer[:position]):
            gap = text[one.end : members[-1].start if members else whole.start]
            if members:
                joined = bool(scene.pattern("and").fullmatch(gap))
            else:
                joined = bool(scene.pattern("member_list").fullmatch(gap)) or (
                    whole.rule == "counted-class" and bool(re.fullmatch(r"[\d一二两三四五六七八九十]+[个项]", gap))
                )
            if one.entity.type == "technology" and joined:
                continue
            if not joined or not one.is_thing:
                break
            members.append(one)
        for one in members:
            yield Statement(one.entity.key, "partOf", whole.entity.key, None, one.start, whole.end, "list-of", 0.85)
    for start, end, cue in find_verbs(scene, "joined"):
        if cue.predicate != "partOf" or scene.language != "zh" or len(cue.text) < 2:
            continue
        wholes = _run(scene, outer, end, ("policy", "programme", "project"))
        parts = [one for one in outer if one.end <= start and one.entity.type in ("infrastructure", "project") and start - one.end <= 12]
        for part in parts[-1:]:
            for whole in wholes:
                yield Statement(part.entity.key, "partOf", whole.entity.key, None, part.start, whole.end, "taken-into", 0.8)
    for one, other in pairwise(outer):
        gap = scene.between(one, other)
        if (
            scene.language == "fr"
            and one.entity.type == "infrastructure"
            and other.entity.type in ("project", "programme")
            and gap in (" du ", " de la ")
        ):
            yield Statement(one.entity.key, "partOf", other.entity.key, None, one.start, other.end, "part-of-name", 0.85)
        if one.entity.type == "policy" and other.entity.kind in ("public_body", "party") and scene.pattern("of").fullmatch(gap):
            yield Statement(one.entity.key, "establishedBy", other.entity.key, None, one.start, other.end, "document-of", 0.85)
        if scene.language == "zh" and one.entity.type == "organisation" and other.core_quoted and not gap and other.is_thing:
            yield Statement(other.entity.key, "implementedBy", one.entity.key, None, one.start, other.end, "owner-beside", 0.65)
    yield from _one_of(scene, outer)


def members_counted(scene: Scene, name_of: Callable[[Entity], str]) -> Iterator[Statement]:
    """Rule ``members-counted``: so many counties or villages of a place take part in a programme (27 comtés du P … classés …).

    The literal is English: "27 counties of P". All of them (全部) are the place itself. A time that opens the sentence is the period.
    """
    outer, text = scene.outer(), scene.text
    things = [one for one in outer if one.entity.type in ("programme", "project") or one.rule.startswith("quoted")]
    for match in scene.pattern("members").finditer(text, scene.sentence.start, scene.sentence.end):
        place = _holder(scene, outer, match.start(), match.end())
        thing = next((one for one in things if one.start >= match.end()), None)
        if thing is None or place is None or not scene.pattern("takes_part").search(text, match.end(), thing.start):
            continue
        start, end = min(place.start, match.start()), max(match.end(), thing.end)
        whole = scene.pattern("all").search(text, place.end, thing.start)
        if whole and "whole" in match.groupdict() and thing.entity.kind in ("national_programme", "pilot", "demonstration"):
            yield Statement(thing.entity.key, "covers", place.entity.key, None, start, end, "members-counted", 0.75)
            continue
        number = re.sub(r"\D", "", match["count"])
        label = scene.member_label(match["member"])
        if label:
            literal = f"{number} {label} of {name_of(place.entity)}"
            yield Statement(thing.entity.key, "covers", None, literal, start, end, "members-counted", 0.75)
        opening = next((time for time in scene.periods if time.start <= scene.sentence.start + 2), None)
        if opening is not None and opening.period_start and opening.period_end and opening.period_start[:4] != opening.period_end[:4]:
            yield Statement(thing.entity.key, "hasPeriod", None, literal_of(opening), opening.start, end, "members-counted", 0.6)


def _holder(scene: Scene, outer: list[Named], start: int, end: int) -> Named | None:
    """The place whose members are counted: right behind (fr, en: "27 comtés du Tibet") or before them (zh)."""
    places = [one for one in outer if one.is_place]
    if scene.language != "zh":
        after = next((one for one in places if end <= one.start <= end + 8), None)
        if after is not None:
            return after
    before = [one for one in places if one.end <= start and start - one.end <= (14 if scene.language == "zh" else 40)]
    while len(before) > 1 and scene.within.get(before[-2].entity.key) == before[-1].entity.key and scene.language != "zh":
        before.pop()
    return before[-1] if before else None


def _run(scene: Scene, outer: list[Named], position: int, types: tuple[str, ...]) -> list[Named]:
    found: list[Named] = []
    at = position
    for one in outer:
        if one.start < at:
            continue
        gap = scene.text[at : one.start]
        if one.entity.type not in types or (found and not scene.pattern("and").fullmatch(gap)) or (not found and len(gap) > 4):
            break
        found.append(one)
        at = one.end
    return found


def _one_of(scene: Scene, outer: list[Named]) -> Iterator[Statement]:
    programmes = [one for one in outer if one.entity.type in ("programme", "project")]
    for programme in programmes:
        node = scene.pattern("node_of").match(scene.text, programme.end)
        if node:
            place = next((one for one in outer if one.is_place and one.start >= node.end()), None)
            place = place or next((one for one in reversed(outer) if one.is_place and one.end <= programme.start), None)
            if place is not None:
                start, end = min(programme.start, place.start), max(node.end(), place.end)
                yield Statement(place.entity.key, "partOf", programme.entity.key, None, start, end, "one-of", 0.85)
    for start, end, _ in find_verbs(scene, "part"):
        place = next((one for one in reversed(outer) if one.is_place and one.end <= start and start - one.end <= 12), None)
        later = next((one for one in programmes if one.start >= end and one.start - end <= 70), None)
        if place is not None and later is not None:
            yield Statement(place.entity.key, "partOf", later.entity.key, None, place.start, later.end, "one-of", 0.85)


def support(scene: Scene) -> Iterator[Statement]:
    """Rules ``supported-by`` (P 支持的 S, S "auquel P a consacré") and ``serves`` (S 助力 P, S couvre P)."""
    outer = scene.outer()
    for start, end, cue in find_verbs(scene, "reversed"):
        if cue.predicate == "locatedIn":
            yield from _attracted(scene, outer, start, end)
            continue
        if cue.predicate != "supports":
            continue
        giver = next(
            (
                one
                for one in reversed(outer)
                if one.end <= start and start - one.end <= 40 and (one.is_place or one.entity.type == "organisation")
            ),
            None,
        )
        if scene.language == "zh":
            taker = next((one for one in outer if end <= one.start <= end + 20), None)
            if taker is not None and not (taker.is_thing or (taker.is_place and taker.start == end)):
                taker = None
            near = giver is not None and start - giver.end <= 2
        else:
            taker = next((one for one in reversed(outer) if one.end <= (giver.start if giver else start) and one.is_thing), None)
            near = giver is not None
        if giver is not None and taker is not None and near:
            span = min(giver.start, taker.start), max(giver.end, taker.end, end)
            yield Statement(giver.entity.key, "supports", taker.entity.key, None, *span, "supported-by", 0.85, cue.status or "actual")
    for start, end, cue in find_verbs(scene, "joined"):
        if cue.predicate not in ("covers", "supports"):
            continue
        source = next((one for one in reversed(outer) if one.end <= start and one.is_thing and start - one.end <= 90), None)
        if source is None and cue.predicate == "supports":
            source = scene.recent("project") or scene.recent("programme") or scene.recent("infrastructure")
        target = next((one for one in outer if end <= one.start <= end + 30 and one.entity.type != "technology"), None)
        if source is None or target is None or not (target.is_place or (cue.predicate == "supports" and target.is_thing)):
            continue
        begin = source.start if source.start >= scene.sentence.start else start
        for one in [target, *_joined_to(scene, outer, target)]:
            yield Statement(source.entity.key, cue.predicate, one.entity.key, None, begin, one.end, "serves", 0.75)


def _joined_to(scene: Scene, outer: list[Named], first: Named) -> list[Named]:
    found = [first]
    for one in outer:
        gap = scene.text[found[-1].end : one.start]
        if one.start >= found[-1].end and one.entity.type == first.entity.type and scene.pattern("and").fullmatch(gap):
            found.append(one)
    return found[1:]


def _attracted(scene: Scene, outer: list[Named], start: int, end: int) -> Iterator[Statement]:
    place = next((one for one in reversed(outer) if one.is_place and one.end <= start), None)
    guest = next((one for one in outer if end <= one.start <= end + 8 and one.entity.type == "organisation"), None)
    if place is not None and guest is not None:
        yield Statement(guest.entity.key, "locatedIn", place.entity.key, None, place.start, guest.end, "attracted-to", 0.7)


def ranks(scene: Scene, label: Labels) -> Iterator[Statement]:
    """Rule ``rank``: "se classe au sixième rang national", 居全国第一. The literal is English: "6th in China by …"."""
    for name in ("rank", "rank_superlative"):
        for match in scene.pattern(name).finditer(scene.text, scene.sentence.start, scene.sentence.end):
            number = _number(match["rank"])
            places = [one for one in scene.outer() if one.is_place and one.end <= match.start()]
            place = places[-1] if places else scene.recent("place")
            if number is None or place is None or not (match["scope"] or scene.language != "zh"):
                continue
            literal = f"{_ordinal(number)} in {_scope(match['scope'] or '')}"
            measured = label(scene.text[max(scene.sentence.start, match.start() - 300) : match.start()])
            if not measured and name == "rank_superlative":
                measured = label(scene.text[max(0, scene.sentence.start - 200) : match.start()])
            if measured:
                literal += f" by {measured}"
            begin = place.start if place.start >= scene.sentence.start else match.start()
            yield Statement(place.entity.key, "ranks", None, literal, begin, match.end(), name.replace("_", "-"), 0.7)


def _number(written: str) -> int | None:
    word = written.lower()
    if word in _ORDINALS:
        return _ORDINALS[word]
    digits = re.sub(r"\D", "", word)
    if digits:
        return int(digits)
    if word and all(char in _DIGITS or char == "十" for char in word):
        if "十" not in word:
            return _DIGITS[word] if len(word) == 1 else None
        tens, _, units = word.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(units, 0)
    return None


def _ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"


def _scope(written: str) -> str:
    return "the world" if written in _WORLD else _REGION.get(written, "China")
