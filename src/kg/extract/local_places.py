"""Places that no table knows, found by their class words: townships, villages, zones; and known places written with a class word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pypinyin import lazy_pinyin

from kg.articles import Article
from kg.extract.mentions import PlaceMention
from kg.lexicon.gazetteer import ADMIN_LEVELS
from kg.lexicon.place_names import PlaceNames, fold
from kg.lexicon.place_words import ClassWord, PlaceWords

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\s[A-ZÀ-ÖØ-Þ][\w’'-]+){0,2}"
_LOW = ("zone", "township", "town", "village", "community")
_NEAR = 60
"""How far after an unknown place the one that holds it may follow."""


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A place known only from this article. ``container`` is a key of a known place, or None; ``kind`` is the entity's kind."""

    key: str
    name: str
    level: str
    container: str | None
    labels: tuple[tuple[str, str], ...]

    @property
    def kind(self) -> str:
        """Rank in the administrative order, or ``zone``, ``landmark`` …"""
        return ADMIN_LEVELS.get(self.level, self.level)


Found = tuple[list[PlaceMention], dict[str, LocalPlace]]


def chinese_local_places(
    article: Article, mentions: Sequence[PlaceMention], names: PlaceNames, words: PlaceWords, context: Counter[str]
) -> Found:
    """普玛江塘乡 after 浪卡子县, 高新区 after 拉萨; then every other place where that name stands."""
    text = article.text
    pattern = _chinese_pattern(tuple(word for word in words.classes if word.level in _LOW))
    classes = {word.form: word for word in words.classes}
    starts = {mention.start for mention in mentions}
    out: list[PlaceMention] = []
    local: dict[str, LocalPlace] = {}
    done = -1
    for mention in mentions:
        if mention.start < done:
            continue
        out.append(mention)
        container, at = mention.place, mention.end
        while (match := pattern.match(text, at)) is not None:
            word, middle = classes[match["word"]], match["name"]
            crosses = any(position in starts for position in range(at, match.end()))
            if crosses or not _is_name(middle, word, words, text, match.end()):
                break
            if not middle:
                name = text[mention.start : match.end()]
                english = f"{_english(mention.place, names, local)} {word.label_en}"
                out.pop()
                start = mention.start
            else:
                name, start = text[at : match.end()], at
                english = f"{_pinyin(middle)} {word.label_en}"
            place = _local(name, word, container if container not in local else local[container].container, english, "zh-Hans", local)
            local[place.key] = place
            out.append(PlaceMention(start, match.end(), place.key, rule=f"local-{place.kind}", confidence=0.9))
            container, at = place.key, match.end()
        done = at
    return _again(article, out, local), local


def _is_name(middle: str, word: ClassWord, words: PlaceWords, text: str, end: int) -> bool:
    if text[end - 1 : end + 1] in words.compounds:
        return False
    if not middle:
        return word.level == "zone"
    if middle in words.stops_whole or any(stop in middle for stop in words.stops_inside):
        return False
    return len(middle) <= (4 if word.level == "zone" else 6)


@lru_cache(maxsize=8)
def _chinese_pattern(classes: tuple[ClassWord, ...]) -> re.Pattern[str]:
    forms = "|".join(re.escape(word.form) for word in classes)
    return re.compile(rf"(?P<name>[一-鿿]{{0,6}}?)(?P<word>{forms})")


def latin_local_places(
    article: Article, mentions: Sequence[PlaceMention], names: PlaceNames, words: PlaceWords, context: Counter[str]
) -> Found:
    """ "district de Bainang" (known, with its class word), "village de Gala", "zone de haute technologie de Lhasa", "Tunba Township"."""
    text = article.text
    by_start = {mention.start: mention for mention in mentions}
    by_end = {mention.end: mention for mention in mentions}
    taken: dict[int, tuple[int, PlaceMention | None]] = {}
    local: dict[str, LocalPlace] = {}
    classes = {fold(word.form): word for word in words.classes}
    starts = [mention.start for mention in mentions]
    added: list[PlaceMention] = []
    container: str | None
    for match in _latin_pattern(words.classes).finditer(text):
        word = classes[fold(" ".join((match["before"] or match["after"]).split()))]
        start, end = match.span()
        if match["before"]:
            name_start = match.start("name")
            known = by_start.get(name_start)
        else:
            known = by_end.get(match.end("name2"))
        if known is not None:
            start, end = min(start, known.start), max(known.end, match.end("after") if match["after"] else known.end)
            if match["after"]:
                start = known.start
            key = _with_class(known, word, names, context)
            if key is not None:
                taken[known.start] = (known.end, replace(known, start=start, end=end, place=key, rule="class", confidence=0.98))
                continue
            name, container = text[start:end], known.place
            english = f"{_english(known.place, names, local)} {word.label_en}"
            taken[known.start] = (known.end, None)
        else:
            inner = (match["name"] or match["name2"] or "").strip()
            at = bisect_right(starts, end - 1) - 1
            if not inner or (at >= 0 and mentions[at].end > start):
                continue
            if word.side == "before":
                end = match.end("name")
            keys = [k for k in names.counties_in_pinyin.get(fold(inner), ()) if _supported(k, names, context)]
            if word.level in ("county", "district", "county_level_city", "prefecture_level_city") and keys:
                added.append(PlaceMention(start, end, keys[0], rule="class", confidence=0.9))
                continue
            if word.level == "landmark" and word.side == "before" and text[match.end("before")] != " ":
                continue
            name, container = text[start:end], _nearest_container(article, mentions, start, word, names)
            label = word.label_en
            english = f"{label} {inner}" if word.level == "landmark" and label in ("Lake", "Mount") else f"{inner} {label}"
        place = _local(name, word, container, english, article.language, local)
        local[place.key] = place
        added.append(PlaceMention(start, end, place.key, rule=f"local-{place.kind}", confidence=0.85))
    out = [m for m in mentions if m.start not in taken]
    out.extend(new for _, new in taken.values() if new is not None)
    out.extend(added)
    out.sort(key=lambda mention: (mention.start, -mention.end))
    return _again(article, _disjoint(out), local), local


