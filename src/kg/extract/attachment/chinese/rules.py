"""Attachment in Chinese: the counted noun stands right of a measure word, other indicators stand left of the value.

Rules after the error classes of our own held-out readings: lists, 分别, growth of the previous indicator, share of, ellipsis.
"""

from __future__ import annotations

from kg.extract.attachment.chinese.clauses import clause, left_of, list_items, right_of
from kg.extract.attachment.chinese.earlier import nearest_value, previous_clause, respective_value, run_through
from kg.extract.attachment.chinese.phrases import is_actor, is_solid, noun_left, noun_right, trim, trim_tail
from kg.extract.attachment.chinese.words import HAN, ZH_COUNT, comparison_pattern, ending, growth_pattern, occurring, starting, sum_pattern
from kg.extract.attachment.scene import Attachment, Scene, Span


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
    for match in occurring(scene.words, "respective").finditer(scene.text, low, scene.quantities[index].start):
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
    items = list_items(scene, area)
    located = [mention for mention in scene.places if area[0] <= mention.start and mention.end <= area[1]]
    if len(items) == len(after) and len(located) < len(after):
        former = scene.previous(after[0], unit_kind=scene.unit_kind(scene.quantities[index]))
        whole = scene.text[area[0] : area[1]]
        base: tuple[Span, ...] = ()
        if former is not None and any(whole.lstrip("，、 ").startswith(word) for word in scene.words.forms("zh", "anaphor")):
            base = former[1].base
        span = trim(scene, items[place])
        if is_solid(scene, span):
            return Attachment((span, *base), "zh-respective", base=(span, *base), confidence=0.9, aligned=(place, len(after)))
    if place and scene.done[after[0]].base:
        head = scene.done[after[0]]
        if head.kind == "growth":
            own = respective_value(scene, index, (cue.start(), scene.quantities[after[0]].start))
            parts = (head.parts[0], *own.base) if own is not None else head.parts
            return Attachment(parts, "zh-respective", "growth", own.base if own is not None else head.base, None, 0.88, (place, len(after)))
        return Attachment(head.parts, "zh-respective", head.kind, head.base, head.counted, 0.9, (place, len(after)))
    return None


def _summed_up(scene: Scene, after: list[int], cue: int, count: int, place: int) -> Attachment | None:
    """三项指标分别增长 A、B、C, 这两个数字分别为 A 和 B: the i-th value belongs to the i-th of as many values named just before."""
    low, _ = clause(scene, cue)
    match = sum_pattern(scene.words).search(scene.text, low, cue)
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
    growth = growth_pattern(scene.words).search(scene.text, match.end() if match else cue, first.start)
    if repeats and growth is not None:
        return None  # 分别增长 5% 和 3%: the rule of growth
    change = growth is not None and scene.unit_kind(first) == "ratio" and bool(growth.group(1))
    parts = (growth.span(), *former.base) if growth is not None and change else former.parts
    return Attachment(parts, "zh-respective-summed-up", "growth" if change else former.kind, former.base, None, 0.85, (place, count))


def zh_growth(scene: Scene, index: int) -> Attachment | None:
    """同比增长 …: a change of the clause's own subject, else of the previous indicator."""
    quantity = scene.quantities[index]
    start, end = left_of(scene, index)
    stop = end
    tail = ending(scene.words, "tail")
    for _ in range(4):
        match = growth_pattern(scene.words).search(scene.text, max(start, stop - 24), stop)
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
    compared = comparison_pattern(scene.words).search(scene.text, start, cue_start)
    if compared:
        cue_start = compared.start()
    cue = (cue_start, match.end())
    own = trim(scene, (start, cue_start))
    strong = bool(match.group(1)) or compared is not None
    if not strong and kind not in ("ratio",):
        return None  # 增加 3 元 without a standard of comparison: the words left of it say what it is
    if is_solid(scene, own) and own[1] - own[0] >= 2:
        parts, _ = noun_left(scene, own)
        parts = parts or (own,)
        return Attachment((*parts, cue), "zh-growth-own", "growth", parts, confidence=0.9)
    former = respective_value(scene, index, cue) or nearest_value(scene, index, kind)
    if former is None:
        earlier = scene.previous(index)
        former = earlier[1] if earlier is not None else None
    if former is None:
        subject = previous_clause(scene, index)
        base = (subject,) if subject else ()
        return Attachment((cue, *base), "zh-growth-of-clause", "growth", base, confidence=0.6)
    return Attachment((cue, *former.base), "zh-growth-of-previous", "growth", former.base, confidence=0.88)


