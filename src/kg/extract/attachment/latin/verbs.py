"""Verb groups before a value, their subjects and objects."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.attachment.latin.phrases import first_word, is_only_place, noun_left, noun_right, without_determiners
from kg.extract.attachment.latin.tokens import (
    Token,
    in_period,
    in_place,
    is_infinitive,
    is_masked,
    is_verb,
    left_tokens,
    plain_tokens,
    role,
    sentence_tokens,
    tokens_of,
)
from kg.extract.attachment.scene import Scene, Span

CLAUSE_MARKS = ",;:—–("


LONGEST_SUBJECT = 14


def clause_left(scene: Scene, tokens: list[Token]) -> list[Token]:
    """The last piece of ``tokens`` that can hold a subject: commas that only set off an adverbial are looked past."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.fold in CLAUSE_MARKS or token.fold in (")", "|", "-"):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return next((piece for piece in reversed(pieces) if piece), [])


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The verb between subject and value: token positions in the list it was looked for in."""

    first: int
    last: int


def verb_before(scene: Scene, tokens: list[Token], index: int | None = None) -> VerbGroup | None:
    """The verb group that directly precedes the value, prepositions and adverbs passed over.

    With ``index`` a quantity that itself begins with the verb ("dépasse 7 300") is taken for the end of the group.
    """
    if index is not None:
        quantity = scene.quantities[index]
        opening = next(iter(tokens_of(scene.text, quantity.start, quantity.end)), None)
        if opening is not None and opening.is_word and is_verb(scene, opening):
            first = len(tokens)
            while first > 0 and role(scene, tokens[first - 1], "auxiliary"):
                first -= 1
            return VerbGroup(first, len(tokens))
    position = len(tokens) - 1
    while position >= 0 and (role(scene, tokens[position], "linker") or in_period(scene, tokens[position])):
        position -= 1
    if position < 0 or not (
        is_verb(scene, tokens[position]) or role(scene, tokens[position], "value_verb") or is_perfect(scene, tokens, position)
    ):
        return None
    last = position
    while position > 0 and (
        role(scene, tokens[position - 1], "auxiliary")
        or role(scene, tokens[position - 1], "value_verb")
        or tokens[position - 1].fold.endswith(scene.words.forms(scene.language, "adverb_ending"))
        or role(scene, tokens[position - 1], "partitive_pronoun")
    ):
        position -= 1
    return VerbGroup(position, last)


def is_perfect(scene: Scene, tokens: list[Token], position: int) -> bool:
    """A participle after a form of "avoir" or "être", whatever the dictionary takes it for: "a plafonné", "être relevé"."""
    word = tokens[position]
    before = position - 1
    adverbs = scene.words.forms(scene.language, "adverb_ending") or ("\0",)
    while before >= 0 and (tokens[before].fold.endswith(adverbs) or role(scene, tokens[before], "clause_adverb")):
        before -= 1
    return (
        before >= 0
        and word.fold.endswith(scene.words.forms(scene.language, "participle_ending") or ("\0",))
        and len(word.fold) > 3
        and role(scene, tokens[before], "perfect_auxiliary")
    )


def is_bare_participle(scene: Scene, tokens: list[Token], verb: VerbGroup) -> bool:
    """ "Le projet, financé à 80 % par l'État": a participle set off by commas says what is measured itself."""
    return (
        verb.last < len(tokens)
        and tokens[verb.last].fold.endswith(scene.words.forms(scene.language, "participle_ending") or ("\0",))
        and not role(scene, tokens[verb.first], "auxiliary")
        and not (verb.first and role(scene, tokens[verb.first - 1], "perfect_auxiliary"))
    )


def around_count(scene: Scene, index: int, span: Span) -> Span:
    """ "Le revenu des 900 foyers a augmenté de": the subject is the noun before the count that stands inside it."""
    if not index or scene.unit_kind(scene.quantities[index - 1]) != "count" or span[0] - scene.quantities[index - 1].end > 1:
        return span
    before = left_tokens(scene, index - 1)
    if not before or not role(scene, before[-1], "of"):
        return span
    return noun_left(scene, before[:-1]) or span


def antecedent_of(scene: Scene, tokens: list[Token], verb: VerbGroup) -> Span | None:
    """ "L'économie numérique, évaluée à …": what a participle without auxiliary is said of."""
    if verb.last >= len(tokens) or not tokens[verb.first].fold.endswith(scene.words.forms(scene.language, "participle_ending") or ("\0",)):
        return None
    if verb.first != verb.last or role(scene, tokens[verb.first], "auxiliary"):
        return None
    before = tokens[: verb.first]
    while before and before[-1].fold == ",":
        before = before[:-1]
    return noun_left(scene, before) if before and before[-1].is_word else None


def subject_of(scene: Scene, tokens: list[Token], verb_first: int) -> tuple[Span | None, bool]:
    """The subject left of a verb, and whether it is only a pronoun (so that the antecedent is what is measured)."""
    before = tokens[:verb_first]
    while before and (role(scene, before[-1], "auxiliary") and not role(scene, before[-1], "np_link")):
        before = before[:-1]
    if before and role(scene, before[-1], "subject_relative"):
        named = before[:-2] if before[-2:-1] and before[-2].fold == "," else before[:-1]
        span = whole_piece(scene, named) or noun_left(scene, [token for token in named if token.fold != ","])
        return span, span is None
    if before and role(scene, before[-1], "pronoun"):
        return None, True
    pieces: list[list[Token]] = [[]]
    for token in before:
        if token.fold in (",", ";", ":", "—", "–", "(", ")"):
            pieces.append([])
        else:
            pieces[-1].append(token)
    inserted = len(pieces) > 1 and not first_word(pieces[-1])
    for piece in reversed(pieces):
        for position, token in enumerate(piece):
            if role(scene, token, "complementizer") and position + 1 < len(piece):
                piece = piece[position + 1 :]
                break
        while piece and (role(scene, piece[0], "clause_opener") or (role(scene, piece[0], "clause_adverb") and len(piece) > 1)):
            piece = piece[1:]
        first = first_word(piece)
        if first is None:
            continue
        if role(scene, first, "demonstrative"):  # "celles de Dali"
            return None, True
        if role(scene, first, "adverbial") and not role(scene, first, "determiner"):
            continue
        if inserted or (is_verb(scene, first) and len(pieces) > 1):  # an apposition set off by commas, a participle
            inserted = False
            continue
        if all(
            is_masked(scene, token) or role(scene, token, "np_link") or role(scene, token, "determiner") for token in piece if token.is_word
        ):
            continue
        if role(scene, piece[-1], "pronoun"):
            return None, True
        span = _subject_phrase(scene, piece)
        if span is not None:
            return span, False
    return None, False


def whole_piece(scene: Scene, tokens: list[Token]) -> Span | None:
    """ "Le taux d'hospitalisation hors de la préfecture, qui": all of a piece without a verb of its own that opens with a determiner."""
    piece = clause_left(scene, tokens)
    if not piece or (tokens and tokens[-1] is not piece[-1]):
        return None
    while piece and role(scene, piece[0], "clause_opener"):
        piece = piece[1:]
    if not piece or not role(scene, piece[0], "determiner") or any(is_verb(scene, token) for token in piece[1:]):
        return None
    span = noun_right(scene, without_determiners(scene, piece), whole=True)
    return span if span is not None and not is_only_place(scene, span) else None


def distant_subject(scene: Scene, index: int, verb_start: int) -> Span | None:
    """The subject that stands before an earlier figure: "Le taux, de 61 % en 2022, est passé à 72 %"; inserted pieces are passed over.

    ``verb_start`` is the clean offset of the verb group. None where the verb does not follow a comma or a conjunction, so that its
    subject would have to stand directly before it.
    """
    tokens = plain_tokens(scene, [token for token in sentence_tokens(scene) if token.end <= verb_start])
    while tokens and role(scene, tokens[-1], "auxiliary") and not role(scene, tokens[-1], "determiner"):
        tokens = tokens[:-1]
    if not tokens or not (tokens[-1].fold in (",", ")", "»") or role(scene, tokens[-1], "conjunction")):
        return None
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.fold in (";", ":"):
            pieces = [[]]
        elif token.fold in (",", "—", "–", "(", ")"):
            pieces.append([])
        else:
            pieces[-1].append(token)
    for number in range(len(pieces) - 1, -1, -1):
        piece = pieces[number]
        while piece and (
            role(scene, piece[0], "clause_opener") or role(scene, piece[0], "conjunction") or role(scene, piece[0], "clause_adverb")
        ):
            piece = piece[1:]
        reported = [position for position, token in enumerate(piece[:-1]) if role(scene, token, "complementizer")]
        piece = piece[reported[-1] + 1 :] if reported else piece
        if len(piece) < 2 or not (role(scene, piece[0], "determiner") or role(scene, piece[0], "indefinite")):
            continue
        if role(scene, piece[0], "of") and number:
            continue
        span = noun_right(scene, without_determiners(scene, piece))
        if span is not None and not is_only_place(scene, span) and not is_verb(scene, without_determiners(scene, piece)[0]):
            return span
    return None


def object_after(scene: Scene, index: int) -> Span | None:
    """The object that follows its value: "porter à 7 le nombre d'aéroports", "réduire de 17 % leur consommation"."""
    quantity, following = scene.quantities[index], list(scene.quantities[index + 1 :])
    low = quantity.end
    while following and following[0].unit == quantity.unit and _between_bounds(scene, low, following[0].start):
        low = following.pop(0).end
    high = following[0].start if following else scene.sentence.end
    rest = plain_tokens(scene, [token for token in sentence_tokens(scene) if low <= token.start < high])
    if len(rest) < 2 or not role(scene, rest[0], "object_determiner"):
        return None
    if in_period(scene, rest[0]) or in_place(scene, rest[1]) or in_period(scene, rest[1]) or not rest[1].is_word:
        return None
    span = noun_right(scene, without_determiners(scene, rest))
    return span if span is not None and not is_only_place(scene, span) else None


def _between_bounds(scene: Scene, low: int, high: int) -> bool:
    """Whether two figures are the bounds of one change: nothing but "à" stands between them."""
    return all(role(scene, token, "directional") for token in tokens_of(scene.text, low, high))


def _subject_phrase(scene: Scene, piece: list[Token]) -> Span | None:
    """The noun phrase of a piece that ends before the verb; a relative clause inside it is cut off."""
    for position in range(len(piece) - 1, 0, -1):
        token = piece[position]
        if role(scene, token, "relative"):
            # "la ville dont l'économie …": the subject follows; "les sites qui …": it stands before
            piece = piece[:position] if role(scene, token, "subject_relative") or position + 1 >= len(piece) else piece[position + 1 :]
            break
    start = 0
    for position, token in enumerate(piece):  # "les données montrent que les ventes": after the last que
        if role(scene, token, "complementizer") and position + 1 < len(piece):
            start = position + 1
    span = noun_right(scene, without_determiners(scene, piece[start:]), whole=True)
    if span is None:
        return noun_left(scene, piece[start:])
    return span


def has_pronoun_subject(scene: Scene, index: int) -> bool:
    """Whether the verb before the value has only a pronoun for a subject."""
    left = left_tokens(scene, index)
    verb = verb_before(scene, left, index)
    return verb is not None and subject_of(scene, left, verb.first)[1]


def subject_before_verb(scene: Scene, index: int) -> Span | None:
    """The subject of the verb before the value, unless it only names a place; else None."""
    left = left_tokens(scene, index)
    verb = verb_before(scene, left, index)
    if verb is None:
        return None
    span, _ = subject_of(scene, left, verb.first)
    return span if span is not None and not is_only_place(scene, span) else None


def owner_of(scene: Scene, before: list[Token], span: Span) -> Span | None:
    """ "L'industrie a réalisé une valeur ajoutée de …": the subject whose value added it is, when the phrase itself does not say."""
    inside = tokens_of(scene.text, *span)
    if sum(token.is_word for token in inside) > 2 or any(role(scene, token, "of") for token in inside):
        return None
    left = [token for token in before if token.end <= span[0]]
    while left and (role(scene, left[-1], "determiner") or role(scene, left[-1], "indefinite")):
        left = left[:-1]
    verb = verb_before(scene, left)
    if verb is None or role(scene, left[verb.last], "auxiliary"):
        return None
    subject_span, _ = subject_of(scene, left, verb.first)
    return subject_span if subject_span is not None and not is_only_place(scene, subject_span) else None


def seen_to(scene: Scene, left: list[Token], verb: VerbGroup) -> Span | None:
    """ "La ville a vu le rendement atteindre 2 tonnes": the noun right before an infinitive is what it is said of."""
    if not 0 < verb.first < len(left) or not is_infinitive(scene, left[verb.first]):
        return None
    before = left[verb.first - 1]
    if not before.is_word or is_verb(scene, before) or role(scene, before, "np_stop") or role(scene, before, "np_link"):
        return None
    return noun_left(scene, left[: verb.first])


def action_of(scene: Scene, left: list[Token], verb: VerbGroup, rest: list[Token]) -> tuple[Span, ...]:
    """Verb and right complement of an act: "investi … dans la construction de réseaux"."""
    if verb.last >= len(left):
        return ()
    main = left[verb.last]
    if role(scene, main, "auxiliary"):
        return ()
    if not rest or not role(scene, rest[0], "destination"):
        return ((main.start, main.end),) if not role(scene, main, "linker") else ()
    if len(rest) > 1 and (in_place(scene, rest[1]) or in_period(scene, rest[1]) or in_period(scene, rest[0])):
        return ((main.start, main.end),)
    span = noun_right(scene, without_determiners(scene, rest[1:]))
    if span is None:
        return ((main.start, main.end),)
    return ((main.start, main.end), span)


def subject_anywhere(scene: Scene, tokens: list[Token]) -> Span | None:
    """The subject of the last verb among the tokens."""
    for position in range(len(tokens) - 1, 0, -1):
        if is_verb(scene, tokens[position]) and not role(scene, tokens[position], "np_link"):
            first = position
            while first > 0 and role(scene, tokens[first - 1], "auxiliary"):
                first -= 1
            span, _ = subject_of(scene, tokens, first)
            if span is not None and not is_only_place(scene, span):
                return span
    return None
