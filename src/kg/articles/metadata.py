"""What is known about the article itself: the sidecar first, then the page's own lines, then words in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.articles.article import Metadata, Segment
from kg.articles.cues import cues
from kg.articles.dates import page_dates
from kg.articles.segments import inline_dateline
from kg.articles.sidecar import Sidecar

_VALUE = re.compile(r"[^\s，。；：|｜()（）【】\[\]][^，。；|｜()（）【】\[\]\n]{0,60}")
_MASTHEAD = re.compile("([\u4e00-\u9fff]{2,15}[报网社台刊]) ")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


def read_metadata(text: str, segments: Sequence[Segment], sidecar: Sidecar, origin: str = "sidecar") -> Metadata:
    """Metadata of a clean text; see :class:`kg.articles.Metadata` for where ``published`` may come from.

    ``origin`` says where the date in ``sidecar`` was read: there, or (``line``) on the HTML page itself.
    """
    published, published_from = sidecar.published, origin if sidecar.published else None
    if published is None:
        published, published_from = _published(text, segments)
    return Metadata(
        title=sidecar.title or next((text[part.start : part.end] for part in segments if part.kind == "title"), None),
        published=published,
        published_from=published_from,
        publisher=sidecar.publisher or _labelled(text, segments, "publisher"),
        url=sidecar.url,
        license=sidecar.license or _labelled(text, segments, "licence"),
        author=sidecar.author or _labelled(text, segments, "author"),
    )


def _published(text: str, segments: Sequence[Segment]) -> tuple[date | None, str | None]:
    for part in segments:
        if part.kind != "dateline":
            continue
        found = next(page_dates(text, part.start, part.end), None)
        if found:
            inline = inline_dateline(text[part.start : part.end] + " x")
            return found.day, "dateline" if inline else "line"
    body_seen = False
    for part in segments:
        body_seen = body_seen or part.kind == "body"
        if part.kind == "boilerplate":
            labelled = cues().date.search(text, part.start, part.end) or cues().publisher.search(text, part.start, part.end)
            found = next(page_dates(text, part.start, part.end), None)
            if found and (labelled or found.start == part.start):
                return found.day, "line"
        if part.kind == "teaser":
            break
    for part in segments:
        if part.kind == "body":
            for match in cues().date_text.finditer(text, part.start, part.end):
                found = next(page_dates(text, match.end(), min(match.end() + 40, part.end)), None)
                if found and found.start - match.end() <= 3:
                    return found.day, "text"
    return None, None


def _labelled(text: str, segments: Sequence[Segment], what: str) -> str | None:
    """The value after a label in a date line, credit or caption; the first one wins."""
    pattern = {"publisher": cues().publisher, "author": cues().author, "licence": cues().licence}[what]
    for part in segments:
        if part.kind not in ("dateline", "boilerplate"):
            continue
        for match in pattern.finditer(text, part.start, part.end):
            value = _VALUE.match(text, match.end(), part.end)
            if value:
                cleaned = _cut(value[0])
                if cleaned:
                    return cleaned
    if what == "author":
        return _reporter(text, segments)
    return _masthead(text, segments) if what == "publisher" else None


def _masthead(text: str, segments: Sequence[Segment]) -> str | None:
    """A paper's or site's name in front of the date of a date line: ``示例商报 2022年9月15日 第3版``."""
    for part in segments:
        match = _MASTHEAD.match(text, part.start, part.end) if part.kind == "dateline" else None
        if match and next(page_dates(text, match.end(), part.end), None):
            return match[1]
    return None


def _reporter(text: str, segments: Sequence[Segment]) -> str | None:
    for part in segments:
        if part.kind == "dateline":
            match = re.search(r"记者 ?([^（）()，。：\n]{2,30})", text[part.start : part.end])
            if match:
                return match[1].strip()
    return None


def _cut(value: str) -> str:
    """The value up to the next label, date, number of a licence or wide gap."""
    value = re.split(r" {2,}|\t", value.strip())[0]
    if _HAN.search(value):
        value = value.split(" ")[0] if re.search(r" \S{0,8}：?", value) and not re.search("[A-Za-z]", value) else value
        value = re.split(r"[^\s]{0,2}(?:ICP|公网安备)", value)[0]
    found = next(page_dates(value), None)
    if found:
        value = value[: found.start]
    return value.strip(" :：-–—,，")