@lru_cache(maxsize=8)
def _latin_pattern(classes: tuple[ClassWord, ...]) -> re.Pattern[str]:
    def forms(side: str) -> str:
        return "|".join(re.escape(word.form).replace(r"\ ", r"\s") for word in classes if word.side == side) or "(?!)"

    before = (
        rf"(?<![\w-])(?P<before>(?i:{forms('before')}))(?:\sautonome(?:\s[a-zà-ÿ]+){{0,4}}|\s(?:mongole?|tibétaine?|spéciale?))?"
        rf"\s(?:de\sla\s|de\sl['’]|de\s|d['’]|du\s|des\s)?(?P<name>{_NAME})"
    )
    after = rf"(?<![\w-])(?P<name2>{_NAME})\s(?P<after>{forms('after')})(?![\w-])"
    return re.compile(f"{before}|{after}")


def _with_class(known: PlaceMention, word: ClassWord, names: PlaceNames, context: Counter[str]) -> str | None:
    """The known place that "class de NAME" means, or None where the class makes another, smaller place of the name."""
    place = names.places[known.place]
    if word.level in (*_LOW, "landmark"):
        return known.place if place.level == word.level else None
    wanted = ADMIN_LEVELS.get(word.level)
    if wanted is None or place.admin_level == wanted or place.admin_level is None:
        return known.place
    counties = [k for k in names.counties_in_pinyin.get(fold(place.name_en.split(" ")[0]), ()) if _supported(k, names, context)]
    if wanted == "county" and counties and names.within(counties[0], known.place):
        return counties[0]
    return known.place


def _supported(key: str, names: PlaceNames, context: Counter[str]) -> bool:
    return any(context[container] for container in names.ancestors(key) if container != "cn")


def _nearest_container(article: Article, mentions: Sequence[PlaceMention], start: int, word: ClassWord, names: PlaceNames) -> str | None:
    """The known place that an unknown one lies in: the next one in the sentence ("village de Gala, dans l'arrondissement de Bayi")."""
    sentence = article.sentence_at(start)
    if sentence is None:
        return mentions[0].place if mentions else None
    at = bisect_right(mentions, start, key=lambda mention: mention.start)
    if at < len(mentions) and mentions[at].start < min(start + _NEAR, sentence.end):
        return mentions[at].place
    return mentions[at - 1].place if at else (mentions[0].place if mentions else None)


def _local(name: str, word: ClassWord, container: str | None, english: str, language: str, local: dict[str, LocalPlace]) -> LocalPlace:
    normal = re.sub(r"[^\w一-鿿]+", "-", fold(name)).strip("-")
    key = f"x-{normal}"
    if key in local and local[key].container != container and container:
        key = f"x-{normal}-{container}"
    return LocalPlace(key, name, word.level, container, (("en", english), (language, name)))


def _english(key: str, names: PlaceNames, local: dict[str, LocalPlace]) -> str:
    label = local[key].labels[0][1] if key in local else names.places[key].name_en
    return re.sub(r"\s(?:City|Autonomous Region|Province)$", "", label)


def _pinyin(name: str) -> str:
    syllables = lazy_pinyin(name)
    text = "".join(("'" + s if i and s[:1] in "aeo" else s) for i, s in enumerate(syllables))
    return text[:1].upper() + text[1:]


def _again(article: Article, mentions: list[PlaceMention], local: dict[str, LocalPlace]) -> list[PlaceMention]:
    """Adds the other places where the names of local places stand."""
    if not local:
        return mentions
    keys = {place.name: place for place in reversed(local.values())}
    pattern = re.compile("|".join(re.escape(name) for name in sorted(keys, key=lambda name: (-len(name), name))))
    starts = [mention.start for mention in mentions]
    more: list[PlaceMention] = []
    for match in pattern.finditer(article.text):
        at = bisect_right(starts, match.end() - 1) - 1
        if at < 0 or mentions[at].end <= match.start():
            place = keys[match[0]]
            more.append(PlaceMention(match.start(), match.end(), place.key, rule=f"local-{place.kind}", confidence=0.85))
    return sorted([*mentions, *more], key=lambda mention: mention.start)


def _disjoint(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    out: list[PlaceMention] = []
    for mention in mentions:
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out
