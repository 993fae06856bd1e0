"""Rules for counts: the counted noun, with what is said of it where it is too general to stand alone."""

from __future__ import annotations

from kg.extract.attachment.latin.phrases import cannot_open, is_only_place, noun_left, noun_right, without_determiners
from kg.extract.attachment.latin.tokens import (
    Token,
    in_period,
    in_place,
    in_quantity,
    is_verb,
    left_tokens,
    right_tokens,
    role,
    sentence_tokens,
    tokens_of,
)
from kg.extract.attachment.latin.verbs import subject_before_verb, subject_of, verb_before
from kg.extract.attachment.scene import Attachment, Scene, Span


def restated(scene: Scene, index: int) -> Attachment | None:
    """A restatement in another currency measures what the amount before the bracket measures."""
    if scene.quantities[index].restates is None or not index:
        return None
    former = scene.done[index - 1]
    return Attachment(former.parts, "restated", former.kind, former.base, former.counted, 0.97, former.aligned)


def counted_in_quote(scene: Scene, index: int) -> Attachment | None:
    """The unit word is itself the counted noun (14 000 habitants): it, with what follows it."""
    quantity = scene.quantities[index]
    if scene.unit_kind(quantity) != "count" or not quantity.measure_word or not quantity.measure_word[0].isalpha():
        return None
    at = scene.text.find(quantity.measure_word, quantity.number_end, quantity.end)
    if at < 0:
        return None
    span = _noun_from(scene, at, quantity.end, index)
    parts = _completed(scene, index, span)
    return Attachment(parts, "counted-in-quote", base=parts, counted=(at, quantity.end), confidence=0.9)


LONGEST_PREDICATE, NAMED_WITHIN = 5, 5
"""Content words of what is said of a counted noun; tokens within which "as …" must name it."""


def _completed(scene: Scene, index: int, span: Span) -> tuple[Span, ...]:
    """A counted noun too general to stand alone (personnes, comtés) with what is said of it, or what it is a part of."""
    words = [token for token in tokens_of(scene.text, *span) if token.is_word and not role(scene, token, "np_link")]
    if len(words) == 1 and role(scene, words[0], "measure_noun"):
        own = subject_before_verb(scene, index)
        if own is not None:
            return own, span
        left = left_tokens(scene, index)
        done = verb_before(scene, left, index)
        if done is not None and done.last < len(left) and not role(scene, left[done.last], "auxiliary"):
            return (left[done.last].start, left[done.last].end), span
    if len(words) > 3 or not words or not role(scene, words[0], "generic_noun"):
        return (span,)
    after = [token for token in sentence_tokens(scene) if token.start >= span[1]]
    while after and (in_place(scene, after[0]) or role(scene, after[0], "locative")):
        after = after[1:]
    if after and is_verb(scene, after[0]):
        for position, token in enumerate(after[:NAMED_WITHIN]):
            if role(scene, token, "named_as"):
                named = noun_right(scene, without_determiners(scene, after[position + 1 :]))
                if named is not None:
                    return (named,)
        said = _predicate(scene, after)
        if said:
            return (span, *said)
    before = left_tokens(scene, index)
    if before and before[-1].is_word and not role(scene, before[-1], "np_link") and not is_verb(scene, before[-1]):
        phrase = noun_left(scene, before)
        if phrase is not None and not is_only_place(scene, phrase):
            return phrase, span
    if before and role(scene, before[-1], "recipient"):
        phrase = noun_left(scene, before[:-1])
        if phrase is not None and not is_only_place(scene, phrase):
            return phrase, span
    verb = verb_before(scene, before, index)
    if verb is not None and verb.last < len(before) and role(scene, before[verb.last], "acting_verb"):
        subject, _ = subject_of(scene, before, verb.first)
        act = (before[verb.last].start, before[verb.last].end)
        return (subject, act, span) if subject is not None and not is_only_place(scene, subject) else (act, span)
    return (span,)


def _noun_from(scene: Scene, start: int, end: int, index: int) -> Span:
    rest = right_tokens(scene, index)
    if rest and rest[0].start == end + 1:
        if is_verb(scene, rest[0]) and not role(scene, rest[0], "np_link"):
            return start, end
        following = noun_right(scene, rest)
        if following is not None and following[0] - end <= 5 and not cannot_open(scene, rest[0]):
            return start, following[1]
    return start, end


def counted_right(scene: Scene, index: int) -> Attachment | None:
    """A bare count counts the noun phrase on its right."""
    quantity = scene.quantities[index]
    if scene.unit_kind(quantity) != "count":
        return None
    tokens = right_tokens(scene, index)
    left = left_tokens(scene, index)
    if left and role(scene, left[-1], "ratio_word") and index and scene.unit_kind(scene.quantities[index - 1]) == "count":
        return None  # "19 cantons sur 45"
    if tokens and role(scene, tokens[0], "of") and len(tokens) > 1 and role(scene, tokens[1], "np_stop"):
        return None  # "1 122 de plus": a difference
    if tokens and cannot_open(scene, tokens[0]):
        return None
    span = noun_right(scene, tokens)
    if span is None:
        return None
    parts = _completed(scene, index, span)
    return Attachment(parts, "counted-right", base=parts, counted=span, confidence=0.92)


def some_of_them(scene: Scene, index: int) -> Attachment | None:
    """ "8 % d'entre elles se trouvaient à la campagne": a part of what was named before, with what is said of it."""
    rest = right_tokens(scene, index)
    if len(rest) < 3 or not role(scene, rest[0], "of") or not role(scene, rest[1], "among") or not role(scene, rest[2], "pronoun"):
        return None
    named = scene.previous(index, unit_kind="count") if index else None
    base = named[1].base if named is not None else ()
    parts = (*base, *_predicate(scene, rest[3:]))
    kind = "share" if scene.unit_kind(scene.quantities[index]) == "ratio" else "of"
    return Attachment(parts, "some-of-them", kind, parts, confidence=0.7) if parts else None


def _predicate(scene: Scene, after: list[Token]) -> tuple[Span, ...]:
    """The verb and what follows it, up to the next mark, figure or time."""
    kept: list[Token] = []
    content = 0
    for token in after:
        if not token.is_word or in_quantity(scene, token) or in_period(scene, token) or role(scene, token, "relative"):
            break
        kept.append(token)
        content += not (role(scene, token, "auxiliary") or role(scene, token, "np_link"))
        if content >= LONGEST_PREDICATE:
            break
    while kept and (role(scene, kept[-1], "np_link") or role(scene, kept[-1], "np_stop")):
        kept.pop()
    return ((kept[0].start, kept[-1].end),) if kept else ()
