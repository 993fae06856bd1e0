"""Words of a sentence, their roles by the lexicon, and verbs told from nouns by their lemma."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import simplemma

from kg.extract.attachment.scene import Scene

TOKEN = re.compile(
    r"(?:[ldjnmtscLDJNMTSC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)['’]|\d+[^\W\d_]\w*|\d[\d .,]*\d|\d|[^\W\d_]+(?:[-'’+/&.]?[\w+]+)*|[^\w\s]"
)


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
    return token.fold in role_set(scene, name)


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


def role_set(scene: Scene, name: str) -> frozenset[str]:
    """All words of a role in the language of the article."""
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


def is_masked(scene: Scene, token: Token) -> bool:
    """Whether the token belongs to a time or a place."""
    return any(low <= token.start < high for low, high in scene.masks())


def in_period(scene: Scene, token: Token) -> bool:
    """Whether the token belongs to a time."""
    return any(mention.start <= token.start < mention.end for mention in scene.periods)


def in_place(scene: Scene, token: Token) -> bool:
    """Whether the token belongs to a place."""
    return any(mention.start <= token.start < mention.end for mention in scene.places)


def in_quantity(scene: Scene, token: Token) -> bool:
    """Whether the token belongs to a quantity."""
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
    return plain_tokens(scene, [token for token in sentence_tokens(scene) if low <= token.start < high])


def _only_joined(scene: Scene, low: int, high: int) -> bool:
    """Whether nothing but commas and conjunctions stands between two numbers."""
    return all(token.fold == "," or role(scene, token, "conjunction") for token in tokens_of(scene.text, low, high))


@cache
def _interpolations(words: object, language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(token.fold for token in tokens_of(form, 0, len(form)))
        for form in words.forms(language, "interpolation")  # type: ignore[attr-defined]
    )


def plain_tokens(scene: Scene, tokens: list[Token]) -> list[Token]:
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
    return plain_tokens(scene, [token for token in sentence_tokens(scene) if low <= token.start and token.end <= quantity.start])
