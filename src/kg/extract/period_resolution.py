"""Which time expression dates a quantity: named rules, nearest evidence first."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.articles import Article
from kg.articles.article import Sentence
from kg.extract.mentions import PeriodMention
from kg.extract.quantities.grammar import grammar
from kg.lexicon import Lexicon, shipped

DATING = ("period", "by", "now")
_CLAUSE_END = {"zh": re.compile(r"[，。；！？：\n]"), "fr": re.compile(r"[,;:.!?\n](?!\d)"), "en": re.compile(r"[,;:.!?\n](?!\d)")}
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_NUMBER = re.compile(r"\d(?![GgA-Z\d])|[一二两三四五六七八九十百千万亿]+(?=[个家户项条座名人万亿成])")
_INSERTION = 80
"""Characters of an inserted clause before its date, at most."""
_FAR = 30
"""How many mentions before or after a place in the text are looked at."""
_LEAD = 8
"""How many sentences after a headline may give its period."""
_BEYOND = 6
"""How many sentences of one paragraph a period may be carried over."""


def resolve_period(
    mentions: Sequence[PeriodMention],
    quantity_start: int,
    quantity_end: int,
    article: Article,
    status: str = "actual",
    lexicon: Lexicon | None = None,
) -> tuple[PeriodMention | None, str]:
    """The mention that dates the quantity at the clean span, and the name of the rule that chose it; (None, "") if none does.

    ``mentions`` are all of the article in order (:func:`kg.extract.periods.find_periods`). The mention returned may be a derived one
    (same span, other dates) where the text says so: "1 122 de plus qu'à la fin de l'an dernier" covers the time between the two points.
    ``status`` is a model key; targets and forecasts take over an aim's date from the sentence before.
    """
    return PeriodResolver(mentions, article, lexicon).resolve(quantity_start, quantity_end, status)


class PeriodResolver:
    """Resolution for one article; holds the mentions sentence by sentence."""

    def __init__(self, mentions: Sequence[PeriodMention], article: Article, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or shipped()
        self._cues = self._lexicon.resolution_cues
        self.article, self.text = article, article.text
        self.mentions = tuple(mentions)
        self._mention_starts = [mention.start for mention in self.mentions]
        self._starts = [sentence.start for sentence in article.sentences]
        self.clause_end = _CLAUSE_END.get(article.language, _CLAUSE_END["en"])

    def resolve(self, start: int, end: int, status: str = "actual") -> tuple[PeriodMention | None, str]:
        """As :func:`resolve_period`."""
        sentence = self.article.sentence_at(start)
        if sentence is None or self._cue("timeless").search(
            self.text[max(sentence.start, start - 6) : start] + "|" + self.text[end : end + 16]
        ):
            return None, ""
        at = bisect_left(self._mention_starts, start)
        first = max(at - _FAR, bisect_left(self._mention_starts, sentence.start))
        last = min(at + _FAR, bisect_left(self._mention_starts, sentence.end))
        here = [m for m in self.mentions[first:last] if m.end <= sentence.end and not (m.start < end and start < m.end)]
        found = self._bound(here, start, end) or self._in_sentence(here, start, end) or (None, "")
        mention, rule = found
        if mention is None:
            mention, rule = self._carried(sentence.start, start, end, status)
        if mention is None and ahead(status):
            mention, rule = next(((m, "plan-name") for m in reversed(here) if m.role == "name" and m.start < start), (None, ""))
        if mention is not None and mention.role == "same":
            mention = self._antecedent(mention)
            rule = f"{rule}+same"
        if mention is not None:
            mention, rule = self._earlier(mention, rule, end)
        if mention is not None:
            mention, rule = self._since_base(mention, rule, here, start, end)
        return mention, rule if mention is not None else ""

    def _within(self, sentence: Sentence) -> list[PeriodMention]:
        """The mentions inside a sentence."""
        first = bisect_left(self._mention_starts, sentence.start)
        last = bisect_left(self._mention_starts, sentence.end)
        return [m for m in self.mentions[first:last] if m.end <= sentence.end]

    def _cue(self, name: str) -> re.Pattern[str]:
        return self._cues(self.article.language, name)

    def _bound(self, here: list[PeriodMention], start: int, end: int) -> tuple[PeriodMention, str] | None:
        """A date that is tied to this number alone: 2015年的38%, "64 % en 2016", "87,5 % fin 2018"."""
        for mention in here:
            if mention.role not in (*DATING, "from", "contrast"):
                continue
            if self.article.language == "zh" and mention.end <= start and self.text[mention.end : start].strip() in ("的", "为"):
                return mention, "bound-before"
            if (
                self.article.language != "zh"
                and mention.start >= end
                and not _BRACKET.sub("", self._closed(end, mention.start)).strip(" )）")
            ):
                return mention, "bound-after"
        return None

    def _closed(self, start: int, end: int) -> str:
        """The text between, with an opening bracket put before it where it closes one that was open."""
        between = self.text[start:end]
        return "(" + between if between.count(")") > between.count("(") else between

    def _in_sentence(self, here: list[PeriodMention], start: int, end: int) -> tuple[PeriodMention, str] | None:
        dating = [m for m in here if m.role in (*DATING, "same")]
        before = [m for m in dating if m.end <= start and not self._inserted(m, start)]
        if self.article.language != "zh":
            after = [m for m in dating if m.start >= end and not self.clause_end.search(_BRACKET.sub("", self._closed(end, m.start)))]
            same_clause = before and not self.clause_end.search(self.text[before[-1].end : start])
            if after and not same_clause:
                return after[0], "clause-after"
        if self.article.language == "zh":
            after = [m for m in dating if m.start >= end and not self.clause_end.search(self.text[end : m.start])]
            own = not before or self.clause_end.search(self.text[before[-1].end : start])
            if own and after and not _NUMBER.search(self.text[after[0].end : self._clause_stop(after[0].end)]):
                return after[0], "clause-after"
            before = [m for m in before if not self._tied_to_other(m, start)]
        if before:
            near = not self.clause_end.search(self.text[before[-1].end : start])
            return before[-1], "clause-before" if near else "sentence"
        return None

    def _clause_stop(self, position: int) -> int:
        """Where the clause that holds the position ends."""
        match = self.clause_end.search(self.text, position)
        return match.start() if match else len(self.text)

    def _inserted(self, mention: PeriodMention, start: int) -> bool:
        """Whether the mention dates only a relative clause that is over: "le taux, qui était de 31 % en 2018, a reculé à 17 %"."""
        clause = self._cue("inserted").search(self.text, max(0, mention.start - _INSERTION), mention.start)
        return (
            clause is not None
            and self.text[mention.end : mention.end + 1] == ","
            and start > mention.end
            and bool(_NUMBER.search(clause.group()))
        )

    def _tied_to_other(self, mention: PeriodMention, start: int) -> bool:
        """Whether the mention comes after a number of its own clause and that clause is over: 4个乡镇去年开通，31个…."""
        if not self.clause_end.search(self.text[mention.end : start]):
            return False
        head = max((m.end() for m in self.clause_end.finditer(self.text, max(0, mention.start - 60), mention.start)), default=None)
        return head is not None and bool(_NUMBER.search(self.text[head : mention.start]))

    def _carried(self, sentence_start: int, start: int, end: int, status: str) -> tuple[PeriodMention | None, str]:
        """The period of the sentence before, where this one goes on with the same matter.

        What flows (money, growth) or belongs to an aim keeps the period of the sentence before; a stock does so only where the sentence
        points back (其中, "cette somme", "respectivement"), since otherwise it is said of the time of writing.
        """
        index = bisect_right(self._starts, sentence_start) - 1
        sentence = self.article.sentences[index]
        quote, body = self.text[start:end], self.text[sentence.start : sentence.end]
        points_back = bool(self._cue("points-back").search(body))
        led_by = self.text[sentence.start : start]
        shares = self._cue("percent").search(quote) and self._cue("money").search(led_by)
        flows = bool(self._cue("money").search(quote) or shares or self._cue("growth").search(led_by[-30:] + self.text[start : end + 10]))
        if self._cue("endowment").search(led_by[-30:]) or self._cue("own-time").match(self.text[end : end + 20]):
            flows = False
        vague = any(m.role == "vague" for m in self._within(sentence))
        own_time = vague or bool(self._cue("own-time").match(self.text[end : end + 20]))
        if self.article.segments[sentence.segment].kind == "title":
            return self._of_lead(sentence, flows)
        crossed = False
        for back in range(1, _BEYOND):
            if index - back < 0:
                break
            earlier = self.article.sentences[index - back]
            if self._new_paragraph(earlier, self.article.sentences[index - back + 1]):
                if not flows or crossed or not self._cue("breakdown").match(self.text, self.article.sentences[index - back + 1].start):
                    break
                crossed = True
            governing = self._governing(earlier)
            if governing is None:
                continue
            if points_back and back == 1 and not vague:
                return governing, "carried-back-reference"
            if flows and governing.role == "period" and governing.period_end and governing.period_start != governing.period_end:
                return governing, "carried-flow"
            if ahead(status) and not own_time and governing.role in ("by", "period"):
                return governing, "carried-aim"
            break
        return None, ""

    def _new_paragraph(self, earlier: Sentence, later: Sentence) -> bool:
        """Whether a line ends between two neighbouring sentences."""
        return earlier.segment != later.segment or "\n" in self.text[earlier.end : later.start]

    def _of_lead(self, title: Sentence, flows: bool) -> tuple[PeriodMention | None, str]:
        """What flows in a headline has the period of the article's first sentence that names one."""
        after = bisect_right(self._starts, title.start)
        for sentence in self.article.sentences[after : after + _LEAD] if flows else ():
            segment = self.article.segments[sentence.segment]
            if segment.kind == "body":
                spans = [m for m in self._within(sentence) if m.role == "period" and m.period_start != m.period_end]
                if spans:
                    return spans[0], "title-lead"
        return None, ""

    def _governing(self, sentence: Sentence) -> PeriodMention | None:
        """The last mention of a sentence that dates its quantities."""
        inside = [m for m in self._within(sentence) if m.role in DATING]
        return inside[-1] if inside else None

    def _antecedent(self, mention: PeriodMention) -> PeriodMention | None:
        """The period that "pendant la même période", 届时 point back to."""
        last = bisect_left(self._mention_starts, mention.start)
        for earlier in reversed(self.mentions[max(0, last - _FAR) : last]):
            if earlier.role in ("period", "by", "event") and (earlier.period_start or earlier.period_end):
                return replace(mention, period_start=earlier.period_start, period_end=earlier.period_end, basis="carried")
        return None

    def _earlier(self, mention: PeriodMention, rule: str, end: int) -> tuple[PeriodMention | None, str]:
        """ "81 % cinq ans auparavant", "21 milliards un an plus tôt": the period under discussion, moved back by so many years."""
        match = self._cue("years-before").match(self.text, end)
        if match is None:
            return mention, rule
        read = grammar(self._lexicon, self.article.language).read_number(match["n"].lower())
        count = int(read[0].value) if read is not None else 0
        years, rest = (count, 0) if match["u"].startswith("a") else divmod(count, 12)
        bounds = (mention.period_start, mention.period_end)
        if not years or rest or not all(bound[:4].isdigit() for bound in bounds if bound):
            return None, ""
        first, last = (f"{int(bound[:4]) - years:04d}{bound[4:]}" if bound else "" for bound in bounds)
        return replace(mention, period_start=first, period_end=last, basis="relative"), f"{rule}+years-before"

    def _since_base(self, mention: PeriodMention, rule: str, here: list[PeriodMention], start: int, end: int) -> tuple[PeriodMention, str]:
        """A change between two points in time covers the time between them: 6月末…比上年末净增1530个."""
        if mention.period_start != mention.period_end or mention.role == "now" or not mention.period_start[:4].isdigit():
            return mention, rule
        for base in here:
            point = base.role == "base" and base.period_start == base.period_end and base.period_start[:4].isdigit()
            if not point or base.period_start >= mention.period_start:
                continue
            between = self.text[base.end : start] if base.end <= start else self.text[end : base.start]
            if not self.clause_end.search(between):
                first = date.fromisoformat(base.period_start) + timedelta(days=1)
                return replace(mention, period_start=first.isoformat()), f"{rule}+since-base"
        return mention, rule


def ahead(status: str) -> bool:
    """Whether the status speaks of what is to come."""
    return status in ("target", "forecast")