def zh_share(scene: Scene, index: int) -> Attachment | None:
    """占 … 的比重: a share of the clause's own subject, else of the previous indicator."""
    quantity = scene.quantities[index]
    if scene.unit_kind(quantity) != "ratio":
        return None
    start, end = left_of(scene, index)
    cue = None
    for match in occurring(scene.words, "share_cue").finditer(scene.text, start, end):
        cue = match
        break
    if cue is None:
        return None
    own = trim(scene, (start, cue.start()))
    whole = (cue.start(), trim_tail(scene, cue.end(), end))
    if is_solid(scene, own) and own[1] - own[0] >= 2:
        parts, _ = noun_left(scene, own)
        parts = parts or (own,)
        shown = (*parts, whole) if whole[1] - whole[0] > 2 or not is_solid(scene, trim(scene, whole)) else parts
        return Attachment(shown if whole[1] - whole[0] > 1 else parts, "zh-share-own", "share", parts, confidence=0.9)
    former = nearest_value(scene, index)
    base = former.base if former else ()
    if not base:
        subject = previous_clause(scene, index)
        base = (subject,) if subject else ()
    parts = (whole, *base) if whole[1] - whole[0] > 1 else (base or (whole,))
    return Attachment(parts, "zh-share-of-previous", "share", base or (whole,), confidence=0.85)


def zh_counted_right(scene: Scene, index: int) -> Attachment | None:
    """A count with a measure word counts the noun on its right; so does a percentage before 的 and a noun."""
    quantity = scene.quantities[index]
    kind = scene.unit_kind(quantity)
    start, end = right_of(scene, index)
    if kind == "ratio" and quantity.unit == "percent":
        left = trim(scene, left_of(scene, index))
        verb_only = (
            not is_solid(scene, left)
            or scene.text.endswith(scene.words.forms("zh", "light_verb"), 0, quantity.start)
            or occurring(scene.words, "object_verb").fullmatch(scene.text, *left)
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
    if len(parts) == 1 and scene.unit_kind(scene.quantities[index]) != "count" and is_actor(scene, parts[0]):
        return None
    if len(parts) == 1 and text in scene.words.forms("zh", "bare_noun"):
        subject = previous_clause(scene, index)
        if subject is not None and subject[1] - subject[0] <= 16:
            return Attachment((subject, *parts), "zh-indicator-left-with-subject", base=(subject, *parts), confidence=0.75)
    counted = parts[-1] if scene.unit_kind(scene.quantities[index]) == "count" else None
    return Attachment(parts, "zh-indicator-left", base=parts, counted=counted, confidence=0.9)


def zh_attribute(scene: Scene, index: int) -> Attachment | None:
    """送进2摄氏度的冷库: a measure that describes the noun after 的, where the verb before it does not measure but leads there."""
    quantity = scene.quantities[index]
    start, end = right_of(scene, index)
    lead = scene.text[max(scene.sentence.start, quantity.start - 2) : quantity.start]
    if scene.unit_kind(quantity) in ("count", "ratio", "currency") or not scene.text.startswith(scene.words.forms("zh", "of"), start):
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
    match = starting(scene.words, "purpose").match(scene.text, start, end)
    if match is None or scene.unit_kind(scene.quantities[index]) != "currency" or not match.group().strip():
        return None
    if scene.text[match.start() : match.end()] not in scene.words.forms("zh", "purpose"):
        return None
    noun = (match.end(), end)
    former = nearest_value(scene, index)
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
    former = run_through(scene, index)
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
    growth = former.kind if alike and not is_solid(scene, trim(scene, left)) else "of"
    return Attachment(former.parts if growth == former.kind else former.base, "zh-inherited", growth, former.base, former.counted, 0.8)


def zh_previous_clause(scene: Scene, index: int) -> Attachment | None:
    """Nothing in the clause: the subject of the clause before."""
    subject = previous_clause(scene, index)
    if subject is None:
        former = scene.previous(index, unit_kind=scene.unit_kind(scene.quantities[index]))
        if former is None:
            return None
        return Attachment(former[1].base, "zh-inherited-across", base=former[1].base, counted=former[1].counted, confidence=0.5)
    _, verb = noun_left(scene, left_of(scene, index))
    _start, end = left_of(scene, index)
    extra = ((end - len(verb), end),) if verb and scene.text[end - len(verb) : end] == verb else ()
    return Attachment((subject, *extra), "zh-previous-clause", base=(subject,), confidence=0.55)


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
