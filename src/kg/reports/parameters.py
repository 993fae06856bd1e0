"""Parameters of a report: variables ``?_name`` (required) and ``?__name`` (optional) of its query, typed by a suffix, bound as terms.

The suffixes are BASIL's, which grlc took over: ``_iri``, ``_integer``, ``_decimal``, ``_boolean``, ``_date`` (also as ``_xsd_date``), a
language tag of two letters, or none for a plain string. A value becomes an RDF term first, and that term's tokens replace the
variable's: no text of a client is ever put into a query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.endpoint.lexer import tokens
from kg.errors import UsageError

XSD = "http://www.w3.org/2001/XMLSchema#"
_VARIABLE = re.compile(
    r"[?$](?P<optional>_)?_(?P<name>[A-Za-z0-9]\w*?)"
    r"(?:_(?:xsd_)?(?P<type>iri|integer|decimal|boolean|date|string)|_(?P<tag>[a-z]{2}))?\Z"
)
_WHOLE = re.compile(r"[+-]?\d{1,18}\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. ``name`` is what people write, ``variable`` the token in the query; ``type`` is string, iri, integer, decimal, boolean
    or date; ``language`` tags a string; ``default`` and ``choices`` are texts.
    """

    name: str
    variable: str
    type: str
    required: bool
    language: str = ""
    default: str | None = None
    choices: tuple[str, ...] = ()
    label: str = ""

    def term(self, text: str, where: str) -> ox.NamedNode | ox.Literal:
        """The term that a text stands for. Raises UsageError naming the parameter and what it takes."""
        text = text.strip()
        if self.choices and text not in self.choices:
            raise UsageError(
                f"the parameter {self.name!r} cannot be {text!r}", where=where, remedy=f"allowed are: {', '.join(self.choices)}"
            )
        try:
            return self._parse(text)
        except (ValueError, InvalidOperation):
            raise UsageError(f"the parameter {self.name!r} cannot be {text!r}", where=where, remedy=f"give {_TAKES[self.type]}") from None

    def _parse(self, text: str) -> ox.NamedNode | ox.Literal:
        match self.type:
            case "iri":
                if ":" not in text:
                    raise ValueError(text)
                return ox.NamedNode(text)
            case "integer":
                if not _WHOLE.match(text):
                    raise ValueError(text)
                return ox.Literal(text, datatype=ox.NamedNode(XSD + "integer"))
            case "decimal":
                number = Decimal(text)
                if not number.is_finite() or abs(number.adjusted()) > 30:
                    raise ValueError(text)
                return ox.Literal(format(number, "f"), datatype=ox.NamedNode(XSD + "decimal"))
            case "boolean":
                if text not in ("true", "false"):
                    raise ValueError(text)
                return ox.Literal(text, datatype=ox.NamedNode(XSD + "boolean"))
            case "date":
                return ox.Literal(date.fromisoformat(text).isoformat())
            case _:
                return ox.Literal(text, language=self.language) if self.language else ox.Literal(text)


_TAKES = {
    "iri": "an absolute IRI",
    "integer": "a whole number",
    "decimal": "a number like 12.5",
    "boolean": "true or false",
    "date": "a day like 2020-06-30",
    "string": "a text",
}


def find_parameters(query: str) -> dict[str, Parameter]:
    """The parameters that a query's variables declare, in the order of their first use. Raises ValueError when two share a name."""
    found: dict[str, Parameter] = {}
    for token in tokens(query):
        match = _VARIABLE.match(token.text) if token.kind == "variable" else None
        if match is None:
            continue
        name = match["name"]
        parameter = Parameter(name, token.text[1:], match["type"] or "string", match["optional"] is None, match["tag"] or "")
        if found.setdefault(name, parameter) != parameter:
            raise ValueError(f"the variables ?{found[name].variable} and {token.text} are both the parameter {name!r}")
    return found


def bind(query: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The query with each variable of ``terms`` (names without ``?``) replaced by its term; ``BOUND(?v)`` of such a variable is true.

    Variables are replaced as tokens, so that nothing inside strings, comments or IRIs changes.
    """
    pieces: list[str] = []
    kinds: list[str] = []  # what each piece is: a variable to be replaced, a space, or its text
    for token in tokens(query, spaces=True):
        bound = token.kind == "variable" and token.text[1:] in terms
        pieces.append(str(terms[token.text[1:]]) if bound else token.text)
        kinds.append("bound" if bound else "space" if token.kind == "space" else token.text.upper())
    solid = [index for index, kind in enumerate(kinds) if kind != "space"]
    for position in range(len(solid) - 3):
        word, opening, variable, closing = solid[position : position + 4]
        if [kinds[word], kinds[opening], kinds[variable], kinds[closing]] == ["BOUND", "(", "bound", ")"]:
            pieces[word] = "true"
            pieces[opening] = pieces[variable] = pieces[closing] = ""
    return "".join(pieces)
