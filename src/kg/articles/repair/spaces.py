"""White space and invisible characters: variants, so the map moves but nothing is recorded.

Zero-width and control characters vanish, line ends become ``\\n``, every other space becomes U+0020 in its place.
"""

from __future__ import annotations

import re

from kg.articles.offsets import Edit

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_DROPPED = re.compile(f"\r(?=\n)|[{_INVISIBLE}{_PRIVATE}{_CONTROL}\U000e0000-\U000e0fff]+")
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_LINE_ENDS = dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")


def find_dropped(text: str) -> list[Edit]:
    """Edits that drop what cannot be seen: zero-width, bidirectional and control characters, the CR of CR LF."""
    return [Edit(match.start(), match.end(), "", "invisible", 1.0, variant=True) for match in _DROPPED.finditer(text)]


def plain_spaces(text: str) -> str:
    """Every kind of space as U+0020 and every kind of line end as LF, one for one."""
    return text.translate(_SPACES | _LINE_ENDS)
