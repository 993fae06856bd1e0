"""SPARQL's terminal symbols (SPARQL 1.1 §19.8): enough of a parser to know a query's form, and keywords from look-alikes.

A bare word in SPARQL is always a keyword or the name of a built-in function: IRIs, prefixed names, strings, comments, variables, language
tags and blank node labels are tokens of their own. So a bare SERVICE is the SERVICE clause, wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_INNER, _LAST = rf"(?:[\w.:\-·]|{_ESCAPE})", rf"(?:[\w:\-·]|{_ESCAPE})"
_LOCAL = rf"(?:[\w:]|{_ESCAPE})(?:{_INNER}*{_LAST})?"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
  | (?P<string>'''(?:(?!''')(?:[^\\]|\\.))*'''
             |\"\"\"(?:(?!\"\"\")(?:[^\\]|\\.))*\"\"\"
             |'(?:[^'\\\r\n]|\\.)*'
             |"(?:[^"\\\r\n]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:\w(?:[\w.\-·]*[\w\-·])?)
  | (?P<name>(?:[^\W\d_](?:[\w.\-·]*[\w\-·])?)?:(?:{_LOCAL})?)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")


@dataclass(frozen=True, slots=True)
class Token:
    """A terminal: its kind (``iri``, ``string``, ``variable``, ``name``, ``word``, ``symbol`` …), text and position."""

    kind: str
    text: str
    start: int

    @property
    def keyword(self) -> str:
        """The word in capitals; empty for any other kind of token."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(query: str, *, spaces: bool = False) -> Iterator[Token]:
    """The tokens of a query; white space and comments only if asked for. Never fails: what SPARQL does not know is a symbol."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "symbol"
        if spaces or kind != "space":
            yield Token(kind, match.group(), match.start())


@dataclass(frozen=True, slots=True)
class Outline:
    """What must be known of a query before it is run. ``form`` is SELECT, ASK, CONSTRUCT, DESCRIBE, UPDATE or empty (unknown);
    ``names_graphs`` says that it has FROM clauses; ``calls_out`` that it has a SERVICE clause.
    """

    form: str
    names_graphs: bool
    calls_out: bool


def outline(query: str) -> Outline:
    """Read the outline of a query text, right or wrong."""
    form, names_graphs, calls_out = "", False, False
    for token in tokens(query):
        word = token.keyword
        if not form and word in QUERY_FORMS:
            form = word
        elif not form and word in UPDATE_FORMS:
            form = "UPDATE"
        names_graphs = names_graphs or word == "FROM"
        calls_out = calls_out or word == "SERVICE"
    return Outline(form, names_graphs, calls_out)


def undeclared_prefixes(query: str) -> list[str]:
    """Prefixes that a query uses without a PREFIX line, each with its colon, in the order of their use."""
    declared: set[str] = set()
    used: dict[str, None] = {}
    previous = ""
    for token in tokens(query):
        if token.kind == "name":
            prefix = token.text.partition(":")[0] + ":"
            if previous == "PREFIX":
                declared.add(prefix)
            else:
                used[prefix] = None
        previous = token.keyword
    return [prefix for prefix in used if prefix not in declared]
