"""Attachment in French and English: counted nouns stand right of the number, subjects left of a verb, "X de/of" left of a value.

Rules after the error classes of our own held-out readings: counted noun, growth-of, share-of, subject of the verb, ellipsis,
brackets, anaphora. Words come from ``phrase_words.csv``; verbs are told from nouns by their lemma (simplemma).
"""

from __future__ import annotations

from kg.extract.attachment.latin.changing import growth
from kg.extract.attachment.latin.counting import counted_in_quote, counted_right, restated, some_of_them
from kg.extract.attachment.latin.earlier import inherited, inherited_across, nearest_value, sequel
from kg.extract.attachment.latin.phrases import is_adjective, is_only_place, noun_left, noun_right, without_determiners
from kg.extract.attachment.latin.tokens import (
    Token,
    in_period,
    in_place,
    is_masked,
    is_verb,
    left_tokens,
    right_tokens,
    role,
    role_set,
    tokens_of,
)
from kg.extract.attachment.latin.verbs import (
    VerbGroup,
    action_of,
    antecedent_of,
    around_count,
    distant_subject,
    has_pronoun_subject,
    is_bare_participle,
    is_perfect,
    object_after,
    owner_of,
    seen_to,
    subject_anywhere,
    subject_before_verb,
    subject_of,
    verb_before,
    whole_piece,
)
from kg.extract.attachment.scene import Attachment, Scene, Span


def share_whole(scene: Scene, index: int) -> Span | None:
    """The whole that a share is of, right of it ("de la population"), or None."""
    tokens = right_tokens(scene, index)
    if not tokens or not role(scene, tokens[0], "of"):
        return None
    return noun_right(scene, without_determiners(scene, tokens[1:]))


def share_of_right(scene: Scene, index: int) -> Attachment | None:
    """ "90 % des bourgs": the whole stands right of the share; "de ventes" right of an amount says what it is."""
    quantity = scene.quantities[index]
    kind = scene.unit_kind(quantity)
    tokens = right_tokens(scene, index)
    if not tokens or not role(scene, tokens[0], "of") or kind == "count":
        return None
    rest = tokens[1:]
    if rest and role(scene, rest[0], "np_stop"):
        return None
    rest = without_determiners(scene, rest)
    if not rest or in_place(scene, rest[0]):
        return None
    if role(scene, rest[0], "pronoun"):  # "80 % de ceux de la ville"
        former = nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
        return Attachment(former.base, "share-of-pronoun", "share", former.base, confidence=0.6) if former is not None else None
    span = noun_right(scene, rest)
    if span is None:
        return None
    if kind == "ratio":
        own = subject_before_verb(scene, index)
        whole = scene.text[span[0] : span[1]].lower()
        if own is None and has_pronoun_subject(scene, index):
            return None
        if own is not None:
            return Attachment((own, span), "share-of-right-with-subject", "share", (own,), confidence=0.88)
        former = nearest_value(scene, index)
        if former is not None and role_set(scene, "total_word") & set(whole.split()):
            return Attachment((*former.base, span), "share-of-total", "share", former.base, confidence=0.85)
        left = left_tokens(scene, index)
        if former is not None and left and role(scene, left[-1], "sequel"):
            return Attachment((*former.base, span), "share-in-sequel", "share", former.base, confidence=0.85)
        return Attachment((span,), "share-of-right", "share", (span,), confidence=0.85)
    return Attachment((span,), "measured-right", base=(span,), confidence=0.85)


