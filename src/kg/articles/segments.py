"""Which part of a page each line belongs to: title, dateline, body, teasers, captions, boilerplate.

Lines are told apart by cue words (``data/cues.csv``), their place and their shape. What cannot be told stays body: text is never
lost to a guess. Every line that is not blank lies in exactly one segment; neighbouring body lines are one segment, a dateline in
front of a sentence (``LHASA, 14 août 2021 --``, ``本报拉萨8月2日电（记者 …）``) holds only its own characters, and each related
article is a teaser of its own with its own date. Lines that credit (``Source : …``, ``(Rédactrice : …)``, ``责任编辑：…``) are
boilerplate, from which :mod:`kg.articles.metadata` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.articles.article import Segment
from kg.articles.cues import cues
from kg.articles.dates import month_names, page_dates

_LEAD = re.compile(r"[\s•·●■◆▶►➤*\-–—>»“\"'(（\[【]*")
_BULLET = re.compile(r"\s*(?:[•·●■◆▶►➤]|[-*–] |[0-9]{1,2}[.、] )")
_SENTENCE_END = re.compile(r"[.!?…](?=[\s»”\"')]|$)|[。！？…](?=.|$)")
_FRAME = " :：>»-()（）[]【】"
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_SEPARATOR = re.compile(r" ?[|｜>＞»/] ?| {2,}| · ")
_LONG = 300
"""A line this long (Chinese counts double) with two sentence ends is prose, whatever stands above it."""
_SHORT = 120
"""No title, date line or credit is longer (Chinese counts double)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it: clean offsets without the white space around it."""

    start: int
    end: int
    text: str
    after_blank: bool

    @property
    def size(self) -> int:
        """Length with a Chinese character counted as two Latin ones."""
        return len(self.text) + len(_HAN.findall(self.text))

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends at the end of the line (a closing quote or bracket may follow)."""
        return bool(re.search(r"[.!?。！？…;；]['»”’\")）\]】]*$", self.text))

    @property
    def sentences(self) -> int:
        """How many sentence ends the line holds."""
        return len(_SENTENCE_END.findall(self.text))


def find_segments(text: str, title: str | None = None) -> tuple[Segment, ...]:
    """The segments of a clean text, ascending, not overlapping. ``title`` is the sidecar's headline, if known."""
    lines = list(_lines(text))
    kinds = _kinds(lines, title)
    return tuple(_segments(text, lines, kinds))


def _lines(text: str) -> Iterator[Line]:
    position, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            yield Line(start, start + len(stripped), stripped, blank)
        blank = not stripped
        position += len(raw) + 1


def _kinds(lines: list[Line], title: str | None) -> list[str]:
    """The kind of every line; ``teaser+`` is a line that continues the teaser above it."""
    kinds: list[str] = []
    zone, titled, heading_title, bulleted = "head", False, None, False
    wanted = _key(title) if title else None
    for index, line in enumerate(lines):
        kind = _of_itself(line, zone)
        if kind == "teaser-list":
            zone, kind = "teaser", "boilerplate"
        elif kind == "block-list":
            zone, kind = ("block" if zone != "head" else "head"), "boilerplate"
        elif kind is None and zone in ("teaser", "block") and _is_prose(line, lines, index):
            zone, kind = "body", "body"
        elif kind is None and zone == "teaser":
            if kinds[-1] == "boilerplate":
                bulleted = bool(_BULLET.match(line.text))
            kind = "teaser" if _begins_teaser(line, lines[index - 1], kinds[-1], bulleted) else "teaser+"
        elif kind is None and zone == "block":
            kind = "boilerplate"
        elif kind is None and zone == "head":
            if not titled and _is_title(line, lines, index, wanted):
                kind, titled, heading_title = "title", True, _key(line.text)
            elif titled and _key(line.text) == heading_title:
                kind = "title"
            elif is_dateline(line.text) or cues().byline.fullmatch(line.text):
                kind = "dateline"
            else:
                kind, zone = "body", "body"
        elif kind is None:
            kind = "boilerplate" if _is_tail_date(line, lines, index) else "body"
        kinds.append(kind)
    return kinds


