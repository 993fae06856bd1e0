"""Noun phrases that end left or begin right of a value."""

from __future__ import annotations

from kg.extract.attachment.latin.tokens import Token, in_period, in_place, in_quantity, is_infinitive, is_masked, is_verb, role, tokens_of
from kg.extract.attachment.scene import Scene, Span

LONGEST_NOUN = 11
"""Content words that a noun phrase may have."""


def noun_right(scene: Scene, tokens: list[Token], *, whole: bool = False) -> Span | None:
    """The noun phrase that starts with the first token, or None when that opens none.

    ``whole`` says that the tokens end where the phrase must end (before a verb), so that prepositions inside belong to it.
    """
    kept: Token | None = None
    first: Token | None = None
    content = 0
    opened = False
    for position, token in enumerate(tokens):
        if token.fold in ("«", "“", '"') and not opened:
            opened = True
            continue
        if token.fold in ("»", "”", '"') and opened:
            opened = False
            if kept is not None:
                kept = token
            continue
        if opened:
            if first is None:
                first = token
            kept = token
            content += 1
            continue
        if not token.is_word and not (token.fold[0].isdigit() and kept is not None and not in_quantity(scene, token)):
            break
        if in_quantity(scene, token) or in_period(scene, token):
            break
        if in_place(scene, token):
            if first is None:
                return None
            continue  # "comtés du Tibet": the place ends up outside unless more of the noun phrase follows
        if role(scene, token, "np_stop") and not (whole and first is not None and _continues(scene, tokens, position)):
            break
        if role(scene, token, "np_link") or (whole and role(scene, token, "np_stop")):
            if first is None and not role(scene, token, "of"):
                return None
            if role(scene, token, "conjunction") and not _joins_nouns(scene, tokens, position):
                break
            if role(scene, token, "locative") and position + 1 < len(tokens) and is_masked(scene, tokens[position + 1]):
                break
            continue
        if first is not None and is_verb(scene, token) and not _as_noun(scene, tokens, position):
            break
        if first is None:
            first = token
        kept = token
        content += 1
        if content >= LONGEST_NOUN:
            break
    if first is None or kept is None:
        return None
    return first.start, kept.end


def _continues(scene: Scene, tokens: list[Token], position: int) -> bool:
    """Whether a preposition leads on to more of the same phrase: "investissement dans les technologies", but not "dans la province"."""
    if not role(scene, tokens[position], "destination") or position + 1 >= len(tokens):
        return False
    rest = without_determiners(scene, tokens[position + 1 :])
    return (
        bool(rest)
        and rest[0].is_word
        and not is_masked(scene, rest[0])
        and not is_verb(scene, rest[0])
        and not role(scene, rest[0], "np_stop")
    )


def _as_noun(scene: Scene, tokens: list[Token], position: int) -> bool:
    """A verb form right after an article or "de" is a noun (la commande, de produits)."""
    if position == 0:
        return False
    before = tokens[position - 1]
    return (role(scene, before, "determiner") and not role(scene, before, "pronoun")) or role(scene, before, "of")


def cannot_open(scene: Scene, token: Token) -> bool:
    """Whether the token after a number or unit cannot open the noun that is counted."""
    return role(scene, token, "np_stop") or (role(scene, token, "np_link") and not role(scene, token, "of"))


def _joins_nouns(scene: Scene, tokens: list[Token], position: int) -> bool:
    """Whether a conjunction joins two nouns of one phrase (bourgs et cantons), not two clauses."""
    if position + 1 >= len(tokens):
        return False
    after = tokens[position + 1]
    if not after.is_word or is_verb(scene, after) or role(scene, after, "np_stop") or in_quantity(scene, after):
        return False
    if role(scene, after, "determiner") or role(scene, after, "np_link"):
        following = tokens[position + 2] if position + 2 < len(tokens) else None
        # "et de poser" goes on with what is done
        return (
            role(scene, after, "of") and following is not None and not in_quantity(scene, following) and not is_infinitive(scene, following)
        )
    # a verb shortly after the next noun makes it a clause of its own
    return not (position + 2 < len(tokens) and is_verb(scene, tokens[position + 2]) and not role(scene, tokens[position + 2], "of"))


def noun_left(scene: Scene, tokens: list[Token]) -> Span | None:
    """The noun phrase that ends with the last token, walking left to the first word that cannot be part of it."""
    kept: list[Token] = []
    content = 0
    for position in range(len(tokens) - 1, -1, -1):
        token = tokens[position]
        if token.fold in ("«", "»", "“", "”", '"'):
            continue
        if not token.is_word and not token.fold[0].isdigit():
            break
        if in_quantity(scene, token) or in_period(scene, token):
            break
        if role(scene, token, "conjunction"):
            if not _joins_nouns(scene, tokens, position):
                break
        elif (role(scene, token, "np_stop") and not role(scene, token, "np_link")) or (
            is_verb(scene, token)
            and not role(scene, token, "np_link")
            and not is_adjective(scene, tokens, position)
            and not _as_noun(scene, tokens, position)
        ):
            break
        if role(scene, token, "indefinite"):
            break  # an indefinite article opens the phrase
        if token.is_word and not role(scene, token, "np_link") and not role(scene, token, "determiner"):
            content += 1
        kept.append(token)
        if content >= LONGEST_NOUN:
            break
    while kept and (role(scene, kept[-1], "np_link") or role(scene, kept[-1], "determiner")):
        kept.pop()
    while kept and (role(scene, kept[0], "np_link") or role(scene, kept[0], "determiner") or in_place(scene, kept[0])):
        kept.pop(0)
    if not kept:
        return None
    return kept[-1].start, kept[0].end


def is_adjective(scene: Scene, tokens: list[Token], position: int) -> bool:
    """A participle right after a noun and before "de": "investissement cumulé de"."""
    word = tokens[position].fold
    if not word.endswith(scene.words.forms(scene.language, "participle_ending")) or position == 0:
        return False
    before = tokens[position - 1]
    return (
        before.is_word
        and not role(scene, before, "auxiliary")
        and not role(scene, before, "np_stop")
        and not role(scene, before, "pronoun")
    )


def first_word(tokens: list[Token]) -> Token | None:
    """The first token that is a word, or None."""
    return next((token for token in tokens if token.is_word), None)


def without_determiners(scene: Scene, tokens: list[Token]) -> list[Token]:
    """The tokens from the first that is no determiner."""
    while tokens and role(scene, tokens[0], "determiner"):
        tokens = tokens[1:]
    return tokens


def is_only_place(scene: Scene, span: Span) -> bool:
    """Whether the span names a place and nothing else."""
    return all(
        in_place(scene, token) or role(scene, token, "np_link") or role(scene, token, "determiner")
        for token in tokens_of(scene.text, *span)
        if token.is_word
    )
