"""Which of several overlapping candidates stand: the longer name wins, unless the shorter one names another thing inside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.entities.candidate import Candidate
from kg.extract.mentions import PlaceMention

_WHOLE_LINE = ("source-line", "role-line")
_HOLDS_TECHNOLOGY = ("infrastructure", "technology", "policy", "programme", "project")
_GENERIC_INSIDE = ("programme", "policy", "product", "infrastructure", "project", "event")


def settle(candidates: Iterable[Candidate], places: Sequence[PlaceMention]) -> list[Candidate]:
    """The candidates that stand, in text order. One pass over candidates sorted by start, with the stack of those still open."""
    ordered = sorted(_against_places(_deduplicated(candidates), places), key=lambda one: (one.start, -one.end, -one.confidence))
    kept: list[Candidate] = []
    open_ones: list[int] = []
    dropped: set[int] = set()
    for candidate in ordered:
        open_ones = [at for at in open_ones if kept[at].end > candidate.start and at not in dropped]
        verdict = True
        for at in open_ones:
            outer = kept[at]
            if candidate.end <= outer.end:
                absorbed, stands = _inside(candidate, outer)
                kept[at] = absorbed
                verdict = verdict and stands
            elif _loses(outer, candidate):
                dropped.add(at)
            else:
                verdict = False
            if not verdict:
                break
        if verdict:
            open_ones.append(len(kept))
            kept.append(candidate)
    return [one for at, one in enumerate(kept) if at not in dropped]


def _deduplicated(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a span: the known one, else the most confident; a core or an alias of the others is kept."""
    best: dict[tuple[int, int], Candidate] = {}
    for one in candidates:
        at = (one.start, one.end)
        other = best.get(at)
        if other is None:
            best[at] = one
            continue
        first, second = (
            (one, other) if (one.known is not None, one.confidence) > (other.known is not None, other.confidence) else (other, one)
        )
        best[at] = replace(first, core=first.core or second.core, alias=first.alias or second.alias)
    return list(best.values())


def _against_places(candidates: Sequence[Candidate], places: Sequence[PlaceMention]) -> list[Candidate]:
    """Without candidates that lie within a place's name, and without places that overlap a place mention."""
    spans = sorted((place.start, place.end) for place in places)
    kept = []
    at = 0
    for one in sorted(candidates, key=lambda one: one.start):
        while at < len(spans) and spans[at][1] <= one.start - 60:
            at += 1
        near = [span for span in spans[at : at + 60] if span[0] < one.end and span[1] > one.start]
        if any(start <= one.start and one.end <= end for start, end in near):
            continue
        if one.type == "place" and near:
            continue
        kept.append(one)
    return kept


def _inside(inner: Candidate, outer: Candidate) -> tuple[Candidate, bool]:
    """The outer candidate (which may learn what it names) and whether the inner one stands too."""
    if outer.core is not None and inner.known is not None and (inner.start, inner.end) == outer.core:
        learnt = (
            replace(outer, known=inner.known) if outer.known is None and inner.known.type in ("programme", "policy", "product") else outer
        )
        return learnt, outer.known is None and inner.known.type == "technology"
    if outer.rule in _WHOLE_LINE:
        return outer, False
    if inner.type == "technology":
        return outer, outer.type in _HOLDS_TECHNOLOGY and (outer.known is not None or outer.rule in ("bare-head", "title", "counted-class"))
    if inner.type == outer.type or inner.type == "person":
        return outer, False
    if inner.type == "organisation":
        return outer, outer.type != "place"
    if inner.known is not None:
        return outer, outer.type in ("policy", "programme", "project") and inner.known.kind != "concept"
    return outer, inner.type not in _GENERIC_INSIDE


def _loses(first: Candidate, second: Candidate) -> bool:
    """Of two that overlap in part, whether the first gives way."""
    return (second.known is not None, second.confidence, second.end - second.start) > (
        first.known is not None,
        first.confidence,
        first.end - first.start,
    )
