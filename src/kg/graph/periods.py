"""Periods of time as the graph holds them: dateTimes from the first instant to the first instant after, and the days as ISO text."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kg.errors import KgError
from kg.extract.reading import Period
from kg.graph.iris import Iris
from kg.graph.nquads import GraphWriter

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?\Z")
_PATTERN = re.compile(r"--(\d{2})(?:-(\d{2}))?\Z")


def days_of(text: str) -> tuple[str, str] | None:
    """First and last day of an ISO year, month or day (``2021-10`` → ``2021-10-01``, ``2021-10-31``), or of ``--06``, ``--06-01``.

    ``("", "")`` for an open end (empty or ``..``); None when the text is no such date.
    """
    if text in ("", ".."):
        return "", ""
    try:
        if match := _DATE.match(text):
            year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
            first = date(year, month, day)
            if match[3]:
                return text, text
            last = date(year, month if match[2] else 12, monthrange(year, month)[1] if match[2] else 31)
            return first.isoformat(), last.isoformat()
        if match := _PATTERN.match(text):
            month, day = int(match[1]), int(match[2] or 1)
            date(2000, month, day)  # a leap year, so that --02-29 passes
            return f"--{match[1]}-{day:02d}", f"--{match[1]}-{day if match[2] else monthrange(2000, month)[1]:02d}"
    except ValueError:
        return None
    return None


def period_of(literal: str, *, starts: bool = False) -> Period | None:
    """The period an ISO literal means: a date, ``start/end``, or, if ``starts``, the open period that begins on the date.

    None when the literal is neither.
    """
    first, slash, second = literal.partition("/")
    begin, finish = days_of(first.strip()), days_of(second.strip() if slash else first.strip())
    if begin is None or finish is None or not (begin[0] or finish[1]):
        return None
    return Period(begin[0], "" if starts else finish[1])


def label_of(period: Period) -> str:
    """A short name: ``2018``, ``2018-06``, one day, or ``first/last`` with ``..`` for an open end."""
    if period.start == period.end:
        return period.start
    for length in (4, 7):
        head = period.start[:length]
        if not head.startswith("-") and days_of(head) == (period.start, period.end):
            return head
    return f"{period.start or '..'}/{period.end or '..'}"


def write_period(writer: GraphWriter, iris: Iris, period: Period | None) -> str | None:
    """Describe the period in the graph and give its IRI; None when there is none or both ends are open.

    Raises KgError for ends that are no ISO days, and for a period that ends before it starts.
    """
    if period is None or not (period.start or period.end):
        return None
    for day in (period.start, period.end):
        if day and days_of(day) != (day, day):
            raise KgError(f"{day!r} is no ISO day", where=f"period {period.start}/{period.end}")
    node = iris.period(period.start, period.end)
    writer.type(node, iris.term("Period"))
    writer.label(node, label_of(period))
    if period.start:
        writer.text(node, iris.term("firstDay"), period.start)
    if period.end:
        writer.text(node, iris.term("lastDay"), period.end)
    if period.start.startswith("-") or period.end.startswith("-"):
        writer.text(node, iris.term("periodPattern"), f"{period.start}/{period.end}")
        return node
    if period.start and period.end and period.end < period.start:
        raise KgError(f"the period ends on {period.end}, before it starts on {period.start}")
    if period.start:
        writer.typed(node, iris.term("periodStart"), f"{period.start}T00:00:00Z", "dateTime")
    if period.end and period.end != date.max.isoformat():
        after = date.fromisoformat(period.end) + timedelta(days=1)
        writer.typed(node, iris.term("periodEnd"), f"{after.isoformat()}T00:00:00Z", "dateTime")
    return node
