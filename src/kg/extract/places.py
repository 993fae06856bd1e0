"""Places named in an article: known ones by their names, others by their class words, and collective forms (全区, "la région")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.articles import Article
from kg.extract.local_places import LocalPlace, chinese_local_places, latin_local_places
from kg.extract.mentions import PlaceMention
from kg.extract.reading import Entity
from kg.lexicon import Lexicon
from kg.lexicon.place_names import NamedForm, PlaceNames, fold
from kg.lexicon.place_words import PlaceWords

_BEFORE, _AFTER = 90, 40
_FAR = 200
"""How many mentions before or after a collective form may give its place."""
_CLASS_WORD = re.compile(r"(?:la|cette|le|ce|du|au) ([a-zéè]+)", re.IGNORECASE)
_HYPHENED = re.compile(r"-[^\W\d_]")
_NAME_LINK = re.compile(r"\s(?:de la |de l['’]|d['’]|du |de )")
_LISTED = re.compile(r"\s?(?:[、,，]|和|及|与|以及|\bet\b|\bou\b|\band\b)\s?(?:(?:de|du|d['’]|à|au|en|la|le|l['’]|of|in)\s?){0,2}$")
_LINK_BEFORE = frozenset("在于和与及到由是、和是对，。；：“”（）《》 \n")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place name in the text before it is decided which place it means (``places``, the likeliest first)."""

    start: int
    end: int
    form: str
    places: tuple[str, ...]
    full: bool


def find_places(article: Article, lexicon: Lexicon) -> tuple[list[PlaceMention], list[Entity]]:
    """All place mentions in order of the text, none overlapping, and one entity a place, in order of first mention.

    ``PlaceMention.place`` is a gazetteer key or, for a place outside the gazetteer, ``x-`` and a name; the entity's key is ``place/`` and
    that key. The rule is ``name``, ``class`` (known place with its class word), ``local-`` and its kind, or ``collective``, with what the
    surroundings say added: ``+organisation`` (inside the name of a company, bank, paper), ``+authority`` (of a public body), ``+object``
    (goal, origin, donor or comparison). What is a brand only (中国移动) is no mention.
    """
    words = lexicon.place_words.get(article.language)
    if words is None:
        return [], []
    names = lexicon.place_names
    dropped = [(segment.start, segment.end) for segment in article.segments if segment.kind == "boilerplate"]
    dropped_starts = [start for start, _ in dropped]

    def kept(hit: Hit) -> bool:
        at = bisect_right(dropped_starts, hit.start) - 1
        return at < 0 or hit.start >= dropped[at][1]

    hits = [hit for hit in _hits(article, names, words) if kept(hit)]
    context = _context_keys(hits, names)
    mentions: list[PlaceMention] = []
    for index, hit in enumerate(hits):
        key = _choose(article, hit, hits[index - 1] if index else None, context, names)
        if key is not None:
            mentions.append(PlaceMention(hit.start, hit.end, key, rule="name", confidence=0.98 if len(hit.places) == 1 else 0.85))
    finder = chinese_local_places if article.language == "zh" else latin_local_places
    mentions, local = finder(article, mentions, names, words, context)
    mentions = _with_roles(article, mentions, words)
    mentions = _with_collectives(article, mentions, words, names, local)
    mentions = _with_roles(article, mentions, words)
    return mentions, _entities(article, mentions, names, local)


def _hits(article: Article, names: PlaceNames, words: PlaceWords) -> Iterator[Hit]:
    """Leftmost longest names within word boundaries that are no trap."""
    text = article.text
    chinese = article.language == "zh"
    automaton = names.han if chinese else names.latin
    searched = text if chinese else fold(text)
    short_counties = names.short_counties
    found: list[tuple[int, int, NamedForm]] = []
    for last, form in automaton.iter(searched):
        start, end = last + 1 - len(form.form), last + 1
        if chinese or (_word_bounds(text, start, end) and text[start].isupper()):
            found.append((start, end, form))
    found.sort(key=lambda item: (item[0], -item[1]))
    done = 0
    for start, end, form in found:
        if start < done or _trapped(text, start, end, words):
            continue
        if chinese and form.form in short_counties and start and start != done and text[start - 1] not in _LINK_BEFORE:
            continue
        done = end
        yield Hit(start, end, form.form, form.places, form.full)


