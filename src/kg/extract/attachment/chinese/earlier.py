"""What an elliptic value goes back to: an earlier value, or the subject of the clause before."""

from __future__ import annotations

from kg.extract.attachment.chinese.clauses import clause, left_of
from kg.extract.attachment.chinese.phrases import noun_left, quoted_name
from kg.extract.attachment.chinese.words import occurring
from kg.extract.attachment.scene import Attachment, Scene, Span


def respective_value(scene: Scene, index: int, cue: Span) -> Attachment | None:
    """A 4 亿, B 2 亿, 分别增长 5% 和 3%: the i-th change is that of the i-th of as many values before the cue."""
    if not occurring(scene.words, "respective").search(scene.text, *cue):
        return None
    start, _ = clause(scene, scene.quantities[index].start)
    changes = [i for i, quantity in enumerate(scene.quantities) if quantity.start >= cue[1] and clause(scene, quantity.start)[0] == start]
    values = [i for i in range(changes[0]) if scene.done[i].base and scene.done[i].kind != "growth"] if changes else []
    if index not in changes or len(values) < len(changes):
        return None
    return scene.done[values[len(values) - len(changes) + changes.index(index)]]


def nearest_value(scene: Scene, index: int, kind: str = "ratio") -> Attachment | None:
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


def run_through(scene: Scene, index: int) -> Attachment | None:
    """产量连续 5 年保持在 3 万吨以上: how long it lasts stands between the subject and its value."""
    if not index or scene.unit_kind(scene.quantities[index - 1]) != "time":
        return None
    former = scene.quantities[index - 1]
    lasting = scene.text.endswith(scene.words.forms("zh", "lasting"), 0, former.start)
    if not lasting or clause(scene, former.start) != clause(scene, scene.quantities[index].start):
        return None
    parts, _ = noun_left(scene, (left_of(scene, index - 1)[0], former.start))
    return Attachment(parts, "zh-inherited", base=parts) if parts else None


def previous_clause(scene: Scene, index: int) -> Span | None:
    """The subject of the nearest clause before that holds no quantity, or None."""
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
            name = quoted_name(scene, low, high)
            return name or parts[0]
        start = low
    return None
