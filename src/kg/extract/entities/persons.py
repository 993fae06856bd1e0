"""Persons: a function or calling with a name, names in lines about who made the page, Tibetan given names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.entities.candidate import Candidate
from kg.extract.mentions import PlaceMention
from kg.lexicon.entity_words import EntityWords

_LATIN_NAME = r"[A-ZÀ-Ý][\w’'\-]*(?: [A-ZÀ-Ý][\w’'\-]*){0,2}"
_TWO_NAMES = r"[A-ZÀ-Ý][\w’'\-]+ [A-ZÀ-Ý][\w’'\-]+(?: [A-ZÀ-Ý][\w’'\-]+)?"
_NOT_IN_NAMES = "在从对向地们的了都也还就正则着已会上里中介表说不很等近今日等"
"""Characters that no name begins or ends with; they tell 记者在会上说 from 局长旺扎说."""
_CJK = "\u4e00-\u9fff"


def _any_of(texts: Sequence[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=4)
def _chinese_patterns(
    surnames: tuple[str, ...], doubles: tuple[str, ...], given: tuple[str, ...], safe: tuple[str, ...], cues: tuple[tuple[str, ...], ...]
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    roles, lines, speech, strong = cues
    tibetan = rf"(?:{_any_of(given)}){{1,2}}"
    end = rf"(?=$|[^{_CJK}]|{_any_of(speech)})"
    han = rf"(?:(?:{_any_of(doubles)})[{_CJK}]{{1,2}}?|[{''.join(surnames)}][{_CJK}]{{1,2}}?)"
    told = rf"[{_CJK}]{{2,3}}(?=(?:{_any_of(strong)}))(?<![{_NOT_IN_NAMES}])"
    by_role = re.compile(rf"(?:{_any_of(roles)})[：: \u3000]?({tibetan}(?:{_any_of(given)})?|{han}{end}|(?![{_NOT_IN_NAMES}]){told})")
    by_line = re.compile(rf"(?:{_any_of(lines)})[：:]\s?({tibetan}|{han})(?=$|[^{_CJK}])")
    alone = re.compile(rf"(?:(?:{_any_of(safe)})(?:{_any_of(given)})?|(?:{_any_of(given)}){{2}})(?=$|[^{_CJK}]|{_any_of(speech)})")
    makers = _any_of([line for line in lines if len(line) > 1])
    byline = re.compile(
        rf"(?:{makers})[：: \u3000]*((?:[{_CJK}·]{{2,4}}[、，,\u3000 ]+)+[{_CJK}·]{{2,4}})(?=\s*(?:[）)\n]|$|[\u3000 ]+(?:{makers})))"
    )
    return by_role, by_line, alone, byline


def find_chinese_persons(text: str, words: EntityWords, places: Sequence[PlaceMention]) -> Iterator[Candidate]:
    """Persons in Chinese text, the lines about authors and editors included."""
    by_role, by_line, alone, byline = _chinese_patterns(
        words.names.get(("zh", "surname"), ()),
        words.names.get(("zh", "double"), ()),
        words.names.get(("zh", "given"), ()),
        words.names.get(("zh", "safe"), ()),
        (
            words.cue("zh", "role"),
            words.cue("zh", "role_line"),
            (*words.cue("zh", "speech"), *(word for word in words.cue("zh", "stop") if len(word) > 1)),
            words.cue("zh", "strong_speech"),
        ),
    )
    taken = {place.start for place in places}
    for pattern, group, rule, confidence in (
        (by_line, 1, "role-line", 0.9),
        (by_role, 1, "role-and-name", 0.85),
        (alone, 0, "given-name", 0.65),
    ):
        for match in pattern.finditer(text):
            if match.start(group) not in taken:
                yield Candidate(*match.span(group), "person", "", rule, confidence)
    for match in byline.finditer(text):
        for name in re.finditer(rf"[{_CJK}·]{{2,4}}", match.group(1)):
            yield Candidate(match.start(1) + name.start(), match.start(1) + name.end(), "person", "", "byline", 0.8)


@lru_cache(maxsize=4)
def _latin_patterns(given: tuple[str, ...], safe: tuple[str, ...], cues: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], ...]:
    roles, lines, speech, articles = cues
    by_line = re.compile(rf"(?:^|[(\[\n]\s?)(?:{_any_of(lines)})\s?[:：]\s?({_LATIN_NAME})(?: et {_LATIN_NAME})?", re.M)
    by_role = re.compile(
        rf"\b(?:{_any_of(roles)})(?:,| [a-zà-ÿ]+)? ({_TWO_NAMES})|\b(?:{_any_of(roles)}) [^,.;:()\n]{{2,60}}, ({_TWO_NAMES}),"
    )
    spoken = re.compile(
        rf"(?:[»”\"],? (?:{_any_of(speech)}) ({_LATIN_NAME})|\b(?:{_any_of(speech)}) ((?!{_any_of(articles)}){_TWO_NAMES}))\b"
    )
    apposed = re.compile(rf"\b((?!(?:{_any_of(articles)})\b){_TWO_NAMES}), (?:(?:{_any_of(articles)}) )?(?:{_any_of(roles)})\b")
    tibetan = re.compile(rf"\b(?:{_any_of(safe)})(?: (?:{_any_of(given)}))?\b|\b(?:{_any_of(given)}) (?:{_any_of(given)})\b")
    return by_line, by_role, spoken, apposed, tibetan


def find_latin_persons(text: str, words: EntityWords, language: str, places: Sequence[PlaceMention]) -> Iterator[Candidate]:
    """Persons in French or English text."""
    patterns = _latin_patterns(
        words.names.get((language, "given"), ()),
        words.names.get((language, "safe"), ()),
        (words.cue(language, "role"), words.cue(language, "role_line"), words.cue(language, "speech"), words.cue(language, "article")),
    )
    taken = {place.start for place in places}
    rules = (("role-line", 1, 0.9), ("role-and-name", 1, 0.8), ("speaker", 1, 0.75), ("name-and-role", 1, 0.8), ("given-name", 0, 0.75))
    for pattern, (rule, group, confidence) in zip(patterns, rules, strict=True):
        for match in pattern.finditer(text):
            span = match.span(group) if match.start(group) >= 0 else match.span(group + 1)
            if span[0] not in taken:
                yield Candidate(*span, "person", "", rule, confidence)
