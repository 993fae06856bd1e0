"""Attachment in Chinese: the counted noun stands right of a measure word, other indicators stand left of the value.

Rules after the error classes of our own held-out readings: lists, 分别, growth of the previous indicator, share of, ellipsis.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.attachment.scene import Attachment, Scene, Span
from kg.lexicon.phrase_words import PhraseWords

CLAUSE_END = "，；：。！？!?;\n"
OPEN, CLOSE = "《“（「『【(〔", "》”）」』】)〕"
HAN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
EXAMPLES = re.compile(r"(?:“[^”]{1,20}”、?)+等")
"""Names given as examples before the noun that is counted: “清风”等项目."""
ZH_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}
LONGEST_COUNTED = 18
LONGEST_INDICATOR = 30


@cache
def _ends(words: PhraseWords, role: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, words.forms("zh", role))) + r"|[\s、，：“”（）—-])\Z")


@cache
def _starts(words: PhraseWords, role: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, words.forms("zh", role))) + r"|[\s、，：“”（）—-])")


@cache
def _anywhere(words: PhraseWords, role: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words.forms("zh", role))))


@cache
def _growth(words: PhraseWords) -> re.Pattern[str]:
    prefix = "|".join(map(re.escape, words.forms("zh", "growth_prefix")))
    verb = "|".join(map(re.escape, words.forms("zh", "growth_verb")))
    return re.compile(rf"((?:{prefix})*)(?:{verb})\Z")


@cache
def _compared(words: PhraseWords) -> re.Pattern[str]:
    """比/较 … at the start of a comparison whose standard is free text (比全省平均水平)."""
    return re.compile(r"[比较][^，。；]{1,14}\Z")


def clause(scene: Scene, position: int) -> Span:
    """The clause around a position: up to the next comma, semicolon, colon or end, inside one pair of brackets if there is one."""
    text, low, high = scene.text, scene.sentence.start, scene.sentence.end
    start = position
    depth = 0
    while start > low:
        char = text[start - 1]
        if char in CLOSE:
            depth += 1
        elif char in OPEN:
            if depth == 0:
                break
            depth -= 1
        elif char in CLAUSE_END and depth == 0 and not _in_number(text, start - 1):
            break
        start -= 1
    end, depth = position, 0
    while end < high:
        char = text[end]
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            if depth == 0:
                break
            depth -= 1
        elif char in CLAUSE_END and depth == 0 and not _in_number(text, end):
            break
        end += 1
    return start, end


def _in_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit() and text[at] in ",.:"


def left_of(scene: Scene, index: int) -> Span:
    """Text of the clause left of the quantity, from the previous quantity on."""
    quantity = scene.quantities[index]
    start, _ = clause(scene, quantity.start)
    if index:
        start = max(start, min(scene.quantities[index - 1].end, quantity.start))
    return start, quantity.start


def right_of(scene: Scene, index: int) -> Span:
    """Text of the clause right of the quantity, up to the next quantity."""
    quantity = scene.quantities[index]
    _, end = clause(scene, quantity.end)
    if index + 1 < len(scene.quantities):
        end = min(end, max(scene.quantities[index + 1].start, quantity.end))
    return quantity.end, end


def trim(scene: Scene, span: Span) -> Span:
    """Take adverbs, places, times and verbs off both ends until a noun phrase is left (it may be empty)."""
    start, end = _after_close(scene.text, span)
    masks = [*scene.masks(), *(match.span() for match in _collective(scene.words).finditer(scene.text, start, end))]
    tail, lead = _ends(scene.words, "tail"), _starts(scene.words, "lead")
    moved = True
    while moved and start < end:
        moved = False
        for low, high in masks:
            if low <= start < high <= end:
                start, moved = high, True
            if start <= low < end <= high:
                end, moved = low, True
        if start >= end:
            break
        match = None if _opens_name(scene.text, start, end) else lead.match(scene.text, start, end)
        if match and match.end() > start and not _glued(scene, start, match.end(), end):
            start, moved = match.end(), True
        match = tail.search(scene.text, max(start, end - 8), end)
        if match and match.start() < end and not _ends_compound(scene, match, start):
            end, moved = match.start(), True
    listed = EXAMPLES.match(scene.text, start, end)
    if listed and end - listed.end() >= 2:
        start = listed.end()
    return start, max(start, end)


def _glued(scene: Scene, start: int, stop: int, end: int) -> bool:
    """A one-character lead word is often the first half of a noun (共享, 对外, 中小学): keep it unless a break follows."""
    return stop - start == 1 and stop < end and scene.text[start : start + 2] in _compounds(scene.words)


def _ends_compound(scene: Scene, match: re.Match[str], start: int) -> bool:
    """班列, 序列: a one-character tail word that is the second half of a noun."""
    at = match.start()
    return match.end() - at == 1 and at > start and scene.text[at - 1 : at + 1] in scene.words.forms("zh", "compound")


def _compound(scene: Scene, start: int) -> bool:
    known = _compounds(scene.words)
    return scene.text[start : start + 2] in known or (start > 0 and scene.text[start - 1 : start + 1] in known)


def _names(scene: Scene, match: re.Match[str]) -> bool:
    """Whether the word found is only the beginning of a noun (服务器, 增加值)."""
    found = match.group()
    return any(len(form) > len(found) and scene.text.startswith(form, match.start()) for form in _compounds_of(scene.words, found))


@cache
def _compounds_of(words: PhraseWords, start: str) -> tuple[str, ...]:
    return tuple(form for form in words.forms("zh", "compound") if form.startswith(start))


@cache
def _compounds(words: PhraseWords) -> frozenset[str]:
    return frozenset(form[:2] for form in words.forms("zh", "compound") if len(form) > 1)


def _opens_name(text: str, start: int, end: int) -> bool:
    """Whether a quotation mark opens here that also closes inside: it belongs to a name."""
    return text[start] in "“《" and text.find("”" if text[start] == "“" else "》", start, end) > 0


def _after_close(text: str, span: Span) -> Span:
    """Past the last closing bracket of the span that was opened outside it."""
    start, depth = span[0], 0
    for at in range(*span):
        if text[at] in OPEN:
            depth += 1
        elif text[at] in CLOSE:
            if depth == 0:
                start = at + 1
            depth = max(0, depth - 1)
    return start, span[1]


@cache
def _collective(words: PhraseWords) -> re.Pattern[str]:
    """两地, 三州, 四省区: several places named together."""
    units = "|".join(map(re.escape, words.forms("zh", "collective_unit")))
    return re.compile(rf"[两二三四五六七八九十]+(?:{units})(?![\u4e00-\u9fff]?级)")


def _solid(scene: Scene, span: Span) -> bool:
    return len(HAN.findall(scene.text, *span)) >= 1 and span[1] - span[0] >= 1


def noun_left(scene: Scene, span: Span) -> tuple[tuple[Span, ...], str]:
    """The noun phrase that ends at the right edge of ``span``, with its subject when it is too general; and the verb, if only that."""
    start, end = trim(scene, span)
    if start >= end:
        return (), ""
    bare = scene.words.forms("zh", "bare_noun")
    for verb in reversed(list(_anywhere(scene.words, "object_verb").finditer(scene.text, start, end))):
        if verb.end() >= end:  # the verb governs the value itself: its subject is what is measured, unless that acts
            subject = trim(scene, (start, verb.start()))
            if subject[1] - subject[0] > 1 and _solid(scene, subject) and not _acts(scene, subject):
                parts, _ = noun_left(scene, subject)
                return parts or (_clip(subject),), scene.text[verb.start() : verb.end()]
            return (), scene.text[verb.start() : verb.end()]
        if _inside_quotes(scene.text, start, verb.start()) or _noun_like(scene, verb.end(), end) or _names(scene, verb):
            continue
        target = trim(scene, (verb.end(), end))
        if not _solid(scene, target):
            continue
        if scene.text[target[0] : target[1]] in bare:
            whole = (verb.start(), target[1])
            subject = trim(scene, (start, verb.start()))
            if subject[1] - subject[0] > 1 and not _acts(scene, subject):
                parts, _ = noun_left(scene, subject)
                return (*(parts or (_clip(subject),)), whole), ""
            return (whole,), ""
        return (_clip(target),), ""
    return (_clip((start, end)),), ""


def _acts(scene: Scene, span: Span) -> bool:
    """Whether the phrase names somebody who acts (an office, a company, a place) rather than what is measured."""
    text = scene.text[span[0] : span[1]]
    return text.endswith(scene.words.forms("zh", "agent_end"))


def _noun_like(scene: Scene, verb_end: int, end: int) -> bool:
    """新增长点, 发展水平, 建设项目: a verb directly before a head noun of one or two characters names, it does not govern."""
    return scene.text[verb_end:end] in scene.words.forms("zh", "noun_suffix")


def _inside_quotes(text: str, start: int, at: int) -> bool:
    window = text[start:at]
    return window.count("“") > window.count("”") or window.count("《") > window.count("》")


def _clip(span: Span) -> Span:
    return (max(span[0], span[1] - LONGEST_INDICATOR), span[1])


def noun_right(scene: Scene, span: Span) -> Span | None:
    """The counted noun that starts at the left edge of ``span``, up to the first word that ends a noun phrase."""
    start, end = span
    text = scene.text
    while start < end and text[start] in "的 ":
        start += 1
    if start >= end or (not HAN.match(text[start]) and text[start] not in "“《"):
        return None
    limit = min(end, start + LONGEST_COUNTED)
    for low, high in scene.masks():
        if start < low < limit:
            limit = low
        elif low <= start < high:
            return None
    stop = limit
    for match in _anywhere(scene.words, "np_break").finditer(text, start, limit):
        if match.start() == start:
            if _names(scene, match):
                continue
            if _glued(scene, start, match.end(), limit) and match.end() - start == 1:
                continue
            return None
        if _names(scene, match) or (match.end() - match.start() == 1 and _compound(scene, match.start())):
            continue
        stop = match.start()
        break
    for at in range(start, stop):
        if text[at] in "，。；：、！？（(《“”》）)" and not (at == start and text[at] in "“《"):
            if text[at] == "”" and text[start] == "“":
                continue
            if text[at] == "“" and at > start:
                stop = at
                break
            if text[at] in "“《":
                continue
            stop = at
            break
    if stop == end and any(quantity.start == end for quantity in scene.quantities):
        stop = _before_next_indicator(scene, start, stop)
    while stop > start and text[stop - 1] in "和与及、 ":
        stop -= 1
    span = (start, stop)
    return span if stop - start >= 1 and _solid(scene, span) else None


def _before_next_indicator(scene: Scene, start: int, stop: int) -> int:
    """9个重点项目总投资7亿元: what runs into the next value ends with that value's own indicator, which is cut off."""
    for form in scene.words.forms("zh", "bare_noun"):
        if scene.text.endswith(form, start + 2, stop):
            return stop - len(form)
    return stop


