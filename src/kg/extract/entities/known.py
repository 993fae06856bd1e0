"""Well-known things by their names: one pass over the text for all names (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ahocorasick

from kg.extract.entities.candidate import Candidate
from kg.extract.mentions import PlaceMention
from kg.lexicon.entity_words import EntityWords, KnownEntity

_KNOWN = "known:"


class KnownNames:
    """The names of all known entities, ready to be found in a text."""

    def __init__(self, known: tuple[KnownEntity, ...]) -> None:
        self._exact: ahocorasick.Automaton = ahocorasick.Automaton()
        names: dict[str, tuple[str, KnownEntity]] = {}
        for entity in known:
            for name in entity.names:
                names.setdefault(name.lower(), (name, entity))
        for folded, (name, entity) in names.items():
            self._exact.add_word(folded, (name, entity))
        self._exact.make_automaton()

    def find(self, text: str, run_on: tuple[str, ...] = ()) -> Iterator[Candidate]:
        """Every occurrence that stands as a word of its own, longest first where several begin or end together."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters change length; then only letters that do not are folded
            lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        spans: list[Candidate] = []
        for last, (name, entity) in self._exact.iter(lowered):
            start, end = last - len(name) + 1, last + 1
            if not _is_word(text, start, end) or not _case_fits(name, text[start:end]) or text.startswith(run_on, end - 1):
                continue
            spans.append(Candidate(start, end, entity.type, entity.kind, "known-name", 0.95, known=entity))
        spans.sort(key=lambda span: (span.start, -span.end))
        covered = -1
        for span in spans:
            if span.end > covered:
                covered = span.end
                yield span
            elif span.known is not None and span.type in ("technology", "organisation"):
                yield span


def _is_word(text: str, start: int, end: int) -> bool:
    """Latin letters and digits must not go on beyond the name; Chinese characters may."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ((_latin(text[start]) and _latin(before)) or (_latin(text[end - 1]) and (_latin(after) or _hyphenated(text, end))))


def _hyphenated(text: str, end: int) -> bool:
    return text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()


def _latin(char: str) -> bool:
    return char.isalnum() and not "\u2e80" <= char <= "\U0003ffff"


def _case_fits(name: str, written: str) -> bool:
    same_after_first = name[1:] == written[1:] and (name[:1].islower() or " " in name)
    return name.islower() or name == written or written.isupper() or same_after_first


def _automaton_of(words: EntityWords) -> KnownNames:
    return KnownNames(words.known)


def find_known(text: str, words: EntityWords, language: str) -> list[Candidate]:
    """All known names in ``text``, by their listed names and by the patterns of the language."""
    found = list(words.derived("known names", _automaton_of).find(text, words.cue("zh", "run_on")))
    by_key = {entity.key: entity for entity in words.known}
    for (spoken, name), pattern in words.patterns.items():
        if spoken == language and name.startswith(_KNOWN):
            entity = by_key[name.removeprefix(_KNOWN).rstrip("+")]
            for match in pattern.finditer(text):
                found.append(Candidate(*match.span(), entity.type, entity.kind, "known-form", 0.9, known=entity))
    return found


def find_branches(text: str, places: Sequence[PlaceMention], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """A company's branch named by its place: China Mobile Tibet."""
    starts = {place.start: place.end for place in places if not place.collective}
    for one in known:
        if one.kind == "company" and text[one.end : one.end + 1] == " " and one.end + 1 in starts:
            yield Candidate(one.start, starts[one.end + 1], one.type, one.kind, "branch-of-place", 0.85)
