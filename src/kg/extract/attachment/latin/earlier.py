"""Rules for elliptic values: what a value before them measures."""

from __future__ import annotations

from kg.extract.attachment.latin.phrases import noun_right, without_determiners
from kg.extract.attachment.latin.tokens import in_period, is_masked, left_tokens, right_tokens, role
from kg.extract.attachment.latin.verbs import verb_before
from kg.extract.attachment.scene import Attachment, Scene, Span


def nearest_value(scene: Scene, index: int) -> Attachment | None:
    """The nearest attachment before that is of a value rather than of a change; a change where there is no other."""
    kept = None
    for attachment in reversed(scene.done[:index]):
        if attachment.base:
            if attachment.kind != "growth":
                return attachment
            kept = kept or attachment
    return kept


def _changed_last(scene: Scene, index: int) -> Attachment | None:
    """ "a grimpé de 4 600 yuans en un an, pour dépasser 21 000 yuans": what changed last; a lapse of time is passed over."""
    for quantity, attachment in zip(reversed(scene.quantities[:index]), reversed(scene.done), strict=True):
        if attachment.base and scene.unit_kind(quantity) != "time":
            return attachment
    return None


def sequel(scene: Scene, index: int) -> Attachment | None:
    """ "…, soit 12 %", "contre 87 % fin 2018", "pour atteindre 5 milliards": the indicator of the value before it."""
    left = left_tokens(scene, index)
    words = [token for token in left if not in_period(scene, token) and not role(scene, token, "linker")]
    verb = verb_before(scene, left, index)
    opens = (verb is not None and verb.first > 0 and role(scene, left[verb.first - 1], "purpose")) or (
        verb is not None
        and verb.first > 1
        and role(scene, left[verb.first - 1], "reflexive")
        and role(scene, left[verb.first - 2], "purpose")
    )
    ratio = bool(words) and role(scene, words[-1], "ratio_word")
    if not opens and not ratio and not (words and role(scene, words[-1], "sequel")):
        return None
    former = (_changed_last(scene, index) if opens else None) or nearest_value(scene, index)
    if former is None:
        return None
    same = scene.unit_kind(scene.quantities[index]) == "ratio"
    rest = right_tokens(scene, index)
    extra: tuple[Span, ...] = ()
    if rest and role(scene, rest[0], "scope") and not ratio:
        span = noun_right(scene, without_determiners(scene, rest[1:]))
        extra = (span,) if span is not None else ()
    return Attachment((*former.base, *extra), "sequel", "share" if same else "of", former.base, former.counted, 0.8)


def inherited(scene: Scene, index: int) -> Attachment | None:
    """An elliptic value ("252 au niveau du canton", "contre 87 % fin 2018") measures what the previous one of its kind does."""
    kind = scene.unit_kind(scene.quantities[index])
    choice, choice_kind = None, ""
    for position in range(index - 1, -1, -1):
        attachment = scene.done[position]
        if not attachment.base:
            continue
        if choice is None:
            choice = attachment
        if scene.unit_kind(scene.quantities[position]) == kind:
            choice, choice_kind = attachment, kind
            break
    if choice is None:
        return None
    left = left_tokens(scene, index)
    if kind == "count" and choice_kind != kind and any(role(scene, token, "partitive_pronoun") for token in left[-3:]):
        former = scene.previous(index, unit_kind=kind)  # "d'en installer 150 000 de plus"
        if former is not None:
            return Attachment(former[1].base, "inherited-of-them", "of", former[1].base, former[1].counted, 0.7)
    rest = right_tokens(scene, index)
    extra: tuple[Span, ...] = ()
    if rest and role(scene, rest[0], "ellipsis_scope"):
        span = noun_right(scene, without_determiners(scene, rest[1:]))
        if span is not None and not is_masked(scene, rest[1]):
            extra = (span,)
    same = choice_kind == kind and kind == "ratio"
    return Attachment((*choice.base, *extra), "inherited", choice.kind if same else "of", choice.base, choice.counted, 0.75)


def inherited_across(scene: Scene, index: int) -> Attachment | None:
    """The indicator of an earlier sentence of the same segment."""
    former = scene.previous(index, unit_kind=scene.unit_kind(scene.quantities[index]))
    if former is None:
        return None
    return Attachment(former[1].base, "inherited-across", "of", former[1].base, former[1].counted, 0.4)