# ------------------------------------------------------------------------------------------------------------------- rules


def zh_restated(scene: Scene, index: int) -> Attachment | None:
    """A restatement in another currency measures what the amount before the bracket measures."""
    quantity = scene.quantities[index]
    if quantity.restates is None or not index:
        return None
    former = scene.done[index - 1]
    return Attachment(former.parts, "zh-restated", former.kind, former.base, former.counted, 0.97, former.aligned)


def zh_respective(scene: Scene, index: int) -> Attachment | None:
    """分别: the i-th value belongs to the i-th item of the list before it, when the list names indicators rather than places."""
    start, _ = clause(scene, scene.quantities[index].start)
    low = max(scene.sentence.start, start)
    cue = None
    for match in _anywhere(scene.words, "respective").finditer(scene.text, low, scene.quantities[index].start):
        cue = match
    if cue is None:
        return None
    after = [i for i, quantity in enumerate(scene.quantities) if quantity.start >= cue.end() and clause(scene, quantity.start)[0] == start]
    if index not in after or len(after) < 2:
        return None
    place = after.index(index)
    earlier = [quantity.end for quantity in scene.quantities if quantity.end <= cue.start() and quantity.end > low]
    area = (max([low, *earlier]), cue.start())
    summed = _summed_up(scene, after, cue.start(), len(after), place)
    if summed is not None:
        return summed
    items = _items(scene, area)
    located = [mention for mention in scene.places if area[0] <= mention.start and mention.end <= area[1]]
    if len(items) == len(after) and len(located) < len(after):
        former = scene.previous(after[0], unit_kind=scene.unit_kind(scene.quantities[index]))
        whole = scene.text[area[0] : area[1]]
        base: tuple[Span, ...] = ()
        if former is not None and any(whole.lstrip("，、 ").startswith(word) for word in scene.words.forms("zh", "anaphor")):
            base = former[1].base
        span = trim(scene, items[place])
        if _solid(scene, span):
            return Attachment((span, *base), "zh-respective", base=(span, *base), confidence=0.9, aligned=(place, len(after)))
    if place and scene.done[after[0]].base:
        head = scene.done[after[0]]
        if head.kind == "growth":
            own = _respective_value(scene, index, (cue.start(), scene.quantities[after[0]].start))
            parts = (head.parts[0], *own.base) if own is not None else head.parts
            return Attachment(parts, "zh-respective", "growth", own.base if own is not None else head.base, None, 0.88, (place, len(after)))
        return Attachment(head.parts, "zh-respective", head.kind, head.base, head.counted, 0.9, (place, len(after)))
    return None