def _word_bounds(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _trapped(text: str, start: int, end: int, words: PlaceWords) -> bool:
    for side, pattern in words.traps.get(text[start:end], ()):
        if side == "alone":
            before = text[max(0, start - 40) : start]
            classed = any(word.side == "before" and re.search(rf"{word.form}\s(?:de |d['’]|du )$", before) for word in words.classes)
            if not classed:
                return True
        if side == "before" and pattern.search(text[max(0, start - 12) : start]):
            return True
        if side == "after" and pattern.match(text[end : end + 12]):
            return True
    return False


def _context_keys(hits: Sequence[Hit], names: PlaceNames) -> Counter[str]:
    """How often the article names each place without ambiguity, their containers included."""
    keys: Counter[str] = Counter()
    for hit in hits:
        if len(hit.places) == 1 and not (hit.places[0].startswith("x-gb") and names.places[hit.places[0]].level == "district"):
            keys.update([hit.places[0], *names.ancestors(hit.places[0])])
    return keys


def _choose(article: Article, hit: Hit, previous: Hit | None, context: Counter[str], names: PlaceNames) -> str | None:
    """The place a hit means: the one whose container stands right before it, else is named in the article, else the likeliest."""
    adjacent = previous is not None and article.text[previous.end : hit.start].strip("·・ 的") == ""
    if adjacent and previous is not None:
        for key in hit.places:
            if any(container in previous.places for container in names.ancestors(key)):
                return key
    best, score = None, -1
    for key in hit.places:
        parents = [container for container in names.ancestors(key) if container != "cn"]
        support = sum(context[container] for container in parents[:2])
        place = names.places[key]
        if not place.gazetteer and key.startswith("x-gb"):
            needs = place.level == "district" or not hit.full or len(hit.places) > 1
            if needs and not support:
                continue
            if place.level == "district" and len(hit.form) == 2:
                continue
        if support > score and (best is None or support > 0):
            likelier = best is None or support > 2 * max(score, 0) or not names.places[best].gazetteer
            if likelier:
                best, score = key, support
    return best


def _with_roles(article: Article, mentions: Sequence[PlaceMention], words: PlaceWords) -> list[PlaceMention]:
    """Mentions with their part in the sentence in the rule; brands left out."""
    text, out = article.text, []
    for index, mention in enumerate(mentions):
        if "+" in mention.rule:
            out.append(mention)
            continue
        before, after = text[max(0, mention.start - _BEFORE) : mention.start], text[mention.end : mention.end + _AFTER]
        role = ""
        for context in words.context:
            if context.pattern.search(before) if context.side == "before" else context.pattern.match(after):
                role = "" if mention.collective and context.role != "object" else context.role
                break
        if role == "brand":
            if mention.place == "cn":
                continue
            role = "organisation"
        nearby = index and out and out[-1].end <= mention.start and mention.start - out[-1].end < 12
        if not role and nearby and out[-1].rule.endswith("+object") and _LISTED.fullmatch(text[out[-1].end : mention.start]):
            role = "object"
        if not role and article.language != "zh" and (before.endswith("-") or _HYPHENED.match(after)):
            role = "object"  # "trains Chine-Europe": a line between two places is at neither
        if not role and out and out[-1].rule.endswith("+organisation") and _NAME_LINK.fullmatch(text[out[-1].end : mention.start]):
            role = "organisation"  # "l'Hôpital de Chine de l'Ouest"
        out.append(replace(mention, rule=f"{mention.rule}+{role}") if role else mention)
    return out


def _with_collectives(
    article: Article, mentions: list[PlaceMention], words: PlaceWords, names: PlaceNames, local: dict[str, LocalPlace]
) -> list[PlaceMention]:
    """Adds collective mentions, each resolved to the place that the context gives; unresolved ones are left out."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    starts = [mention.start for mention in mentions]
    for collective in words.collectives:
        for match in collective.pattern.finditer(article.text):
            at = bisect_right(starts, match.end() - 1) - 1
            if at < 0 or mentions[at].end <= match.start():
                found.append((match.start(), match.end(), collective.levels))
    if not found:
        return mentions
    found.sort()
    resolver = CollectiveResolver(article, mentions, names, local)
    out, done = list(mentions), -1
    for start, end, levels in found:
        if start < done:
            continue
        key = resolver.resolve(start, levels)
        if key is not None:
            done = end
            out.append(PlaceMention(start, end, key, rule="collective", confidence=0.85, collective=True))
    out.sort(key=lambda mention: mention.start)
    return out


class CollectiveResolver:
    """Which place 全区, "la ville" mean: one named before in the sentence, else the article's own at that level, else the last named."""

    def __init__(self, article: Article, mentions: Sequence[PlaceMention], names: PlaceNames, local: dict[str, LocalPlace]) -> None:
        self.article, self.names, self.local = article, names, local
        self.mentions = [m for m in mentions if not m.rule.endswith(("+object", "+organisation"))]
        self._starts = [mention.start for mention in self.mentions]
        self._main = {kind: main_place(article, mentions, names, local, kind) for kind in ("teaser", "body")}

    def level(self, key: str) -> str:
        """Level of a known or local place."""
        return self.local[key].level if key in self.local else self.names.places[key].level

    def chain(self, key: str) -> Iterator[str]:
        """The place and what holds it, nearest first."""
        yield key
        container = self.local[key].container if key in self.local else None
        if container:
            yield container
            yield from self.names.ancestors(container)
        elif key not in self.local:
            yield from self.names.ancestors(key)

    def resolve(self, start: int, levels: tuple[str, ...]) -> str | None:
        """Key of the place, or None."""
        if levels == ("country",):
            return "cn" if "cn" in self.names.places else None
        sentence = self.article.sentence_at(start)
        segment = self.article.segment_at(start)
        at = bisect_right(self._starts, start)
        before = self.mentions[max(0, at - _FAR) : at]
        for mention in reversed(before):
            if sentence is None or mention.start < sentence.start:
                break
            if self.level(mention.place) in levels:
                return mention.place
        paragraph = self.article.text.rfind("\n", 0, start) + 1
        for level in levels:
            for mention in reversed(before):
                if mention.start < paragraph:
                    break
                if self.level(mention.place) == level:
                    return mention.place
        named = _CLASS_WORD.match(self.article.text, start)
        word = named[1].lower() if named else ""
        for mention in reversed(before) if word else ():  # "la préfecture": the place last called one
            called = self.article.text[mention.start : mention.end].lower()
            if not mention.collective and called.startswith(word) and self.level(mention.place) in levels:
                return mention.place
        main = self._main["teaser" if segment is not None and segment.kind == "teaser" else "body"]
        if segment is not None and segment.kind == "teaser":
            inside = self.mentions[bisect_left(self._starts, segment.start) : bisect_left(self._starts, segment.end)]
            main = inside[0].place if inside else main
        for level in levels:
            for key in self.chain(main) if main else ():
                if self.level(key) == level:
                    return key
        for level in levels:
            for mention in [*reversed(before), *self.mentions[at : at + _FAR]]:
                if self.level(mention.place) == level:
                    return mention.place
        for mention in reversed(before):
            for key in self.chain(mention.place):
                if self.level(key) in levels:
                    return key
        return None


def main_place(
    article: Article, mentions: Sequence[PlaceMention], names: PlaceNames, local: dict[str, LocalPlace], kind: str = "body"
) -> str | None:
    """The place the article (or its teasers) is about: named in the title, else most often, the lead counting double; countries last."""
    weights: Counter[str] = Counter()
    lead = next((sentence for sentence in article.sentences if article.segments[sentence.segment].kind == "body"), None)
    headed, leading = False, ""
    titled = any(segment.kind == "title" for segment in article.segments)
    for mention in mentions:
        if mention.rule.endswith(("+object", "+organisation")):
            continue
        segment = article.segment_at(mention.start)
        where = segment.kind if segment is not None else "body"
        if (where == "teaser") != (kind == "teaser") or where in ("boilerplate",):
            continue
        weight = {"title": 6, "dateline": 1}.get(where, 1)
        if where == "body" and segment is not None and mention.start - segment.start < 250:
            weight = 2
        if mention.rule.endswith("+authority"):
            weight += 1
        if lead is not None and not headed and lead.start <= mention.start < lead.end:
            headed = True
            if mention.start - lead.start < 8:
                weight += 2 if titled else 6
                leading = mention.place
        weights[mention.place] += 5 * weight
        for container in (
            *filter(None, [local[mention.place].container if mention.place in local else None]),
            *(names.ancestors(mention.place) if mention.place in names.places else ()),
        ):
            if names.places[container].level != "country":
                weights[container] += 2 * weight
    if not weights:
        return None

    def rank(key: str) -> tuple[bool, bool, int]:
        country = key in names.places and names.places[key].level in ("country", "city", "region")
        small = key in local or (key in names.places and names.places[key].admin_level in ("township", "village"))
        return (country, small and weights[key] < 40 and (titled or key != leading), -weights[key])

    return min(weights, key=rank)


def _entities(article: Article, mentions: Sequence[PlaceMention], names: PlaceNames, local: dict[str, LocalPlace]) -> list[Entity]:
    forms: dict[str, list[str]] = {}
    collective: dict[str, list[str]] = {}
    for mention in mentions:
        (collective if mention.collective else forms).setdefault(mention.place, []).append(article.text[mention.start : mention.end])
    order = dict.fromkeys(mention.place for mention in mentions)
    out = []
    for key in order:
        written = list(dict.fromkeys([*forms.get(key, []), *collective.get(key, [])]))
        if key in local:
            place = local[key]
            out.append(Entity(f"place/{key}", "place", written[0], tuple(written[1:]), place.labels, place.container, None, place.kind))
            continue
        known = names.places[key]
        container = next((c for c in names.ancestors(key) if names.places[c].gazetteer), None)
        out.append(
            Entity(
                f"place/{key}",
                "place",
                written[0] if key in forms else known.name_en,
                tuple(written[1:] if key in forms else written),
                tuple((tag, name) for tag, name in known.names if name),
                container,
                key if known.gazetteer else None,
                known.admin_level or known.level,
            )
        )
    return out
