"""French names: a head word (ministère, centre de données, projet …) and the complements that follow it.

A complement is a linking word (de, du, pour …) with a noun and its adjectives. The phrase ends at punctuation, a number, a verb or anything
else that neither links nor looks like an adjective. What the head's modes ask for decides whether the phrase is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.entities.candidate import Candidate
from kg.extract.entities.quoted import is_title_like, latin_quotes
from kg.extract.mentions import PlaceMention
from kg.lexicon.entity_words import EntityHead, EntityWords

MAX_COMPLEMENTS = 9
_WORD = re.compile(r"[^\W\d_](?:[\w\-]|['’](?=\w))*|\d?[A-Z][A-Za-z0-9\-]*|5G|4G|6G")
_ACRONYM = re.compile(r" \(([A-Z][A-Za-z]{1,9})\)")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s|\n\s*|--\s|—\s|«\s?)$")


@dataclass(frozen=True, slots=True)
class _Tables:
    pattern: re.Pattern[str]
    heads: dict[str, EntityHead]
    plurals: frozenset[str]
    links: re.Pattern[str]
    adjectives: frozenset[str]
    stop_words: frozenset[str]
    generic: frozenset[str]
    levels: frozenset[str]
    superlatives: tuple[str, ...]
    phrases: re.Pattern[str]
    words: EntityWords

    def form(self, name: str) -> re.Pattern[str]:
        """A French form of the table of patterns."""
        return self.words.pattern("fr", name)


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z")):
        return noun
    if noun.endswith(("eau", "au", "eu")):
        return noun + "x"
    return noun[:-2] + "aux" if noun.endswith("al") else noun + "s"


def plural(head: str) -> str:
    """A French head word in the plural, its first noun alone: "centre de données" → "centres de données"."""
    first, *rest = head.split(" ", 1)
    if "-" in first and not first.endswith("s"):
        first = (
            "-".join(_plural(part) if part not in ("up",) else part for part in first.split("-", 1))
            if first != "station-service"
            else "stations-service"
        )
    else:
        first = _plural(first)
    return " ".join([first, *rest])


def _build(words: EntityWords) -> _Tables:
    heads = words.heads["fr"]
    others = tuple(words.cue("fr", kind) for kind in ("link", "adjective", "stop_word", "generic", "level", "superlative"))
    forms = {head.head: head for head in heads}
    plurals = {plural(head.head): head for head in heads}
    every = {**plurals, **forms}
    alternation = "|".join(re.escape(form).replace(r"\ ", " ") for form in sorted(every, key=len, reverse=True))
    links = "|".join(re.escape(link).replace("'", "['’]") for link in sorted(others[0], key=len, reverse=True))
    return _Tables(
        pattern=re.compile(rf"(?<![\w\-])(?:{alternation})(?![\w\-])", re.I) if every else re.compile("(?!)"),
        heads=every,
        plurals=frozenset(plurals) - frozenset(forms),
        links=re.compile(rf"(?:{links})(?:(?<=['’])|\s)") if links else re.compile("(?!)"),
        adjectives=frozenset(others[1]),
        stop_words=frozenset(others[2]),
        generic=frozenset(others[3]),
        levels=frozenset(others[4]),
        superlatives=others[5],
        words=words,
        phrases=re.compile("(?:" + ("|".join(re.escape(word) for word in others[1] if " " in word) or "(?!)") + r")(?!\w)"),
    )


def _tables(words: EntityWords) -> _Tables:
    return words.derived("french", _build)


@dataclass(slots=True)
class _Phrase:
    """What follows the head: where it ends, the words of its complements, whether the last link brought a noun."""

    end: int
    complements: list[str]


def find_french(text: str, words: EntityWords, places: Sequence[PlaceMention], known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates for every head word whose phrase has what the head's modes ask for."""
    tables = _tables(words)
    place_spans = {place.start: place.end for place in places if not place.collective}
    known_spans = {one.start: one.end for one in known}
    quotes = {start: (end, inner, inner_end) for start, end, inner, inner_end in latin_quotes(text)}
    used_quotes: set[int] = set()
    for match in tables.pattern.finditer(text):
        head = tables.heads.get(match[0].lower())
        if head is None:
            continue
        found = _name_at(text, match, head, tables, place_spans, known_spans, quotes)
        if found is not None:
            if found.core is not None:
                used_quotes.add(found.core[0])
            yield found
    for start, (end, inner, inner_end) in quotes.items():
        content = text[inner:inner_end]
        if (
            inner in used_quotes
            or not is_title_like(content)
            or not words.pattern("fr", "determiner_before").search(text, max(0, start - 6), start)
        ):
            continue
        first = tables.pattern.match(content)
        head = tables.heads.get(first[0].lower()) if first else None
        kind = (head.type, head.kind) if head is not None and head.modes - {"class"} else ("programme", "")
        yield Candidate(start, end, *kind, "quoted-thing", 0.7, core=(inner, inner_end))


