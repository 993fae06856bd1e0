"""Forms in which two ways of naming one indicator become equal: folded, lemmatised, stripped of what does not name the thing.

Four forms, each coarser than the one before:

* ``exact``: case, accents, script (traditional → simplified), width and spacing are ignored.
* ``lemma``: inflection, determiners and prepositions as well (French and English lemmas by simplemma).
* ``core``: also places, years, words of growth, of number, of time and of coming about (``indicator_words.csv``).
* ``words``: also the order of the words, and words that add nothing within a name (``light`` in the table).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc
import regex
import simplemma

from kg.lexicon.gazetteer import Gazetteer
from kg.tables import read_table

ROLES = ("function", "locative", "growth", "number", "scope", "class", "time", "verb", "light")
"""``function`` grammar words · ``locative`` prepositions that only say where · ``growth`` change over time · ``number`` says that something
is counted · ``scope`` stands for a place (全区) · ``class`` kind of place, dropped beside a place name · ``time`` · ``verb`` coming about,
being · ``light`` dropped in the ``words`` form only."""
WHERE = ("", "start", "end")
LANGUAGES = ("fr", "zh", "en")
DROPPED = frozenset(("function", "locative", "growth", "number", "scope", "time", "verb"))
BREAK = "\x1f"
"""Stands for punctuation that no name of an indicator crosses."""

_TOKEN = regex.compile(r"[^\W_]+|\+|[^\w\s]", regex.UNICODE)
_SKIPPED = frozenset("'’ʼ`\"«»“”‘’„‹›*_-‐‑‒–/&·?\N{NO-BREAK SPACE}")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_PARTS = regex.compile(r"\s*(?:…|\.\.\.)\s*")
_CHINESE_DATE = regex.compile(
    r"^(?:(?:19|20)?\d\d年(?:底|末|初|度)?(?:\d{1,2}月(?:底|末|初|份)?)?(?:\d{1,2}日)?|\d{1,2}月(?:底|末|初|份)?(?:\d{1,2}日)?)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its folded lemma, the span it stands at, whether it is written with a capital."""

    text: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The four forms of one name; ``words`` holds several spellings where the name came in parts. ``cues`` are the roles met."""

    exact: str
    lemma: str
    core: str
    words: tuple[str, ...]
    cues: frozenset[str]


@cache
def _simplified(character: str) -> str:
    """One character folded for matching; always exactly one character, so that offsets stay exact."""
    for step in (lambda c: unicodedata.normalize("NFKC", c), _converter().convert, str.casefold):
        changed = step(character)
        if len(changed) == 1:
            character = changed
    return character


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _unaccented(word: str) -> str:
    word = word.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cache
def _lemma(word: str, language: str) -> str:
    """Folded lemma of one word; the plural endings that the lemmatiser leaves are taken off, so that singular and plural are equal."""
    lower = unicodedata.normalize("NFC", word).casefold()
    if any(c.isdigit() for c in lower) or len(lower) < 3:
        return _unaccented(lower)
    singular = lower[:-1] if lower.endswith("s") and not lower.endswith("ss") and len(lower) > 3 else lower
    lemma = simplemma.lemmatize(lower, lang=language)
    if lemma == lower != singular and simplemma.is_known(singular, lang=language):
        lemma = singular
    return _unaccented(lemma)


class Wording:
    """Normal forms of names in French, Chinese and English. Reads ``indicator_words.csv``; raises LexiconError naming file and row."""

    def __init__(self, directory: Path, gazetteer: Gazetteer) -> None:
        self._roles: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
        affixes: dict[str, list[tuple[str, str]]] = {"start": [], "end": [], "": []}
        for row in read_table(directory / "indicator_words.csv", ("language", "word", "role", "where")):
            language, role, where = row.one_of("language", LANGUAGES), row.one_of("role", ROLES), row.one_of("where", WHERE)
            word = row.required("word")
            if language == "zh":
                affixes[where].append((self._chinese(word), role))
            elif len(tokens := self._tokens(word, language)) == 1:
                self._roles[language][tokens[0].text] = role
            else:
                raise row.error(f"{word!r} is not one word")
        longest_first = {where: sorted(pairs, key=lambda pair: (-len(pair[0]), pair)) for where, pairs in affixes.items()}
        self._starts, self._ends = longest_first["start"], longest_first["end"]
        self._light = [word for word, role in longest_first[""] if role == "light"]
        self._inside = [word for word, role in longest_first[""] if role == "function"]
        self._place_starts: dict[str, set[tuple[str, ...]]] = {}
        chinese_places: set[str] = set()
        for place in gazetteer:
            for name in place.names:
                if regex.search(r"\p{Han}", name):
                    if len(name) >= 2:
                        chinese_places.add(self._chinese(name))
                elif len(name) >= 2:
                    for language in ("fr", "en"):
                        sequence = tuple(token.text for token in self._tokens(name, language))
                        if sequence:
                            self._place_starts.setdefault(sequence[0], set()).add(sequence)
        self._chinese_places = sorted(chinese_places, key=lambda name: (-len(name), name))
        self._places_by_first: dict[str, list[str]] = {}
        for name in self._chinese_places:
            self._places_by_first.setdefault(name[0], []).append(name)

    # ---- running text

    def normal_text(self, text: str, language: str) -> tuple[str, list[int], list[int]]:
        """The ``lemma`` form of running text with, for each of its characters, start and end of its origin in ``text``.

        French and English: ``" word word "`` with BREAK for punctuation; Chinese: the characters without spaces.
        """
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        if language == "zh":
            for index, character in enumerate(text):
                if not character.isspace():
                    characters.append(_simplified(character))
                    starts.append(index)
                    ends.append(index + 1)
            return "".join(characters), starts, ends
        roles = self._roles[language]
        written = " "
        starts.append(0)
        ends.append(0)
        pieces = [written]
        for token in self._tokens(text, language, breaks=True):
            if token.text != BREAK and roles.get(token.text) in ("function", "locative"):
                continue
            piece = token.text + " "
            pieces.append(piece)
            starts.extend([token.start] * len(piece))
            ends.extend([token.end] * len(piece))
        return "".join(pieces), starts, ends

    def pattern(self, label: str, language: str) -> str:
        """What to look for in :meth:`normal_text` to find ``label``; empty if nothing of it is left."""
        lemma = self.form(label, language).lemma
        return lemma if language == "zh" or not lemma else f" {lemma} "

    # ---- names

    def form(self, text: str, language: str) -> Form:
        """All forms of one name. ``text`` may be in parts joined by ``…``."""
        return self._chinese_form(text) if language == "zh" else self._word_form(text, language)

    def tail(self, text: str, language: str) -> Iterator[str]:
        """Heads of a longer name, longest first: what is left (in ``core`` form) without a complement that only says where."""
        if language == "zh":
            core = self.form(text, "zh").core
            for cut in range(1, len(core)):
                if any(core[:cut].endswith(word) for word, role in self._starts if role == "locative"):
                    yield core[cut:]
            return
        roles = self._roles[language]
        tokens = self._tokens(text, language)
        for cut in range(len(tokens) - 1, 1, -1):
            if roles.get(tokens[cut].text) == "locative":
                yield " ".join(self._core(tokens[:cut], language)[0])

    def _word_form(self, text: str, language: str) -> Form:
        tokens = self._tokens(text, language)
        roles = self._roles[language]
        lemma = [t.text for t in tokens if roles.get(t.text) not in ("function", "locative")]
        core, cues = self._core(tokens, language)
        words = sorted({word for word in core if roles.get(word) != "light"} or set(core))
        exact = " ".join(_unaccented(t) for t in regex.findall(r"[^\W_]+|\+", text))
        return Form(exact, " ".join(lemma), " ".join(core), (" ".join(words),), cues)

    def _core(self, tokens: list[Token], language: str) -> tuple[list[str], frozenset[str]]:
        roles = self._roles[language]
        content = [t for t in tokens if roles.get(t.text) not in ("function", "locative")]
        kept: list[str] = []
        cues: set[str] = set()
        index = 0
        while index < len(content):
            length = self._place_at(content, index)
            if length:
                while kept and roles.get(kept[-1]) == "class":
                    kept.pop()
                index += length
                cues.add("place")
                continue
            token = content[index]
            role = roles.get(token.text, "")
            if role:
                cues.add(role)
            if role not in DROPPED and not _YEAR.fullmatch(token.text):
                kept.append(token.text)
            index += 1
        return (kept or [t.text for t in content]), frozenset(cues)

    def _place_at(self, tokens: list[Token], index: int) -> int:
        """How many tokens from ``index`` on are a place name (0: none). Names are written with a capital."""
        if not tokens[index].capital:
            return 0
        best = 0
        for sequence in self._place_starts.get(tokens[index].text, ()):
            if len(sequence) > best and tuple(t.text for t in tokens[index : index + len(sequence)]) == sequence:
                best = len(sequence)
        return best

    def _tokens(self, text: str, language: str, *, breaks: bool = False) -> list[Token]:
        tokens = []
        for match in _TOKEN.finditer(text):
            written = match.group()
            if written in _SKIPPED:
                continue
            if written[0].isalnum() or written == "+":
                tokens.append(Token(_lemma(written, language), match.start(), match.end(), written[0].isupper()))
            elif breaks:
                tokens.append(Token(BREAK, match.start(), match.end(), False))
        return tokens

    def _chinese_form(self, text: str) -> Form:
        exact = self._chinese(text)
        lemma = exact
        cores: list[str] = []
        cues: set[str] = set()
        for part in _PARTS.split(text):
            core, met = self._chinese_core(self._chinese(part))
            cues |= met
            if core:
                cores.append(core)
        if not cores:
            cores = [exact]
        orders = (cores, cores[::-1]) if len(cores) > 1 else (cores,)
        words = tuple(dict.fromkeys(self._without(self._light, "".join(order)) for order in orders))
        return Form(exact, lemma, "".join(cores), words, frozenset(cues))

    def _chinese(self, text: str) -> str:
        """Simplified, folded, letters digits and ``+`` only."""
        return "".join(c for c in map(_simplified, text) if c.isalnum() or c in "+%")

    def _chinese_core(self, text: str) -> tuple[str, set[str]]:
        """The name without leading place, date, verb and scope words and trailing words of growth and number; "" if nothing else is there."""
        cues: set[str] = set()
        changed = True
        while changed and text:
            changed = False
            if date := _CHINESE_DATE.match(text):
                text, changed = text[date.end() :], True
                cues.add("time")
            place = next((name for name in self._places_by_first.get(text[:1], ()) if text.startswith(name)), None)
            if place:
                text, changed = text[len(place) :], True
                cues.add("place")
                continue
            for word, role in self._starts:
                if role in DROPPED and role != "locative" and text.startswith(word):
                    text, changed = text[len(word) :], True
                    cues.add(role)
                    break
            for word, role in self._ends:
                if role in DROPPED and text.endswith(word):
                    text, changed = text[: -len(word)], True
                    cues.add(role)
                    break
        return self._without(self._inside, text), cues

    @staticmethod
    def _without(words: Iterable[str], text: str) -> str:
        shorter = text
        for word in words:
            shorter = shorter.replace(word, "")
        return shorter or text
