"""The sidecar of an article: a schema.org NewsArticle as JSON-LD, read for what is known about the article itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kg.errors import ArticleError

_SURROGATE = re.compile("[\ud800-\udfff]")
_REMEDY = "correct the sidecar, or remove it"
_ARTICLE_TYPES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage", "CreativeWork", "Report")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says; ``None`` where it says nothing. ``language`` is the primary subtag, lower case."""

    title: str | None = None
    published: date | None = None
    language: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    license: str | None = None


def read_sidecar(raw: bytes, where: str) -> Sidecar:
    """Parse a sidecar; unknown properties are ignored.

    Raises ArticleError when it is no JSON, no object, or its ``datePublished`` is no ISO 8601 date.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError(f"the sidecar is not UTF-8 at byte {error.start}", where=where, remedy=_REMEDY) from None
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"the sidecar is no JSON: {error}", where=where, remedy=_REMEDY) from None
    if not isinstance(data, Mapping):
        raise ArticleError(f"the sidecar is a JSON {_kind(data)}, not an object", where=where, remedy=_REMEDY)
    node = _article_node(data)
    language = _text(node.get("inLanguage"))
    return Sidecar(
        title=_text(node.get("headline")) or _text(node.get("name")),
        published=_day(node.get("datePublished"), where),
        language=language.replace("_", "-").split("-")[0].lower() if language else None,
        publisher=_text(node.get("publisher")),
        author=_text(node.get("author")),
        url=_text(node.get("url")) or _text(node.get("@id")),
        license=_text(node.get("license")),
    )


def _article_node(data: Mapping[str, object]) -> Mapping[str, object]:
    graph = data.get("@graph")
    if isinstance(graph, list):
        nodes = [node for node in graph if isinstance(node, Mapping)]
        for node in nodes:
            kinds = node.get("@type")
            if any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return node
    return data


def _text(value: object) -> str | None:
    """The text of a string, of a node's name or value, or of the members of a list."""
    if isinstance(value, str):
        return " ".join(_SURROGATE.sub("\ufffd", value).split()) or None
    if isinstance(value, Mapping):
        for key in ("name", "@value", "@id"):
            if isinstance(value.get(key), str):
                return _text(value[key])
        return None
    if isinstance(value, list):
        parts = [part for part in map(_text, (item for item in value if not isinstance(item, list))) if part]
        return ", ".join(parts) or None
    return None


def _day(value: object, where: str) -> date | None:
    if isinstance(value, Mapping):
        value = value.get("@value")
    if value is None or value == "":
        return None
    if isinstance(value, str):
        for parse in (date.fromisoformat, lambda text: datetime.fromisoformat(text).date()):
            try:
                return parse(value.strip())
            except ValueError:
                continue
    raise ArticleError(
        f"datePublished holds {json.dumps(value, ensure_ascii=False)[:80]}, which is no date",
        where=where,
        remedy="write it as YYYY-MM-DD, or leave it out",
    )


def _kind(data: object) -> str:
    return {list: "array", str: "string", bool: "boolean", int: "number", float: "number"}.get(type(data), "null")
