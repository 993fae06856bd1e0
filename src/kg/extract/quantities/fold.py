"""One character for one: the form of a text that the tables are matched against, with the offsets of the text itself."""

from __future__ import annotations

SPACES = "\u00a0\u202f\u2009\u2007\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000\t"
TABLE = str.maketrans(
    {
        **dict.fromkeys(SPACES, " "),
        **dict.fromkeys("\u2019\u2018\u02bc\uff07\u00b4", "'"),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "\uff05": "%",
        "\ufe6a": "%",
        "\uff0e": ".",
        "\uff0b": "+",
        "\uff1a": ":",
        "\u2236": ":",
        "\uff08": "(",
        "\uff09": ")",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
        "\u3007": "〇",
        "\u25cb": "〇",
    }
)


def fold(text: str) -> str:
    """``text`` with variants of space, apostrophe, hyphen, digit, percent sign and bracket made one; the length is unchanged."""
    return text.translate(TABLE)


def lower(text: str) -> str:
    """``text`` in lower case where that keeps the length (``İ`` stays as it is)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)