def _name_at(
    text: str,
    match: re.Match[str],
    head: EntityHead,
    tables: _Tables,
    places: dict[int, int],
    known: dict[int, int],
    quotes: dict[int, tuple[int, int, int]],
) -> Candidate | None:
    start, after = match.span()
    modes = head.modes
    is_plural = match[0].lower() in tables.plurals
    if "number" in modes:
        numbered = re.compile(r" ?\d+(?: \(\d{4}\))?").match(text, after)
        return Candidate(start, numbered.end(), head.type, head.kind, "numbered-document", 0.85) if numbered else None
    phrase = extend(text, after, tables, places, known)
    quote_at = phrase.end + 1 if text[phrase.end : phrase.end + 1].isspace() else phrase.end
    if "quoted" in modes and not is_plural and quote_at in quotes:
        end, inner, inner_end = quotes[quote_at]
        if not text[inner:inner_end].endswith((".", "!", "?")) and len(text[inner:inner_end].split()) <= 14:
            years = tables.form("phase_or_years").match(text, end)
            return Candidate(start, years.end() if years else end, head.type, head.kind, "quoted-head-before", 0.9, core=(inner, inner_end))
    alias = ""
    acronym = _ACRONYM.match(text, phrase.end)
    if acronym:
        alias = acronym[1]

    def made(rule: str, confidence: float, end: int = phrase.end) -> Candidate:
        finish = acronym.end() if acronym and end == phrase.end else end
        return Candidate(start, finish, head.type, head.kind, rule, confidence, alias=alias)

    content = [word for word in phrase.complements if len(word) > 1]
    capital = text[start].isupper() and not _SENTENCE_START.search(text, max(0, start - 4), start)
    names = any(word[0].isupper() and not word.isdigit() for word in content)
    inner_place = any(after <= at < phrase.end for at in places)
    counted = is_plural and content and tables.form("count_before").search(text, max(0, start - 12), start)
    if counted and ("class" in modes or "class4" in modes):
        if "class" not in modes and len(content) < 4:
            return None
        found = made("counted-class", 0.8)
        return replace(found, type="infrastructure") if found.type == "organisation" else found
    if "place" in modes and inner_place and not is_plural:
        return made("head-of-place", 0.85)
    if "name" in modes and not is_plural:
        proper = _proper_name(text, after, places)
        if proper is not None:
            return Candidate(start, proper[1], head.type, head.kind, "head-and-name", 0.8, core=proper)
    superlative = next((cue for cue in tables.superlatives if text.endswith(f"{cue} ", 0, start)), "")
    if superlative and "open" in modes and not is_plural:
        scope = tables.form("scope").match(text, phrase.end)
        begin = start - len(superlative) - 1
        return Candidate(begin, scope.end() if scope else phrase.end, head.type, head.kind, "superlative", 0.7)
    if (is_plural and not capital) or not content:
        return None
    if "plan" in modes:
        ordinal = tables.form("ordinal_before").search(text, max(0, start - 14), start)
        if (capital or ordinal) and content:
            begin = ordinal.start() if ordinal else start
            return Candidate(begin, phrase.end, head.type, head.kind, "plan-with-subject", 0.85)
    if "caps" in modes and (capital or (text[start].isupper() and names)):
        return made("capital-head", 0.85)
    if "named" in modes and (capital or names or any(word in tables.levels for word in content)):
        return made("named-head", 0.85 if capital or inner_place else 0.75)
    if "open" in modes and any(word.lower() not in tables.generic for word in content):
        return made("open-head", 0.7)
    return None