def _summed_up(scene: Scene, after: list[int], cue: int, count: int, place: int) -> Attachment | None:
    """三项指标分别增长 A、B、C, 这两个数字分别为 A 和 B: the i-th value belongs to the i-th of as many values named just before."""
    low, _ = clause(scene, cue)
    match = _sum_words(scene.words).search(scene.text, low, cue)
    first = scene.quantities[after[0]]
    repeats = match is None and not scene.text[low:cue].strip() and scene.unit_kind(first) == "ratio"  # 分别是去年的 2 倍和 3 倍
    if not repeats and (match is None or ZH_COUNT.get(match.group(1)) != count):
        return None
    earlier = [attachment for quantity, attachment in scene.before if quantity.end <= low]
    earlier += [scene.done[i] for i in range(after[0]) if scene.quantities[i].end <= low]
    values = [attachment for attachment in earlier if attachment.base and attachment.kind != "growth"]
    if len(values) < count:
        return None
    former = values[len(values) - count + place]
    growth = _growth(scene.words).search(scene.text, match.end() if match else cue, first.start)
    if repeats and growth is not None:
        return None  # 分别增长 5% 和 3%: the rule of growth
    change = growth is not None and scene.unit_kind(first) == "ratio" and bool(growth.group(1))
    parts = (growth.span(), *former.base) if growth is not None and change else former.parts
    return Attachment(parts, "zh-respective-summed-up", "growth" if change else former.kind, former.base, None, 0.85, (place, count))


