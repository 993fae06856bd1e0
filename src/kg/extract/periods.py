"""Time expressions of an article: found by the forms of the lexicon, resolved against the publication date and the text before them."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.articles import Article
from kg.extract.mentions import PeriodMention
from kg.lexicon import Lexicon
from kg.lexicon.period_patterns import PeriodGrammar, PeriodLexicon, PeriodPattern
from kg.lexicon.resolution_cues import ResolutionCues

MonthDay = tuple[int, int]
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_TITLES = re.compile(r"《[^《》]{1,120}》|[«“\"][^«»“”\"]{1,100}[»”\"]|〈[^〈〉]{1,80}〉")
_BRACKETS = re.compile(r"[（(][^（()）]{0,40}$")
_PARAGRAPH = re.compile(r"\n")
_WINDOW = 80
_NEAR_END = 5
"""Days that an article may appear before the end of the month, quarter or half-year it already reports on."""


@dataclass(slots=True)
class _Context:
    """What is known when a time expression is read: publication, the year under discussion and where it was named."""

    published: date | None
    year: int | None = None
    position: int = -1
    explicit: bool = False


def find_periods(article: Article, lexicon: Lexicon) -> list[PeriodMention]:
    """All time expressions of the article in order of the text, none overlapping; empty for a language without forms.

    Relative dates are resolved by the publication date of the article, in a teaser by the teaser's own. A year that is not written is
    taken from the sentence (or the sentence before) when that names one, else it is the latest that lies before publication (for what
    is planned, the next). Without either, dates have the form ``--06-01`` and whole years are ``""``.
    """
    grammar = lexicon.periods.grammars.get(article.language)
    if grammar is None:
        return []
    text, found = article.text, []
    titles = [match.span() for match in _TITLES.finditer(text)]
    title_starts = [start for start, _ in titles]
    context, segment_index = _Context(article.metadata.published), -1
    starts = [segment.start for segment in article.segments]
    for match in grammar.regex.finditer(text):
        start, end = match.span()
        while end > start and text[end - 1].isspace():
            end -= 1
        index = bisect_right(starts, start) - 1
        if index != segment_index:
            segment_index = index
            published = article.metadata.published
            if index >= 0 and article.segments[index].kind == "teaser":
                published = article.segments[index].published or published
            context = _Context(published)
        rule = int(str(match.lastgroup)[4:])
        pattern = grammar.patterns[rule]
        slots = {
            name: grammar.value(name.rstrip("12"), value)
            for group, name in grammar.slots[rule].items()
            if (value := match[group]) is not None
        }
        mention = _resolve(start, end, pattern, slots, context, grammar, lexicon.periods, article, lexicon.resolution_cues)
        if mention is None:
            continue
        at = bisect_right(title_starts, start) - 1
        inside = at >= 0 and end <= titles[at][1]
        mention = _with_role(mention, pattern, article, grammar, titles[at] if inside else None)
        if index >= 0 and article.segments[index].kind in ("dateline", "boilerplate") and mention.role in ("period", "by"):
            mention = replace(mention, role="reported", rule=f"{mention.rule}+dateline")
        found.append(mention)
        if mention.role in ("period", "by") and mention.period_end[:4].isdigit():
            context.year, context.position = int(mention.period_end[:4]), start
            context.explicit = mention.basis == "explicit"
    return found


def _with_role(
    mention: PeriodMention, pattern: PeriodPattern, article: Article, grammar: PeriodGrammar, title: tuple[int, int] | None
) -> PeriodMention:
    """The mention with the role that its neighbourhood gives it: name of a title, base of a comparison, date of a report or event."""
    text = article.text
    if title is not None and pattern.role in ("period", "by", "name"):
        quoted = text[title[0]]
        bare = (mention.start, mention.end) == (title[0] + 1, title[1] - 1)
        if quoted in "《〈" or (not bare and (_BRACKETS.search(text[title[0] : mention.start]) or "plan" in mention.rule)):
            return replace(mention, role="name", rule=f"{mention.rule}+title")
    if (
        mention.role == "period"
        and _BRACKETS.search(text[max(0, mention.start - 4) : mention.start])
        and text[mention.end : mention.end + 1] in ("）", ")")
        and text[max(0, mention.start - 1)] in "（("
        and mention.period_start[:4] != mention.period_end[:4]
    ):
        return replace(mention, role="name", rule=f"{mention.rule}+brackets")
    if mention.role not in ("period", "by", "now"):
        return mention
    if mention.role == "by" and "的" in text[mention.end - 1 : mention.end + 1]:
        return replace(mention, role="period", rule=f"{mention.rule}+reached")
    before = text[max(0, mention.start - _WINDOW) : mention.start]
    after = text[mention.end : mention.end + _WINDOW]
    for context in grammar.context:
        if context.side == "before" and context.pattern.search(before):
            break
        if context.side == "after" and context.pattern.match(after):
            break
    else:
        return mention
    if mention.role == "now" and context.role != "from":
        return mention
    if context.role in ("reported", "event") and mention.period_start[:4] != mention.period_end[:4] and "day" not in mention.rule:
        return mention
    if context.role == "from" and not _followed_by_rise(text, mention.end):
        return mention
    if context.role == "reported" and mention.rule.endswith("-year"):
        return mention
    return replace(mention, role=context.role, rule=f"{mention.rule}+{context.role}")


def _followed_by_rise(text: str, position: int) -> bool:
    """Whether 由 … goes on with 的 (由2015年的38%提高到…) or a number."""
    return bool(re.match(r"\s?的|\s?[0-9约近超]", text[position : position + 3]))


def _resolve(
    start: int,
    end: int,
    pattern: PeriodPattern,
    slots: dict[str, str],
    context: _Context,
    grammar: PeriodGrammar,
    periods: PeriodLexicon,
    article: Article,
    cues: ResolutionCues,
) -> PeriodMention | None:
    published = context.published
    year: int | None

    def mention(period: tuple[str, str], basis: str, confidence: float = 1.0) -> PeriodMention:
        return PeriodMention(start, end, *period, basis=basis, role=pattern.role, rule=pattern.rule, confidence=confidence)

    if pattern.role in ("now", "same", "vague") and not slots:
        if pattern.role == "now" and published:
            return mention((published.isoformat(), published.isoformat()), "relative")
        return mention(("", ""), "relative" if pattern.role != "now" else "unknown-year", 0.9)
    if pattern.open in ("next", "past") and "ny" in slots:
        return mention(*_span_of_years(int(slots["ny"]), pattern.open, published))
    if "relday" in slots:
        if not published:
            return mention(("", ""), "unknown-year", 0.5)
        day = (published + timedelta(days=int(slots["relday"]))).isoformat()
        return mention((day, day), "relative")
    if "relmonth" in slots:
        if not published:
            return mention(("", ""), "unknown-year", 0.5)
        months = published.year * 12 + published.month - 1 + int(slots["relmonth"])
        year, month = divmod(months, 12)
        return mention((_iso(year, (month + 1, 1)), _iso(year, (month + 1, monthrange(year, month + 1)[1]))), "relative")
    if "plan" in slots:
        first = 2001 + 5 * (int(slots["plan"]) - 10)
        edge = slots.get("edge")
        period = (f"{first}-01-01", f"{first + 4}-12-31")
        if edge:
            period = (period[1], period[1]) if edge == "end" else (period[0], period[0])
        return mention(_opened(period, pattern.open), "explicit")
    first_year, last_year, basis = _years(slots, published)
    parts = _days(slots)
    if parts is None and not slots and pattern.open in ("year", "since"):
        parts = ((1, 1), (12, 31))
    if "festival" in slots:
        year = last_year or _latest(published, (1, 1), (1, 1))
        days = periods.festival(slots["festival"], year)
        if days is not None and published and not last_year and date.fromisoformat(f"{year}-{days[0]}") > published:
            year = published.year - 1
            days = periods.festival(slots["festival"], year)
        if days is None:
            return mention(("", ""), "unknown-year", 0.5)
        parts = (_month_day(days[0]), _month_day(days[1]))
        first_year = last_year = year
        basis = basis or "relative"
    if parts is None:
        if last_year is None:
            return mention(("", ""), basis or "relative", 0.6) if "relyear" in slots or pattern.role == "base" else None
        parts = ((1, 1), (12, 31))
    if not all(1 <= month <= 12 and 1 <= day <= 31 for month, day in parts):
        return None  # 十季度, 前15个月
    if last_year is None and basis == "unknown-year":
        if "month" not in slots and "half" not in slots and "quarter" not in slots and "nm" not in slots and "nq" not in slots:
            return mention(("", ""), "unknown-year", 0.5)
    elif last_year is None:
        ahead = pattern.role == "by" or _ahead(article, start, end, cues)
        last_year, basis = _missing_year(parts, context, article, start, end, ahead, pattern.open)
        first_year = last_year
    if first_year is not None and first_year == last_year and parts[0] > parts[1]:
        first_year -= 1
    if not all(_valid(year, day) for year, day in zip((first_year, last_year), parts, strict=True)):
        return None
    period = (_iso(first_year, parts[0]), _iso(last_year, parts[1]))
    if pattern.rule.split("-", 1)[1] in ("as-of-month", "as-of-year", "as-of-day"):
        period = (period[1], period[1])
    if pattern.open == "since" and slots.get("edge") == "end":
        period = (period[1], period[1])
    return mention(_opened(period, pattern.open), basis, 1.0 if basis == "explicit" else 0.95)


def _years(slots: dict[str, str], published: date | None) -> tuple[int | None, int | None, str]:
    """First year, last year and basis, as far as the expression itself says them."""
    written = [int(slots[name].translate(_CHINESE_DIGITS)) for name in ("year1", "year", "year2") if name in slots]
    if written:
        return written[0], written[-1], "explicit"
    if "relyear" in slots:
        if published is None:
            return None, None, "unknown-year"
        year = published.year + int(slots["relyear"])
        return year, year, "relative"
    return None, None, ""


def _days(slots: dict[str, str]) -> tuple[MonthDay, MonthDay] | None:
    """First and last (month, day) that the slots name; None where they name no part of a year. February has its longest form."""
    edge = slots.get("edge") or slots.get("yearedge")
    if "nm" in slots:
        return ((1, 1), (int(slots["nm"]), 31))
    if "nq" in slots:
        return ((1, 1), (3 * int(slots["nq"]), 31))
    quarter = slots.get("quarter") or slots.get("ordinal")
    if quarter:
        number = int(quarter) if int(quarter) > 0 else 4
        span = ((3 * number - 2, 1), (3 * number, 31))
        return _edge_of(span, edge)
    half = slots.get("half") or slots.get("ordinalhalf")
    if half:
        span = ((1, 1), (6, 30)) if half == "1" else ((7, 1), (12, 31))
        return _edge_of(span, edge)
    month = slots.get("month") or slots.get("month2")
    if month:
        first, last = int(month), int(slots.get("month2") or month)
        if "day" in slots:
            return ((first, _day(slots["day"])), (last, _day(slots.get("day2") or slots["day"])))
        return _edge_of(((first, 1), (last, 31)), edge)
    if edge:
        return _edge_of(((1, 1), (12, 31)), edge)
    return None


def _day(text: str) -> int:
    return int(text)


def _edge_of(span: tuple[MonthDay, MonthDay], edge: str | None) -> tuple[MonthDay, MonthDay]:
    """The end, start or middle of a span of months (``span`` ends on a day 31 that later shrinks to the month's length)."""
    first, last = span
    if edge == "end":
        return (last, last)
    if edge == "start":
        return (first, first)
    whole_year = (first[0], last[0]) == (1, 12)
    if edge == "mid":
        return ((6, 30), (6, 30))
    if edge == "middle":
        return ((6, 1), (7, 31)) if whole_year else ((first[0], 11), (first[0], 20))
    if edge == "early":
        return ((1, 1), (3, 31)) if whole_year else (first, (first[0], 10))
    if edge == "late":
        return ((10, 1), (12, 31)) if whole_year else ((last[0], 21), last)
    return span


def _missing_year(
    parts: tuple[MonthDay, MonthDay], context: _Context, article: Article, start: int, end: int, ahead: bool, opened: str
) -> tuple[int | None, str]:
    """The year of an expression that names none, and on what it rests: an earlier expression, the publication date, nothing."""
    published = context.published
    if context.year is not None and _carries(context, article, start):
        return context.year, "carried"
    if published is None:
        return None, "unknown-year"
    if opened == "year":
        return published.year - (1 if published.month <= 2 and not ahead else 0), "relative"
    if opened == "since":
        return _latest(published, parts[0], parts[0]), "relative"
    if parts == ((12, 31), (12, 31)):
        return published.year - (1 if published.month <= 3 and not ahead else 0), "relative"
    return (_next(published, parts) if ahead else _latest(published, parts[0], parts[1])), "relative"


def _carries(context: _Context, article: Article, start: int) -> bool:
    """Whether the year named before still holds here: in the same sentence; without a publication date also from the sentence before."""
    here, there = article.sentence_at(start), article.sentence_at(context.position)
    if here is None or there is None:
        return False
    if here == there:
        return context.explicit
    if context.published is not None and not (context.explicit and context.year is not None and context.year < context.published.year - 1):
        return False
    between = article.text[there.start : here.start]
    if _PARAGRAPH.search(between):
        return False
    head = article.text[there.start : context.position].strip()
    return len(head) <= 12


def _latest(published: date | None, first: MonthDay, last: MonthDay) -> int | None:
    """The latest year in which the span had ended, or nearly so, on publication; a span within one month need only have begun."""
    if published is None:
        return None
    limit = first if first[0] == last[0] and first != last else last
    day = date(published.year, limit[0], min(limit[1], monthrange(published.year, limit[0])[1]))
    return published.year if day <= published + timedelta(days=_NEAR_END) else published.year - 1


def _next(published: date, parts: tuple[MonthDay, MonthDay]) -> int:
    """The year in which the span is not over yet."""
    month, day = parts[1]
    end = date(published.year, month, min(day, monthrange(published.year, month)[1]))
    return published.year if end >= published else published.year + 1


def _ahead(article: Article, start: int, end: int, cues: ResolutionCues) -> bool:
    """Whether the word before (预计) or the rest of the sentence, as far as 40 characters, speaks of what is to come."""
    lead = article.text[max(0, start - 12) : start].rstrip()
    if any(match.end() == len(lead) for match in cues(article.language, "ahead").finditer(lead)):
        return True
    rest = _CLAUSE.match(article.text, end, end + 40)
    return rest is not None and bool(cues(article.language, "ahead").search(rest[0]))


_CLAUSE = re.compile(r"[^。；;.!?！？\n]*")


def _span_of_years(years: int, direction: str, published: date | None) -> tuple[tuple[str, str], str, float]:
    if published is None:
        return ("", ""), "unknown-year", 0.4
    if direction == "next":
        return (f"{published.year}-01-01", f"{published.year + years}-12-31"), "relative", 0.6
    return (f"{published.year - years}-{published.month:02d}-{min(published.day, 28):02d}", published.isoformat()), "relative", 0.5


def _opened(period: tuple[str, str], opened: str) -> tuple[str, str]:
    if opened == "since":
        return (period[0], "")
    if opened == "until":
        return ("", period[1])
    return period


def _month_day(text: str) -> MonthDay:
    month, day = text.split("-")
    return int(month), int(day)


def _valid(year: int | None, day: MonthDay) -> bool:
    month, number = day
    return 1 <= month <= 12 and 1 <= number <= 31 and (year is None or 1900 <= year <= 2099) and number <= (31 if number == 31 else 30)


def _iso(year: int | None, day: MonthDay) -> str:
    """ISO form; a day past the month's end becomes its last day; without a year ``--MM-DD``."""
    month, number = day
    number = min(number, monthrange(year or 2001, month)[1])
    return f"{year}-{month:02d}-{number:02d}" if year else f"--{month:02d}-{number:02d}"