def _of_itself(line: Line, zone: str) -> str | None:
    """The kind a line has by its own words, or None."""
    words, known = _LEAD.sub("", line.text, count=1), cues()
    if not re.search(r"\w", line.text):
        return "boilerplate"
    for name, pattern in (("teaser", known.teaser), ("block", known.block)):
        match = pattern.match(words)
        if match and line.size <= _SHORT:
            rest = words[match.end() :].strip(_FRAME)
            if not rest:
                return "boilerplate" if zone == "head" else f"{name}-list"
            if name == "teaser" and re.search("[:：]", match["colon"]) and zone != "head":
                return "teaser"
            if name == "block" and re.fullmatch(r"[\d\s]+", rest):
                return "block-list"
    if known.caption_start.match(line.text) or known.caption_start.match(words):
        return "caption"
    if re.search(r"(?:\s|[】）)])摄[）)]?$", line.text) and line.sentences < 2:
        return "caption"
    labelled = known.publisher.match(words) or known.date.match(words)
    if labelled and line.size <= _SHORT and zone == "head" and not line.ends_sentence:
        return "dateline"
    if known.author.match(words) and line.size <= _SHORT // 2 and not line.ends_sentence:
        return "boilerplate"
    if known.boilerplate_start.match(line.text) or known.boilerplate_start.match(words):
        if zone == "head" and line.size <= _SHORT and is_dateline(line.text):
            return "dateline"
        return "boilerplate"
    sentence = line.sentences > 0 and line.size > 20
    if not sentence and line.size <= _SHORT and known.short_start.match(words):
        return "boilerplate"
    if line.sentences == 0 and known.footer.search(line.text):
        return "boilerplate"
    if _is_navigation(line):
        return "boilerplate"
    if _is_credit(line.text) and (zone != "head" or not line.ends_sentence):
        return "boilerplate"
    return None


def _is_credit(text: str) -> bool:
    """A bracketed line about who made the article: ``(Rédactrice : …)``, ``（记者 王兰 实习生 李青）``."""
    return bool(re.fullmatch(r"[（(\[【][^（）()。\n]{1,80}[）)\]】]", text)) and bool(cues().author.search(text))


def _is_navigation(line: Line) -> bool:
    """Many short items with separators between them and no sentence."""
    if line.sentences or not 8 <= len(line.text) <= 400:
        return False
    items = [item for item in _SEPARATOR.split(line.text) if item]
    bars = len(re.findall(r"[|｜>＞]", line.text))
    return bars >= 2 and len(items) >= 3 and sum(map(len, items)) / len(items) <= (8 if _HAN.search(line.text) else 25)


def _is_title(line: Line, lines: list[Line], index: int, wanted: str | None) -> bool:
    if index + 1 >= len(lines):
        return False  # the only text there is: better a body without a title than the reverse
    if wanted and _key(line.text) == wanted:
        return True
    following = lines[index + 1]
    if not following.after_blank and following.text[0].islower() and not is_dateline(following.text):
        return False  # the sentence goes on: a text broken into lines of one width
    if line.size > 180 or is_dateline(line.text) or inline_dateline(line.text):
        return False
    return not re.search(r"[.。;；,，、:：]['»”’\")）】]*$", line.text)


def _key(text: str) -> str:
    """Letters and digits only, so that spelling of spaces and marks does not matter in a comparison."""
    return re.sub(r"[\W_]", "", text).lower()


def is_dateline(text: str) -> bool:
    """Whether a line tells only date, time, source and the like: a date with year and hardly a word beside labels."""
    if len(text) + len(_HAN.findall(text)) > _SHORT or re.search(r"[。！？.!?]['»”’)）]*$", text):
        return False
    found = list(page_dates(text))
    if not found:
        return False
    rest = text
    for page_date in reversed(found):
        rest = rest[: page_date.start] + " " + rest[page_date.end :]
    if cues().publisher.search(rest) or cues().date.search(rest) or cues().author.search(rest):
        return True
    words = re.findall(r"[^\W\d_]+", rest)
    return len(_HAN.findall(rest)) <= 12 if _HAN.search(rest) else len(words) <= 6


def _is_tail_date(line: Line, lines: list[Line], index: int) -> bool:
    """A date line below the text, with nothing but other ends of the page after it."""
    return index + 1 >= len(lines) - 2 and is_dateline(line.text)


def _is_prose(line: Line, lines: list[Line], index: int) -> bool:
    """A paragraph of the article again, after a list of links in its midst."""
    following_date = index + 1 < len(lines) and _is_date_only(lines[index + 1].text)
    return line.size >= _LONG and line.sentences >= 2 and not following_date and not _BULLET.match(line.text)


