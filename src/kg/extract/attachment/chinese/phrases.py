"""Noun phrases: what is left when adverbs, places, times and verbs are taken off."""

from __future__ import annotations

import re

from kg.extract.attachment.chinese.clauses import CLOSE, OPEN
from kg.extract.attachment.chinese.words import (
    HAN,
    begins_noun,
    collective_pattern,
    ending,
    ends_compound,
    is_compound,
    is_glued,
    occurring,
    starting,
)
from kg.extract.attachment.scene import Scene, Span

EXAMPLES = re.compile(r"(?:“[^”]{1,20}”、?)+等")
"""Names given as examples before the noun that is counted: “清风”等项目."""


LONGEST_COUNTED = 18


LONGEST_INDICATOR = 30


def trim(scene: Scene, span: Span) -> Span:
    """Take adverbs, places, times and verbs off both ends until a noun phrase is left (it may be empty)."""
    start, end = _after_close(scene.text, span)
    masks = [*scene.masks(), *(match.span() for match in collective_pattern(scene.words).finditer(scene.text, start, end))]
    tail, lead = ending(scene.words, "tail"), starting(scene.words, "lead")
    moved = True
    while moved and start < end:
        moved = False
        for low, high in masks:
            if low <= start < high <= end:
                start, moved = high, True
            if start <= low < end <= high:
                end, moved = low, True
        if start >= end:
            break
        match = None if _opens_name(scene.text, start, end) else lead.match(scene.text, start, end)
        if match and match.end() > start and not is_glued(scene, start, match.end(), end):
            start, moved = match.end(), True
        match = tail.search(scene.text, max(start, end - 8), end)
        if match and match.start() < end and not ends_compound(scene, match, start):
            end, moved = match.start(), True
    listed = EXAMPLES.match(scene.text, start, end)
    if listed and end - listed.end() >= 2:
        start = listed.end()
    return start, max(start, end)


def _opens_name(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark opens here that also closes inside: it belongs to a name."""
    return text[start] in "“《" and text.find("”" if text[start] == "“" else "》", start, end) > 0


def _after_close(text: str, span: Span) -> Span:
    """Past the last closing bracket of the span that was opened outside it."""
    start, depth = span[0], 0
    for at in range(*span):
        if text[at] in OPEN:
            depth += 1
        elif text[at] in CLOSE:
            if depth == 0:
                start = at + 1
            depth = max(0, depth - 1)
    return start, span[1]


def is_solid(scene: Scene, span: Span) -> bool:
    """Whether the span holds anything that can name a thing."""
    return len(HAN.findall(scene.text, *span)) >= 1 and span[1] - span[0] >= 1


def noun_left(scene: Scene, span: Span) -> tuple[tuple[Span, ...], str]:
    """The noun phrase that ends at the right edge of ``span``, with its subject when it is too general; and the verb, if only that."""
    start, end = trim(scene, span)
    if start >= end:
        return (), ""
    bare = scene.words.forms("zh", "bare_noun")
    for verb in reversed(list(occurring(scene.words, "object_verb").finditer(scene.text, start, end))):
        if verb.end() >= end:  # the verb governs the value itself: its subject is what is measured, unless that acts
            subject = trim(scene, (start, verb.start()))
            if subject[1] - subject[0] > 1 and is_solid(scene, subject) and not is_actor(scene, subject):
                parts, _ = noun_left(scene, subject)
                return parts or (_clip(subject),), scene.text[verb.start() : verb.end()]
            return (), scene.text[verb.start() : verb.end()]
        if _inside_quotes(scene.text, start, verb.start()) or _noun_like(scene, verb.end(), end) or begins_noun(scene, verb):
            continue
        target = trim(scene, (verb.end(), end))
        if not is_solid(scene, target):
            continue
        if scene.text[target[0] : target[1]] in bare:
            whole = (verb.start(), target[1])
            subject = trim(scene, (start, verb.start()))
            if subject[1] - subject[0] > 1 and not is_actor(scene, subject):
                parts, _ = noun_left(scene, subject)
                return (*(parts or (_clip(subject),)), whole), ""
            return (whole,), ""
        return (_clip(target),), ""
    return (_clip((start, end)),), ""


def is_actor(scene: Scene, span: Span) -> bool:
    """Whether the phrase names somebody who acts (an office, a company, a place) rather than what is measured."""
    text = scene.text[span[0] : span[1]]
    return text.endswith(scene.words.forms("zh", "agent_end"))


def _noun_like(scene: Scene, verb_end: int, end: int) -> bool:
    """新增长点, 发展水平, 建设项目: a verb directly before a head noun of one or two characters names, it does not govern."""
    return scene.text[verb_end:end] in scene.words.forms("zh", "noun_suffix")


def _inside_quotes(text: str, start: int, at: int) -> bool:
    window = text[start:at]
    return window.count("“") > window.count("”") or window.count("《") > window.count("》")


def _clip(span: Span) -> Span:
    return (max(span[0], span[1] - LONGEST_INDICATOR), span[1])


def noun_right(scene: Scene, span: Span) -> Span | None:
    """The counted noun that starts at the left edge of ``span``, up to the first word that ends a noun phrase."""
    start, end = span
    text = scene.text
    of = (*scene.words.forms("zh", "of"), " ")
    while start < end and text.startswith(of, start):
        start += 1
    if start >= end or (not HAN.match(text[start]) and text[start] not in "“《"):
        return None
    limit = min(end, start + LONGEST_COUNTED)
    for low, high in scene.masks():
        if start < low < limit:
            limit = low
        elif low <= start < high:
            return None
    stop = limit
    for match in occurring(scene.words, "np_break").finditer(text, start, limit):
        if match.start() == start:
            if begins_noun(scene, match):
                continue
            if is_glued(scene, start, match.end(), limit) and match.end() - start == 1:
                continue
            return None
        if begins_noun(scene, match) or (match.end() - match.start() == 1 and is_compound(scene, match.start())):
            continue
        stop = match.start()
        break
    for at in range(start, stop):
        if text[at] in "，。；：、！？（(《“”》）)" and not (at == start and text[at] in "“《"):
            if text[at] == "”" and text[start] == "“":
                continue
            if text[at] == "“" and at > start:
                stop = at
                break
            if text[at] in "“《":
                continue
            stop = at
            break
    if stop == end and any(quantity.start == end for quantity in scene.quantities):
        stop = _before_next_indicator(scene, start, stop)
    links = (*scene.words.forms("zh", "list_link"), " ")
    while stop > start and text.endswith(links, start, stop):
        stop -= 1
    span = (start, stop)
    return span if stop - start >= 1 and is_solid(scene, span) else None


def _before_next_indicator(scene: Scene, start: int, stop: int) -> int:
    """9个重点项目总投资7亿元: what runs into the next value ends with that value's own indicator, which is cut off."""
    for form in scene.words.forms("zh", "bare_noun"):
        if scene.text.endswith(form, start + 2, stop):
            return stop - len(form)
    return stop


def trim_tail(scene: Scene, low: int, end: int) -> int:
    """The end of the span without the words between an indicator and its value; cues of a share stay."""
    tail = ending(scene.words, "tail")
    share = scene.words.forms("zh", "share_cue")
    while end > low:
        match = tail.search(scene.text, max(low, end - 6), end)
        if not match or match.group() in share:
            return end
        end = match.start()
    return end


def quoted_name(scene: Scene, low: int, high: int) -> Span | None:
    """A name in quotation marks within the bounds, with its head noun, or None."""
    match = re.compile(r"“[^”]{2,20}”[\u4e00-\u9fff]{0,4}").search(scene.text, low, high)
    return match.span() if match else None
