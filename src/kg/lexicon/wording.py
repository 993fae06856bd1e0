"""Forms in which two ways of naming one indicator become equal: folded, lemmatised, stripped of what does not name the thing.

Five forms, each coarser than the one before:

* ``exact``: case, accents, script (traditional → simplified), width and spacing are ignored.
* ``lemma``: inflection, determiners and prepositions as well (French and English lemmas by simplemma).
* ``bare``: also places, years, words of growth, of time and of coming about (``indicator_words.csv``).
* ``core``: also words of number ("total investment" and "investment" are two names, "total users" and "users" one).
* ``words``: also the order of the words, and words that add nothing within a name (``light`` in the table).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import opencc
import regex
import simplemma

from kg.lexicon.gazetteer import Gazetteer
from kg.tables import read_table

ROLES = ("function", "preposition", "locative", "growth", "number", "scope", "class", "time", "verb", "light", "owner")
"""``function`` grammar words · ``preposition`` · ``locative`` prepositions that only say where · ``growth`` change over time · ``number``
says that something is counted · ``scope`` stands for a place (全区) · ``class`` kind of place, dropped beside a place name · ``time`` ·
``verb`` coming about, being · ``light`` dropped in the ``words`` form only · ``owner`` kinds of thing that have indicators (a project its
total investment)."""
WHERE = ("", "start", "end")
LANGUAGES = ("fr", "zh", "en")
GRAMMAR = frozenset(("function", "preposition", "locative"))
NOT_BARE = GRAMMAR | {"growth", "scope", "time", "verb"}
NOT_CORE = NOT_BARE | {"number"}
WORDS_KEPT = 1 << 16
"""Words whose lemma is kept in memory."""
LONGEST_WORD = 40
"""Letters: what is longer is no word of a language and has no lemma."""
LEAST = 2
"""Chinese characters that stripping leaves at least: one character (率, 值) names nothing."""
BREAK = "\x1f"
"""Stands for punctuation that no name of an indicator crosses."""

_TOKEN = regex.compile(r"[^\W_]+|\+|[^\w\s]", regex.UNICODE)
_SKIPPED = frozenset("'’ʼ`\"«»“”‘’„‹›*_-‐‑‒–/&·?\N{NO-BREAK SPACE}")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_PARTS = regex.compile(r"(?:\s|…|\.\.\.)+")
_CHINESE_DATE = regex.compile(
    r"(?:(?:19|20)?\d\d年(?:底|末|初|度)?(?:\d{1,2}月(?:底|末|初|份)?)?(?:\d{1,2}日)?|\d{1,2}月(?:底|末|初|份)?(?:\d{1,2}日)?)"
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
    """The forms of one name; ``words`` holds several spellings where the name came in parts. ``cues`` are the roles met."""

    exact: str
    lemma: str
    bare: str
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


@lru_cache(WORDS_KEPT)
def _unaccented(word: str) -> str:
    word = word.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(WORDS_KEPT)
def _lemma(word: str, language: str) -> str:
    """Folded lemma of one word; the plural endings that the lemmatiser leaves are taken off, so that singular and plural are equal."""
    lower = unicodedata.normalize("NFC", word).casefold()
    if not 3 <= len(lower) <= LONGEST_WORD or any(c.isdigit() for c in lower):
        return _unaccented(lower)
    singular = lower[:-1] if lower.endswith("s") and not lower.endswith("ss") and len(lower) > 3 else lower
    lemma = simplemma.lemmatize(lower, lang=language)
    if lemma == lower != singular and simplemma.is_known(singular, lang=language):
        lemma = singular
    return _unaccented(lemma)


class _Affixes:
    """Words by role, looked up at one position of a text in time that does not grow with their number."""

    def __init__(self, roles: dict[str, str]) -> None:
        self.roles = {word: role for word, role in roles.items() if word}
        self._lengths = sorted({len(word) for word in self.roles}, reverse=True)

    def starting(self, text: str, start: int, end: int) -> str:
        """The longest word that begins at ``start`` and does not pass ``end``; "" if none."""
        return next((text[start : start + n] for n in self._lengths if n <= end - start and text[start : start + n] in self.roles), "")

    def ending(self, text: str, end: int, start: int) -> str:
        """The longest word that ends at ``end`` and does not begin before ``start``; "" if none."""
        return next((text[end - n : end] for n in self._lengths if n <= end - start and text[end - n : end] in self.roles), "")


class Wording:
    """Normal forms of names in French, Chinese and English. Reads ``indicator_words.csv``; raises LexiconError naming file and row."""

    def __init__(self, directory: Path, gazetteer: Gazetteer) -> None:
        self._roles: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
        affixes: dict[str, dict[str, str]] = {"start": {}, "end": {}, "": {}}
        for row in read_table(directory / "indicator_words.csv", ("language", "word", "role", "where")):
            language, role, where = row.one_of("language", LANGUAGES), row.one_of("role", ROLES), row.one_of("where", WHERE)
            word = row.required("word")
            if language == "zh":
                affixes[where][self._chinese(word)] = role
            elif len(tokens := self._tokens(word, language)) == 1:
                self._roles[language][tokens[0].text] = role
            else:
                raise row.error(f"{word!r} is not one word")
        starts, ends, anywhere = affixes["start"], affixes["end"], affixes[""]
        self._starts = _Affixes({word: role for word, role in starts.items() if role in NOT_CORE - {"locative"}})
        self._ends = _Affixes({word: role for word, role in ends.items() if role in NOT_CORE})
        self._before_head = _Affixes(
            {word: role for table in (starts, ends) for word, role in table.items() if role in ("locative", "owner")}
        )
        self._light = sorted((word for word, role in anywhere.items() if role == "light"), key=lambda word: (-len(word), word))
        self._inside = sorted((word for word, role in anywhere.items() if role == "function"), key=lambda word: (-len(word), word))
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
        self._chinese_places = _Affixes(dict.fromkeys(sorted(chinese_places), "place"))

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
            if token.text != BREAK and roles.get(token.text) in GRAMMAR:
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

    def heads(self, text: str, language: str) -> Iterator[tuple[str, bool]]:
        """Heads of a longer name, longest first: what is left (in ``bare`` form) without what says whose it is or where.

        Each with whether the rest is an owner or a place (``investissement total | du projet de pont``, ``大桥项目 | 总投资``) and not
        merely introduced by a preposition of place (``centres de services | au sein des cantons``).
        """
        if language == "zh":
            bare = self._chinese_form(text).bare
            for cut in range(1, len(bare) - LEAST + 1):
                word = self._before_head.ending(bare, cut, 0)
                if word:
                    yield self._stripped(bare[cut:], NOT_BARE)[0], self._before_head.roles[word] == "owner"
            return
        roles = self._roles[language]
        tokens = self._tokens(text, language, parts=True)
        for cut in range(len(tokens) - 1, 0, -1):
            role = roles.get(tokens[cut].text)
            if tokens[cut].text != BREAK and role not in ("preposition", "locative"):
                continue
            rest = cut
            while rest < len(tokens) and (tokens[rest].text == BREAK or roles.get(tokens[rest].text) in NOT_CORE):
                rest += 1
            owned = rest < len(tokens) and (roles.get(tokens[rest].text) in ("owner", "class") or self._place_at(tokens, rest) > 0)
            if owned or role == "locative":
                head = self._core([t for t in tokens[:cut] if t.text != BREAK], language, NOT_BARE)[0]
                if head:
                    yield " ".join(head), owned

    def _word_form(self, text: str, language: str) -> Form:
        tokens = self._tokens(text, language)
        roles = self._roles[language]
        lemma = [t.text for t in tokens if roles.get(t.text) not in GRAMMAR]
        bare, _ = self._core(tokens, language, NOT_BARE)
        core, cues = self._core(tokens, language, NOT_CORE)
        words = sorted({word for word in core if roles.get(word) != "light"} or set(core))
        exact = " ".join(_unaccented(t) for t in regex.findall(r"[^\W_]+|\+", text))
        return Form(exact, " ".join(lemma), " ".join(bare), " ".join(core), (" ".join(words),), cues)

    def _core(self, tokens: list[Token], language: str, dropped: frozenset[str]) -> tuple[list[str], frozenset[str]]:
        roles = self._roles[language]
        content = [t for t in tokens if roles.get(t.text) not in GRAMMAR]
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
            if role not in dropped and not _YEAR.fullmatch(token.text):
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

    def _tokens(self, text: str, language: str, *, breaks: bool = False, parts: bool = False) -> list[Token]:
        """Words of a text; with ``breaks`` a BREAK for each mark between names, with ``parts`` one for ``…`` only."""
        tokens = []
        for match in _TOKEN.finditer(text):
            written = match.group()
            if written in _SKIPPED:
                continue
            if written[0].isalnum() or written == "+":
                tokens.append(Token(_lemma(written, language), match.start(), match.end(), written[0].isupper()))
            elif breaks or (parts and written == "…"):
                tokens.append(Token(BREAK, match.start(), match.end(), False))
        return tokens

    def _chinese_form(self, text: str) -> Form:
        exact = self._chinese(text)
        bare, _ = self._stripped(exact, NOT_BARE)
        core, cues = self._stripped(exact, NOT_CORE)
        orders = [core]
        parts = [part for part in map(self._chinese, _PARTS.split(text)) if part]
        if len(parts) > 1:
            cores = [self._stripped(part, NOT_CORE)[0] for part in parts]
            orders += ["".join(cores), "".join(reversed(cores))]
        words = tuple(dict.fromkeys(self._without(self._light, order) for order in orders))
        return Form(exact, exact, bare, core, words, cues)

    def _chinese(self, text: str) -> str:
        """Simplified, folded, letters digits and ``+`` only."""
        return "".join(c for c in map(_simplified, text) if c.isalnum() or c in "+%")

    def _stripped(self, text: str, dropped: frozenset[str]) -> tuple[str, frozenset[str]]:
        """The name without leading place, date, verb and scope words and trailing words of growth and number."""
        cues: set[str] = set()
        start, end = 0, len(text)
        changed = True
        while changed:
            changed = False
            if (date := _CHINESE_DATE.match(text, start, end)) and end - date.end() >= LEAST:
                start, changed = date.end(), True
                cues.add("time")
            for affixes in (self._chinese_places, self._starts):
                word = affixes.starting(text, start, end)
                if word and end - start - len(word) >= LEAST and (role := affixes.roles[word]) in dropped | {"place"}:
                    start, changed = start + len(word), True
                    cues.add(role)
                    break
            word = self._ends.ending(text, end, start)
            if word and end - start - len(word) >= LEAST and self._ends.roles[word] in dropped:
                end, changed = end - len(word), True
                cues.add(self._ends.roles[word])
        return self._without(self._inside, text[start:end]), frozenset(cues)

    @staticmethod
    def _without(words: Iterable[str], text: str) -> str:
        shorter = text
        for word in words:
            shorter = shorter.replace(word, "")
        return shorter or text