def complement(scene: Scene, index: int) -> Attachment | None:
    """ "un investissement total de 3 milliards", "une croissance de l'économie de 5 %": the noun phrase left of de/of."""
    left = left_tokens(scene, index)
    opening = next(iter(tokens_of(scene.text, scene.quantities[index].start, scene.quantities[index].end)), None)
    if opening is not None and role(scene, opening, "of"):
        left = [*left, opening]  # "une température de 2 à 4 degrés": the range begins with its preposition
    if not left or not (role(scene, left[-1], "of") or role(scene, left[-1], "directional") or left[-1].fold == ":"):
        return None
    if role(scene, left[-1], "directional") and not (
        len(left) > 1 and not is_verb(scene, left[-2]) and not is_perfect(scene, left, len(left) - 2)
    ):
        return None
    before = left[:-1]
    if len(before) > 1 and before[-1].fold == "," and role(scene, left[-1], "of"):
        before = before[:-1]  # "leur taux d'utilisation, de 61 % en 2022"
        span = whole_piece(scene, before)
        return Attachment((span,), "complement-set-off", base=(span,), confidence=0.85) if span is not None else None
    if len(before) > 2 and role(scene, before[-1], "numbered") and role(scene, before[-2], "destination"):
        before = before[:-2]  # "les bornes, au nombre de 640"
        if before[-1].fold == ",":
            before = before[:-1]
        span = noun_left(scene, before)
        return Attachment((span,), "numbered", base=(span,), counted=span, confidence=0.85) if span is not None else None
    while before and (role(scene, before[-1], "auxiliary") and not is_verb(scene, before[-1])):
        before = before[:-1]
    if (
        not before
        or (not before[-1].is_word and before[-1].fold not in ("»", "”"))
        or (is_verb(scene, before[-1]) and not is_adjective(scene, before, len(before) - 1))
        or is_perfect(scene, before, len(before) - 1)
    ):
        return None
    if role(scene, before[-1], "amount_adverb") or in_period(scene, before[-1]):
        return None
    span = noun_left(scene, before)
    if span is None or is_only_place(scene, span):
        return None
    if len(tokens_of(scene.text, *span)) == 1 and role(scene, tokens_of(scene.text, *span)[0], "acting_verb"):
        return None
    words = scene.text[span[0] : span[1]].lower()
    kind = "growth" if words.split()[0] in role_set(scene, "growth_noun") else "of"
    if len(words.split()) == 1 and (words in role_set(scene, "total_word") or words in role_set(scene, "growth_noun")):
        former = nearest_value(scene, index)
        if former is not None:
            return Attachment((span, *former.base), "complement-of-previous", kind, former.base, confidence=0.7)
    owner = owner_of(scene, before, span) if kind == "of" else None
    if owner is not None:
        return Attachment((span, owner), "complement-of-subject", kind, (span, owner), confidence=0.85)
    return Attachment((span,), "complement", kind, (span,), confidence=0.88)


def object_behind(scene: Scene, index: int) -> Attachment | None:
    """ "porter à 7 le nombre de ses aéroports et à 1 300 kilomètres la longueur de ses routes": the object after its value."""
    left = left_tokens(scene, index)
    opening = next(iter(tokens_of(scene.text, scene.quantities[index].start, scene.quantities[index].end)), None)
    led = (bool(left) and (role(scene, left[-1], "directional") or role(scene, left[-1], "of"))) or (
        opening is not None and (role(scene, opening, "directional") or role(scene, opening, "of"))
    )
    span = object_after(scene, index) if led else None
    return Attachment((span,), "object-behind", base=(span,), confidence=0.88) if span is not None else None


def spent_on(scene: Scene, index: int) -> Attachment | None:
    """ "620 millions de yuans y ont été consacrés à la chaîne du froid": the amount is the subject of a passive."""
    if scene.unit_kind(scene.quantities[index]) not in ("currency", "ratio"):
        return None
    rest = right_tokens(scene, index)
    position = 0
    while position < len(rest) and role(scene, rest[position], "auxiliary"):
        position += 1
    if not 0 < position < len(rest) or not is_perfect(scene, rest, position):
        return None
    main = rest[position]
    parts: tuple[Span, ...] = ((main.start, main.end),)
    if position + 1 < len(rest) and role(scene, rest[position + 1], "destination"):
        span = noun_right(scene, without_determiners(scene, rest[position + 2 :]))
        if span is not None and not is_only_place(scene, span):
            parts = (*parts, span)
    return Attachment(parts, "passive-subject", base=parts, confidence=0.75)


