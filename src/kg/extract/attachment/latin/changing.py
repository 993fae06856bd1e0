"""The rule for changes: growth and decline of the subject or of the value before."""

from __future__ import annotations

from kg.extract.attachment.latin.earlier import nearest_value
from kg.extract.attachment.latin.phrases import noun_left
from kg.extract.attachment.latin.tokens import Token, in_place, is_infinitive, left_tokens, right_tokens, role, verb_role
from kg.extract.attachment.latin.verbs import (
    around_count,
    distant_subject,
    object_after,
    subject_anywhere,
    subject_before_verb,
    subject_of,
    verb_before,
)
from kg.extract.attachment.scene import Attachment, Scene, Span


def growth(scene: Scene, index: int) -> Attachment | None:
    """ "en hausse de 12 %", "ont augmenté de 3 points": a change of the clause's subject, else of the previous indicator."""
    left = left_tokens(scene, index)
    position = len(left) - 1
    while position >= 0 and (role(scene, left[position], "linker") or role(scene, left[position], "amount_adverb")):
        position -= 1
    if position < 0 or not _is_change(scene, left[position]):
        compared = _more_than_before(scene, index)
        if compared is not None:
            return compared
    skipped = 0
    while position > 0 and skipped < 2 and left[position].is_word and not _is_change(scene, left[position]):
        # "une croissance annuelle moyenne de", "a augmenté rapidement de"
        if left[position].fold.endswith(scene.words.forms(scene.language, "adjective_ending")) and not in_place(scene, left[position]):
            position -= 1
            skipped += 1
        else:
            break
    if position < 0 or not _is_change(scene, left[position]):
        return None
    cue = left[position]
    if not role(scene, cue, "growth_noun") and role(scene, left[-1], "directional") and not role(scene, left[-1], "of"):
        return None  # "a reculé à 17 %": where it ended, not by how much
    after = object_after(scene, index)
    if after is not None and not role(scene, cue, "growth_noun"):
        return Attachment(((cue.start, cue.end), after), "growth-of-object", "growth", (after,), confidence=0.88)
    if role(scene, cue, "growth_noun"):
        before = left[position - 1] if position else None
        subject_cue = before is not None and role(scene, before, "own_determiner")
        verb = verb_before(scene, left[:position])
        parts: tuple[Span, ...] = ()
        if verb is not None and not subject_cue:  # "les ventes ont connu une hausse de 5 %"
            span, _ = subject_of(scene, left[:position], verb.first)
            parts = (span,) if span else ()
        if not parts:
            former = nearest_value(scene, index)
            if former is not None:
                return Attachment(((cue.start, cue.end), *former.base), "growth-of-previous", "growth", former.base, confidence=0.9)
            clause = subject_anywhere(scene, left[:position])
            parts = (clause,) if clause else ()
        return Attachment(((cue.start, cue.end), *parts), "growth-noun", "growth", parts, confidence=0.8)
    group = verb_before(scene, left[: position + 1])
    span, pronoun = subject_of(scene, left, group.first if group else position)
    if is_infinitive(scene, cue) and position and left[position - 1].is_word:  # "a vu ses expéditions bondir de 37 %"
        span = noun_left(scene, left[:position]) or span
    if span is None and not pronoun:
        span = distant_subject(scene, index, left[group.first if group else position].start)
    if span is not None:
        span = around_count(scene, index, span)
        return Attachment((span, (cue.start, cue.end)), "growth-verb", "growth", (span,), confidence=0.9)
    former = nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
    if former is not None:
        return Attachment(((cue.start, cue.end), *former.base), "growth-verb-of-previous", "growth", former.base, confidence=0.75)
    return Attachment(((cue.start, cue.end),), "growth-verb-alone", "growth", (), confidence=0.4)


def _more_than_before(scene: Scene, index: int) -> Attachment | None:
    """ "soit 46 % de plus qu'à la même période": a change of the figure before, or of the subject."""
    rest = right_tokens(scene, index)
    if scene.unit_kind(scene.quantities[index]) != "ratio" or len(rest) < 2:
        return None
    if not (role(scene, rest[0], "of") and role(scene, rest[1], "amount_adverb")):
        return None
    former = nearest_value(scene, index)
    own = subject_before_verb(scene, index)
    base = (own,) if own is not None else former.base if former is not None else ()
    return Attachment((*base, (rest[0].start, rest[1].end)), "more-than-before", "growth", base, confidence=0.85) if base else None


def _is_change(scene: Scene, token: Token) -> bool:
    return role(scene, token, "growth_noun") or verb_role(scene, token, "growth_verb")
