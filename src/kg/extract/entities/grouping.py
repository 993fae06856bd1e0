"""Names that mean one thing are brought together: the same words, a name with and without its head, a short form after the full one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.extract.entities.candidate import Candidate
from kg.extract.mentions import PlaceMention
from kg.extract.reading import Entity

_MARKS = re.compile(r"[\s“”\"'’«»「」『』《》〈〉（）()·,，.]+")
_PHASE = re.compile(r"(?:[一二三四五六]期|首期|项目|工程|phase [IVX\d]+)+$")
_NEAR = dict.fromkeys(("infrastructure", "project", "programme"), ("infrastructure", "project", "programme"))
"""Types between which a name with 项目 or a phase behind it still means the same thing."""
_TRAILING = re.compile(r"\s*\((?:phase [IVX\d]+|\d{4}(?:[-–—]\d{4})?)\)$")


def normal(name: str) -> str:
    """A name for comparison: no marks, no spaces, lower case."""
    return _MARKS.sub("", name).lower()


def group(text: str, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Candidates that name one thing, in order of first mention."""
    owner: dict[str, int] = {}
    groups: list[list[Candidate]] = []
    previous: Candidate | None = None
    for one in candidates:
        at = next((owner[name] for name in _names(text, one) if name in owner), None)
        if at is None and previous is not None and _apposed(text, previous, one):
            at = owner.get(_names(text, previous)[0])
        previous = one
        if at is None:
            at = len(groups)
            groups.append([])
        groups[at].append(one)
        for name in _names(text, one):
            owner.setdefault(name, at)
    return _with_short_forms(text, groups)


def _apposed(text: str, first: Candidate, second: Candidate) -> bool:
    """ "« X », programme provincial …": a quoted name and, behind a comma, what it is."""
    return first.core is not None and second.core is None and first.type == second.type and text[first.end : second.start] == ", "


def _names(text: str, one: Candidate) -> list[str]:
    family = "person:" if one.type == "person" else ""
    names = [f"known:{one.known.key}"] if one.known is not None else []
    names.append(family + normal(text[one.start : one.end]))
    if one.core is not None:
        names.append(family + normal(text[one.core[0] : one.core[1]]))
    if one.alias:
        names.append("alias:" + normal(one.alias))
        names.append(normal(one.alias))
    return names


def _with_short_forms(text: str, groups: list[list[Candidate]]) -> list[list[Candidate]]:
    """Join a group to one of the same type whose name it ends (自治区通信管理局) or begins up to a phase (…数据中心 二期项目)."""
    full: dict[str, dict[str, int]] = defaultdict(dict)
    joined: dict[int, int] = {}
    names = [normal(text[one[0].start : one[0].end]) for one in groups]
    for at, one in enumerate(groups):
        full[one[0].type].setdefault(names[at], at)
    for at, one in enumerate(groups):
        kind, name = one[0].type, names[at]
        bare = _PHASE.sub("", name)
        other = next((full[near][bare] for near in _NEAR.get(kind, ()) if bare != name and bare in full[near]), None)
        if other is not None and other != at:
            joined[other] = at
            continue
        if kind == "organisation" and one[0].known is None:
            for cut in range(2, len(name) - 4):
                other = full[kind].get(name[cut:])
                if other is not None and other != at and groups[other][0].known is None:
                    joined[other] = at
                    break
    result: list[list[Candidate]] = []
    place: dict[int, int] = {}
    for at, one in enumerate(groups):
        target, seen = at, {at}
        while target in joined and joined[target] not in seen:
            target = joined[target]
            seen.add(target)
        if target in place:
            result[place[target]].extend(one)
        else:
            place[target] = len(result)
            result.append(list(one))
    return result


def as_entity(text: str, members: Sequence[Candidate], place_mentions: Sequence[PlaceMention], taken: Mapping[str, Entity]) -> Entity:
    """One Entity for a group: the main name is the first full name, the others are aliases."""
    ordered = sorted(members, key=lambda one: one.start)
    known = next((one.known for one in ordered if one.known is not None), None)
    best = max(ordered, key=lambda one: (one.confidence, -one.start))
    type_ = known.type if known is not None else best.type
    name = text[ordered[0].start : ordered[0].end]
    others: dict[str, None] = {}
    for one in ordered:
        others.setdefault(text[one.start : one.end])
        if one.core is not None:
            others.setdefault(text[one.core[0] : one.core[1]])
        if one.alias:
            others.setdefault(one.alias)
        bare = _TRAILING.sub("", text[one.start : one.end])
        others.setdefault(bare)
    others.pop(name, None)
    key = f"{type_}/{known.key}" if known is not None else f"{type_}/{normal(name)}"
    base, number = key, 2
    while key in taken:
        key = f"{base}-{number}"
        number += 1
    container = next((place for one in ordered if (place := _place_inside(one, place_mentions)) is not None), None)
    return Entity(
        key=key,
        type=type_,
        name=name,
        aliases=tuple(others),
        labels=known.labels if known is not None else (),
        container=container,
        kind=known.kind if known is not None else best.kind,
    )


def _place_inside(one: Candidate, mentions: Sequence[PlaceMention]) -> str | None:
    inside = [mention for mention in mentions if one.start <= mention.start and mention.end <= one.end]
    return max(inside, key=lambda mention: mention.start).place if inside else None
