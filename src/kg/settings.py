"""Configuration: one frozen value, read from ``KG_…`` environment variables once and handed down."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from kg.errors import InputError

Number = TypeVar("Number", int, float)
DEFAULT_BASE = "https://w3id.org/dek/"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set. ``base`` ends in a slash and is the prefix of every IRI DEK mints."""

    base: str = DEFAULT_BASE
    store: Path = Path("data")
    default_graph: str = "union"
    """``union`` (queries see all graphs) or ``strict`` (the plain SPARQL dataset)."""
    quote_context: str = "whole"
    """How much of an article pages show: ``sentence``, ``paragraph`` or ``whole``."""
    query_timeout: float = 30.0
    """Seconds a query may run."""
    keep_versions: int = 3
    """How many published versions a store keeps, the current one included."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme not in ("http", "https") or not parts.netloc or not self.base.endswith("/"):
            raise InputError(
                f"the base IRI {self.base!r} is not an absolute http(s) IRI that ends in '/'",
                where="KG_BASE",
                remedy=f"set it to something like {DEFAULT_BASE}",
            )
        if self.default_graph not in ("union", "strict"):
            raise InputError(f"{self.default_graph!r} is neither 'union' nor 'strict'", where="KG_DEFAULT_GRAPH")
        if self.quote_context not in ("sentence", "paragraph", "whole"):
            raise InputError(f"{self.quote_context!r} is not one of sentence, paragraph, whole", where="KG_QUOTE_CONTEXT")
        if self.query_timeout <= 0:
            raise InputError("the query timeout must be above 0 seconds", where="KG_QUERY_TIMEOUT")
        if self.keep_versions < 1:
            raise InputError("at least 1 version must be kept", where="KG_KEEP_VERSIONS")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read ``KG_BASE``, ``KG_STORE``, ``KG_DEFAULT_GRAPH``, ``KG_QUOTE_CONTEXT``, ``KG_QUERY_TIMEOUT``, ``KG_KEEP_VERSIONS``.

        Raises InputError naming the variable when a value is wrong.
        """
        default = cls()
        return cls(
            base=environ.get("KG_BASE", default.base),
            store=Path(environ.get("KG_STORE", str(default.store))),
            default_graph=environ.get("KG_DEFAULT_GRAPH", default.default_graph),
            quote_context=environ.get("KG_QUOTE_CONTEXT", default.quote_context),
            query_timeout=_number(environ, "KG_QUERY_TIMEOUT", default.query_timeout, float),
            keep_versions=_number(environ, "KG_KEEP_VERSIONS", default.keep_versions, int),
        )


def _number(environ: Mapping[str, str], name: str, default: Number, kind: Callable[[str], Number]) -> Number:
    text = environ.get(name)
    if text is None:
        return default
    try:
        number = kind(text)
        if not math.isfinite(number):
            raise ValueError(text)
    except ValueError:
        what = "whole number" if isinstance(default, int) else "number"
        raise InputError(f"{text!r} is no {what}", where=name, remedy=f"give one like {default:g}, or leave the variable out") from None
    return number


def share(name: str) -> Path:
    """Directory of shipped files (``ontology``, ``queries``, ``seeds``): inside the wheel, or at the top of a checkout.

    Raises InputError when neither exists.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "share" / name, here.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise InputError(f"the shipped folder {name!r} is missing", where=str(here), remedy="install DEK again")
