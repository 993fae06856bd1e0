"""N-Quads as bytes: the form in which quads leave this room. One line a quad, sorted, each once.

Writing text is several times cheaper than building RDF objects, so this module writes text and takes care itself of what a library
would: IRIs are checked (each once, then remembered), literals escaped where they must be (canonical form, no escape beyond those needed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph.vocabulary import RDF_TYPE, RDFS_LABEL, XSD

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_ESCAPES = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}


@lru_cache(maxsize=65536)
def iri(value: str) -> str:
    """``<value>``. Raises KgError unless ``value`` is an absolute IRI (RFC 3987), as every parser of N-Quads will ask."""
    try:
        return str(ox.NamedNode(value))
    except ValueError:  # UnicodeEncodeError, for lone surrogates, is one too
        raise KgError(f"{value!r} is no absolute IRI", remedy="percent-encode spaces, quotes, braces and the like") from None


def literal(text: str, *, datatype: str | None = None, language: str | None = None) -> str:
    """A literal; ``datatype`` is an absolute IRI, ``language`` a BCP 47 tag, not both.

    Raises KgError for a malformed tag and for text with lone surrogates, which no encoding can carry.
    """
    escaped = _ESCAPED.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    try:
        escaped.encode()
    except UnicodeEncodeError as error:
        raise KgError(f"the text {text[:40]!r} holds a lone surrogate at {error.start}", remedy="decode the source correctly") from None
    if language is not None:
        if not _LANGUAGE.match(language):
            raise KgError(f"{language!r} is no language tag")
        return f'"{escaped}"@{language}'
    if datatype is not None:
        return f'"{escaped}"^^{iri(datatype)}'
    return f'"{escaped}"'


def decimal_text(value: Decimal) -> str:
    """The shortest plain decimal spelling: no exponent, no trailing zeros (stores rewrite any other spelling).

    Raises KgError for NaN and infinities.
    """
    if not value.is_finite():
        raise KgError(f"{value} is no finite number")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class GraphWriter:
    """Collects the triples of one named graph as N-Quads lines. Subjects, predicates and objects are IRIs unless a method says else."""

    def __init__(self, graph: str) -> None:
        self.graph = iri(graph)
        self._lines: set[str] = set()

    def add(self, subject: str, predicate: str, obj: str) -> None:
        """A triple whose object is an IRI."""
        self._lines.add(f"{iri(subject)} {iri(predicate)} {iri(obj)} {self.graph} .")

    def type(self, subject: str, class_: str) -> None:
        """``subject`` is a ``class_``."""
        self.add(subject, RDF_TYPE, class_)

    def text(self, subject: str, predicate: str, text: str, language: str | None = None) -> None:
        """A plain string, or a language-tagged one."""
        self._literal(subject, predicate, literal(text, language=language))

    def label(self, subject: str, text: str, language: str | None = None) -> None:
        """An ``rdfs:label``."""
        self.text(subject, RDFS_LABEL, text, language)

    def typed(self, subject: str, predicate: str, text: str, xsd: str) -> None:
        """A literal of the XML Schema datatype named ``xsd`` (``decimal``, ``dateTime`` …), in its canonical spelling."""
        self._literal(subject, predicate, literal(text, datatype=XSD + xsd))

    def decimal(self, subject: str, predicate: str, value: Decimal) -> None:
        """An ``xsd:decimal``."""
        self.typed(subject, predicate, decimal_text(value), "decimal")

    def integer(self, subject: str, predicate: str, value: int) -> None:
        """An ``xsd:integer`` (Oxigraph turns the narrower integer types into it, so we write nothing else)."""
        self.typed(subject, predicate, str(value), "integer")

    def _literal(self, subject: str, predicate: str, term: str) -> None:
        self._lines.add(f"{iri(subject)} {iri(predicate)} {term} {self.graph} .")

    def lines(self) -> Iterable[str]:
        """The lines so far, without line ends, in no order."""
        return self._lines

    def bytes(self) -> bytes:
        """All lines, sorted, each once, UTF-8."""
        return sorted_quads(self._lines)


def sorted_quads(lines: Iterable[str]) -> bytes:
    """The lines sorted by code point, each once, each with a line feed, as UTF-8. Empty input gives no bytes."""
    unique = sorted(set(lines))
    return ("\n".join(unique) + "\n").encode() if unique else b""


def merge(blobs: Iterable[bytes]) -> bytes:
    """N-Quads blobs without blank nodes as one sorted blob, each line once."""
    lines = sorted({line for blob in blobs for line in blob.splitlines()})
    return b"\n".join(lines) + b"\n" if lines else b""


def split_line(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Subject, predicate, object and graph of a line that this module wrote (terms parted by one space, graph given)."""
    subject, predicate, rest = line.split(b" ", 2)
    obj, graph, _ = rest.rsplit(b" ", 2)
    return subject, predicate, obj, graph