@cache
def _sum_words(words: PhraseWords) -> re.Pattern[str]:
    """三项指标, 两个数字: words that take up the values just named."""
    nouns = "|".join(map(re.escape, words.forms("zh", "sum_noun")))
    return re.compile(rf"([{''.join(ZH_COUNT)}])(?:[项个组类])(?:{nouns})")


def _items(scene: Scene, area: Span) -> list[Span]:
    text, items, start, depth = scene.text, [], area[0], 0
    at = area[0]
    while at < area[1]:
        if text[at] in OPEN:
            depth += 1
        elif text[at] in CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and text[at] in "、和及与":
            items.append((start, at))
            start = at + 1
        at += 1
    items.append((start, area[1]))
    return [item for item in items if item[0] < item[1]]


def zh_growth(scene: Scene, index: int) -> Attachment | None:
    """同比增长 …: a change of the clause's own subject, else of the previous indicator."""
    quantity = scene.quantities[index]
    start, end = left_of(scene, index)
    stop = end
    tail = _ends(scene.words, "tail")
    for _ in range(4):
        match = _growth(scene.words).search(scene.text, max(start, stop - 24), stop)
        if match:
            break
        strip = tail.search(scene.text, max(start, stop - 6), stop)
        if not strip or strip.start() <= start:
            match = None
            break
        stop = strip.start()
    else:
        match = None
    if match is None:
        return None
    kind = scene.unit_kind(quantity)
    cue_start = match.start()
    compared = _compared(scene.words).search(scene.text, start, cue_start)
    if compared:
        cue_start = compared.start()
    cue = (cue_start, match.end())
    own = trim(scene, (start, cue_start))
    strong = bool(match.group(1)) or compared is not None
    if not strong and kind not in ("ratio",):
        return None  # 增加 3 元 without a standard of comparison: the words left of it say what it is
    if _solid(scene, own) and own[1] - own[0] >= 2:
        parts, _ = noun_left(scene, own)
        parts = parts or (own,)
        return Attachment((*parts, cue), "zh-growth-own", "growth", parts, confidence=0.9)
    former = _respective_value(scene, index, cue) or _nearest_value(scene, index, kind)
    if former is None:
        earlier = scene.previous(index)
        former = earlier[1] if earlier is not None else None
    if former is None:
        subject = _previous_clause(scene, index)
        base = (subject,) if subject else ()
        return Attachment((cue, *base), "zh-growth-of-clause", "growth", base, confidence=0.6)
    return Attachment((cue, *former.base), "zh-growth-of-previous", "growth", former.base, confidence=0.88)


