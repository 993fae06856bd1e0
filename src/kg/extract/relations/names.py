"""Relations that a name itself states: the place it holds, the years in its brackets, another thing it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.relations.scene import Named, Scene, Statement

_YEARS = re.compile(r"[（(]\s?((?:19|20)\d{2})\s?年?\s?[-–—～~至到à]+\s?((?:19|20)\d{2})\s?年?\s?[)）]")
_PLACED_KINDS = ("hospital", "service_centre", "school")
_OWNED_KINDS = ("data_centre", "computing_centre", "park", "base")
_PLACED_PROJECTS = ("fr", "en")


def from_names(scene: Scene) -> Iterator[Statement]:
    """Rules ``place-in-name``, ``years-in-name``, ``zone-of-place`` and ``title-names-programme``."""
    for one in scene.named:
        inside = [other for other in scene.named if other is not one and one.start <= other.start and other.end <= one.end]
        yield from _years(scene, one)
        places = [other for other in inside if other.is_place and other.entity.kind != "country"]
        if places and _is_placed(scene, one):
            place = places[-1]
            yield Statement(one.entity.key, "locatedIn", place.entity.key, None, one.start, one.end, "place-in-name", 0.8)
        for other in inside:
            if one.entity.type == "policy" and other.entity.type in ("programme", "project"):
                yield Statement(one.entity.key, "supports", other.entity.key, None, one.start, one.end, "title-names-programme", 0.75)
            owned = one.entity.kind in _OWNED_KINDS and other.entity.kind == "company"
            if owned and other.start == one.start:
                yield Statement(one.entity.key, "implementedBy", other.entity.key, None, one.start, one.end, "owner-in-name", 0.7)
        if one.is_place and one.entity.gazetteer is None and one.entity.container:
            container = f"place/{one.entity.container}"
            if container in scene.entities and _holds_name(scene, one, container):
                yield Statement(one.entity.key, "locatedIn", container, None, one.start, one.end, "zone-of-place", 0.75)


def _holds_name(scene: Scene, one: Named, container: str) -> bool:
    """Whether a zone's name holds the name of the place it lies in (拉萨高新区)."""
    names = scene.gazetteer[container.removeprefix("place/")].names if container.removeprefix("place/") in scene.gazetteer else ()
    here = scene.text[one.start : one.end]
    return any(name in here for name in (*names, scene.entities[container].name))


def _is_placed(scene: Scene, one: Named) -> bool:
    entity = one.entity
    if entity.type == "infrastructure":
        return True
    if entity.type == "organisation":
        return entity.kind in _PLACED_KINDS
    return entity.type in ("programme", "project") and scene.article.language in _PLACED_PROJECTS


def _years(scene: Scene, one: Named) -> Iterator[Statement]:
    if one.entity.type not in ("policy", "programme", "project"):
        return
    match = _YEARS.search(scene.text, one.start, min(one.end + 14, len(scene.text)))
    if match and (match.end() <= one.end or match.start() <= one.end + 2):
        literal = f"{match[1]}/{match[2]}"
        yield Statement(one.entity.key, "hasPeriod", None, literal, one.start, max(one.end, match.end()), "years-in-name", 0.95)
