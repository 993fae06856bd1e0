"""Forms of time expressions (``period_patterns.csv``) compiled to one pattern a language, and the words in their slots.

A row's ``pattern`` is a regular expression in which ``{slot}`` stands for the words of that slot or its digits and ``{NAME}`` (capitals)
for a row of ``period_macros.csv``; a space stands for one or two blanks, ``'`` for either apostrophe. The first row that matches at a
place wins. ``role`` is the role of the mention (:class:`kg.extract.mentions.PeriodMention`); ``open`` says ``since`` (no end), ``until``
(no start), ``year`` (the whole year under discussion), ``next`` or ``past`` (a number of years from or to the publication).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import regex

from kg.tables import Row, read_table

ROLES = ("period", "by", "base", "now", "same", "name", "reported", "event", "vague")
CONTEXT_ROLES = ("base", "from", "reported", "event", "contrast")
OPEN = ("", "since", "until", "year", "next", "past")
WORD_SLOTS = (
    "relyear", "edge", "yearedge", "number", "ordinal", "ordinalhalf", "half", "plan", "relday", "relmonth",
)  # fmt: skip
NUMBER_SLOTS = ("nm", "nq", "ny", "day", "quarter")
"""Slots that take digits or the words of the slot ``number``: months, quarters and years in a row, a day, a quarter."""
_SLOT = re.compile(r"\{([a-z]+[12]?)\}")
_MACRO = re.compile(r"\{([A-Z]+)\}")
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class PeriodPattern:
    """One row of the table. ``expected`` is ``start/end`` of ``example`` in an article published on ``published``."""

    rule: str
    lang: str
    pattern: str
    role: str
    open: str
    example: str
    published: date | None
    expected: str


@dataclass(frozen=True, slots=True)
class ContextPattern:
    """A neighbourhood that changes the role of a time expression."""

    role: str
    side: str
    pattern: re.Pattern[str]


class PeriodGrammar:
    """The compiled forms of one language."""

    def __init__(
        self,
        lang: str,
        rows: list[tuple[PeriodPattern, Row]],
        words: dict[str, dict[str, str]],
        macros: dict[str, str],
        context: tuple[ContextPattern, ...],
    ) -> None:
        self.lang, self.words, self.macros, self.context = lang, words, macros, context
        self.patterns = tuple(pattern for pattern, _ in rows)
        pieces: list[str] = []
        slots: list[dict[str, str]] = []
        for index, (pattern, row) in enumerate(rows):
            named: dict[str, str] = {}
            source = self._expand(pattern.pattern, index, named, row)
            try:
                compiled = re.compile(source, re.IGNORECASE)
            except re.error as error:
                raise row.error(f"the pattern is no regular expression: {error}") from None
            if compiled.match(""):
                raise row.error("the pattern matches nothing at all")
            pieces.append(f"(?P<rule{index}>{source})")
            slots.append(named)
        self.slots = tuple(slots)
        """For each pattern the slot that a group of :attr:`regex` fills."""
        before = r"(?<![0-9.])" if lang == "zh" else r"(?<![\w.,])"
        first = _first_characters(pieces)
        self.regex = re.compile(f"{before}(?=[{first}])(?:{'|'.join(pieces)})", re.IGNORECASE)

    def _expand(self, pattern: str, index: int, named: dict[str, str], row: Row) -> str:
        def macro(match: re.Match[str]) -> str:
            if match[1] not in self.macros:
                raise row.error(f"there is no row {match[1]!r} for {self.lang} in period_macros.csv")
            return self.macros[match[1]]

        def slot(match: re.Match[str]) -> str:
            group = f"slot{index}_{len(named)}"
            named[group] = match[1]
            return f"(?P<{group}>{self._slot(match[1].rstrip('12'), row)})"

        pattern = _MACRO.sub(macro, pattern)
        if self.lang == "zh":
            pattern = re.sub(r"([年月])(\)?)\{", r"\1\2\\s?{", pattern)
        else:
            end = "" if pattern.endswith(")") and "{" not in pattern[-8:] else r"(?!\w)"
            pattern = pattern.replace(" ?", r"\s{0,2}").replace(" ", r"\s{1,2}").replace("'", "['’]")
            pattern = f"(?:{pattern}){end}"
        return _SLOT.sub(slot, pattern)

    def _slot(self, name: str, row: Row) -> str:
        number = self._alternatives("number")
        chinese = self.lang == "zh"
        forms = {
            "year": rf"{_YEAR}|[一二][〇零○一二三四五六七八九]{{3}}" if chinese else _YEAR,
            "month": rf"(?:0?[1-9]|1[0-2])(?!\d)|{self._alternatives('month')}",
            "day": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)" + (rf"|{number}" if chinese else ""),
            "nm": rf"(?:[2-9]|1[0-2])(?!\d)|{number}",
            "nq": rf"[23](?!\d)|{number}",
            "ny": rf"(?:[1-9]|[1-3]\d)(?!\d)|{number}",
            "quarter": rf"[1-4]|{number}" if chinese else "[1-4]",
            "half": self._alternatives("half") if chinese else "[12]",
            "festival": self._alternatives("festival"),
            **{slot: self._alternatives(slot) for slot in WORD_SLOTS if slot not in ("half",)},
        }
        if name == "month" and not chinese and row["pattern"].startswith("{year}[-"):
            return r"0?[1-9]|1[0-2]"
        if name == "month" and not chinese:
            return self._alternatives("month")
        if name not in forms:
            raise row.error(f"there is no slot {name!r}")
        blank = r"\s?" if chinese and name in ("year", "month", "day", "nm", "nq", "ny", "quarter") else ""
        return f"(?:{forms[name]}){blank}"

    def _alternatives(self, slot: str) -> str:
        forms = sorted(self.words.get(slot, {}), key=lambda form: (-len(form), form))
        return "|".join(re.escape(form).replace(r"\ ", r"\s{1,2}").replace("'", "['’]") for form in forms) or r"(?!)"

    def value(self, slot: str, text: str) -> str:
        """What the words ``text`` mean in ``slot``; digits stand for themselves."""
        words = self._folded.get("number" if slot in NUMBER_SLOTS else slot, {})
        return words.get(" ".join(text.replace("’", "'").split()).lower(), text.strip())

    @cached_property
    def _folded(self) -> dict[str, dict[str, str]]:
        return {slot: {form.lower(): value for form, value in forms.items()} for slot, forms in self.words.items()}


def _first_characters(pieces: list[str]) -> str:
    """The characters that a match can begin with, as the inside of a character class: a cheap test before the alternatives."""
    candidates = sorted(set("".join(pieces)) | set("0123456789"))
    begins: set[str] = set()
    for piece in pieces:
        compiled = regex.compile(piece, regex.IGNORECASE)
        begins.update(c for c in candidates if c not in begins and compiled.fullmatch(c, partial=True))
    return "".join(re.escape(c) for c in sorted(begins))


class PeriodLexicon:
    """Grammars by language, and the dates of festivals."""

    def __init__(self, grammars: dict[str, PeriodGrammar], festivals: dict[tuple[str, int | None], tuple[str, str]]) -> None:
        self.grammars, self.festivals = grammars, festivals

    def festival(self, name: str, year: int | None) -> tuple[str, str] | None:
        """First and last day (``MM-DD``) of a festival in ``year``, or None where it is not known."""
        return self.festivals.get((name, year)) or self.festivals.get((name, None))


def load_periods(directory: Path) -> PeriodLexicon:
    """Read the period tables of one folder. Raises LexiconError naming file and row."""
    words: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in read_table(directory / "period_words.csv", ("slot", "lang", "form", "value")):
        slot = row.one_of("slot", WORD_SLOTS)
        words[row.required("lang")][slot][row.required("form")] = row.required("value")
    for row in read_table(directory / "months.csv", ("lang", "month", "form")):
        month = row.parsed("month", int, "month number")
        if not 1 <= month <= 12:
            raise row.error(f"there is no month {month}")
        words[row.required("lang")]["month"][row.required("form")] = str(month)
    days: dict[tuple[str, int | None], tuple[str, str]] = {}
    for row in read_table(directory / "festival_dates.csv", ("festival", "year", "start", "end")):
        year = row.parsed("year", int, "year") if row["year"] else None
        for column in ("start", "end"):
            row.parsed(column, lambda text: date.fromisoformat(f"2000-{text}"), "day of the form MM-DD")
        days[row.required("festival"), year] = (row["start"], row["end"])
    for row in read_table(directory / "festivals.csv", ("lang", "form", "festival")):
        row.one_of("festival", {name for name, _ in days})
        words[row.required("lang")]["festival"][row.required("form")] = row["festival"]
    macros: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table(directory / "period_macros.csv", ("lang", "name", "pattern")):
        macros[row.required("lang")][row.required("name")] = row.cells["pattern"]
    context: dict[str, list[ContextPattern]] = defaultdict(list)
    for row in read_table(directory / "period_context.csv", ("role", "lang", "side", "pattern", "example")):
        role, side = row.one_of("role", CONTEXT_ROLES), row.one_of("side", ("before", "after"))
        compiled = row.parsed("pattern", lambda text: re.compile(text, re.IGNORECASE), "regular expression")
        context[row.required("lang")].append(ContextPattern(role, side, compiled))
    rows: dict[str, list[tuple[PeriodPattern, Row]]] = defaultdict(list)
    columns = ("rule", "lang", "pattern", "role", "open", "example", "published", "expected")
    for row in read_table(directory / "period_patterns.csv", columns):
        published = row.parsed("published", date.fromisoformat, "date") if row["published"] else None
        pattern = PeriodPattern(
            rule=row.required("rule"),
            lang=row.required("lang"),
            pattern=row.required("pattern"),
            role=row.one_of("role", ROLES),
            open=row.one_of("open", OPEN),
            example=row.required("example"),
            published=published,
            expected=row.required("expected"),
        )
        rows[pattern.lang].append((pattern, row))
    grammars = {
        lang: PeriodGrammar(lang, found, {k: dict(v) for k, v in words[lang].items()}, macros[lang], tuple(context[lang]))
        for lang, found in rows.items()
    }
    return PeriodLexicon(grammars, days)
