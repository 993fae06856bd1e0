from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extract.reading import Period
from kg.graph.iris import Iris
from kg.graph.nquads import GraphWriter
from kg.graph.periods import days_of, label_of, period_of, write_period

IRIS = Iris("https://w3id.org/dek/")


def described(period: Period) -> tuple[str | None, str]:
    writer = GraphWriter("https://w3id.org/dek/graph/x")
    return write_period(writer, IRIS, period), writer.bytes().decode()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2021-10-05", ("2021-10-05", "2021-10-05")),
        ("--06", ("--06-01", "--06-30")),
        ("--02-29", ("--02-29", "--02-29")),
        ("", ("", "")),
        ("..", ("", "")),
        ("2021-13", None),
        ("2021-02-30", None),
        ("--13-01", None),
        ("hier", None),
    ],
)
def test_days_of(text: str, days: tuple[str, str] | None) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("literal", "starts", "period"),
    [
        ("2021/2025", False, Period("2021-01-01", "2025-12-31")),
        ("2021-10", True, Period("2021-10-01", "")),
        ("2021-10", False, Period("2021-10-01", "2021-10-31")),
        ("/2025", False, Period("", "2025-12-31")),
        ("2025/..", False, Period("2025-01-01", "")),
        ("/", False, None),
        ("le printemps", False, None),
    ],
)
def test_period_of(literal: str, starts: bool, period: Period | None) -> None:
    assert period_of(literal, starts=starts) == period


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period("2018-01-01", "2018-12-31"), "2018"),
        (Period("2018-06-01", "2018-06-30"), "2018-06"),
        (Period("2018-06-01", "2018-06-01"), "2018-06-01"),
        (Period("2018-01-01", "2018-06-30"), "2018-01-01/2018-06-30"),
        (Period("", "2025-12-31"), "../2025-12-31"),
        (Period("--06-01", "--06-18"), "--06-01/--06-18"),
    ],
)
def test_label_of(period: Period, label: str) -> None:
    assert label_of(period) == label


def test_the_end_is_the_first_instant_after_the_last_day() -> None:
    node, text = described(Period("2018-01-01", "2018-12-31"))
    assert node == "https://w3id.org/dek/id/period/2018-01-01_2018-12-31"
    assert '#periodStart> "2018-01-01T00:00:00Z"^^' in text
    assert '#periodEnd> "2019-01-01T00:00:00Z"^^' in text
    assert '#lastDay> "2018-12-31" ' in text


def test_an_open_end_is_left_out_and_a_period_of_nothing_is_none() -> None:
    node, text = described(Period("", "2025-12-31"))
    assert node is not None
    assert node.endswith("/open_2025-12-31")
    assert "periodStart" not in text
    assert "firstDay" not in text
    assert described(Period("", ""))[0] is None


def test_an_unknown_year_has_days_and_no_instants() -> None:
    _, text = described(Period("--06-01", "--06-18"))
    assert '#periodPattern> "--06-01/--06-18" ' in text
    assert "dateTime" not in text


@given(st.dates(), st.dates())
def test_any_two_days_make_a_period_or_an_error(one: object, other: object) -> None:
    period = Period(str(one), str(other))
    if period.end < period.start:
        with pytest.raises(KgError, match="before it starts"):
            described(period)
    else:
        assert f'#firstDay> "{one}" ' in described(period)[1]


@pytest.mark.parametrize("day", ["2018", "2018-02-30", "demain", "--02-30"])
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(KgError, match="no ISO day"):
        described(Period(day, ""))
