"""Content negotiation (RFC 9110 §12.5.1): which of our media types a client's Accept header asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.endpoint.formats import Format

_ELEMENT = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*")+')
_PARAMETER = re.compile(r'(?:[^";]|"(?:[^"\\]|\\.)*")+')
_QUALITY = re.compile(r"(?:0(?:\.\d*)?|1(?:\.0*)?)\Z")


@dataclass(frozen=True, slots=True)
class Range:
    """One media range of an Accept header with its quality in 0…1; parameters beside q are passed over."""

    type: str
    subtype: str
    quality: float

    def fits(self, media_type: str) -> int:
        """How closely it fits: 0 not at all, 1 ``*/*``, 2 ``type/*``, 3 exactly."""
        kind, _, sub = media_type.partition("/")
        if (self.type, self.subtype) == (kind, sub):
            return 3
        if self.type == kind and self.subtype == "*":
            return 2
        return 1 if (self.type, self.subtype) == ("*", "*") else 0


def parse_accept(header: str | None) -> list[Range]:
    """The ranges of an Accept header; a missing or empty one asks for anything. What cannot be read is passed over."""
    if header is None or not header.strip():
        return [Range("*", "*", 1.0)]
    ranges = []
    for element in _ELEMENT.findall(header):
        parts = [part.strip() for part in _PARAMETER.findall(element)]
        name, parameters = (parts[0], parts[1:]) if parts and not element.startswith(";") else ("", [])
        kind, slash, sub = name.lower().partition("/")
        if kind == "*" and not slash:  # some old clients write a bare star
            sub = "*"
        if not kind or not sub:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                quality = float(value) if _QUALITY.match(value.strip()) else 0.0
        ranges.append(Range(kind, sub, quality))
    return ranges


def quality(media_types: Iterable[str], ranges: Sequence[Range]) -> tuple[float, int]:
    """(quality, closeness) of the best of several names of one thing: for each name the closest range counts."""
    best = (0.0, 0)
    for name in media_types:
        closest = max(ranges, key=lambda entry: (entry.fits(name), entry.quality), default=None)
        if closest is not None and closest.fits(name):
            best = max(best, (closest.quality, closest.fits(name)))
    return best


def best_media_type(header: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the header likes best, the earlier one among equals; None if it takes none of them."""
    ranges = parse_accept(header)
    scored = [(quality((offer,), ranges)[0], -index) for index, offer in enumerate(offers)]
    value, index = max(scored, default=(0.0, 0))
    return offers[-index] if value > 0 else None


def best_format(header: str | None, offers: Sequence[Format]) -> Format | None:
    """The format that the header likes best; among equals one asked for by its own name, then the earlier one. None if none fits.

    An alias (``application/json`` for SPARQL results) counts like the name, unless the name itself was refused with q=0.
    """
    ranges = parse_accept(header)
    best: tuple[float, int, int] | None = None
    chosen: Format | None = None
    for index, offer in enumerate(offers):
        own = quality((offer.media_type,), ranges)
        if own[1] == 3 and own[0] == 0:
            continue
        aliases = [alias for alias in offer.aliases if quality((alias,), ranges)[1] == 3]
        value, closeness = max(own, quality(aliases, ranges)) if aliases else own
        score = (value, closeness, -index)
        if value > 0 and (best is None or score > best):
            best, chosen = score, offer
    return chosen
