"""Bytes to text: byte order mark, then strict UTF-8, then strict GB18030, then cp1252; what is no text is refused."""

from __future__ import annotations

import codecs
import re

from kg.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = bytes(set(range(32)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B}) + b"\x7f"
_MOST_CONTROLS = 0.01
"""Largest share of control characters a text may hold; scrapes carry a stray one now and then."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_CJK = re.compile("[\u4e00-\u9fff]")
_REMEDY = "save it as UTF-8 text"


def decode(raw: bytes, where: str) -> tuple[str, str]:
    """``(text, encoding)`` of the bytes of the article named ``where``; a byte order mark is no part of the text.

    Raises ArticleError when the bytes are empty, binary or in no encoding DEK reads.
    """
    if not raw.strip():
        raise ArticleError("the file is empty", where=where, remedy="give the article's text, or remove the file")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = _strict(raw[len(mark) :], encoding)
            if text is None:
                raise ArticleError(f"the byte order mark says {encoding}, but the bytes are not", where=where, remedy=_REMEDY)
            if not text.strip():
                raise ArticleError("the file is empty", where=where, remedy="give the article's text, or remove the file")
            return _checked(text, where), encoding
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise ArticleError(f"this is {kind}, not text", where=where, remedy="export it as text or HTML")
    if raw.count(0):
        guess = _utf16(raw)
        if guess is None:
            raise ArticleError("this is binary data, not text", where=where, remedy="export it as text or HTML")
        return guess
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(raw):
        raise ArticleError("this is binary data, not text", where=where, remedy="export it as text or HTML")
    for encoding in ("utf-8", "gb18030", "cp1252"):
        text = _strict(raw, encoding)
        if text is not None and (encoding != "gb18030" or _is_chinese(text)):
            return text, encoding
    raise ArticleError("the bytes are neither UTF-8 nor GB18030 nor cp1252", where=where, remedy=_REMEDY)


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _SURROGATE.search(text) else text


def _checked(text: str, where: str) -> str:
    controls = sum(1 for character in text if character < " " and character not in "\t\n\v\f\r\x1b")
    if controls > _MOST_CONTROLS * len(text):
        raise ArticleError("this is binary data, not text", where=where, remedy="export it as text or HTML")
    return text


def _utf16(raw: bytes) -> tuple[str, str] | None:
    """UTF-16 that lost its mark: the zero bytes of Latin letters stand on one side only."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high > 0.2 * (len(raw) / 2) and low == 0:
            text = _strict(raw, encoding)
            if text is not None:
                return text, encoding
    return None


def _is_chinese(text: str) -> bool:
    """Whether a GB18030 reading makes sense: cp1252 French also decodes, into a few scattered rare characters.

    In Chinese prose characters stand in runs; in misread French each stands alone between Latin letters.
    """
    sample = text[:200_000]
    characters = len(_CJK.findall(sample))
    pairs = len(re.findall("[\u4e00-\u9fff](?=[\u4e00-\u9fff，。、：；])", sample))
    return characters > 0 and pairs >= 0.5 * characters
