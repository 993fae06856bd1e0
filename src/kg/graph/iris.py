"""Every IRI that DEK mints, in one place: ``{base}ontology#Term``, ``{base}id/{kind}/{key}``, ``{base}graph/{name}``.

Keys are made of what stays the same when rules and lexicons are mended: a statement's of document and span, an entity's of its
gazetteer key or of kind, normalised name and container. The same input gives the same IRIs on every build.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from pypinyin import lazy_pinyin

from kg.settings import Settings

DOCUMENT_DIGITS = 12
"""How many hexadecimal digits of a document's SHA-256 name it."""
SLUG_LENGTH = 40
_UNSAFE = re.compile(r"[^a-z0-9]+")
_QUOTES = re.compile("[\"'«»‹›“”„‘’《》〈〉「」『』]")
_SPACES = re.compile(r"\s+")
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def normalised_name(name: str) -> str:
    """A name for comparison: compatibility forms folded (NFKC), case folded, quotation marks dropped, white space single."""
    return _SPACES.sub(" ", _QUOTES.sub("", unicodedata.normalize("NFKC", name)).casefold()).strip()


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """A readable ASCII key: Chinese as pinyin, accents dropped, words joined by ``-``, at most SLUG_LENGTH characters, cut at a word.

    Empty when nothing of the text can be written in ASCII. Not unique: add a hash where it must be.
    """
    if _HAN.search(text):
        text = " ".join(lazy_pinyin(text))
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss"))
    words = _UNSAFE.sub("-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")
    if len(words) <= SLUG_LENGTH:
        return words
    cut = words[: SLUG_LENGTH + 1]
    return (cut.rsplit("-", 1)[0] if "-" in cut else cut)[:SLUG_LENGTH]


def digest(*parts: str) -> str:
    """Eight hexadecimal digits that stand for ``parts`` (SHA-256 of them, each ended by a unit separator)."""
    return hashlib.sha256("".join(part + "\x1f" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _key(text: str) -> str:
    """A table's key as a path segment."""
    return quote(text, safe="-._~!$&'()*+,;=:@")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs below one base, which ends in a slash. Methods whose name is a kind of thing give the IRI of one such thing."""

    base: str

    @classmethod
    def of(cls, settings: Settings) -> Iris:
        """The minter for these settings."""
        return cls(settings.base)

    def term(self, name: str) -> str:
        """A class or property of our ontology."""
        return f"{self.base}ontology#{name}"

    def graph(self, name: str) -> str:
        """A curated or computed graph: ontology, scheme, gazetteer, alignment, reconciliation, derived, meta."""
        return f"{self.base}graph/{name}"

    def source_graph(self, document: str) -> str:
        """The graph of one source; ``document`` is the document's key."""
        return f"{self.base}graph/source/{document}"

    def id(self, kind: str, key: str) -> str:
        """``{base}id/{kind}/{key}``; the key of a table is percent-encoded where needed."""
        return f"{self.base}id/{kind}/{_key(key)}"

    @staticmethod
    def document_key(sha256: str) -> str:
        """The key of a document: the first DOCUMENT_DIGITS digits of its hash."""
        return sha256[:DOCUMENT_DIGITS]

    def document(self, document: str) -> str:
        """A source document by its key."""
        return self.id("document", document)

    def passage(self, document: str, start: int, end: int) -> str:
        """A span of the source text."""
        return self.id("passage", f"{document}-{start}-{end}")

    def measurement(self, document: str, start: int, end: int, reading: int) -> str:
        """A measurement: document, span of its quote, number of the reading of that span. Nothing else, so that a link stays good."""
        return self.id("measurement", f"{document}-{start}-{end}-{reading}")

    def mention(self, document: str, start: int, end: int, entity: str) -> str:
        """A mention; ``entity`` is the IRI of what is named, whose kind tells apart two things named by one span."""
        return self.id("mention", f"{document}-{start}-{end}-{entity.removeprefix(self.base + 'id/').split('/', 1)[0]}-{digest(entity)}")

    def claim(self, document: str, start: int, end: int, subject: str, predicate: str, obj: str) -> str:
        """A claim: a sentence may make several, told apart by what they claim (``obj`` is an IRI or the literal)."""
        return self.id("claim", f"{document}-{start}-{end}-{predicate}-{digest(subject, predicate, obj)}")

    def repair(self, document: str, start: int, end: int, rule: str) -> str:
        """A repair of the span by the rule."""
        return self.id("repair", f"{document}-{start}-{end}-{slug(rule) or digest(rule)}")

    def period(self, start: str, end: str) -> str:
        """A period by first and last day as ISO text; an open end is written ``open``."""
        return self.id("period", f"{start or 'open'}_{end or 'open'}")

    def place(self, key: str) -> str:
        """A place of the gazetteer."""
        return self.id("place", key)

    def known(self, kind: str, key: str) -> str:
        """An entity that a table names."""
        return self.id(kind, key)

    def named(self, kind: str, name: str, container: str | None) -> str:
        """An entity known by its name only; ``container`` is the gazetteer key of the place it lies in."""
        normal = normalised_name(name)
        return self.id(kind, "-".join(filter(None, (slug(normal), digest(kind, normal, container or "")))))

    def government(self, place: str) -> str:
        """The government of a place, given the place's IRI."""
        return self.id("organisation", "government-of-" + place.rsplit("/", 1)[1])

    def indicator(self, key: str) -> str:
        """An indicator of the scheme."""
        return self.id("indicator", key)

    def candidate_indicator(self, normal: str) -> str:
        """An indicator minted from the words of an article; ``normal`` is their normalised form."""
        return self.id("indicator", "-".join(filter(None, ("candidate", slug(normal), digest(normal)))))

    def fact(self, *parts: str) -> str:
        """A cluster of measurements, named by what they have in common."""
        return self.id("fact", digest(*parts) + digest("fact", *parts))

    def finding(self, kind: str, *measurements: str) -> str:
        """A finding of a kind about these measurements."""
        return self.id("finding", f"{kind}-{digest(kind, *measurements)}{digest(*measurements)}")

    def derived(self, derivation: str, *measurements: str) -> str:
        """A measurement that we computed from these."""
        return self.id("measurement", f"{derivation}-{digest(derivation, *measurements)}{digest(*measurements)}")
