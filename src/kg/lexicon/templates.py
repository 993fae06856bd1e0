"""Forms of a language as rows write them: literals with alternatives in braces, and templates with places for numbers.

``{a,b,}`` is a choice (the empty choice is allowed). In a template ``@`` is a number in digits or words, ``#`` a run of digits, ``##``
one or two digits, ``####`` exactly four, ``#####`` five and ``#######`` seven or more, ``~`` an optional qualifier (*about*, 近) before
the number. No other sign has a meaning, so no row can make a pattern that takes more than linear time.
"""

from __future__ import annotations

import re
from itertools import product

CHOICE = re.compile(r"\{([^{}]*)\}")
PLACE = re.compile(r"#+|@|~|\{[^{}]*\}")
DIGITS = {"#": r"[0-9]++", "##": r"[0-9]{1,2}", "####": r"[0-9]{4}", "#####": r"[0-9]{5,}+", "#######": r"[0-9]{7,}+"}


def expand(form: str) -> list[str]:
    """All literals that a form stands for, in the order written. Raises ValueError for an unpaired brace."""
    parts = CHOICE.split(form)
    if any("{" in part or "}" in part for part in parts[::2]):
        raise ValueError(f"unpaired brace in {form!r}")
    choices = [part.split(",") if index % 2 else [part] for index, part in enumerate(parts)]
    return list(dict.fromkeys("".join(chosen) for chosen in product(*choices)))


def is_template(form: str) -> bool:
    """Whether the form has a place for a number."""
    return "@" in form or "#" in form


def to_pattern(form: str, number: str, qualifier: str = "", *, spaced: bool = True) -> str:
    """A regular expression for a template; ``number`` and ``qualifier`` are expressions without groups of their own.

    Numbers become groups ``n1``, ``n2`` …, the qualifier group ``q``; the names are the caller's to make unique. Edges that are letters
    or digits of the Latin script do not touch further ones (in a spaced language: no word character).
    """
    if form.count("{") != form.count("}"):
        raise ValueError(f"unpaired brace in {form!r}")
    return _edge(form, first=True, spaced=spaced) + _body(form, number, qualifier) + _edge(form, first=False, spaced=spaced)


def _body(form: str, number: str, qualifier: str) -> str:
    out, position = [], 0
    for place in PLACE.finditer(form):
        out.append(re.escape(form[position : place.start()]))
        position = place.end()
        sign = place.group()
        if sign == "@":
            out.append(f"({number})")
        elif sign == "~":
            out.append(f"(?P<q>{qualifier})?" if qualifier else "")
        elif sign[0] == "#":
            if sign not in DIGITS:
                raise ValueError(f"{sign!r} in {form!r}: one, two, four, five or seven # are known")
            out.append(f"({DIGITS[sign]})")
        else:
            out.append(
                "(?:" + "|".join(_body(choice, number, qualifier) for choice in sorted(sign[1:-1].split(","), key=len, reverse=True)) + ")"
            )
    out.append(re.escape(form[position:]))
    return "".join(out)


def _edge(form: str, *, first: bool, spaced: bool) -> str:
    word = r"\w" if spaced else r"[A-Za-z0-9]"
    ends = {(choice[:1] if first else choice[-1:]) for choice in _outer(form, first=first)}
    pieces = []
    if ends & {"#", "@"}:
        pieces.append(r"[0-9][.,]" if first else r"[0-9]")
    numeric = bool(ends & {"#", "@"})
    if (first and numeric) or (not numeric and any(end.isalnum() and (spaced or end.isascii()) for end in ends)):
        pieces.append(word)
    return "".join(f"(?<!{piece})" if first else f"(?!{piece})" for piece in pieces)


def _outer(form: str, *, first: bool) -> list[str]:
    """What the form may begin (or end) with: the choices of an outermost brace group, or the form itself."""
    if first and form.startswith("{"):
        choices = form[1 : form.index("}")].split(",")
        rest = form[form.index("}") + 1 :]
        return [choice or inner for choice in choices for inner in ([rest] if choice else _outer(rest, first=True))]
    if not first and form.endswith("}"):
        opening = form.rindex("{")
        choices = form[opening + 1 : -1].split(",")
        rest = form[:opening]
        return [choice or rest for choice in choices]
    return [form]


def beginnings(form: str) -> set[str]:
    """The characters that a match of the form may begin with; ``@`` or ``#`` where it may begin with a number."""
    return {choice[0] for choice in _outer(form, first=True) if choice}
