"""One form for characters that come full and half width: variants, one for one, nothing is recorded.

Everywhere: full-width ASCII letters, digits and signs (％ ＋ ．) become ASCII. In Chinese text punctuation takes the full-width
form ``，：；（）！？“”`` wherever it stands next to Chinese; inside numbers, times and Latin words (``1,229``, ``10:42``) it stays.
In text in Latin letters the typographic apostrophe becomes ``'``.
"""

from __future__ import annotations

import re

_ASCII = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord("﹪"): "%",
    ord("￥"): "¥",
    ord("−"): "-",
    ord("‐"): "-",
    ord("‑"): "-",
}
_KEPT = dict.fromkeys(map(ord, "，：；（）！？"))
_TO_ASCII = {code: new for code, new in _ASCII.items() if code not in _KEPT}
_CORNERS = str.maketrans("「」『』﹁﹂﹃﹄", "“”‘’“”‘’")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_NEIGHBOUR = f"{_HAN}，。；：！？（）《》〈〉“”‘’、…—【】％%"
_MARKS = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_MARK = re.compile(f"(?<=[{_NEIGHBOUR}])[,:;!?](?!//)|[,:;!?](?=[{_NEIGHBOUR}])(?<![0-9A-Za-z] [,:;!?])|(?<=[A-Za-z]),(?=[0-9])")
_OPEN = re.compile("[()]")
_FULL_IN_NUMBER = re.compile("(?<=[0-9])[，：](?=[0-9]{2,3}(?![0-9]))")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’ʼ＇](?=[^\W\d_])")


def plain_width(text: str) -> str:
    """Full-width ASCII letters, digits and signs as ASCII; same length."""
    return text.translate(_TO_ASCII)


def latin_marks(text: str) -> str:
    """Typographic apostrophes between letters as ``'``; same length."""
    return _APOSTROPHE.sub("'", text)


def chinese_marks(text: str) -> str:
    """Chinese punctuation in its full-width form, quotation marks as ``“”‘’``; same length."""
    return _MARK.sub(lambda match: _MARKS[match[0]], _brackets(text.translate(_CORNERS)))


def _brackets(text: str) -> str:
    """Both brackets of a pair full-width when either touches Chinese; a pair is never mixed."""
    found = [match.start() for match in _OPEN.finditer(text)]
    if not found:
        return text
    stack: list[int] = []
    changed: list[int] = []
    for position in found:
        if text[position] == "(":
            stack.append(position)
            continue
        ends = [stack.pop(), position] if stack else [position]
        if any(_touches(text, end) for end in ends):
            changed.extend(ends)
    changed.extend(position for position in stack if _touches(text, position))
    pieces: list[str] = []
    last = 0
    for position in sorted(changed):
        pieces += text[last:position], "（" if text[position] == "(" else "）"
        last = position + 1
    return "".join(pieces) + text[last:]


_NEAR = re.compile(f"[{_NEIGHBOUR}]")


def _touches(text: str, position: int) -> bool:
    return bool((position and _NEAR.match(text[position - 1])) or (position + 1 < len(text) and _NEAR.match(text[position + 1])))
