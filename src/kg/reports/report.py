"""One report: a SPARQL file with grlc's ``#+`` metadata lines (YAML). A broken file is named, and the others work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.endpoint.lexer import outline, tokens
from kg.endpoint.problems import syntax_problem
from kg.errors import InputError, KgError, UsageError
from kg.reports.parameters import Parameter, bind, find_parameters
from kg.settings import DEFAULT_BASE

KNOWN_KEYS = ("summary", "description", "tags", "method", "pagination", "defaults", "enumerate", "endpoint_in_url", "endpoint", "transform")
"""grlc's decorators; further ones must start with ``x-``."""


@dataclass(frozen=True, slots=True)
class Report:
    """A canned report. ``name`` is the file name without ``.rq``; ``query`` is the text that runs, metadata lines included.

    ``joined`` names columns that hold several values with ``|`` between them.
    """

    name: str
    summary: str
    description: str
    query: str
    parameters: Mapping[str, Parameter]
    columns: tuple[str, ...]
    tags: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    """Columns that a page shows, in its order; all when empty. Downloads have every column."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Column → column with the IRI of what it names: a web page links the one to the other and does not show the second."""

    @property
    def evidence(self) -> bool:
        """Whether each row leads to the characters it was read from."""
        return {"doc", "start", "end"} <= set(self.columns)

    def terms(self, given: Mapping[str, str]) -> dict[str, ox.NamedNode | ox.Literal]:
        """Terms by variable for the parameters given as texts; an empty text is one not given.

        Raises UsageError naming an unknown parameter, a missing one or a wrong value, and what is allowed.
        """
        where = f"report {self.name}"
        unknown = [name for name in given if name not in self.parameters]
        if unknown:
            allowed = f"allowed are: {', '.join(self.parameters)}" if self.parameters else "this report has no parameters"
            raise UsageError(f"there is no parameter {unknown[0]!r}", where=where, remedy=allowed)
        terms = {}
        for parameter in self.parameters.values():
            text = given.get(parameter.name, "").strip() or parameter.default
            if text:
                terms[parameter.variable] = parameter.term(text, where)
            elif parameter.required:
                raise UsageError(f"the parameter {parameter.name!r} is missing", where=where, remedy=f"give {parameter.name}=…")
        return terms

    def bound(self, given: Mapping[str, str]) -> str:
        """The query with the parameters given, and the defaults of others, as terms in it. Raises UsageError as :meth:`terms` does."""
        return bind(self.query, self.terms(given))


def load_reports(directory: Path, base: str = DEFAULT_BASE) -> tuple[dict[str, Report], list[KgError]]:
    """All reports of a folder by name, and what is wrong with those files that cannot be used.

    Raises InputError when the folder is missing.
    """
    if not directory.is_dir():
        raise InputError("there is no such folder of reports", where=str(directory), remedy="install DEK again, or name another folder")
    reports, problems = {}, []
    for path in sorted(directory.glob("*.rq")):
        try:
            reports[path.stem] = read_report(path, base)
        except KgError as problem:
            problems.append(problem)
    return reports, problems


def report_named(reports: Mapping[str, Report], name: str) -> Report:
    """The report of this name. Raises UsageError naming those there are."""
    if name not in reports:
        raise UsageError(f"there is no report {name!r}", remedy=f"reports are: {', '.join(reports) or 'none'}")
    return reports[name]


