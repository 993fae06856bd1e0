"""When things begin and how long they last."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.extract.mentions import PeriodMention
from kg.extract.relations.agents import find_verbs, fronted_subject
from kg.extract.relations.scene import Named, Scene, Statement

_BEFORE_VERB = 14
_BRACKET = re.compile(r"\s?[（(][^（）()]{0,12}")
_TIMED = ("period", "by", "event", "reported")
_STARTERS = ("infrastructure", "programme", "project", "policy", "event")


def literal_of(period: PeriodMention) -> str:
    """The shortest ISO form: a day, a month, a year, or first day "/" last day."""
    first, last = period.period_start, period.period_end
    if first == last or not last:
        return first
    if not first or first.startswith("--") or last.startswith("--"):
        return _unknown_year(first, last)
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if start.year == end.year:
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return first[:4]
        if start.month == end.month and start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
            return first[:7]
    elif (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{first[:4]}/{last[:4]}"
    return f"{first}/{last}"


def _unknown_year(first: str, last: str) -> str:
    if first[:4] == last[:4] and first.endswith("-01") and last[-2:] in ("28", "29", "30", "31"):
        return first[:4]
    return f"{first}/{last}"


def beginnings(scene: Scene) -> Iterator[Statement]:
    """Rules ``starts-at`` (a time beside a verb of beginning) and ``dated-event`` (an event in a sentence that a date opens)."""
    outer = scene.outer()
    times = [one for one in scene.periods if one.role in _TIMED and (one.period_start or one.period_end)]
    opening = _opening(scene, times)
    dated: set[str] = set()
    for start, end, cue in find_verbs(scene, "start"):
        time = _time_of(scene, times, opening, start, end)
        if time is None:
            continue
        if scene.text[end : end + 1] == "的":
            continue  # 印发的《…》: the time is that of the main verb
        thing = _beginner(scene, outer, start, end)
        if thing is None or thing.entity.key in dated:
            continue
        dated.add(thing.entity.key)
        status = scene.planned(max(scene.sentence.start, min(time.start, start) - 8), max(end, time.end))
        positions = [start, time.start, *([thing.start] if thing.start >= scene.sentence.start else [])]
        ends = [end, time.end, *([thing.end] if thing.start >= scene.sentence.start else [])]
        yield Statement(
            thing.entity.key, "hasStartDate", None, literal_of(time), min(positions), max(ends), "starts-at", 0.8, cue.status or status
        )
    if opening is not None:
        for one in outer:
            if (
                one.entity.type == "event"
                and one.entity.kind not in ("festival", "observance")
                and one.entity.key not in dated
                and one.start < opening.end + 40
            ):
                yield Statement(one.entity.key, "hasStartDate", None, literal_of(opening), opening.start, one.end, "dated-event", 0.65)
                break


def _opening(scene: Scene, times: Sequence[PeriodMention]) -> PeriodMention | None:
    for time in times:
        if time.start <= scene.sentence.start + 2 and time.period_start and time.period_start == time.period_end:
            return time
    return None


def _time_of(scene: Scene, times: Sequence[PeriodMention], opening: PeriodMention | None, start: int, end: int) -> PeriodMention | None:
    if scene.language == "zh":
        near = [
            time for time in times if time.end <= start and start - time.end <= _BEFORE_VERB and "，" not in scene.text[time.end : start]
        ]
        return near[-1] if near else opening
    for time in times:
        if time.start >= end and time.start - end <= 30 and scene.pattern("after_start").fullmatch(scene.text, end, time.start):
            return time
        if end <= time.start <= end + 3:
            return time
    return None


def _beginner(scene: Scene, outer: Sequence[Named], start: int, end: int) -> Named | None:
    text = scene.text
    outer = [one for one in outer if one.entity.kind != "base_station" and one.rule != "counted-class"]
    if scene.language == "zh":
        after = next((one for one in outer if 0 <= one.start - end <= 2 and one.entity.type in _STARTERS), None)
        before = [one for one in outer if one.end <= start and one.entity.type in _STARTERS]
        if after is not None:
            return after
        if before:
            return before[-1] if "，" not in text[before[-1].end : start] else before[0]
    else:
        before = [one for one in outer if one.end <= start and (one.entity.type in _STARTERS or one.entity.kind == "zone")]
        if before:
            return before[-1]
        subject = fronted_subject(scene, outer, start, end)
        if subject is not None:
            return subject
    # a phase of the thing named before: 项目二期将于明年开工, "La première phase, entrée en service …"
    opening = scene.sentence.start + (4 if scene.language == "zh" else 25)
    phase = scene.pattern("phase").search(text, scene.sentence.start, min(start, opening))
    return scene.recent("infrastructure", "programme", "project") if phase else None


def lasting(scene: Scene) -> Iterator[Statement]:
    """Rule ``period-in-brackets``: "la fête du Printemps (du 10 au 17 février)"."""
    for one in scene.outer():
        if one.entity.type not in ("event", "programme", "project", "policy"):
            continue
        for time in scene.periods:
            if (
                0 < time.start - one.end <= 14
                and _BRACKET.fullmatch(scene.text, one.end, time.start)
                and time.period_start != time.period_end
            ):
                yield Statement(one.entity.key, "hasPeriod", None, literal_of(time), one.start, time.end, "period-in-brackets", 0.9)
                break
