"""Attachment in French and English: counted nouns stand right of the number, subjects left of a verb, "X de/of" left of a value.

Rules after the error classes of our own held-out readings: counted noun, growth-of, share-of, subject of the verb, ellipsis,
brackets, anaphora. Words come from ``phrase_words.csv``; verbs are told from nouns by their lemma (simplemma).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import simplemma

from kg.extract.attachment.scene import Attachment, Scene, Span

TOKEN = re.compile(
    r"(?:[ldjnmtscLDJNMTSC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’]|\d+[^\W\d_]\w*|\d[\d .,]*\d|\d|[^\W\d_]+(?:[-'’+/&.]?[\w+]+)*|[^\w\s]"
)
CLAUSE_MARKS = ",;:—–("
LONGEST_NOUN = 11
"""Content words that a noun phrase may have."""
LONGEST_SUBJECT = 14


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of the sentence with its clean span; ``fold`` is lower case with straight apostrophes."""

    start: int
    end: int
    fold: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word (not a mark, not a number)."""
        return self.fold[0].isalpha() or self.fold[-1].isalpha()


@lru_cache(maxsize=256)
def tokens_of(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Tokens of ``text[start:end]``; elided articles (l', d', qu') are tokens of their own."""
    return tuple(Token(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in TOKEN.finditer(text, start, end))


@cache
def lemma(word: str, language: str) -> str:
    """Lemma by simplemma's dictionary of the language."""
    return str(simplemma.lemmatize(word, lang=language))


@cache
def infinitive(word: str, language: str) -> str:
    """Infinitive of a verb form; a participle that the dictionary only has as an adjective (plafonné) is undone by its ending."""
    base = lemma(word, language)
    if base == word and language == "fr":
        return re.sub(r"(?<=\w{3})ée?s?$", "er", word)
    return base


def is_infinitive(scene: Scene, token: Token) -> bool:
    """Whether a French word is an infinitive (poser), not a noun that ends like one (dossier): then an imperfect leads back to it."""
    word = token.fold
    if scene.language != "fr" or not word.endswith(scene.words.forms("fr", "infinitive_ending")):
        return False
    if role(scene, token, "value_verb") or role(scene, token, "growth_verb"):
        return True
    stem = word[:-3] if word.endswith("oir") else word[:-2]
    return any(lemma(stem + ending, "fr") == word for ending in ("ait", "issait", "sait"))


def role(scene: Scene, token: Token, name: str) -> bool:
    """Whether the token is one of the words of that role."""
    return token.fold in _set(scene, name)


def verb_role(scene: Scene, token: Token, name: str) -> bool:
    """Whether the token is one of the verbs of that role in whatever form."""
    if role(scene, token, name):
        return True
    base = infinitive(token.fold, scene.language)
    return base != token.fold and base in _infinitives(scene.words, scene.language, name) and is_verb(scene, token)


@cache
def _infinitives(words: object, language: str, name: str) -> frozenset[str]:
    endings = words.forms(language, "infinitive_ending")  # type: ignore[attr-defined]
    if not endings:
        return frozenset()
    return frozenset(base for form in _cached_set(words, language, name) if (base := infinitive(form, language)).endswith(endings))


def _set(scene: Scene, name: str) -> frozenset[str]:
    return _cached_set(scene.words, scene.language, name)


@cache
def _cached_set(words: object, language: str, name: str) -> frozenset[str]:
    return frozenset(words.forms(language, name))  # type: ignore[attr-defined]


def is_verb(scene: Scene, token: Token) -> bool:
    """Whether the token is a verb form: its lemma is an infinitive that it is not itself."""
    word = token.fold
    if not token.is_word or role(scene, token, "growth_noun") or role(scene, token, "noun"):
        return False
    if role(scene, token, "auxiliary") or role(scene, token, "value_verb") or role(scene, token, "growth_verb"):
        return not role(scene, token, "np_link")
    infinitive = scene.words.forms(scene.language, "infinitive_ending")
    if not infinitive or len(word) < 4 or word.endswith(scene.words.forms(scene.language, "noun_ending")):
        return False
    base = lemma(word, scene.language)
    return base.endswith(infinitive) and base not in (word, word.rstrip("s"))


def sentence_tokens(scene: Scene) -> tuple[Token, ...]:
    """All tokens of the sentence."""
    return tokens_of(scene.text, scene.sentence.start, scene.sentence.end)


def _masked(scene: Scene, token: Token) -> bool:
    return any(low <= token.start < high for low, high in scene.masks())


def _in_period(scene: Scene, token: Token) -> bool:
    return any(mention.start <= token.start < mention.end for mention in scene.periods)


def _in_place(scene: Scene, token: Token) -> bool:
    return any(mention.start <= token.start < mention.end for mention in scene.places)


def _in_quantity(scene: Scene, token: Token) -> bool:
    return any(quantity.start <= token.start < quantity.end for quantity in scene.quantities)


def right_tokens(scene: Scene, index: int) -> list[Token]:
    """Tokens right of the quantity up to the next one; a bracket that restates it is passed over."""
    quantity = scene.quantities[index]
    low = quantity.end
    following = list(scene.quantities[index + 1 :])
    while following and following[0].restates is not None:
        close = scene.text.find(")", following[0].end, scene.sentence.end)
        low = close + 1 if close >= 0 else following[0].end
        following.pop(0)
    while following and following[0].unit == quantity.unit and _only_joined(scene, low, following[0].start):
        low = following[0].end  # "52, 29 et 21 millions de ventes": what stands after the last is said of all
        following.pop(0)
    high = following[0].start if following else scene.sentence.end
    return _plain(scene, [token for token in sentence_tokens(scene) if low <= token.start < high])


def _only_joined(scene: Scene, low: int, high: int) -> bool:
    """Whether nothing but commas and conjunctions stands between two numbers."""
    return all(token.fold == "," or role(scene, token, "conjunction") for token in tokens_of(scene.text, low, high))


@cache
def _interpolations(words: object, language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(token.fold for token in tokens_of(form, 0, len(form)))
        for form in words.forms(language, "interpolation")  # type: ignore[attr-defined]
    )


def _plain(scene: Scene, tokens: list[Token]) -> list[Token]:
    """Without what is only thrown in: "(PIB)" after the name it abbreviates, "de son côté" between auxiliary and verb."""
    kept = _without_acronyms(tokens)
    phrases = _interpolations(scene.words, scene.language)
    position = 0
    while position < len(kept):
        for phrase in phrases:
            if tuple(token.fold for token in kept[position : position + len(phrase)]) == phrase:
                del kept[position : position + len(phrase)]
                break
        else:
            position += 1
    return kept


def _without_acronyms(tokens: list[Token]) -> list[Token]:
    """Drop "(PIB)" after the name it abbreviates: it would look like the end of the phrase."""
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        opens = tokens[position].fold == "(" and position + 2 < len(tokens) and tokens[position + 2].fold == ")"
        if opens and tokens[position + 1].is_word and tokens[position + 1].end - tokens[position + 1].start <= 6:
            position += 3
            continue
        kept.append(tokens[position])
        position += 1
    return kept


def left_tokens(scene: Scene, index: int) -> list[Token]:
    """Tokens of the sentence left of the quantity, from the previous quantity on."""
    quantity = scene.quantities[index]
    low = scene.quantities[index - 1].end if index else scene.sentence.start
    return _plain(scene, [token for token in sentence_tokens(scene) if low <= token.start and token.end <= quantity.start])


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
        if not token.is_word and not (token.fold[0].isdigit() and kept is not None and not _in_quantity(scene, token)):
            break
        if _in_quantity(scene, token) or _in_period(scene, token):
            break
        if _in_place(scene, token):
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
            if role(scene, token, "locative") and position + 1 < len(tokens) and _masked(scene, tokens[position + 1]):
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
    rest = _strip_determiners(scene, tokens[position + 1 :])
    return (
        bool(rest)
        and rest[0].is_word
        and not _masked(scene, rest[0])
        and not is_verb(scene, rest[0])
        and not role(scene, rest[0], "np_stop")
    )


def _as_noun(scene: Scene, tokens: list[Token], position: int) -> bool:
    """A verb form right after an article or "de" is a noun (la commande, de produits)."""
    if position == 0:
        return False
    before = tokens[position - 1]
    return (role(scene, before, "determiner") and not role(scene, before, "pronoun")) or role(scene, before, "of")


def _closes(scene: Scene, token: Token) -> bool:
    """Whether the token after a number or unit cannot open the noun that is counted."""
    return role(scene, token, "np_stop") or (role(scene, token, "np_link") and not role(scene, token, "of"))


def _joins_nouns(scene: Scene, tokens: list[Token], position: int) -> bool:
    """Whether a conjunction joins two nouns of one phrase (bourgs et cantons), not two clauses."""
    if position + 1 >= len(tokens):
        return False
    after = tokens[position + 1]
    if not after.is_word or is_verb(scene, after) or role(scene, after, "np_stop") or _in_quantity(scene, after):
        return False
    if role(scene, after, "determiner") or role(scene, after, "np_link"):
        following = tokens[position + 2] if position + 2 < len(tokens) else None
        # "et de poser" goes on with what is done
        return (
            role(scene, after, "of")
            and following is not None
            and not _in_quantity(scene, following)
            and not is_infinitive(scene, following)
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
        if _in_quantity(scene, token) or _in_period(scene, token):
            break
        if role(scene, token, "conjunction"):
            if not _joins_nouns(scene, tokens, position):
                break
        elif (role(scene, token, "np_stop") and not role(scene, token, "np_link")) or (
            is_verb(scene, token)
            and not role(scene, token, "np_link")
            and not _adjective(scene, tokens, position)
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
    while kept and (role(scene, kept[0], "np_link") or role(scene, kept[0], "determiner") or _in_place(scene, kept[0])):
        kept.pop(0)
    if not kept:
        return None
    return kept[-1].start, kept[0].end


def _adjective(scene: Scene, tokens: list[Token], position: int) -> bool:
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


def clause_left(scene: Scene, tokens: list[Token]) -> list[Token]:
    """The last piece of ``tokens`` that can hold a subject: commas that only set off an adverbial are looked past."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.fold in CLAUSE_MARKS or token.fold in (")", "|", "-"):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return next((piece for piece in reversed(pieces) if piece), [])


def _first_word(tokens: list[Token]) -> Token | None:
    return next((token for token in tokens if token.is_word), None)


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
    while position >= 0 and (role(scene, tokens[position], "linker") or _in_period(scene, tokens[position])):
        position -= 1
    if position < 0 or not (
        is_verb(scene, tokens[position]) or role(scene, tokens[position], "value_verb") or _perfect(scene, tokens, position)
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


def _perfect(scene: Scene, tokens: list[Token], position: int) -> bool:
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


def _bare_participle(scene: Scene, tokens: list[Token], verb: VerbGroup) -> bool:
    """ "Le projet, financé à 80 % par l'État": a participle set off by commas says what is measured itself."""
    return (
        verb.last < len(tokens)
        and tokens[verb.last].fold.endswith(scene.words.forms(scene.language, "participle_ending") or ("\0",))
        and not role(scene, tokens[verb.first], "auxiliary")
        and not (verb.first and role(scene, tokens[verb.first - 1], "perfect_auxiliary"))
    )


def _around_count(scene: Scene, index: int, span: Span) -> Span:
    """ "Le revenu des 900 foyers a augmenté de": the subject is the noun before the count that stands inside it."""
    if not index or scene.unit_kind(scene.quantities[index - 1]) != "count" or span[0] - scene.quantities[index - 1].end > 1:
        return span
    before = left_tokens(scene, index - 1)
    if not before or not role(scene, before[-1], "of"):
        return span
    return noun_left(scene, before[:-1]) or span


def _antecedent(scene: Scene, tokens: list[Token], verb: VerbGroup) -> Span | None:
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
        span = _whole_piece(scene, named) or noun_left(scene, [token for token in named if token.fold != ","])
        return span, span is None
    if before and role(scene, before[-1], "pronoun"):
        return None, True
    pieces: list[list[Token]] = [[]]
    for token in before:
        if token.fold in (",", ";", ":", "—", "–", "(", ")"):
            pieces.append([])
        else:
            pieces[-1].append(token)
    inserted = len(pieces) > 1 and not _first_word(pieces[-1])
    for piece in reversed(pieces):
        for position, token in enumerate(piece):
            if role(scene, token, "complementizer") and position + 1 < len(piece):
                piece = piece[position + 1 :]
                break
        while piece and (role(scene, piece[0], "clause_opener") or (role(scene, piece[0], "clause_adverb") and len(piece) > 1)):
            piece = piece[1:]
        first = _first_word(piece)
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
            _masked(scene, token) or role(scene, token, "np_link") or role(scene, token, "determiner") for token in piece if token.is_word
        ):
            continue
        if role(scene, piece[-1], "pronoun"):
            return None, True
        span = _subject_phrase(scene, piece)
        if span is not None:
            return span, False
    return None, False


def _whole_piece(scene: Scene, tokens: list[Token]) -> Span | None:
    """ "Le taux d'hospitalisation hors de la préfecture, qui": all of a piece without a verb of its own that opens with a determiner."""
    piece = clause_left(scene, tokens)
    if not piece or (tokens and tokens[-1] is not piece[-1]):
        return None
    while piece and role(scene, piece[0], "clause_opener"):
        piece = piece[1:]
    if not piece or not role(scene, piece[0], "determiner") or any(is_verb(scene, token) for token in piece[1:]):
        return None
    span = noun_right(scene, _strip_determiners(scene, piece), whole=True)
    return span if span is not None and not _only_place(scene, span) else None


def distant_subject(scene: Scene, index: int, verb_start: int) -> Span | None:
    """The subject that stands before an earlier figure: "Le taux, de 61 % en 2022, est passé à 72 %"; inserted pieces are passed over.

    ``verb_start`` is the clean offset of the verb group. None where the verb does not follow a comma or a conjunction, so that its
    subject would have to stand directly before it.
    """
    tokens = _plain(scene, [token for token in sentence_tokens(scene) if token.end <= verb_start])
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
        span = noun_right(scene, _strip_determiners(scene, piece))
        if span is not None and not _only_place(scene, span) and not is_verb(scene, _strip_determiners(scene, piece)[0]):
            return span
    return None


def object_after(scene: Scene, index: int) -> Span | None:
    """The object that follows its value: "porter à 7 le nombre d'aéroports", "réduire de 17 % leur consommation"."""
    quantity, following = scene.quantities[index], list(scene.quantities[index + 1 :])
    low = quantity.end
    while following and following[0].unit == quantity.unit and _between_bounds(scene, low, following[0].start):
        low = following.pop(0).end
    high = following[0].start if following else scene.sentence.end
    rest = _plain(scene, [token for token in sentence_tokens(scene) if low <= token.start < high])
    if len(rest) < 2 or not role(scene, rest[0], "object_determiner"):
        return None
    if _in_period(scene, rest[0]) or _in_place(scene, rest[1]) or _in_period(scene, rest[1]) or not rest[1].is_word:
        return None
    span = noun_right(scene, _strip_determiners(scene, rest))
    return span if span is not None and not _only_place(scene, span) else None


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
    span = noun_right(scene, _strip_determiners(scene, piece[start:]), whole=True)
    if span is None:
        return noun_left(scene, piece[start:])
    return span


def _strip_determiners(scene: Scene, tokens: list[Token]) -> list[Token]:
    while tokens and role(scene, tokens[0], "determiner"):
        tokens = tokens[1:]
    return tokens


# ------------------------------------------------------------------------------------------------------------------- rules


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


LONGEST_PREDICATE = 5


def _completed(scene: Scene, index: int, span: Span) -> tuple[Span, ...]:
    """A counted noun too general to stand alone (personnes, comtés) with what is said of it, or what it is a part of."""
    words = [token for token in tokens_of(scene.text, *span) if token.is_word and not role(scene, token, "np_link")]
    if len(words) == 1 and role(scene, words[0], "measure_noun"):
        own = _subject_before_verb(scene, index)
        if own is not None:
            return own, span
        left = left_tokens(scene, index)
        done = verb_before(scene, left, index)
        if done is not None and done.last < len(left) and not role(scene, left[done.last], "auxiliary"):
            return (left[done.last].start, left[done.last].end), span
    if len(words) > 3 or not words or not role(scene, words[0], "generic_noun"):
        return (span,)
    after = [token for token in sentence_tokens(scene) if token.start >= span[1]]
    while after and (_in_place(scene, after[0]) or role(scene, after[0], "locative")):
        after = after[1:]
    if after and is_verb(scene, after[0]):
        kept: list[Token] = []
        content = 0
        for position, token in enumerate(after):
            if role(scene, token, "named_as") and position < 5:
                named = noun_right(scene, _strip_determiners(scene, after[position + 1 :]))
                if named is not None:
                    return (named,)
            if not token.is_word or _in_quantity(scene, token) or _in_period(scene, token) or role(scene, token, "relative"):
                break
            kept.append(token)
            content += not (role(scene, token, "auxiliary") or role(scene, token, "np_link"))
            if content >= LONGEST_PREDICATE:
                break
        while kept and (role(scene, kept[-1], "np_link") or role(scene, kept[-1], "np_stop")):
            kept.pop()
        if kept:
            return span, (kept[0].start, kept[-1].end)
    before = left_tokens(scene, index)
    if before and before[-1].is_word and not role(scene, before[-1], "np_link") and not is_verb(scene, before[-1]):
        phrase = noun_left(scene, before)
        if phrase is not None and not _only_place(scene, phrase):
            return phrase, span
    if before and role(scene, before[-1], "recipient"):
        phrase = noun_left(scene, before[:-1])
        if phrase is not None and not _only_place(scene, phrase):
            return phrase, span
    verb = verb_before(scene, before, index)
    if verb is not None and verb.last < len(before) and role(scene, before[verb.last], "acting_verb"):
        subject, _ = subject_of(scene, before, verb.first)
        act = (before[verb.last].start, before[verb.last].end)
        return (subject, act, span) if subject is not None and not _only_place(scene, subject) else (act, span)
    return (span,)


def _noun_from(scene: Scene, start: int, end: int, index: int) -> Span:
    rest = right_tokens(scene, index)
    if rest and rest[0].start == end + 1:
        if is_verb(scene, rest[0]) and not role(scene, rest[0], "np_link"):
            return start, end
        following = noun_right(scene, rest)
        if following is not None and following[0] - end <= 5 and not _closes(scene, rest[0]):
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
    if tokens and _closes(scene, tokens[0]):
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
        if not token.is_word or _in_quantity(scene, token) or _in_period(scene, token) or role(scene, token, "relative"):
            break
        kept.append(token)
        content += not (role(scene, token, "auxiliary") or role(scene, token, "np_link"))
        if content >= LONGEST_PREDICATE:
            break
    while kept and (role(scene, kept[-1], "np_link") or role(scene, kept[-1], "np_stop")):
        kept.pop()
    while kept and role(scene, kept[0], "auxiliary"):
        kept.pop(0)
    return ((kept[0].start, kept[-1].end),) if kept else ()


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
        if left[position].fold.endswith(scene.words.forms(scene.language, "adjective_ending")) and not _in_place(scene, left[position]):
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
            former = _nearest_value(scene, index)
            if former is not None:
                return Attachment(((cue.start, cue.end), *former.base), "growth-of-previous", "growth", former.base, confidence=0.9)
            clause = _subject_anywhere(scene, left[:position])
            parts = (clause,) if clause else ()
        return Attachment(((cue.start, cue.end), *parts), "growth-noun", "growth", parts, confidence=0.8)
    group = verb_before(scene, left[: position + 1])
    span, pronoun = subject_of(scene, left, group.first if group else position)
    if is_infinitive(scene, cue) and position and left[position - 1].is_word:  # "a vu ses expéditions bondir de 37 %"
        span = noun_left(scene, left[:position]) or span
    if span is None and not pronoun:
        span = distant_subject(scene, index, left[group.first if group else position].start)
    if span is not None:
        span = _around_count(scene, index, span)
        return Attachment((span, (cue.start, cue.end)), "growth-verb", "growth", (span,), confidence=0.9)
    former = _nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
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
    former = _nearest_value(scene, index)
    own = _subject_before_verb(scene, index)
    base = (own,) if own is not None else former.base if former is not None else ()
    return Attachment((*base, (rest[0].start, rest[1].end)), "more-than-before", "growth", base, confidence=0.85) if base else None


def _is_change(scene: Scene, token: Token) -> bool:
    return role(scene, token, "growth_noun") or verb_role(scene, token, "growth_verb")


def _nearest_value(scene: Scene, index: int) -> Attachment | None:
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


def share_whole(scene: Scene, index: int) -> Span | None:
    """The whole that a share is of, right of it ("de la population"), or None."""
    tokens = right_tokens(scene, index)
    if not tokens or not role(scene, tokens[0], "of"):
        return None
    return noun_right(scene, _strip_determiners(scene, tokens[1:]))


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
    rest = _strip_determiners(scene, rest)
    if not rest or _in_place(scene, rest[0]):
        return None
    if role(scene, rest[0], "pronoun"):  # "80 % de ceux de la ville"
        former = _nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
        return Attachment(former.base, "share-of-pronoun", "share", former.base, confidence=0.6) if former is not None else None
    span = noun_right(scene, rest)
    if span is None:
        return None
    if kind == "ratio":
        own = _subject_before_verb(scene, index)
        whole = scene.text[span[0] : span[1]].lower()
        if own is None and _pronoun_subject(scene, index):
            return None
        if own is not None:
            return Attachment((own, span), "share-of-right-with-subject", "share", (own,), confidence=0.88)
        former = _nearest_value(scene, index)
        if former is not None and _set(scene, "total_word") & set(whole.split()):
            return Attachment((*former.base, span), "share-of-total", "share", former.base, confidence=0.85)
        left = left_tokens(scene, index)
        if former is not None and left and role(scene, left[-1], "sequel"):
            return Attachment((*former.base, span), "share-in-sequel", "share", former.base, confidence=0.85)
        return Attachment((span,), "share-of-right", "share", (span,), confidence=0.85)
    return Attachment((span,), "measured-right", base=(span,), confidence=0.85)


def _pronoun_subject(scene: Scene, index: int) -> bool:
    left = left_tokens(scene, index)
    verb = verb_before(scene, left, index)
    return verb is not None and subject_of(scene, left, verb.first)[1]


def _subject_before_verb(scene: Scene, index: int) -> Span | None:
    left = left_tokens(scene, index)
    verb = verb_before(scene, left, index)
    if verb is None:
        return None
    span, _ = subject_of(scene, left, verb.first)
    return span if span is not None and not _only_place(scene, span) else None


def complement(scene: Scene, index: int) -> Attachment | None:
    """ "un investissement total de 3 milliards", "une croissance de l'économie de 5 %": the noun phrase left of de/of."""
    left = left_tokens(scene, index)
    opening = next(iter(tokens_of(scene.text, scene.quantities[index].start, scene.quantities[index].end)), None)
    if opening is not None and role(scene, opening, "of"):
        left = [*left, opening]  # "une température de 2 à 4 degrés": the range begins with its preposition
    if not left or not (role(scene, left[-1], "of") or role(scene, left[-1], "directional") or left[-1].fold == ":"):
        return None
    if role(scene, left[-1], "directional") and not (
        len(left) > 1 and not is_verb(scene, left[-2]) and not _perfect(scene, left, len(left) - 2)
    ):
        return None
    before = left[:-1]
    if len(before) > 1 and before[-1].fold == "," and role(scene, left[-1], "of"):
        before = before[:-1]  # "leur taux d'utilisation, de 61 % en 2022"
        span = _whole_piece(scene, before)
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
        or (is_verb(scene, before[-1]) and not _adjective(scene, before, len(before) - 1))
        or _perfect(scene, before, len(before) - 1)
    ):
        return None
    if role(scene, before[-1], "amount_adverb") or _in_period(scene, before[-1]):
        return None
    span = noun_left(scene, before)
    if span is None or _only_place(scene, span):
        return None
    if len(tokens_of(scene.text, *span)) == 1 and role(scene, tokens_of(scene.text, *span)[0], "acting_verb"):
        return None
    words = scene.text[span[0] : span[1]].lower()
    kind = "growth" if words.split()[0] in _set(scene, "growth_noun") else "of"
    if len(words.split()) == 1 and (words in _set(scene, "total_word") or words in _set(scene, "growth_noun")):
        former = _nearest_value(scene, index)
        if former is not None:
            return Attachment((span, *former.base), "complement-of-previous", kind, former.base, confidence=0.7)
    owner = _owner(scene, before, span) if kind == "of" else None
    if owner is not None:
        return Attachment((span, owner), "complement-of-subject", kind, (span, owner), confidence=0.85)
    return Attachment((span,), "complement", kind, (span,), confidence=0.88)


def _owner(scene: Scene, before: list[Token], span: Span) -> Span | None:
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
    return subject_span if subject_span is not None and not _only_place(scene, subject_span) else None


def _only_place(scene: Scene, span: Span) -> bool:
    return all(
        _in_place(scene, token) or role(scene, token, "np_link") or role(scene, token, "determiner")
        for token in tokens_of(scene.text, *span)
        if token.is_word
    )


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
    if not 0 < position < len(rest) or not _perfect(scene, rest, position):
        return None
    main = rest[position]
    parts: tuple[Span, ...] = ((main.start, main.end),)
    if position + 1 < len(rest) and role(scene, rest[position + 1], "destination"):
        span = noun_right(scene, _strip_determiners(scene, rest[position + 2 :]))
        if span is not None and not _only_place(scene, span):
            parts = (*parts, span)
    return Attachment(parts, "passive-subject", base=parts, confidence=0.75)


def sequel(scene: Scene, index: int) -> Attachment | None:
    """ "…, soit 12 %", "contre 87 % fin 2018", "pour atteindre 5 milliards": the indicator of the value before it."""
    left = left_tokens(scene, index)
    words = [token for token in left if not _in_period(scene, token) and not role(scene, token, "linker")]
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
    former = (_changed_last(scene, index) if opens else None) or _nearest_value(scene, index)
    if former is None:
        return None
    same = scene.unit_kind(scene.quantities[index]) == "ratio"
    rest = right_tokens(scene, index)
    extra: tuple[Span, ...] = ()
    if rest and role(scene, rest[0], "scope") and not ratio:
        span = noun_right(scene, _strip_determiners(scene, rest[1:]))
        extra = (span,) if span is not None else ()
    return Attachment((*former.base, *extra), "sequel", "share" if same else "of", former.base, former.counted, 0.8)


def _seen_to(scene: Scene, left: list[Token], verb: VerbGroup) -> Span | None:
    """ "La ville a vu le rendement atteindre 2 tonnes": the noun right before an infinitive is what it is said of."""
    if not 0 < verb.first < len(left) or not is_infinitive(scene, left[verb.first]):
        return None
    before = left[verb.first - 1]
    if not before.is_word or is_verb(scene, before) or role(scene, before, "np_stop") or role(scene, before, "np_link"):
        return None
    return noun_left(scene, left[: verb.first])


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
    span = _antecedent(scene, left, verb) or _seen_to(scene, left, verb) or span
    if span is None and not pronoun and not _bare_participle(scene, left, verb):
        at = left[verb.first].start if verb.first < len(left) else quantity.start
        span = distant_subject(scene, index, at)
    span = _around_count(scene, index, span) if span is not None else None
    rest = right_tokens(scene, index)
    acts = verb.last < len(left) and role(scene, left[verb.last], "acting_verb")
    action = _action(scene, left, verb, rest)
    if any(role(scene, token, "partitive_pronoun") for token in left[verb.first : verb.last + 1]) and not acts:
        former = _nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
        if former is not None:  # "la zone en assure 12 %": of what was named before
            return Attachment(former.base, "partitive-pronoun", base=former.base, counted=former.counted, confidence=0.75)
    if span is not None and not _only_place(scene, span):
        if acts and action and scene.unit_kind(quantity) != "count":
            return Attachment((span, *action), "actor-and-act", base=action if len(action) > 1 else (span, *action), confidence=0.75)
        former = _nearest_value(scene, index)
        first = tokens_of(scene.text, *span)[0]
        if former is not None and role(scene, first, "total_word"):  # "la moyenne nationale n'est que de 13 %"
            changed = any(
                done.kind == "growth" and scene.unit_kind(before) == scene.unit_kind(quantity)
                for before, done in zip(scene.quantities[:index], scene.done, strict=False)
            )
            return Attachment((span, *former.base), "subject-of-same", "growth" if changed else "of", former.base, confidence=0.7)
        return Attachment((span,), "subject", base=(span,), confidence=0.88)
    if pronoun:
        former = _nearest_value(scene, index) or (scene.previous(index) or (None, None))[1]
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
        span = noun_right(scene, _strip_determiners(scene, rest[1:]))
        if span is not None and not _only_place(scene, span):
            return Attachment((span,), "ranked-in", base=(span,), confidence=0.7)
    before = left[: verb.first]
    while before and (role(scene, before[-1], "conjunction") or role(scene, before[-1], "reflexive") or not before[-1].is_word):
        before = before[:-1]
    span = noun_left(scene, before)
    if span is not None and not _only_place(scene, span):
        return Attachment((span,), "ranked-after", base=(span,), confidence=0.5)
    return None


def _action(scene: Scene, left: list[Token], verb: VerbGroup, rest: list[Token]) -> tuple[Span, ...]:
    """Verb and right complement of an act: "investi … dans la construction de réseaux"."""
    if verb.last >= len(left):
        return ()
    main = left[verb.last]
    if role(scene, main, "auxiliary"):
        return ()
    if not rest or not role(scene, rest[0], "destination"):
        return ((main.start, main.end),) if not role(scene, main, "linker") else ()
    if len(rest) > 1 and (_in_place(scene, rest[1]) or _in_period(scene, rest[1]) or _in_period(scene, rest[0])):
        return ((main.start, main.end),)
    span = noun_right(scene, _strip_determiners(scene, rest[1:]))
    if span is None:
        return ((main.start, main.end),)
    return ((main.start, main.end), span)


def _subject_anywhere(scene: Scene, tokens: list[Token]) -> Span | None:
    """The subject of the last verb among the tokens."""
    for position in range(len(tokens) - 1, 0, -1):
        if is_verb(scene, tokens[position]) and not role(scene, tokens[position], "np_link"):
            first = position
            while first > 0 and role(scene, tokens[first - 1], "auxiliary"):
                first -= 1
            span, _ = subject_of(scene, tokens, first)
            if span is not None and not _only_place(scene, span):
                return span
    return None


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
        span = noun_right(scene, _strip_determiners(scene, rest[1:]))
        if span is not None and not _masked(scene, rest[1]):
            extra = (span,)
    same = choice_kind == kind and kind == "ratio"
    return Attachment((*choice.base, *extra), "inherited", choice.kind if same else "of", choice.base, choice.counted, 0.75)


def left_phrase(scene: Scene, index: int) -> Attachment | None:
    """Nothing better: the nearest noun phrase on the left, or the subject of the sentence."""
    left = left_tokens(scene, index)
    while left and (
        role(scene, left[-1], "linker") or role(scene, left[-1], "np_stop") or not left[-1].is_word or _masked(scene, left[-1])
    ):
        left = left[:-1]
    span = noun_left(scene, left) or _subject_anywhere(scene, left)
    if span is not None and not _only_place(scene, span):
        return Attachment((span,), "left-phrase", base=(span,), confidence=0.45)
    return None


def measured_right(scene: Scene, index: int) -> Attachment | None:
    """The noun phrase on the right of a measure, whatever links it ("15 hectares de serres", "2 300 km pour la fibre")."""
    rest = right_tokens(scene, index)
    while rest and (role(scene, rest[0], "np_link") or role(scene, rest[0], "destination")):
        rest = rest[1:]
    span = noun_right(scene, rest)
    if span is None or _only_place(scene, span):
        return None
    return Attachment((span,), "right-phrase", base=(span,), confidence=0.45)


def inherited_across(scene: Scene, index: int) -> Attachment | None:
    """The indicator of an earlier sentence of the same segment."""
    former = scene.previous(index, unit_kind=scene.unit_kind(scene.quantities[index]))
    if former is None:
        return None
    return Attachment(former[1].base, "inherited-across", "of", former[1].base, former[1].counted, 0.4)


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