def read_report(path: Path, base: str = DEFAULT_BASE) -> Report:
    """Read one file. Raises InputError naming the file and what is wrong with it."""

    def wrong(what: str, line: int | None = None) -> InputError:
        where = f"{path}, line {line}" if line else str(path)
        return InputError(what, where=where, remedy="correct the file; the other reports work meanwhile")

    try:
        query = path.read_text(encoding="utf-8").replace(DEFAULT_BASE, base)
    except (OSError, UnicodeDecodeError) as error:
        raise wrong(f"the file cannot be read: {error}") from None
    try:
        data = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in query.splitlines() if line.startswith("#+"))) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise wrong(
            f"the lines that start with #+ are no YAML: {getattr(error, 'problem', error)}", mark.line + 1 if mark else None
        ) from None
    if not isinstance(data, dict):
        raise wrong("the lines that start with #+ hold no names and values")
    unknown = [key for key in data if key not in KNOWN_KEYS and not str(key).startswith("x-")]
    if unknown:
        raise wrong(f"{unknown[0]!r} is no known decorator; own ones start with x-")
    if not data.get("summary"):
        raise wrong("the decorator 'summary' is missing")
    if outline(query).form != "SELECT":
        raise wrong("a report is a SELECT query")
    try:
        parameters = find_parameters(query)
        parameters = _described(parameters, data)
        columns = _columns(query, parameters)
        joined = tuple(str(name) for name in data.get("x-joined", ()))
        links = {str(key): str(value) for key, value in dict(data.get("x-links", {})).items()}
        shown = tuple(str(name) for name in data.get("x-shown", ()))
        absent = [name for name in (*joined, *shown, *links, *links.values()) if name not in columns]
        if absent:
            raise ValueError(f"there is no column {absent[0]!r}")
        report = Report(
            name=path.stem,
            summary=str(data["summary"]),
            description=str(data.get("description", "")).strip(),
            query=query,
            parameters=parameters,
            columns=columns,
            tags=tuple(str(tag) for tag in data.get("tags", ())),
            joined=joined,
            shown=shown,
            links=links,
        )
    except SyntaxError as error:
        problem = syntax_problem(str(error), query)
        raise wrong(problem.detail, problem.line) from None
    except UsageError as error:
        raise wrong(error.in_a_line) from None
    except (ValueError, TypeError, AttributeError) as error:
        raise wrong(str(error)) from None
    return report


def _described(parameters: dict[str, Parameter], data: Mapping[str, Any]) -> dict[str, Parameter]:
    """The parameters with their defaults, choices and labels. Raises ValueError for a name that the query does not use."""
    defaults, choices = _mapping(data.get("defaults")), _mapping(data.get("enumerate"))
    labels = _mapping(data.get("x-labels"))
    for name in (*defaults, *choices, *labels):
        if name not in parameters:
            raise ValueError(f"{name!r} is no parameter of the query: no variable ?_{name} or ?__{name} in it")
    return {
        name: replace(
            parameter,
            default=str(defaults[name]) if name in defaults else None,
            choices=tuple(str(choice) for choice in choices.get(name, ())),
            label=str(labels.get(name, name.replace("_", " "))),
        )
        for name, parameter in parameters.items()
    }


def _mapping(value: Any) -> dict[str, Any]:
    """grlc writes a list of one-entry mappings; a plain mapping is taken as well."""
    if not value:
        return {}
    return dict(value) if isinstance(value, dict) else {key: entry for part in value for key, entry in dict(part).items()}


def _columns(query: str, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    """The result columns, from a dry run on an empty store; parameters must not be among them."""
    examples = {parameter.variable: parameter.term(_example(parameter), "") for parameter in parameters.values()}
    for parameter in parameters.values():
        for choice in parameter.choices:
            parameter.term(choice, "")
    variables = {token.text[1:] for token in tokens(query) if token.kind == "variable"}
    ox.Store().query(bind(query, {name: term for name, term in examples.items() if not name.startswith("__")}))
    result = ox.Store().query(bind(query, examples))
    columns = tuple(variable.value for variable in result.variables) if isinstance(result, ox.QuerySolutions) else ()
    shown = [name for name in columns if name in examples]
    if shown or not columns or not set(columns) <= variables:
        raise ValueError(f"the parameter ?{shown[0]} cannot be a column" if shown else "the query has no columns")
    return columns


def _example(parameter: Parameter) -> str:
    if parameter.default is not None or parameter.choices:
        return parameter.default if parameter.default is not None else parameter.choices[0]
    return {"iri": "urn:example", "integer": "1", "decimal": "1", "boolean": "true", "date": "2020-01-01"}.get(parameter.type, "x")
