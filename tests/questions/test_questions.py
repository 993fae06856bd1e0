"""Competency questions: each ``NN-slug.rq`` asks the graph of the seed articles, the ``NN-slug.csv`` beside it is the answer.

NN is the question's number in ``tests/gold/questions.md``. A query's ``#+`` lines are those of a report (summary: the question itself)
with two of our own: ``x-ordered: true`` (rows count in their order; else as a set of rows) and ``x-contains: [column, …]`` (a cell of such
a column must hold the words of the answer, not equal them: names and indicators are as long as an article writes them; where the
answer leaves such a cell empty, anything may stand there).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from kg.reports.report import read_report
from kg.reports.run import text_of
from kg.store import Snapshot, open_current

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold"
QUERIES = sorted(HERE.glob("*.rq"))
WANTED = 12
"""How many of the questions the graph must answer."""
BESIDE_THE_POINT = {16: {"000-m09", "000-m12"}}
"""Rows that lie between two others that questions.md names as a range, and are no money."""

Row = tuple[str, ...]


@pytest.fixture(scope="module")
def seeds(seeds_store: Path) -> Iterator[Snapshot]:
    snapshot = open_current(seeds_store)
    yield snapshot
    snapshot.close()


def metadata(query: Path) -> dict[str, Any]:
    lines = query.read_text(encoding="utf-8").splitlines()
    found = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for line in lines if line.startswith("#+")))
    assert isinstance(found, dict)
    return found


def answer(query: Path) -> tuple[Row, list[Row]]:
    """Columns and rows that the question's CSV file holds."""
    path = query.with_suffix(".csv")
    assert path.is_file(), f"{query.name} has no answer: write {path.name}"
    with path.open(encoding="utf-8", newline="") as file:
        columns, *rows = (tuple(row) for row in csv.reader(file))
    assert rows, f"{path.name} holds no row: it would be met by a graph that knows nothing"
    return columns, rows


def asked(snapshot: Snapshot, query: str) -> tuple[Row, list[Row]]:
    result = snapshot.query(query)
    assert isinstance(result, ox.QuerySolutions)
    columns = tuple(variable.value for variable in result.variables)
    return columns, [tuple(text_of(solution[index]) for index in range(len(columns))) for solution in result]


def fits(row: Row, expected: Row, contained: Sequence[bool]) -> bool:
    """Whether a row is the expected one; in ``contained`` columns the expected words need only occur."""
    return all(want in have if within else want == have for have, want, within in zip(row, expected, contained, strict=True))


def differences(rows: Sequence[Row], expected: Sequence[Row], contained: Sequence[bool], ordered: bool) -> list[str]:
    """What is missing and what is too much, in words; nothing when the answer is right."""
    if ordered:
        if len(rows) == len(expected) and all(fits(row, want, contained) for row, want in zip(rows, expected, strict=True)):
            return []
        return [f"expected in this order: {list(expected)}", f"found: {list(rows)}"]
    left = list(rows)
    problems = []
    for want in expected:
        match = next((row for row in left if fits(row, want, contained)), None)
        if match is None:
            problems.append(f"missing: {want}")
        else:
            left.remove(match)
    return problems + [f"too much: {row}" for row in left]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_the_graph_answers(query: Path, seeds: Snapshot) -> None:
    report = read_report(query)
    data = metadata(query)
    columns, expected = answer(query)
    contained = [column in data.get("x-contains", ()) for column in columns]
    found_columns, rows = asked(seeds, report.query)
    assert found_columns == columns
    assert differences(rows, expected, contained, bool(data.get("x-ordered"))) == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.stem)
def test_no_figure_of_the_answer_stands_in_the_query(query: Path) -> None:
    """A query finds its figures by what they are about; only 1, the first rank, may be asked for."""
    body = "\n".join(line for line in query.read_text(encoding="utf-8").splitlines() if not line.startswith(("#", "PREFIX ")))
    asked_for = {Decimal(number) for number in re.findall(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])", body)}
    assert asked_for & (figures(answer(query)[1]) - {Decimal(1)}) == set()