def _respective_value(scene: Scene, index: int, cue: Span) -> Attachment | None:
    """A 4 亿, B 2 亿, 分别增长 5% 和 3%: the i-th change is that of the i-th of as many values before the cue."""
    if not _anywhere(scene.words, "respective").search(scene.text, *cue):
        return None
    start, _ = clause(scene, scene.quantities[index].start)
    changes = [i for i, quantity in enumerate(scene.quantities) if quantity.start >= cue[1] and clause(scene, quantity.start)[0] == start]
    values = [i for i in range(changes[0]) if scene.done[i].base and scene.done[i].kind != "growth"] if changes else []
    if index not in changes or len(values) < len(changes):
        return None
    return scene.done[values[len(values) - len(changes) + changes.index(index)]]


def _nearest_value(scene: Scene, index: int, kind: str = "ratio") -> Attachment | None:
    """The nearest value before; a change in units of its own (净增 1500 个) is of a value in those units if there is one."""
    if kind != "ratio":
        for position in range(index - 1, -1, -1):
            attachment = scene.done[position]
            if attachment.base and attachment.kind != "growth" and scene.unit_kind(scene.quantities[position]) == kind:
                return attachment
    for attachment in reversed(scene.done[:index]):
        if attachment.base and attachment.kind != "growth":
            return attachment
    for attachment in reversed(scene.done[:index]):
        if attachment.base:
            return attachment
    return None


def zh_share(scene: Scene, index: int) -> Attachment | None:
    """占 … 的比重: a share of the clause's own subject, else of the previous indicator."""
    quantity = scene.quantities[index]
    if scene.unit_kind(quantity) != "ratio":
        return None
    start, end = left_of(scene, index)
    cue = None
    for match in _anywhere(scene.words, "share_cue").finditer(scene.text, start, end):
        cue = match
        break
    if cue is None:
        return None
    own = trim(scene, (start, cue.start()))
    whole = (cue.start(), _trim_tail(scene, cue.end(), end))
    if _solid(scene, own) and own[1] - own[0] >= 2:
        parts, _ = noun_left(scene, own)
        parts = parts or (own,)
        shown = (*parts, whole) if whole[1] - whole[0] > 2 or not _solid(scene, trim(scene, whole)) else parts
        return Attachment(shown if whole[1] - whole[0] > 1 else parts, "zh-share-own", "share", parts, confidence=0.9)
    former = _nearest_value(scene, index)
    base = former.base if former else ()
    if not base:
        subject = _previous_clause(scene, index)
        base = (subject,) if subject else ()
    parts = (whole, *base) if whole[1] - whole[0] > 1 else (base or (whole,))
    return Attachment(parts, "zh-share-of-previous", "share", base or (whole,), confidence=0.85)


def _trim_tail(scene: Scene, low: int, end: int) -> int:
    tail = _ends(scene.words, "tail")
    share = scene.words.forms("zh", "share_cue")
    while end > low:
        match = tail.search(scene.text, max(low, end - 6), end)
        if not match or match.group() in share:
            return end
        end = match.start()
    return end


def zh_counted_right(scene: Scene, index: int) -> Attachment | None:
    """A count with a measure word counts the noun on its right; so does a percentage before 的 and a noun."""
    quantity = scene.quantities[index]
    kind = scene.unit_kind(quantity)
    start, end = right_of(scene, index)
    if kind == "ratio" and quantity.unit == "percent":
        left = trim(scene, left_of(scene, index))
        verb_only = (
            not _solid(scene, left)
            or scene.text.endswith(scene.words.forms("zh", "light_verb"), 0, quantity.start)
            or _anywhere(scene.words, "object_verb").fullmatch(scene.text, *left)
        )
        if not verb_only or start >= end:
            return None
    elif kind != "count":
        return None
    if index + 1 < len(scene.quantities) and scene.text[start:end] in scene.words.forms("zh", "recount"):
        following = scene.quantities[index + 1]  # 12批共386名教师: both count the noun after the second
        if following.start == end and scene.unit_kind(following) == "count":
            start, end = right_of(scene, index + 1)
    noun = noun_right(scene, (start, end))
    if noun is None:
        return None
    return Attachment((noun,), "zh-counted-right", "share" if kind == "ratio" else "of", (noun,), noun, 0.92)


