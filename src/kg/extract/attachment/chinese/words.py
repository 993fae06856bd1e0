"""Patterns compiled from the words of the lexicon, and what only looks like one of them."""

from __future__ import annotations

import re
from functools import cache

from kg.extract.attachment.scene import Scene
from kg.lexicon.phrase_words import PhraseWords

HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


ZH_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}


@cache
def ending(words: PhraseWords, role: str) -> re.Pattern[str]:
    """A pattern that matches the forms of a role, a space or a mark at the end of a region."""
    return re.compile("(?:" + "|".join(map(re.escape, words.forms("zh", role))) + r"|[\s、，：“”（）—-])\Z")


@cache
def starting(words: PhraseWords, role: str) -> re.Pattern[str]:
    """A pattern that matches the forms of a role, a space or a mark at the start of a region."""
    return re.compile("(?:" + "|".join(map(re.escape, words.forms("zh", role))) + r"|[\s、，：“”（）—-])")


@cache
def occurring(words: PhraseWords, role: str) -> re.Pattern[str]:
    """A pattern that finds the forms of a role anywhere."""
    return re.compile("|".join(map(re.escape, words.forms("zh", role))))


@cache
def growth_pattern(words: PhraseWords) -> re.Pattern[str]:
    """A pattern that matches a word of change with its comparison (同比增长) at the end of a region."""
    prefix = "|".join(map(re.escape, words.forms("zh", "growth_prefix")))
    verb = "|".join(map(re.escape, words.forms("zh", "growth_verb")))
    return re.compile(rf"((?:{prefix})*)(?:{verb})\Z")


@cache
def comparison_pattern(words: PhraseWords) -> re.Pattern[str]:
    """比/较 … at the start of a comparison whose standard is free text (比全省平均水平)."""
    return re.compile(r"[比较][^，。；]{1,14}\Z")


def is_glued(scene: Scene, start: int, stop: int, end: int) -> bool:
    """A one-character lead word is often the first half of a noun (共享, 对外, 中小学): keep it unless a break follows."""
    return stop - start == 1 and stop < end and scene.text[start : start + 2] in _compounds(scene.words)


def ends_compound(scene: Scene, match: re.Match[str], start: int) -> bool:
    """班列, 序列: a one-character tail word that is the second half of a noun."""
    at = match.start()
    return match.end() - at == 1 and at > start and scene.text[at - 1 : at + 1] in scene.words.forms("zh", "compound")


def is_compound(scene: Scene, start: int) -> bool:
    """Whether the character here belongs to a known compound with a neighbour."""
    known = _compounds(scene.words)
    return scene.text[start : start + 2] in known or (start > 0 and scene.text[start - 1 : start + 1] in known)


def begins_noun(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the word found is only the beginning of a noun (服务器, 增加值)."""
    found = match.group()
    return any(len(form) > len(found) and scene.text.startswith(form, match.start()) for form in _compounds_of(scene.words, found))


@cache
def _compounds_of(words: PhraseWords, start: str) -> tuple[str, ...]:
    return tuple(form for form in words.forms("zh", "compound") if form.startswith(start))


@cache
def _compounds(words: PhraseWords) -> frozenset[str]:
    return frozenset(form[:2] for form in words.forms("zh", "compound") if len(form) > 1)


@cache
def collective_pattern(words: PhraseWords) -> re.Pattern[str]:
    """两地, 三州, 四省区: several places named together."""
    units = "|".join(map(re.escape, words.forms("zh", "collective_unit")))
    return re.compile(rf"[两二三四五六七八九十]+(?:{units})(?![\u4e00-\u9fff]?级)")


@cache
def sum_pattern(words: PhraseWords) -> re.Pattern[str]:
    """三项指标, 两个数字: words that take up the values just named."""
    nouns = "|".join(map(re.escape, words.forms("zh", "sum_noun")))
    return re.compile(rf"([{''.join(ZH_COUNT)}])(?:[项个组类])(?:{nouns})")
