"""CSV tables that users extend: read with a header check, every complaint names file and row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.errors import LexiconError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: ``cells`` by column name, and where it stands (``line`` counts from 1, the header is 1)."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def required(self, column: str) -> str:
        """The cell's text; raises LexiconError when it is empty."""
        value = self.cells[column]
        if not value:
            raise self.error(f"column {column!r} is empty")
        return value

    def several(self, column: str) -> tuple[str, ...]:
        """The cell's ``|``-separated values, empty ones dropped."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """The cell's text; raises LexiconError unless it is one of ``allowed``."""
        value, known = self.cells[column], sorted(set(allowed))
        if value not in known:
            raise self.error(f"column {column!r} holds {value!r}; allowed are {', '.join(known)}")
        return value

    def parsed(self, column: str, parse: Callable[[str], T], what: str) -> T:
        """``parse`` applied to the cell; a ValueError or ArithmeticError becomes a LexiconError that says ``what`` was expected."""
        try:
            return parse(self.cells[column])
        except (ValueError, ArithmeticError):
            raise self.error(f"column {column!r} holds {self.cells[column]!r}, which is no {what}") from None

    def error(self, what: str) -> LexiconError:
        """A LexiconError that names this file and row."""
        return LexiconError(what, where=f"{self.path}, row {self.line}", remedy="correct that row and run the command again")


def read_utf8(path: Path) -> str:
    """The text of a lexicon file. Raises LexiconError naming it when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LexiconError("the file is missing", where=str(path), remedy="restore it from the release") from None
    except UnicodeDecodeError as error:
        raise LexiconError(f"not UTF-8 at byte {error.start}", where=str(path), remedy="save it as UTF-8") from None


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Rows of a UTF-8 CSV file (RFC 4180) whose header has at least ``columns``; lines that start with ``#`` are comments.

    Raises LexiconError for a missing file, wrong encoding, missing columns or a row with too many or too few cells.
    """
    text = read_utf8(path)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    header: list[str] | None = None
    try:
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = cells
                missing = [column for column in columns if column not in header]
                if missing:
                    raise LexiconError(
                        f"the header lacks {', '.join(missing)}",
                        where=f"{path}, row {reader.line_num}",
                        remedy="add the columns",
                    )
                continue
            if len(cells) != len(header):
                raise LexiconError(
                    f"{len(cells)} cells where the header has {len(header)}",
                    where=f"{path}, row {reader.line_num}",
                    remedy="quote cells that hold a comma, or complete the row",
                )
            yield Row(path, reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)})
    except csv.Error as error:
        raise LexiconError(f"not CSV: {error}", where=f"{path}, row {reader.line_num}", remedy="correct that row") from None
    if header is None:
        raise LexiconError("the file has no header", where=str(path), remedy="restore it from the release")