def zh_indicator_left(scene: Scene, index: int) -> Attachment | None:
    """The noun phrase between clause start (or the previous quantity) and the value."""
    parts, verb = noun_left(scene, left_of(scene, index))
    if not parts:
        return None
    if verb and scene.unit_kind(scene.quantities[index]) == "count" and noun_right(scene, right_of(scene, index)):
        return None
    text = "".join(scene.text[a:b] for a, b in parts)
    if text in scene.words.forms("zh", "anaphor") or not HAN.search(text):
        return None
    if len(text) <= 1:
        return None
    if len(parts) == 1 and scene.unit_kind(scene.quantities[index]) != "count" and _acts(scene, parts[0]):
        return None
    if len(parts) == 1 and text in scene.words.forms("zh", "bare_noun"):
        subject = _previous_clause(scene, index)
        if subject is not None and subject[1] - subject[0] <= 16:
            return Attachment((subject, *parts), "zh-indicator-left-with-subject", base=(subject, *parts), confidence=0.75)
    counted = parts[-1] if scene.unit_kind(scene.quantities[index]) == "count" else None
    return Attachment(parts, "zh-indicator-left", base=parts, counted=counted, confidence=0.9)


def zh_attribute(scene: Scene, index: int) -> Attachment | None:
    """送进2摄氏度的冷库: a measure that describes the noun after 的, where the verb before it does not measure but leads there."""
    quantity = scene.quantities[index]
    start, end = right_of(scene, index)
    lead = scene.text[max(scene.sentence.start, quantity.start - 2) : quantity.start]
    if scene.unit_kind(quantity) in ("count", "ratio", "currency") or not scene.text.startswith("的", start):
        return None
    if not lead.endswith(scene.words.forms("zh", "directional")):
        return None
    noun = noun_right(scene, (start, end))
    return None if noun is None else Attachment((noun,), "zh-attribute", base=(noun,), confidence=0.8)


def zh_measured_right(scene: Scene, index: int) -> Attachment | None:
    """发放2亿元消费券, 建成3万平方米厂房: nothing but a verb on the left, the thing measured on the right."""
    noun = noun_right(scene, right_of(scene, index))
    if noun is None or noun[1] - noun[0] < 2:
        return None
    return Attachment((noun,), "zh-measured-right", base=(noun,), confidence=0.8)


def zh_act(scene: Scene, index: int) -> Attachment | None:
    """每年安排 3 亿元 …: an amount whose clause has only a verb: the act is what is measured."""
    if scene.unit_kind(scene.quantities[index]) == "count":
        return None
    start, end = left_of(scene, index)
    parts, verb = noun_left(scene, (start, end))
    if parts or not verb or end - len(verb) < start:
        return None
    at = scene.text.rfind(verb, start, end)
    return Attachment(((at, at + len(verb)),), "zh-act", base=((at, at + len(verb)),), confidence=0.6)


def zh_purpose(scene: Scene, index: int) -> Attachment | None:
    """其中 3000 万元用于冷链物流: a part of the amount before it, told apart by what it is for."""
    start, end = right_of(scene, index)
    match = _starts(scene.words, "purpose").match(scene.text, start, end)
    if match is None or scene.unit_kind(scene.quantities[index]) != "currency" or not match.group().strip():
        return None
    if scene.text[match.start() : match.end()] not in scene.words.forms("zh", "purpose"):
        return None
    noun = (match.end(), end)
    former = _nearest_value(scene, index)
    if end - match.end() < 2:
        return None
    base = former.base if former is not None else ()
    return Attachment(((match.start(), noun[1]), *base), "zh-purpose", base=base or (noun,), confidence=0.8)