def extend(text: str, position: int, tables: _Tables, places: dict[int, int], known: dict[int, int]) -> _Phrase:
    """Follow complements from ``position`` (right behind the head) as far as they go."""
    phrase = _Phrase(position, [])
    while len(phrase.complements) < MAX_COMPLEMENTS * 2:
        years = tables.form("phase_or_years").match(text, phrase.end)
        if years:
            phrase.end = years.end()
            continue
        if text[phrase.end : phrase.end + 1] != " ":
            break
        at = phrase.end + 1
        link = tables.links.match(text, at)
        if link:
            stop = _noun_phrase(text, link.end(), tables, places, known, phrase.complements)
            if stop is None:
                break
            phrase.end = stop
            continue
        fixed = tables.phrases.match(text, at)
        if fixed:
            phrase.complements.append(fixed[0].split()[-1])
            phrase.end = fixed.end()
            continue
        word = _WORD.match(text, at)
        if word is None or not _joins(word[0], tables):
            break
        phrase.complements.append(word[0])
        phrase.end = word.end()
        phrase.end = _coordinated(text, phrase.end, tables, phrase.complements)
    return phrase


def _noun_phrase(text: str, at: int, tables: _Tables, places: dict[int, int], known: dict[int, int], complements: list[str]) -> int | None:
    """The end of a noun (with a determiner before it) at ``at``; a known name or a place is taken whole."""
    determiner = tables.form("determiner").match(text, at)
    if determiner:
        at = determiner.end()
    for spans in (places, known):
        if at in spans:
            complements.extend(text[at : spans[at]].split())
            return spans[at]
    word = _WORD.match(text, at)
    if word is None or word[0].lower() in tables.stop_words:
        return None
    elided = tables.form("elided").match(text, at)
    complements.append(word[0][elided.end() - at :] if elided else word[0])
    end = word.end()
    paired = tables.form("paired_adjectives").match(text, at)
    if paired:
        complements.append(paired[0].split()[-1])
        end = paired.end()
    return end


def _joins(word: str, tables: _Tables) -> bool:
    if word.lower() in tables.stop_words:
        return False
    if word in tables.adjectives or word.lower() in tables.adjectives:
        return True
    if word[0].isupper():
        return True
    return bool(tables.form("adjective").match(word)) and not tables.form("elided").match(word)


def _coordinated(text: str, end: int, tables: _Tables, complements: list[str]) -> int:
    """ "intelligente et interconnectée": a second adjective joined by "et"."""
    second = tables.form("and_of").match(text, end)
    if second and second[0] == " et ":
        word = _WORD.match(text, second.end())
        if word and word[0][0].islower() and _joins(word[0], tables):
            complements.append(word[0])
            return word.end()
    return end


def _proper_name(text: str, after: int, places: dict[int, int]) -> tuple[int, int] | None:
    """A capitalised name right after the head ("société Gangjian", "groupe Xinda Technologies")."""
    match = re.compile(r" ((?:[A-Z][\w\-’']*)(?: (?:& )?[A-Z][\w\-’']*){0,7}(?:,? Ltd)?)").match(text, after)
    if match is None or places.get(match.start(1), 0) >= match.end(1):
        return None
    return match.span(1)
