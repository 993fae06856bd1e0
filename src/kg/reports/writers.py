"""Tables as CSV (RFC 4180, UTF-8), TSV, JSON, or lined up for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping

import pyoxigraph as ox
from rich.cells import cell_len, set_cell_size

from kg.errors import UsageError
from kg.reports.run import NUMERIC, Table, text_of
from kg.store import Term

WIDEST_CELL = 44
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8", "json": "application/json"}


def write_table(table: Table, format: str, about: Mapping[str, object] | None = None) -> str:
    """The table in a format of FORMATS; ``about`` goes in front of the rows in JSON. Raises UsageError naming the formats."""
    if format not in FORMATS:
        raise UsageError(f"{format!r} is no report format", remedy=f"formats are: {', '.join(FORMATS)}")
    return FORMATS[format](table, about or {})


def _csv(table: Table, about: Mapping[str, object]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(table.texts())
    return out.getvalue()


def _tsv(table: Table, about: Mapping[str, object]) -> str:
    """One line a row: tabs and line ends inside cells become spaces, as the media type cannot quote them."""
    lines = [table.columns, *table.texts()]
    return "".join("\t".join(" ".join(cell.split()) if set(cell) & set("\t\r\n") else cell for cell in line) + "\n" for line in lines)


def _json(table: Table, about: Mapping[str, object]) -> str:
    rows = ",\n".join(
        "  {" + ", ".join(f"{json.dumps(name)}: {_json_cell(cell)}" for name, cell in zip(table.columns, row, strict=True)) + "}"
        for row in table.rows
    )
    head = "".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n " for key, value in about.items())
    body = f"[\n{rows}\n]" if rows else "[]"
    return f'{{{head}"columns": {json.dumps(table.columns)},\n "rows": {body}}}\n'


def _json_cell(term: Term | None) -> str:
    """Numbers keep their own decimal digits, which a detour over floating point would lose."""
    if isinstance(term, ox.Literal) and term.datatype.value in NUMERIC:
        try:
            json.loads(term.value)
        except ValueError:
            return json.dumps(term.value)
        return term.value
    return "null" if term is None else json.dumps(text_of(term), ensure_ascii=False)


def _plain(table: Table, about: Mapping[str, object]) -> str:
    """Columns lined up by display width (a Chinese character takes two places), long cells cut with an ellipsis."""
    rows = [[_short(cell) for cell in row] for row in [table.columns, *table.texts()]]
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(table.columns))]
    numeric = [_is_numeric([row[index] for row in table.rows]) for index in range(len(table.columns))]
    lines = []
    for number, row in enumerate(rows):
        cells = [
            " " * (width - cell_len(cell)) + cell if right and number else set_cell_size(cell, width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
        if number == 0:
            lines.append("  ".join("─" * width for width in widths))
    count = len(table.rows)
    return "\n".join(lines) + f"\n({count} row{'' if count == 1 else 's'})\n"


def _is_numeric(cells: list[Term | None]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(isinstance(cell, ox.Literal) and cell.datatype.value in NUMERIC for cell in filled)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if cell_len(text) <= WIDEST_CELL else set_cell_size(text, WIDEST_CELL - 1).rstrip() + "…"


FORMATS: Mapping[str, Callable[[Table, Mapping[str, object]], str]] = {"csv": _csv, "json": _json, "tsv": _tsv, "table": _plain}
"""Format name → writer."""