def zh_reached(scene: Scene, index: int) -> Attachment | None:
    """产值增长 8%，达到 30 亿元: what the subject of the change just named came to."""
    if not index or not scene.done[index - 1].base:
        return None
    former = scene.done[index - 1]
    if former.rule != "zh-growth-own" and scene.quantities[index - 1].unit != "times":
        return None  # 翻了两番 is a change too, by its unit
    start, end = left_of(scene, index)
    lead = scene.text[max(start, scene.quantities[index - 1].end) : end].strip("，, ")
    kind = scene.unit_kind(scene.quantities[index])
    if kind == "ratio" or lead not in scene.words.forms("zh", "reached"):
        return None
    if noun_right(scene, right_of(scene, index)):
        return None
    base = former.base
    return Attachment(base, "zh-reached", base=base, counted=base[-1] if kind == "count" else None, confidence=0.88)


def zh_inherited(scene: Scene, index: int) -> Attachment | None:
    """An elliptic value (其中 X 5 个, 和 4 万元) measures what the previous value of its kind measures."""
    former = _run_through(scene, index)
    kind = scene.unit_kind(scene.quantities[index])
    for position in range(index - 1 if former is None else -1, -1, -1):
        attachment = scene.done[position]
        if attachment.base and scene.unit_kind(scene.quantities[position]) == kind and (attachment.kind != "growth" or kind == "ratio"):
            former = attachment
            break
    if former is None:
        for position in range(index - 1, -1, -1):
            if scene.done[position].base:
                former = scene.done[position]
                break
    if former is None:
        return None
    left = left_of(scene, index)
    alike = former.kind != "growth" or kind in ("ratio", "")  # 年均增长 8%，突破 2 万元: an amount is no growth
    growth = former.kind if alike and not _solid(scene, trim(scene, left)) else "of"
    return Attachment(former.parts if growth == former.kind else former.base, "zh-inherited", growth, former.base, former.counted, 0.8)


def _run_through(scene: Scene, index: int) -> Attachment | None:
    """产量连续 5 年保持在 3 万吨以上: how long it lasts stands between the subject and its value."""
    if not index or scene.unit_kind(scene.quantities[index - 1]) != "time":
        return None
    former = scene.quantities[index - 1]
    lasting = scene.text.endswith(scene.words.forms("zh", "lasting"), 0, former.start)
    if not lasting or clause(scene, former.start) != clause(scene, scene.quantities[index].start):
        return None
    parts, _ = noun_left(scene, (left_of(scene, index - 1)[0], former.start))
    return Attachment(parts, "zh-inherited", base=parts) if parts else None


def zh_previous_clause(scene: Scene, index: int) -> Attachment | None:
    """Nothing in the clause: the subject of the clause before."""
    subject = _previous_clause(scene, index)
    if subject is None:
        former = scene.previous(index, unit_kind=scene.unit_kind(scene.quantities[index]))
        if former is None:
            return None
        return Attachment(former[1].base, "zh-inherited-across", base=former[1].base, counted=former[1].counted, confidence=0.5)
    _, verb = noun_left(scene, left_of(scene, index))
    _start, end = left_of(scene, index)
    extra = ((end - len(verb), end),) if verb and scene.text[end - len(verb) : end] == verb else ()
    return Attachment((subject, *extra), "zh-previous-clause", base=(subject,), confidence=0.55)


def _previous_clause(scene: Scene, index: int) -> Span | None:
    start, _ = clause(scene, scene.quantities[index].start)
    while start > scene.sentence.start:
        low, high = clause(scene, start - 1)
        high = min(high, start)
        if low >= high:
            return None
        inside = [quantity for quantity in scene.quantities if low <= quantity.start < high]
        if inside:
            return None
        parts, _ = noun_left(scene, (low, high))
        if parts:
            name = _quoted(scene, low, high)
            return name or parts[0]
        start = low
    return None


def _quoted(scene: Scene, low: int, high: int) -> Span | None:
    match = re.compile(r"“[^”]{2,20}”[\u4e00-\u9fff]{0,4}").search(scene.text, low, high)
    return match.span() if match else None


RULES = (
    zh_restated,
    zh_respective,
    zh_growth,
    zh_share,
    zh_counted_right,
    zh_purpose,
    zh_attribute,
    zh_indicator_left,
    zh_measured_right,
    zh_act,
    zh_reached,
    zh_inherited,
    zh_previous_clause,
)
