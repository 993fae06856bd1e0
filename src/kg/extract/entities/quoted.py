"""Names in quotation marks: “智慧…”项目, projet « … », the “…” app. The head word beside the quotation marks says what is named.

A quoted stretch without a head is a name only where the words around it treat it as a thing (总投资, 注册用户, le « … »); speech, slogans
and figures of speech are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.extract.entities.candidate import Candidate
from kg.extract.entities.chinese import Ground
from kg.lexicon.entity_words import EntityHead, EntityWords

_CHINESE = re.compile(r"[“「『]([^“”「」『』。！？；\n]{2,24})[”」』]")
_LATIN = re.compile(r"«\s?([^«»\n]{2,110}?)\s?»|“([^“”\n]{2,110}?)”|\"([^\"\n]{2,110}?)\"")
_INSERT = re.compile(r"[\u4e00-\u9fff]{0,6}")
_SPEECH = re.compile(r"[,;:!?.…]$|[!?;…]|, ")
MAX_WORDS = 9


def find_quoted_chinese(ground: Ground, words: EntityWords) -> Iterator[Candidate]:
    """“X” + head, head inside the marks, head before them (项目“X”), or a cue that treats X as a thing."""
    heads = _by_length(words.heads["zh"])
    after, before = words.cue_types.get(("zh", "named_after"), {}), words.cue_types.get(("zh", "named_before"), {})
    text = ground.text
    for match in _CHINESE.finditer(text):
        core = match.span(1)
        content = match[1]
        head_after = _head_after(ground, heads, match.end())
        if head_after is not None:
            head, end = head_after
            rule = "quoted-head-after"
            yield Candidate(match.start(), end, head.type, head.kind, rule, 0.9, core=core)
            continue
        if len(content) > 20 or "，" in content:
            continue
        inside = next((head for head in heads if content.endswith(head.head) and len(content) > len(head.head)), None)
        if inside is not None and inside.modes - {"class", "title"}:
            yield Candidate(match.start(), match.end(), inside.type, inside.kind, "quoted-head-inside", 0.85, core=core)
            continue
        head_before = next(
            (head for head in heads if "quoted" in head.modes and len(head.head) > 1 and text.endswith(head.head, 0, match.start())), None
        )
        if head_before is not None:
            yield Candidate(match.start(), match.end(), head_before.type, head_before.kind, "quoted-head-before", 0.85, core=core)
            continue
        cue = _cue_type(after, before, text, match)
        if cue is not None and len(content) <= 10:
            yield Candidate(match.start(), match.end(), cue, "", "quoted-thing", 0.7, core=core)


def _head_after(ground: Ground, heads: tuple[EntityHead, ...], end: int) -> tuple[EntityHead, int] | None:
    """A head right after the quotation marks, or with up to six characters between that no wall divides."""
    for gap in range(7):
        at = end + gap
        if gap and (not "\u4e00" <= ground.text[at - 1 : at] <= "\u9fff" or ground.wall_at[at]):
            return None
        for head in heads:
            if "quoted" in head.modes and ground.text.startswith(head.head, at) and len(head.head) > (1 if gap else 0):
                finish = at + len(head.head)
                if gap and ground.text[finish : finish + 1] in head.not_before and finish < len(ground.text):
                    continue
                longer = next((h for h in heads if "quoted" in h.modes and ground.text.startswith(h.head, at + len(head.head))), None)
                if longer is not None and not gap:
                    return longer, at + len(head.head) + len(longer.head)
                return head, finish
    return None


def _cue_type(after: Mapping[str, str], before: Mapping[str, str], text: str, match: re.Match[str]) -> str | None:
    for cue, kind in after.items():
        if text.startswith(cue, match.end()):
            return kind
    for cue, kind in before.items():
        if text.endswith(cue, 0, match.start()):
            return kind
    return None


@lru_cache(maxsize=8)
def _by_length(heads: tuple[EntityHead, ...]) -> tuple[EntityHead, ...]:
    return tuple(sorted(heads, key=lambda head: -len(head.head)))


def is_title_like(content: str) -> bool:
    """Whether quoted Latin text looks like a name: a capital or digit first, few words, no punctuation of a sentence."""
    return (
        bool(content)
        and (content[0].isupper() or content[0].isdigit())
        and len(content.split()) <= MAX_WORDS
        and not _SPEECH.search(content)
    )


def latin_quotes(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Quoted stretches: span with the marks, span without."""
    for match in _LATIN.finditer(text):
        group = next(number for number in (1, 2, 3) if match[number] is not None)
        yield match.start(), match.end(), match.start(group), match.end(group)