def _is_date_only(text: str) -> bool:
    found = next(page_dates(text), None)
    return found is not None and found.end - found.start >= len(text.strip("()[]（）【】 ")) - 2


def _begins_teaser(line: Line, above: Line, kind_above: str, bulleted: bool) -> bool:
    """A new item of the list: a bullet, or what follows a finished item."""
    if not kind_above.startswith("teaser") or _BULLET.match(line.text):
        return True
    if _is_date_only(line.text):
        return False
    if _is_date_only(above.text) or (list(page_dates(above.text)) and not _BULLET.match(above.text)):
        return True
    if not bulleted and not above.ends_sentence and not line.ends_sentence and max(line.size, above.size) <= _SHORT:
        return _key(line.text) != _key(above.text)  # a plain list of headlines
    return line.after_blank and above.ends_sentence and not line.ends_sentence


@cache
def _inline() -> tuple[re.Pattern[str], ...]:
    months = month_names()
    place = r"[A-ZÀ-ÖØ-Þ][\w'.-]{0,30}(?: [\w'.-]{1,30}){0,4}"
    day = rf"(?:(?:le )?[0-3]?[0-9](?:er)? (?:{months})|(?:{months})\.? [0-3]?[0-9])(?:,? (?:19|20)[0-9]{{2}})?"
    agency = r"\([^()\n]{2,40}\)"
    dash = r"(?:--+|—+|–|-)"
    bracket = r"(?:[（(][^（）()\n]{1,60}[）)])"
    ends = r"(?=[ ：:（(【]|记者|$)[ ：:]*"  # 8月2日电力… is no dateline
    house = r"(?:本报|本网|本台|本刊|本社)"
    return (
        re.compile(rf"{place}(?: ?, {place}){{0,2}} ?, {day}(?: {agency})? ?{dash} "),
        re.compile(rf"{place}(?: ?, {place}){{0,2}} {agency} ?{dash} "),
        re.compile(rf"\(?{place}(?:/{place})?, {day}\)? ?{dash} "),
        re.compile(rf"[^\s，。！？；：、\n][^，。！？；：\n]{{0,24}}?[0-3]?[0-9]日(?:电|讯|消息)(?:题)?(?:{bracket}[ ：:]*|{ends})"),
        re.compile(rf"(?:{house}|[^\s，。！？；：\n]{{2,8}}(?:网|社|报))[^\s，。！？；：\n]{{0,8}}?讯(?:{bracket}[ ：:]*|{ends})"),
        re.compile(rf"【[^【】\n]{{0,12}}(?:讯|电|消息)】{bracket}?[ ：]*"),
        re.compile(r"[（(](?:本报|本网|新华社|中新社)?(?:记者|通讯员)[^（）()\n]{1,50}[）)][ ：]*"),
    )


def inline_dateline(text: str) -> str | None:
    """The dateline in front of a paragraph, white space after it excluded; None when the paragraph has none."""
    for pattern in _inline():
        match = pattern.match(text)
        if match and match.end() < len(text):
            return match[0].rstrip()
    return None


def _segments(text: str, lines: list[Line], kinds: list[str]) -> Iterator[Segment]:
    kind, start, end, prefixes = "", 0, 0, 0
    for line, found in zip(lines, kinds, strict=True):
        prefix = inline_dateline(line.text) if found == "body" and prefixes < 2 else None
        continued = (found == "body" and kind == "body" and not prefix) or (found == "teaser+" and kind == "teaser")
        if continued:
            end = line.end
            continue
        if kind:
            yield _segment(text, kind, start, end)
        kind, start, end = found.rstrip("+"), line.start, line.end
        if found == "body":
            prefixes += 1
        if prefix:
            yield Segment("dateline", start, start + len(prefix))
            start += len(prefix)
            start += len(text[start:end]) - len(text[start:end].lstrip())
    if kind:
        yield _segment(text, kind, start, end)


def _segment(text: str, kind: str, start: int, end: int) -> Segment:
    return Segment(kind, start, end, _own_date(text, start, end) if kind == "teaser" else None)


def _own_date(text: str, start: int, end: int) -> date | None:
    """A related article's date: alone on its line, or at the very end or start of one."""
    for found in page_dates(text, start, end):
        before = text[text.rfind("\n", 0, found.start) + 1 : found.start].strip(" •·-()（）[]")
        rest = text[found.end : end].split("\n", 1)[0].strip(" ()（）[]")
        if not before or not rest:
            return found.day
    return None
