"""Template filters: terms and numbers as people read them. Everything else is escaped by Jinja."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from urllib.parse import quote

import pyoxigraph as ox
from flask import Flask
from markupsafe import Markup

from kg.reports.run import NUMERIC, text_of
from kg.store import Term
from kg.web.services import services

NARROW_SPACE = "\u202f"


def register_filters(app: Flask) -> None:
    """Make the filters known to the templates of ``app``."""
    for function in (grouped, term, named, short, text_of, words, path_quote, is_number):
        app.jinja_env.filters[function.__name__] = function


def grouped(value: object) -> str:
    """A number with its digits in groups of three; anything else unchanged."""
    text = value.value if isinstance(value, ox.Literal) else str(value)
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    whole, _, fraction = format(number, "f").partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}".replace(",", NARROW_SPACE) + (f".{fraction}" if fraction else "")


def is_number(value: Term | None) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, ox.Literal) and value.datatype.value in NUMERIC


def term(value: Term | None) -> Markup:
    """An RDF term: our IRIs as links to our pages, foreign web addresses as links out, literals with their language."""
    if value is None:
        return Markup("")
    if isinstance(value, ox.NamedNode):
        found = services()
        shown, target = found.short(value.value), found.local(value.value)
        if target is not None:
            return Markup('<a href="{}">{}</a>').format(target, shown)
        if value.value.startswith(("http://", "https://")):
            return Markup('<a href="{}" rel="external noreferrer">{}</a>').format(value.value, shown)
        return Markup("<code>{}</code>").format(shown)
    if isinstance(value, ox.Literal):
        if value.language:
            return Markup('<span lang="{}">{}</span>').format(value.language, value.value)
        if value.datatype.value in NUMERIC:
            return Markup("<data value='{}'>{}</data>").format(value.value, grouped(value))
        return Markup("{}").format(value.value)
    return Markup("<code>{}</code>").format(str(value))


def named(value: ox.NamedNode, label: str) -> Markup:
    """An IRI under its label, linked as :func:`term` links it."""
    target = services().local(value.value)
    if target is not None:
        return Markup('<a href="{}">{}</a>').format(target, label)
    if value.value.startswith(("http://", "https://")):
        return Markup('<a href="{}" rel="external noreferrer">{}</a>').format(value.value, label)
    return Markup("{}").format(label)


def short(iri: str) -> str:
    """An IRI with a prefix where one fits."""
    return services().short(iri)


def words(name: str) -> str:
    """``place_wikidata`` → ``place wikidata``."""
    return name.replace("_", " ").replace("-", " ")


def path_quote(text: str) -> str:
    """A text as one segment of a path."""
    return quote(text, safe="-._~!$&'()*+,;=:@")
