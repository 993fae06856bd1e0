"""Reading one article: bytes to repaired, segmented text with the way back."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.articles.article import Article, SourceText
from kg.articles.decode import decode
from kg.articles.find import SUFFIXES, sidecar_of
from kg.articles.language import SUPPORTED, UNKNOWN, detect_language
from kg.articles.metadata import read_metadata
from kg.articles.repair import is_damage, repair
from kg.articles.script import chinese_script, to_simplified
from kg.articles.segments import find_segments
from kg.articles.sentences import find_sentences
from kg.articles.sidecar import Sidecar, read_sidecar
from kg.errors import ArticleError

MAX_BYTES = 20 * 1024 * 1024
"""Largest article that is read; a longer file is no news article and would starve the others of memory."""


def read_article(path: Path, sidecar: Path | None = None) -> Article:
    """Read ``NAME.txt``, ``NAME.html`` or ``NAME.htm``; ``sidecar`` is by default ``NAME.jsonld`` beside it, if it is there.

    ``Article.language`` is ``fr``, ``zh`` or ``en``, or ``und`` when the text is in none of them or too short to tell: such an
    article is read and segmented, but nothing should be extracted from it.

    Raises ArticleError, naming file and remedy, when the file is missing, empty, binary, in no readable encoding, larger than
    MAX_BYTES or of another kind, and when its sidecar cannot be used.
    """
    where = str(path)
    if path.suffix.lower() not in SUFFIXES:
        raise ArticleError(f"the ending {path.suffix!r} is none of an article", where=where, remedy=f"give {', '.join(SUFFIXES)} files")
    beside = sidecar if sidecar is not None else sidecar_of(path)
    raw = _read(path)
    extra = _read(beside) if beside is not None else None
    html = path.suffix.lower() != ".txt"
    return _build(path.stem, path.name, raw, html, extra, where, str(beside))


def read_source(name: str, file: str, raw: bytes, *, html: bool = False, sidecar: bytes | None = None) -> Article:
    """The same from bytes: ``name`` and ``file`` as in :class:`kg.articles.Article`, ``sidecar`` the JSON-LD's bytes.

    Raises ArticleError as :func:`read_article` does, with ``file`` as the place.
    """
    return _build(name, file, raw, html, sidecar, file, f"sidecar of {file}")


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _too_large(size, str(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise ArticleError("there is no such file", where=str(path), remedy="check the path") from None
    except OSError as error:
        raise ArticleError(f"cannot be read: {error.strerror}", where=str(path), remedy="check the file and its permissions") from None


def _too_large(size: int, where: str) -> ArticleError:
    return ArticleError(
        f"the file has {size / 2**20:.1f} MB; the limit is {MAX_BYTES // 2**20} MB",
        where=where,
        remedy="split it into its articles",
    )


def _build(name: str, file: str, raw: bytes, html: bool, sidecar: bytes | None, where: str, sidecar_where: str) -> Article:
    if len(raw) > MAX_BYTES:
        raise _too_large(len(raw), where)
    said = read_sidecar(sidecar, sidecar_where) if sidecar is not None else Sidecar()
    text, encoding = decode(raw, where)
    text_sha256, origin = None, "sidecar"
    if html:
        from kg.articles.html import extract_html

        origin = "sidecar" if said.published else "line"
        text, said = extract_html(text, said, where)
        text_sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    source = SourceText(raw, hashlib.sha256(raw).hexdigest(), encoding, text, text_sha256)
    language = detect_language(text)
    if language == UNKNOWN and said.language in SUPPORTED and len(text) < 200:
        language = said.language or UNKNOWN  # too short to tell: the sidecar is believed
    script = chinese_script(text) if language == "zh" else "Latn"
    revision = repair(text, language)
    title = to_simplified(said.title) if said.title and language == "zh" else said.title
    segments = find_segments(revision.text, title)
    repairs = tuple(sorted(revision.repairs, key=lambda event: (event.start, event.end, event.rule)))
    return Article(
        name=name,
        file=file,
        source=source,
        text=revision.text,
        offsets=revision.offset_map(),
        repairs=repairs,
        segments=segments,
        sentences=find_sentences(revision.text, segments, language),
        language=language,
        script=script,
        metadata=read_metadata(revision.text, segments, said, origin),
        damaged=any(is_damage(event) for event in repairs),
    )