def test_enough_questions_are_answered() -> None:
    numbers = [int(query.stem.partition("-")[0]) for query in QUERIES]
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= set(QUESTIONS)
    assert len(numbers) >= WANTED


def test_every_answer_has_its_question() -> None:
    assert {path.stem for path in HERE.glob("*.csv")} == {query.stem for query in QUERIES}


def figures(rows: Sequence[Row]) -> set[Decimal]:
    """All cells that are numbers."""
    found = set()
    for cell in (cell for row in rows for cell in row):
        try:
            found.add(Decimal(cell))
        except InvalidOperation:
            continue
    return found


def gold_rows(number: int) -> list[str]:
    """Ids of the gold rows that questions.md names for a question: ``000-m05, m06`` and ``001-m03..m05`` written out."""
    found: list[str] = []
    document = ""
    for part in QUESTIONS[number].split(","):
        match = re.fullmatch(r"(?:(\d{3})-)?([mr])(\d\d)(?:\.\.[mr](\d\d))?", part.strip())
        if match is None:
            continue
        document = match[1] or document
        found += [f"{document}-{match[2]}{index:02d}" for index in range(int(match[3]), int(match[4] or match[3]) + 1)]
    return [key for key in found if key not in BESIDE_THE_POINT.get(number, ())]


def questions() -> dict[int, str]:
    """Number → gold rows, from the table of questions.md."""
    text = (GOLD / "questions.md").read_text(encoding="utf-8")
    return {int(match[1]): match[2] for match in re.finditer(r"^\| (\d+) \|.*\| ([^|]*) \|$", text, re.MULTILINE)}


def gold_values() -> dict[str, Decimal]:
    """Id → value of the measurements of ``seeds.jsonl``."""
    lines = (GOLD / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines if '"kind": "measurement"' in line)
    return {row["id"]: Decimal(str(row["value"])) for row in rows}


QUESTIONS = questions()
GOLD_VALUES = gold_values()
WITH_FIGURES = [query for query in QUERIES if GOLD_VALUES.keys() & set(gold_rows(int(query.stem.partition("-")[0])))]


@pytest.mark.parametrize("query", WITH_FIGURES, ids=lambda query: query.stem)
def test_the_answer_holds_the_figures_of_the_gold_rows(query: Path) -> None:
    """Answers come from the articles as people read them, not from what the graph happens to hold."""
    wanted = {key: GOLD_VALUES[key] for key in gold_rows(int(query.stem.partition("-")[0])) if key in GOLD_VALUES}
    held = figures(answer(query)[1])
    assert {key: value for key, value in wanted.items() if value not in held} == {}


@pytest.mark.parametrize(
    ("rows", "expected", "contained", "ordered"),
    [
        ([("2", "b")], [("1", "b")], [False, False], False),
        ([("1", "b"), ("1", "b")], [("1", "b")], [False, False], False),
        ([("1", "a"), ("2", "b")], [("2", "b"), ("1", "a")], [False, False], True),
        ([("1", "abc")], [("1", "bd")], [False, True], False),
        ([], [("1", "a")], [False, False], True),
    ],
)
def test_a_wrong_answer_is_noticed(rows: list[Row], expected: list[Row], contained: list[bool], ordered: bool) -> None:
    assert differences(rows, expected, contained, ordered)


def test_a_right_answer_is_accepted() -> None:
    assert differences([("2", "xbx"), ("1", "a")], [("1", "a"), ("2", "b")], [False, True], ordered=False) == []


def test_ranges_of_gold_rows_are_written_out() -> None:
    assert gold_rows(3) == ["001-m03", "001-m04", "001-m05", "003-m04", "003-m05", "003-m06"]
    assert gold_rows(5) == ["000-m05", "000-m06"]