def subject(scene: Scene, index: int) -> Attachment | None:
    """The subject of the verb before the value; where the subject acts (a place, a company) the act with its complement."""
    quantity = scene.quantities[index]
    left = left_tokens(scene, index)
    spread = verb_before(scene, left[:-1]) if left and role(scene, left[-1], "ratio_word") else None
    if spread is not None and spread.first > 0:
        left = left[:-1]  # "L'usine, étendue sur 73 hectares"
    verb = verb_before(scene, left, index)
    if verb is None:
        return None
    span, pronoun = subject_of(scene, left, verb.first)
    span = antecedent_of(scene, left, verb) or seen_to(scene, left, verb) or span
    if span is None and not pronoun and not is_bare_participle(scene, left, verb):
        at = left[verb.first].start if verb.first < len(left) else quantity.start
        span = distant_subject(scene, index, at)
    span = around_count(scene, index, span) if span is not None else None
    rest = right_tokens(scene, index)
    acts = verb.last < len(left) and role(scene, left[verb.last], "acting_verb")
    action = action_of(scene, left, verb, rest)
    if any(role(scene, token, "partitive_pronoun") for token in left[verb.first : verb.last + 1]) and not acts:
        former = nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
        if former is not None:  # "la zone en assure 12 %": of what was named before
            return Attachment(former.base, "partitive-pronoun", base=former.base, counted=former.counted, confidence=0.75)
    if span is not None and not is_only_place(scene, span):
        if acts and action and scene.unit_kind(quantity) != "count":
            return Attachment((span, *action), "actor-and-act", base=action if len(action) > 1 else (span, *action), confidence=0.75)
        former = nearest_value(scene, index)
        first = tokens_of(scene.text, *span)[0]
        if former is not None and role(scene, first, "total_word"):  # "la moyenne nationale n'est que de 13 %"
            changed = any(
                done.kind == "growth" and scene.unit_kind(before) == scene.unit_kind(quantity)
                for before, done in zip(scene.quantities[:index], scene.done, strict=False)
            )
            return Attachment((span, *former.base), "subject-of-same", "growth" if changed else "of", former.base, confidence=0.7)
        return Attachment((span,), "subject", base=(span,), confidence=0.88)
    if pronoun:
        former = nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
        whole = share_whole(scene, index) if scene.unit_kind(quantity) == "ratio" else None
        if former is not None and whole is not None:
            return Attachment((*former.base, whole), "pronoun-share", "share", former.base, confidence=0.6)
        if former is not None and not acts:
            return Attachment(former.base, "pronoun-subject", base=former.base, confidence=0.6)
        if former is not None:
            return Attachment((*former.base, *action), "pronoun-subject-acts", base=former.base, confidence=0.5)
    if quantity.unit == "rank":
        return _ranked(scene, left, verb, rest)
    if action:
        return Attachment(action, "act", base=action, confidence=0.65)
    return None


def _ranked(scene: Scene, left: list[Token], verb: VerbGroup, rest: list[Token]) -> Attachment | None:
    """ "La province se classe au sixième rang pour les brevets": what the rank is in, right of it or named last before the verb."""
    if rest and role(scene, rest[0], "rank_scope"):
        span = noun_right(scene, without_determiners(scene, rest[1:]))
        if span is not None and not is_only_place(scene, span):
            return Attachment((span,), "ranked-in", base=(span,), confidence=0.7)
    before = left[: verb.first]
    while before and (role(scene, before[-1], "conjunction") or role(scene, before[-1], "reflexive") or not before[-1].is_word):
        before = before[:-1]
    span = noun_left(scene, before)
    if span is not None and not is_only_place(scene, span):
        return Attachment((span,), "ranked-after", base=(span,), confidence=0.5)
    return None


def left_phrase(scene: Scene, index: int) -> Attachment | None:
    """Nothing better: the nearest noun phrase on the left, or the subject of the sentence."""
    left = left_tokens(scene, index)
    while left and (
        role(scene, left[-1], "linker") or role(scene, left[-1], "np_stop") or not left[-1].is_word or is_masked(scene, left[-1])
    ):
        left = left[:-1]
    span = noun_left(scene, left) or subject_anywhere(scene, left)
    if span is not None and not is_only_place(scene, span):
        return Attachment((span,), "left-phrase", base=(span,), confidence=0.45)
    return None


def measured_right(scene: Scene, index: int) -> Attachment | None:
    """The noun phrase on the right of a measure, whatever links it ("15 hectares de serres", "2 300 km pour la fibre")."""
    rest = right_tokens(scene, index)
    while rest and (role(scene, rest[0], "np_link") or role(scene, rest[0], "destination")):
        rest = rest[1:]
    span = noun_right(scene, rest)
    if span is None or is_only_place(scene, span):
        return None
    return Attachment((span,), "right-phrase", base=(span,), confidence=0.45)


RULES = (
    restated,
    some_of_them,
    counted_in_quote,
    counted_right,
    growth,
    share_of_right,
    object_behind,
    spent_on,
    sequel,
    complement,
    subject,
    inherited,
    left_phrase,
    measured_right,
    inherited_across,
)
